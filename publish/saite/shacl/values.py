"""What the values of literals are, as far as SHACL asks: lexical spaces (XML Schema 1.1, part 2) and SPARQL's ``<``."""

import re
from calendar import monthrange
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import pyoxigraph

from saite.namespaces import XSD
from saite.terms import Literal, Term

_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_DATE = rf"({_YEAR})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DAYS = r"(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
_HOURS = r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_REAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_NAME_START = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
_NAME_START += "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_NAME_REST = rf"{_NAME_START}\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"

_FORMS: Final[dict[str, str]] = {
    "boolean": "true|false|0|1",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": _REAL,
    "float": _REAL,
    "date": rf"{_DATE}{_ZONE}?",
    "time": rf"{_TIME}{_ZONE}?",
    "dateTime": rf"{_DATE}T{_TIME}{_ZONE}?",
    "dateTimeStamp": rf"{_DATE}T{_TIME}{_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}?",
    "gYearMonth": rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}?",
    "gMonth": rf"--(?:0[1-9]|1[0-2]){_ZONE}?",
    "gDay": rf"---(?:0[1-9]|[12][0-9]|3[01]){_ZONE}?",
    "gMonthDay": (
        r"--(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
        rf"|02-(?:0[1-9]|[12][0-9])){_ZONE}?"
    ),
    "duration": rf"-?P(?=[0-9T]){_DAYS}{_HOURS}",
    "yearMonthDuration": r"-?P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?",
    "dayTimeDuration": rf"-?P(?=[0-9T])(?:[0-9]+D)?{_HOURS}",
    "hexBinary": "(?:[0-9a-fA-F]{2})*",
    "base64Binary": (
        r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]"
        r"|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?"
    ),
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "NMTOKEN": rf"[:{_NAME_REST}]+",
    "Name": rf"[:{_NAME_START}][:{_NAME_REST}]*",
    "NCName": rf"[{_NAME_START}][{_NAME_REST}]*",
}
_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "byte": (-(2**7), 2**7 - 1),
    "short": (-(2**15), 2**15 - 1),
    "int": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
    "unsignedByte": (0, 2**8 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedLong": (0, 2**64 - 1),
}
_DATED = frozenset(("date", "dateTime", "dateTimeStamp"))
_DIGITS = re.compile(r"[+-]?[0-9]+")


def _integer(low: int | None, high: int | None) -> Callable[[str], bool]:
    def is_in(text: str) -> bool:
        if not _DIGITS.fullmatch(text):
            return False
        if low is None and high is None:
            return True
        significant = text.lstrip("+-").lstrip("0") or "0"
        if len(significant) > 20:  # longer than any limit; Python refuses to read very long ones
            return (high if not text.startswith("-") else low) is None
        number = -int(significant) if text.startswith("-") else int(significant)
        return (low is None or number >= low) and (high is None or number <= high)

    return is_in


def _form(name: str) -> Callable[[str], bool]:
    pattern = re.compile(_FORMS[name])
    if name not in _DATED:
        return lambda text: pattern.fullmatch(text) is not None

    def is_day(text: str) -> bool:
        found = pattern.fullmatch(text)
        if found is None:
            return False
        day = int(found[3])
        alike = 2000 + int(found[1][-4:]) % 400  # a year with the same calendar; 0 is one (XML Schema 1.1, 3.3.9)
        return day < 29 or day <= monthrange(alike, int(found[2]))[1]

    return is_day


LEXICAL: Final[dict[str, Callable[[str], bool]]] = {
    **{XSD + name: _form(name) for name in _FORMS},
    **{XSD + name: _integer(*limits) for name, limits in _RANGES.items()},
}
"""Whether a text is in the lexical space of a datatype, by its IRI; every text is in that of a datatype not named."""

_INTEGERS: Final = frozenset(XSD + name for name in _RANGES)
_STRING: Final = XSD + "string"
_PLAIN_DATES: Final = {
    XSD + "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    XSD + "dateTime": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}Z"),
}


def less(one: Term, other: Term, *, or_equal: bool = False) -> bool:
    """Whether a term is less than another by SPARQL's ``<`` (SPARQL 1.1, 17.3); False where they have no order.

    Usual numbers, texts and dates are compared here, the others by a SPARQL engine.
    """
    if type(one) is not Literal or type(other) is not Literal or one.language or other.language:
        return False
    kind, second = one.datatype.value, other.datatype.value
    a, b = one.value, other.value
    if kind == second == _STRING:
        return a <= b if or_equal else a < b
    if not (LEXICAL.get(kind, _any)(a) and LEXICAL.get(second, _any)(b)):
        return False
    if kind in _INTEGERS and second in _INTEGERS:
        if len(a) < 19 > len(b):
            return int(a) <= int(b) if or_equal else int(a) < int(b)
    elif kind == second and kind in _PLAIN_DATES:
        plain = _PLAIN_DATES[kind]
        if plain.fullmatch(a) and plain.fullmatch(b):
            return a <= b if or_equal else a < b
    return _asked(one, other, "<=" if or_equal else "<")


def _any(text: str) -> bool:
    return True


_EMPTY: Final = pyoxigraph.Store()


@lru_cache(maxsize=65536)
def _asked(one: Literal, other: Literal, sign: str) -> bool:
    return bool(_EMPTY.query(f"ASK {{ FILTER({one} {sign} {other}) }}"))
