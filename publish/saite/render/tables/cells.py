"""Which terms a cell can hold so that a converter (W3C, Generating RDF from Tabular Data on the Web) gives them back.

What it cannot hold stands beside, in a column that converters leave out: blank nodes, empty texts (which are no value
to CSV), literals that do not have the form of their datatype, and texts that a spreadsheet would take for a formula.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from saite.language import moment
from saite.namespaces import RDF, XSD
from saite.terms import Literal, NamedNode, Term

MEMBERS: Final = re.compile("[|]+")
"""What a separator between the values of a cell must be longer than: runs of bars in the values."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_HARMLESS: Final = re.compile(r"[+-][0-9\s().,:/+-]*", re.ASCII)
_UNKEPT: Final = re.compile(r"/\.\.?(?:[/?#]|$)|%(?![0-9A-Fa-f]{2})")
_SCHEME: Final = re.compile("([A-Za-z][A-Za-z0-9+.-]*):")
_INTEGER: Final = re.compile("[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_DOUBLE: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|-?INF|NaN")
_BOOLEAN: Final = re.compile("true|false|0|1")
_TIME: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-][01][0-9]:[0-5][0-9])?")
_DURATION: Final = re.compile(
    r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
)
_ADDRESS: Final = re.compile(r"[^\s<>\"{}|\\^`]+")
_BYTES: Final = re.compile("(?:[0-9A-Fa-f]{2})+")

_BOUNDS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
INTEGERS: Final = frozenset(XSD + name for name in _BOUNDS)
"""Datatypes of whole numbers."""

FRACTIONS: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))
"""Datatypes of other numbers."""

BOOLEAN: Final = XSD + "boolean"
DATE: Final = XSD + "date"
YEAR: Final = XSD + "gYear"
STRING: Final = XSD + "string"


def _whole(name: str) -> Callable[[str], object]:
    least, most = _BOUNDS[name]

    def check(text: str) -> bool:
        if not _INTEGER.fullmatch(text) or len(text) > 1000:
            return False
        number = int(text)
        return (least is None or number >= least) and (most is None or number <= most)

    return check


def _of_time(name: str) -> Callable[[str], object]:
    return lambda text: text == text.strip() and moment(text, name)


_FORMS: Final[Mapping[str, Callable[[str], object]]] = {
    **{XSD + name: _whole(name) for name in _BOUNDS},
    **{XSD + name: _of_time(name) for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth")},
    XSD + "decimal": _DECIMAL.fullmatch,
    XSD + "double": _DOUBLE.fullmatch,
    XSD + "float": _DOUBLE.fullmatch,
    BOOLEAN: _BOOLEAN.fullmatch,
    XSD + "time": _TIME.fullmatch,
    XSD + "duration": _DURATION.fullmatch,
    XSD + "anyURI": _ADDRESS.fullmatch,
    XSD + "hexBinary": _BYTES.fullmatch,
}
"""The datatypes of XML Schema that cells are given, with the forms of their values (XML Schema 1.1 part 2, 3)."""

_PREFIXES: Final = frozenset(
    re.findall(
        r"\w+",
        """as cc csvw ctag dc dc11 dcat dcterms dctypes dqv duv foaf gr grddl ical icaltzd jsonld ldp ma oa odrl og org
        owl prov ptr qb rdf rdfa rdfs rev rif rr schema sd sioc skos skosxl sosa ssn time v vann vcard void wdr wdrs
        xhv xml xsd""",
    )
)
"""Prefixes that CSVW knows (those of the RDFa core initial context)."""

_BUILT_IN: Final = frozenset((RDF + "HTML", RDF + "XMLLiteral", "http://www.w3.org/ns/csvw#JSON"))


def datatype(iri: str) -> str | dict[str, str]:
    """A datatype as CSVW metadata name it (Metadata Vocabulary for Tabular Data, 5.11).

    Those that it does not know are texts by their own name, so that nothing of them is lost.
    """
    return iri.removeprefix(XSD) if iri.startswith(XSD) else {"base": "string", "@id": iri}


def fits(term: Term) -> bool:
    """Whether a cell can hold a term as what it is."""
    if type(term) is NamedNode:
        return names(term.value)
    if type(term) is not Literal or not term.value:
        return False
    iri = term.datatype.value
    form = _FORMS.get(iri)
    if form is not None:
        return bool(form(term.value))
    if formula(term.value) or iri in _BUILT_IN:
        return False
    return iri == STRING or not iri.startswith(XSD)


def names(iri: str) -> bool:
    """Whether a URI template gives an IRI back, but for letters beyond ASCII, which it writes as octets (RFC 6570).

    A converter takes the beginning of an IRI for a prefix if it is one (5.1.3), and resolves dots in its path.
    """
    scheme = _SCHEME.match(iri)
    return scheme is not None and scheme[1] not in _PREFIXES and not _UNKEPT.search(iri)


def formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula: it begins as one, and is no number, date or telephone."""
    return text.startswith(_FORMULA) and not _HARMLESS.fullmatch(text)


def unsigned_first(texts: list[str]) -> list[str]:
    """Several values of a cell, of which that comes first that begins no formula, if there is one."""
    return sorted(texts, key=_signed) if len(texts) > 1 and _signed(texts[0]) else texts


def _signed(text: str) -> bool:
    return text.startswith(_FORMULA)


def guarded(text: str) -> str:
    """A text with an apostrophe before it where a spreadsheet may take it for a formula."""
    return f"'{text}" if formula(text) else text


def simple(iri: str, value: str) -> bool:
    """Whether a value has the plain form that spreadsheets, Parquet and Frictionless have a type for."""
    if iri in INTEGERS:
        return len(value) <= 18
    if iri == DATE:
        return len(value) == 10
    if iri == YEAR:
        return len(value) == 4
    return iri == BOOLEAN or iri in FRACTIONS
