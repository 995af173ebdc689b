"""What an endpoint says of itself: SPARQL 1.1 Service Description (W3C Recommendation, 2013)."""

from collections.abc import Iterator
from typing import Final

from saite.namespaces import PREFIXES, RDF_TYPE, XSD
from saite.serve.sparql.formats import FORMATS
from saite.serve.sparql.inventory import Inventory
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term, Triple

_SD: Final = PREFIXES["sd"]
_VOID: Final = PREFIXES["void"]
_SIMPLE: Final = "http://www.w3.org/ns/entailment/Simple"


def describe(address: str, inventory: Inventory) -> list[Triple]:
    """The description of an endpoint at an address."""
    return list(_triples(address, inventory))


def _triples(address: str, inventory: Inventory) -> Iterator[Triple]:
    service = NamedNode(address + "#service")
    dataset, default = NamedNode(address + "#dataset"), BlankNode("default")
    yield _says(service, RDF_TYPE, _sd("Service"))
    yield _says(service, _sd("endpoint"), NamedNode(address))
    for language in ("SPARQL10Query", "SPARQL11Query"):
        yield _says(service, _sd("supportedLanguage"), _sd(language))
    yield _says(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield _says(service, _sd("defaultEntailmentRegime"), NamedNode(_SIMPLE))
    for form in FORMATS:
        if form.iri:
            yield _says(service, _sd("resultFormat"), NamedNode(form.iri))
    yield _says(service, _sd("defaultDataset"), dataset)
    yield _says(dataset, RDF_TYPE, _sd("Dataset"))
    yield _says(dataset, _sd("defaultGraph"), default)
    yield _says(default, RDF_TYPE, _sd("Graph"))
    if inventory.triples is not None:
        yield _counts(default, inventory.triples)
    for number, (name, triples) in enumerate((inventory.graphs or {}).items()):
        named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        yield _says(dataset, _sd("namedGraph"), named)
        yield _says(named, RDF_TYPE, _sd("NamedGraph"))
        yield _says(named, _sd("name"), NamedNode(name))
        yield _says(named, _sd("graph"), graph)
        yield _says(graph, RDF_TYPE, _sd("Graph"))
        yield _counts(graph, triples)


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _says(subject: Subject, predicate: NamedNode, term: Term) -> Triple:
    return Triple(subject, predicate, term)


def _counts(graph: Subject, triples: int) -> Triple:
    return Triple(graph, NamedNode(_VOID + "triples"), Literal(str(triples), datatype=NamedNode(XSD + "integer")))
