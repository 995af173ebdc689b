"""The manifest: written as lines, read back as written, and never mistaken for anything else."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite import manifest
from saite.manifest import Entry

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SIZES = st.integers(0, 2**40)
MEMBERS = st.just(()) | st.tuples(SIZES, SIZES, SIZES)
ENTRIES = st.lists(
    st.builds(Entry, TEXT, TEXT, TEXT, SIZES, TEXT, TEXT, TEXT, st.booleans(), profile=TEXT, member=MEMBERS)
)


@given(ENTRIES)
def test_what_is_written_is_read_back(entries: list[Entry]) -> None:
    """Any entries survive, and the file is JSON with one line for each."""
    data = b"".join(manifest.write(entry.to_json() for entry in entries))
    assert list(manifest.read(io.BytesIO(data))) == entries
    assert [row["path"] for row in json.loads(data)["files"]] == [entry.path for entry in entries]
    # what is compressed in an archive has no file beside it
    beside = [entry.gzip and not entry.member for entry in entries]
    found = [
        path for entry, two in zip(entries, beside, strict=True) for path in (entry.path, entry.path + ".gz")[: 1 + two]
    ]
    assert list(manifest.paths(io.BytesIO(data))) == found


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_pieces_join_without_a_seam(count: int) -> None:
    """However many rows a piece has, between two rows there is one comma and one line end."""
    rows = [manifest.row(f"{n}.txt", "text/plain", "00", n) for n in range(count)]
    data = b"".join(manifest.write(rows))
    assert json.loads(data)["files"] == [json.loads(row) for row in rows]
    assert len(list(manifest.read(io.BytesIO(data)))) == count


def test_empty_fields_are_left_out() -> None:
    """A line says only what there is to say."""
    assert Entry("a", "text/css", "00", 2).to_json() == b'{"path":"a","type":"text/css","sha256":"00","bytes":2}'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"generator":"saite","format":2,"files":[\n\n]}\n',
        b'{"generator":"saite","format":1,"files":[\n',
        b'{"generator":"saite","format":1,"files":[\n{"path":"a"}\n]}\n',
        b'{"generator":"saite","format":1,"files":[\n17\n]}\n',
        b'{"generator":"saite","format":1,"files":[\n{"pa\n]}\n',
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    """Another format, a cut-off file and rows that are no entries raise, and are not read as an empty site."""
    with pytest.raises(ValueError, match=r"."):
        list(manifest.read(io.BytesIO(data)))
    if b'"path"' not in data:
        with pytest.raises(ValueError, match=r"."):
            list(manifest.paths(io.BytesIO(data)))


def test_a_folder_sorts_right_before_its_content() -> None:
    """The folded form puts no other path between a path and those below it."""
    paths = ["a", "a.b", "a/b", "a b", "A/C"]
    assert sorted(paths, key=manifest.fold) == ["a", "a/b", "A/C", "a b", "a.b"]


def test_a_profile_is_told_where_there_is_one() -> None:
    """The rows of other files are what they were."""
    entry = Entry("a.x.ttl", "text/turtle", "00", 2, "a", profile="https://schema.org/")
    assert b'"profile":"https://schema.org/"' in entry.to_json()
    assert Entry.from_json(entry.to_json()) == entry
    assert b"profile" not in Entry("a.ttl", "text/turtle", "00", 2, "a").to_json()
