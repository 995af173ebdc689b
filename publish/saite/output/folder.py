"""The folder door: a site is staged beside its place, and takes it in one step.

For a site at ``out/`` three hidden neighbours can exist while a build runs::

    .out.saite-lock    who builds
    .out.saite-new     the site being made; after an atomic exchange, the old one being removed
    .out.saite-old     the old site, between two renames where the file system has no atomic exchange

A process that dies leaves them as they are; the next start recovers from their names alone (:meth:`_recover`).
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from saite import manifest
from saite.artifact import Artifact
from saite.errors import EnvironmentFault, UsageError
from saite.manifest import Entry
from saite.output import kernel
from saite.output.crew import Crew
from saite.output.failures import told
from saite.output.keep import keep_foreign
from saite.output.ledger import Ledger, clash, merged
from saite.output.lock import Lock
from saite.output.staging import Staging
from saite.output.work import Work


@dataclass(frozen=True, slots=True)
class Written:
    """What a build put into its folder.

    Attributes:
        out: the folder.
        files: how many artifacts.
        bytes: their lengths together.
        kept: files that somebody else had put there, and that still are.
    """

    out: Path
    files: int
    bytes: int
    kept: int


class OutputFolder:
    """A claimed output folder; made by :func:`claim`.

    Args:
        out: the folder, resolved.
        display: how the user wrote it.
    """

    def __init__(self, out: Path, display: str) -> None:
        self.out = out
        self.display = display
        self._new = out.with_name(f".{out.name}.saite-new")
        self._old = out.with_name(f".{out.name}.saite-old")
        self.lock = Lock(out.with_name(f".{out.name}.saite-lock"), display)

    def write(self, artifacts: Iterable[Artifact], *, gzip: bool = False, durable: bool = True) -> Written:
        """Stage all artifacts, then let the new site take the old one's place, whole.

        Args:
            artifacts: what the site is made of, in any order.
            gzip: put a compressed copy beside each text file that has none among the artifacts.
            durable: the new site is on the disk before it is visible, so that not even a power cut can lose
                both. One flush of the file system does this for all files together; a flush per file would
                take a disk's rotation or a flash write each. A process that is merely killed needs none.

        Raises:
            DataError: two artifacts share a file, or one's path leads elsewhere.
            UsageError: a file that is not ours stands where the site has one.
            EnvironmentFault: the file system refuses.
        """

        def fill(staging: Staging) -> None:
            for artifact in artifacts:
                staging.write(artifact)

        return self._written(fill, gzip, durable)

    def write_together(
        self,
        work: Work,
        jobs: int,
        follow: Callable[[Iterator[int]], None],
        *,
        gzip: bool = False,
        durable: bool = True,
    ) -> Written:
        """As :meth:`write`, with several processes that make and write the artifacts; the result is the same.

        Args:
            work: what the site is made of.
            jobs: how many processes.
            follow: is given what the pieces count for, as they are done, and takes it to the end.
            gzip: as above.
            durable: as above.

        Raises:
            Exception: as above; and what making the artifacts raises.
            EnvironmentFault: also if a process dies.
        """

        def fill(staging: Staging) -> None:
            with Crew(work, jobs, staging) as crew:
                follow(crew.pieces())

        return self._written(fill, gzip, durable)

    def _written(self, fill: Callable[[Staging], None], gzip: bool, durable: bool) -> Written:
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
            descriptor = os.open(self.out.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def recover(self) -> None:
        """Bring what a killed build left behind to the old or the new site, whole.

        The names tell all: no site but an old one means that the kill fell between two renames, and the old
        site goes back; else whatever stands beside the site is unfinished, or the predecessor, and goes.
        """
        if self._old.exists() and not self.out.exists():
            self._old.rename(self.out)
        for leftover in (self._new, self._old):
            with suppress(FileNotFoundError):
                shutil.rmtree(leftover)

    def judge(self) -> None:
        """See that the folder may be replaced.

        Raises:
            UsageError: it is a file, or holds what Saite did not make.
            EnvironmentFault: it is a mount point, which no rename can replace.
        """
        if not self.out.exists():
            return
        if not self.out.is_dir():
            raise UsageError(f"the output folder {self.display} is a file", cure="Name another folder with -o.")
        if self.out.is_mount():
            raise EnvironmentFault(
                f"the output folder {self.display} is a mount point, and cannot be replaced whole",
                cure="Build into a folder below it, for example with -o " + str(Path(self.display) / "site"),
            )
        if not is_ours(self.out) and any(self.out.iterdir()):
            raise UsageError(
                f"the output folder {self.display} holds files that Saite did not make; nothing was changed",
                cure="Name another folder with -o, or empty this one yourself if nothing in it matters.",
            )


@contextmanager
def claim(out: Path) -> Iterator[OutputFolder]:
    """Take an output folder: no other build gets it meanwhile, and what a killed build left is mended.

    Raises:
        UsageError: the folder is not ours to replace.
        EnvironmentFault: another build is at work, or the file system refuses.
    """
    display = str(out)
    with told(display):
        real = out.resolve()
        if not real.name:
            raise UsageError(f"{display} cannot be an output folder", cure="Name a folder with -o.")
        real.parent.mkdir(parents=True, exist_ok=True)
        folder = OutputFolder(real, display)
        try:
            folder.lock.acquire()
            folder.recover()
            folder.judge()
        except BaseException:
            folder.lock.release()
            raise
    try:
        yield folder
    finally:
        with told(display):
            try:
                folder.recover()
            finally:
                folder.lock.release()


def write_site(out: Path, artifacts: Iterable[Artifact], *, gzip: bool = False, durable: bool = True) -> Written:
    """Claim a folder and fill it: see :func:`claim` and :meth:`OutputFolder.write`."""
    with claim(out) as folder:
        return folder.write(artifacts, gzip=gzip, durable=durable)


def recover(out: Path) -> None:
    """Mend what a killed build left of a site that is about to be read; leave it alone while a build runs."""
    real = out.resolve()
    if real.exists() or not real.with_name(f".{real.name}.saite-old").exists():
        return  # a site is there, or nothing to make one from: nothing that a reader needs mended
    with suppress(EnvironmentFault), claim(out):
        pass


def is_ours(folder: Path) -> bool:
    """Whether a folder has the manifest of a build of Saite's."""
    try:
        with (folder / manifest.FILE_NAME).open("rb") as lines:
            next(manifest.read(lines), None)
    except (OSError, ValueError):
        return False
    return True


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
