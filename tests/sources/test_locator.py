"""From a triple of the dataset to the file and line where it stands, in every format."""

import gzip
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse, serialize

from saite.config import Config
from saite.errors import Place
from saite.sources import Locator, Source, discover, read
from saite.sources.positions.blocks import Blocks
from saite.terms import BlankNode, Literal, NamedNode, Quad

EX = "http://e/"
TURTLE = """@prefix ex: <http://e/> .

ex:a ex:name "A" ;
    ex:knows ex:b ,
        ex:c ;
    ex:address [
        ex:city "Riga" ;
        ex:geo [ ex:lat 56.9 ]
    ] , [
        ex:city "Tashkent" ;
        ex:geo [ ex:lat 41.3 ]
    ] .

ex:b ex:list ( "x" "y" [ ex:deep true ] ) .

[] ex:rootless "yes" .
"""


def node(name: str) -> NamedNode:
    """A name of the test's namespace."""
    return NamedNode(EX + name)


def located(root: Path, names: dict[str, str | bytes]) -> tuple[Locator, Store]:
    """A locator for some files, and their quads with blank nodes of other names."""
    for name, content in names.items():
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    sources = discover(root, Config(root))
    store = Store()
    for source in sources:
        store.extend(read(source))
    return Locator(sources, store.quads_for_pattern), store


def test_nearest_place_wins(tmp_path: Path) -> None:
    """The statement's line; failing that the property's; failing that the subject's; failing that nothing."""
    locator, _ = located(tmp_path, {"a.ttl": TURTLE})
    assert locator.place(node("a"), node("knows"), node("c")) == Place("a.ttl", 5, 9)
    assert locator.place(node("a"), node("knows"), node("missing")) == Place("a.ttl", 4, 5)
    assert locator.place(node("a"), node("knows")) == Place("a.ttl", 4, 5)
    assert locator.place(node("a"), node("missing")) == Place("a.ttl", 3, 1)
    assert locator.place(node("a")) == Place("a.ttl", 3, 1)
    assert locator.place(node("nobody")) is None


def test_statement_in_a_later_file_beats_the_block_in_an_earlier(tmp_path: Path) -> None:
    """All files are asked before the nearest is taken."""
    locator, _ = located(tmp_path, {"a.ttl": TURTLE, "b.nt": '<http://e/a> <http://e/note> "here" .\n'})
    assert locator.place(node("a"), node("note"), Literal("here")) == Place("b.nt", 1, 30)
    assert locator.place(node("a"), node("name"), Literal("A")) == Place("a.ttl", 3, 14)


def test_block_is_that_where_the_class_is_said(tmp_path: Path) -> None:
    """Of several files with a subject, the one that says what it is is where its block is looked for."""
    locator, _ = located(
        tmp_path,
        {
            "a-links.ttl": "<http://e/a> <http://e/same> <http://e/z> .",
            "b-things.ttl": "\n<http://e/a> a <http://e/T> .",
            "c-notes.ttl": '<http://e/a> <http://e/note> "x" .',
        },
    )
    assert locator.place(node("a")) == Place("b-things.ttl", 2, 1)
    assert locator.place(node("a"), node("missing"), Literal("x")) == Place("b-things.ttl", 2, 1)
    assert locator.place(node("a"), node("note")) == Place("c-notes.ttl", 1, 14)


def test_blank_nodes_are_found_through_their_parents(tmp_path: Path) -> None:
    """The store's names of blank nodes are not the file's: they are told by where they hang and what they say."""
    locator, store = located(tmp_path, {"a.ttl": TURTLE})
    lines = {}
    for quad in store:
        if isinstance(quad.subject, BlankNode):
            place = locator.place(quad.subject, quad.predicate, quad.object)
            assert place is not None
            lines[quad.predicate.value.removeprefix(EX), str(quad.object).split("^^")[0]] = place.line
    assert lines["city", '"Riga"'] == 7
    assert lines["lat", '"56.9"'] == 8
    assert lines["city", '"Tashkent"'] == 10
    assert lines["lat", '"41.3"'] == 11
    assert lines["deep", '"true"'] == 14
    assert lines["rootless", '"yes"'] == 16


def test_blank_nodes_without_the_dataset_have_no_place(tmp_path: Path) -> None:
    """Names of content mean nothing to the files alone."""
    (tmp_path / "a.ttl").write_text(TURTLE)
    assert Locator([Source(tmp_path / "a.ttl", "a.ttl")]).place(BlankNode("b3f2a9c41d0e")) is None


FORMATS = {
    "a.nt": RdfFormat.N_TRIPLES,
    "a.nq": RdfFormat.N_QUADS,
    "a.ttl": RdfFormat.TURTLE,
    "a.trig": RdfFormat.TRIG,
    "a.rdf": RdfFormat.RDF_XML,
    "a.jsonld": RdfFormat.JSON_LD,
    "a.ttl.gz": RdfFormat.TURTLE,
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_statement_has_a_place_in_every_format(name: str, tmp_path: Path) -> None:
    """Each triple with an IRI for subject is found, and what stands there is its object, or its property."""
    content = serialize(parse(TURTLE, format=RdfFormat.TURTLE), format=FORMATS[name]) or b""
    text = content.decode().split("\n")
    locator, store = located(tmp_path, {name: gzip.compress(content) if name.endswith("gz") else content})
    checked = 0
    for quad in store:
        place = locator.place(quad.subject, quad.predicate, quad.object)
        assert place is not None
        assert place.line is not None
        assert place.column is not None
        if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, BlankNode):
            there = text[place.line - 1][place.column - 1 :]
            value = quad.object.value
            assert value in there
            checked += 1
    assert checked == 3


def test_pointer_is_given_for_json(tmp_path: Path) -> None:
    """JSON-LD may be a single line, so there is a pointer beside the line."""
    locator, _ = located(tmp_path, {"a.jsonld": '{"@id": "http://e/a", "http://e/name": [{"@value": "A"}]}'})
    assert str(locator.place(node("a"), node("name"), Literal("A"))) == "a.jsonld:1:41#/http:~1~1e~1name/0"


def test_file_is_scanned_only_if_the_name_occurs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding about one file does not make the others be scanned."""
    locator, _ = located(tmp_path, {"a.ttl": TURTLE, "b.ttl": "<http://e/else> <http://e/p> 1 ."})
    scanned: list[str] = []
    from saite.sources.positions import locator as module

    def watched(source: Source) -> Blocks:
        scanned.append(source.display)
        return Blocks(source)

    monkeypatch.setattr(module, "Blocks", watched)
    assert locator.place(node("else")) == Place("b.ttl", 1, 1)
    assert locator.place(node("else"), node("p")) == Place("b.ttl", 1, 17)
    assert scanned == ["b.ttl"]


@pytest.mark.parametrize("name", ["a.nt", "a.ttl"])
def test_many_findings_are_placed_in_one_scan(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many statements are sought, a file is read a few times only; the places are the same."""
    text = "".join(f"<http://e/{n}> <http://e/p> <http://e/{n + 1}> .\n" for n in range(500))
    locator, _ = located(tmp_path, {name: text})
    opened = []
    unwatched = Path.open

    def watched(self: Path, *args: object, **named: object) -> object:
        opened.append(self)
        return unwatched(self, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watched)
    for n in range(500):
        place = locator.place(node(str(n)), node("p"), node(str(n + 1)))
        assert place == Place(name, n + 1, text.split("\n")[n].index("<http://e/p>") + 14)
    assert len(opened) < 70


def test_prefix_that_ends_in_a_name_is_no_hindrance(tmp_path: Path) -> None:
    """Where the IRI's last letters do not stand in the file in one piece, the file is scanned all the same."""
    locator, _ = located(tmp_path, {"a.ttl": "@prefix q: <http://e/Q> .\n\nq:42 q:1 1 ."})
    assert locator.place(NamedNode("http://e/Q42")) == Place("a.ttl", 3, 1)


def test_relative_iris_are_found_by_the_base(tmp_path: Path) -> None:
    """A relative IRI is looked up as it was read."""
    (tmp_path / "a.ttl").write_text("\n<x#y> a <z> .")
    (source,) = discover(tmp_path, Config(tmp_path, base="http://e/base/"))
    (quad,) = read(source)
    assert str(quad.subject) == "<http://e/base/x#y>"
    assert Locator([source]).place(NamedNode("http://e/base/x#y")) == Place("a.ttl", 2, 1)


def test_large_files_keep_only_where_blocks_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a size, the block is as near as it gets, and memory stays small."""
    from saite.sources.positions import locator as module

    monkeypatch.setattr(module, "_LARGE", 100)
    locator, _ = located(tmp_path, {"a.trig": TURTLE})
    assert locator.place(node("a"), node("knows"), node("c")) == Place("a.trig", 3, 1)


def test_files_that_are_gone_have_no_places(tmp_path: Path) -> None:
    """A file that was removed or damaged since it was read is no error of the report."""
    locator, _ = located(tmp_path, {"a.ttl": TURTLE, "b.nt": "<http://e/z> <http://e/p> <http://e/b> .\n"})
    (tmp_path / "a.ttl").unlink()
    (tmp_path / "b.nt").write_text("<http://e/z> rubbish")
    assert locator.place(node("a")) is None
    assert locator.place(node("z")) is None


def test_our_own_data_have_places() -> None:
    """Every statement of our own site is found, those of blank nodes too."""
    root = Path(__file__).parents[2]
    sources = [
        Source(path, path.relative_to(root).as_posix())
        for folder in ("ontology", "data", "shapes")
        for path in sorted((root / folder).rglob("*.ttl"))
    ]
    store = Store()
    for source in sources:
        store.extend(read(source))
    locator = Locator(sources, store.quads_for_pattern)
    quads: list[Quad] = list(store)
    assert len(quads) > 1000
    lines: dict[str, list[str]] = {}
    for quad in quads:
        place = locator.place(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]
        assert place is not None, quad
        assert place.line is not None
        assert place.column is not None
        if place.file not in lines:
            lines[place.file] = (root / place.file).read_text().split("\n")
        if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            there = lines[place.file][place.line - 1][place.column - 1 :]
            token = there.split()[0]
            # a prefixed name is short, but its end is the IRI's
            assert quad.object.value.endswith(token.strip("<>,;.()").partition(":")[2].replace("\\", "")), (quad, there)
