"""From the rows of an answer to what is drawn: things, dates, numbers, places. What cannot be drawn is counted."""

import re
from collections.abc import Container, Iterator, Mapping
from math import isfinite
from typing import Final

from saite import language as languages
from saite.language import Moment, moment
from saite.namespaces import XSD
from saite.render.html.edition import Edition
from saite.render.html.table import Table, clean
from saite.render.html.views.chart import Bar
from saite.render.html.views.network import Tie
from saite.render.html.views.pen import Link
from saite.render.html.views.plot import Area, Place
from saite.render.html.views.timeline import Item, spans
from saite.site.model import Answer
from saite.terms import BlankNode, Literal, NamedNode, Term

Cells = Mapping[str, Term | None]

_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}")
_LONGEST: Final = 20  # characters of a number
_BY_LENGTH: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Marks:
    """Makes marks for a page of one language.

    Args:
        edition: the site in that language.
        table: the links of the page.
    """

    def __init__(self, edition: Edition, table: Table) -> None:
        self._edition = edition
        self._table = table

    def items(self, answer: Answer) -> tuple[list[Item], int]:
        """What a timeline shows: ``?item ?start ?end ?group``; and how many rows have no date that is one."""
        found: dict[Item, None] = {}
        undrawn = 0
        for cells in rows_of(answer):
            start, end = _moment(cells["start"]), _moment(cells.get("end"))
            if start is None or (term := cells["item"]) is None:
                undrawn += 1
                continue
            extent, sure = spans(start, end)
            when = self._when(start, end)
            found.setdefault(Item(self.link(term), extent, sure, self._group(cells.get("group")), when))
        return [*found], undrawn

    def _group(self, term: Term | None) -> str:
        """What a group is called: of a class, what several of its things are."""
        if isinstance(term, NamedNode) and term.value in self._edition.site.config.plurals:
            return clean(self._edition.several(term)[0])
        return self._name(term)

    def when(self, start: Term | None, end: Term | None) -> str:
        """A time in words, from one or two dates; "" where there is no date that is one."""
        began = _moment(start)
        return self._when(began, _moment(end)) if began is not None else ""

    def _when(self, start: Moment, end: Moment | None) -> str:
        language = self._edition.interface.language
        if end is not None and spans(start, end)[0][1] > spans(start, None)[0][1]:
            return languages.format_range(start, end, language)
        return languages.format_moment(start, language)

    def bars(self, answer: Answer) -> tuple[list[Bar], int]:
        """What a chart shows: ``?label ?value ?series``; and how many rows have no number."""
        found: list[Bar] = []
        undrawn = 0
        for cells in rows_of(answer):
            value, term = _number(cells["value"]), cells["label"]
            if value is None or term is None:
                undrawn += 1
                continue
            found.append(Bar(self.link(term), value, self._said(cells["value"]), self._name(cells.get("series"))))
        return found, undrawn

    def ties(self, answer: Answer) -> tuple[list[Link], list[Tie], int]:
        """What a network shows: ``?from ?to ?weight ?kind``; a pair that is told both ways is one tie."""
        places: dict[Term, int] = {}
        found: dict[tuple[int, int, str], Tie] = {}
        undrawn = 0
        for cells in rows_of(answer):
            start, end = cells["from"], cells["to"]
            weight = _number(cells.get("weight"))
            if start is None or end is None or start == end or (weight is not None and weight < 0):
                undrawn += 1
                continue
            one, two = sorted(places.setdefault(term, len(places)) for term in (start, end))
            kind = self._name(cells.get("kind"))
            tie = Tie(one, two, 1.0 if weight is None else weight, self._said(cells.get("weight")), kind)
            known = found.get((one, two, kind))
            if known is None or known.weight < tie.weight:
                found[one, two, kind] = tie
        return [self.link(term) for term in places], [*found.values()], undrawn

    def places(self, answer: Answer, drawable: Container[str]) -> tuple[list[Place], list[Area], int]:
        """What a map shows: ``?place ?lat ?long ?code ?label ?size``; the sizes of one place are added.

        Args:
            answer: the rows.
            drawable: codes of countries of which there are outlines: they are areas. What has another code or none is
                a place, if the row has a position.
        """
        found: dict[tuple[Term, str, float, float], tuple[Link, float | None]] = {}
        undrawn = 0
        for cells in rows_of(answer):
            term = cells["place"]
            code = _code(cells.get("code"))
            lat, long = (0.0, 0.0) if code in drawable else (_number(cells.get("lat")), _number(cells.get("long")))
            if lat is None or long is None or term is None or abs(lat) > 90 or abs(long) > 180:
                undrawn += 1
                continue
            label = cells.get("label")
            link = self.link(term)
            if label is not None:
                link = Link(self._name(label), self._tag(label), link.href)
            key = (term, code if code in drawable else "", lat, long)
            before, size = found.get(key, (link, None))
            more = _number(cells.get("size"))
            if more is not None and more >= 0:
                size = (size or 0) + more
            found[key] = (before, size)
        places: list[Place] = []
        areas: list[Area] = []
        for (_, code, lat, long), (link, size) in found.items():
            shown = self._edition.number(f"{size:.10g}") if size is not None else ""
            if code:
                areas.append(Area(link, code, size, shown))
            else:
                places.append(Place(link, lat, long, size, shown))
        return places, areas, undrawn

    def link(self, term: Term) -> Link:
        """A term's name, and where its page is."""
        return Link(self._name(term), self._tag(term), self._table.address(term))

    def _name(self, term: Term | None) -> str:
        if term is None:
            return ""
        if type(term) is BlankNode and not self._edition.site.labels.all(term):
            return self._edition.gettext("unnamed node")
        found = _moment(term, strict=True)
        if found is not None and found.month is not None:
            return languages.format_moment(found, self._edition.interface.language)
        return clean(self._table.text(term)[0])

    def _tag(self, term: Term) -> str:
        tag = self._table.text(term)[1]
        return tag if tag.lower() != self._edition.interface.language.lower() else ""

    def _said(self, term: Term | None) -> str:
        if type(term) is not Literal:
            return ""
        text = term.value.strip()
        return self._edition.number(text if len(text) <= _LONGEST else f"{float(text):.10g}")


def rows_of(answer: Answer) -> Iterator[Cells]:
    """The rows of an answer, their cells by variable."""
    for row in answer.rows:
        yield dict(zip(answer.variables, row, strict=True))


def _moment(term: Term | None, *, strict: bool = False) -> Moment | None:
    """A date: by its datatype, or (as queries cut dates out of texts) by its looks."""
    if type(term) is not Literal:
        return None
    namespace, _, name = term.datatype.value.partition("#")
    found = moment(term.value, name) if f"{namespace}#" == XSD else None
    if found is None and not strict and _DATE.fullmatch(term.value):
        found = moment(term.value, _BY_LENGTH[len(term.value)])
    return found


def _code(term: Term | None) -> str:
    """A code of M49 with its three digits, also where the data have it as a number; "" if there is none."""
    return term.value.strip().zfill(3) if type(term) is Literal else ""


def _number(term: Term | None) -> float | None:
    if type(term) is not Literal:
        return None
    try:
        value = float(term.value)
    except (ValueError, OverflowError):
        return None
    return value if isfinite(value) and abs(value) < 1e15 else None
