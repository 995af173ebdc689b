"""Answers that are kept, because the same query of the same data has the same answer."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer: its form, its kind, and its bytes."""

    form: str
    kind: str
    content: bytes


class Cache:
    """So many bytes of answers; the one that was not asked for longest goes first.

    Args:
        room: bytes of content.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._size = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        """What is kept under a key."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, answer: Kept) -> None:
        """Keeps an answer, unless it takes more than a fourth of the room."""
        if len(answer.content) * 4 > self._room or key in self._kept:
            return
        self._kept[key] = answer
        self._size += len(answer.content)
        while self._size > self._room:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone.content)

    def clear(self) -> None:
        """Keeps nothing any more."""
        self._kept.clear()
        self._size = 0
