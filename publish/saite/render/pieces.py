"""The files of a site in pieces that can be made side by side: runs of resources, and parts of the whole."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol, runtime_checkable

from saite.artifact import Artifact
from saite.part import Shard
from saite.render.offers import Distributions, Offered
from saite.site.model import Change, Renderer, Resource, Site
from saite.terms import NamedNode

Part = Callable[[], Iterable[Artifact]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of the whole that tells where its files lie, so that one file can be had without all others.

    Attributes:
        make: makes the files.
        places: the documents, and the folders (their names end with a slash), to which the files belong; None: any.
        promise: gives the same files, each with a content that is made when it is asked for; None: they are few.
        offers: the files are distributions (see :mod:`saite.render.offers`).
        measured: the files tell of distributions of renderers before this one (see :class:`Offering`).
        after: gives those files that a change may have made others; None: all of them are to be made anew.
    """

    make: Part
    places: tuple[str, ...] | None = None
    promise: Part | None = None
    offers: bool = False
    measured: bool = False
    after: Callable[[Change], Iterable[Artifact]] | None = None

    def __call__(self) -> Iterable[Artifact]:
        """The files."""
        return self.make()


def untouched(change: Change) -> Iterable[Artifact]:
    """Nothing: for parts that say nothing of texts (see :attr:`Placed.after`)."""
    return ()


class OfWhole:
    """A renderer of nothing but files of the whole; it has to tell their parts."""

    def parts(self) -> Sequence[Part]:
        """Its files, in parts that do without each other."""
        raise NotImplementedError

    def whole(self) -> Iterator[Artifact]:
        """The files of all parts."""
        for part in self.parts():
            yield from part()

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """Nothing: resources have files of their own."""
        return ()

    promises = resource


TOGETHER: Final = 64
"""Resources that are made together: some 15 ms of work."""

_HELD: Final = 256  # files that wait to be written
_SHARES: Final = 16  # pieces per process, at least: the last one to be done keeps the others waiting


def resource_of(site: Site, node: NamedNode) -> Resource:
    """The resource of one of a site's pages."""
    resource = site.resource(node)
    assert resource is not None, "the nodes in pages have pages"
    return resource


def files(resources: Sequence[Resource], makers: Sequence[Renderer]) -> Iterator[Artifact]:
    """The files of some resources.

    Those of one renderer are made, and then written, one after another: what a processor does again and again it has
    at hand, so that this takes three quarters of the time of making all files of each resource in turn.
    """
    for maker in makers:
        made: list[Artifact] = []
        for resource in resources:
            for artifact in maker.resource(resource):
                made.append(artifact)
                if len(made) == _HELD:
                    yield from made
                    made = []
        yield from made


@runtime_checkable
class Parted(Protocol):
    """A renderer whose files of the whole can be made in parts, side by side."""

    def parts(self) -> Sequence[Part]:
        """What :meth:`~saite.site.model.Renderer.whole` gives, in parts that do without each other, in its order."""
        ...


@runtime_checkable
class Promising(Protocol):
    """A renderer that can tell which files a resource has without making them all."""

    def promises(self, resource: Resource) -> Iterable[Artifact]:
        """The files of :meth:`~saite.site.model.Renderer.resource`, with contents that are made when asked for."""
        ...


@runtime_checkable
class Noting(Protocol):
    """A renderer that has something to remember until a site changes, which it would take long to find out again."""

    def notes(self) -> object:
        """What is to be remembered; it can be pickled."""
        ...

    def recall(self, notes: Any) -> None:
        """Have it again."""
        ...


@runtime_checkable
class Offering(Protocol):
    """A renderer that makes distributions, or tells of those that were made before; all of a site share one table."""

    distributions: Distributions


@runtime_checkable
class Telling(Protocol):
    """A renderer that tells which distributions there will be."""

    offered: Offered


def offered(makers: Iterable[object]) -> list[tuple[str, str]]:
    """Paths and media types of the distributions that renderers will make; none is made for that."""
    parts = (part for maker in makers if isinstance(maker, Parted) for part in maker.parts())
    return [
        (artifact.path, artifact.media_type)
        for part in parts
        if isinstance(part, Placed) and part.offers
        for artifact in (part.promise or part.make)()
    ]


class Pieces:
    """The files of a site; a :class:`saite.output.work.Work`.

    Pieces are numbered as one process would make them: runs of resources by document path, then the parts of each
    renderer's whole. They are taken otherwise: a dump takes long and had better not come last. The parts of a renderer
    wait for those of the renderers before it.

    Args:
        site: the site.
        makers: its renderers.
        jobs: how many processes take the pieces.
        shard: make only its pieces: every so many-th run and part. Parts that tell of the distributions of others are
            in no shard (see :func:`measured_parts`).
        last: makes further files when all others are made.
        anew: after a change, it and the nodes whose pages are to be made anew.

    Attributes:
        notes: the distributions that have been made, by path.
    """

    def __init__(
        self,
        site: Site,
        makers: Sequence[Renderer],
        jobs: int,
        shard: Shard | None = None,
        last: Part | None = None,
        anew: tuple[Change, Sequence[NamedNode]] | None = None,
    ) -> None:
        self._site = site
        self._makers = makers
        self._nodes = site.pages if anew is None else anew[1]
        self._total = len(self._nodes)
        self._size = TOGETHER if shard else max(1, min(TOGETHER, self._total // (jobs * _SHARES)))
        self._runs = -(-self._total // self._size)
        self._abreast = max(1, jobs // 2)
        self.notes = noted(makers)
        self._parts: list[Part] = []
        self._waits: list[int] = []
        for maker in makers:
            parts = parts_of(maker) if anew is None else [after(part, anew[0]) for part in parts_of(maker)]
            self._waits += [self._runs + len(self._parts)] * len(parts)
            self._parts += parts
        step = slice(shard.number - 1, None, shard.of) if shard else slice(None)
        own = [n for n, part in enumerate(self._parts) if shard is None or not tells_of_others(part)]
        self._left_runs = deque(range(self._runs)[step])
        self._left_parts = deque(self._runs + number for number in own[step])
        if last is not None:
            self._left_parts.append(self._runs + len(self._parts))
            self._waits.append(self._runs + len(self._parts))
            self._parts.append(last)
        self._begun = not self._left_runs
        self._open: set[int] = set()

    def take(self) -> int | None:
        """The first run of resources; then parts of the whole, but runs beside them; None: see ``Work``."""
        if self._begun and self._may_take_part():
            piece = self._left_parts.popleft()
            self._open.add(piece)
            return piece
        self._begun = True
        return self._left_runs.popleft() if self._left_runs else None

    def _may_take_part(self) -> bool:
        if not self._left_parts or (self._left_runs and len(self._open) >= self._abreast):
            return False
        piece = self._left_parts[0]
        return min(self._open, default=piece) >= self._waits[piece - self._runs]

    def make(self, piece: int) -> Iterator[Artifact]:
        """The files of a piece."""
        if piece >= self._runs:
            yield from self._parts[piece - self._runs]()
            return
        start = piece * self._size
        nodes = self._nodes[start : start + self._size]
        yield from files([resource_of(self._site, node) for node in nodes], self._makers)

    def done(self, piece: int) -> int:
        """How many resources the piece had."""
        if piece >= self._runs:
            self._open.remove(piece)
            return 0
        return min(self._size, self._total - piece * self._size)

    @property
    def left(self) -> int:
        """How many pieces are yet to be taken."""
        return len(self._left_runs) + len(self._left_parts)

    @property
    def resources(self) -> int:
        """How many resources these have."""
        return sum(min(self._size, self._total - run * self._size) for run in self._left_runs)


def noted(makers: Iterable[object]) -> Distributions:
    """The table of distributions that renderers share."""
    return next((maker.distributions for maker in makers if isinstance(maker, Offering)), {})


def parts_of(maker: Renderer) -> Sequence[Part]:
    """The parts of a renderer's whole; all of it is one if it tells of none."""
    if isinstance(maker, Parted):
        return maker.parts()
    offering = isinstance(maker, Offering)
    return (Placed(maker.whole, measured=True) if offering else maker.whole,)


def after(part: Part, change: Change) -> Part:
    """What makes those files of a part that a change may have made others."""
    return partial(part.after, change) if isinstance(part, Placed) and part.after is not None else part


def tells_of_others(part: Part) -> bool:
    """Whether a part tells of distributions that others make."""
    return isinstance(part, Placed) and part.measured


def measured_parts(makers: Iterable[Renderer]) -> Iterator[Artifact]:
    """The files that tell of distributions, once these are noted."""
    for maker in makers:
        for part in parts_of(maker):
            if tells_of_others(part):
                yield from part()
