import random
import re

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from saite.namespaces import RDF_TYPE
from saite.render.names import Names, namespaces
from saite.render.turtle import TurtleWriter
from saite.site.reading import ReadingOrder
from saite.terms import BlankNode, Literal, NamedNode, Triple

from .fakes import config
from .graphs import EX, PREFIXES, canonical, graphs, iris, parse, read_oxigraph, read_rdflib, texts

P = NamedNode(EX + "p")


def write(triples: list[Triple], first: NamedNode | None = None) -> bytes:
    """The graph as Turtle with the prefixes of the random graphs."""
    return TurtleWriter(Names(namespaces(PREFIXES, {})), ReadingOrder(config())).document(triples, first)


@settings(max_examples=80, deadline=None)
@given(graphs, iris)
def test_any_graph_reads_back_the_same(graph: list[Triple], first: NamedNode) -> None:
    """What Turtle says is the graph, by pyoxigraph's reader and by rdflib's."""
    content = write(graph, first)
    expected = canonical(graph)
    assert read_oxigraph(content, RdfFormat.TURTLE) == expected
    assert read_rdflib(content, "turtle") == expected


@settings(max_examples=80, deadline=None)
@given(st.lists(texts, max_size=4))
def test_any_text_reads_back_the_same(values: list[str]) -> None:
    """Quotes, backslashes, line ends and control characters come through short and long strings alike."""
    graph = [
        Triple(P, NamedNode(f"{EX}p{i}"), Literal(text + end)) for i, text in enumerate(values) for end in ("", '\n"')
    ]
    assert read_oxigraph(write(graph), RdfFormat.TURTLE) == canonical(graph)


@given(texts, st.sampled_from([None, "lv", "zh-Hant-TW"]))
def test_a_text_on_one_line_is_written_as_in_n_triples(text: str, language: str | None) -> None:
    """The same characters are escaped, in the same way, whether that is needed or not."""
    value = Literal(text.replace("\n", " "), language=language)
    assert write([Triple(P, P, value)]).decode().endswith(f" {value} .\n")


@settings(max_examples=50, deadline=None)
@given(graphs, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_show(graph: list[Triple], chance: random.Random) -> None:
    """A shuffled graph gives the same bytes."""
    shuffled = list(graph)
    chance.shuffle(shuffled)
    assert write(shuffled) == write(graph)


@settings(max_examples=50, deadline=None)
@given(graphs)
def test_only_prefixes_in_use_are_declared(graph: list[Triple]) -> None:
    """Each declared prefix is used, each used prefix is declared, and they are sorted."""
    text = write(graph).decode()
    declared = re.findall(r"^@prefix ([^:]*): ", text, re.MULTILINE)
    assert declared == sorted(declared)
    body = re.sub(r'^@prefix .*$|<[^>]*>|"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\])*"|@[a-zA-Z0-9-]+', " ", text, flags=re.M)
    body = re.sub(r"\\.", "", body)  # escaped characters of local names
    used = set(re.findall(r"(?:^|[\s^(\[])([^\s:^_(\[\\]*):", body))
    assert used == set(declared)


def test_the_page_comes_first_and_its_type_first_of_all() -> None:
    """The page's own subject leads, then IRIs by their text; ``a`` leads, then labels in the site's languages."""
    order = ReadingOrder(config(languages=("lv", "en"), label_languages=("ru",), order=(EX + "z",)))
    graph = parse(
        """ex:s ex:b 1 ; ex:z 2 ; rdfs:label "y"@de, "x"@ru, "b"@en, "a"@lv, "n" ; a ex:T, ex:A .
        ex:a ex:b 1 ."""
    )
    text = TurtleWriter(Names(namespaces({"ex": EX}, {})), order).document(graph, NamedNode(EX + "s")).decode()
    assert text == (
        "@prefix ex: <http://example.org/> .\n\n"
        "ex:s a ex:A , ex:T ;\n"
        "    <http://www.w3.org/2000/01/rdf-schema#label>\n"
        '        "n" ,\n        "a"@lv ,\n        "b"@en ,\n        "x"@ru ,\n        "y"@de ;\n'
        "    ex:z 2 ;\n"
        "    ex:b 1 .\n\n"
        "ex:a\n    ex:b 1 .\n"
    )


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ("ex:s ex:p [ ex:q 1 ] .", "ex:s\n    ex:p [ ex:q 1 ] .\n"),
        ("ex:s ex:p [] .", "ex:s\n    ex:p [] .\n"),
        ("[] ex:p 1 .", "[]\n    ex:p 1 .\n"),
        ("ex:s ex:p _:b . _:b ex:q _:b .", "ex:s\n    ex:p _:b .\n\n_:b\n    ex:q _:b .\n"),
        ("_:a ex:q _:b . _:b ex:q _:a .", "_:a\n    ex:q [ ex:q _:a ] .\n"),
        ("ex:s ex:p ( 1 ex:o ( ) ) .", "ex:s\n    ex:p ( 1 ex:o () ) .\n"),
        ("ex:s ex:p rdf:nil .", "ex:s\n    ex:p () .\n"),
        (
            "ex:s ex:p _:l . _:l rdf:first 1, 2 ; rdf:rest rdf:nil .",
            "ex:s\n    ex:p [\n"
            "        rdf:first\n            1 ,\n            2 ;\n"
            "        rdf:rest rdf:nil\n    ] .\n",
        ),
        (
            "ex:s ex:p _:l . ex:t ex:p _:l . _:l rdf:first 1 ; rdf:rest ( 2 3 ) .",
            "ex:s\n    ex:p _:l .\n\nex:t\n    ex:p _:l .\n\n_:l\n    rdf:first 1 ;\n    rdf:rest ( 2 3 ) .\n",
        ),
    ],
    ids=["nested", "leaf", "unreferenced", "self", "circle", "list", "nil", "broken", "shared"],
)
def test_blank_nodes_are_written_where_they_belong(graph: str, expected: str) -> None:
    """Referred to once: in place; shared or in a circle: with a label; lists as lists only where they are."""
    text = write(parse(graph)).decode()
    assert text.partition("\n\n")[2] == expected


@pytest.mark.parametrize(
    ("lexical", "datatype", "short"),
    [
        ("1", "integer", True),
        ("-12", "integer", True),
        ("01", "integer", False),
        ("+1", "integer", False),
        ("-0", "integer", False),
        ("1.50", "decimal", True),
        (".5", "decimal", False),
        ("1.", "decimal", False),
        ("0.0000001", "decimal", False),
        ("1.0E0", "double", False),
        ("true", "boolean", True),
        ("1", "boolean", False),
    ],
)
def test_numbers_are_short_where_nothing_is_lost(lexical: str, datatype: str, short: bool) -> None:
    """Short forms keep the lexical form in every reader, those that make a number of it too."""
    graph = [Triple(P, P, Literal(lexical, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")))]
    content = write(graph)
    assert content.endswith(f"    ex:p {lexical} .\n".encode()) is short
    assert read_oxigraph(content, RdfFormat.TURTLE) == read_rdflib(content, "turtle") == canonical(graph)


def test_deep_nesting_and_long_lists_end_no_reader() -> None:
    """Blank nodes 2,000 deep and a list of 20,000 members are written and read, in time that grows with them."""
    deep = [Triple(BlankNode(f"n{i}"), P, BlankNode(f"n{i + 1}")) for i in range(2000)]
    members = " ".join(str(i) for i in range(20_000))
    graph = [Triple(NamedNode(EX + "s"), P, BlankNode("n0")), *deep, *parse(f"ex:l ex:p ( {members} ) .")]
    content = write(graph)
    assert content.count(b"[") < 2000
    assert b"\n        19999\n" in content
    assert len(list(pyoxigraph.parse(content, RdfFormat.TURTLE))) == len(graph)


def test_types_that_are_no_iris_are_written_as_they_are() -> None:
    """``rdf:type`` may lead to a blank node."""
    graph = [Triple(P, RDF_TYPE, BlankNode("c")), Triple(BlankNode("c"), P, Literal("x"))]
    assert b'ex:p a [ ex:p "x" ] .' in write(graph)
