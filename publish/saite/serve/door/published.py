"""What a build has left in a folder: begin at :class:`Published`."""

import os
import stat
import weakref
from collections.abc import Callable
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

import orjson

from saite import manifest, naming
from saite.errors import UsageError
from saite.iri import MAX_PATH
from saite.manifest import Entry
from saite.naming import Name
from saite.serve.door.joint import forms
from saite.serve.door.lines import SortedLines

_KEPT: Final = 20_000
"""Rows that are kept as they were read."""

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK  # a pipe in its place keeps nobody waiting
_Row = TypeVar("_Row")


class Changed(Exception):
    """A file is not there any more as the manifest has it: another build has taken the place of this one."""


class Published:
    """One generation of a built folder: what it was when this was made, whatever stands in its place now.

    Args:
        folder: the folder.

    Attributes:
        whole: what :mod:`saite.naming` says of the whole site.
        version: another one for other content: the digest of the manifest's place and time.

    Raises:
        UsageError: it is no folder that this version of Saite has built.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._descriptor = os.open(folder, _FOLDER)
            weakref.finalize(self, os.close, self._descriptor)
            with self._stream(manifest.FILE_NAME) as file:
                self.version = _stamp(os.fstat(file.fileno()))
                self._files = SortedLines(file, lambda line: manifest.fold(orjson.loads(line)["path"]).encode())
            with self._stream(naming.FILE_NAME) as file:
                self._names = SortedLines(file, lambda line: naming.key(orjson.loads(line)["path"]))
            self.whole = naming.whole(self._names.first)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{folder} is no site that this version of Saite has built",
                cure=f"Build it anew: saite build SITE -o {folder}",
            ) from error
        self._entries: dict[str, Entry | None] = {}
        self._variants: dict[str, tuple[Entry, ...]] = {}
        self._named: dict[str, Name | None] = {}

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._files)

    def file(self, path: str) -> Entry | None:
        """The file at a path."""
        return _kept(self._entries, path, self._file)

    def variants(self, document: str) -> tuple[Entry, ...]:
        """The files that represent a document: see :func:`saite.serve.door.joint.forms`."""
        return _kept(self._variants, document, self._files_of)

    def name(self, path: str) -> Name | None:
        """What a path names beside files."""
        return _kept(self._named, path, self._name)

    def open(self, entry: Entry, ending: str = "") -> int:
        """A descriptor of a file, or of the compressed copy beside it; to be closed.

        No link is followed, neither in the place of a file nor of a folder.

        Raises:
            Changed: it is not there any more.
        """
        *folders, name = (entry.path + ending).split("/")
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
        if not stat.S_ISREG(found.st_mode) or (not ending and found.st_size != entry.size):
            os.close(descriptor)
            raise Changed
        return descriptor

    def _stream(self, name: str) -> BinaryIO:
        return os.fdopen(os.open(name, _FILE, dir_fd=self._descriptor), "rb")

    def _file(self, path: str) -> Entry | None:
        line = next(self._files.since(manifest.fold(path).encode()), None)
        entry = Entry.from_json(line) if line is not None else None
        return entry if entry is not None and entry.path == path else None

    def _files_of(self, document: str) -> tuple[Entry, ...]:
        begin = manifest.fold(f"{document}.")
        entries = map(Entry.from_json, self._files.since(begin.encode()))
        near = takewhile(lambda entry: manifest.fold(entry.path).startswith(begin), entries)
        return forms(near, document)

    def _name(self, path: str) -> Name | None:
        line = next(self._names.since(naming.key(path)), None)
        name = Name.from_json(line) if line is not None else None
        return name if name is not None and name.path == path else None


def current(folder: Path) -> str:
    """The version of what a folder holds now; "" if it holds nothing, as for a moment while a build takes its place."""
    try:
        return _stamp((folder / manifest.FILE_NAME).stat())
    except OSError:
        return ""


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_dev}-{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"


def _kept(rows: dict[str, _Row], key: str, find: Callable[[str], _Row]) -> _Row:
    try:
        return rows[key]
    except KeyError:
        if len(key) > MAX_PATH:  # asked for by who wants to fill the memory
            return find(key)
        if len(rows) >= _KEPT:
            rows.clear()
        row = rows[key] = find(key)
        return row
