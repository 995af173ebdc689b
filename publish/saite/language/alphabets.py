"""Orders texts by a language's alphabet."""

import unicodedata
from functools import cache, lru_cache
from typing import Final

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
