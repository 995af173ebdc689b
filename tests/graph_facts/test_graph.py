"""What holds in the graph as a whole, and what must not be read into it."""

import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse
from tests.graph_facts.conftest import BASE, Graph, Node, files, iri

INVERSES = [
    ("ice:partOf", "ice:hasPart"),
    ("ice:participationIn", "ice:participation"),
    ("ice:adopted", "ice:adoptedAt"),
    ("skos:broader", "skos:narrower"),
    ("skos:topConceptOf", "skos:hasTopConcept"),
]
FORUM = iri("event:baltic-central-asia-forum-2018")


def participants(graph: Graph, activity: Node) -> list[Node]:
    """The institutions that take part in an activity."""
    parts = graph.subjects("ice:participationIn", activity)
    return [value for part in parts for value in graph.values(part, "ice:participant")]


def countries(graph: Graph, activity: Node) -> set[Node]:
    """The countries represented in an activity, by its participations or their participants."""
    parts = graph.subjects("ice:participationIn", activity)
    found = {value for part in parts for value in graph.values(part, "ice:representedCountry")}
    for institution in participants(graph, activity):
        found.update(graph.values(institution, "ice:representedCountry"), graph.values(institution, "ice:inCountry"))
    return found


@pytest.mark.parametrize("path", files("data/*.ttl", "ontology/*.ttl"), ids=lambda path: str(path.name))
def test_two_parsers_read_the_same_triples(path: Path) -> None:
    """Each Turtle file is the same set of triples to pyoxigraph and to rdflib, without blank nodes."""
    ours = {str(quad.triple) for quad in parse(path=str(path), format=RdfFormat.TURTLE)}
    theirs = rdflib.Graph().parse(path, format="turtle").serialize(format="nt")
    again = {str(quad.triple) for quad in parse(theirs.encode(), format=RdfFormat.N_TRIPLES)}
    assert ours == again
    assert not any("_:" in triple for triple in ours)


@pytest.mark.parametrize("path", files("data/*.ttl", "ontology/*.ttl"), ids=lambda path: str(path.name))
def test_turtle_is_written_for_diffs(path: Path) -> None:
    """Prefixes are sorted, each statement has its line, each block ends on a line of its own."""
    lines = path.read_text(encoding="utf-8").splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    for line in lines:
        bare = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>', "", line)
        assert bare.count(";") <= 1, line
        assert line == line.rstrip(), line
    assert lines.count("  .") == len([line for line in lines if re.match(r"(?!@|#)\S", line)])


@pytest.mark.parametrize(("property_", "inverse"), INVERSES)
def test_inverse_links_are_present(property_: str, inverse: str, graph: Graph) -> None:
    """A link that has an inverse is written in both directions."""
    forward = {(s, o) for s, p, o in graph.triples if p == iri(property_)}
    backward = {(o, s) for s, p, o in graph.triples if p == iri(inverse)}
    assert forward
    assert forward == backward


def test_a_country_lies_in_the_region_that_has_it(graph: Graph) -> None:
    """ice:inRegion of a country and ice:hasCountry of its region are written together; groups have no inverse."""
    has = {(country, region) for region, p, country in graph.triples if p == iri("ice:hasCountry")}
    lies = {
        (country, region)
        for country in graph.instances("ice:Country")
        for region in graph.values(country, "ice:inRegion")
    }
    assert has == lies
    assert len(lies) == 8


def test_no_link_of_ours_dangles(graph: Graph) -> None:
    """Every IRI of our base that is linked from the data is described in the data."""
    external = {BASE, BASE + "contact", BASE + "def"}
    subjects = {subject for subject, _, _ in graph.triples}
    dangling = {
        value
        for _, predicate, value in graph.triples
        if isinstance(value, NamedNode)
        and value.value.startswith(BASE)
        and value not in subjects
        and value.value not in external
        and predicate != iri("owl:versionIRI")
    }
    assert dangling == set()


def test_every_node_has_one_label_per_language(graph: Graph) -> None:
    """Whatever the data describe has a label in Latvian and one in English, and never two in one language."""
    for subject in {subject for subject, _, _ in graph.triples}:
        assert not isinstance(subject, BlankNode)
        if not graph.values(subject, "rdf:type"):
            continue
        languages = sorted(
            str(label.language) for label in graph.values(subject, "rdfs:label") if isinstance(label, Literal)
        )
        assert languages in (["en", "lv"], ["en", "lv", "ru"]), subject


def test_a_concept_is_labelled_alike_for_both_readers(graph: Graph) -> None:
    """Concepts have skos:prefLabel beside rdfs:label with the same words, a definition in lv and en, and a scheme."""
    concepts = graph.instances("skos:Concept")
    assert len(concepts) > 50
    for concept in concepts:
        assert graph.values(concept, "skos:prefLabel") == graph.values(concept, "rdfs:label")
        definitions = graph.values(concept, "skos:definition")
        assert sorted(str(found.language) for found in definitions if isinstance(found, Literal)) == ["en", "lv"]
        assert iri("skos:ConceptScheme") in graph.values(graph.value(concept, "skos:inScheme"), "rdf:type")


def test_every_concept_is_used(graph: Graph) -> None:
    """No concept stands in a scheme for nothing: the data use it, or a link to a code list needs it or its parent."""
    scheme = {iri(name) for name in ("skos:hasTopConcept", "skos:narrower", "skos:topConceptOf")}
    used = {value for _, predicate, value in graph.triples if predicate not in scheme}
    assert [concept for concept in graph.instances("skos:Concept") if concept not in used] == []


def test_a_translated_label_is_a_label(graph: Graph) -> None:
    """ice:translatedLabel repeats a label of the same resource, and never marks a Latvian one."""
    marks = [(s, o) for s, p, o in graph.triples if p == iri("ice:translatedLabel")]
    assert len(marks) > 20
    for subject, label in marks:
        assert label in graph.values(subject, "rdfs:label")
        assert isinstance(label, Literal)
        assert label.language != "lv"


def test_a_slug_ends_the_iri(graph: Graph) -> None:
    """ice:slug is the last segment of the IRI, in small letters, digits and single hyphens."""
    slugs = [(s, o) for s, p, o in graph.triples if p == iri("ice:slug")]
    assert len(slugs) > 60
    for subject, slug in slugs:
        assert isinstance(subject, NamedNode)
        assert isinstance(slug, Literal)
        assert subject.value.rsplit("/", 1)[1] == slug.value
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug.value)


def test_tajikistan_is_absent_from_the_forum(graph: Graph) -> None:
    """The page lists seven countries at the forum of 2018; Tajikistan is not among them, and nobody adds it."""
    assert countries(graph, FORUM) == {
        iri(f"country:{name}")
        for name in ("latvia", "lithuania", "estonia", "kazakhstan", "kyrgyzstan", "turkmenistan", "uzbekistan")
    }


def test_more_than_seventy_is_a_lower_bound(graph: Graph) -> None:
    """The number of participants of the forum is published as a bound, and no other event has a number."""
    bounds = [(s, o) for s, p, o in graph.triples if p == iri("ice:participantsMoreThan")]
    assert bounds == [(FORUM, Literal("70", datatype=iri("xsd:nonNegativeInteger")))]


def test_open_intervals_stay_open(graph: Graph) -> None:
    """Since 2014 has no end, until 2019 has no start, and the other parts in the platform have neither."""
    dates = {
        str(part).rsplit("/", 1)[1].rstrip(">"): (
            graph.values(part, "ice:startDate"),
            graph.values(part, "ice:endDate"),
        )
        for part in graph.subjects("ice:participationIn", iri("platform:caep"))
    }
    year = iri("xsd:gYear")
    assert dates.pop("caep-izm-active-participant") == ([Literal("2014", datatype=year)], [])
    assert dates.pop("caep-izm-lead-vocational-education") == ([], [Literal("2019", datatype=year)])
    assert len(dates) == 5
    assert all(value == ([], []) for value in dates.values())


def test_the_central_asian_countries_are_not_expanded(graph: Graph) -> None:
    """By the page alone, no single Central Asian country is represented at the events of 2015, 2016 and 2020."""
    five = set(graph.values(iri("region:central-asia"), "ice:hasCountry"))
    assert len(five) == 5
    page = iri("source:izm-central-asia-page")
    for name in (
        "event:caep-conference-2016",
        "event:digitalisation-webinar-2020",
        "event:eu-central-asia-education-ministers-2015",
    ):
        for part in graph.subjects("ice:participationIn", iri(name)):
            if page in graph.values(part, "ice:source"):
                represented = set(graph.values(part, "ice:representedCountry"))
                for institution in graph.values(part, "ice:participant"):
                    represented.update(graph.values(institution, "ice:representedCountry"))
                assert represented.isdisjoint(five), part


def test_a_region_that_no_source_lists_is_not_expanded(graph: Graph) -> None:
    """A title speaks of Europe; no source lists its countries, so it has none, and nobody represents it."""
    europe = iri("region:europe")
    assert graph.subjects("ice:involvesRegion", europe) == [iri("event:digitalisation-webinar-2020")]
    assert graph.values(europe, "ice:hasCountry") == []
    assert graph.subjects("ice:inRegion", europe) == []


def test_each_role_in_the_conference_of_2016_has_its_own_authority(graph: Graph) -> None:
    """The page lists the conference among what the ministry implemented; only CAEP's news makes it a co-organiser."""
    ministry = iri("institution:ministry-of-education-and-science-latvia")
    roles = {
        (graph.value(part, "ice:role"), source)
        for part in graph.subjects("ice:participationIn", iri("event:caep-conference-2016"))
        if graph.value(part, "ice:participant") == ministry
        for source in graph.values(part, "ice:source")
    }
    assert roles == {
        (iri("kos:role-implementer"), iri("source:izm-central-asia-page")),
        (iri("kos:role-co-organiser"), iri("source:caep-news-2016-conference")),
    }


def test_the_page_ties_no_funding_to_a_project(graph: Graph) -> None:
    """The funding of the projects of 2018 and 2019 comes from other sources, and the project of 2020 has none."""
    page = iri("source:izm-central-asia-page")
    for project in graph.instances("ice:Project"):
        for statement in graph.subjects("ice:aboutResource", project):
            if graph.value(statement, "ice:aboutProperty") == iri("ice:funding"):
                assert graph.value(statement, "ice:source") != page
    assert graph.values(iri("project:digitalisation-2020"), "ice:funding") == []


def test_a_described_group_is_no_named_institution(graph: Graph) -> None:
    """Groups have a descriptive label, and everything with a descriptive label is a group."""
    described = graph.subjects("ice:nameStatus", iri("kos:name-described"))
    assert described == graph.instances("ice:InstitutionGroup")
    assert len(described) > 10


def test_there_is_no_personal_data(graph: Graph) -> None:
    """The data hold no person and no e-mail address."""
    person = {"http://xmlns.com/foaf/0.1/Person", "https://schema.org/Person", "http://www.w3.org/ns/person#Person"}
    for _, _, value in graph.triples:
        if isinstance(value, NamedNode):
            assert value.value not in person
            assert not value.value.startswith("mailto:")
        elif isinstance(value, Literal):
            assert "@" not in value.value


def test_every_source_can_be_found_again(graph: Graph) -> None:
    """A source has a publisher and the day on which it was read; all but our own search have an address."""
    sources = graph.instances("ice:SourceDocument")
    assert len(sources) > 10
    for source in sources:
        assert graph.values(graph.value(source, "dct:publisher"), "rdfs:label")
        assert graph.value(source, "ice:retrievedOn") == Literal("2026-11-23", datatype=iri("xsd:date"))
        pages = graph.values(source, "foaf:page")
        assert len(pages) == (0 if source == iri("source:saite-search") else 1)


def test_the_dataset_says_who_publishes_it(graph: Graph) -> None:
    """The publisher is the Saite project and not an institution of the cooperation; licence and dates are given."""
    (dataset,) = graph.instances("dcat:Dataset")
    publisher = graph.value(dataset, "dct:publisher")
    assert set(graph.values(publisher, "rdf:type")) == {iri("foaf:Agent"), iri("foaf:Organization")}
    assert graph.value(dataset, "dct:license") == NamedNode(
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
    )
    assert graph.value(dataset, "dct:modified") == Literal("2026-11-23", datatype=iri("xsd:date"))
    for name in ("dct:title", "dct:description"):
        languages = {found.language for found in graph.values(dataset, name) if isinstance(found, Literal)}
        assert {"lv", "en"} <= languages
    for name in ("dct:spatial", "dct:temporal", "dct:language", "dcat:contactPoint"):
        assert graph.values(dataset, name), name
