"""The service description."""

import pyoxigraph as ox
import pytest
from rdflib import Graph

from saite.namespaces import PREFIXES, RDF_TYPE
from saite.terms import NamedNode, Triple

from .conftest import BASE
from .served import Served

SD, VOID = PREFIXES["sd"], PREFIXES["void"]
TERMS = (
    *("endpoint", "supportedLanguage", "feature", "defaultEntailmentRegime", "resultFormat"),
    *("defaultDataset", "defaultGraph", "namedGraph", "name", "graph"),
)
FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


def described(small: Served, media_type: str) -> set[Triple]:
    """The description in a form."""
    reply = small.send("GET", headers={"Accept": media_type})
    assert reply.status == 200
    assert reply.type == media_type
    return {quad.triple for quad in ox.parse(reply.body, format=FORMS[media_type])}


def objects(triples: set[Triple], subject: object, name: str) -> list[object]:
    """The objects of a property of the vocabulary."""
    return [t.object for t in triples if t.subject == subject and t.predicate == NamedNode(SD + name)]


@pytest.mark.parametrize("media_type", FORMS)
def test_it_is_rdf_in_each_form(small: Served, media_type: str) -> None:
    """W3C "GET on endpoint returns RDF": in the form that is asked for, and the same graph in each."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in described(small, media_type))
    turtle = ox.Dataset(ox.Quad(*triple) for triple in described(small, "text/turtle"))
    for one in (dataset, turtle):
        one.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert dataset == turtle


def test_it_names_its_endpoint(small: Served) -> None:
    """W3C "Service description contains a matching sd:endpoint triple"."""
    triples = described(small, "text/turtle")
    [service] = [t.subject for t in triples if t.object == NamedNode(SD + "Service")]
    assert objects(triples, service, "endpoint") == [NamedNode(small.url)]


def test_it_conforms_to_the_schema(small: Served) -> None:
    """W3C "Service description conforms to schema": classes and properties of the vocabulary, each in its place."""
    triples = described(small, "text/turtle")
    [service] = [t.subject for t in triples if t.object == NamedNode(SD + "Service")]
    terms = {t.predicate.value for t in triples if t.predicate.value.startswith(SD)}
    assert terms == {SD + name for name in TERMS}
    assert objects(triples, service, "feature") == [NamedNode(SD + "UnionDefaultGraph")]
    [dataset] = objects(triples, service, "defaultDataset")
    [default] = objects(triples, dataset, "defaultGraph")
    for node, kind in ((dataset, "Dataset"), (default, "Graph")):
        assert Triple(node, RDF_TYPE, NamedNode(SD + kind)) in triples  # type: ignore[arg-type]
    for named in objects(triples, dataset, "namedGraph"):
        assert len(objects(triples, named, "name")) == len(objects(triples, named, "graph")) == 1


def test_it_counts_the_graphs(small: Served) -> None:
    """The default graph has a triple once that stands in two graphs; each named graph has its own."""
    graph = Graph().parse(data=small.send("GET", headers={"Accept": "text/turtle"}).text)
    prefixes = f"PREFIX sd: <{SD}> PREFIX void: <{VOID}> "
    rows = graph.query(
        prefixes + "SELECT ?name ?n { ?d sd:namedGraph ?g . ?g sd:name ?name ; sd:graph/void:triples ?n }"
    )
    assert {tuple(map(str, row)) for row in rows} == {(BASE + "g1", "2"), (BASE + "g2", "3")}  # type: ignore[arg-type]
    total = graph.query(prefixes + "SELECT ?n { ?d sd:defaultGraph/void:triples ?n }")
    assert [tuple(map(str, row)) for row in total] == [("4",)]  # type: ignore[arg-type]
