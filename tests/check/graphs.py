"""Small graphs for the check's tests."""

from pyoxigraph import RdfFormat, parse

from saite.shacl.shapesgraph import ShapesGraph
from saite.store import EmbeddedStore
from saite.terms import NamedNode, Quad

PREFIXES = """
@prefix ex: <http://e/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix saite: <https://w3id.org/saite/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def quads_of(text: str, graph: str = "") -> list[Quad]:
    """Turtle, with the usual prefixes, as quads of a graph."""
    found = parse(PREFIXES + text, RdfFormat.TURTLE)
    return [Quad(q.subject, q.predicate, q.object, NamedNode(graph)) if graph else q for q in found]


def graph_of(text: str) -> ShapesGraph:
    """Turtle as a shapes graph."""
    return ShapesGraph(quads_of(text))


def store_of(text: str, shapes: str = "", graph: str = "http://e/graph/shapes") -> EmbeddedStore:
    """Turtle as a store; shapes in a named graph."""
    return EmbeddedStore([*quads_of(text), *quads_of(shapes, graph)])
