"""Lexical spaces and order, by the standards and beside rdflib."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.namespaces import XSD
from saite.shacl.values import LEXICAL, less
from saite.terms import BlankNode, Literal, NamedNode, Term

WELL_FORMED = {
    "integer": ["0", "-1", "+007", "9" * 40],
    "byte": ["-128", "127", "+00000000000000000000000000127"],
    "unsignedLong": ["18446744073709551615"],
    "nonNegativeInteger": ["0", "-0", "9" * 30],
    "decimal": ["1", "1.", ".5", "-1.50"],
    "double": ["1", "1e5", "-INF", "NaN", ".5E-3"],
    "boolean": ["true", "false", "0", "1"],
    "date": ["2020-02-29", "-0044-03-15", "12020-01-01Z", "2020-01-01+14:00"],
    "dateTime": ["2020-01-01T24:00:00", "2020-01-01T23:59:59.999-05:00"],
    "time": ["24:00:00", "00:00:00.0Z"],
    "gYear": ["2020", "-0001", "0000"],
    "gMonthDay": ["--02-29"],
    "duration": ["P1Y", "-P1DT2H3M4.5S", "PT0S"],
    "dayTimeDuration": ["P1D", "PT1S"],
    "hexBinary": ["", "0aF9"],
    "base64Binary": ["", "aGk=", "aGkh", "aA =="],
    "language": ["lv", "en-GB"],
    "token": ["a b", ""],
    "NCName": ["ābols", "_x-1"],
    "Name": ["a:b"],
}
ILL_FORMED = {
    "integer": ["", "1.0", "1_0", " 1", "1e1", "١"],
    "byte": ["128", "-129"],
    "unsignedLong": ["18446744073709551616", "-1"],
    "nonNegativeInteger": ["-1", "-" + "9" * 30],
    "decimal": ["1e1", ".", "+-1"],
    "double": ["1e", "inf", "nan", "Infinity"],
    "boolean": ["True", "yes", ""],
    "date": ["2019-02-29", "1900-02-29", "2020-13-01", "2020-1-1", "020-01-01", "2020-01-01+14:01", "2020-01-01 "],
    "dateTime": ["2020-01-01", "2020-01-01T24:00:01", "2020-01-01T10:60:00", "2020-01-01T10:00"],
    "time": ["25:00:00", "10:00"],
    "gYear": ["20", "02020"],
    "gMonthDay": ["--02-30", "--04-31"],
    "duration": ["P", "PT", "P1DT", "1Y", "P1S"],
    "dayTimeDuration": ["P1Y", "PT"],
    "hexBinary": ["0", "0g"],
    "base64Binary": ["a", "aGk", "aGk=="],
    "language": ["", "languagetag", "e_n"],
    "token": [" a", "a  b", "a\nb"],
    "NCName": ["a:b", "1a", ""],
    "Name": ["1a"],
}


@pytest.mark.parametrize("name", WELL_FORMED)
def test_lexical_spaces(name: str) -> None:
    """Texts at the edges of each datatype (XML Schema 1.1, part 2)."""
    judge = LEXICAL[XSD + name]
    assert [text for text in WELL_FORMED[name] if not judge(text)] == []
    assert [text for text in ILL_FORMED[name] if judge(text)] == []


@given(st.dates())
def test_every_day_is_a_date(day: datetime.date) -> None:
    """What Python calls a day is one, and the day after the last of a month is none."""
    assert LEXICAL[XSD + "date"](day.isoformat())
    after = (day + datetime.timedelta(1)) if day < datetime.date.max else day
    if after.month != day.month:
        assert not LEXICAL[XSD + "date"](f"{day.isoformat()[:8]}{day.day + 1:02}")


def _number(value: int | Decimal) -> Literal:
    kind = "integer" if isinstance(value, int) else "decimal"
    return Literal(f"{value:f}" if isinstance(value, Decimal) else str(value), datatype=NamedNode(XSD + kind))


numbers = st.one_of(
    st.integers(-(10**12), 10**12), st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=3)
)


@given(numbers, numbers)
def test_numbers_have_the_order_of_their_values(a: int | Decimal, b: int | Decimal) -> None:
    """Integers and decimals, mixed."""
    one, other = _number(a), _number(b)
    assert less(one, other) == (a < b)
    assert less(one, other, or_equal=True) == (a <= b)


@given(st.dates(), st.dates())
def test_dates_have_their_order(a: datetime.date, b: datetime.date) -> None:
    """Days without a time zone, compared as texts or as dates."""
    one, other = (Literal(day.isoformat(), datatype=NamedNode(XSD + "date")) for day in (a, b))
    assert less(one, other) == (a < b)
    assert less(one, other, or_equal=True) == (a <= b)


NO_ORDER: list[tuple[Term, Term]] = [
    (Literal("1"), Literal("1", datatype=NamedNode(XSD + "integer"))),
    (Literal("a", language="en"), Literal("b", language="en")),
    (NamedNode("http://e/a"), NamedNode("http://e/b")),
    (BlankNode("a"), Literal("b")),
    (Literal("1", datatype=NamedNode(XSD + "byte")), Literal("300", datatype=NamedNode(XSD + "byte"))),
    (Literal("2019-02-30", datatype=NamedNode(XSD + "date")), Literal("2020-01-01", datatype=NamedNode(XSD + "date"))),
]


@pytest.mark.parametrize(("one", "other"), NO_ORDER)
def test_some_terms_have_no_order(one: Term, other: Term) -> None:
    """Neither is less than the other, nor equal (SPARQL 1.1, 17.3)."""
    for a, b in ((one, other), (other, one)):
        assert not less(a, b)
        assert not less(a, b, or_equal=True)


def test_times_with_zones_have_the_order_of_instants() -> None:
    """Not that of their texts."""
    early = Literal("2020-01-01T10:00:00+03:00", datatype=NamedNode(XSD + "dateTime"))
    late = Literal("2020-01-01T08:00:00Z", datatype=NamedNode(XSD + "dateTime"))
    assert less(early, late)
    assert not less(late, early)
