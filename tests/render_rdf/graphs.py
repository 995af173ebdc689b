"""Random graphs, and what it means that two graphs are the same."""

import warnings
from collections.abc import Iterable

import pyoxigraph
import rdflib
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat

from saite.namespaces import RDF, RDF_FIRST, RDF_LIST, RDF_NIL, RDF_REST, RDF_TYPE, RDFS, XSD
from saite.render.xmlnames import obstacle
from saite.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Subject, Term, Triple

EX = "http://example.org/"
PREFIXES = {
    "ex": EX,
    "": EX + "ns#",
    "under": EX + "foo_",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "urnx": "urn:x:",
    "rdf": RDF,
    "xsd": XSD,
    "bad prefix": EX + "bad#",
    "1st": EX + "first#",
}

_LOCALS = st.text(alphabet="ab1_-.~!$&'()*+,;=:@/?#%é\u0300\u00b7\u00d7\u4e2d\U0001f600", max_size=6)
_ODD_IRIS = [
    EX,
    EX + "ns#",
    EX + "a/../b",
    EX + "a.",
    EX + ".a",
    EX + "-a",
    EX + "a%41b",
    EX + "foo_bar",
    EX + "bad#x",
    EX + "first#x",
    "geo:57.0,24.1",
    "urn:x:y",
    "urn:x:",
    "mailto:a@example.org",
    "tag:example.org,2020:a",
    "http://example.org",
    "http://example.org/?q=a&b=%C3%A9#frag",
    "http://example.org/Ēriks",
    "http://[::1]:8080/x",
    "ex:scheme",
    RDF + "li",
    RDF + "_1",
    RDF + "Description",
    RDF + "Bag",
]


def _valid(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


iris = (
    (
        st.sampled_from(_ODD_IRIS)
        | st.builds(lambda start, local: start + local, st.sampled_from([EX, EX + "ns#", "urn:x:"]), _LOCALS)
    )
    .filter(_valid)
    .map(NamedNode)
)

plain_predicates = st.sampled_from([NamedNode(EX + name) for name in "pqr"])
predicates = plain_predicates | st.sampled_from([RDF_TYPE, RDF_FIRST, RDF_REST]) | iris

texts = (
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.text(alphabet="\"'\\\n\r\t\0\x07\x0b\x1f\x7f\x85\u2028\ufffe\uffff<>&]é", max_size=10)
    | st.sampled_from(["", " ", '"', '"""', 'a\n"', 'a\n""', '\n""""', "\\n", "\\\\\n", "]]>", "a\tb\nc", "@en", "_:b"])
)
_LEXICAL = {
    XSD + "integer": ["1", "+1", "-1", "01", "-0", "0", "9007199254740991", "9007199254740992", "x", "", "1\n"],
    XSD + "decimal": ["1.0", ".5", "-0.50", "1.", "1"],
    XSD + "double": ["1e0", "1.0E0", "1.5E0", ".5e-3", "1.e5", "INF", "NaN", "1.5", "-1.E+5"],
    XSD + "boolean": ["true", "false", "1", "0", "TRUE"],
    XSD + "date": ["2018-12-03", "2018"],
    XSD + "gYear": ["2018"],
    XSD + "anyURI": ["http://example.org/"],
    RDF + "XMLLiteral": ["<b>x</b>", "a < b"],
    RDF + "JSON": ['{"a": 1}'],
    RDF + "HTML": ["<p>"],
    "http://www.opengis.net/ont/geosparql#wktLiteral": ["POINT(24.1 56.9)"],
    EX + "a/dt": ["x", '"\n'],
}
literals: st.SearchStrategy[Literal] = (
    st.builds(Literal, texts)
    | st.builds(
        lambda text, tag: Literal(text, language=tag),
        texts,
        st.sampled_from(["lv", "LV", "en", "ru", "zh-Hant-TW", "en-GB", "x-private", "de-1996"]),
    )
    | st.sampled_from([(text, datatype) for datatype, lexical in _LEXICAL.items() for text in lexical]).map(
        lambda pair: Literal(pair[0], datatype=NamedNode(pair[1]))
    )
    | st.builds(Literal, st.integers())
    | st.builds(Literal, st.booleans())
)
blanks = st.sampled_from([BlankNode(label) for label in ["a", "b", "c", "d", "0", "é", "x.y", "z-1", "_"]])

_triples = st.builds(
    Triple,
    iris | blanks | blanks,
    plain_predicates | predicates,
    iris | blanks | blanks | literals | st.just(RDF_NIL),
)


@st.composite
def _rdf_lists(draw: st.DrawFn) -> list[Triple]:
    """A list, perhaps nested, perhaps broken in one of the ways in which lists are broken."""
    name = draw(st.sampled_from("LMN"))
    items = draw(st.lists(iris | literals | blanks | st.just(BlankNode("L0")) | st.just(RDF_NIL), max_size=4))
    cells: list[Subject] = [BlankNode(f"{name}{i}") for i in range(len(items))]
    triples = []
    for i, item in enumerate(items):
        triples.append(Triple(cells[i], RDF_FIRST, item))
        triples.append(Triple(cells[i], RDF_REST, cells[i + 1] if i + 1 < len(cells) else RDF_NIL))
    head: Subject = cells[0] if cells else RDF_NIL
    for subject in draw(st.lists(iris | blanks, min_size=0, max_size=2)):
        triples.append(Triple(subject, draw(plain_predicates), head))
    if cells:
        cell = draw(st.sampled_from(cells))
        triples += draw(
            st.sampled_from(
                [
                    [],
                    [],
                    [],
                    [Triple(cell, RDF_TYPE, RDF_LIST)],
                    [Triple(cell, RDF_FIRST, Literal("second"))],
                    [Triple(cell, RDF_REST, cells[0])],
                    [Triple(cell, RDF_REST, RDF_NIL)],
                    [Triple(NamedNode(EX + "other"), NamedNode(EX + "p"), cell)],
                    [Triple(cell, NamedNode(EX + "note"), Literal("annotated"))],
                ]
            )
        )
        if draw(st.integers(0, 5)) == 0:
            del triples[draw(st.integers(0, len(triples) - 1))]
    return triples


graphs: st.SearchStrategy[list[Triple]] = st.builds(
    lambda loose, lists: list(dict.fromkeys([*loose, *(t for triples in lists for t in triples)])),
    st.lists(_triples, max_size=12),
    st.lists(_rdf_lists(), max_size=2),
)
"""Graphs of all kinds of terms, odd IRIs, control characters; blank nodes shared, circular, nested; lists whole,
broken and shared. Without repetition, in any order."""


xml_graphs = graphs.map(lambda graph: [t for t in graph if not obstacle([t])])
"""The same without the triples that RDF/XML cannot say."""


def canonical(triples: Iterable[Triple]) -> list[str]:
    """A graph's lines with canonical blank node labels (RDFC-1.0): equal for isomorphic graphs only."""
    return canonical_dataset(Quad(t.subject, t.predicate, t.object) for t in triples)


def canonical_dataset(quads: Iterable[Quad]) -> list[str]:
    """A dataset's lines with canonical blank node labels (RDFC-1.0): equal for isomorphic datasets only."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def read_oxigraph(content: bytes, form: RdfFormat) -> list[str]:
    """What pyoxigraph reads in a document, as :func:`canonical` lines."""
    quads = list(pyoxigraph.parse(content, form))
    assert all(isinstance(quad.graph_name, pyoxigraph.DefaultGraph) for quad in quads)
    return canonical(quad.triple for quad in quads)


def read_rdflib(content: bytes, form: str) -> list[str]:
    """What rdflib reads in a document, as :func:`canonical` lines."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        graph = rdflib.Graph(bind_namespaces="none").parse(data=content, format=form)
    terms = _Terms()
    return canonical(Triple(terms[s], terms[p], terms[o]) for s, p, o in graph)  # type: ignore[arg-type]


def read_rdflib_dataset(content: bytes, form: str) -> list[str]:
    """What rdflib reads in a document with named graphs, as :func:`canonical_dataset` lines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset = rdflib.Dataset()
        dataset.parse(data=content, format=form)
        found = list(dataset.quads())
    terms = _Terms()
    default = (None, rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
    lines = [(terms[s], terms[p], terms[o], DefaultGraph() if g in default else terms[g]) for s, p, o, g in found]
    return canonical_dataset(Quad(*line) for line in lines)  # type: ignore[arg-type]


class _Terms(dict[rdflib.term.Node, Term]):
    """Our terms for rdflib's; its blank nodes are numbered."""

    def __missing__(self, node: rdflib.term.Node) -> Term:
        term = self[node] = self._term(node)
        return term

    def _term(self, node: rdflib.term.Node) -> Term:
        if isinstance(node, rdflib.BNode):
            return BlankNode(f"n{len(self)}")
        if isinstance(node, rdflib.Literal):
            if node.language is not None:
                return Literal(str(node), language=node.language)
            return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
        return NamedNode(str(node))


def parse(turtle: str) -> list[Triple]:
    """A graph from Turtle with the prefixes ex:, rdf:, rdfs: and xsd:; blank nodes keep their labels."""
    head = f"@prefix ex: <{EX}> . @prefix rdf: <{RDF}> . @prefix xsd: <{XSD}> . @prefix rdfs: <{RDFS}> . "
    return [quad.triple for quad in pyoxigraph.parse(head + turtle, RdfFormat.TURTLE)]
