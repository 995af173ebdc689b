"""What a build has left: begin at :class:`Published`."""

from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Final, TypeVar

import orjson

from saite import manifest, naming
from saite.errors import UsageError
from saite.iri import MAX_PATH
from saite.manifest import Entry
from saite.naming import Name
from saite.serve.door.joint import forms
from saite.serve.door.storage import Changed, Extent, stored

_KEPT: Final = 20_000
"""Rows that are kept as they were read."""

_Row = TypeVar("_Row")


class Published:
    """One generation of a built site: what it was when this was made, whatever stands in its place now.

    Args:
        place: its folder, or its archive.

    Attributes:
        whole: what :mod:`saite.naming` says of the whole site.
        version: another one for other content: the digest of the manifest's place and time.

    Raises:
        UsageError: it is nothing that this version of Saite has built.
    """

    def __init__(self, place: Path) -> None:
        try:
            self._storage = stored(place)
            self.version = self._storage.version
            self._files = self._storage.listed(lambda line: manifest.fold(orjson.loads(line)["path"]).encode())
            listed = self._file(naming.FILE_NAME)
            if listed is None:
                raise ValueError("the list of names is missing")
            self._names = self._storage.rows(listed, lambda line: naming.key(orjson.loads(line)["path"]))
            self.whole = naming.whole(self._names.first)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"{place} is no site that this version of Saite has built",
                cure=f"Build it anew: saite build SITE -o {place}",
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

    def open(self, entry: Entry, compressed: bool = False) -> Extent:
        """The bytes of a file, or of its compressed form, as they lie there.

        Raises:
            Changed: it is not there any more.
        """
        return self._storage.open(entry, compressed)

    def content(self, data: bytes, entry: Entry, compressed: bool = False) -> bytes:
        """A content, or what gzip makes of it, from the bytes that were opened.

        Raises:
            Changed: they are damaged.
        """
        try:
            return self._storage.content(data, entry, compressed)
        except ValueError as error:
            raise Changed from error

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
