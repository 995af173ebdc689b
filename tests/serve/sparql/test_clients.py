"""Clients that others wrote ask the endpoint, without special settings."""

from typing import Any

from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

from saite.store import RemoteStore
from saite.terms import NamedNode

from .conftest import BASE
from .served import Served

ROWS = "SELECT ?s ?o { ?s <http://example.org/p> ?o } ORDER BY ?o"


def read(wrapper: SPARQLWrapper, query: str, form: str) -> Any:
    """What SPARQLWrapper makes of the answer in a form."""
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    return wrapper.queryAndConvert()


def test_sparqlwrapper_reads_it(small: Served) -> None:
    """By GET and by POST, rows, yes or no, and graphs."""
    wrapper = SPARQLWrapper(small.url)
    assert len(read(wrapper, ROWS, JSON)["results"]["bindings"]) == 3
    assert read(wrapper, ROWS, CSV).decode().startswith("s,o\r\n")
    wrapper.setMethod(POST)
    assert read(wrapper, "ASK { ?s ?p 5 }", JSON)["boolean"] is True
    turtle = read(wrapper, "CONSTRUCT WHERE { ?s <http://example.org/p> ?o }", TURTLE)
    assert len(Graph().parse(data=turtle, format="turtle")) == 3


def test_rdflib_reads_it(small: Served) -> None:
    """As a store, and as a graph from an address."""
    graph = Graph(SPARQLStore(small.url))
    assert len(list(graph.query(ROWS))) == 3
    assert {str(o) for o in graph.objects(URIRef(BASE + "id/t"), URIRef(BASE + "p"))} == {"5"}
    assert len(graph) == 4
    assert len(Graph().parse(small.url)) > 10


def test_our_own_store_reads_it(small: Served) -> None:
    """What a remote build would ask."""
    store = RemoteStore(small.url)
    assert {name.value for name in store.graphs()} == {BASE + "g1", BASE + "g2"}
    assert len(list(store.quads(NamedNode(BASE + "id/t")))) == 2
