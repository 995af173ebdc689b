"""A small site as the RDF renderers see it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from saite.config import Config
from saite.namespaces import PREFIXES as KNOWN
from saite.namespaces import RDF_TYPE
from saite.render.jsonld.context import Context
from saite.render.jsonld.made import made_context
from saite.site import build_site
from saite.site.model import Site
from saite.store import EmbeddedStore
from saite.terms import NamedNode, Quad, Triple


def fake_site(config: Config, quads: Iterable[Quad] = ()) -> Site:
    """A site with settings, prefixes and quads, and what made contexts ask for."""
    store = EmbeddedStore(quads)
    built = build_site(store, config)
    return cast(
        Site,
        SimpleNamespace(
            config=config,
            base=config.base,
            prefixes={**KNOWN, **config.prefixes},
            quads=store.quads,
            labels=None,
            kinds=built.kinds,
            listings=built.listings,
        ),
    )


def context_of(graph: Iterable[Triple], own: Mapping[str, str], known: Mapping[str, str]) -> Context:
    """The context that is made for a graph."""
    triples = list(graph)
    site = build_site(EmbeddedStore(Quad(t.subject, t.predicate, t.object) for t in triples), config())
    classes = [t.object for t in triples if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode)]
    return made_context(site.kinds, classes, own, known)


def config(**settings: object) -> Config:
    """Settings of a site that has no folder."""
    return Config(Path(), **settings)  # type: ignore[arg-type]  # each test knows what it gives
