"""Sorted rows of a file, found without holding them: a site of a million files must not cost gigabytes to serve."""

import mmap
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

_ROW: Final = b'{"path":'


class SortedLines:
    """The rows of a manifest, or of the names of a site: those lines that begin with a path.

    They are read from the file as they are asked for; of each, eight bytes are held. The file may be removed
    meanwhile.

    Args:
        file: the file; it is not needed any more afterwards.
        key: what the rows are sorted by.
        at: where they begin in it.
        length: of their part of the file; None: to its end.

    Attributes:
        first: the first line, which tells of the whole.

    Raises:
        ValueError: the file is empty.
    """

    def __init__(self, file: BinaryIO, key: Callable[[bytes], bytes], at: int = 0, length: int | None = None) -> None:
        self._key = key
        self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._end = len(self._data) if length is None else min(at + length, len(self._data))
        self._data.seek(at)
        self.first = self._data.readline()
        starts = array("Q")
        at += len(self.first)
        while at < self._end:
            if self._data[at : at + len(_ROW)] == _ROW:
                starts.append(at)
            end = self._data.find(b"\n", at, self._end)
            at = end + 1 if end >= 0 else self._end
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts)

    def since(self, key: bytes) -> Iterator[bytes]:
        """The rows whose keys are not less, in order."""
        for number in range(bisect_left(self._starts, key, key=self._key_at), len(self._starts)):
            yield self._line(self._starts[number])

    def _key_at(self, start: int) -> bytes:
        return self._key(self._line(start))

    def _line(self, start: int) -> bytes:
        end = self._data.find(b"\n", start, self._end)
        return self._data[start : end if end >= 0 else self._end].rstrip(b",")
