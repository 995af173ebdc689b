"""The folder door: a site is staged beside its place, and takes it in one step.

For a site at ``out/`` three hidden neighbours can exist while a build runs::

    .out.saite-lock    who builds
    .out.saite-new     the site being made; after an atomic exchange, the old one being removed
    .out.saite-old     the old site, between two renames where the file system has no atomic exchange
    .out.saite-patch   files that are taking the places of those of the site: see :meth:`OutputFolder.mend`

A process that dies leaves them as they are; the next start recovers from their names alone (:meth:`_recover`).
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path

from saite import manifest
from saite.errors import EnvironmentFault, UsageError
from saite.manifest import Entry
from saite.output import kernel
from saite.output.built import is_folder
from saite.output.failures import told
from saite.output.keep import keep_foreign
from saite.output.ledger import Ledger, clash, merged
from saite.output.patch import Mended, Misfit, patch
from saite.output.place import Fill, Place, Written
from saite.output.staging import Staging


class OutputFolder(Place):
    """A folder."""

    def __init__(self, out: Path, display: str) -> None:
        super().__init__(out, display)
        self._old = out.with_name(f".{out.name}.saite-old")
        self._patch = out.with_name(f".{out.name}.saite-patch")

    def mend(self, fill: Fill, may: Callable[[], bool], *, gzip: bool = False, durable: bool = True) -> Mended:
        """Let some files of a site have other contents; all of its other files stay as they are.

        The new contents are staged first. Then they take the old ones' places, one after another, the manifest last; if
        that is cut short, the next who claims the place goes on with it.

        Args:
            fill: writes those of its files that may have other contents.
            may: tells, when all is staged, whether the site is still the one that is to be changed.
            gzip: as the site was written.
            durable: see :meth:`~saite.output.place.Place.write`.

        Raises:
            Misfit: there is no such file in the site, or it may not be changed.
            Exception: see :meth:`~saite.output.place.Place.write`.
        """
        with told(self.display):
            staging = self._stage(gzip)
        try:
            fill(staging)
            with told(self.display), (self.out / manifest.FILE_NAME).open("rb") as file:
                old = mmap(file.fileno(), 0, access=ACCESS_READ)
                mended = patch(staging, _rows(staging), old)
                if not may():
                    raise Misfit("the site is not as it was built")
                if mended.files:
                    if durable:
                        kernel.sync_file_system(staging.descriptor)
                    self._new.rename(self._patch)
                    self._finish()
                    if durable:
                        kernel.sync_file_system(staging.descriptor)
        finally:
            staging.close()
        return mended

    def _finish(self) -> None:
        """Let the files of a patch take their places, those that have not yet."""
        last = self._patch / manifest.FILE_NAME
        if last.exists() and is_folder(self.out):
            for folder, _, names in os.walk(self._patch):
                to = self.out / Path(folder).relative_to(self._patch)
                for name in names:
                    if (path := Path(folder, name)) != last:
                        path.replace(to / name)
            last.replace(self.out / manifest.FILE_NAME)
            (self.out / manifest.FILE_NAME).touch()  # nothing in a site is newer: see saite.again
        shutil.rmtree(self._patch)

    def _written(self, fill: Fill, gzip: bool, durable: bool) -> Written:
        with told(self.display):
            staging = self._stage(gzip)
        try:
            fill(staging)  # what making artifacts raises is not the output folder's fault
            staging.write_manifest(_rows(staging))
            with told(self.display):
                kept = keep_foreign(self.out, self._new, self.display)
                (self._new / manifest.FILE_NAME).touch()  # nothing in a site is newer: see saite.again
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
        site goes back; else whatever stands beside the site is unfinished, or the predecessor, and goes. A patch is
        whole, and takes its place.
        """
        if self._old.exists() and not self.out.exists():
            self._old.rename(self.out)
        super().recover()
        with suppress(FileNotFoundError):
            shutil.rmtree(self._old)
        if self._patch.exists():
            self._finish()

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
