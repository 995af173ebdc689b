"""Values put into queries by token."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions

from saite.errors import SyntaxFault, UsageError
from saite.store import EmbeddedStore
from saite.store.binding import bind, term_syntax
from saite.store.tokens import Token, tokenize
from saite.terms import BlankNode, Literal, NamedNode, Quad, Term

S, P = NamedNode("http://e/s"), NamedNode("http://e/p")
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")

_HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="\"'\\u0027U{}?$x<>#\n\r\t ;.)(@^-", max_size=30),
    st.sampled_from(
        [
            '" } ; DROP ALL #',
            "\\u0022 . ?s ?p ?o",
            "\\\\u0022",
            '\\" . SERVICE <http://e/> {}',
            "'''",
            '"""',
            "?x",
            "\u2028",
            "\x00",
            "\ufeff",
        ]
    ),
)
_TAGS = st.sampled_from(["en", "lv", "zh-hans-cn", "de-ch-1996"])
_IRIS = st.one_of(
    st.sampled_from(["http://e/a)||true", "ex:a)SERVICE#c", "urn:x:'", "http://e/?x", "http://e/#;", "javascript:a"]),
    st.text(alphabet="abc'()*,;:@&=+$?/#.~-_%41", max_size=20).map("http://e/".__add__),
)


def _iri(text: str) -> NamedNode | None:
    try:
        return NamedNode(text)
    except ValueError:
        return None


TERMS: st.SearchStrategy[Term] = st.one_of(
    _HOSTILE.map(Literal),
    st.builds(lambda v, t: Literal(v, language=t), _HOSTILE, _TAGS),
    st.builds(lambda v: Literal(v, datatype=NamedNode("http://e/type")), _HOSTILE),
    _IRIS.map(_iri).filter(lambda n: n is not None).map(lambda n: n or S),
)


def solutions(store: EmbeddedStore, text: str, **values: Term) -> list[tuple[str, ...]]:
    """The rows of a query, as terms in their own syntax."""
    result = store.query(text, values)
    assert isinstance(result, QuerySolutions)
    return [tuple(str(v) for v in row) for row in result]


@settings(deadline=None)
@given(TERMS)
def test_a_bound_value_comes_back_as_itself(term: Term) -> None:
    """Whatever its text, a bound term is that very term to the engine: no more rows, columns or patterns."""
    rows = solutions(EmbeddedStore(), "SELECT ?x (?x AS ?y) { VALUES ?n { 1 2 } } # ?x", x=term)
    assert rows == [(str(term), str(term))] * 2


@settings(deadline=None)
@given(TERMS, TERMS)
def test_values_never_change_the_structure(one: Term, other: Term) -> None:
    """Between the tokens of the original query stand nothing but the tokens of the terms."""
    query = 'SELECT ?x { ?s ?p ?x , $y , "?x" FILTER(?x!=$y) # ?x\n ?s <http://e/?x> ?y }'
    tokens = tokenize(query)
    bound = tokenize(bind(query, tokens, {"x": one, "y": other}).text)
    expected: list[str] = []
    for i, token in enumerate(tokens):
        if token.kind == "var" and token.text[1:] in ("x", "y"):
            value = [t.text for t in tokenize(term_syntax(one if token.text[1:] == "x" else other))]
            expected += ["(", *value, "AS", token.text, ")"] if i == 1 else value
        else:
            expected.append(token.text)
    assert [t.text for t in bound] == expected


@settings(deadline=None)
@given(_HOSTILE)
def test_engines_that_decode_escapes_first_see_the_same_string(value: str) -> None:
    r"""Where ``\u`` is decoded before parsing (SPARQL 1.1, 19.2), the value still cannot end its string."""
    syntax = term_syntax(Literal(value))
    decoded: list[str] = []
    i = 0
    while i < len(syntax):
        width = {"u": 4, "U": 8}.get(syntax[i + 1 : i + 2]) if syntax[i] == "\\" else None
        if width is not None and len(syntax) >= i + 2 + width:
            char = chr(int(syntax[i + 2 : i + 2 + width], 16))
            decoded.append(char if char not in "\r\n" else " ")
            i += 2 + width
        else:
            decoded.append(syntax[i])
            i += 1
    tokens: list[Token] = tokenize("".join(decoded))
    assert [t.kind for t in tokens] == ["string"]


@pytest.fixture
def store() -> EmbeddedStore:
    """Two values for http://e/s and one for http://e/t."""
    quads = [Quad(S, P, Literal(str(n), datatype=INTEGER)) for n in (1, 2)]
    return EmbeddedStore([*quads, Quad(NamedNode("http://e/t"), P, Literal("3", datatype=INTEGER))])


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?x ?o { ?x ?p ?o } ORDER BY ?o", [("S", "1"), ("S", "2")]),
        ("SELECT ?o { $x ?p ?o } ORDER BY DESC(?o) ?x", [("2",), ("1",)]),
        ("SELECT ?x (COUNT(?o) AS ?n) { ?x ?p ?o } GROUP BY ?x HAVING (COUNT(?x) > 1)", [("S", "2")]),
        ("SELECT ?x ?o { { SELECT ?x ?o { ?x ?p ?o FILTER(BOUND(?x)) } } } ORDER BY ?o", [("S", "1"), ("S", "2")]),
        ("SELECT ?x { { SELECT ?x { ?x ?p ?o } LIMIT 1 } }", [("S",)]),
        ("SELECT DISTINCT ?x { ?x ?p ?o FILTER(?x IN (?x) && bound( ?x )) }", [("S",)]),
        ("SELECT ?o { VALUES (?o) { (1) (3) } ?x ?p ?o }", [("1",)]),
        ("SELECT ?n { ?x ?p ?o BIND(STR(?x) AS ?n) } LIMIT 1", [("text",)]),
        ("SELECT ?o { ?x ?p ?o MINUS { ?s ?p ?o FILTER(?o = 1) } }", [("2",)]),
    ],
)
def test_variables_are_bound_wherever_a_term_can_stand(
    store: EmbeddedStore, query: str, rows: list[tuple[str, ...]]
) -> None:
    """Projection, ordering, grouping, sub-queries, filters: the answer is that of the value."""
    names = {"S": str(S), "text": '"http://e/s"'} | {n: f'"{n}"^^{INTEGER}' for n in "123"}
    assert solutions(store, query, x=S) == [tuple(names[cell] for cell in row) for row in rows]


@pytest.mark.parametrize(
    ("query", "term", "message", "column"),
    [
        ("SELECT * { BIND(1 AS ?x) }", S, "gives it a value", 22),
        ("SELECT * { VALUES ?x { 1 } }", S, "gives it values", 19),
        ("SELECT * { VALUES (?y ?x) { (1 2) } }", S, "gives it values", 23),
        ("SELECT * { ?s ?p ?o MINUS { ?x ?p ?o } }", S, "MINUS", 29),
        ("SELECT * { ?s ?p ?o MINUS { ?s ?p ?o FILTER(?x > 1) } }", S, "MINUS", 45),
        ("DESCRIBE ?x", Literal("a"), "only an IRI", 10),
        ("SELECT * { ?s ?p ?o FILTER(?o<?x&&?o>?s) }", S, "after a '<'", 30),
    ],
)
def test_where_no_value_can_stand_the_error_says_so(query: str, term: Term, message: str, column: int) -> None:
    """A value that would change what the query means, or cannot stand there, is refused with a place and a cure."""
    with pytest.raises(UsageError, match=message) as caught:
        EmbeddedStore().query(query, {"x": term})
    assert caught.value.place is not None
    assert caught.value.place.column == column
    assert caught.value.cure


def test_a_name_that_the_query_lacks_is_an_error() -> None:
    """A misspelt name is not silently without effect."""
    with pytest.raises(UsageError, match="no variable") as caught:
        EmbeddedStore().query("ASK { ?event ?p ?o }", {"evnt": S})
    assert caught.value.cure == "Did you mean ?event?"


def test_blank_nodes_are_refused() -> None:
    """A blank node in a query is a variable, so it cannot stand for one node."""
    with pytest.raises(UsageError, match="blank node"):
        EmbeddedStore().query("ASK { ?x ?p ?o }", {"x": BlankNode("b")})


def test_an_error_after_a_value_is_told_in_the_original_columns() -> None:
    """The place of a fault is that in the text which the user wrote, not in what the engine got."""
    query = "SELECT ?x (1 AS ?s) { ?x ?p ?o . ?s ?p ?o }"
    with pytest.raises(SyntaxFault) as caught:
        EmbeddedStore().query(query, {"x": NamedNode("http://e/" + "long" * 50)})
    assert caught.value.place is not None
    assert 1 <= (caught.value.place.column or 0) <= len(query) + 1
    assert caught.value.excerpt == query
