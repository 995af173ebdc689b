"""SPARQL as tokens."""

import pytest

from saite.errors import SyntaxFault
from saite.store.tokens import readings, tokenize


def texts(query: str) -> list[tuple[str, str]]:
    """Kinds and texts of the tokens."""
    return [(t.kind, t.text) for t in tokenize(query)]


def test_strings_comments_and_iris_are_single_tokens() -> None:
    """What looks like a variable or keyword inside a string, comment or IRI is none."""
    query = "ASK { ?s <http://e/?x> \"?x # no\" . # ?x \"\n ?s ex:p '''a'?x'''@en-GB }"
    assert [text for kind, text in texts(query) if kind == "var"] == ["?s", "?s"]
    assert ("string", "'''a'?x'''") in texts(query)
    assert ("lang", "@en-GB") in texts(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ex:a.b.", [("pname", "ex:a.b"), ("punct", ".")]),
        ("ex:a\\#b", [("pname", "ex:a\\#b")]),
        ("_:b.c.", [("bnode", "_:b.c"), ("punct", ".")]),
        ("1.5e3 .5 1.", [("number", "1.5e3"), ("number", ".5"), ("number", "1"), ("punct", ".")]),
        ("ex:p?x", [("pname", "ex:p"), ("var", "?x")]),
        ("ex:p? ?x", [("pname", "ex:p"), ("punct", "?"), ("var", "?x")]),
        ("?a < ?b", [("var", "?a"), ("punct", "<"), ("var", "?b")]),
        ("''''a'''", [("string", "''''a'''")]),
        ('"a\\u00e9\\"b"', [("string", '"a\\u00e9\\"b"')]),
        ("?vārds", [("var", "?vārds")]),
    ],
)
def test_tokens_follow_the_longest_match(query: str, expected: list[tuple[str, str]]) -> None:
    """Names with dots, escapes and numbers end where SPARQL 1.1, section 19.8, says."""
    assert texts(query) == expected


@pytest.mark.parametrize(
    ("query", "column", "word"),
    [
        ('ASK { ?s ?p "a', 13, "no end"),
        ('ASK { ?s ?p "a\\q" }', 13, "no end"),
        ('ASK { ?s ?p "\\ud800" }', 13, "no end"),
        ('ASK { ?s ?p "\\U00110000" }', 13, "no end"),
        ("ASK {\u00a0}", 6, "U+00A0"),
        ("S\\u0045LECT", 2, "escape"),
        ("ASK { $ }", 7, "variable without a name"),
        ("ASK { ` }", 7, "`"),
    ],
)
def test_what_is_no_token_has_a_place(query: str, column: int, word: str) -> None:
    """A stray character, an unknown escape and an open string are named with line and column, never guessed at."""
    with pytest.raises(SyntaxFault) as caught:
        tokenize("# first line\n" + query)
    place = caught.value.place
    assert place is not None
    assert (place.line, place.column) == (2, column)
    assert word in caught.value.message
    assert caught.value.excerpt == query
    assert caught.value.cure


def test_readings_hold_what_hides_in_a_would_be_iri() -> None:
    """Both readings of ``1<ex:a)SERVICE#>`` are seen; an IRI with ``//`` has one reading only."""
    assert "SERVICE" in [t.text for t in readings("FILTER(1<ex:a)SERVICE#>\n?x {})")]
    assert "SERVICE" in [t.text for t in readings("FILTER(1<'>') SERVICE ?x {} #'\n")]
    assert "service" not in [t.text for t in readings("ASK { ?s ?p <http://e/sparql-service> }")]
