"""The terms of the ontology are labelled, defined, used, and known to the JSON-LD context."""

import json
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from tests.graph_facts.conftest import ROOT, Graph, files, iri

ICE = iri("ice:").value
TERM_CLASSES = (
    "owl:AnnotationProperty",
    "owl:Class",
    "owl:DatatypeProperty",
    "owl:ObjectProperty",
    "rdfs:Datatype",
)


def terms(ontology: Graph) -> list[NamedNode]:
    """The terms that the ontology declares."""
    return [found for name in TERM_CLASSES for found in ontology.instances(name) if isinstance(found, NamedNode)]


@pytest.fixture(scope="module")
def data() -> Graph:
    """The data without the ontology."""
    return Graph.load(files("data/*.ttl", "ontology/kos.ttl"))


@pytest.fixture(scope="module")
def context() -> dict[str, str | dict[str, str]]:
    """The JSON-LD context."""
    loaded = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    found: dict[str, str | dict[str, str]] = loaded["@context"]
    return found


def test_every_term_is_labelled_and_defined(ontology: Graph) -> None:
    """A term has a label and a definition in Latvian and English, and says which ontology defines it."""
    assert len(terms(ontology)) > 60
    for term in terms(ontology):
        for name in ("rdfs:label", "skos:definition", "skos:scopeNote"):
            found = ontology.values(term, name)
            languages = [value.language for value in found if isinstance(value, Literal)]
            assert len(languages) == len(set(languages)), (term, name)
            if found or name != "skos:scopeNote":
                assert {"lv", "en"} <= set(languages), (term, name)
        assert ontology.values(term, "rdfs:isDefinedBy") == [NamedNode("https://w3id.org/ice-edu/def")]


def test_every_term_is_used(ontology: Graph, data: Graph) -> None:
    """A term is used in the data, or a class of the data has it as its superclass."""
    used = {term for triple in data.triples for term in triple if isinstance(term, NamedNode)}
    used |= {value.datatype for _, _, value in data.triples if isinstance(value, Literal)}
    parents = {value for _, predicate, value in ontology.triples if predicate == iri("rdfs:subClassOf")}
    used |= {parent for parent in parents if isinstance(parent, NamedNode)}
    assert [term for term in terms(ontology) if term not in used] == []


def test_only_declared_terms_are_used(ontology: Graph, graph: Graph) -> None:
    """Every ice: term in the data, the concept schemes and the mappings is declared in the ontology."""
    declared = set(terms(ontology))
    used = {term for triple in graph.triples for term in triple if isinstance(term, NamedNode)}
    used |= {value.datatype for _, _, value in graph.triples if isinstance(value, Literal)}
    assert {term for term in used if term.value.startswith(ICE)} - declared == set()


def test_a_property_says_where_it_is_used(ontology: Graph) -> None:
    """Each property has a scope note: constraints live in the shapes, so domain and range are not stated."""
    for name in ("owl:AnnotationProperty", "owl:DatatypeProperty", "owl:ObjectProperty"):
        for term in ontology.instances(name):
            assert ontology.values(term, "skos:scopeNote"), term
            assert ontology.values(term, "rdfs:domain") == []
            assert ontology.values(term, "rdfs:range") == []


def test_values_fit_the_kind_of_the_property(ontology: Graph, data: Graph) -> None:
    """Object properties lead to IRIs, datatype properties to literals."""
    links, texts = set(ontology.instances("owl:ObjectProperty")), set(ontology.instances("owl:DatatypeProperty"))
    for triple in data.triples:
        if triple[1] in links:
            assert isinstance(triple[2], NamedNode), triple
        if triple[1] in texts:
            assert isinstance(triple[2], Literal), triple


def test_the_context_knows_every_term(ontology: Graph, context: dict[str, str | dict[str, str]]) -> None:
    """Each term has its own name in the context; object properties, and only those, are coerced to IRIs."""
    links = set(ontology.instances("owl:ObjectProperty"))
    for term in terms(ontology):
        name = term.value.removeprefix(ICE)
        definition = context[name]
        told = definition if isinstance(definition, dict) else {"@id": definition}
        assert told["@id"] == f"ice:{name}"
        assert (told.get("@type") in ("@id", "@vocab")) == (term in links), name


def test_the_context_names_no_term_that_is_gone(ontology: Graph, context: dict[str, str | dict[str, str]]) -> None:
    """Every ice: term in the context is declared in the ontology."""
    declared = {term.value.removeprefix(ICE) for term in terms(ontology)}
    meant = {definition["@id"] if isinstance(definition, dict) else str(definition) for definition in context.values()}
    assert {found.removeprefix("ice:") for found in meant if found.startswith("ice:")} == declared


@pytest.mark.parametrize("path", files("data/*.ttl", "ontology/*.ttl"), ids=lambda path: str(path.name))
def test_compaction_loses_nothing(path: Path, context: dict[str, str | dict[str, str]]) -> None:
    """JSON-LD in our context, read back, is the same graph: dates keep their precision, codes their datatypes."""
    text = rdflib.Graph().parse(path, format="turtle").serialize(format="json-ld", context=context)
    again = {str(quad.triple) for quad in parse(text.encode(), format=RdfFormat.JSON_LD)}
    assert again == {str(quad.triple) for quad in parse(path=str(path), format=RdfFormat.TURTLE)}
