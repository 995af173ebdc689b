"""What is wrong with a query that the store refused."""

from pathlib import Path

import pytest

from saite.errors import SyntaxFault
from saite.store import EmbeddedStore
from saite.store.grammar import diagnose
from saite.store.tokens import tokenize

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("query", "column", "message", "cure"),
    [
        ("SELCT * { ?s ?p ?o }", 1, "'SELCT' cannot stand here", "Did you mean SELECT?"),
        ("SELECT * { ?s ?p ?o } GARBAGE", 23, "'GARBAGE' cannot", "end of the query"),
        ("SELECT * { ?s ?p ?o", 10, "'{' is never closed", "closing bracket"),
        ("SELECT * { ?s ?p }", 18, "'}' cannot", "a variable"),
        ("SELECT * { ?s ?p ?o FILTER(STRLEN(?o > 1) }", 43, "'}' cannot", "an operator"),
        ("SELECT * { ?s ?p ?o . FILTR(?o) }", 23, "'FILTR' cannot", "Did you mean FILTER?"),
        ("SELECT * { FILTER(STRLEEN(?o)) }", 19, "'STRLEEN' cannot", "Did you mean STRLEN?"),
        ("SELECT * { ?s ?p ?o } LIMIT ten", 29, "'ten' cannot", "a number"),
        ("SELECT ?s WHERE", 16, "ends too early", "{"),
        ("", 1, "ends too early", "SELECT"),
        ("SELECT * { ?s skso:prefLabel ?o }", 15, "skso: is not declared", "Add PREFIX skso:"),
        ("SELECT * { ?s skos:prefLabel ?o }", 15, "skos: is not", "<http://www.w3.org/2004/02/skos/core#>"),
        ("PREFIX skos: <http://e/> ASK { ?s skso:x ?o }", 35, "skso: is not declared", "Did you mean skos:?"),
        ("ASK { ?s <p> ?o }", 10, "relative IRI", "BASE"),
        ("SELECT (?s AS ?o) ?o { ?s ?p ?o }", None, "overrides an existing variable", "before this place"),
        ("SELECT ?s ?x { ?s ?p ?o } GROUP BY ?s", None, "unbound", "before this place"),
    ],
)
def test_a_refused_query_names_the_first_impossible_token(
    query: str, column: int | None, message: str, cure: str
) -> None:
    """The place is where a reader would point, and the cure says what could stand there."""
    with pytest.raises(SyntaxFault) as caught:
        EmbeddedStore().query(query)
    fault = caught.value
    assert message in fault.message
    assert cure in fault.cure
    assert fault.place is not None
    assert fault.place.line == 1
    assert fault.place.column is not None
    if column is not None:
        assert fault.place.column == column


GOOD = [
    "SELECT DISTINCT ?s (COUNT(DISTINCT *) AS ?n) FROM <http://e/g> FROM NAMED <http://e/h> WHERE { ?s ?p ?o }"
    " GROUP BY ?s (STR(?p) AS ?t) HAVING (COUNT(*) > 1) ORDER BY DESC(?n) ?s LIMIT 5 OFFSET 2 VALUES ?s { UNDEF }",
    "PREFIX ex: <http://e/> ASK { [] ex:p/^ex:q|!(ex:r|^a)* (1 [ ex:p true ] 'x'@en) ; a ex:C , ex:D ; . }",
    "CONSTRUCT WHERE { ?s ?p 1.5 . ?s ?p -2 }",
    "CONSTRUCT { ?s ?p [] } { { SELECT * { ?s ?p ?o } } UNION { GRAPH ?g { ?s ?p ?o } } MINUS { ?s ?p 1 } }",
    "DESCRIBE * { ?s ?p ?o OPTIONAL { ?o ?q ?r FILTER NOT EXISTS { ?r ?q ?s } } BIND(IF(?x, 1, 2) AS ?y) }",
    "SELECT * { ?s ?p ?o FILTER(?o NOT IN (1, 2) && !BOUND(?x) || -?o * 2 >= +3 - 1) VALUES (?a ?b) { (1 UNDEF) } }",
    "SELECT (GROUP_CONCAT(?o ; SEPARATOR=', ') AS ?all) { ?s ?p ?o . FILTER REGEX(?o, 'a', 'i') }",
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> ASK { FILTER(xsd:integer('1') = '1'^^xsd:integer) }",
]


@pytest.mark.parametrize("query", GOOD)
def test_the_grammar_takes_what_the_store_takes(query: str) -> None:
    """A good query is not blamed by the diagnosis."""
    EmbeddedStore().query(query)
    assert diagnose(tokenize(query), len(query)) is None


def test_the_grammar_takes_all_queries_of_this_repository() -> None:
    """The diagnosis agrees with Oxigraph on every query file of our site."""
    files = sorted((ROOT / "queries").rglob("*.rq"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert diagnose(tokenize(text, file.name), len(text)) is None, file
