"""The second half of the sentence: a site becomes files, by several processes where that is quicker."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Final

from saite.artifact import Artifact
from saite.output import Place, Written
from saite.pipeline.options import SILENCE, USUAL, Options, Progress
from saite.processes import copies, cores, may_fork
from saite.render import renderers
from saite.render.pieces import TOGETHER, Pieces, files
from saite.site.model import Renderer, Site

WORTH_A_PROCESS: Final = 150
"""Resources, at least, for each of several processes."""

_COLLECTED: Final = 50_000
"""Objects that wait until garbage in cycles is looked for: 700, the usual number, costs a build a tenth of its time."""


def publish(
    site: Site,
    folder: Place,
    options: Options = USUAL,
    progress: Progress = SILENCE,
    makers: Sequence[Renderer] | None = None,
    last: Callable[[], Iterable[Artifact]] | None = None,
) -> Written:
    """Make every file of a site and put it into its folder, with several processes where that is quicker.

    Args:
        site: the site.
        folder: where its files go.
        options: how many processes, and the like.
        progress: who is told.
        makers: the renderers; None: those that the settings name.
        last: of a shard: makes further files when all others are made.

    Raises:
        DataError, UsageError, EnvironmentFault: see :meth:`saite.output.Place.write`.
    """
    share = len(site) // (options.shard.of if options.shard else 1)
    jobs = processes(options.jobs, share)
    makers = renderers(site) if makers is None else makers
    with seldom_collecting():
        if jobs == 1 and options.shard is None:
            return folder.write(artifacts(site, progress, makers), gzip=options.gzip, durable=options.durable)
        pieces = Pieces(site, makers, jobs, options.shard, last)
        if jobs == 1:
            return folder.write(in_turn(pieces, progress), gzip=options.gzip, durable=options.durable)
        follow = following(pieces.resources, progress)
        return folder.write_together(pieces, jobs, follow, gzip=options.gzip, durable=options.durable)


def following(total: int, progress: Progress) -> Callable[[Iterator[int]], None]:
    """What tells how many of some resources are done; see :meth:`saite.output.Place.write_together`."""

    def follow(done: Iterator[int]) -> None:
        for _ in progress.track(_singly(done, total), total, "Publishing"):
            pass
        progress.stage("Finishing")
        for _ in done:
            progress.stage("Finishing")

    return follow


def in_turn(pieces: Pieces, progress: Progress) -> Iterator[Artifact]:
    """All files of a work, made by this process."""
    for piece in progress.track(iter(pieces.take, None), pieces.left, "Publishing"):
        yield from pieces.make(piece)
        pieces.done(piece)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Let cycles wait to be collected: a site is made of millions of values, and hardly a cycle is among them."""
    usual = gc.get_threshold()
    gc.set_threshold(max(_COLLECTED, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def processes(wanted: int | None, resources: int) -> int:
    """How many processes make a site of some size.

    As many as wanted, else as there are cores, and memory for; but none that has less to do than starting it costs.
    """
    count = min(wanted or min(cores(), copies()), resources // WORTH_A_PROCESS)
    return count if count > 1 and may_fork() else 1


def _singly(done: Iterator[int], total: int) -> Iterator[int]:
    """One for each resource, until all are there."""
    left = total
    while left:
        count = next(done)
        left -= count
        yield from range(count)


def artifacts(site: Site, progress: Progress = SILENCE, makers: Sequence[Renderer] | None = None) -> Iterator[Artifact]:
    """Every file of a site: those of resources as they are made, then those of the whole."""
    makers = renderers(site) if makers is None else makers
    resources = iter(progress.track(site.resources(), len(site), "Publishing"))
    while some := list(islice(resources, TOGETHER)):
        yield from files(some, makers)
    progress.stage("Finishing")
    for count, artifact in enumerate((artifact for maker in makers for artifact in maker.whole()), 1):
        yield artifact
        if count % 500 == 0:
            progress.stage(f"Finishing: {count} files")
