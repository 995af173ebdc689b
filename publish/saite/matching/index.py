"""The nearest of many names, without a look at each.

Names are found by what they share with the one that is asked for: words and groups of three letters of their sound,
rare ones first, and only so many. What is found that way is scored. Memory grows with the letters of the names: some
hundred bytes for each.
"""

import heapq
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from saite.matching.normal import Form, acronym, form, numbers
from saite.matching.scoring import BARE, NOTHING, SAME, SOUND, Score, score

_NEW: Final = 30_000  # entries of lists that a question may read to find names
_LOOKED_UP: Final = 200_000  # the same, with those that only tell which of these share more
_SCORED: Final = 48  # names that are scored for each way of ranking them
_SHORT: Final = 6  # letters of words in which one error may spoil every group of three


SURE: Final = 90.0
"""The score from which a name may be taken for another one without a look by people."""

_MARGIN: Final = 8.0  # by which a name that is not the same must be nearer than all others
_LETTERS: Final = 8  # of a name that may have errors and still be sure


class Found(NamedTuple):
    """A name that was found.

    Attributes:
        key: what it is the name of.
        name: the name.
        score: how near it is.
    """

    key: int
    name: str
    score: Score


class Index:
    """Names and what they are names of; it does not change.

    Args:
        names: numbers that stand for things, with a name each; a thing may have several.
    """

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        self._keys = array("I")
        self._names: list[str] = []
        self._sizes = array("H")
        self._lists: dict[str, array[int]] = {}
        for key, name in names:
            number = len(self._names)
            features = frozenset(_features(form(name)))
            self._keys.append(key)
            self._names.append(name)
            self._sizes.append(min(len(features), 65_535))
            for feature in features:
                found = self._lists.get(feature)
                if found is None:
                    found = self._lists[feature] = array("I")
                found.append(number)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._names)

    def weight(self, sound: str) -> float:
        """How much a word counts: the rarer, the more."""
        return math.log2(2 + len(self._names) / (1 + len(self._lists.get(f"={sound}", ()))))

    def find(
        self, text: str, limit: int = 10, least: float = 0.0, admits: Callable[[int], bool] | None = None
    ) -> list[Found]:
        """The things with the nearest names, each by its nearest one, best first.

        Args:
            text: what is asked for.
            limit: how many.
            least: of the score.
            admits: which things may be found.
        """
        asked = form(text)
        best: dict[int, Found] = {}
        for number in self._candidates(asked, admits):
            key, name = self._keys[number], self._names[number]
            found = Found(key, name, score(asked, form(name), self.weight))
            known = best.get(key)
            if found.score.value >= least and (known is None or _rank(found) < _rank(known)):
                best[key] = found
        return heapq.nsmallest(limit, best.values(), key=_rank)

    def _candidates(self, asked: Form, admits: Callable[[int], bool] | None) -> set[int]:
        """Numbers of names that are worth a score."""
        features = frozenset(_features(asked, asking=True))
        lists = sorted((len(found), feature) for feature in features if (found := self._lists.get(feature)))
        shared: dict[int, float] = {}
        read = 0
        for size, feature in lists:
            counts = math.log2(1 + len(self._names) / size)
            if not read or read + size <= _NEW:
                for number in self._lists[feature]:
                    shared[number] = shared.get(number, 0.0) + counts
            elif read + size <= _LOOKED_UP:
                for number in self._lists[feature]:
                    if number in shared:
                        shared[number] += counts
            else:
                break
            read += size
        if admits is not None:
            shared = {number: counts for number, counts in shared.items() if admits(self._keys[number])}
        own, sizes = len(features), self._sizes
        relative = {number: counts / (own + sizes[number]) for number, counts in shared.items()}
        return {*_best(shared), *_best(relative)}


def _best(ranked: Mapping[int, float]) -> list[int]:
    """The numbers with the greatest values, the first ones where values are equal."""
    if len(ranked) <= _SCORED:
        return list(ranked)
    least = heapq.nlargest(_SCORED, ranked.values())[-1]
    found = sorted((-value, number) for number, value in ranked.items() if value >= least)
    return [number for _, number in found[:_SCORED]]


def sure(found: Sequence[Found], text: str) -> bool:
    """Whether the first of some names, best first, can be no other than the one that was asked for.

    It is the same name, and no other thing has it or one that differs in the system of transliteration only; or it is
    long, scores :data:`SURE` or more, has the same numbers, and all others are far behind.
    """
    if not found:
        return False
    first, second = found[0].score, found[1].score if len(found) > 1 else NOTHING
    if first.same:
        return second.value < (BARE if first.value == SAME else SOUND)
    asked, name = form(text), form(found[0].name)
    return (
        first.value >= SURE
        and first.value - second.value >= _MARGIN
        and len(asked.sound) >= _LETTERS
        and numbers(asked) == numbers(name)
    )


def _rank(found: Found) -> tuple[float, float, int, str]:
    """Best first; where the scores are equal, the name that is near in both ways."""
    return (-found.score.value, -(found.score.letters + found.score.words), found.key, found.name)


def _features(name: Form, *, asking: bool = False) -> Iterator[str]:
    """What names are found by."""
    for word in name.words:
        yield f"={word.sound}"
        padded = f"^{word.sound}" if asking and word.short else f"^{word.sound}$"
        if len(padded) > 3:
            yield from (padded[start : start + 3] for start in range(len(padded) - 2))
        else:
            yield padded
        if 2 < len(word.sound) <= _SHORT:  # with one letter less, errors are the same from both sides
            yield f"-{word.sound}"
            yield from (f"-{word.sound[:place]}{word.sound[place + 1 :]}" for place in range(len(word.sound)))
    if asking:
        yield f"@{name.fold.replace(' ', '')}"
    elif short := acronym(name.words):
        yield f"@{short}"
    if not name.words:
        yield f"#{name.text}"
