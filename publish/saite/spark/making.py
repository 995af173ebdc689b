"""What a worker does: it makes the files of some resources, and puts them into an archive."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import RdfFormat, parse
from pyspark import RDD, Broadcast, TaskContext

from saite.archive import ENDING
from saite.artifact import Artifact
from saite.output import write_site
from saite.render import renderers
from saite.render.pieces import TOGETHER, Telling, files, resource_of
from saite.site import BuiltSite
from saite.site.model import Renderer, Resource
from saite.spark.asked import Answer, Elsewhere, Pattern, Slice
from saite.spark.grouping import Lines, Placed, Places


class Made(NamedTuple):
    """What came of some resources.

    Attributes:
        path: an archive with their files.
        pages: of how many pages.
        left: places of pages that only the driver can make.
    """

    path: str
    pages: int
    left: tuple[int, ...]


class Workshop:
    """Makes the files of resources from their quads and the tables; can be pickled until it is used.

    Args:
        site: the site.
        places: where its pages stand.
        answers: what the renderers ask of its store, beside the quads of resources.
        offered: paths and media types of the distributions that there will be.
    """

    def __init__(
        self,
        site: BuiltSite,
        places: Places,
        answers: Mapping[Pattern, Answer],
        offered: tuple[tuple[str, str], ...],
    ) -> None:
        self.places = places
        self._slice = Slice(answers)
        self._site = site.over(self._slice)
        self._offered = offered
        self._makers: Sequence[Renderer] | None = None

    def make(self, described: Mapping[int, Iterable[Lines]]) -> tuple[list[Artifact], list[int]]:
        """The files of the pages at some places, whose quads are given; and the places of those left to the driver."""
        lines = dict.fromkeys(some for own in described.values() for some in own)  # two pages may say the same
        self._slice.hold(parse("\n".join(lines), format=RdfFormat.N_QUADS, lenient=True))
        resources: dict[int, Resource] = {}
        left: list[int] = []
        for place in described:
            try:
                resources[place] = resource_of(self._site, self._site.pages[place])
            except Elsewhere:
                left.append(place)
        try:
            return self._files([*resources.values()]), left
        except Elsewhere:  # of one or more; which, has to be found out
            made: list[Artifact] = []
            for place, resource in resources.items():
                try:
                    made += self._files([resource])
                except Elsewhere:
                    left.append(place)
            return made, left

    def _files(self, resources: Sequence[Resource]) -> list[Artifact]:
        if self._makers is None:
            made = renderers(self._site)
            for maker in made:
                if isinstance(maker, Telling):
                    maker.offered = lambda: self._offered
            self._makers = made
            gc.collect()
            gc.freeze()  # the tables are no garbage, however often it is looked for
        return [_at_hand(artifact) for artifact in files(resources, self._makers)]


def _at_hand(artifact: Artifact) -> Artifact:
    """An artifact whose content is made; one that was to be streamed still is, as it is packed otherwise."""
    if isinstance(artifact.content, bytes):
        return artifact
    return artifact._replace(content=partial(iter, (b"".join(artifact.chunks()),)))


def parts(
    quads: "RDD[Placed]", total: int, count: int, workshop: "Broadcast[Workshop]", folder: Path, *, gzip: bool
) -> "RDD[Made]":
    """Have the files of all pages made.

    Args:
        quads: quads by the pages that they are for.
        total: how many pages there are.
        count: into how many archives their files go.
        workshop: what makes them.
        folder: where the archives go; all workers and the driver see it.
        gzip: text files are compressed.
    """

    def part(number: int, described: Iterable[tuple[int, Iterable[Lines]]]) -> Iterator[Made]:
        task = TaskContext.get()
        attempt = task.taskAttemptId() if task is not None else 0  # two may be at work on the same part
        path = folder / f"{number}-{attempt}{ENDING}"
        left: list[int] = []
        done = 0

        def artifacts() -> Iterator[Artifact]:
            nonlocal done
            waiting = iter(described)
            while some := dict(islice(waiting, TOGETHER)):
                made, others = workshop.value.make(some)
                left.extend(others)
                done += len(some) - len(others)
                yield from made

        write_site(path, artifacts(), gzip=gzip, durable=False)
        yield Made(str(path), done, tuple(left))

    return quads.groupByKey(count, lambda place: place * count // total).mapPartitionsWithIndex(part)
