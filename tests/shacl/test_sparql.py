"""SPARQL-based constraints: asked once for all where that is the same, node by node or by pySHACL where it is not."""

from collections import Counter

import pytest
from tests.check.graphs import graph_of, quads_of
from tests.shacl.test_equal import both, counted

from saite.errors import DataError
from saite.shacl import validate
from saite.shacl.sparql import forbidden, is_set_wide
from saite.store import EmbeddedStore
from saite.store.tokens import tokenize

SET_WIDE = [
    "SELECT $this ?value { $this <http://e/p> ?value FILTER(?value < 2) }",
    "SELECT $this { $this <http://e/p> ?v . FILTER NOT EXISTS { $this <http://e/q> ?v } }",
    "SELECT ?this { FILTER(STRLEN(STR($this)) > 3) $this <http://e/p> ?v OPTIONAL { ?v <http://e/q> ?w } }",
    "SELECT $this ?value { $this <http://e/p> ?v OPTIONAL { $this <http://e/q> ?value } FILTER(BOUND(?value)) }",
    "SELECT $this ?value { $this a <http://e/C> { $this <http://e/p> ?value } UNION { $this <http://e/q> ?value } }",
    "SELECT DISTINCT $this { ?o <http://e/p> $this BIND(STR($this) AS ?text) FILTER(?text != '') } ORDER BY $this",
    "SELECT $this ?value { $this (<http://e/p>|<http://e/q>) ?value FILTER(isIRI(?value)) }",
    "SELECT $this { $this <http://e/p> ?v FILTER(EXISTS { ?x <http://e/q> $this } && ?v > 0) }",
]
GROUPED = [
    "SELECT $this (COUNT(?v) AS ?value) { $this <http://e/p> ?v } GROUP BY $this HAVING(COUNT(?v) > 1)",
    "SELECT $this ?value { $this <http://e/m> ?v } GROUP BY $this (STR(?v) AS ?value) ORDER BY ?value",
]
SET_WIDE += GROUPED
NODE_BY_NODE = [
    "SELECT $this { FILTER($this = <http://e/a>) }",
    "SELECT $this ?value { BIND(STR($this) AS ?value) $this <http://e/p> ?v }",
    "SELECT $this { OPTIONAL { $this <http://e/q> ?v } $this <http://e/p> ?w FILTER(!BOUND(?v)) }",
    "SELECT $this ?value { $this <http://e/p> ?v OPTIONAL { ?v <http://e/q> ?value FILTER(?v != $this) } }",
    "SELECT $this (COUNT(?v) AS ?value) { $this <http://e/p> ?v } HAVING(COUNT(?v) > 1)",
    "SELECT $this (COUNT(?v) AS ?value) { $this <http://e/p> ?v } GROUP BY (STR($this) AS ?text)",
    "SELECT $this ?value { $this <http://e/p> ?value } LIMIT 1",
    "SELECT $this ?value { { SELECT $this (MAX(?v) AS ?value) { $this <http://e/m> ?v } GROUP BY $this } }",
    "SELECT ?value { $this <http://e/p> ?value }",
    "SELECT $this ?value { { FILTER(isIRI($this)) } UNION { $this <http://e/p> ?x } ?y <http://e/q> ?value }",
]
DATA = """ex:a a ex:C ; ex:p 1 , 5 , ex:b ; ex:q 7 , ex:c . ex:b a ex:C ; ex:p 1 ; ex:q 1 , ex:a .
ex:c a ex:C ; ex:q 3 . ex:d a ex:C . ex:e a ex:C ; ex:p ex:e . ex:f a ex:C ; ex:p ex:g . ex:g ex:q ex:f .
ex:a ex:m 1 , 2 . ex:b ex:m 3 ."""


@pytest.mark.parametrize("text", SET_WIDE)
def test_queries_that_mean_the_same_for_all_are_asked_once(text: str) -> None:
    """The wording alone tells."""
    assert is_set_wide(tokenize(text))


@pytest.mark.parametrize("text", NODE_BY_NODE)
def test_queries_that_need_each_node_are_not(text: str) -> None:
    """In doubt, each node is asked for by itself."""
    assert not is_set_wide(tokenize(text))


ALIKE = [
    text
    for text in (*SET_WIDE, *NODE_BY_NODE)
    if not any(word in text for word in ("SELECT ?value", "LIMIT", "STR($this) AS ?text", "} HAVING"))
]
"""pySHACL needs ``$this`` projected; which row LIMIT leaves is open; and what is not grouped cannot be projected."""


@pytest.mark.parametrize("text", ALIKE)
def test_all_find_what_pyshacl_finds(text: str) -> None:
    """The same results, whichever way they were asked; six focus nodes are more than are asked for one by one."""
    shapes = f'ex:S sh:targetClass ex:C ; sh:sparql [ sh:select """{text}""" ] .'
    ours, reference = both(quads_of(DATA), quads_of(shapes))
    assert ours.handed == ()
    assert counted(ours) == counted(reference)


def test_a_query_is_asked_once_for_all_focus_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred focus nodes, one query."""
    asked: list[str] = []
    original = EmbeddedStore.query

    def counting(self: EmbeddedStore, text: str, bindings: object = None) -> object:
        asked.append(text)
        return original(self, text, bindings)  # type: ignore[arg-type]

    monkeypatch.setattr(EmbeddedStore, "query", counting)
    data = " ".join(f"ex:n{i} a ex:C ; ex:p {i} ." for i in range(100))
    shapes = (
        'ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this { $this <http://e/p> ?v FILTER(?v > 89) }" ] .'
    )
    report = validate(EmbeddedStore(quads_of(data)), graph_of(shapes))
    assert len(report.results) == 10
    assert len([text for text in asked if "e/p" in text]) == 1


def test_what_cannot_be_asked_is_handed_to_pyshacl() -> None:
    """A blank node cannot be put into a query: that shape, and no other, goes to pySHACL, and the report says so."""
    shapes = (
        'ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this { FILTER(isBlank($this)) }" ] .'
        "ex:T sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    )
    told: list[str] = []
    report = validate(EmbeddedStore(quads_of("[] a ex:C .")), graph_of(shapes), progress=told.append)
    assert Counter(result.component.rpartition("#")[2] for result in report.results) == Counter(
        ["SPARQLConstraintComponent", "MinCountConstraintComponent"]
    )
    ((shape, why),) = report.handed
    assert str(shape) == "<http://e/S>"
    assert "blank node" in why
    assert told == ["pySHACL: <http://e/S>"]


@pytest.mark.parametrize(
    ("shapes", "why"),
    [
        ("ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:node ex:S ] .", "refers to itself"),
        (
            'ex:S sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { ?this <http://e/p> ?v }" ] ;'
            " sh:class ex:D .",
            "target of its own kind",
        ),
    ],
)
def test_what_has_no_set_is_handed_too(shapes: str, why: str) -> None:
    """Recursive shapes, and SHACL Advanced Features."""
    ours, reference = both(quads_of(DATA), quads_of(shapes))
    assert counted(ours) == counted(reference)
    assert ours.remarks == reference.remarks
    assert [why in reason for _, reason in ours.handed] == [True]


def test_numbers_are_told_as_they_were_written() -> None:
    """The store keeps numbers by value: a value in a result is that of the data all the same."""
    text = "SELECT $this ?value { $this <http://e/p> ?value FILTER(?value < 9) }"
    shapes = f'ex:S sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select "{text}" ] .'
    data = " ".join(f'ex:n{i} ex:p "00{i}"^^xsd:int .' for i in range(8))
    ours, reference = both(quads_of(data), quads_of(shapes))
    assert ours.handed == ()
    assert counted(ours) == counted(reference)
    assert {str(result.value)[:5] for result in ours.results} == {f'"00{i}"' for i in range(8)}


def test_a_query_that_asks_how_a_number_is_written_is_handed() -> None:
    """``STR`` of a number that the store has changed."""
    text = "SELECT $this ?value { $this <http://e/p> ?value FILTER(STR(?value) = '007') }"
    shapes = f'ex:S sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select "{text}" ] .'
    data = 'ex:a ex:p "007"^^xsd:integer . ex:b ex:p 7 . ex:c ex:p 7 . ex:d ex:p 7 . ex:e ex:p 7 .'
    ours, reference = both(quads_of(data), quads_of(shapes))
    assert len(ours.results) == 1
    assert counted(ours) == counted(reference)
    assert "how numbers are written" in ours.handed[0][1]


COMPONENT = """ex:MaxWords a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ; sh:validator [
  a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER(STRLEN(REPLACE(STR($value), '[^ ]', '')) < $most) }" ] .
ex:Same a sh:ConstraintComponent ; sh:parameter [ sh:path ex:as ] ; sh:propertyValidator [
  a sh:SPARQLSelectValidator ;
  sh:select "SELECT $this ?value { $this $PATH ?value FILTER NOT EXISTS { $this $as ?value } }" ] .
"""


def test_components_of_a_site_are_judged() -> None:
    """ASK validators for each value, SELECT validators for each row; the value is told (SHACL 6.2.3)."""
    shapes = COMPONENT + "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; ex:most 2 ; ex:as ex:q ] ."
    data = 'ex:a a ex:C ; ex:p "a b c d" , "a" ; ex:q "a" . ex:b a ex:C ; ex:p "b" ; ex:q "b" .'
    report = validate(EmbeddedStore(quads_of(data)), graph_of(shapes))
    assert report.handed == ()
    found = [(r.component.rpartition("/")[2], str(r.focus), str(r.value)) for r in report.results]
    assert found == [("MaxWords", "<http://e/a>", '"a b c d"'), ("Same", "<http://e/a>", '"a b c d"')]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT $this { $this ?p ?o MINUS { $this <http://e/p> ?o } }", "MINUS"),
        ("SELECT $this { VALUES ?x { 1 } $this ?p ?x }", "VALUES"),
        ("SELECT $this { { SELECT ?x { ?x ?p ?o } } $this ?p ?o }", "nested SELECT"),
        ("SELECT $this { BIND(<http://e/a> AS $this) }", "another value"),
    ],
)
def test_what_the_standard_forbids_is_told(text: str, message: str) -> None:
    """By the engine itself, as it may be used without the check's reading of the shapes."""
    found = forbidden(tokenize(text))
    assert found is not None
    assert message in found[1]
    shapes = graph_of(f'ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "{text}" ] .')
    with pytest.raises(DataError, match=message) as caught:
        validate(EmbeddedStore(quads_of(DATA)), shapes)
    assert caught.value.cure


def test_a_count_on_a_node_shape_is_told() -> None:
    """The standard has it on property shapes only."""
    with pytest.raises(DataError, match="sh:minCount stands on a node shape"):
        validate(EmbeddedStore(quads_of(DATA)), graph_of("ex:S sh:targetClass ex:C ; sh:minCount 1 ."))


def test_a_number_of_another_node_is_told_by_pyshacl() -> None:
    """The focus node does not have it, so that its form cannot be told here."""
    text = "SELECT $this ?value { $this <http://e/next> ?other . ?other <http://e/p> ?value FILTER(?value < 9) }"
    shapes = f'ex:S sh:targetSubjectsOf ex:next ; sh:sparql [ sh:select "{text}" ] .'
    data = " ".join(f'ex:n{i} ex:p "00{i}"^^xsd:int ; ex:next ex:n{i + 1} .' for i in range(8))
    ours, reference = both(quads_of(data), quads_of(shapes))
    assert counted(ours) == counted(reference)
    assert ["cannot be told" in why for _, why in ours.handed] == [True]


def test_a_validator_that_asks_how_a_value_is_written_is_handed() -> None:
    """An ASK with a bound number that the store would read by value."""
    data = 'ex:a a ex:C ; ex:p "007"^^xsd:integer .'
    ours, reference = both(
        quads_of(data),
        quads_of(COMPONENT + "ex:S sh:targetClass ex:C ; sh:property ex:P . ex:P sh:path ex:p ; ex:most 1 ."),
    )
    assert [result.component for result in ours.results] == [result.component for result in reference.results]
    assert "how numbers are written" in ours.handed[0][1]
