"""What an edit of a file has changed is what reading both versions tells."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.errors import SaiteError
from saite.sources import Source, read
from saite.sources.edits import edit
from saite.sources.formats import N_QUADS, N_TRIPLES, RDF_XML, TURTLE, Format
from saite.terms import BlankNode, Quad

HEAD = "@prefix ex: <http://example.org/> .\n@base <http://example.org/base/> .\n"
NAMES = {TURTLE: "a.ttl", N_TRIPLES: "a.nt", N_QUADS: "a.nq"}


def one_blank(quad: Quad) -> Quad:
    """The quad with blank nodes called alike: each reading gives them other names."""
    one = BlankNode("b")
    subject = one if isinstance(quad.subject, BlankNode) else quad.subject
    return Quad(subject, quad.predicate, one if isinstance(quad.object, BlankNode) else quad.object, quad.graph_name)


def told(folder: Path, format: Format, old: bytes, new: bytes) -> bool | None:
    """Whether an edit is told as reading both versions whole tells it; None if it is not told."""
    name = NAMES[format]
    read_whole = []
    for version in (old, new):
        (folder / name).write_bytes(version)
        read_whole.append({one_blank(quad) for quad in read(Source(folder / name, name))})
    before, after = read_whole
    found = edit(Source(folder / name, name), format, old, new)
    if found is None:
        return None
    less, more = ({one_blank(quad) for quad in quads} for quads in found)
    # what is removed may stand elsewhere in the file, and what is added too
    return (less - more) - after == before - after and (more - less) - before == after - before


TEXTS = st.sampled_from(
    [
        '"a"',
        '"b # no comment ."',
        '"""long\n.\nex:no ex:no ex:no ."""',
        "'it'@lv",
        "1.5",
        "12",
        "1.",
        "<#x>",
        "ex:b.c",
        "_:b",
        "[]",
    ]
)
BLOCKS = st.builds(
    lambda s, values, end: f"ex:{s} ex:p {', '.join(values)} {end}",
    st.sampled_from("abc"),
    st.lists(TEXTS, min_size=1, max_size=3),
    st.sampled_from([".\n", " .\n\n", ". # comment .\n", ".\t", "; ex:q 1 .\n", "."]),
)
FILES = st.lists(
    BLOCKS | st.sampled_from(["# ex:a ex:b ex:c .\n", "PREFIX ex: <http://example.org/other/>\n"]), max_size=6
)


@given(FILES, FILES, st.data())
def test_turtle(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], other: list[str], data: st.DataObject
) -> None:
    """Any edit of any blocks."""
    folder = tmp_path_factory.getbasetemp()
    place = data.draw(st.integers(0, len(before)))
    until = data.draw(st.integers(place, len(before)))
    old = (HEAD + "".join(before)).encode()
    new = (HEAD + "".join([*before[:place], *other[:2], *before[until:]])).encode()
    try:
        assert told(folder, TURTLE, old, new) is not False
    except SaiteError:  # a version that is no Turtle
        return


@given(
    st.lists(
        st.sampled_from(["", "# no", '<a:s> <a:p> "1" .', "<a:s> <a:p> <a:o> .", '<a:t> <a:p> "x\\n" .']), max_size=6
    ),
    st.data(),
)
def test_lines(tmp_path_factory: pytest.TempPathFactory, lines: list[str], data: st.DataObject) -> None:
    """Any edit of a line."""
    folder = tmp_path_factory.getbasetemp()
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    changed = list(lines)
    if lines:
        changed[data.draw(st.integers(0, len(lines) - 1))] = data.draw(st.sampled_from(['<a:n> <a:p> "new" .', ""]))
    old, new = (end.join(some).encode() for some in (lines, changed))
    assert told(folder, N_TRIPLES, old, new)


def test_one_label_of_many(tmp_path: Path) -> None:
    """A text is changed in the middle: nothing else is read."""
    blocks = [f'ex:n{n} a ex:Thing ;\n  ex:label """text {n} .\nex:a ex:b ex:c .""" .\n' for n in range(1000)]
    old = (HEAD + "".join(blocks)).encode()
    new = old.replace(b"text 500 ", b"other 500 ")
    found = edit(Source(tmp_path / "a.ttl", "a.ttl"), TURTLE, old, new)
    assert found is not None
    assert [len(some) for some in found] == [2, 2]
    assert told(tmp_path, TURTLE, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEAD + "ex:a ex:b ex:c .\n", HEAD.replace("org/>", "org/x/>") + "ex:a ex:b ex:c .\n"),
        (HEAD + "ex:a ex:b _:c .\n", HEAD + "ex:a ex:b _:d .\n"),
        (HEAD + "ex:a ex:b 1 .\n", HEAD + "ex:a ex:b 2\n"),
        (HEAD + "ex:a ex:b 1 .\nex:c ex:d 2 .\n", HEAD + "ex:a ex:b 1 . # no\rex:c ex:d 2 .\n"),
    ],
    ids=["a prefix", "a blank node", "no Turtle", "only space"],
)
def test_what_cannot_be_told(tmp_path: Path, old: str, new: str) -> None:
    """What a part of the file does not tell, or what is no difference."""
    found = edit(Source(tmp_path / "a.ttl", "a.ttl"), TURTLE, old.encode(), new.encode())
    assert found is None or set(found.old) == set(found.new)


def test_other_formats_are_not_told(tmp_path: Path) -> None:
    """They have no blocks that stand by themselves."""
    assert edit(Source(tmp_path / "a.rdf", "a.rdf"), RDF_XML, b"<a/>", b"<b/>") is None
