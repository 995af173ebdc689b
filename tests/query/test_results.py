"""Answers in each format, readable by those who know the format."""

import csv
import io
import json
import warnings

import pytest
import rdflib

from saite.errors import UsageError
from saite.query.results import FORMATS, shortener, write
from saite.store import EmbeddedStore
from saite.terms import BlankNode, Literal, NamedNode, Quad

EX = "https://example.org/"
NAME = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
STORE = EmbeddedStore(
    [
        Quad(NamedNode(EX + "a"), NAME, Literal("Rīga", language="lv")),
        Quad(NamedNode(EX + "b"), NAME, Literal("two\nlines")),
        Quad(NamedNode(EX + "c"), NAME, Literal("東京")),
        Quad(NamedNode(EX + "c"), NamedNode(EX + "next"), BlankNode("n")),
    ]
)
ROWS = "SELECT ?s ?name ?none { ?s rdfs:label ?name } ORDER BY ?s"
PREFIX = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
PREFIXES = {"ex": EX}


def answer(query: str, format: str) -> str:
    """A query's answer as text."""
    return b"".join(write(STORE.query(PREFIX + query), format, PREFIXES)).decode()


def test_a_table_is_aligned_and_short() -> None:
    """Prefixed names, languages, line ends as spaces, and columns that align for wide letters too."""
    assert answer(ROWS, "table") == (
        "s     name       none\n"
        "----  ---------  ----\n"
        "ex:a  Rīga @lv\n"
        "ex:b  two lines\n"
        "ex:c  東京\n"
    )  # fmt: skip
    table = answer("SELECT ?name ?s { VALUES ?s { <https://example.org/c> } ?s rdfs:label ?name }", "table")
    assert table.splitlines()[2] == "東京  ex:c"
    assert answer("SELECT ?b { ?s <https://example.org/next> ?b }", "table").splitlines()[2].startswith("_:")


@pytest.mark.parametrize("width", [80, 30, 24, 5])
def test_a_table_fits_the_terminal(width: int) -> None:
    """The widest columns are cut, with an ellipsis; narrow ones stay whole; none becomes unreadable."""
    query = """SELECT ?short ?long ?wide { VALUES (?short ?long ?wide) {
        ("abc" "a long text with many words in it" "東京東京東京東京東京東京") } }"""
    lines = b"".join(write(STORE.query(query), "table", PREFIXES, width)).decode().splitlines()
    assert len(lines) == 3
    if width == 80:
        assert lines[2] == "abc    a long text with many words in it  東京東京東京東京東京東京"
    if width == 30:
        assert lines[2] == "abc    a long te…  東京東京…"
    if width <= 24:
        assert lines[2] == "abc    a long …  東京東…"
    assert lines[1] in ("-----  ---------------------------------  ------------------------",) or width < 80


def test_rows_are_json_csv_tsv_and_xml() -> None:
    """Each format of the SPARQL 1.1 results family has all rows, and ends its last line."""
    assert [row["s"]["value"] for row in json.loads(answer(ROWS, "json"))["results"]["bindings"]] == [
        EX + "a",
        EX + "b",
        EX + "c",
    ]
    rows = list(csv.reader(io.StringIO(answer(ROWS, "csv"), newline="")))
    assert rows[0] == ["s", "name", "none"]
    assert rows[2] == [EX + "b", "two\nlines", ""]
    assert answer(ROWS, "tsv").splitlines()[1].split("\t") == [f"<{EX}a>", '"Rīga"@lv', ""]
    assert answer(ROWS, "xml").count("<result>") == 3
    assert all(answer(ROWS, format).endswith("\n") for format in ("json", "csv", "tsv", "xml"))


def test_yes_and_no() -> None:
    """ASK is answered in a word for people, and as a boolean for programs."""
    assert answer("ASK { ?s rdfs:label 'two\\nlines' }", "table") == "yes\n"
    assert answer("ASK { ?s rdfs:label 'three' }", "table") == "no\n"
    assert json.loads(answer("ASK {}", "json"))["boolean"] is True


@pytest.mark.parametrize(
    ("format", "reader"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")]
)
def test_graphs_are_read_by_another_library(format: str, reader: str) -> None:
    """A CONSTRUCT's graph comes out the same in each format, by rdflib's parsers, and twice the same bytes."""
    query = "CONSTRUCT WHERE { ?s rdfs:label ?name }"
    text = answer(query, format)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's JSON-LD parser uses what rdflib deprecates
        graph = rdflib.Graph().parse(data=text, format=reader)
    assert {str(name) for name in graph.objects()} == {"Rīga", "two\nlines", "東京"}
    assert answer(query, format) == text


def test_a_graph_as_table_is_turtle_with_prefixes_in_use() -> None:
    """The readable form of a graph is Turtle; only prefixes that occur are declared."""
    text = answer("CONSTRUCT WHERE { ?s rdfs:label ?name }", "table")
    assert "@prefix ex: <https://example.org/>" in text
    assert "ex:a rdfs:label" in text
    assert "skos" not in text
    assert json.loads(answer("CONSTRUCT WHERE { ?s rdfs:label ?name }", "json"))


def test_a_format_that_does_not_fit_is_told() -> None:
    """Rows have no Turtle, and a graph has no CSV; the cure names what there is."""
    with pytest.raises(UsageError, match="answers with rows") as caught:
        answer(ROWS, "turtle")
    assert "csv" in caught.value.cure
    with pytest.raises(UsageError, match="answers with yes or no"):
        answer("ASK {}", "ntriples")
    with pytest.raises(UsageError, match="answers with a graph") as caught:
        answer("CONSTRUCT WHERE { ?s rdfs:label ?name }", "csv")
    assert "turtle" in caught.value.cure


def test_formats_are_those_of_the_command_line() -> None:
    """What the command offers is what can be written."""
    from saite.cli.query import _FORMATS

    assert list(FORMATS) == _FORMATS


def test_iris_are_shortened_by_the_sites_prefixes_first() -> None:
    """The site's own prefixes win; what has none stays whole."""
    short = shortener({"label": "http://www.w3.org/2000/01/rdf-schema#"})
    assert short(NAME.value) == "label:label"
    assert short("urn:x") == "<urn:x>"
