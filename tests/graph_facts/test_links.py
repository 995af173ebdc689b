"""Links to the same things elsewhere are verified ones, and the wrong ones that lie near are not taken."""

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from tests.graph_facts.conftest import BASE, Graph, files, iri

MAP = tomllib.loads((Path(__file__).parent / "facts_map.toml").read_text(encoding="utf-8"))
NAMES: dict[str, str] = {
    **MAP["names"],
    "event type ministerial meeting": "kos:event-ministerial-meeting",
    "region/europe": "region:europe",
    "topic/sustainable-development": "kos:topic-sustainable-development",
}
MATCHES = {"skos:broadMatch", "skos:closeMatch", "skos:exactMatch", "skos:relatedMatch"}
INDIVIDUALS = {"GeoNames", "ROR", "Wikidata"}
CODES = {
    "ISO 3166-1 alpha-2": "ice:Iso3166Alpha2",
    "ISO 3166-1 numeric = UN M49": "ice:UnM49",
    "UN M49": "ice:UnM49",
    "IATI/OECD-DAC region": "ice:DacCode",
}


@dataclass(frozen=True)
class Row:
    """A row of the list of identifiers."""

    entity: str
    scheme: str
    value: str
    status: str
    note: str


@pytest.fixture(scope="module")
def rows(seed: Path) -> list[Row]:
    """The list of identifiers."""
    with (seed / "identifiers.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(row["entity"], row["scheme"], row["value"], row["status"], row["note"] or "")
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def links() -> Graph:
    """The file of links alone."""
    return Graph.load(files("data/links.ttl"))


def test_every_link_is_a_verified_row(links: Graph, rows: list[Row], graph: Graph) -> None:
    """Each triple of data/links.ttl is a row of the list of identifiers that was verified, for that very thing."""
    verified = {(NAMES[row.entity], row.value): row for row in rows if row.status == "verified" and row.entity in NAMES}
    for subject, predicate, value in sorted(links.triples, key=str):
        assert isinstance(subject, NamedNode)
        if isinstance(value, Literal):
            key = value.value
        else:
            assert isinstance(value, NamedNode)
            notations = graph.values(value, "skos:notation") if value.value.startswith(BASE) else []
            key = str(notations[0].value) if notations and isinstance(notations[0], Literal) else value.value
        found = [row for (name, text), row in verified.items() if iri(name) == subject and text == key]
        assert found, (subject, predicate, value)
        row = found[0]
        match = next((name for name in MATCHES if iri(name) == predicate), "")
        if row.note.split(" ")[0].endswith("Match"):
            assert match == "skos:" + row.note.split(" ")[0], row
        if row.scheme in INDIVIDUALS:
            assert predicate == iri("owl:sameAs"), row
        elif row.scheme in CODES:
            assert value == Literal(row.value, datatype=iri(CODES[row.scheme])), row
        else:
            assert predicate != iri("owl:sameAs"), row
    assert len(links.triples) > 90


def test_every_country_of_the_page_is_linked(links: Graph, rows: list[Row]) -> None:
    """All verified identifiers of the page's eight countries are taken, but for the alpha-3 code and the labels."""
    for row in rows:
        if row.entity.startswith("country/") and row.status == "verified":
            subject = iri(NAMES[row.entity])
            values = {value.value for _, _, value in links.about(subject) if isinstance(value, NamedNode | Literal)}
            assert row.value in values or row.scheme in ("ISO 3166-1 alpha-3", "label lv / en"), row


def test_the_alpha_3_codes_are_the_verified_ones(graph: Graph, rows: list[Row]) -> None:
    """ice:iso3 of each country of the page is the code of the list."""
    codes = {iri(NAMES[row.entity]): row.value for row in rows if row.scheme == "ISO 3166-1 alpha-3"}
    assert len(codes) == 8
    for country, code in codes.items():
        assert graph.value(country, "ice:iso3") == Literal(code)


def test_no_unverified_identifier_appears(graph: Graph, rows: list[Row]) -> None:
    """Nothing in the graph is, or ends with, an identifier that the list calls unverified."""
    unverified = {row.value for row in rows if row.status == "UNVERIFIED" and not row.value.startswith("(")}
    assert unverified
    for _, _, value in graph.triples:
        if isinstance(value, NamedNode):
            last = value.value.rstrip("/").rsplit("/", 1)[1]
            assert value.value not in unverified
            assert last not in unverified
        elif isinstance(value, Literal):
            assert value.value not in unverified


def test_the_former_ministry_is_not_equated_with_the_present_one(graph: Graph) -> None:
    """The Uzbek ministry of 2018 has no identity link at all: its successor is another body."""
    ministry = iri("institution:ministry-of-higher-and-secondary-specialised-education-uzbekistan")
    predicates = {predicate for _, predicate, _ in graph.about(ministry)}
    assert predicates.isdisjoint({iri("owl:sameAs"), *(iri(name) for name in MATCHES)})


def test_no_two_things_share_an_identity(graph: Graph) -> None:
    """No external individual is owl:sameAs of two of ours, and no ISNI, which two EU bodies share, is a key."""
    same = [(value, subject) for subject, predicate, value in graph.triples if predicate == iri("owl:sameAs")]
    assert len({value for value, _ in same}) == len(same)
    assert not any("isni" in str(value).lower() for _, _, value in graph.triples)


def test_a_candidate_page_is_never_published_as_a_page(graph: Graph) -> None:
    """What may be the target of a lost link is a candidate: no foaf:page of the same thing, and marked as inferred."""
    candidates = [(s, o) for s, p, o in graph.triples if p == iri("ice:candidatePage")]
    assert len(candidates) >= 6
    for subject, page in candidates:
        assert page not in graph.values(subject, "foaf:page")
        statements = [
            statement
            for statement in graph.subjects("ice:aboutResource", subject)
            if page in graph.values(statement, "ice:statedValue")
        ]
        assert [graph.value(found, "ice:reviewStatus") for found in statements] == [iri("kos:review-inferred")]
        assert [graph.value(found, "ice:source") for found in statements] == [iri("source:saite-search")]
