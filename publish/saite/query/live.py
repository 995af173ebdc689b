"""A site to be answered from without a built folder: its sources as a store on disk, and the model over it.

The store is kept under ``.saite/``, named by the digest of what it was made of, so that the second start needs neither
parse nor check: it opens the store and makes the tables of the site.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import uuid4

from saite import __version__
from saite.config import Config
from saite.errors import EnvironmentFault
from saite.graph import public
from saite.graph.derive import FILES as DERIVE
from saite.pipeline import SILENCE, Options, Progress, judge, publishable, settings_of
from saite.query.dataset import clear
from saite.query.kept import Kept
from saite.serve.sparql.endpoint import Dataset
from saite.site import build_site
from saite.site.model import Site
from saite.site.queries import example_queries
from saite.site.views import view_answers
from saite.sources import discover
from saite.store import EmbeddedStore, queryfile

_PREFIX: Final = "live-"
_FORM: Final = "1"  # another one for another way of keeping a store


@dataclass(frozen=True, slots=True)
class LiveSite:
    """What answers are made of.

    Attributes:
        site: the model.
        dataset: the same data, for a SPARQL endpoint.
    """

    site: Site
    dataset: Dataset


@contextmanager
def live(
    target: Path, base: str = "", *, check: bool = True, endpoint: str = "", progress: Progress = SILENCE
) -> Iterator[LiveSite]:
    """The site of a folder or a file, whatever a check finds in it; its findings are for its report page.

    Args:
        target: what to read.
        base: as for a build.
        check: judge the data.
        endpoint: address of a SPARQL 1.1 endpoint from which all data come; they are read anew at each start.
        progress: who is told.

    Raises:
        UsageError: there is nothing there, or it is a built site.
        DataError: a source does not parse, or there is none; the endpoint is empty.
        EnvironmentFault: a file cannot be read, or no store be written; the endpoint cannot be read.
    """
    options = Options(check=check, force=True, base=base, endpoint=endpoint)
    config = settings_of(target, options)
    progress.stage("Looking at the sources")
    version = uuid4().hex if endpoint else _digest(target, config, check)  # who knows what an endpoint holds now
    name = f"{_PREFIX}{version[:16]}"
    with _home(target, config, "" if endpoint else name) as home:
        store, kept = _stored(home / name, target, options, progress)
        progress.stage("Modelling")
        config = replace(config, prefixes=kept.prefixes)
        site = build_site(store, config, kept.findings, kept.answers)
        yield LiveSite(site, Dataset(home / name, version, config))


def _digest(target: Path, config: Config, check: bool) -> str:
    """A digest of all that the store and the findings are made of."""
    digest = hashlib.sha256(repr((__version__, _FORM, replace(config, root=Path()), check)).encode())
    sources = discover(target, config)
    contexts = {path for source in sources for path in source.contexts.values() if path.is_file()}
    rules = config.check.rules if check else ()
    queries = [
        query
        for globs in ((DERIVE, *config.queries, *rules), config.views)
        for query in queryfile.find(config.root, globs)
    ]
    digest.update(repr([(query.name, query.text) for query in queries]).encode())
    for name, path in [(s.display + str(s.graph), s.path) for s in sources] + [(str(p), p) for p in sorted(contexts)]:
        try:
            with path.open("rb") as stream:
                digest.update(f"{name}\0{hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
        except OSError as error:
            raise EnvironmentFault(f"cannot read {name}: {error.strerror}") from error
    return digest.hexdigest()


@contextmanager
def _home(target: Path, config: Config, wanted: str) -> Iterator[Path]:
    """The folder for the store: beside the site, if it can be written, else one that is removed afterwards.

    So is that of a store which is not wanted again ("").
    """
    home = config.root / ".saite"
    try:
        if not (wanted and target.is_dir()):
            raise NotADirectoryError
        home.mkdir(exist_ok=True)
        lock = os.open(home / "live.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        with tempfile.TemporaryDirectory(prefix="saite-") as folder:
            yield Path(folder)
        return
    try:
        clear(home, _PREFIX, wanted, lock)
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield home
    finally:
        os.close(lock)


def _stored(path: Path, target: Path, options: Options, progress: Progress) -> tuple[EmbeddedStore, Kept]:
    """The store and what is kept beside it; made now, if they are not there or damaged."""
    beside = path.with_name(f"{path.name}.json")
    with (path.parent / "live.making").open("wb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # of several that start at once, one makes the store
        if path.is_dir():
            try:
                return EmbeddedStore.open(path), Kept.from_json(beside.read_bytes())
            except (EnvironmentFault, RuntimeError, OSError, ValueError):  # damaged
                shutil.rmtree(path, ignore_errors=True)
        judged = judge(target, options, progress)
        store = public(judged.store, judged.config)
        progress.stage("Asking the queries")
        answers = {query.name: query.answers for query in example_queries(store, judged.config)}
        answers |= view_answers(store, judged.config)
        kept = Kept(judged.config.prefixes, publishable(judged, store, options, progress), answers)
        progress.stage("Indexing the data")
        staged = path.with_name(f".{beside.name}")
        staged.write_bytes(kept.to_json())
        staged.replace(beside)
        return EmbeddedStore.create(path, store.quads()), kept
