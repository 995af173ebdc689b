"""What has been written so far, sorted in bounded memory, and judged for paths that would share a file."""

import heapq
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from saite.errors import DataError
from saite.manifest import Entry, fold

_RUN = 50_000
_BLOCK = 1 << 16  # bytes of a run that are held while it is merged
_CURE = (
    "Give one of the two IRIs another name, or map them to different paths with [[documents]] in saite.toml; "
    "letter case alone does not tell files apart on every system."
)


class Run(NamedTuple):
    """Where sorted lines lie in a ledger's file: from a byte on, up to another."""

    start: int
    end: int


class Ledger:
    """Takes rows of a manifest in any order; :func:`merged` gives them back sorted.

    Runs beyond a limit wait in a temporary file. It has no name, so that nothing of it outlives the process, and is
    made at once, so that a process forked afterwards and this one share it.

    Args:
        folder: where the temporary file is.
        run: how many rows are held in memory.
    """

    def __init__(self, folder: Path, run: int = _RUN) -> None:
        self._limit = run
        self._lines: list[bytes] = []
        self._runs: list[Run] = []
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (lives as long as the ledger)

    def add(self, path: str, row: bytes) -> None:
        """Note one file by its row (:func:`saite.manifest.row`)."""
        self._lines.append(b"%b\x00%b\n" % (fold(path).encode(), row))
        if len(self._lines) >= self._limit:
            self._spill()

    def hand_over(self) -> list[Run]:
        """Put everything into the file, for the process that shares it to :meth:`take_over`."""
        self._spill()
        return self._runs

    def take_over(self, runs: Iterable[Run]) -> None:
        """Know what the processes that shared it have put into the file, the last of them and those before it."""
        self._runs = list(runs)

    def lines(self) -> list[Iterable[bytes]]:
        """Sorted runs of lines: the folded path, a zero byte, the row."""
        self._lines.sort()
        spilled: list[Iterable[bytes]] = [_lines(self._file.fileno(), run) for run in self._runs]
        return [*spilled, self._lines] if self._lines else spilled

    def close(self) -> None:
        """Give the temporary file back."""
        self._file.close()
        self._runs.clear()
        self._lines.clear()

    def _spill(self) -> None:
        self._lines.sort()
        start = self._runs[-1].end if self._runs else 0
        self._file.writelines(self._lines)
        self._file.flush()
        self._runs.append(Run(start, self._file.tell()))
        self._lines.clear()


def merged(ledgers: Sequence[Ledger]) -> Iterator[bytes]:
    """The rows of all ledgers by folded path.

    Raises:
        DataError: two of them would share a file, or one's file is another's folder. Which pair is told depends on
            the paths alone, and not on who came first.
    """
    runs = [run for ledger in ledgers for run in ledger.lines()]
    before, last = b"\x00", b""
    for line in heapq.merge(*runs) if len(runs) > 1 else runs[0] if runs else ():
        key, _, row = line.partition(b"\x00")
        if key.startswith(before) and (key == before or key.startswith(before + b"\x01")):
            raise clash(Entry.from_json(last), Entry.from_json(row))
        before, last = key, row
        yield row[:-1]


def clash(one: Entry, other: Entry) -> DataError:
    """The error that two files cannot both be there."""
    if fold(one.path) == fold(other.path):
        what = f"two files would be one: {_name(one)} and {_name(other)}"
    else:
        what = f"a file would be a folder too: {_name(one)} and {_name(other)}"
    return DataError(what, cure=_CURE)


def _name(entry: Entry) -> str:
    return f"{entry.path} (of document {entry.document!r})" if entry.document else entry.path


def _lines(descriptor: int, run: Run) -> Iterator[bytes]:
    """The lines of a run, read by their place: the file's own position is shared with other processes."""
    start, rest = run.start, b""
    while start < run.end:
        block = os.pread(descriptor, min(_BLOCK, run.end - start), start)
        start += len(block)
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        for line in lines:
            yield line + b"\n"
