"""Taking a place, so that nobody else does meanwhile."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from saite.archive import ENDING
from saite.artifact import Artifact
from saite.errors import EnvironmentFault, UsageError
from saite.output.failures import told
from saite.output.folder import OutputFolder
from saite.output.packed import OutputArchive
from saite.output.place import Place, Written


@contextmanager
def claim(out: Path) -> Iterator[Place]:
    """Take a folder, or an archive if the name ends so: no other build gets it, and what a killed one left is mended.

    Raises:
        UsageError: what is there is not ours to replace.
        EnvironmentFault: another build is at work, or the file system refuses.
    """
    display = str(out)
    with told(display):
        real = out.resolve()
        if not real.name:
            raise UsageError(f"{display} cannot be an output folder", cure="Name a folder with -o.")
        real.parent.mkdir(parents=True, exist_ok=True)
        place = (OutputArchive if real.suffix == ENDING else OutputFolder)(real, display)
        try:
            place.lock.acquire()
            place.recover()
            place.judge()
        except BaseException:
            place.lock.release()
            raise
    try:
        yield place
    finally:
        with told(display):
            try:
                place.recover()
            finally:
                place.lock.release()


def write_site(out: Path, artifacts: Iterable[Artifact], *, gzip: bool = False, durable: bool = True) -> Written:
    """Claim a place and fill it: see :func:`claim` and :meth:`Place.write`."""
    with claim(out) as place:
        return place.write(artifacts, gzip=gzip, durable=durable)


def recover(out: Path) -> None:
    """Mend what a killed build left of a site that is about to be read; leave it alone while a build runs."""
    real = out.resolve()
    old, patch = (real.with_name(f".{real.name}.saite-{name}") for name in ("old", "patch"))
    if not patch.exists() and (real.exists() or not old.exists()):
        return  # a site is there, or nothing to make one from: nothing that a reader needs mended
    with suppress(EnvironmentFault), claim(out):
        pass
