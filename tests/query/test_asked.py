"""Which query is meant, and which terms are meant by the values that come with it."""

from pathlib import Path

import pytest

from saite.config import Config
from saite.errors import SyntaxFault, UsageError
from saite.namespaces import XSD
from saite.query.asked import by_name, by_text, guess, named, run
from saite.store import EmbeddedStore
from saite.terms import Literal, NamedNode, Quad, Term

EX = "https://example.org/"
CONFIG = Config(root=Path(), prefixes={"ex": EX})
STORE = EmbeddedStore([Quad(NamedNode(EX + "a"), NamedNode(EX + "p"), Literal("x\"} ?s ?p 'y", language="en"))])

LOOKS: list[tuple[str, Term]] = [
    ("<urn:x>", NamedNode("urn:x")),
    ("https://example.org/a", NamedNode(EX + "a")),
    ("ex:a", NamedNode(EX + "a")),
    ("skos:Concept", NamedNode("http://www.w3.org/2004/02/skos/core#Concept")),
    ("unknown:a", Literal("unknown:a")),
    ("plain text", Literal("plain text")),
    ('"Rīga"@lv', Literal("Rīga", language="lv")),
    ('"a \\"quoted\\" word"', Literal('a "quoted" word')),
    ('"5"^^xsd:integer', Literal("5", datatype=NamedNode(XSD + "integer"))),
    ('"x"} DROP ALL #', Literal('"x"} DROP ALL #')),
    ("42", Literal("42", datatype=NamedNode(XSD + "integer"))),
    ("2019-12-11", Literal("2019-12-11", datatype=NamedNode(XSD + "date"))),
    ("", Literal("")),
]


@pytest.mark.parametrize(("value", "expected"), LOOKS)
def test_a_value_is_told_by_its_look(value: str, expected: Term) -> None:
    """IRIs, quoted literals, numbers and dates are told from texts; odd quotes stay text."""
    assert guess("x", value, CONFIG) == expected


@pytest.mark.parametrize("value", ["https://example.org/> . ?s ?p ?o #", "urn:a b"])
def test_what_only_begins_like_an_iri_is_a_text(value: str) -> None:
    """An IRI has no spaces; such a value never becomes part of the query."""
    assert guess("x", value, CONFIG) == Literal(value)


@pytest.mark.parametrize("value", ["<>", "<no iri>", "<relative>", "ex:<x>", '"5"^^ex:"'])
def test_an_iri_that_is_none_is_told(value: str) -> None:
    """What can only be meant as an IRI, but is none, stops with the parameter's name."""
    with pytest.raises(UsageError, match=r"^x: .* is not an IRI"):
        guess("x", value, CONFIG)


def site(tmp_path: Path) -> Config:
    """A site with two queries, one of them with a parameter."""
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "who.rq").write_text("SELECT ?who { ?who ?p ?o }")
    (folder / "what.rq").write_text("#+ title.en: What\n#+ param: who iri ex:a\nSELECT ?o { ?who ?p ?o }")
    return Config(root=tmp_path, queries=("queries/*.rq",), prefixes={"ex": EX})


def test_a_query_is_found_by_text_file_and_name(tmp_path: Path) -> None:
    """Text is taken as it is; a path is read; a name is looked up among the site's queries."""
    config = site(tmp_path)
    assert by_text("SELECT * { ?s ?p ?o }", config).text == "SELECT * { ?s ?p ?o }"
    assert by_text("describe <urn:x>", config).form == "DESCRIBE"
    path = str(tmp_path / "queries" / "who.rq")
    assert by_text(path, config).file == path
    assert by_name("what", config).titles == {"en": "What"}
    assert [query.name for query in named(config)] == ["what", "who"]


def test_what_is_no_query_is_told_with_a_cure(tmp_path: Path) -> None:
    """A misspelt path, a name without --name, and a misspelt name each get the advice that helps."""
    config = site(tmp_path)
    with pytest.raises(UsageError, match="neither a query nor a file") as caught:
        by_text("whom.rq", config)
    assert "path of a .rq file" in caught.value.cure
    with pytest.raises(UsageError) as caught:
        by_text("who", config)
    assert "--name who" in caught.value.cure
    with pytest.raises(UsageError, match="no query named 'whoo'") as caught:
        by_name("whoo", config)
    assert "who" in caught.value.cure
    with pytest.raises(UsageError) as caught:
        by_name("zzz", config)
    assert "There are: what, who." in caught.value.cure
    with pytest.raises(UsageError) as caught:
        by_name("zzz", Config(root=tmp_path / "elsewhere"))
    assert "has no queries" in caught.value.cure


def rows(query: str, given: list[str], config: Config = CONFIG) -> list[str]:
    """The first column of an answer."""
    return [str(row[0]) for row in run(by_text(query, config), given, STORE, config)]  # type: ignore[union-attr]


def test_any_variable_of_a_query_without_parameters_takes_a_value() -> None:
    """A value is put in as a term, whatever quotes and braces are in it."""
    query = "SELECT ?s { ?s ?p ?o }"
    assert rows(query, ["p=ex:p"]) == [f"<{EX}a>"]
    assert rows(query, ["?p=ex:q"]) == []
    assert rows(query, ['o="x\\"} ?s ?p \'y"@en']) == [f"<{EX}a>"]
    assert rows(query, ["o=x\"} ?s ?p 'y"]) == [], "without its language it is another literal"


def test_declared_parameters_have_defaults_and_no_others_are_taken(tmp_path: Path) -> None:
    """The header's default holds if nothing is given; a name that it does not declare is told."""
    config = site(tmp_path)
    query = by_name("what", config)
    assert len(list(run(query, [], STORE, config))) == 1  # type: ignore[arg-type]
    assert len(list(run(query, ["who=ex:b"], STORE, config))) == 0  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no parameter 'o'"):
        run(query, ["o=1"], STORE, config)


@pytest.mark.parametrize("pair", ["kind", "=x", "?=x"])
def test_a_parameter_without_name_or_value_is_told(pair: str) -> None:
    """--param takes name=value."""
    with pytest.raises(UsageError, match="is not a parameter"):
        run(by_text("SELECT ?s { ?s ?p ?o }", CONFIG), [pair], STORE, CONFIG)


def test_a_query_that_does_not_parse_is_told_with_its_place() -> None:
    """Line and column are those of what the user typed."""
    with pytest.raises(SyntaxFault) as caught:
        run(by_text("SELECT ?s {\n  ?s ?p }", CONFIG), [], STORE, CONFIG)
    assert caught.value.place is not None
    assert caught.value.place.line == 2
