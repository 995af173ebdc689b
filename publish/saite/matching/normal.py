"""What of a name counts when names are compared.

A name is reduced in two steps. Its *fold* is its letters in small Latin ones without diacritics, so that ``Rīga``,
``RIGA`` and ``Рига`` are one. Its *sound* is coarser: letters that systems of transliteration write in place of each
other are one letter, so that ``Shymkent``, ``Šimkenta`` and ``Шымкент`` begin alike.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

LONGEST: Final = 500
"""Characters of a name that count."""

_CYRILLIC: Final = {
    # Russian, as Latvian and scholarly texts write it (without their diacritics)
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "z", "з": "z", "и": "i", "й": "j",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "ju", "я": "ja",
    # further letters of Ukrainian, Belarusian, Kazakh, Kyrgyz, Tajik, Uzbek, Mongolian
    "і": "i", "ї": "ji", "є": "je", "ґ": "g", "ў": "u", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u",
    "ү": "u", "һ": "h", "ҳ": "h", "ҷ": "dz", "ӣ": "i", "ӯ": "u",
}  # fmt: skip
_LATIN: Final = {"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a", "ħ": "h"}
_LETTERS: Final = str.maketrans(_CYRILLIC | _LATIN)

_SIGNS: Final = re.compile(r"(?<=\w)['’‘ʹʺʼ`´”\"](?=\w|$)")
"""Marks within words: apostrophes, and the signs by which hard and soft ones are told."""

_WORD: Final = re.compile(r"([^\W_]+)(\.?)")

_ALIKE: Final = (
    # longer ones first
    (re.compile("shch|sch|sc|sh"), "s"),
    (re.compile("dzh|dz|dj|zh|z"), "s"),
    (re.compile("kh|gh"), "h"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("tch|ts|tz|ch|ck|c|q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
    (re.compile("oo"), "u"),
    (re.compile("ee|j|y"), "i"),
)
_REPEATED: Final = re.compile(r"(.)\1+")


class Word(NamedTuple):
    """One word of a name.

    Attributes:
        fold, sound: see above.
        short: it ends with a dot: it may be an abbreviation.
    """

    fold: str
    sound: str
    short: bool


class Form(NamedTuple):
    """A name as it is compared.

    Attributes:
        text: without regard to case and spaces.
        fold: its words by their fold.
        sound: its words by their sound.
        words: one by one.
    """

    text: str
    fold: str
    sound: str
    words: tuple[Word, ...]


def fold(text: str) -> str:
    """Small Latin letters without diacritics; other signs stay."""
    latin = unicodedata.normalize("NFC", text.casefold()).translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """The sound of a folded word: of numbers, the numbers themselves."""
    if word.isdigit():
        return word
    for pattern, letter in _ALIKE:
        word = pattern.sub(letter, word)
    return _REPEATED.sub(r"\1", word)


@lru_cache(maxsize=1 << 12)
def form(text: str) -> Form:
    """A name as it is compared."""
    text = text[:LONGEST]
    folded = fold(_SIGNS.sub("", text))
    words = tuple(Word(word, sound(word), dot == ".") for word, dot in _WORD.findall(folded))
    return Form(
        " ".join(unicodedata.normalize("NFC", text.casefold()).split()),
        " ".join(word.fold for word in words),
        " ".join(word.sound for word in words),
        words,
    )


def numbers(name: Form) -> list[str]:
    """The numbers in a name, sorted."""
    return sorted(word.fold for word in name.words if word.fold.isdigit())


def acronym(words: tuple[Word, ...]) -> str:
    """The first letters of the words that count: of those with more than three letters, if they are three or more."""
    letters = [word.fold[0] for word in words if len(word.fold) > 3 and word.fold[0].isalpha()]
    return "".join(letters) if len(letters) > 2 else ""
