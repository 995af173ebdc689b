"""The scanners of N-Triples, N-Quads, RDF/XML and JSON-LD, and of JSON itself, say where statements stand."""

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from saite.sources import Source
from saite.sources.positions import jsonld, lines, rdfxml
from saite.sources.positions.jsontext import events, line_of, pointer
from saite.sources.positions.resolve import resolve
from saite.terms import BlankNode, NamedNode, Quad

ROOT = Path(__file__).parents[2]
BASE = "http://base.example/x/y"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("filler", [0, 40_000])
def test_lines_are_found_by_their_beginning(tmp_path: Path, filler: int, packed: bool) -> None:
    """N-Triples and N-Quads: the line's number, whatever the spacing, the escapes and the size of the file."""
    text = (
        "# <http://e/ā> comes later\n"
        + "<http://e/x> <http://e/p> <http://e/ā> .\n" * filler
        + '<http://e/ā> <http://e/p> "one" .\r\n'
        "\n"
        '\t<http://e/\\u0101>   <http://e/q>\t"tw\\no"@en <http://e/g> . # comment\n'
        '<http://e/āb> <http://e/p> "other" .\n'
        "_:a <http://e/p> <http://e/ā> .\n"
        '<http://e/ā> <http://e/p> "last" .'
    )
    path = tmp_path / "a.nq"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    found = list(lines.statements(Source(path, "a.nq"), NamedNode("http://e/ā")))
    assert [
        (str(s.object), s.at.line - filler, s.at.column, s.predicate_at.column, s.subject_at.column) for s in found
    ] == [
        ('"one"', 2, 27, 14, 1),
        ('"tw\\no"@en', 4, 35, 22, 2),
        ('"last"', 7, 27, 14, 1),
    ]
    assert [s.at.line - filler for s in lines.statements(Source(path, "a.nq"), BlankNode("a"))] == [6]


RDF_XML = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY e "http://e/">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/" xml:base="http://b/c">
  <e:T rdf:about="&e;a" e:attribute="x" >
    <e:text xml:lang="en">abc &lt; d</e:text>
    <e:number rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">5</e:number>
    <e:plain xml:lang="">p</e:plain>
    <e:link rdf:resource="../rel"/>
    <e:inner><e:U rdf:ID="frag"><e:deep rdf:nodeID="n1"/></e:U></e:inner>
    <e:list rdf:parseType="Collection">
      <rdf:Description rdf:about="one"/>
      <e:V/>
    </e:list>
    <e:empty rdf:parseType="Collection"/>
    <e:resource rdf:parseType="Resource"><e:x>1</e:x>
      <e:y>2</e:y></e:resource>
    <e:short e:z="3" rdf:type="http://e/W"/>
    <e:nothing/>
  </e:T>
  <rdf:Bag rdf:nodeID="n1"><rdf:li>m</rdf:li><rdf:li rdf:resource="http://e/m"/></rdf:Bag>
</rdf:RDF>
"""


def rdfxml_triples(text: str) -> list[Quad]:
    """The triples that the scanner sees."""
    found = []
    for statement in rdfxml.statements(io.BytesIO(text.encode()), BASE):
        assert statement.object is not None
        found.append(Quad(statement.subject, statement.predicate, statement.object))
    return found


def isomorphic(one: list[Quad], other: list[Quad]) -> bool:
    """Whether two sets of quads differ in the names of blank nodes only."""
    first, second = Dataset(one), Dataset(other)
    for dataset in (first, second):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return first == second


def test_rdfxml_scanner_sees_the_parsers_triples() -> None:
    """All that RDF/XML can say in short is seen as the parser sees it."""
    expected = list(parse(RDF_XML.replace('xml:lang=""', ""), format=RdfFormat.RDF_XML, base_iri=BASE))
    assert isomorphic(rdfxml_triples(RDF_XML), expected)


@pytest.mark.parametrize("name", ["ice.ttl", "kos.ttl"])
def test_rdfxml_scanner_sees_a_whole_ontology(name: str) -> None:
    """Our ontology as rdflib writes it, nested and striped, is seen as the parser sees it."""
    import rdflib

    text = rdflib.Graph().parse(ROOT / "ontology" / name).serialize(format="pretty-xml")
    assert isomorphic(rdfxml_triples(text), list(parse(text, format=RdfFormat.RDF_XML, base_iri=BASE)))


def test_rdfxml_lines() -> None:
    """A statement stands where its property element begins, a type where its node does."""
    found = {
        (s.predicate.value.split("/")[-1], str(s.object)): (s.at.line, s.subject_at.line)
        for s in rdfxml.statements(io.BytesIO(RDF_XML.encode()))
    }
    assert found[("text", '"abc < d"@en')] == (5, 4)
    assert found[("plain", '"p"')] == (7, 4)
    assert found[("link", "<http://b/rel>")] == (8, 4)
    assert found[("22-rdf-syntax-ns#type", "<http://e/U>")] == (9, 9)
    assert found[("22-rdf-syntax-ns#first", "<http://b/one>")] == (11, 10)
    assert found[("y", '"2"')] == (16, 15)
    assert found[("22-rdf-syntax-ns#_2", "<http://e/m>")] == (20, 20)


def test_xml_literals_are_passed_over() -> None:
    """What is inside an XML literal are no statements; the literal itself has a place."""
    text = RDF_XML.replace(
        "<e:nothing/>", "<e:xml rdf:parseType='Literal'><e:T><e:p>x</e:p></e:T></e:xml><e:after>y</e:after>"
    )
    found = [s for s in rdfxml.statements(io.BytesIO(text.encode())) if s.at.line == 18]
    assert [(s.predicate.value[9:], s.object and s.object.value) for s in found] == [("xml", None), ("after", "y")]


JSON_LD = """{
  "@context": {
    "ex": "http://e/", "id": "@id", "type": "@type", "name": "ex:name", "@vocab": "http://v/",
    "label": {"@id": "ex:label", "@container": "@language"}, "knows": {"@id": "http://e/knows", "@type": "@id"}
  },
  "@graph": [
    {
      "id": "ex:a",
      "type": ["ex:T", "U"],
      "name": "A",
      "label": {
        "en": "an a",
        "lv": ["a", "ā"]
      },
      "knows": ["ex:b", {"id": "ex:c", "name": "C"}],
      "ex:list": {"@list": [{"id": "ex:d", "other": 5}]},
      "ex:typed": {"@value": "1", "@type": "ex:dt"}
    },
    {"@id": "http://e/e", "@reverse": {"knows": {"@id": "ex:f", "name": "F"}}}
  ]
}"""


def test_jsonld_lines_and_pointers() -> None:
    """Lines and JSON pointers of what is nested, aliased, in lists, in language maps."""
    found = {
        (str(s.subject), s.predicate.value, str(s.object)): (s.at.line, s.at.pointer)
        for s in jsonld.statements(JSON_LD, "http://base/")
    }
    type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert found[("<http://e/a>", type_, "<http://e/T>")] == (9, "/@graph/0/type/0")
    assert found[("<http://e/a>", type_, "<http://v/U>")] == (9, "/@graph/0/type/1")
    assert found[("<http://e/a>", "http://e/name", '"A"')] == (10, "/@graph/0/name")
    assert found[("<http://e/a>", "http://e/label", '"an a"@en')] == (12, "/@graph/0/label/en")
    assert found[("<http://e/a>", "http://e/label", '"ā"@lv')] == (13, "/@graph/0/label/lv/1")
    assert found[("<http://e/a>", "http://e/knows", "<http://e/c>")] == (15, "/@graph/0/knows/1")
    assert found[("<http://e/c>", "http://e/name", '"C"')] == (15, "/@graph/0/knows/1/name")
    assert found[("<http://e/d>", "http://v/other", "None")] == (16, "/@graph/0/ex:list/@list/0/other")
    assert found[("<http://e/a>", "http://e/typed", '"1"^^<http://e/dt>')] == (17, "/@graph/0/ex:typed")
    assert found[("<http://e/f>", "http://e/name", '"F"')] == (19, "/@graph/1/@reverse/knows/name")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_json_pointers_lead_to_the_values(document: object, indent: int | None, ascii_only: bool) -> None:
    """Each event's pointer, followed from the root, ends at the event's value; its offset is where that is written."""
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    seen = 0
    for event in events(text):
        if event.kind in ("string", "other"):
            value: object = document
            for part in event.path:
                value = value[part]  # type: ignore[index]
            assert json.loads(text[event.offset : event.end]) == value
            assert pointer(event.path).count("/") == len(event.path)
            line, column = line_of(text, event.offset)
            assert text.split("\n")[line - 1][column - 1 :].startswith(text[event.offset : event.end].split("\n")[0])
            seen += 1
    scalars = sum(1 for _ in _scalars(document))
    assert seen == scalars


def _scalars(value: object) -> "list[object]":
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _scalars(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _scalars(inner)]
    return [value]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 400), st.text('{}[]:,"\\ @', max_size=5))
def test_scanners_never_raise(text: str, position: int, piece: str) -> None:
    """What is no JSON-LD or no RDF/XML ends the scan, and nothing else."""
    for damaged in (text, JSON_LD[:position] + piece + JSON_LD[position + 3 :], JSON_LD[:position] + text):
        list(events(damaged))
        list(jsonld.statements(damaged, BASE))
    for damaged in (text, RDF_XML[: position * 3] + piece + RDF_XML[position * 3 :]):
        list(rdfxml.statements(io.BytesIO(damaged.encode()), BASE))


@pytest.mark.parametrize("reference", ["a", "../a", "#a", "", "?q", "//host/a", "urn:a", "é", "a/../b"])
def test_relative_iris_are_resolved_as_the_parser_does(reference: str) -> None:
    """Positions are looked up by the same IRIs that the store has."""
    (quad,) = parse(f"<{reference}> a <x:y> .", format=RdfFormat.TURTLE, base_iri=BASE)
    assert f"<{resolve(reference, BASE)}>" == str(quad.subject)
