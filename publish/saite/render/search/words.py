"""What of a word counts when somebody searches: the keys of the index. ``search-words.js`` does the same in browsers.

A text is folded as names are compared (:func:`saite.matching.normal.fold`): small Latin letters without diacritics,
whatever the script. Each word then loses its ending, and is reduced to its sound (:func:`saite.matching.normal.sound`).

The endings are those of Latvian nouns and adjectives as they are left by folding: the six declensions, and the definite
forms (Latviešu valodas gramatika, Latvian Academy of Sciences 2013, chapters on the noun and the adjective). That is a
light stemmer, as K. Krēsliņš describes one (A stemming algorithm for Latvian, Loughborough University 1996): prefixes,
suffixes and verbs are left alone. Of English it takes the plural (``-s``, ``-es``, ``-ies``) and ``-y``. Nobody says in
which language a question is, so the same rules hold for all words; what they make of a word is never shown.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from saite.matching.normal import fold, sound

LONGEST: Final = 24
"""Letters of a key."""

STEM: Final = 3
"""Letters that an ending leaves, at least."""

ENDINGS: Final = (
    # definite adjectives: -ajiem, -ajam, -ajām, -ajai, -ajās, -ajos, -ais, -ajā
    "ajiem", "ajam", "ajai", "ajas", "ajos", "aja", "ais",
    # nouns and indefinite adjectives, and -ies of English
    "iem", "ies", "ai", "am", "as", "ei", "em", "es", "ie", "ij", "im", "is", "os", "um", "us",
    "a", "e", "i", "o", "s", "u", "y",
)  # fmt: skip
"""Longer ones first."""

_SIGNS: Final = str.maketrans("", "", "'’‘ʹʺʼ`´”\"")
_WORD: Final = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    folded = fold(text.translate(_SIGNS))
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.category(c).startswith("M")).lower()
    return _WORD.findall(folded)


def stem(word: str) -> str:
    """A folded word without its ending, and without the ``j`` of softened stems (``zemju``, ``ministriju``)."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("j") and len(word) > STEM else word


@lru_cache(maxsize=1 << 17)
def key(word: str) -> str:
    """A folded word as the index has it; one with digits stays as it is."""
    if any(unicodedata.category(c).startswith("N") for c in word):
        return word[:LONGEST]
    return sound(stem(word))[:LONGEST]


def keys(text: str) -> list[str]:
    """The keys of a text, in its order."""
    return [key(word) for word in words(text)]


NEAR: Final = 6
"""Letters of a key in which an error is looked for; beyond them, keys are compared whole."""


def near(word: str) -> tuple[str, ...]:
    """By what a key is found that has a typing error: its beginning, and that with each letter left out.

    A letter that is missing, doubled, wrong or changed with its neighbour then leads to the same (W. Garbe's symmetric
    deletes). Short words and numbers have none: another number is no error.
    """
    if len(word) < 4 or any(unicodedata.category(c).startswith("N") for c in word):
        return ()
    begin = word[:NEAR]
    return tuple(dict.fromkeys((begin, *(begin[:place] + begin[place + 1 :] for place in range(len(begin))))))
