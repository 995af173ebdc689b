"""A small site as the RDF renderers see it."""

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from saite.config import Config
from saite.namespaces import PREFIXES as KNOWN
from saite.site.model import Site
from saite.store import EmbeddedStore
from saite.terms import Quad


def fake_site(config: Config, quads: Iterable[Quad] = ()) -> Site:
    """A site with settings, prefixes and quads, and nothing else."""
    store = EmbeddedStore(quads)
    return cast(
        Site,
        SimpleNamespace(
            config=config, base=config.base, prefixes={**KNOWN, **config.prefixes}, quads=store.quads, labels=None
        ),
    )


def config(**settings: object) -> Config:
    """Settings of a site that has no folder."""
    return Config(Path(), **settings)  # type: ignore[arg-type]  # each test knows what it gives
