"""The SPARQL endpoint of a site: what a door mounts at ``/sparql``."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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

    Its processes open the store themselves, so that it must lie on a disk: where it cannot be kept beside the site, it
    lies in a temporary folder as long as the endpoint is open.

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
    with opened(target, "", base, progress) as data, tempfile.TemporaryDirectory(prefix="saite-") as home:
        folder = data.folder
        if folder is None:
            progress.stage("Indexing the data")
            folder = Path(home) / "store"
            EmbeddedStore.create(folder, data.store.quads())
        config = data.config
        examples = [example(query, config.all_prefixes()) for query in named(config)]
        address = f"{config.url}sparql" if config.url else ""
        yield Endpoint(Dataset(folder, data.version, config), limits, examples, address=address)
