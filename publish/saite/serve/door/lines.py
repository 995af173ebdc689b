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

    Attributes:
        first: the first line, which tells of the whole.

    Raises:
        ValueError: the file is empty.
    """

    def __init__(self, file: BinaryIO, key: Callable[[bytes], bytes]) -> None:
        self._key = key
        self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.first = self._data.readline()
        starts = array("Q")
        at = len(self.first)
        while at < len(self._data):
            if self._data[at : at + len(_ROW)] == _ROW:
                starts.append(at)
            end = self._data.find(b"\n", at)
            at = end + 1 if end >= 0 else len(self._data)
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
        end = self._data.find(b"\n", start)
        return self._data[start : end if end >= 0 else None].rstrip(b",")
