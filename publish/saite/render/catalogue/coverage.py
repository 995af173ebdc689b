"""The time that data cover: the least and the greatest date in them."""

from collections.abc import Iterator
from typing import Final

from saite.language import Moment, moment
from saite.namespaces import DCT, PREFIXES, XSD
from saite.site.model import Site
from saite.terms import Literal

_DATATYPES: Final = frozenset(XSD + name for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"))

_OF_RECORDS: Final = frozenset(
    (
        *(DCT + name for name in ("issued", "modified", "created", "available", "valid", "date")),
        *(DCT + name for name in ("dateSubmitted", "dateAccepted", "dateCopyrighted")),
        *(PREFIXES["prov"] + name for name in ("generatedAtTime", "invalidatedAtTime", "atTime")),
        *(
            f"{scheme}://schema.org/{name}"
            for scheme in ("http", "https")
            for name in ("dateModified", "dateCreated", "datePublished", "sdDatePublished", "expires")
        ),
        PREFIXES["dc"] + "date",
    )
)
"""Properties that tell when something was written down or published, which is not what the data are about."""

_PLACEHOLDERS: Final = (1, 9999)
"""Years that stand for "unknown" and "for ever"."""


def extent(site: Site) -> tuple[Literal, Literal] | None:
    """The least and the greatest date in the data, as they are written there; None if there are none.

    Dates of records (``dct:modified`` and the like) do not count, nor do the years 1 and 9999. Of dates that begin
    together the least precise is the least, and of those that end together it is the greatest: what is said of 2012
    covers the whole year.
    """
    least: tuple[tuple[object, ...], Literal] | None = None
    greatest: tuple[tuple[object, ...], Literal] | None = None
    for value, literal in _dates(site):
        begin, end = (*_begin(value), literal.value), (*_end(value), literal.value)
        if least is None or begin < least[0]:
            least = begin, literal
        if greatest is None or end > greatest[0]:
            greatest = end, literal
    return (least[1], greatest[1]) if least is not None and greatest is not None else None


def _begin(value: Moment) -> tuple[int, int, int, str]:
    return (value.year, value.month or 0, value.day or 0, value.time)


def _end(value: Moment) -> tuple[int, int, int, str]:
    return (value.year, value.month or 13, value.day or 32, value.time or "24")


def _dates(site: Site) -> Iterator[tuple[Moment, Literal]]:
    """The dates of properties that may have some."""
    for node, kinds in site.kinds.items():
        if node.value in _OF_RECORDS or not _DATATYPES & kinds:
            continue
        for quad in site.quads(None, node):
            literal = quad.object
            if isinstance(literal, Literal) and (value := _moment(literal)) is not None:
                yield value, literal


def _moment(literal: Literal) -> Moment | None:
    datatype = literal.datatype.value
    if datatype not in _DATATYPES:
        return None
    value = moment(literal.value, datatype.removeprefix(XSD))
    return value if value is not None and value.year not in _PLACEHOLDERS else None
