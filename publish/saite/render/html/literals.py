"""Typed literals as markup: dates at their precision, numbers, truth values, addresses; the rest with its datatype."""

import re
from typing import Final

from markupsafe import Markup, escape

from saite import language as languages
from saite.namespaces import PREFIXES, RDF, XSD
from saite.render.html.edition import Edition
from saite.render.html.table import Table, clean, element
from saite.terms import Literal

_NUMBERS: Final = frozenset(
    XSD + name
    for name in re.findall(
        r"\w+",
        "integer decimal double float long int short byte nonNegativeInteger positiveInteger nonPositiveInteger "
        "negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte",
    )
)
_CODE: Final = frozenset(
    (
        RDF + "HTML",
        RDF + "XMLLiteral",
        RDF + "JSON",
        XSD + "base64Binary",
        XSD + "hexBinary",
        PREFIXES["geosparql"] + "wktLiteral",
        PREFIXES["geosparql"] + "gmlLiteral",
    )
)


def typed(literal: Literal, edition: Edition, table: Table) -> Markup | None:
    """A literal whose datatype says how to show it; None if the text itself and its datatype are all there is.

    Ill-typed literals (RDF 1.1 Concepts section 3.3) are legal and show as what they are.
    """
    datatype, text = literal.datatype.value, literal.value
    if datatype.startswith(XSD):
        value = languages.moment(text, datatype[len(XSD) :])
        if value is not None:
            shown = languages.format_moment(value, edition.interface.language)
            return element("time", f' datetime="{escape(_machine(value, text))}"', shown)
        if datatype in _NUMBERS:
            shown = edition.number(text)
            return escape(clean(text)) if shown == text else element("data", f' value="{escape(text)}"', shown)
        if datatype == XSD + "boolean" and text in ("true", "1", "false", "0"):
            shown = edition.gettext("yes") if text in ("true", "1") else edition.gettext("no")
            return element("data", f' value="{text}"', shown)
        if datatype == XSD + "anyURI":
            return table.external(text)
    if datatype in _CODE:
        return element("code", "", clean(text))
    return None


def _machine(value: languages.Moment, lexical: str) -> str:
    """A date as HTML's ``datetime`` attribute takes it (HTML 4.5.14): no zone on days, seconds without fraction."""
    text = lexical.strip(" \t\r\n")
    if value.day is None:
        return text[:4] if value.month is None else text[:7]
    if not value.time:
        return text[:10]
    zone = "Z" if value.zone == "UTC" else value.zone.removeprefix("UTC")
    return text[:19] + zone
