"""How near two names are to each other, from 0 to 100.

====== =================================================================================
100    the same name, without regard to case and spaces
98     the same but for diacritics, punctuation or the script
96     the same but for the system of transliteration
to 95  words or letters differ: 95 times the similarity, from 0 to 1
80     the name's acronym
====== =================================================================================

The similarity is the greatest of two. That of the letters is 1 less the share of errors (letters inserted, left out,
replaced, or changed with their neighbour: the optimal string alignment distance). That of the words pairs words off in
any order: each counts by how rare it is among all names, and by how near its partner is; a word that is cut short
(``Educ.``, ``R.``) is near to the ones that begin so. Numbers are the same, or nothing.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from saite.matching.normal import Form, Word, acronym, numbers

SAME: Final = 100.0
BARE: Final = 98.0
SOUND: Final = 96.0
NEAR: Final = 95.0
ACRONYM: Final = 80.0

Weight = Callable[[str], float]
"""How much a word counts, by its sound."""

_LEAST: Final = 0.55  # similarity of words that are a pair
_ORDER: Final = 0.97  # what is left of a similarity if the words stand in another order
_NUMBERS: Final = 0.9  # the same, if numbers differ
_BY_SOUND: Final = 0.98  # the same, if only the sound is similar
_CUT: Final = (0.7, 0.8, 0.88)  # similarity of a word that is cut after one, two, more letters
_NO_DOT: Final = 0.85  # what is left of it where no dot says that it is cut


class Score(NamedTuple):
    """How near a name is.

    Attributes:
        value: 0 to 100.
        letters, words: the two similarities, 0 to 1.
        same: the name is the same but for diacritics, punctuation or the script, or better.
    """

    value: float
    letters: float
    words: float
    same: bool


NOTHING: Final = Score(0.0, 0.0, 0.0, same=False)
"""No name at all."""


def score(asked: Form, name: Form, weight: Weight) -> Score:
    """How near a name is to the one that is asked for."""
    if asked.text == name.text:
        return Score(SAME, 1.0, 1.0, same=True)
    if asked.fold and asked.fold == name.fold:
        return Score(BARE, 1.0, 1.0, same=True)
    if asked.sound and asked.sound == name.sound:
        return Score(SOUND, 1.0, 1.0, same=False)
    letters = _letters(asked, name)
    words = _words(asked.words, name.words, weight)
    value = NEAR * max(letters, words)
    if value < ACRONYM and _is_acronym(asked, name):
        value = ACRONYM
    return Score(value, letters, words, same=False)


def _letters(asked: Form, name: Form) -> float:
    """By the letters of the whole."""
    if not asked.fold or not name.fold:  # signs, or a script without letters of ours
        return OSA.normalized_similarity(asked.text, name.text)
    heard = max(
        OSA.normalized_similarity(asked.sound, name.sound),
        OSA.normalized_similarity(asked.sound.replace(" ", ""), name.sound.replace(" ", "")),
    )
    best = max(OSA.normalized_similarity(asked.fold, name.fold), _BY_SOUND * heard)
    return best if numbers(asked) == numbers(name) else best * _NUMBERS


def _words(asked: tuple[Word, ...], name: tuple[Word, ...], weight: Weight) -> float:
    """By pairs of words, as Dice's coefficient weighs what two sets share."""
    if not asked or not name:
        return 0.0
    free: dict[int, Word] = dict(enumerate(name))
    pairs: list[tuple[int, int, float]] = []
    rest: list[tuple[int, Word]] = []
    for place, word in enumerate(asked):
        partner = next((other for other, one in free.items() if one.sound == word.sound), None)
        if partner is None:
            rest.append((place, word))
        else:
            pairs.append((place, partner, 1.0))
            del free[partner]
    near = sorted(
        ((_alike(word, one), place, other) for place, word in rest for other, one in free.items()),
        key=lambda found: (-found[0], abs(found[1] - found[2]), found[1]),
    )
    taken: set[int] = set()
    for alike, place, other in near:
        if alike < _LEAST:
            break
        if place not in taken and other in free:
            taken.add(place)
            del free[other]
            pairs.append((place, other, alike))
    shared = total = 0.0
    for _, other, alike in pairs:
        counts = weight(name[other].sound)
        shared += 2 * counts * alike
        total += 2 * counts
    total += sum(weight(word.sound) for place, word in rest if place not in taken)
    total += sum(weight(word.sound) for word in free.values())
    pairs.sort()
    in_order = all(first[1] < second[1] for first, second in pairwise(pairs))
    return shared / total * (1.0 if in_order else _ORDER) if total else 0.0


def _alike(asked: Word, word: Word) -> float:
    """How near two words are."""
    if asked.fold.isdigit() or word.fold.isdigit():
        return 0.0
    size = len(asked.fold)
    if len(word.fold) > size and (asked.short or size > 2) and word.fold.startswith(asked.fold):
        cut = _CUT[min(size, 3) - 1]
        if asked.short:
            return cut
        return max(cut * _NO_DOT, OSA.normalized_similarity(asked.fold, word.fold))
    return max(
        OSA.normalized_similarity(asked.fold, word.fold),
        _BY_SOUND * OSA.normalized_similarity(asked.sound, word.sound),
    )


def _is_acronym(asked: Form, name: Form) -> bool:
    short = asked.fold.replace(" ", "")
    return (
        3 <= len(short) <= 12 and all(len(word.fold) == 1 for word in asked.words[1:]) and short == acronym(name.words)
    )
