"""Which dataset answers: the built one, the sources where nothing is built yet, or an endpoint elsewhere.

The built N-Quads are kept as a store on disk under ``.saite/``, named by their digest, so that a query of a large
site starts at once. Readers share a lock; who finds himself alone clears away the stores of earlier builds.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from saite.config import Config
from saite.errors import EnvironmentFault
from saite.graph import load, public
from saite.manifest import Entry
from saite.output import entries, is_ours, recover
from saite.output import opened as opened_file
from saite.pipeline import SILENCE, Options, Progress, settings_of
from saite.store import EmbeddedStore, RemoteStore
from saite.store.protocol import Store
from saite.terms import Quad

_PREFIX = "query-"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is asked.

    Attributes:
        store: the quads.
        config: the settings of the site, for prefixes and named queries.
        origin: ``built``, ``sources`` or ``endpoint``.
        folder: where the store lies on disk, if it does; as long as the dataset is open.
        version: the digest of the built dump, "" where there is none.
    """

    store: Store
    config: Config
    origin: str
    folder: Path | None = None
    version: str = ""


@contextmanager
def opened(target: Path, endpoint: str = "", base: str = "", progress: Progress = SILENCE) -> Iterator[Dataset]:
    """The dataset of a site (its folder, or the folder that was built from it), of any RDF, or of an endpoint.

    Raises:
        UsageError: there is nothing there.
        DataError: a source does not parse.
        EnvironmentFault: a file cannot be read, or the endpoint not reached.
    """
    built = target if is_ours(target) else None
    config = Config(root=target.parent) if built is not None else _settings(target, endpoint, base)
    if endpoint:
        yield Dataset(RemoteStore.from_environment(endpoint), config, "endpoint")
        return
    if built is None and target.is_dir():
        out = config.root / config.output
        recover(out)
        built = out if is_ours(out) else None
    dump = _dump(built) if built is not None else None
    if built is None or dump is None:
        progress.stage("Reading")
        store, _ = load(target, config)
        yield Dataset(public(store, config), config, "sources")
        return
    with _kept(built, dump, config.root / ".saite", progress) as (kept, folder):
        yield Dataset(kept, config, "built", folder, dump.sha256)


def _settings(target: Path, endpoint: str, base: str) -> Config:
    """The site's settings; where an endpoint is asked, there need be no site."""
    return Config(root=target) if endpoint and not target.exists() else settings_of(target, Options(base=base))


def _dump(built: Path) -> Entry | None:
    """The dump of a built site as N-Quads, if it has one."""
    return next(
        (
            entry
            for entry in entries(built)
            if entry.media_type.startswith("application/n-quads") and entry.path.endswith(".nq")
        ),
        None,
    )


@contextmanager
def _kept(built: Path, dump: Entry, home: Path, progress: Progress) -> Iterator[tuple[EmbeddedStore, Path | None]]:
    """The dump as a store on disk and its folder, made now if it is not there; in memory where nothing can be kept."""
    path = home / f"{_PREFIX}{dump.sha256[:16]}"
    try:
        home.mkdir(exist_ok=True)
        lock = os.open(home / "query.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        yield EmbeddedStore(_quads(built, dump)), None
        return
    try:
        clear(home, _PREFIX, path.name, lock)
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield _on_disk(path, built, dump, progress)
    finally:
        os.close(lock)


def _on_disk(path: Path, built: Path, dump: Entry, progress: Progress) -> tuple[EmbeddedStore, Path | None]:
    if not path.is_dir():
        progress.stage("Indexing the built data")
        try:
            with (path.parent / "query.making").open("wb") as turn:
                fcntl.flock(turn, fcntl.LOCK_EX)  # of several that start at once, one makes the store
                if not path.is_dir():
                    EmbeddedStore.create(path, _quads(built, dump))
        except (EnvironmentFault, OSError):  # no room, or no right to write
            return EmbeddedStore(_quads(built, dump)), None
    try:
        return EmbeddedStore.open(path), path
    except (EnvironmentFault, RuntimeError):  # damaged; the engine tells corruption as a RuntimeError
        shutil.rmtree(path, ignore_errors=True)
        return EmbeddedStore(_quads(built, dump)), None


def clear(home: Path, prefix: str, wanted: str, lock: int) -> None:
    """Remove the stores of earlier data, and what killed processes left, if nobody reads any store now.

    Args:
        home: where they lie.
        prefix: of their names.
        wanted: the one to keep, with what stands beside it.
        lock: a descriptor that each reader holds shared.
    """
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    for path in home.iterdir():
        if path.name.lstrip(".").startswith(prefix) and path.name.removesuffix(".json") != wanted:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _quads(built: Path, dump: Entry) -> Iterator[Quad]:
    """The quads of a dump that is the one of the manifest; a build may take its place while we read."""
    name = built / dump.path
    try:
        with opened_file(built, dump) as stream:
            digest = hashlib.sha256()
            while block := stream.read(_BLOCK):
                digest.update(block)
            if digest.hexdigest() != dump.sha256:
                raise EnvironmentFault(
                    f"{name} is not what its manifest says: it was just built anew, or changed by hand",
                    cure="Ask again; if that does not help, build the site again.",
                )
            stream.seek(0)
            yield from ox.parse(stream, format=ox.RdfFormat.N_QUADS)
    except OSError as error:
        raise EnvironmentFault(f"{name} cannot be read: {error.strerror}", cure="Build the site again.") from error
