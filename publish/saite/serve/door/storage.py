"""Where the files of a built site lie: in a folder, or in an archive."""

import gzip
import os
import stat
import time
import weakref
import zlib
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, Protocol

from saite import archive, manifest
from saite.archive import Member
from saite.manifest import Entry
from saite.serve.door.lines import SortedLines

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK  # a pipe in its place keeps nobody waiting

_COARSE: Final = 50_000_000
"""Nanoseconds by which the clock of a file system may be late."""

Key = Callable[[bytes], bytes]
"""What rows are sorted by."""


class Changed(Exception):
    """A file is not there any more as the manifest has it: another build has taken the place of this one."""


class Extent(NamedTuple):
    """Bytes of a file.

    Attributes:
        descriptor: of the file; to be closed.
        at: where they begin.
        size: how many there are.
    """

    descriptor: int
    at: int
    size: int


class Storage(Protocol):
    """Has files.

    Attributes:
        version: another one for other content.
    """

    version: str

    def listed(self, key: Key) -> SortedLines:
        """The rows of the manifest."""
        ...

    def rows(self, entry: Entry, key: Key) -> SortedLines:
        """The rows of another list of ours."""
        ...

    def open(self, entry: Entry, compressed: bool = False) -> Extent:
        """The bytes of a file, or of its compressed form.

        Raises:
            Changed: it is not there any more.
        """
        ...

    def content(self, data: bytes, entry: Entry, compressed: bool = False) -> bytes:
        """A content, or what gzip makes of it, from the bytes that were opened."""
        ...


class Folder:
    """Files in a folder, whatever stands in its place later; no link is followed, of a file nor of a folder.

    A build after an edit puts other files into this very folder, one after the other, and the manifest last. So a file
    that somebody has touched since the manifest was opened is read, whether it is still what the manifest says.

    Args:
        folder: the folder.

    Raises:
        OSError: it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._opened = time.time_ns() - _COARSE
        self._descriptor = os.open(folder, _FOLDER)
        weakref.finalize(self, os.close, self._descriptor)
        self.version = stamp(os.stat(manifest.FILE_NAME, dir_fd=self._descriptor))

    def listed(self, key: Key) -> SortedLines:
        """See :class:`Storage`."""
        return self._rows(manifest.FILE_NAME, key)

    def rows(self, entry: Entry, key: Key) -> SortedLines:
        """See :class:`Storage`."""
        return self._rows(entry.path, key)

    def open(self, entry: Entry, compressed: bool = False) -> Extent:
        """See :class:`Storage`."""
        *folders, name = (entry.path + (".gz" if compressed else "")).split("/")
        with ExitStack() as stack:
            inside = self._descriptor
            try:
                for folder in folders:
                    inside = os.open(folder, _FOLDER | os.O_NOFOLLOW, dir_fd=inside)
                    stack.callback(os.close, inside)
                descriptor = os.open(name, _FILE, dir_fd=inside)
            except OSError as error:
                raise Changed from error
        found = os.fstat(descriptor)
        known = stat.S_ISREG(found.st_mode) and (compressed or found.st_size == entry.size)
        if not known or (found.st_ctime_ns > self._opened and not _is(entry, descriptor, compressed)):
            os.close(descriptor)
            raise Changed
        return Extent(descriptor, 0, found.st_size)

    def content(self, data: bytes, entry: Entry, compressed: bool = False) -> bytes:
        """See :class:`Storage`."""
        return data

    def _rows(self, name: str, key: Key) -> SortedLines:
        with os.fdopen(os.open(name, _FILE, dir_fd=self._descriptor), "rb") as file:
            return SortedLines(file, key)


def _is(entry: Entry, descriptor: int, compressed: bool) -> bool:
    """Whether an open file has the content of an entry; the descriptor stands at its beginning afterwards."""
    with os.fdopen(os.dup(descriptor), "rb") as file:
        try:
            with gzip.open(file) if compressed else nullcontext(file) as content:
                digest = file_digest(content, "sha256").hexdigest()
        except (OSError, EOFError, zlib.error):
            return False
        file.seek(0)
    return digest == entry.sha256


class Packed:
    """Files in an archive, whatever stands in its place later.

    Args:
        path: the archive.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no archive of a site.
    """

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("rb")
        weakref.finalize(self, self._file.close)
        self.version = stamp(os.fstat(self._file.fileno()))
        name, self._listed = archive.first(self._file)
        if name != manifest.FILE_NAME:
            raise ValueError("this archive is no site")

    def listed(self, key: Key) -> SortedLines:
        """See :class:`Storage`."""
        return SortedLines(self._file, key, self._listed.at, self._listed.packed)

    def rows(self, entry: Entry, key: Key) -> SortedLines:
        """See :class:`Storage`."""
        member = Member(*entry.member)
        return SortedLines(self._file, key, member.at, member.packed)

    def open(self, entry: Entry, compressed: bool = False) -> Extent:
        """See :class:`Storage`."""
        member = Member(*entry.member)
        return Extent(os.dup(self._file.fileno()), member.at, member.packed)

    def content(self, data: bytes, entry: Entry, compressed: bool = False) -> bytes:
        """See :class:`Storage`."""
        if not entry.gzip:
            return data
        return archive.gzipped(data, entry.member[2], entry.size) if compressed else archive.inflated(data)


def stored(place: Path) -> Storage:
    """Where a site lies.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no archive of a site.
    """
    return Packed(place) if place.suffix == archive.ENDING and place.is_file() else Folder(place)


def current(place: Path) -> str:
    """The version of what is there now; "" if nothing is, as for a moment while a build takes its place."""
    try:
        return stamp((place if place.is_file() else place / manifest.FILE_NAME).stat())
    except OSError:
        return ""


def stamp(status: os.stat_result) -> str:
    """What another file in a place has otherwise."""
    return f"{status.st_dev}-{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"
