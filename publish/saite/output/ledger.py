"""What has been written so far, sorted in bounded memory, and judged for paths that would share a file."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from saite.errors import DataError
from saite.manifest import Entry, fold

_RUN = 50_000
_CURE = (
    "Give one of the two IRIs another name, or map them to different paths with [[documents]] in saite.toml; "
    "letter case alone does not tell files apart on every system."
)


class Ledger:
    """Takes entries in any order and gives them back sorted; runs beyond a limit wait in unnamed temporary files.

    Args:
        folder: where the temporary files are; they have no name, so nothing of them outlives the process.
        run: how many entries are held in memory.
    """

    def __init__(self, folder: Path, run: int = _RUN) -> None:
        self._folder = folder
        self._limit = run
        self._lines: list[bytes] = []
        self._spilled: list[IO[bytes]] = []

    def add(self, entry: Entry) -> None:
        """Note one written file."""
        self._lines.append(fold(entry.path).encode() + b"\x00" + entry.to_json() + b"\n")
        if len(self._lines) >= self._limit:
            self._spill()

    def entries(self) -> Iterator[Entry]:
        """All entries by folded path.

        Raises:
            DataError: two of them would share a file, or one's file is another's folder.
        """
        self._lines.sort()
        for run in self._spilled:
            run.seek(0)
        runs: list[Iterable[bytes]] = [
            (line for line in run) for run in self._spilled
        ]  # merge() closes what it is given
        lines = heapq.merge(*runs, self._lines)
        before, last = b"", None
        for line in lines:
            key, _, row = line.partition(b"\x00")
            entry = Entry.from_json(row)
            if last is not None and (key == before or key.startswith(before + b"\x01")):
                raise clash(last, entry)
            before, last = key, entry
            yield entry

    def find(self, path: str) -> Entry | None:
        """The entry that shares a file with the path, if there is one (slow: for messages)."""
        key = fold(path)
        for run in self._spilled:
            run.seek(0)
        for line in chain(*self._spilled, self._lines):
            entry = Entry.from_json(line.partition(b"\x00")[2])
            found = fold(entry.path)
            if found == key or found.startswith(key + "\x01") or key.startswith(found + "\x01"):
                return entry
        return None

    def close(self) -> None:
        """Give the temporary files back."""
        for run in self._spilled:
            run.close()
        self._spilled.clear()
        self._lines.clear()

    def _spill(self) -> None:
        self._lines.sort()
        run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 (lives as long as the ledger)
        self._spilled.append(run)
        run.writelines(self._lines)
        self._lines.clear()


def clash(one: Entry, other: Entry) -> DataError:
    """The error that two files cannot both be there."""
    if fold(one.path) == fold(other.path):
        what = f"two files would be one: {_name(one)} and {_name(other)}"
    else:
        what = f"a file would be a folder too: {_name(one)} and {_name(other)}"
    return DataError(what, cure=_CURE)


def _name(entry: Entry) -> str:
    return f"{entry.path} (of document {entry.document!r})" if entry.document else entry.path
