"""One site, built and live."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.serve.live import odd

from saite import pipeline
from saite.query.live import live
from saite.render import renderers
from saite.serve.live.answers import Live
from saite.site.model import Site


class Both(NamedTuple):
    """A site's folder, its built folder, and its model."""

    source: Path
    built: Path
    site: Site

    def live(self) -> Live:
        """Its answers, with nothing made yet."""
        return Live(self.site, renderers(self.site))


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The odd site."""
    source = odd.write(tmp_path_factory.mktemp("odd") / "site")
    out = source.parent / "out"
    pipeline.build(source, out, pipeline.Options(force=True, durable=False, jobs=1))
    with live(source) as found:
        yield Both(source, out, found.site)
