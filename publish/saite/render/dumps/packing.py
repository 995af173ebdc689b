"""Packed copies of dumps: gzip (RFC 1952) and Zstandard (RFC 8878), made beside the plain file where that can be."""

import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, Protocol

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdCompressor
else:
    from backports.zstd import ZstdCompressor

GZIP: Final = "application/gzip"
ZSTD: Final = "application/zstd"

_CHUNK: Final = 1 << 16
"""Bytes of a piece of a dump, about."""
_KEPT: Final = 1 << 26
"""Bytes up to which packed dumps are kept from the writing of the plain one."""
_LEVEL: Final = 9  # of Zstandard: smaller than gzip, and sooner made

Source = Callable[[], Iterator[bytes]]


class Packer(Protocol):
    """Packs one file, piece by piece."""

    def add(self, chunk: bytes) -> bytes:
        """What some bytes become; it may be held back."""
        ...

    def end(self) -> bytes:
        """The rest."""
        ...


class Gzip:
    """A gzip file without name and time, and without a word about the system that it was made on."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
        self._sum = 0
        self._size = 0

    def add(self, chunk: bytes) -> bytes:
        """What some bytes become."""
        self._sum = zlib.crc32(chunk, self._sum)
        self._size += len(chunk)
        head, self._head = self._head, b""
        return head + self._deflate.compress(chunk)

    def end(self) -> bytes:
        """The rest, with checksum and size."""
        size = self._size & 0xFFFFFFFF
        return self._head + self._deflate.flush() + self._sum.to_bytes(4, "little") + size.to_bytes(4, "little")


class Zstd:
    """A Zstandard frame."""

    def __init__(self) -> None:
        self._compressor = ZstdCompressor(_LEVEL)

    def add(self, chunk: bytes) -> bytes:
        """What some bytes become."""
        return self._compressor.compress(chunk)

    def end(self) -> bytes:
        """The rest."""
        return self._compressor.flush()


PACKERS: Final[dict[str, tuple[str, Callable[[], Packer]]]] = {"gz": (GZIP, Gzip), "zst": (ZSTD, Zstd)}
"""Media type and packer by file ending."""


class Packed:
    """A file and its packed copies, made together where they come one after the other.

    Args:
        source: yields the file's bytes.
        endings: of the copies, of :data:`PACKERS`.
    """

    def __init__(self, source: Source, endings: Sequence[str]) -> None:
        self._source = partial(pieces, source)
        self._endings = endings
        self._kept: dict[str, bytes] = {}
        self._begun = False

    def plain(self) -> Iterator[bytes]:
        """The file; the first time, the copies are made of the same pieces, and kept if they are small."""
        if self._begun:
            yield from self._source()
            return
        self._begun = True
        packers = {ending: PACKERS[ending][1]() for ending in self._endings}
        kept: dict[str, list[bytes]] = {ending: [] for ending in packers}
        size = 0
        for chunk in self._source():
            if size <= _KEPT:
                for ending, packer in packers.items():
                    kept[ending].append(packer.add(chunk))
                    size += len(kept[ending][-1])
            yield chunk
        if size <= _KEPT:
            self._kept = {ending: b"".join([*kept[ending], packer.end()]) for ending, packer in packers.items()}

    def packed(self, ending: str) -> Iterator[bytes]:
        """A copy."""
        kept = self._kept.pop(ending, None)
        if kept is not None:
            yield kept
            return
        packer = PACKERS[ending][1]()
        for chunk in self._source():
            yield packer.add(chunk)
        yield packer.end()


def pieces(source: Source) -> Iterator[bytes]:
    """The same bytes in pieces of a good size to write."""
    gathered: list[bytes] = []
    size = 0
    for piece in source():
        gathered.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(gathered)
            gathered.clear()
            size = 0
    if gathered:
        yield b"".join(gathered)
