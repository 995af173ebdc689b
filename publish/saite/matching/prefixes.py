"""Names that begin as somebody types."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from saite.matching.normal import fold


class Prefixes:
    """Names in the order of their folds (:func:`saite.matching.normal.fold`); it does not change.

    Args:
        names: numbers that stand for things, with a name each; a thing may have several.
    """

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        found = sorted((fold(name), key) for key, name in names)
        self._folds = [folded for folded, _ in found]
        self._keys = array("I", (key for _, key in found))

    def find(self, prefix: str) -> Iterator[int]:
        """The things of which a name begins so, by that name; none twice."""
        wanted = fold(prefix)
        seen: set[int] = set()
        for place in range(bisect_left(self._folds, wanted), len(self._folds)):
            if not self._folds[place].startswith(wanted):
                return
            key = self._keys[place]
            if key not in seen:
                seen.add(key)
                yield key
