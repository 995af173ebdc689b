"""What a client wants most, as an ordered list of regular expressions over a field: the first that matches tells.

RFC 9110 (12.5.1, 12.5.4) compares qualities, which no host can do without a module; but a list that asks for each form
at quality 1, then at 0.9 and more, and so on, comes to the same, save that qualities of one tenth are taken for equal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_PARAMETERS: Final = r"(?:\s*;\s*(?:charset=\x22?utf-8\x22?|profile=[^,;]*))*"
_FULL: Final = r"(?:\s*;\s*q=1(?:\.0*)?)?\s*(?:,|$)"
_TENTHS: Final = tuple(rf"\s*;\s*q=0?\.{tenth}[0-9]*\s*(?:[;,]|$)" for tenth in range(9, 0, -1))
_LITTLE: Final = r"\s*;\s*q=0?\.0[0-9]*[1-9][0-9]*\s*(?:[;,]|$)"
_SOME: Final = r"(?:\s*;\s*q=(?:1(?:\.0*)?|0?\.[0-9]*[1-9][0-9]*)\s*(?:[;,]|$)|\s*(?:,|$))"
_LEVELS: Final = (_FULL, *_TENTHS, _LITTLE)


@dataclass(frozen=True, slots=True)
class Wish:
    """One way in which a field can ask for something.

    Attributes:
        value: what it asks for.
        element: what an element of the field then is, as a regular expression without look-around.
        unless: ranges that the field must not have, since they say more exactly what is wanted.
    """

    value: str
    element: str
    unless: tuple[str, ...] = ()

    def pcre(self) -> str:
        """The wish as one expression over the whole field."""
        without = "".join(rf"(?!(?:.*,)?\s*{listed(name)})" for name in self.unless)
        return rf"^{without}(?:.*,)?\s*{self.element}"


def listed(name: str) -> str:
    """An element of a field that is a range, whatever its quality."""
    return rf"{name}\s*(?:[;,]|$)"


def media(forms: Sequence[tuple[str, str]]) -> Iterator[Wish]:
    """Wishes for media types.

    Args:
        forms: values with their media types (without parameters); of equal wishes, the first wins.
    """
    for level in _LEVELS:
        for value, media_type in forms:
            yield from _media(value, media_type, level)


def taken(value: str, media_type: str) -> Iterator[Wish]:
    """Wishes that take a media type at any quality but 0."""
    return _media(value, media_type, _SOME)


def _media(value: str, media_type: str, level: str) -> Iterator[Wish]:
    main = media_type.partition("/")[0]
    exact, kind, all_ = escaped(media_type), rf"{main}/\*", r"\*/\*"
    yield Wish(value, f"{exact}{_PARAMETERS}{level}")
    yield Wish(value, f"{kind}{_PARAMETERS}{level}", (exact,))
    yield Wish(value, f"{all_}{_PARAMETERS}{level}", (exact, kind))


def languages(tags: Sequence[str]) -> Iterator[Wish]:
    """Wishes for languages: ``lv`` is had by who wants ``lv-LV`` (RFC 4647, 3.4)."""
    for level in _LEVELS:
        for tag in tags:
            exact = rf"{escaped(tag)}(?:-[A-Za-z0-9-]+)?"
            yield Wish(tag, f"{exact}{level}")
            yield Wish(tag, rf"\*{level}", (exact,))


def escaped(text: str) -> str:
    """A text as an expression that means nothing but it."""
    return text.replace(".", r"\.").replace("+", r"\+")
