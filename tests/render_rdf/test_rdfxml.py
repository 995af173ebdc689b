import random
import re
from xml.etree import ElementTree

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from saite.render import rdfxml
from saite.render.names import namespaces
from saite.render.rdfxml import RdfXmlWriter
from saite.render.xmlnames import obstacle, split
from saite.site.model import Resource
from saite.site.reading import ReadingOrder
from saite.terms import BlankNode, Literal, NamedNode, Triple

from .fakes import config, fake_site
from .graphs import EX, PREFIXES, canonical, graphs, iris, parse, read_oxigraph, read_rdflib, xml_graphs

S = NamedNode(EX + "s")


def write(triples: list[Triple], first: NamedNode | None = None) -> bytes | None:
    """The graph as RDF/XML with the prefixes of the random graphs."""
    return RdfXmlWriter(namespaces(PREFIXES, {}), ReadingOrder(config())).document(triples, first)


@settings(max_examples=80, deadline=None)
@given(xml_graphs, iris | st.none())
def test_graphs_read_back_the_same(graph: list[Triple], first: NamedNode | None) -> None:
    """What RDF/XML says is the graph, by pyoxigraph's reader and by rdflib's."""
    content = write(graph, first)
    assert content is not None
    expected = canonical(graph)
    assert read_oxigraph(content, RdfFormat.RDF_XML) == expected
    assert read_rdflib(content, "xml") == expected


@settings(max_examples=80, deadline=None)
@given(graphs)
def test_no_file_is_better_than_a_wrong_one(graph: list[Triple]) -> None:
    """Any graph at all is either written as it is or not at all; never both a reason and a file."""
    content = write(graph)
    event("written" if content else "not written")
    assert (content is None) is bool(obstacle(graph))
    if content is not None:
        assert read_oxigraph(content, RdfFormat.RDF_XML) == canonical(graph)


@settings(max_examples=50, deadline=None)
@given(xml_graphs, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_show(graph: list[Triple], chance: random.Random) -> None:
    """A shuffled graph gives the same bytes."""
    shuffled = list(graph)
    chance.shuffle(shuffled)
    assert write(shuffled) == write(graph)


@pytest.mark.parametrize(
    ("iri", "parts"),
    [
        (EX + "name", (EX, "name")),
        (EX + "foo_bar.x-1", (EX, "foo_bar.x-1")),
        (EX + "2018", None),
        (EX + "2018a", (EX + "2018", "a")),
        (EX, None),
        ("urn:x:y", ("urn:x:", "y")),
        (EX + "a/é", (EX + "a/", "é")),
        (EX + "a#", None),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#_1", ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "_1")),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#li", None),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#Description", None),
        ("http://www.w3.org/XML/1998/namespacelang", ("http://www.w3.org/XML/1998/", "namespacelang")),
    ],
)
def test_iris_are_split_where_a_name_begins(iri: str, parts: tuple[str, str] | None) -> None:
    """The name as long as it can be; None where the syntax has no way."""
    assert split(iri) == parts


@pytest.mark.parametrize(
    ("triple", "reason"),
    [
        (Triple(S, NamedNode(EX + "2018"), S), "the property <http://example.org/2018> does not end in a name"),
        (Triple(S, NamedNode(EX + "p"), Literal("a\0b")), "has the character U+0000"),
        (Triple(S, NamedNode(EX + "p"), Literal("\ufffe", language="en")), "has the character U+FFFE"),
    ],
)
def test_what_rdf_xml_cannot_say_is_skipped_and_told(triple: Triple, reason: str) -> None:
    """No file, and the renderer says which document has none and why."""
    renderer = rdfxml.renderer(fake_site(config()))
    assert list(renderer.resource(Resource(S, "s", (triple,)))) == []
    ((document, told),) = renderer.skipped
    assert document == "s"
    assert reason in told


def test_namespaces_without_a_prefix_get_one() -> None:
    """ns1, ns2 ... by the namespaces' order; a prefix that XML keeps for itself is not used."""
    graph = parse("ex:s <http://b.example/p> 1 ; <http://a.example/p> 1 ; <http://x.example/p> 1 .")
    prefix_of = {"http://x.example/": "xmlish", EX: "ex", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "r"}
    content = RdfXmlWriter(prefix_of, ReadingOrder(config())).document(graph)
    assert content is not None
    assert re.findall(r'xmlns:(\w+)="([^"]+)"', content.decode()) == [
        ("ns1", "http://a.example/"),
        ("ns2", "http://b.example/"),
        ("ns3", "http://x.example/"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ]


def test_a_generated_prefix_never_takes_anothers() -> None:
    """The site may call one of its own namespaces ns1."""
    graph = parse("ex:s ex:p 1 ; <http://a.example/p> 1 .")
    content = RdfXmlWriter({EX: "ns1"}, ReadingOrder(config())).document(graph)
    assert content is not None
    assert 'xmlns:ns1="http://example.org/"' in content.decode()
    assert 'xmlns:ns2="http://a.example/"' in content.decode()


def test_blank_node_labels_that_are_no_xml_names_stay_apart() -> None:
    """Labels such as ``0`` are spelled otherwise, and no two become one."""
    nodes = [BlankNode(label) for label in ("0", "x-30", "x-", "é", "a", "_")]
    graph = [Triple(node, NamedNode(EX + "p"), other) for node in nodes for other in nodes]
    content = write(graph)
    assert content is not None
    assert read_oxigraph(content, RdfFormat.RDF_XML) == canonical(graph)
    assert len(set(re.findall(r'rdf:nodeID="([^"]+)"', content.decode()))) == len(nodes)


def test_long_lists_of_literals_do_not_nest() -> None:
    """5,000 members, and an XML parser that recurses has nothing to fear."""
    graph = parse(f"ex:s ex:p ( {' '.join(str(i) for i in range(5000))} ) .")
    content = write(graph)
    assert content is not None

    def depth(element: ElementTree.Element) -> int:
        return 1 + max((depth(child) for child in element), default=0)

    assert depth(ElementTree.fromstring(content)) == 3
