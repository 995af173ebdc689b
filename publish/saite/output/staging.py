"""Writing many small files fast, below one folder and never beside it."""

import gzip
import os
import re
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Self

from saite import manifest
from saite.artifact import Artifact
from saite.errors import DataError
from saite.fields import compressible
from saite.manifest import Entry
from saite.output.built import unpacked
from saite.output.failures import fault, told
from saite.output.ledger import Ledger
from saite.part import FILE_NAME

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
_OPEN_FOLDERS = 64
_TAKEN = -1  # in place of a descriptor: the name has been given away
_PLAIN = re.compile(r"[\w=~-][\w.=~-]*(?:/[\w=~-][\w.=~-]*)*", re.ASCII).fullmatch  # nothing to look at twice
WORTH_COMPRESSING = 512
"""Bytes; below, the compressed file and its directory entry are no gain."""

GZ = ".gz"
"""What compressed copies are called beside their files."""


class Stage(ABC):
    """Where artifacts wait until they are published, and the ledger of what is there.

    Several processes may fill the same.

    Args:
        path: the folder; it exists, and is empty at first.
        ledger: takes note of each file written here.
        display: how the user knows the place.
        compress: text files are to be had in compressed form too.

    Attributes:
        ledgers: notes of all files: that of this process, then those of others.
        files: how many artifacts were written.
        bytes: their lengths together.
        taken: the rows of artifacts that found their file, or a folder of it, taken. With ``compress``:
        own: paths of artifacts that are compressed files; they take the place of copies.
        late: paths of text files that were too large to hold, and have no copy yet.
    """

    def __init__(self, path: Path, ledger: Ledger, display: str, compress: bool = False) -> None:
        self.path = path
        self.ledgers = [ledger]
        self.display = display
        self.compress = compress
        self.files = 0
        self.bytes = 0
        self.taken: list[bytes] = []
        self.own: set[str] = set()
        self.late: set[str] = set()

    def twin(self, ledger: Ledger) -> Self:
        """The same place, as another process fills it."""
        return type(self)(self.path, ledger, self.display, self.compress)

    @abstractmethod
    def write(self, artifact: Artifact) -> None:
        """Write one artifact and note it.

        Raises:
            DataError: its path leads elsewhere.
            EnvironmentFault: the file system refuses.
        """

    def take(self, part: Path) -> None:
        """Write the files of an archive that was packed as this place is to be; what tells which part it is, is left.

        Raises:
            DataError: it is damaged; a path leads elsewhere.
            EnvironmentFault: the file system refuses.
        """
        for artifact in unpacked(part, as_made=True):
            if artifact.path != FILE_NAME:
                self.write(artifact)

    def flush(self) -> None:  # noqa: B027 (a file that is closed needs none)
        """Let other processes see what was written here.

        Raises:
            OSError: the file system refuses.
        """

    def close(self) -> None:
        """Let go of files and of the ledgers."""
        for ledger in self.ledgers:
            ledger.close()

    def note(self, artifact: Artifact, digest: str, size: int, copied: bool, member: tuple[int, ...] = ()) -> bytes:
        """Note an artifact that was written; its row in the manifest.

        Raises:
            EnvironmentFault: the file system refuses.
        """
        row = manifest.row(
            artifact.path,
            artifact.media_type,
            digest,
            size,
            artifact.document,
            artifact.language,
            artifact.modified,
            copied,
            artifact.profile,
            member,
        )
        self.enter(artifact.path, row, size)
        return row

    def enter(self, path: str, row: bytes, size: int) -> None:
        """Count a file, and put its row into the ledger.

        Raises:
            EnvironmentFault: the file system refuses.
        """
        self.files += 1
        self.bytes += size
        try:
            self.ledgers[0].add(path, row)
        except OSError as error:
            raise fault(error, self.display) from error


class Staging(Stage):
    """A folder that is being filled with files.

    Files are opened relative to their folder's descriptor: the kernel then resolves one name and not the whole
    path, and a folder is made and opened once for all its files.
    """

    def __init__(self, path: Path, ledger: Ledger, display: str, compress: bool = False) -> None:
        super().__init__(path, ledger, display, compress)
        self.descriptor = os.open(path, _FOLDER)
        self._folders: OrderedDict[str, int] = OrderedDict()

    def write(self, artifact: Artifact) -> None:
        """Write one artifact and note it: see :class:`Stage`.

        One whose file is taken is only noted: who came first may depend on how the work was shared, so that the
        ledger tells of it, once everybody has come.
        """
        check_path(artifact)
        path = artifact.path
        folder, _, name = path.rpartition("/")
        content = artifact.content
        create = self._create_own if self.compress and name.endswith(GZ) else self._create
        descriptor = create(folder, name)
        copied = False
        if isinstance(content, bytes):
            size = len(content)
            digest = sha256(content).hexdigest()
            if descriptor != _TAKEN:
                self._put(descriptor, content)
            if self.compress and size >= WORTH_COMPRESSING and compressible(artifact.media_type):
                copied = self._copy(folder, name, content)
        else:
            digest, size = self._stream(descriptor, content())
            if self.compress and compressible(artifact.media_type):
                self.late.add(path)
        row = self.note(artifact, digest, size, copied)
        if descriptor == _TAKEN:
            self.taken.append(row)

    def write_manifest(self, rows: Iterable[bytes]) -> None:
        """Write the manifest of the folder.

        Raises:
            EnvironmentFault: the file system refuses.
        """
        self.stream_manifest(manifest.write(rows))

    def stream_manifest(self, pieces: Iterable[bytes]) -> None:
        """Write the manifest of the folder, whose bytes are given.

        Raises:
            EnvironmentFault: the file system refuses.
        """
        descriptor = self._create("", manifest.FILE_NAME)
        try:
            for piece in pieces:
                self._append(descriptor, piece)
        finally:
            self._close(descriptor)

    def completed(self, row: bytes) -> bytes:
        """A row, once everything is written: whether a copy of ours stands beside the file is certain only then.

        Raises:
            EnvironmentFault: the file system refuses.
        """
        entry = Entry.from_json(row)
        path = entry.path
        copied = entry.gzip
        if path in self.late and entry.size >= WORTH_COMPRESSING and path + GZ not in self.own:
            folder, _, name = path.rpartition("/")
            with told(self.display):
                copied = self._copy(folder, name, (self.path / path).read_bytes())
        elif copied:
            copied = path + GZ not in self.own
        return row if copied == entry.gzip else entry._replace(gzip=copied).to_json()

    def close(self) -> None:
        """Let go of the folders' descriptors and of the ledgers."""
        super().close()
        for descriptor in self._folders.values():
            os.close(descriptor)
        self._folders.clear()
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def _create(self, folder: str, name: str) -> int:
        """The descriptor of a new file, or ``_TAKEN``."""
        try:
            return os.open(name, _CREATE, 0o666, dir_fd=self._folder(folder))
        except (FileExistsError, NotADirectoryError):
            return _TAKEN
        except OSError as error:
            raise fault(error, self.display) from error

    def _copy(self, folder: str, name: str, content: bytes) -> bool:
        """Write a compressed copy beside a file; False if there is a file of that name, or it would be too long."""
        name += GZ
        if len(name.encode()) > 255:
            return False
        descriptor = self._create(folder, name)
        if descriptor == _TAKEN:
            return False
        self._put(descriptor, gzip.compress(content, 9, mtime=0))
        return True

    def _create_own(self, folder: str, name: str) -> int:
        """The descriptor of the site's own compressed file, which takes the place of a copy that we made."""
        self.own.add(f"{folder}/{name}" if folder else name)
        while (descriptor := self._create(folder, name)) == _TAKEN:
            try:
                os.unlink(name, dir_fd=self._folder(folder))
            except (IsADirectoryError, NotADirectoryError):
                break
            except FileNotFoundError:  # another process did the same
                continue
        return descriptor

    def _put(self, descriptor: int, content: bytes) -> None:
        """Fill a file and close it."""
        try:
            try:
                written = os.write(descriptor, content)
                while written < len(content):
                    written += os.write(descriptor, memoryview(content)[written:])
            finally:
                os.close(descriptor)
        except OSError as error:
            raise fault(error, self.display) from error

    def _stream(self, descriptor: int, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Fill a file piece by piece (none if it is taken) and close it; its SHA-256 and its length."""
        digest = sha256()
        size = 0
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                if descriptor != _TAKEN:
                    self._append(descriptor, chunk)
        finally:
            if descriptor != _TAKEN:
                self._close(descriptor)
        return digest.hexdigest(), size

    def _append(self, descriptor: int, chunk: bytes) -> None:
        try:
            rest = memoryview(chunk)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        except OSError as error:
            raise fault(error, self.display) from error

    def _close(self, descriptor: int) -> None:
        try:
            os.close(descriptor)
        except OSError as error:
            raise fault(error, self.display) from error

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
        """Make a folder and those above it, unless another process is quicker."""
        try:
            with suppress(FileExistsError):
                os.mkdir(path, dir_fd=self.descriptor)
        except FileNotFoundError:
            self._make(path.rpartition("/")[0])
            with suppress(FileExistsError):
                os.mkdir(path, dir_fd=self.descriptor)


def check_path(artifact: Artifact) -> None:
    """Refuse a path that is not one file below the site's root.

    Raises:
        DataError: it is absolute, climbs out, has empty or overlong parts, or is the manifest's own.
    """
    path = artifact.path
    if len(path) <= 255 and _PLAIN(path):
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
