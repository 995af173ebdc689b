"""The driver's part: it hands out the tables and the quads, makes the files of the whole, and puts all together."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

from pyspark import RDD

from saite.artifact import Artifact
from saite.errors import EnvironmentFault
from saite.output import Place
from saite.output import Written as Done
from saite.pipeline import Options, Progress
from saite.render import renderers
from saite.render.pieces import TOGETHER, files, offered, resource_of
from saite.site import BuiltSite
from saite.site.model import Renderer
from saite.spark.asked import Answer, Pattern, Recorder
from saite.spark.grouping import Places, Written, by_page
from saite.spark.making import Made, Workshop, parts
from saite.spark.session import Session

_SHARE: Final = 2_000
"""Pages of one archive: some ten megabytes of files."""

_LOOK: Final = 0.3
"""Seconds between two looks at how far the workers have come."""


class Publisher:
    """Publishes with a cluster; as :func:`saite.pipeline.publish` does it alone.

    Args:
        session: the Spark application.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._context = session.context

    def __call__(self, site: BuiltSite, folder: Place, options: Options, progress: Progress) -> Done:
        """Make every file of a site and put it into its folder.

        Raises:
            EnvironmentFault: Spark gives up, or the file system refuses.
            DataError, UsageError: see :meth:`saite.output.Place.write`.
        """
        makers = renderers(site)
        made: list[Made] = []
        with _beside(folder.out) as work, ThreadPoolExecutor(1) as thread:
            progress.stage("Handing out")
            places = Places.of(site.tables)
            asked = self._handed_out(site, makers, places, work, options)
            pages = thread.submit(asked.collect)  # all that is asked of the store is asked here: it minds threads

            def artifacts() -> Iterator[Artifact]:
                progress.stage("Publishing")
                for maker in makers:
                    yield from maker.whole()
                made.extend(self._awaited(pages, progress))
                yield from _left(site, makers, places, made)

            def archives() -> Iterator[Path]:
                for one in progress.track(made, len(made), "Gathering"):
                    yield Path(one.path)

            try:
                return folder.write(artifacts(), parts=archives(), gzip=options.gzip, durable=options.durable)
            except BaseException:
                self._context.cancelAllJobs()
                raise

    def _handed_out(
        self, site: BuiltSite, makers: Sequence[Renderer], places: Places, work: Path, options: Options
    ) -> "RDD[Made]":
        """Give the workers what they need; what they shall make."""
        context = self._context
        quads = Written.into(work, site.quads, places)
        total = len(site)
        count = max(1, min(total, max(context.defaultParallelism, -(-total // _SHARE))))
        workshop = context.broadcast(Workshop(site, places, _asked(site), tuple(offered(makers))))
        known, hanging = (context.textFile(path.as_uri(), count) for path in quads)
        placed = by_page(known, hanging, lambda: workshop.value.places)
        return parts(placed, total, count, workshop, work, gzip=options.gzip)

    def _awaited(self, pages: "Future[list[Made]]", progress: Progress) -> list[Made]:
        """What the workers have made, once they have."""
        tracker = self._context.statusTracker()
        while not wait([pages], _LOOK).done:
            stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
            done = ", ".join(f"{one.numCompletedTasks} of {one.numTasks} tasks" for one in stages if one is not None)
            progress.stage(f"Waiting for Spark: {done}" if done else "Waiting for Spark")
        try:
            return pages.result()
        except Exception as error:
            raise self._session.explained(error) from error


def _left(site: BuiltSite, makers: Sequence[Renderer], places: Places, made: Sequence[Made]) -> Iterator[Artifact]:
    """The files of the pages that workers did not make."""
    left = {place for one in made for place in one.left}
    # documents that are no subjects of the data: there was nothing to group
    nodes = site.tables.nodes
    left.update(places.by_number[n] for n in site.tables.parts if next(site.quads(nodes[n]), None) is None)
    done = sum(one.pages for one in made)
    if done + len(left) != len(site):
        raise EnvironmentFault(
            f"Spark's workers made {done} of {len(site) - len(left)} pages", cure="Try again; or build without Spark."
        )
    waiting = iter(sorted(left))
    while some := [resource_of(site, site.pages[place]) for place in islice(waiting, TOGETHER)]:
        yield from files(some, makers)


def _asked(site: BuiltSite) -> dict[Pattern, Answer]:
    """What renderers ask of the store beside what a resource says: found out by making some pages of each kind."""
    recorder = Recorder(site.quads)
    over = site.over(recorder)
    makers = renderers(over)
    firsts = [listing.members[0] for listing in site.listings if listing.members]
    for node in {*islice(site.pages, TOGETHER), *firsts}:
        resource = over.resource(node)
        if resource is not None:
            for artifact in files([resource], makers):
                for _ in artifact.chunks():
                    pass
    return recorder.answers


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A folder beside the output, for what the driver and the workers give each other."""
    work = out.with_name(f".{out.name}.saite-spark")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
