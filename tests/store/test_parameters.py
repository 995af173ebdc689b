"""Parameters of named queries."""

import pytest

from saite.errors import UsageError
from saite.namespaces import XSD
from saite.store.parameters import Parameter, term, values
from saite.terms import Literal, NamedNode, Term


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("iri", "https://e/x", NamedNode("https://e/x")),
        ("iri", " <urn:x:y> ", NamedNode("urn:x:y")),
        ("iri", "skos:Concept", NamedNode("http://www.w3.org/2004/02/skos/core#Concept")),
        ("string", ' "a" ', Literal(' "a" ')),
        ("lang", "lv", Literal("lv")),
        ("lang", "en-GB", Literal("en-gb")),
        ("date", "2019-03-12", Literal("2019-03-12", datatype=NamedNode(XSD + "date"))),
        ("date", "2019-03", Literal("2019-03", datatype=NamedNode(XSD + "gYearMonth"))),
        ("date", "2019", Literal("2019", datatype=NamedNode(XSD + "gYear"))),
        ("integer", "+007", Literal("7", datatype=NamedNode(XSD + "integer"))),
    ],
)
def test_what_a_user_types_becomes_a_term(kind: str, text: str, expected: Term) -> None:
    """Each kind makes the term that a query compares with."""
    assert term(Parameter("x", kind), text) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("iri", "not an iri"),
        ("iri", "nowhere"),
        ("iri", "http://e/a b"),
        ("iri", ""),
        ("lang", "latvian language"),
        ("lang", ""),
        ("date", "12.03.2019"),
        ("date", "2019-02-30"),
        ("date", "2019-13"),
        ("date", "0000"),
        ("integer", "1.5"),
        ("integer", "many"),
        ("integer", "9" * 5000),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(kind: str, text: str) -> None:
    """The error names the parameter and what it should look like."""
    with pytest.raises(UsageError, match=r"^x: ") as caught:
        term(Parameter("x", kind), text)
    assert caught.value.cure
    assert len(caught.value.message) < 120


def test_defaults_hold_and_missing_values_are_named() -> None:
    """What the user leaves out is the default; without one he is asked for it."""
    parameters = [Parameter("lang", "lang", "lv"), Parameter("event", "iri")]
    assert values(parameters, {"event": "http://e/x"}) == {"lang": Literal("lv"), "event": NamedNode("http://e/x")}
    with pytest.raises(UsageError, match="needs a value for event"):
        values(parameters, {})
    with pytest.raises(UsageError, match="no parameter 'evnt'") as caught:
        values(parameters, {"evnt": "http://e/x"})
    assert caught.value.cure == "Did you mean event?"
    with pytest.raises(UsageError) as caught:
        values([], {"x": "1"})
    assert caught.value.cure == "It has no parameters."
