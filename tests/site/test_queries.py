"""The example queries, with what they answer."""

from pathlib import Path

import pytest

from saite.errors import SyntaxFault
from saite.site.model import QueryFile

from .graphs import say, site_of

DATA = " ".join(f":n{n:04} :p {n} ." for n in range(1_100))
HEAD = "#+ title.en: All\n#+ description.en: Everything\n"


def said(query: QueryFile, language: str = "en") -> list[list[str | None]]:
    """The rows of an answer."""
    return [[say(cell) if cell else None for cell in row] for row in query.answers[language].rows]


def answered(folder: Path, text: str, parameters: str = "", languages: tuple[str, ...] = ("en",)) -> QueryFile:
    """The one query of a site."""
    (folder / "queries").mkdir()
    whole = f"{HEAD}{parameters}PREFIX : <https://example.org/>\n{text}"
    (folder / "queries" / "q.rq").write_text(whole, encoding="utf-8")
    (query,) = site_of(DATA, root=folder, queries=("queries/*.rq",), languages=languages).queries
    return query


def test_rows_are_capped_and_said_to_be(tmp_path: Path) -> None:
    """A thousand rows, in the order of their terms where the query gives none; more are told of."""
    query = answered(tmp_path, "SELECT ?s ?o { ?s :p ?o { SELECT ?s { ?s :p ?x } ORDER BY DESC(?s) } }")
    assert (query.name, dict(query.titles), dict(query.descriptions)) == ("q", {"en": "All"}, {"en": "Everything"})
    answer = query.answers["en"]
    assert answer.variables == ("s", "o")
    assert len(answer.rows) == 1_000
    assert answer.truncated
    assert [say(cell) if cell else "" for cell in answer.rows[999]] == ["n0999", "999"]


def test_the_order_of_a_query_is_kept(tmp_path: Path) -> None:
    """ORDER BY decides; unbound cells are None."""
    query = answered(tmp_path, "SELECT ?s ?no { ?s :p ?o OPTIONAL { ?s :q ?no } } ORDER BY DESC(?o) LIMIT 2")
    assert said(query) == [["n1099", None], ["n1098", None]]
    assert not query.answers["en"].truncated


def test_default_parameters_are_used(tmp_path: Path) -> None:
    """A query runs with its defaults."""
    query = answered(tmp_path, "SELECT ?s { ?s :p ?o }", "#+ param: o integer 7\n")
    assert query.parameters == {"o": ("integer", "7")}
    assert said(query) == [["n0007"]]


def test_readers_of_each_language_have_their_answer(tmp_path: Path) -> None:
    """A parameter of the kind lang is the language of the page, whatever its default."""
    query = answered(tmp_path, "SELECT (STR(?lang) AS ?l) { }", "#+ param: lang lang lv\n", languages=("lv", "en"))
    assert {tag: said(query, tag) for tag in query.answers} == {"lv": [["lv"]], "en": [["en"]]}


def test_a_query_that_must_be_told_something_is_not_run(tmp_path: Path) -> None:
    """Without a default there is nothing to ask."""
    query = answered(tmp_path, "SELECT ?s { ?s :p ?o }", "#+ param: o integer\n")
    assert query.parameters == {"o": ("integer", "")}
    assert query.answers == {}


def test_queries_that_make_graphs_are_not_run(tmp_path: Path) -> None:
    """CONSTRUCT and ASK have no rows."""
    query = answered(tmp_path, "ASK { ?s ?p ?o }")
    assert query.answers == {}


def test_a_wrong_query_says_where(tmp_path: Path) -> None:
    """The build stops with the file and line."""
    with pytest.raises(SyntaxFault) as caught:
        answered(tmp_path, "SELECT ?s { ?s :p }")
    assert caught.value.place is not None
    assert caught.value.place.file == "queries/q.rq"
    assert caught.value.place.line == 4
