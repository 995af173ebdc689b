"""A Statement says who said what about which property of which resource, and in which words."""

import hashlib
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode
from tests.graph_facts.conftest import Graph, Node, iri

PAGE = iri("source:izm-central-asia-page")
ASSERTED = iri("kos:review-asserted")
CORRECTED = iri("kos:review-corrected")
INFERRED = iri("kos:review-inferred")
BACKED_CLASSES = (
    "ice:Agreement",
    "ice:Cooperation",
    "ice:CooperationPlatform",
    "ice:Document",
    "ice:Event",
    "ice:Funding",
    "ice:Participation",
    "ice:Place",
    "ice:Policy",
    "ice:PolicyPriority",
    "ice:Presidency",
    "ice:Project",
    "ice:Region",
)
UNBACKED = {
    iri(name): reason
    for name, reason in {
        "rdf:type": "the classes follow from the kind or from what is said",
        "rdfs:comment": "our own notes",
        "ice:slug": "made from the IRI",
        "ice:source": "says where from",
        "ice:translatedLabel": "our translation",
        "ice:hasPart": "inverse of ice:partOf",
        "ice:participation": "inverse of ice:participationIn",
        "ice:adoptedAt": "inverse of ice:adopted",
    }.items()
}


def text_of(term: Node) -> str:
    """The characters of a literal."""
    assert isinstance(term, Literal)
    return term.value


def occurrence(graph: Graph, statement: NamedNode, page: str) -> tuple[int, int]:
    """Where the quote of a Statement begins and ends in the page: its only place, or the one that it names."""
    quote = text_of(graph.value(statement, "ice:quote"))
    positions = graph.values(statement, "ice:quotePosition")
    count = page.count(quote)
    if not positions:
        assert count == 1, f"{statement}: the quote stands {count} times in the page"
        start = page.index(quote)
    else:
        (position,) = positions
        number = int(text_of(position))
        assert count > 1, f"{statement}: a position is given, but the quote stands only {count} times"
        assert 1 <= number <= count
        start = -1
        for _ in range(number):
            start = page.index(quote, start + 1)
    return start, start + len(quote)


def published(graph: Graph) -> Iterator[tuple[NamedNode, NamedNode, Node]]:
    """The triples of the cooperation that must be backed: in Latvian or in no language, in the data files."""
    for name in BACKED_CLASSES:
        for subject in graph.instances(name):
            assert isinstance(subject, NamedNode)
            for _, predicate, value in graph.about(subject):
                foreign = isinstance(value, Literal) and value.language not in (None, "lv")
                ours = predicate.value.startswith(iri("ice:").value) or predicate in (
                    iri("rdfs:label"),
                    iri("skos:altLabel"),
                    iri("dcat:centroid"),
                )
                named_by_us = name == "ice:Participation" and predicate == iri("rdfs:label")
                if not foreign and ours and not named_by_us and predicate not in UNBACKED:
                    yield subject, predicate, value


def all_statements(graph: Graph) -> list[NamedNode]:
    """The Statements of the graph."""
    return [found for found in graph.instances("ice:Statement") if isinstance(found, NamedNode)]


def test_every_statement_is_whole(graph: Graph) -> None:
    """A Statement has one resource, one property, one source that the data describe, one status, and two labels."""
    assert len(all_statements(graph)) > 185
    for statement in all_statements(graph):
        resource = graph.value(statement, "ice:aboutResource")
        assert graph.values(resource, "rdf:type"), resource
        graph.value(statement, "ice:aboutProperty")
        graph.value(statement, "ice:reviewStatus")
        assert iri("ice:SourceDocument") in graph.values(graph.value(statement, "ice:source"), "rdf:type")


def test_page_statements_quote_and_others_paraphrase(graph: Graph) -> None:
    """A Statement of the page has one Latvian quote and no paraphrase; another source's has lv and en in our words."""
    for statement in all_statements(graph):
        quotes = graph.values(statement, "ice:quote")
        paraphrases = graph.values(statement, "ice:paraphrase")
        if graph.value(statement, "ice:source") == PAGE:
            assert [quote.language for quote in quotes if isinstance(quote, Literal)] == ["lv"], statement
            assert paraphrases == [], statement
        else:
            assert quotes == [], statement
            languages = sorted(str(found.language) for found in paraphrases if isinstance(found, Literal))
            assert languages == ["en", "lv"], statement


def test_every_quote_stands_in_the_page(graph: Graph, page: str) -> None:
    """Each quote is verbatim in the page, once, or at the occurrence that the Statement names."""
    checked = [
        occurrence(graph, statement, page)
        for statement in all_statements(graph)
        if graph.values(statement, "ice:quote")
    ]
    assert len(checked) > 185


def test_the_page_is_the_text_that_was_read(graph: Graph, page: str) -> None:
    """The SHA-256 digest in the data is that of the text."""
    assert text_of(graph.value(PAGE, "ice:textDigest")) == hashlib.sha256(page.encode()).hexdigest()


def test_an_asserted_or_inferred_value_is_published(graph: Graph) -> None:
    """What a Statement asserts or infers stands in the graph as it says; a link that is lost has no value."""
    for statement in all_statements(graph):
        resource = graph.value(statement, "ice:aboutResource")
        predicate = graph.value(statement, "ice:aboutProperty")
        assert isinstance(predicate, NamedNode)
        stated = graph.values(statement, "ice:statedValue")
        if predicate == iri("foaf:page"):
            assert stated == [], statement
            assert graph.values(statement, "rdfs:comment"), statement
            continue
        assert stated, statement
        if graph.value(statement, "ice:reviewStatus") in (ASSERTED, INFERRED):
            assert [value for value in stated if (resource, predicate, value) not in graph.triples] == [], statement


def test_a_corrected_value_gives_way_to_that_of_another_source(graph: Graph) -> None:
    """Two dates are corrected, from 2020 to 2018: stated value kept, accepted one published and asserted elsewhere."""
    corrected = graph.subjects("ice:reviewStatus", CORRECTED)
    assert corrected == [iri("statement:f120"), iri("statement:f131")]
    for statement in corrected:
        resource = graph.value(statement, "ice:aboutResource")
        (stated,) = graph.values(statement, "ice:statedValue")
        accepted = graph.value(statement, "ice:acceptedValue")
        assert text_of(stated).startswith("2020-12-")
        assert text_of(accepted) == text_of(stated).replace("2020", "2018")
        assert graph.values(resource, "ice:startDate") == [accepted]
        other = graph.value(statement, "ice:correctedBy")
        assert graph.value(other, "ice:source") != PAGE
        assert graph.value(other, "ice:reviewStatus") == ASSERTED
        assert graph.value(other, "ice:aboutResource") == resource
        assert graph.values(other, "ice:statedValue") == [accepted]


def test_a_doubt_or_correction_says_why(graph: Graph) -> None:
    """A Statement that is not plainly asserted explains itself in Latvian and English."""
    for statement in all_statements(graph):
        if graph.value(statement, "ice:reviewStatus") != ASSERTED:
            notes = graph.values(statement, "rdfs:comment")
            assert sorted(str(note.language) for note in notes if isinstance(note, Literal)) == ["en", "lv"], statement


def test_every_published_triple_has_its_statement(graph: Graph) -> None:
    """Each triple of the cooperation is stated, asserted or inferred by a Statement on its resource and property."""
    stated = set()
    for statement in all_statements(graph):
        resource = graph.value(statement, "ice:aboutResource")
        predicate = graph.value(statement, "ice:aboutProperty")
        for value in graph.values(statement, "ice:statedValue"):
            stated.add((resource, predicate, value))
    unbacked = [triple for triple in published(graph) if triple not in stated]
    assert unbacked == []


@pytest.mark.parametrize("name", ["ice:Project", "ice:CooperationPlatform", "ice:Cooperation", "ice:Document"])
def test_the_class_of_a_thing_without_a_kind_is_stated(name: str, graph: Graph) -> None:
    """Where no kind says what a thing is, a Statement says its class."""
    for subject in graph.instances(name):
        statements = graph.subjects("ice:aboutResource", subject)
        types = [found for found in statements if iri("rdf:type") in graph.values(found, "ice:aboutProperty")]
        assert types, subject
