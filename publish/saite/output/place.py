"""Where a site goes: what folders and archives have in common."""

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from saite.artifact import Artifact
from saite.output.crew import Crew
from saite.output.lock import Lock
from saite.output.staging import Stage
from saite.output.work import Work


@dataclass(frozen=True, slots=True)
class Written:
    """What a build has written.

    Attributes:
        out: the folder or archive.
        files: how many artifacts.
        bytes: their lengths together.
        kept: files that somebody else had put there, and that still are.
    """

    out: Path
    files: int
    bytes: int
    kept: int


Fill: TypeAlias = Callable[[Stage], None]
"""Writes artifacts into a stage."""


def one_by_one(artifacts: Iterable[Artifact]) -> Fill:
    """Has this process write artifacts as they are made."""

    def fill(staging: Stage) -> None:
        for artifact in artifacts:
            staging.write(artifact)

    return fill


def together(work: Work, jobs: int, follow: Callable[[Iterator[int]], None]) -> Fill:
    """Has several processes make and write artifacts: see :meth:`Place.write_together`."""

    def fill(staging: Stage) -> None:
        with Crew(work, jobs, staging) as crew:
            follow(crew.pieces())

    return fill


class Place(ABC):
    """Where a site goes, claimed; made by :func:`saite.output.claim`.

    Args:
        out: the folder or archive, resolved.
        display: how the user wrote it.
    """

    def __init__(self, out: Path, display: str) -> None:
        self.out = out
        self.display = display
        self._new = out.with_name(f".{out.name}.saite-new")
        self.lock = Lock(out.with_name(f".{out.name}.saite-lock"), display)

    def write(
        self,
        artifacts: Iterable[Artifact],
        *,
        parts: Iterable[Path] = (),
        gzip: bool = False,
        durable: bool = True,
    ) -> Written:
        """Stage all artifacts, then let the new site take the old one's place, whole.

        Args:
            artifacts: what the site is made of, in any order.
            parts: archives with more of it, packed with the same ``gzip``; looked at once all artifacts are written.
            gzip: put a compressed copy beside each text file that has none among the artifacts; in an archive, text
                files are compressed.
            durable: the new site is on the disk before it is visible, so that not even a power cut can lose
                both. One flush of the file system does this for all files together; a flush per file would
                take a disk's rotation or a flash write each. A process that is merely killed needs none.

        Raises:
            DataError: two artifacts share a file, or one's path leads elsewhere.
            UsageError: a file that is not ours stands where the site has one.
            EnvironmentFault: the file system refuses.
        """

        def fill(staging: Stage) -> None:
            one_by_one(artifacts)(staging)
            for part in parts:
                staging.take(part)

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
        return self._written(together(work, jobs, follow), gzip, durable)

    @abstractmethod
    def _written(self, fill: Fill, gzip: bool, durable: bool) -> Written: ...

    @abstractmethod
    def judge(self) -> None:
        """See that what is there may be replaced.

        Raises:
            UsageError: it holds what Saite did not make.
            EnvironmentFault: it cannot be replaced whole.
        """

    def recover(self) -> None:
        """Bring what a killed build left behind to the old or the new site, whole."""
        with suppress(FileNotFoundError):
            shutil.rmtree(self._new)

    def _settle(self) -> None:
        """Have the disk know which of two names is which."""
        descriptor = os.open(self.out.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
