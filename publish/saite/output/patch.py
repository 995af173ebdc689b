"""Some files of a site have other contents: what is staged is compared with what is there."""

from collections.abc import Iterable, Iterator
from mmap import mmap
from typing import NamedTuple

from saite import manifest
from saite.manifest import Entry
from saite.output.staging import GZ, Staging


class Misfit(Exception):
    """The files of the site are others than those that were to have other contents: it has to be written whole."""


class Mended(NamedTuple):
    """What has changed.

    Attributes:
        files: how many files have other contents.
        bytes: how much longer they are together.
    """

    files: int
    bytes: int


def patch(staging: Staging, rows: Iterable[bytes], old: mmap) -> Mended:
    """Leave what differs in a stage, and the manifest that the site has with it; nothing, if nothing does.

    Args:
        staging: the stage, filled.
        rows: the rows of what is in it, sorted.
        old: the manifest of the site.

    Raises:
        Misfit: the site has no file of that name, or has compressed copies of other files.
        OSError: the file system refuses.
    """
    edits: list[tuple[int, int, bytes]] = []
    grown = 0
    for row in rows:
        new = Entry.from_json(row)
        place = manifest.find(old, new.path)
        if place is None:
            raise Misfit(f"there is no {new.path}")
        before = Entry.from_json(old[slice(*place)])
        if new == before:
            (staging.path / new.path).unlink()
            if new.gzip:
                (staging.path / (new.path + GZ)).unlink()
            continue
        if new.gzip != before.gzip:
            raise Misfit(f"{new.path} has got a compressed copy, or lost it")
        grown += new.size - before.size
        edits.append((*place, row))
    if edits:
        staging.stream_manifest(_spliced(old, edits))
    return Mended(len(edits), grown)


def _spliced(old: mmap, edits: Iterable[tuple[int, int, bytes]]) -> Iterator[bytes]:
    done = 0
    for start, end, row in edits:
        yield old[done:start]
        yield row
        done = end
    yield old[done:]
