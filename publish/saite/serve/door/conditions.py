"""Preconditions, ranges and codings of content (RFC 9110, sections 8.4, 13 and 14)."""

import re
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import Final

from saite.serve.negotiate import elements

_TAG: Final = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)  # no file has more


def matches(field: str, tag: str, *, weakly: bool) -> bool:
    """Whether a list of entity tags has this one, or is ``*`` (RFC 9110, 8.8.3.2)."""
    if field.strip() == "*":
        return True
    given = _TAG.findall(field)
    return tag in ([one.removeprefix("W/") for one in given] if weakly else given)


def unchanged(field: str, modified: str) -> bool:
    """Whether what was modified then has not been since the date of a field; no date is no condition."""
    since, then = _date(field), _date(modified)
    return since is not None and then is not None and then <= since


@lru_cache(maxsize=4096)
def last_modified(when: str) -> str:
    """A value of xsd:date or xsd:dateTime as a header field has it (RFC 9110, 5.6.7); "" if there is none.

    A date without a time means its beginning, a time without a zone is taken for UTC.
    """
    if not when:
        return ""
    try:
        found = datetime.fromisoformat(when) if "T" in when else datetime.combine(_day(when), datetime.min.time())
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return format_datetime(found.astimezone(UTC).replace(microsecond=0), usegmt=True)
    except (ValueError, OverflowError):
        return ""


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])  # xsd:date may have a zone, which says nothing of use about a day


def _date(field: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(field)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


class Unsatisfiable(Exception):
    """A range that lies beyond the end."""


def span(field: str, size: int) -> tuple[int, int] | None:
    """First byte and length of the range that a client asks for; None: all of it.

    Several ranges at once, and other units, get the whole, which is a right answer to each of them (RFC 9110, 14.2).

    Raises:
        Unsatisfiable: 416.
    """
    found = _RANGE.fullmatch(field.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if length == 0:
            raise Unsatisfiable
        return size - length, length
    first = int(found[1])
    last = int(found[2]) if found[2] else size - 1
    if found[2] and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, min(last, size - 1) - first + 1


@lru_cache(maxsize=1024)
def wants_gzip(field: str) -> bool:
    """Whether a client takes gzip, and likes it no less than the bytes as they are (RFC 9110, 12.5.3)."""
    qualities: dict[str, float] = {}
    for element in elements(field):
        coding, *parameters = (part.strip().lower() for part in element.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _number(value.strip())
        if coding:
            qualities["gzip" if coding == "x-gzip" else coding] = quality
    gzip = qualities.get("gzip", qualities.get("*", 0.0))
    return gzip > 0 and gzip >= qualities.get("identity", 0.0)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
