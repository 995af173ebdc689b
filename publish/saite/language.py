"""Human languages: which text to show, interface texts, dates, numbers, lists, alphabets and names of languages.

Languages are BCP 47 tags. Interface texts live in gettext catalogues, ``locale/{language}.po``; English is the source,
so another translation is one more file. Dates keep the precision that the data has: a year stays a year.
"""

import gettext as _gettext
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

SOURCE: Final = "en"
"""The language in which interface texts are written in the code."""

LOCALE: Final = Path(__file__).parent / "locale"
"""The folder of the catalogues."""

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku-arab", "ps", "sd", "ug", "ur", "yi"))


def fallbacks(language: str, languages: Sequence[str] = ()) -> tuple[str, ...]:
    """Tags in the order in which texts are looked for, for readers of a language.

    The language itself, its shorter forms (BCP 47 lookup, RFC 4647 section 3.4), the site's languages, English, and
    last the texts without a language ("").
    """
    order = [language]
    while "-" in order[-1]:
        order.append(order[-1].rpartition("-")[0])
    return tuple(dict.fromkeys((*order, *languages, SOURCE, "")))


def choose(texts: Mapping[str, str], language: str, languages: Sequence[str] = ()) -> tuple[str, str] | None:
    """The best text for readers of a language, with its own tag; None if there is no text at all.

    Tags are compared without regard to case (RFC 5646 section 2.1.1). A text in a regional form serves readers of
    the plain language too; beyond :func:`fallbacks`, the first tag in alphabetical order wins.
    """
    if language in texts:
        return texts[language], language
    if not texts:
        return None
    by_tag = {tag.lower(): tag for tag in sorted(texts, reverse=True)}
    for wanted in fallbacks(language.lower(), [other.lower() for other in languages]):
        if wanted in by_tag:
            return texts[by_tag[wanted]], by_tag[wanted]
        if wanted:
            regional = min((tag for tag in by_tag if tag.startswith(wanted + "-")), default=None)
            if regional is not None:
                return texts[by_tag[regional]], by_tag[regional]
    tag = min(texts)
    return texts[tag], tag


def direction(tag: str) -> str:
    """``rtl`` for languages written from right to left, else ``ltr``."""
    lower = tag.lower()
    return "rtl" if lower in _RIGHT_TO_LEFT or lower.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


# -- interface texts --


class Interface:
    """The interface texts of one language.

    Attributes:
        language: tag of the language in which the texts really are (the source language where there is no catalogue).
    """

    def __init__(self, language: str, translations: _gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def gettext(self, message: str) -> str:
        """The text in this language."""
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The form for a number, not yet filled in: ``ngettext("%(n)s page", "%(n)s pages", n) % {"n": ...}``."""
        return self._translations.ngettext(singular, plural, number)


def catalogues() -> tuple[str, ...]:
    """The languages that have interface texts."""
    return tuple(sorted(path.stem for path in LOCALE.glob("*.po")))


@lru_cache(maxsize=64)
def interface(language: str) -> Interface:
    """The interface texts for readers of a language: its catalogue, a shorter form's, else the source language."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    known = catalogues()
    tag = next((tag for tag in fallbacks(language) if tag in known), SOURCE)
    with (LOCALE / f"{tag}.po").open("rb") as file:
        catalogue = read_po(file, locale=tag.replace("-", "_"))
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Interface(tag, _gettext.GNUTranslations(compiled))


# -- dates --


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


def _locale(language: str) -> str:
    """The Babel locale that comes nearest to a BCP 47 tag."""
    from babel import Locale, UnknownLocaleError

    if language == "en":  # the day stands before the month, as in all of Europe
        return "en_GB"
    for tag in fallbacks(language):
        try:
            return str(Locale.parse(tag, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en_GB"


@lru_cache(maxsize=256)
def _months(language: str) -> tuple[Mapping[int, str], Mapping[int, str]]:
    from babel.dates import get_month_names

    locale = _locale(language)
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

    locale = _locale(language)
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


# -- numbers, lists, names --


@lru_cache(maxsize=4096)
def format_number(value: int | str, language: str) -> str:
    """A number with the language's decimal mark, in groups from 10,000 on; a text that is no number stays as it is."""
    from babel.numbers import format_decimal

    try:
        number = Decimal(value)
    except InvalidOperation:
        return str(value)
    if not number.is_finite() or number.adjusted() > 20 or number.adjusted() < -10:
        return str(value)
    grouped = abs(number) >= 10_000
    return format_decimal(number, locale=_locale(language), decimal_quantization=False, group_separator=grouped)


def join(items: Sequence[str], language: str, style: str = "standard") -> str:
    """``a, b un c``; with style ``or``: ``a, b vai c``."""
    from babel.lists import format_list

    return format_list(list(items), style="or" if style == "or" else "standard", locale=_locale(language))


@lru_cache(maxsize=4096)
def language_name(tag: str, language: str) -> str:
    """What readers of a language call the language of a tag; the tag itself where nobody knows."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name(_locale(language)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def own_name(tag: str) -> str:
    """What its own speakers call a language, with a capital letter: ``Latviešu``, ``English``."""
    name = language_name(tag, tag)
    return name[:1].upper() + name[1:]


def territorial(tag: str) -> str:
    """A language with a territory, as Open Graph has it (``og:locale``): ``lv_LV``; that where most speak it."""
    from babel.core import get_global

    parts = tag.split("-")
    named = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    likely = str(get_global("likely_subtags").get(parts[0].lower(), "")).split("_")
    territory = named or (likely[-1] if len(likely) > 1 else "")
    return f"{parts[0].lower()}_{territory}" if territory else parts[0].lower()


# -- alphabets --

_AFTER = "\uffff"  # sorts after every letter that can follow, so that "č" comes after "cz" and before "d"
_LETTERS: Final[dict[str, dict[str, str]]] = {
    "lv": {letter: base + _AFTER for letter, base in zip("čģķļņŗšž", "cgklnrsz", strict=True)},
    "ru": {"й": "й"},  # a letter of its own, not an accented one
}


class _Alphabet(dict[int, str]):
    """What each character counts for in a language's order, worked out once per character (for ``str.translate``)."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._letters = _LETTERS.get(language.partition("-")[0].lower(), {})

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in self._letters:
            key = self._letters[character]
        elif character.isalnum():
            key = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
        else:
            key = " "
        self[code] = key
        return key


@cache
def _alphabet(language: str) -> _Alphabet:
    return _Alphabet(language)


def _primary(folded: str, language: str) -> str:
    """Letters as the alphabet orders them; accents that make no letter of their own and all marks are gone."""
    return " ".join(unicodedata.normalize("NFC", folded).translate(_alphabet(language)).split())


def sort_key(text: str, language: str) -> tuple[str, str, str]:
    """Orders texts by a language's alphabet; equal keys mean equal texts.

    Latvian: č, ģ, ķ, ļ, ņ, ŗ, š, ž are letters of their own after c, g ... z; long vowels are ordered as short ones and
    come after them where nothing else differs. Russian: й is a letter, ё is ordered as е. Elsewhere: case folded,
    accents folded. Quotation marks and other signs do not count.
    """
    folded = text.casefold()
    return _primary(folded, language), folded, text


def initial(text: str, language: str) -> str:
    """The letter under which an index lists a text: ``Ā`` under A, ``Č`` under Č in Latvian; ``#`` for the rest."""
    return first_letter(_primary(text.casefold(), language)[:2], language)


@lru_cache(maxsize=4096)
def first_letter(begin: str, language: str) -> str:
    """The same from the first two characters of the first part of a text's :func:`sort_key`."""
    if not begin or not begin[0].isalpha():
        return "#"
    if begin[1:] == _AFTER:
        letters = _LETTERS[language.partition("-")[0].lower()]
        return next(letter for letter, form in letters.items() if form == begin).upper()
    return begin[0].upper()
