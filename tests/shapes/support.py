"""The shapes of the site, judged one rule at a time: on the ontology and one small case."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyshacl import Validator
from pyshacl.graph_abstraction import DataGraph
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, Node, URIRef
from rdflib.collection import Collection

ROOT: Final = Path(__file__).parents[2]
CASES: Final = Path(__file__).parent
ICS: Final = Namespace("https://w3id.org/ice-edu/shapes#")
CURE: Final = URIRef("https://w3id.org/saite/ns#cure")
LANGUAGES: Final = ("en", "lv")
SHAPE_CLASSES: Final = (SH.NodeShape, SH.PropertyShape)


@dataclass(frozen=True, slots=True)
class Result:
    """What a validation result says (SHACL 3.6.2)."""

    shape: Node
    severity: Node
    focus: Node
    path: Node | None
    value: Node | None
    messages: tuple[Literal, ...]


def parsed(folder: str, pattern: str = "*.ttl") -> Graph:
    """All Turtle files of a folder of the repository as one graph."""
    graph = Graph()
    for path in sorted((ROOT / folder).glob(pattern)):
        graph.parse(path, format="turtle")
    return graph


@cache
def shapes() -> Graph:
    """The shapes graph. Not to be changed."""
    return parsed("shapes")


@cache
def ontology() -> Graph:
    """The ontology, which lets sh:class see subclasses. Not to be changed."""
    return parsed("ontology", "ice.ttl")


@cache
def validator() -> Validator:
    """One validator for all cases: reading the shapes graph is what costs time."""
    made = Validator(DataGraph.from_rdflib(Graph()), shacl_graph=shapes(), options={"advanced": False, "inplace": True})
    assert made.shacl_graph.shapes  # reads the shapes graph
    return made


def name(shape: Node) -> str:
    """The local name of a shape: the name of its folder of cases."""
    return str(shape).removeprefix(str(ICS))


@cache
def rules() -> tuple[URIRef, ...]:
    """The shapes that judge: those that state a severity."""
    return tuple(sorted(shape for shape in shapes().subjects(SH.severity) if isinstance(shape, URIRef)))


@cache
def owners(rule: URIRef) -> tuple[URIRef, ...]:
    """The shapes with targets that apply a rule: those that list it by sh:property, else the rule itself."""
    listed = sorted(s for s in shapes().subjects(SH.property, rule) if isinstance(s, URIRef))
    return tuple(listed) or (rule,)


@cache
def case(path: Path) -> Graph:
    """A case file alone. Not to be changed."""
    return Graph().parse(path, format="turtle")


@cache
def _workbench() -> Graph:
    return Graph() + ontology()


@contextmanager
def beside_ontology(graph: Graph) -> Iterator[Graph]:
    """A graph with the ontology, as the engine validates it; one workbench for all, since copying costs time."""
    bench = _workbench()
    added = [triple for triple in graph if triple not in bench]
    for triple in added:
        bench.add(triple)
    try:
        yield bench
    finally:
        for triple in added:
            bench.remove(triple)


def focus_nodes(rule: URIRef, data: Graph) -> set[Node]:
    """The nodes that a rule looks at."""
    wrapped = DataGraph.from_rdflib(data)
    found: set[Node] = set()
    for owner in owners(rule):
        shape = validator().shacl_graph.lookup_shape_from_node(owner)
        found.update(shape.focus_nodes(wrapped))  # type: ignore[no-untyped-call]  # pySHACL types only some methods
    return found


def results(rule: URIRef, data: Graph) -> list[Result]:
    """What one rule finds in a graph."""
    executor = validator().make_executor()
    wrapped = DataGraph.from_rdflib(data)
    found: list[Result] = []
    for owner in owners(rule):
        shape = validator().shacl_graph.lookup_shape_from_node(owner)
        _, reports = shape.validate(executor, wrapped)
        for _, node, triples in reports:
            found.append(_result(node, triples))
    return [result for result in found if result.shape == rule]


def _result(node: Node, triples: list[tuple[Node, Node, object]]) -> Result:
    said: dict[Node, list[Node]] = {}
    for subject, predicate, term in triples:
        if subject == node:
            bare = term[1] if isinstance(term, tuple) else term
            assert isinstance(bare, Node)
            said.setdefault(predicate, []).append(bare)
    return Result(
        shape=said[SH.sourceShape][0],
        severity=said[SH.resultSeverity][0],
        focus=said[SH.focusNode][0],
        path=next(iter(said.get(SH.resultPath, ())), None),
        value=next(iter(said.get(SH.value, ())), None),
        messages=tuple(m for m in said.get(SH.resultMessage, ()) if isinstance(m, Literal)),
    )


def texts(subject: Node, predicate: URIRef, graph: Graph | None = None) -> dict[str, str]:
    """Texts by language."""
    found = (shapes() if graph is None else graph).objects(subject, predicate)
    return {str(text.language): str(text) for text in found if isinstance(text, Literal)}


def label(shape: URIRef) -> dict[str, str]:
    """The name of a shape by language: sh:name of a property shape, rdfs:label of a node shape."""
    return texts(shape, SH.name if is_property_shape(shape) else RDFS.label)


def is_property_shape(shape: Node) -> bool:
    """Whether a shape has a path."""
    return (shape, SH.path, None) in shapes()


def all_shapes() -> Iterator[Node]:
    """Everything that is a shape by class, or by where it is used (SHACL 2.1)."""
    graph = shapes()
    for kind in SHAPE_CLASSES:
        yield from graph.subjects(RDF.type, kind)
    for predicate in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape):
        yield from graph.objects(None, predicate)
    for predicate in (SH["and"], SH["or"], SH.xone):
        for head in graph.objects(None, predicate):
            yield from Collection(graph, head)
