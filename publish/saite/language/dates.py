"""Dates and spans of time in full words, at the precision that the data has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from saite.language.locales import locale_of


class Moment(NamedTuple):
    """A date at its precision, as XML Schema has it.

    Attributes:
        year, month, day: 1-based; month and day are None where the date is less precise.
        time: ``HH:MM`` for an xsd:dateTime, else "".
        zone: ``UTC`` or ``UTC+02:00``; "" if the value has no time zone.
    """

    year: int
    month: int | None = None
    day: int | None = None
    time: str = ""
    zone: str = ""


_LEXICAL: Final = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d):\d\d(?:\.\d+)?)?)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_PRECISION: Final = {"gYear": 1, "gYearMonth": 2, "date": 3, "dateTime": 4, "dateTimeStamp": 4}
"""How many of year, month, day and time a datatype has."""


def moment(lexical: str, datatype: str) -> Moment | None:
    """A lexical form of ``gYear``, ``gYearMonth``, ``date``, ``dateTime`` or ``dateTimeStamp`` (XSD 1.1 part 2, 3.3).

    None for anything else, for years outside 1-9999, and for days that no calendar has.
    """
    match = _LEXICAL.fullmatch(lexical.strip(" \t\r\n")) if datatype in _PRECISION else None
    if match is None:
        return None
    *parts, zone = match.groups()
    if 4 - parts.count(None) != _PRECISION[datatype]:
        return None
    year, month, day = (int(part) if part else None for part in parts[:3])
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and not 1 <= day <= _days(year, month or 1):
        return None
    if zone:
        zone = "UTC" if zone in ("Z", "+00:00", "-00:00") else f"UTC{zone}"
    return Moment(year, month, day, parts[3] or "", zone or "")


def _days(year: int, month: int) -> int:
    """How many days a month has (the standard library's calendar would cost each start of the program)."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Full date patterns of a language: y year, d day, m month as in a date, M month standing alone."""

    day: str
    month: str
    year: str
    days: str
    days_of_months: str
    months: str
    years: str
    time: str


_PATTERNS: Final[dict[str, _Patterns]] = {
    "lv": _Patterns(
        day="{y}. gada {d}. {m}",
        month="{y}. gada {M}",
        year="{y}. gads",
        days="{y}. gada {d}.–{d2}. {m}",
        days_of_months="{y}. gada {d}. {m} – {d2}. {m2}",
        months="{y}. gada {M}–{M2}",
        years="{y}.–{y2}. gads",
        time="{date} plkst. {time}",
    ),
    "en": _Patterns(
        day="{d} {m} {y}",
        month="{M} {y}",
        year="{y}",
        days="{d}–{d2} {m} {y}",
        days_of_months="{d} {m} – {d2} {m2} {y}",
        months="{M}–{M2} {y}",
        years="{y}–{y2}",
        time="{date}, {time}",
    ),
    "ru": _Patterns(
        day="{d} {m} {y} г.",
        month="{M} {y} г.",
        year="{y} год",
        days="{d}–{d2} {m} {y} г.",
        days_of_months="{d} {m} – {d2} {m2} {y} г.",
        months="{M}–{M2} {y} г.",
        years="{y}–{y2} гг.",
        time="{date}, {time}",
    ),
}


@lru_cache(maxsize=256)
def _months(language: str) -> tuple[Mapping[int, str], Mapping[int, str]]:
    from babel.dates import get_month_names

    locale = locale_of(language)
    return get_month_names("wide", "format", locale), get_month_names("wide", "stand-alone", locale)


@lru_cache(maxsize=4096)
def _of_months(pattern: str, language: str, start: int, end: int) -> str:
    """A pattern with the names of its months."""
    dated, alone = _months(language)
    names = {"{m}": dated[start], "{m2}": dated[end], "{M}": alone[start], "{M2}": alone[end]}
    for mark, name in names.items():
        pattern = pattern.replace(mark, name)
    return pattern


def _fill(pattern: str, language: str, start: Moment, end: Moment | None = None) -> str:
    last = end or start
    named = _of_months(pattern, language, start.month or 1, last.month or 1)
    return named.format(y=start.year, y2=last.year, d=start.day, d2=last.day)


def format_moment(value: Moment, language: str) -> str:
    """A date in full words at its precision: ``2019. gada 11. decembris``, ``December 2019``, ``2014. gads``."""
    patterns = _PATTERNS.get(language.partition("-")[0].lower())
    if patterns is None:
        text = _babel_date(value, language)
    elif value.month is None:
        text = _fill(patterns.year, language, value)
    else:
        text = _fill(patterns.month if value.day is None else patterns.day, language, value)
    if value.time:
        text = (patterns.time if patterns else "{date} {time}").format(date=text, time=value.time)
    return f"{text} ({value.zone})" if value.zone else text


def _babel_date(value: Moment, language: str) -> str:
    from datetime import date

    from babel.dates import format_date, format_skeleton

    locale = locale_of(language)
    day = date(value.year, value.month or 1, value.day or 1)
    if value.day is not None:
        return format_date(day, "long", locale)
    return format_skeleton("yMMMM" if value.month else "y", day, locale=locale)


def format_range(start: Moment, end: Moment, language: str) -> str:
    """A span of days, months or years in full words: ``2019. gada 11.–13. decembris``."""
    patterns = _PATTERNS.get(language.partition("-")[0].lower())
    same_kind = (start.month is None, start.day is None) == (end.month is None, end.day is None)
    if start == end:
        return format_moment(start, language)
    if patterns and same_kind and not (start.time or end.time or start.zone or end.zone):
        if start.month is None:
            return _fill(patterns.years, language, start, end)
        if start.year == end.year:
            if start.day is None:
                return _fill(patterns.months, language, start, end)
            pattern = patterns.days if start.month == end.month else patterns.days_of_months
            return _fill(pattern, language, start, end)
    return f"{format_moment(start, language)} – {format_moment(end, language)}"
