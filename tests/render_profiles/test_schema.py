"""The description in the words of schema.org."""

import pytest

from saite.namespaces import RDF_TYPE
from saite.render.profiles.schema import SchemaOrg
from saite.schemaorg.mapping import SCHEMA, well_known
from saite.terms import Literal, NamedNode, Term

from .sites import BASE, site_of

WORDS = {
    *("Project", "endDate", "startDate", "temporalCoverage", "version"),
    *("CreativeWork", "DataCatalog", "DataDownload", "Dataset", "DefinedTerm", "DefinedTermSet", "Organization"),
    *("Person", "about", "alternateName", "contentUrl", "creator", "dataset", "dateCreated", "dateModified"),
    *("datePublished", "description", "distribution", "familyName", "givenName", "hasDefinedTerm", "hasPart"),
    *("identifier", "image", "inDefinedTermSet", "inLanguage", "isPartOf", "keywords", "latitude", "license"),
    *("longitude", "memberOf", "name", "parentOrganization", "publisher", "sameAs", "spatialCoverage"),
    *("subOrganization", "termCode", "url"),
}
"""Words that schema.org has (version 29), of those that we use."""


def said(turtle: str, subject: str = "a") -> dict[str, set[Term]]:
    """What is said of a node on the page of ``a``, by the local names of schema.org."""
    site = site_of(turtle)
    resource = site.resource(NamedNode(f"{BASE}a"))
    assert resource is not None
    found: dict[str, set[Term]] = {}
    for triple in SchemaOrg(site).graph(resource):
        assert triple.predicate == RDF_TYPE or triple.predicate.value.startswith(SCHEMA)
        if triple.subject == NamedNode(f"{BASE}{subject}"):
            key = "type" if triple.predicate == RDF_TYPE else triple.predicate.value.removeprefix(SCHEMA)
            found.setdefault(key, set()).add(triple.object)  # type: ignore[arg-type]  # no triple terms here
    return found


def words(*names: str) -> set[Term]:
    """Terms of schema.org."""
    return {NamedNode(SCHEMA + name) for name in names}


def test_the_table_has_no_invented_words() -> None:
    """Each word of the table is one of schema.org's; classes are for classes, and properties for properties."""
    used = {word.value.removeprefix(SCHEMA) for some in well_known().values() for word in some}
    assert used == WORDS
    for term, some in well_known().items():
        local = term.value.rpartition("#")[2].rpartition("/")[2]
        assert all(word.value.removeprefix(SCHEMA)[0].isupper() == local[0].isupper() for word in some), term


@pytest.mark.parametrize("relation", ["rdfs:subClassOf", "owl:equivalentClass"])
@pytest.mark.parametrize("match", ["skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "rdfs:subClassOf"])
@pytest.mark.parametrize("namespace", ["https://schema.org/", "http://schema.org/"])
def test_a_class_is_what_it_is_a_kind_of(relation: str, match: str, namespace: str) -> None:
    """By its own match, or by that of a class above it, at any height."""
    mapping = f":Top {match} <{namespace}Event> . :Middle rdfs:subClassOf :Top . :Low {relation} :Middle ."
    for class_ in (":Top", ":Middle", ":Low"):
        assert said(f"<a> a {class_} . {mapping}")["type"] == words("Event")


def test_the_nearest_word_is_taken() -> None:
    """What is above a class that has a word is not asked; a cycle ends."""
    mapping = (
        ":A rdfs:subClassOf :B ; skos:closeMatch schema:City . :B rdfs:subClassOf :A ; skos:closeMatch schema:Place ."
    )
    assert said(f"<a> a :A . {mapping}")["type"] == words("City")
    assert said(f"<a> a :A, :B . {mapping}")["type"] == words("City", "Place")
    assert said("<a> a foaf:Person .")["type"] == words("Person")
    assert said("<a> a foaf:Person . foaf:Person skos:closeMatch schema:Patient .")["type"] == words("Patient")
    assert said("<a> a schema:Event .")["type"] == words("Event")


@pytest.mark.parametrize("match", ["skos:relatedMatch", "skos:narrowMatch", "rdfs:seeAlso"])
def test_what_is_not_certain_is_not_said(match: str) -> None:
    """A resource without a word for its class is a thing; a property without one is left out."""
    found = said(
        f'<a> a :A ; :near <b> . :A {match} schema:Event . :near {match} schema:location . <b> rdfs:label "B" .'
    )
    assert found["type"] == words("Thing")
    assert "location" not in found


def test_a_property_is_no_class() -> None:
    """A match across the two kinds of terms says nothing."""
    assert said("<a> a :A . :A skos:closeMatch schema:location .")["type"] == words("Thing")


def test_values_are_kept() -> None:
    """Languages, IRIs, members of lists; dates are schema.org's; what is mentioned has its names."""
    turtle = """
        <a> rdfs:label "A"@en, "Ā"@lv ; dct:issued "2024-05-06"^^xsd:date ; dct:creator (<b> <c>) ;
            dct:created "2020"^^xsd:gYear ; :place [ rdfs:label "here" ; :size 3 ] , [ :size 4 ] ;
            foaf:homepage <http://home.example/> ; dct:subject () .
        :place skos:closeMatch schema:location . <b> rdfs:label "B"@en .
    """
    found = said(turtle)
    assert found["name"] == {Literal("A", language="en"), Literal("Ā", language="lv")}
    assert found["datePublished"] == {Literal("2024-05-06", datatype=NamedNode(SCHEMA + "Date"))}
    assert found["dateCreated"] == {Literal("2020", datatype=NamedNode(SCHEMA + "Date"))}
    assert found["creator"] == {NamedNode(f"{BASE}b"), NamedNode(f"{BASE}c")}
    assert len(found["location"]) == 1, "of the other nothing can be said"
    assert "about" not in found
    assert found["url"] == {NamedNode("http://home.example/")}
    assert found["mainEntityOfPage"] == {NamedNode(f"{BASE}a")}
    assert said(turtle, "b") == {"name": {Literal("B", language="en")}}


def test_a_term_is_not_the_same_thing_as_its_match() -> None:
    """``skos:exactMatch`` of a concept is ``sameAs``; of a class or a property it is not."""
    other = NamedNode("http://other.example/x")
    assert said(f"<a> a skos:Concept ; skos:exactMatch {other} .")["sameAs"] == {other}
    assert "sameAs" not in said(f"<a> a owl:Class ; skos:exactMatch {other} .")
    assert "sameAs" not in said(f"<a> a owl:ObjectProperty ; skos:exactMatch {other} .")
