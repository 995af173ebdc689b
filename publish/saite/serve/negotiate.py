"""Which representation a client wants most (RFC 9110, sections 12.4 and 12.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from saite.manifest import Entry

MOST: Final = 100
"""Elements of a field that are read: whoever sends thousands of them must not take the time of others."""


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an ``Accept`` field (RFC 9110, 12.5.1); ``quality`` is 0 to 1."""

    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    quality: float

    def specificity(self, media_type: str) -> int:
        """How exactly the range names a media type: 0 not at all, then ``*/*``, ``text/*``, full, with parameters."""
        main, _, rest = media_type.partition("/")
        sub, *parameters = (part.strip() for part in rest.split(";"))
        if self.type == "*":
            return 1 if self.subtype == "*" else 0
        if self.type != main.lower():
            return 0
        if self.subtype == "*":
            return 2
        if self.subtype != sub.lower():
            return 0
        have = {(key.strip().lower(), value.strip().strip('"').lower()) for key, _, value in map(_pair, parameters)}
        asked = {pair for pair in self.parameters if pair[0] != "profile"}  # a hint, which changes no type (RFC 6906)
        return 3 + len(asked) if asked <= have else 0


def choose(variants: Sequence[Entry], accept: str = "", accept_language: str = "") -> Entry | None:
    """The best of a document's files, or None if the client can take none of them.

    Equal wishes are settled by the order of ``variants``, HTML first. A page is given in its first language if
    none of the client's languages is there, for a page in another language beats none (RFC 9110, 12.5.4).
    """
    ranges = parse_accept(accept)
    languages = parse_languages(accept_language)
    acceptable = [(media_quality(v.media_type, ranges), v.media_type.startswith("text/html"), v) for v in variants]
    quality, _, first = max(acceptable, key=lambda found: found[:2], default=(0.0, False, None))
    if first is None or quality == 0:
        return None
    same_type = [variant for variant in variants if variant.media_type == first.media_type]
    return max(same_type, key=lambda variant: language_quality(variant.language, languages))


def media_quality(media_type: str, ranges: Sequence[MediaRange]) -> float:
    """The quality that the most specific range gives to a media type; 1 if there is no range at all."""
    if not ranges:
        return 1.0
    matching = [(found, r.quality) for r in ranges if (found := r.specificity(media_type))]
    return max(matching)[1] if matching else 0.0


def language_quality(language: str, wishes: Sequence[tuple[str, float]]) -> float:
    """The quality of a language (RFC 4647 lookup: ``lv`` serves ``lv-LV``, and ``lv`` is served by ``lv-LV``)."""
    own = language.lower()
    best = (0, 0.0)
    for wish, quality in wishes:
        if wish == own or wish.startswith(own + "-") or own.startswith(wish + "-"):
            best = max(best, (len(wish), quality))
        elif wish == "*":
            best = max(best, (0, quality))
    return best[1]


def parse_accept(field: str) -> list[MediaRange]:
    """The ranges of an ``Accept`` field; elements that are not well-formed are left out."""
    ranges = []
    for element in elements(field):
        name, *parameters = (part.strip().lower() for part in element.split(";"))
        main, slash, sub = name.partition("/")
        if not (slash and main and sub) or (main == "*" and sub != "*"):
            continue
        given: set[tuple[str, str]] = set()
        quality: float | None = 1.0
        for key, _, value in map(_pair, parameters):
            if key.strip() == "q":
                quality = qvalue(value.strip())
            elif key:
                given.add((key.strip(), value.strip().strip('"')))
        if quality is not None:
            ranges.append(MediaRange(main, sub, frozenset(given), quality))
    return ranges


def parse_languages(field: str) -> list[tuple[str, float]]:
    """The language ranges of an ``Accept-Language`` field with their qualities."""
    wishes = []
    for element in elements(field):
        tag, *parameters = (part.strip().lower() for part in element.split(";"))
        quality: float | None = 1.0
        for key, _, value in map(_pair, parameters):
            if key.strip() == "q":
                quality = qvalue(value.strip())
        if tag and quality is not None:
            wishes.append((tag, quality))
    return wishes


def elements(field: str) -> list[str]:
    """The elements of a list (RFC 9110, 5.6.1): the first of them, where there are too many."""
    return field.split(",", MOST)[:MOST]


def qvalue(text: str) -> float | None:
    """A ``qvalue`` (RFC 9110, 12.4.2), or None if it is not one."""
    whole, _, fraction = text.partition(".")
    if whole not in ("0", "1") or len(fraction) > 3 or not (fraction == "" or fraction.isdecimal()):
        return None
    quality = float(text)
    return quality if quality <= 1 else None


def _pair(text: str) -> tuple[str, str, str]:
    return text.partition("=")
