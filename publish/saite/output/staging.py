"""Writing many small files fast, below one folder and never beside it."""

import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from saite import manifest
from saite.artifact import Artifact
from saite.errors import DataError
from saite.manifest import Entry
from saite.output.ledger import Ledger, clash

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
_OPEN_FOLDERS = 64
_PLAIN = re.compile(r"[\w=~-][\w.=~-]*(?:/[\w=~-][\w.=~-]*)*", re.ASCII).fullmatch  # nothing to look at twice


class Staging:
    """A folder that is being filled, and the ledger of what is in it.

    Files are opened relative to their folder's descriptor: the kernel then resolves one name and not the whole
    path, and a folder is made and opened once for all its files.

    Args:
        path: the folder; it exists and is empty.
        ledger: takes note of each file.
    """

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self.path = path
        self.ledger = ledger
        self.files = 0
        self.bytes = 0
        self.descriptor = os.open(path, _FOLDER)
        self._folders: OrderedDict[str, int] = OrderedDict()

    def write(self, artifact: Artifact) -> None:
        """Write one artifact and note it.

        Raises:
            DataError: its path leads elsewhere, or another artifact has it already.
            OSError: the file system refuses.
        """
        check_path(artifact)
        folder, _, name = artifact.path.rpartition("/")
        try:
            content = artifact.content
            if isinstance(content, bytes):
                sha256, size = self._write_bytes(folder, name, content)
            else:
                sha256, size = self.write_file(folder, name, content())
        except (FileExistsError, NotADirectoryError) as error:
            entry = Entry(artifact.path, artifact.media_type, "", 0, artifact.document)
            other = self.ledger.find(artifact.path)
            raise clash(other or entry, entry) from error
        self.files += 1
        self.bytes += size
        self.ledger.add(
            Entry(
                artifact.path,
                artifact.media_type,
                sha256,
                size,
                artifact.document,
                artifact.language,
                artifact.modified,
            )
        )

    def write_file(self, folder: str, name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Write a file that must not be there yet; returns its SHA-256 and its length."""
        digest = hashlib.sha256()
        size = 0
        descriptor = os.open(name, _CREATE, 0o666, dir_fd=self._folder(folder))
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                rest = memoryview(chunk)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
        return digest.hexdigest(), size

    def _write_bytes(self, folder: str, name: str, content: bytes) -> tuple[str, int]:
        descriptor = os.open(name, _CREATE, 0o666, dir_fd=self._folder(folder))
        try:
            written = os.write(descriptor, content)
            while written < len(content):
                written += os.write(descriptor, memoryview(content)[written:])
        finally:
            os.close(descriptor)
        return hashlib.sha256(content).hexdigest(), len(content)

    def close(self) -> None:
        """Let go of the folders' descriptors and of the ledger."""
        for descriptor in self._folders.values():
            os.close(descriptor)
        self._folders.clear()
        self.ledger.close()
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def _folder(self, path: str) -> int:
        if not path:
            return self.descriptor
        if path in self._folders:
            self._folders.move_to_end(path)
            return self._folders[path]
        try:
            descriptor = os.open(path, _FOLDER, dir_fd=self.descriptor)
        except FileNotFoundError:
            self._make(path)
            descriptor = os.open(path, _FOLDER, dir_fd=self.descriptor)
        if len(self._folders) >= _OPEN_FOLDERS:
            os.close(self._folders.popitem(last=False)[1])
        self._folders[path] = descriptor
        return descriptor

    def _make(self, path: str) -> None:
        """Make a folder and those above it."""
        try:
            os.mkdir(path, dir_fd=self.descriptor)
        except FileNotFoundError:
            self._make(path.rpartition("/")[0])
            os.mkdir(path, dir_fd=self.descriptor)


def check_path(artifact: Artifact) -> None:
    """Refuse a path that is not one file below the site's root.

    Raises:
        DataError: it is absolute, climbs out, has empty or overlong parts, or is the manifest's own.
    """
    path = artifact.path
    if _PLAIN(path) and len(path) <= 255 and path[0] != ".":
        return
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts):
        reason = "it leads out of the output folder, or is not one file"
    elif "\\" in path or any(c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in path):
        reason = "it has a character that no file name should have"
    elif any(len(part.encode()) > 255 for part in parts):
        reason = "a file name is at most 255 bytes long"
    elif manifest.fold(path) == manifest.FILE_NAME:
        reason = "that name is the manifest's"
    else:
        return
    of = f" (of document {artifact.document!r})" if artifact.document else ""
    raise DataError(
        f"cannot write the file {path!r}{of}: {reason}",
        cure="Give the IRI another name, or map it to another path with [[documents]] in saite.toml.",
    )
