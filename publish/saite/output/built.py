"""Reading what was built: a folder, or an archive."""

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final

from saite import archive, manifest
from saite.archive import ENDING, Member, Section
from saite.artifact import Artifact
from saite.errors import DataError
from saite.manifest import Entry

LARGE: Final = 1 << 20
"""Bytes of a file that is not compressed in an archive, so that any part of it can be read."""


def is_ours(path: Path) -> bool:
    """Whether a folder, or an archive, is a site that Saite built."""
    return is_packed(path) if path.suffix == ENDING and path.is_file() else is_folder(path)


def is_folder(path: Path) -> bool:
    """Whether a folder has the manifest of a build of Saite's."""
    try:
        with (path / manifest.FILE_NAME).open("rb") as lines:
            next(manifest.read(lines), None)
    except (OSError, ValueError):
        return False
    return True


def is_packed(path: Path) -> bool:
    """Whether a file is an archive with a site."""
    try:
        with path.open("rb") as file:
            name, _ = archive.first(file)
    except (OSError, ValueError):
        return False
    return name == manifest.FILE_NAME


def unpacked(path: Path, *, as_made: bool = False) -> Iterator[Artifact]:
    """The files of an archive.

    Args:
        path: the archive.
        as_made: what was not compressed comes as a stream, so that it will not be compressed when it is packed again.

    Raises:
        DataError: it is damaged.
        OSError: it cannot be read.
    """
    with path.open("rb") as file, path.open("rb") as listed:
        try:
            _, found = archive.first(listed)
            for entry in manifest.read(archive.lines(listed, found.at, found.packed)):
                content = content_of(file, entry)
                if as_made and isinstance(content, bytes) and not entry.gzip:
                    content = partial(iter, (content,))
                yield Artifact(
                    entry.path,
                    entry.media_type,
                    content,
                    entry.document,
                    entry.language,
                    entry.modified,
                    entry.profile,
                )
        except ValueError as error:
            raise DataError(f"{path} is damaged: {error}", cure="Build the site again.") from error


def content_of(file: IO[bytes], entry: Entry) -> bytes | Callable[[], Iterator[bytes]]:
    """The content of a file in an archive; that of a large one is read as it is needed.

    Raises:
        ValueError: it is damaged.
    """
    member = Member(*entry.member)
    if member.packed > LARGE:
        return lambda: archive.blocks(file, member.at, member.packed)
    data = b"".join(archive.blocks(file, member.at, member.packed))
    content = archive.inflated(data) if entry.gzip else data
    if zlib.crc32(content) != member.crc:
        raise ValueError(f"{entry.path} is not what it was")
    return content


def entries(built: Path) -> Iterator[Entry]:
    """The files of a built site.

    Raises:
        OSError: it cannot be read.
        ValueError: it is none.
    """
    if built.is_dir():
        with (built / manifest.FILE_NAME).open("rb") as lines:
            yield from manifest.read(lines)
    else:
        with built.open("rb") as listed:
            _, found = archive.first(listed)
            yield from manifest.read(archive.lines(listed, found.at, found.packed))


@contextmanager
def opened(built: Path, entry: Entry) -> Iterator[IO[bytes]]:
    """A file of a built site, to be read.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged.
    """
    with (built / entry.path if built.is_dir() else built).open("rb") as file:
        if built.is_dir():
            yield file
            return
        content = content_of(file, entry)
        if isinstance(content, bytes):
            yield io.BytesIO(content)
        else:
            yield io.BufferedReader(Section(file, entry.member[0], entry.member[1]), LARGE)
