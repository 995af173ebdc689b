"""ZIP archives whose members are files of a site: written in one go, and found again without reading what lies between.

The format is that of PKWARE's APPNOTE 6.3.10, whose sections are named below. Nothing in an archive depends on the
clock. The manifest is the first entry of the central directory, though its content comes last: a reader that knows
where the directory begins knows the manifest, which tells where everything else is, however many members there are.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final, NamedTuple

ENDING: Final = ".zip"

_LOCAL: Final = struct.Struct("<4s5H3I2H")  # 4.3.7
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")  # 4.3.12
_END: Final = struct.Struct("<4s4H2IH")  # 4.3.16
_END_64: Final = struct.Struct("<4sQ2H2I4Q")  # 4.3.14
_LOCATOR_64: Final = struct.Struct("<4sIQI")  # 4.3.15
_EXTRA: Final = struct.Struct("<2H")  # 4.5.1

_UTF8: Final = 0x800  # 4.4.4, bit 11
_UNIX: Final = 3 << 8  # 4.4.2
_MODE: Final = 0o100644 << 16  # of the file, as Unix systems have it
_DAY: Final = 0x21  # 1980-01-01, the first that MS-DOS knows (4.4.6): no clock is asked
_STORED, _DEFLATED = 0, 8  # 4.4.5
_PLAIN, _LARGE = 20, 45  # the version that a reader needs (4.4.3.2)
_MOST: Final = 0xFFFFFFFF
_MANY: Final = 0xFFFF
_ZIP64: Final = 1  # 4.5.3
_BLOCK: Final = 1 << 20

_GZIP: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952, 2.3: deflate, no name, no time


class Member(NamedTuple):
    """Where a file lies in an archive.

    Attributes:
        at: the first of its bytes.
        packed: how many there are; fewer than the file has, if it is deflated.
        crc: CRC-32 of its content.
    """

    at: int
    packed: int
    crc: int


class Archive:
    """Writes an archive into a file that is empty.

    Args:
        file: the archive.
        directory: an empty file, for the central directory until all members are there.
    """

    def __init__(self, file: IO[bytes], directory: IO[bytes]) -> None:
        self._file = file
        self._directory = directory
        self._at = 0
        self._count = 0

    def begin(self, path: str, size: int, packed: int, crc: int) -> Member:
        """Begin a member; its bytes, as many as it has packed, are to be written to the file next."""
        name = path.encode()
        local, central = _records(name, size, packed, crc, self._at)
        self._file.write(local)
        member = Member(self._at + len(local), packed, crc)
        self._at = member.at + packed
        self._directory.write(central)
        self._count += 1
        return member

    def end(self, first: str, content: IO[bytes], size: int, crc: int) -> None:
        """Add what becomes the directory's first entry, and end the archive.

        Args:
            first: its path.
            content: its content, read from the beginning.
            size: how long it is.
            crc: its CRC-32.
        """
        local, central = _records(first.encode(), size, size, crc, self._at)
        self._file.write(local)
        _copy(content, self._file)
        start = self._at + len(local) + size
        length = len(central) + self._directory.tell()
        self._file.write(central)
        _copy(self._directory, self._file)
        self._file.write(_end(self._count + 1, start, length))


def _records(name: bytes, size: int, packed: int, crc: int, at: int) -> tuple[bytes, bytes]:
    """The local header of a member and its entry in the directory, without what comes between."""
    method = _STORED if packed == size else _DEFLATED
    large = b"" if size < _MOST else struct.pack("<2Q", size, packed)
    far = large + (struct.pack("<Q", at) if _far(at) else b"")
    sizes = (_MOST, _MOST) if large else (packed, size)
    version = _LARGE if far else _PLAIN
    extra = _EXTRA.pack(_ZIP64, len(large)) + large if large else b""
    local = _LOCAL.pack(
        b"PK\3\4", _LARGE if large else _PLAIN, _UTF8, method, 0, _DAY, crc, *sizes, len(name), len(extra)
    )
    told = _EXTRA.pack(_ZIP64, len(far)) + far if far else b""
    central = _CENTRAL.pack(
        *(b"PK\1\2", _UNIX | version, version, _UTF8, method, 0, _DAY, crc, *sizes),
        *(len(name), len(told), 0, 0, 0, _MODE, _MOST if _far(at) else at),
    )
    return local + name + extra, central + name + told


def _far(at: int) -> bool:
    """Whether a place in the file needs more than 32 bits."""
    return at >= _MOST


def _end(count: int, start: int, length: int) -> bytes:
    """What ends an archive, from where its directory begins and how long it is."""
    plain = _END.pack(
        b"PK\5\6", 0, 0, *(min(count, _MANY), min(count, _MANY), min(length, _MOST), min(start, _MOST)), 0
    )
    if count < _MANY and not _far(start) and length < _MOST:
        return plain
    large = _END_64.pack(b"PK\6\6", _END_64.size - 12, _UNIX | _LARGE, _LARGE, 0, 0, *(count, count, length, start))
    return large + _LOCATOR_64.pack(b"PK\6\7", 0, start + length, 1) + plain


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    source.seek(0)
    while block := source.read(_BLOCK):
        target.write(block)


def first(file: IO[bytes]) -> tuple[str, Member]:
    """The first entry of an archive's directory, which is stored.

    Raises:
        ValueError: this is no archive of :class:`Archive`'s.
        OSError: it cannot be read.
    """
    try:
        return _first(file)
    except (struct.error, UnicodeDecodeError) as error:
        raise ValueError("this is no archive") from error


def _first(file: IO[bytes]) -> tuple[str, Member]:
    end = file.seek(0, 2)
    plain = _END.unpack(_read(file, end - _END.size, _END.size))
    start = plain[6]
    if plain[0] != b"PK\5\6" or plain[7]:
        raise ValueError("this is no archive of Saite's")
    locator = _LOCATOR_64.size
    if end >= _END.size + locator:
        found = _LOCATOR_64.unpack(_read(file, end - _END.size - locator, locator))
        if found[0] == b"PK\6\7":
            start = _END_64.unpack(_read(file, found[2], _END_64.size))[9]
    entry = _CENTRAL.unpack(_read(file, start, _CENTRAL.size))
    if entry[0] != b"PK\1\2" or entry[4] != _STORED:
        raise ValueError("the first entry is not a stored file")
    crc, packed, name_length, extra_length, at = entry[7], entry[8], entry[10], entry[11], entry[16]
    name = _read(file, start + _CENTRAL.size, name_length)
    extra = _read(file, start + _CENTRAL.size + name_length, extra_length)
    if extra:
        values = list(struct.unpack(f"<{(len(extra) - _EXTRA.size) // 8}Q", extra[_EXTRA.size :]))
        if packed == _MOST:
            packed = values.pop(0)
            values.pop(0)
        if at == _MOST:
            at = values.pop(0)
    local = _LOCAL.unpack(_read(file, at, _LOCAL.size))
    if local[0] != b"PK\3\4":
        raise ValueError("the first entry leads nowhere")
    return name.decode(), Member(at + _LOCAL.size + local[9] + local[10], packed, crc)


def _read(file: IO[bytes], at: int, length: int) -> bytes:
    if at < 0:
        raise ValueError("this is no archive: it is too short")
    file.seek(at)
    return file.read(length)


def deflated(content: bytes) -> bytes:
    """A content as a member has it that is deflated (RFC 1951)."""
    return zlib.compress(content, 6, -15)


def inflated(packed: bytes) -> bytes:
    """A content from what :func:`deflated` has made of it.

    Raises:
        ValueError: it is damaged.
    """
    try:
        return zlib.decompress(packed, -15)
    except zlib.error as error:
        raise ValueError("a member of the archive is damaged") from error


def gzipped(packed: bytes, crc: int, size: int) -> bytes:
    """A deflated member as gzip has it (RFC 1952), without compressing it again."""
    return _GZIP + packed + struct.pack("<2I", crc, size & _MOST)


def blocks(file: IO[bytes], at: int, length: int) -> Iterator[bytes]:
    """Bytes of a file, a block at a time."""
    file.seek(at)
    while length:
        block = file.read(min(_BLOCK, length))
        if not block:
            raise ValueError("the archive is cut short")
        length -= len(block)
        yield block


def lines(file: IO[bytes], at: int, length: int) -> Iterator[bytes]:
    """Lines of a file, with their ends."""
    file.seek(at)
    while length > 0 and (line := file.readline(length)):
        length -= len(line)
        yield line


class Section(io.RawIOBase):
    """A part of a file as a file of its own, to be read.

    Args:
        file: the whole.
        at: where the part begins.
        length: how long it is.
    """

    def __init__(self, file: IO[bytes], at: int, length: int) -> None:
        super().__init__()
        self._file = file
        self._start = at
        self._length = length
        self._position = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """See :class:`io.IOBase`."""
        self._position = max(0, offset + (0, self._position, self._length)[whence])
        return self._position

    def readinto(self, buffer: Any) -> int:
        """See :class:`io.RawIOBase`."""
        view = memoryview(buffer).cast("B")
        self._file.seek(self._start + self._position)
        data = self._file.read(min(len(view), max(0, self._length - self._position)))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)
