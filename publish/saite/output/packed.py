"""The archive door: a site in one file, which takes the old one's place in one step.

Loose small files are the wall on a real disk: each costs a name, an inode and a block. Here each process appends what
it makes to a part of its own; at the end the parts are brought into the order of the manifest, in one ZIP archive that
is the same bytes however many processes worked. ``saite serve`` answers from it, ``saite unpack`` spreads it out, and
any program that reads ZIP can look into it. The parts lie in a hidden neighbour, as those of a folder do.
"""

import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Final

from saite import archive, manifest
from saite.archive import Archive
from saite.artifact import Artifact
from saite.errors import DataError, UsageError
from saite.fields import compressible
from saite.manifest import Entry
from saite.output.built import LARGE, entries, is_packed
from saite.output.failures import fault, told
from saite.output.ledger import Ledger, merged
from saite.output.place import Place, Written
from saite.output.staging import WORTH_COMPRESSING, Stage, check_path
from saite.part import FILE_NAME

_BUFFER: Final = 1 << 20


class Packing(Stage):
    """Files that wait in parts, one part for each process; a row's ``member`` begins with the number of the part."""

    def __init__(self, path: Path, ledger: Ledger, display: str, compress: bool = False) -> None:
        super().__init__(path, ledger, display, compress)
        descriptor, name = tempfile.mkstemp(dir=path)
        self._number = os.fstat(descriptor).st_ino  # no other file has it
        Path(name).rename(path / str(self._number))
        self._file = os.fdopen(descriptor, "wb", buffering=_BUFFER)
        self._at = 0
        self._taken = 0

    def write(self, artifact: Artifact) -> None:
        """See :class:`~saite.output.staging.Stage`."""
        check_path(artifact)
        content = artifact.content
        start, squeezed = self._at, False
        if isinstance(content, bytes):
            size, digest, crc = len(content), sha256(content).hexdigest(), zlib.crc32(content)
            if self._to_squeeze(artifact, size):
                packed = archive.deflated(content)
                squeezed = len(packed) < size
                content = packed if squeezed else content
            self._append(content)
        else:
            size, digest, crc = self._stream(content())
        self.note(artifact, digest, size, squeezed, (self._number, start, self._at - start, crc))

    def take(self, part: Path) -> None:
        """See :class:`~saite.output.staging.Stage`; what is packed already is not looked at."""
        self._taken += 1
        number = -self._taken
        with told(self.display):
            (self.path / str(number)).symlink_to(part.resolve())
        try:
            for entry in entries(part):
                if entry.path != FILE_NAME:
                    self.enter(entry.path, entry._replace(member=(number, *entry.member)).to_json(), entry.size)
        except ValueError as error:
            raise DataError(f"{part} is damaged: {error}", cure="Build the site again.") from error

    def flush(self) -> None:
        """See :class:`~saite.output.staging.Stage`."""
        self._file.flush()

    def close(self) -> None:
        """See :class:`~saite.output.staging.Stage`."""
        super().close()
        self._file.close()

    def _to_squeeze(self, artifact: Artifact, size: int) -> bool:
        """Whether a file is to be compressed: not one of ours, which are looked up line by line."""
        return (
            self.compress
            and WORTH_COMPRESSING <= size <= LARGE
            and compressible(artifact.media_type)
            and not artifact.path.startswith(".")
        )

    def _append(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise fault(error, self.display) from error
        self._at += len(data)

    def _stream(self, chunks: Iterable[bytes]) -> tuple[int, str, int]:
        """Write a file piece by piece; its length, SHA-256 and CRC-32."""
        digest, crc, start = sha256(), 0, self._at
        for chunk in chunks:
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            self._append(chunk)
        return self._at - start, digest.hexdigest(), crc


class OutputArchive(Place):
    """An archive."""

    def _written(self, fill: Callable[[Stage], None], gzip: bool, durable: bool) -> Written:
        with told(self.display):
            self._new.mkdir()
            staging = Packing(self._new, Ledger(self.out.parent), self.display, gzip)
        try:
            fill(staging)
            with told(self.display):
                staging.flush()
                whole = self._new / self.out.name
                self._seal(whole, merged(staging.ledgers))
                if durable:
                    with whole.open("rb") as file:
                        os.fsync(file.fileno())
                whole.replace(self.out)
                if durable:
                    self._settle()
        finally:
            staging.close()
        return Written(self.out, staging.files, staging.bytes, 0)

    def _seal(self, whole: Path, rows: Iterator[bytes]) -> None:
        """Bring the parts together.

        Raises:
            DataError: two artifacts share a path.
        """
        parts: dict[int, memoryview] = {}
        with (
            whole.open("wb", buffering=_BUFFER) as file,
            tempfile.TemporaryFile(dir=self._new) as directory,
            tempfile.TemporaryFile(dir=self._new) as listed,
        ):
            made = Archive(file, directory)
            size, crc = 0, 0
            for piece in manifest.write(self._moved(row, parts, made, file) for row in rows):
                listed.write(piece)
                size += len(piece)
                crc = zlib.crc32(piece, crc)
            made.end(manifest.FILE_NAME, listed, size, crc)

    def _moved(self, row: bytes, parts: dict[int, memoryview], made: Archive, file: IO[bytes]) -> bytes:
        """Write a file to its place; its row as the manifest has it."""
        entry = Entry.from_json(row)
        number, start, packed, crc = entry.member
        member = made.begin(entry.path, entry.size, packed, crc)
        if packed:
            if number not in parts:
                with (self._new / str(number)).open("rb") as part:
                    parts[number] = memoryview(mmap(part.fileno(), 0, access=ACCESS_READ))
            file.write(parts[number][start : start + packed])
        return entry._replace(member=tuple(member)).to_json()

    def judge(self) -> None:
        """See :class:`~saite.output.place.Place`."""
        if self.out.exists() and not is_packed(self.out):
            what = "is a folder" if self.out.is_dir() else "is a file that Saite did not make"
            raise UsageError(
                f"the output {self.display} {what}; nothing was changed", cure="Name another file with -o."
            )
