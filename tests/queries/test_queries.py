"""What can be asked of the data: questions that they must answer, examples for users, rules of the check."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples
from tests.queries.conftest import QUERIES, ROOT, quads

from saite.check import rules
from saite.finding import Severity
from saite.namespaces import RDF_TYPE
from saite.store import EmbeddedStore
from saite.store.queryfile import NamedQuery, load
from saite.store.request import request

LANGUAGES = {"lv", "en"}
ICE = "https://w3id.org/ice-edu/def#"
TERM_CLASSES = {
    "http://www.w3.org/2000/01/rdf-schema#Datatype",
    "http://www.w3.org/2002/07/owl#AnnotationProperty",
    "http://www.w3.org/2002/07/owl#Class",
    "http://www.w3.org/2002/07/owl#DatatypeProperty",
    "http://www.w3.org/2002/07/owl#ObjectProperty",
}


def queries(folder: str) -> list[NamedQuery]:
    """The queries of a folder, by name."""
    return [load(path, path.relative_to(ROOT).as_posix()) for path in sorted((QUERIES / folder).glob("*.rq"))]


def of(query: NamedQuery) -> str:
    """What a test case calls a query."""
    return query.name


def iris(query: NamedQuery) -> set[str]:
    """The IRIs that a query names, in full or with a prefix."""
    found = set()
    for token in request(query.text, name=query.file).tokens:
        if token.kind == "iri":
            found.add(token.text[1:-1])
        elif token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            found.add(query.prefixes[prefix] + local)
    return found


COMPETENCY, EXAMPLES, CHECKS = queries("competency"), queries("examples"), queries("checks")


# Questions that the data must answer


@pytest.mark.parametrize("query", COMPETENCY, ids=of)
def test_a_question_has_exactly_its_expected_answer(query: NamedQuery, store: EmbeddedStore) -> None:
    """The answer in SPARQL 1.1 CSV is the file beside the question, to the byte; yes or no is one line."""
    answer = query.run(store)
    assert not isinstance(answer, QueryTriples)
    if isinstance(answer, QueryBoolean):
        found = b"true\n" if answer else b"false\n"
    else:
        found = answer.serialize(format=QueryResultsFormat.CSV) or b""
    assert found.decode() == (ROOT / query.file).with_suffix(".csv").read_bytes().decode()


@pytest.mark.parametrize("query", [query for query in COMPETENCY if query.form == "SELECT"], ids=of)
def test_an_answer_has_rows_in_a_stated_order(query: NamedQuery, store: EmbeddedStore) -> None:
    """A question that lists something finds something, without a row twice, and orders it unless there is one row."""
    answer = query.run(store)
    assert isinstance(answer, QuerySolutions)
    rows = [tuple(str(cell) for cell in row) for row in answer]
    assert rows
    assert len(rows) == len(set(rows))
    assert len(rows) == 1 or "ORDER BY" in query.text


def test_there_are_questions_enough() -> None:
    """At least thirty questions are asked, each in words of its own in both languages."""
    assert len(COMPETENCY) >= 30
    for language in LANGUAGES:
        assert len({query.titles[language] for query in COMPETENCY}) == len(COMPETENCY)
    for query in COMPETENCY:
        assert set(query.titles) == LANGUAGES
        assert all(title.endswith("?") for title in query.titles.values()), query.name


def test_every_expected_answer_has_its_question() -> None:
    """No file of expected answers is left from a question that is gone."""
    assert {path.stem for path in (QUERIES / "competency").glob("*.csv")} == {query.name for query in COMPETENCY}


def test_every_term_earns_its_place_by_a_question() -> None:
    """Each class, property and datatype of the ontology is named by at least one question."""
    terms = {
        quad.subject.value
        for quad in quads([ROOT / "ontology" / "ice.ttl"])
        if quad.predicate == RDF_TYPE
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.object.value in TERM_CLASSES
    }
    assert len(terms) > 60
    assert sorted(terms - {iri for query in COMPETENCY for iri in iris(query)}) == []


@pytest.mark.parametrize("query", [*COMPETENCY, *EXAMPLES, *CHECKS], ids=of)
def test_a_query_names_only_terms_that_exist(query: NamedQuery, store: EmbeddedStore) -> None:
    """No query asks for a term or concept of ours that the data do not describe: it would silently find nothing."""
    ours = {iri for iri in iris(query) if iri.startswith("https://w3id.org/ice-edu/")} - {ICE}
    declared = {iri for iri in ours if any(store.quads(NamedNode(iri)))}
    prefixes = set(query.prefixes.values())
    assert ours - declared - prefixes == set()


# Examples for users


@pytest.mark.parametrize("query", EXAMPLES, ids=of)
def test_an_example_says_in_both_languages_what_it_is_for(query: NamedQuery) -> None:
    """An example has a title and a description in Latvian and English."""
    assert set(query.titles) == LANGUAGES
    assert set(query.descriptions) == LANGUAGES


@pytest.mark.parametrize("query", EXAMPLES, ids=of)
def test_an_example_runs_as_it_is_and_finds_something(query: NamedQuery, store: EmbeddedStore) -> None:
    """With the default of each parameter an example returns rows or triples."""
    assert all(parameter.default is not None for parameter in query.parameters)
    answer = query.run(store)
    assert isinstance(answer, QuerySolutions | QueryTriples)
    assert len(list(answer)) > 0


@pytest.mark.parametrize(
    "query", [query for query in EXAMPLES if any(parameter.kind == "lang" for parameter in query.parameters)], ids=of
)
def test_an_example_finds_as_much_in_each_language(query: NamedQuery, store: EmbeddedStore) -> None:
    """An example that takes a language has as many rows in Latvian as in English."""
    numbers = set()
    for language in sorted(LANGUAGES):
        answer = query.run(store, {"lang": language})
        assert isinstance(answer, QuerySolutions)
        numbers.add(len(list(answer)))
    assert len(numbers) == 1


def test_there_are_some_twenty_examples() -> None:
    """The catalogue of examples is neither thin nor endless, and no two have the same title."""
    assert 20 <= len(EXAMPLES) <= 30
    for language in LANGUAGES:
        assert len({query.titles[language] for query in EXAMPLES}) == len(EXAMPLES)


# Rules of the check


@pytest.mark.parametrize("query", CHECKS, ids=of)
def test_a_rule_says_how_bad_it_is_and_what_to_do(query: NamedQuery) -> None:
    """A rule selects ?this and has a severity, and a title, message and cure in Latvian and English."""
    assert query.form == "SELECT"
    assert "?this" in query.text
    assert query.severity is not None
    for texts in (query.titles, query.messages, query.cures):
        assert set(texts) == LANGUAGES


def cases(kind: str) -> list[tuple[NamedQuery, Path]]:
    """The cases of all rules, ``good`` or ``bad``."""
    folder = Path(__file__).parent / "checks"
    return [(query, path) for query in CHECKS for path in sorted((folder / query.name).glob(f"{kind}.*.ttl"))]


def test_every_rule_has_a_good_and_a_bad_case() -> None:
    """No rule is untried, and no case belongs to a rule that is gone."""
    names = {query.name for query in CHECKS}
    assert {query.name for query, _ in cases("good")} == names
    assert {query.name for query, _ in cases("bad")} == names
    assert {path.name for path in (Path(__file__).parent / "checks").iterdir()} == names


@pytest.mark.parametrize(("query", "path"), cases("good"), ids=lambda value: getattr(value, "name", ""))
def test_a_good_case_is_let_pass(query: NamedQuery, path: Path) -> None:
    """The rule finds nothing in what is right."""
    assert list(rules.run(EmbeddedStore(quads([path])), query, query.name)) == []


@pytest.mark.parametrize(("query", "path"), cases("bad"), ids=lambda value: getattr(value, "name", ""))
def test_a_bad_case_is_found(query: NamedQuery, path: Path) -> None:
    """The rule finds what the case calls wrong, once and nothing else, with its own severity and words."""
    (finding,) = rules.run(EmbeddedStore(quads([path])), query, query.name)
    assert isinstance(finding.focus, NamedNode)
    assert finding.focus.value.rsplit("/", 1)[1] == "wrong"
    assert finding.severity == query.severity
    for language in LANGUAGES:
        assert finding.message(language) == query.messages[language]
        assert finding.cure(language) == query.cures[language]


def test_the_rules_find_in_our_data_only_what_we_know(store: EmbeddedStore) -> None:
    """Our data break no rule; an info says that one source dates the seminar of 2019 a day later than the page."""
    found = [(query.name, finding) for query in CHECKS for finding in rules.run(store, query, query.name)]
    assert [name for name, _ in found] == ["sources-differ"]
    (finding,) = (finding for _, finding in found)
    assert finding.severity == Severity.INFO
    assert finding.focus == NamedNode("https://w3id.org/ice-edu/id/event/vet-seminar-2019")
    assert isinstance(finding.value, Literal)
    assert finding.value.value == "2019-12-12"
