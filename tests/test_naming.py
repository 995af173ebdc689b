"""The list of names: written as lines, read back as written, and never mistaken for anything else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite import naming
from saite.naming import Name

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.lists(st.builds(Name, TEXT, TEXT, TEXT, st.booleans(), TEXT, TEXT, TEXT))
WHOLES = st.dictionaries(st.sampled_from(["base", "license"]), TEXT)


@given(NAMES, WHOLES)
def test_what_is_written_is_read_back(names: list[Name], whole: dict[str, str]) -> None:
    """Any names survive, and the file is JSON with one line for each."""
    data = b"".join(naming.write(names, whole))
    first, *rows = data.splitlines(keepends=True)
    assert naming.whole(first) == whole
    lines = [row.rstrip(b",\n") for row in rows if row.startswith(b'{"path":')]
    assert [Name.from_json(line) for line in lines] == names
    assert [row["path"] for row in json.loads(data)["names"]] == [name.path for name in names]


def test_the_same_names_are_the_same_bytes() -> None:
    """Fields without a value are left out; a site without names has a list too."""
    written = b"".join(naming.write([Name("a", see="b"), Name("b")], {"base": "https://e/"}))
    assert written == (
        b'{"generator":"saite","format":1,"base":"https://e/","names":[\n{"path":"a","see":"b"},\n{"path":"b"}\n]}\n'
    )
    assert json.loads(b"".join(naming.write([], {}))) == {"generator": "saite", "format": 1, "names": []}


@given(TEXT, TEXT)
def test_rows_are_sorted_as_their_bytes(one: str, other: str) -> None:
    """Which is the order of code points."""
    assert (naming.key(one) < naming.key(other)) == (one < other)


@pytest.mark.parametrize(
    "first",
    [b"", b"\n", b"[]\n", b"{}\n", b'{"generator":"saite","format":2,"names":[\n', b'{"names":[\n', b"\xff\n", b"17\n"],
)
def test_another_first_line_is_refused(first: bytes) -> None:
    """Also that of another format of the list."""
    with pytest.raises(ValueError, match=r"."):
        naming.whole(first)


@pytest.mark.parametrize("line", [b"", b"{}", b'{"path":"a","other":1}', b"[]", b"17", b'{"path":"a"'])
def test_another_row_is_refused(line: bytes) -> None:
    """Whether it is JSON or not."""
    with pytest.raises(ValueError, match=r"."):
        Name.from_json(line)
