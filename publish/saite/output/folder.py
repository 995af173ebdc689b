"""The folder door: a site is staged beside its place, and takes it in one step.

For a site at ``out/`` three hidden neighbours can exist while a build runs::

    .out.saite-lock    who builds
    .out.saite-new     the site being made; after an atomic exchange, the old one being removed
    .out.saite-old     the old site, between two renames where the file system has no atomic exchange

A process that dies leaves them as they are; the next start recovers from their names alone (:meth:`_recover`).
"""

import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from saite.errors import EnvironmentFault, UsageError
from saite.manifest import Entry
from saite.output import kernel
from saite.output.built import is_folder
from saite.output.failures import told
from saite.output.keep import keep_foreign
from saite.output.ledger import Ledger, clash, merged
from saite.output.place import Place, Written
from saite.output.staging import Stage, Staging


class OutputFolder(Place):
    """A folder."""

    def __init__(self, out: Path, display: str) -> None:
        super().__init__(out, display)
        self._old = out.with_name(f".{out.name}.saite-old")

    def _written(self, fill: Callable[[Stage], None], gzip: bool, durable: bool) -> Written:
        with told(self.display):
            staging = self._stage(gzip)
        try:
            fill(staging)  # what making artifacts raises is not the output folder's fault
            staging.write_manifest(_rows(staging))
            with told(self.display):
                kept = keep_foreign(self.out, self._new, self.display)
                if durable:
                    kernel.sync_file_system(staging.descriptor)
                self._swap(durable)
        finally:
            staging.close()
        return Written(self.out, staging.files, staging.bytes, kept)

    def _stage(self, gzip: bool) -> Staging:
        self._new.mkdir()
        if self.out.exists():
            self._new.chmod(stat.S_IMODE(self.out.stat().st_mode))
        return Staging(self._new, Ledger(self.out.parent), self.display, gzip)

    def _swap(self, durable: bool) -> None:
        if not self.out.exists():
            self._new.rename(self.out)
        elif not kernel.exchange(self._new, self.out):
            self.out.rename(self._old)
            self._new.rename(self.out)
        if durable:
            self._settle()

    def recover(self) -> None:
        """See :class:`~saite.output.place.Place`.

        The names tell all: no site but an old one means that the kill fell between two renames, and the old
        site goes back; else whatever stands beside the site is unfinished, or the predecessor, and goes.
        """
        if self._old.exists() and not self.out.exists():
            self._old.rename(self.out)
        super().recover()
        with suppress(FileNotFoundError):
            shutil.rmtree(self._old)

    def judge(self) -> None:
        """See :class:`~saite.output.place.Place`; no rename can replace a mount point."""
        if not self.out.exists():
            return
        if not self.out.is_dir():
            raise UsageError(f"the output folder {self.display} is a file", cure="Name another folder with -o.")
        if self.out.is_mount():
            raise EnvironmentFault(
                f"the output folder {self.display} is a mount point, and cannot be replaced whole",
                cure="Build into a folder below it, for example with -o " + str(Path(self.display) / "site"),
            )
        if not is_folder(self.out) and any(self.out.iterdir()):
            raise UsageError(
                f"the output folder {self.display} holds files that Saite did not make; nothing was changed",
                cure="Name another folder with -o, or empty this one yourself if nothing in it matters.",
            )


def _rows(staging: Staging) -> Iterator[bytes]:
    """The manifest's rows, sorted.

    Raises:
        DataError: two artifacts share a file.
    """
    rows = merged(staging.ledgers)
    yield from map(staging.completed, rows) if staging.compress else rows
    if staging.taken:  # by paths that differ, but not for this file system
        entry = Entry.from_json(min(staging.taken))
        raise clash(entry, entry)
