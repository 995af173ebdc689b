"""What a build leaves for the next: what the site says, its tables, and the sources as they were.

It lies in ``.saite/last-build/`` of the site folder. The tables are pickled, and to read a pickle is to run a program:
so the record is signed with a key that only this user has, and one that somebody else put there is not looked at.
"""

import gc
import hmac
import os
import pickle
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from saite.again.quads import Index
from saite.again.stamps import stamp
from saite.render import renderers
from saite.render.pieces import Noting
from saite.site import BuiltSite
from saite.sources import Source
from saite.store import EmbeddedStore
from saite.terms import Graph, NamedNode, Quad, Subject, Term

FOLDER: Final = Path(".saite", "last-build")
"""Where it is, below the site folder."""

_STATE, _SITE, _QUADS = "state", "site", "quads.nq"
_SIGNED: Final = 64
"""Bytes of the signature."""
_KEY: Final = 32
"""Bytes of the key."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A source as it was read: where it is, and the digest after which its copy is called ("": there is none)."""

    source: Source
    digest: str


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the last build.

    Attributes:
        circumstances: a digest of all that it was made from beside the files.
        inputs: digests of the files, by path.
        shape: the stamp of the manifest.
        result: what the build told of itself.
        sources: the sources among the files, by path.
        index: where subjects stand in the file of quads.
        site: the digest of the tables, and of what the renderers have noted.
        quads: the stamp of the file of quads.
        edited: what some resources say otherwise than that file.
    """

    circumstances: str
    inputs: Mapping[str, str]
    shape: Sequence[int]
    result: Mapping[str, Any]
    sources: Mapping[str, Taken]
    index: Index
    site: str
    quads: Sequence[int]
    edited: Mapping[NamedNode, Sequence[Quad]]


class NoRecord(Exception):
    """There is none, or none that can be trusted."""


class Unclear(Exception):
    """What an edit changes is more than can be told from the record: the site has to be built."""


class Record:
    """The record of a site folder.

    Args:
        root: the site folder.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self._state = self.folder / _STATE
        self.quads = self.folder / _QUADS

    def copy(self, digest: str) -> Path:
        """Where the copy of a source is."""
        return self.folder / digest

    def read(self) -> State:
        """The state.

        Raises:
            NoRecord: there is none of this user's.
        """
        try:
            data = self._state.read_bytes()
            signature, content = data[:_SIGNED], data[_SIGNED:]
            if not hmac.compare_digest(signature, _signature(content)):
                raise NoRecord
            state = pickle.loads(content)  # noqa: S301 (we have written it)
            assert isinstance(state, State)
            if stamp(self.quads) != state.quads:
                raise NoRecord
        except (OSError, ValueError) as error:
            raise NoRecord from error
        return state

    def site(self, state: State) -> tuple[BuiltSite, Mapping[int, Any]]:
        """The site, without a store; and what its renderers have noted, by their places.

        Raises:
            NoRecord: its tables are not those of the state.
        """
        try:
            data = (self.folder / _SITE).read_bytes()
        except OSError as error:
            raise NoRecord from error
        if sha256(data).hexdigest() != state.site:
            raise NoRecord
        with _no_garbage():
            site, notes = pickle.loads(data)  # noqa: S301 (the digest is signed)
        assert isinstance(site, BuiltSite)
        return site, notes

    def write(self, state: State, site: BuiltSite, store: EmbeddedStore) -> None:
        """Put down a whole build; ``index``, ``site``, ``quads`` and ``edited`` of the state are found here.

        Raises:
            OSError: the folder cannot be written, or this user has no place for a key.
            ValueError: the store holds what cannot be found again.
        """
        self.remove()
        self.folder.mkdir(parents=True)
        try:
            store.dump(self.quads)
            makers = enumerate(renderers(site))
            notes = {place: maker.notes() for place, maker in makers if isinstance(maker, Noting)}
            data = pickle.dumps((site.over(_nothing), notes), protocol=pickle.HIGHEST_PROTOCOL)
            (self.folder / _SITE).write_bytes(data)
            self._copy_sources(state)
            self._put(
                replace(
                    state,
                    index=Index.of(self.quads),
                    site=sha256(data).hexdigest(),
                    quads=stamp(self.quads),
                    edited={},
                )
            )
        except BaseException:
            self.remove()
            raise

    def _copy_sources(self, state: State) -> None:
        """Copy those sources that are not copied yet.

        Raises:
            OSError: one cannot be copied.
            ValueError: one has another digest by now.
        """
        for taken in state.sources.values():
            copy = self.copy(taken.digest)
            if taken.digest and not copy.exists():
                shutil.copyfile(taken.source.path, copy)
                with copy.open("rb") as file:
                    if file_digest(file, "sha256").hexdigest() != taken.digest:
                        raise ValueError(f"{taken.source.display} was changed meanwhile")

    def update(self, state: State) -> None:
        """Put down what an edit has changed; copies that no source needs any more go.

        Raises:
            OSError: the folder cannot be written.
            ValueError: a source was changed meanwhile.
        """
        self._copy_sources(state)
        self._put(state)
        needed = {_STATE, _SITE, _QUADS, *(taken.digest for taken in state.sources.values())}
        for path in self.folder.iterdir():
            if path.name not in needed:
                path.unlink()

    def remove(self) -> None:
        """Leave nothing; where that is refused, what is left is no record."""
        with suppress(OSError):
            self._state.unlink()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _put(self, state: State) -> None:
        content = pickle.dumps(state, protocol=pickle.HIGHEST_PROTOCOL)
        beside = self._state.with_suffix(".new")
        beside.write_bytes(_signature(content) + content)
        beside.replace(self._state)


def _nothing(
    subject: Subject | None = None,
    predicate: NamedNode | None = None,
    object: Term | None = None,
    graph: Graph | None = None,
) -> Iterator[Quad]:
    """In place of the quads of a site in a record: who reads it gives it others."""
    raise NoRecord


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Look for no garbage while many values are made, nor among them later: half of the time would go there."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _signature(content: bytes) -> bytes:
    return hmac.new(_key(), content, "sha256").hexdigest().encode()


def _key() -> bytes:
    """This user's key; made when it is first needed (XDG Base Directory Specification: state of applications).

    Raises:
        OSError: there is no place for it.
    """
    try:
        home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    except RuntimeError as error:
        raise FileNotFoundError("this user has no home") from error
    path = Path(home) / "saite" / "key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 (only so nobody else can read it, not even for a moment)
            file.write(secrets.token_bytes(_KEY))
    key = path.read_bytes()
    if len(key) != _KEY:
        raise FileNotFoundError(f"{path} is no key")
    return key
