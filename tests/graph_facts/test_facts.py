"""The 185 facts that a reader found on the page are in the graph, each with the words that carry it."""

import csv
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from tests.graph_facts.conftest import Graph, Node, iri, read
from tests.graph_facts.test_statements import occurrence

MAP = tomllib.loads((Path(__file__).parent / "facts_map.toml").read_text(encoding="utf-8"))
NAMES: dict[str, str] = MAP["names"]
FACTS = sorted(key for key in MAP if key != "names")
PAGE = iri("source:izm-central-asia-page")
LABELS = {"abbreviation", "fullNameLv", "nameLv", "titleLv"}
DATES = {"date", "endDate", "participationStart", "startDate"}
SENTENCE_END = re.compile(r"[.:](?=\s+[A-ZĀČĒĢĪĶĻŅŠŪŽ•])|[.:]?\n|[.:]?$")


@dataclass(frozen=True)
class Fact:
    """A row of the list of facts."""

    id: str
    subject: str
    predicate: str
    object: str
    quote: str
    status: str


@pytest.fixture(scope="module")
def facts(seed: Path) -> dict[str, Fact]:
    """The list of facts, by id."""
    with (seed / "facts.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Fact(row["id"], row["subject"], row["predicate"], row["object"], row["quote_lv"], row["status"])
            for row in csv.DictReader(file)
        ]
    return {row.id: row for row in rows}


def statements(fact: str) -> list[NamedNode]:
    """The Statements that the map gives for a fact."""
    return [iri(f"statement:{slug}") for slug in MAP[fact]["statements"]]


def triples(fact: str) -> list[tuple[Node, NamedNode, Node]]:
    """The triples that the map gives for a fact."""
    return [found for fragment in MAP[fact]["triples"] for found in read(f"{fragment} .")]


def even(text: str) -> str:
    """The text with every white-space character a plain space: its length does not change."""
    return re.sub(r"\s", " ", text)


def sentences(text: str, quote: str) -> list[tuple[int, int]]:
    """Where the sentences begin and end that each occurrence of the quote touches."""
    ends = sorted({found.end() for found in SENTENCE_END.finditer(text)} | {0, len(text)})
    spans = []
    for found in re.finditer(re.escape(even(quote)), even(text)):
        start = max(end for end in ends if end <= found.start())
        stop = min(end for end in ends if end >= found.end())
        spans.append((start, stop))
    return spans


def test_the_map_has_every_fact_and_no_other(facts: dict[str, Fact]) -> None:
    """Each of the 185 facts is mapped, and the map knows no fact that is not in the list."""
    assert len(facts) == 185
    assert sorted(facts) == FACTS


@pytest.mark.parametrize("fact", FACTS)
def test_each_mapped_triple_is_in_the_graph(fact: str, graph: Graph) -> None:
    """A fact has at least one triple in the map, and all its triples are in the graph."""
    found = triples(fact)
    assert found
    assert [triple for triple in found if triple not in graph.triples] == []


@pytest.mark.parametrize("fact", FACTS)
def test_each_mapped_statement_exists_and_its_quote_stands_in_the_sentence(
    fact: str, graph: Graph, facts: dict[str, Fact], page: str
) -> None:
    """Each Statement of a fact exists; the page's ones quote words of the very sentences that the fact was read in."""
    spans = sentences(page, facts[fact].quote)
    assert spans, f"the quote of {fact} is not in the page"
    assert statements(fact)[0] == iri(f"statement:{fact.lower()}")
    for statement in statements(fact):
        assert iri("ice:Statement") in graph.values(statement, "rdf:type"), statement
        if graph.value(statement, "ice:source") != PAGE:
            assert graph.values(statement, "ice:paraphrase"), statement
            continue
        start, stop = occurrence(graph, statement, page)
        assert any(first <= start and stop <= last for first, last in spans), (statement, page[start:stop])


@pytest.mark.parametrize("fact", FACTS)
def test_the_statements_of_a_fact_trace_its_triples(fact: str, graph: Graph) -> None:
    """The fact's own Statement is about the subject and property of one of the fact's triples, or of a lost link."""
    statement = iri(f"statement:{fact.lower()}")
    resource = graph.value(statement, "ice:aboutResource")
    about = graph.value(statement, "ice:aboutProperty")
    if about == iri("foaf:page"):
        assert (statement, iri("ice:aboutResource"), resource) in triples(fact)
    else:
        assert any(subject == resource and predicate == about for subject, predicate, _ in triples(fact))


@pytest.mark.parametrize("fact", FACTS)
def test_the_triples_of_a_fact_speak_of_what_the_fact_speaks_of(fact: str, facts: dict[str, Fact]) -> None:
    """The fact's subject, its object where that is a thing, its date or its name all occur in the fact's triples."""
    row = facts[fact]
    terms = {term for triple in triples(fact) for term in triple}
    assert iri(NAMES[row.subject]) in terms
    for part in re.split(r", | \| ", row.object):
        if part in NAMES:
            assert iri(NAMES[part]) in terms, part
    literals = {term.value for term in terms if isinstance(term, Literal)}
    if row.predicate in DATES:
        assert row.object.split(" [")[0] in literals
    if row.predicate in LABELS:
        assert Literal(row.object, language="lv") in terms


@pytest.mark.parametrize("fact", FACTS)
def test_the_review_status_is_that_of_the_list(fact: str, graph: Graph, facts: dict[str, Fact]) -> None:
    """What the list calls inferred or corrected is marked so, and nothing else of it is."""
    status = graph.value(iri(f"statement:{fact.lower()}"), "ice:reviewStatus")
    assert status == iri(f"kos:review-{facts[fact].status}")


def test_a_working_name_stands_for_a_thing_of_the_graph(graph: Graph) -> None:
    """Each thing that the list of facts names exists in the graph, with a class."""
    assert [name for name in NAMES.values() if not graph.values(iri(name), "rdf:type")] == []
