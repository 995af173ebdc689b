"""The SPARQL endpoint of a site: what a door mounts at ``/sparql``."""

import asyncio
import tempfile
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from saite.pipeline import SILENCE, Progress
from saite.query.asked import named
from saite.query.dataset import opened
from saite.serve.sparql.endpoint import Dataset, Endpoint
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.page import example
from saite.store import EmbeddedStore


@contextmanager
def endpoint(
    target: Path, limits: Limits | None = None, base: str = "", progress: Progress = SILENCE
) -> Iterator[Endpoint]:
    """An endpoint over what ``saite query`` would ask, with the site's queries as examples.

    Args:
        target: a site, the folder that was built from it, or any RDF.
        limits: of queries.
        base: as for a build.
        progress: who is told.

    Raises:
        UsageError: there is nothing there.
        DataError: a source does not parse.
        EnvironmentFault: a file cannot be read, or no store be written.
    """
    with dataset(target, base, progress) as data:
        yield over(data, limits)


def over(data: Dataset, limits: Limits | None = None) -> Endpoint:
    """An endpoint over a dataset, with the queries of its site as examples."""
    config = data.config
    examples = [example(query, config.all_prefixes()) for query in named(config)]
    address = f"{config.url}sparql" if config.url else ""
    return Endpoint(data, limits, examples, address=address)


@contextmanager
def dataset(target: Path, base: str = "", progress: Progress = SILENCE) -> Iterator[Dataset]:
    """What an endpoint answers from; see :func:`endpoint`, which may be given it anew (``Endpoint.renew``).

    Its processes open the store themselves, so that it must lie on a disk: where it cannot be kept beside the site, it
    lies in a temporary folder as long as the context lasts.

    Raises:
        SaiteError: as for :func:`endpoint`.
    """
    with opened(target, "", base, progress) as data, tempfile.TemporaryDirectory(prefix="saite-") as home:
        folder = data.folder
        if folder is None:
            progress.stage("Indexing the data")
            folder = Path(home) / "store"
            EmbeddedStore.create(folder, data.store.quads())
        yield Dataset(folder, data.version, data.config)


@contextmanager
def renewal(endpoint: Endpoint, target: Path, base: str = "") -> Iterator[Callable[[], Awaitable[None]]]:
    """What lets an endpoint answer from a site that was built anew; queries that run end with the data they began with.

    The call raises a SaiteError, as :func:`dataset` does, where the new data cannot be had; the endpoint then goes on
    with those that it has.
    """
    held: deque[ExitStack] = deque()

    async def renew() -> None:
        stack = ExitStack()
        try:
            data = await asyncio.to_thread(stack.enter_context, dataset(target, base))
        except BaseException:
            stack.close()
            raise
        if data.version != endpoint.dataset.version or not data.version:
            endpoint.renew(data)
        held.append(stack)
        if len(held) > 2:  # whoever asked of the one before the last has had more than the time of a query
            await asyncio.to_thread(held.popleft().close)

    try:
        yield renew
    finally:
        for stack in held:
            stack.close()
