"""The catalogue and VoID, on small sites that tests write as Turtle."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat

from saite.config import CatalogueSettings, Config
from saite.distribution import Distribution
from saite.namespaces import PREFIXES
from saite.render.catalogue.model import Catalogue
from saite.render.catalogue.statements import Statements
from saite.site import build_site
from saite.site.model import Site
from saite.store import EmbeddedStore
from saite.terms import Graph, Literal, NamedNode, Quad, Subject, Term

BASE = "https://example.org/data/"
EU = "http://publications.europa.eu/resource/authority/"
HEAD = f"@prefix : <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
DUMPS = (
    Distribution("dump/data.ttl", "text/turtle; charset=utf-8", 120, "a" * 64),
    Distribution("dump/data.ttl.gz", "text/turtle; charset=utf-8", 60, "b" * 64, packed="application/gzip"),
)


def quads(turtle: str, graph: Graph | None = None) -> list[Quad]:
    """Turtle with the well-known prefixes, and ``:`` for the base."""
    found = pyoxigraph.parse((HEAD + turtle).encode(), RdfFormat.TURTLE)
    return [Quad(q.subject, q.predicate, q.object, graph) if graph is not None else q for q in found]


NOTHING = CatalogueSettings()


def site(data: str | Iterable[Quad], settings: CatalogueSettings = NOTHING, **config: object) -> Site:
    """A site of some Turtle."""
    given: dict[str, object] = {"base": BASE, "languages": ("lv", "en"), "catalogue": settings, **config}
    made = Config(Path(), **given)  # type: ignore[arg-type]  # each test knows what it gives
    return build_site(EmbeddedStore(quads(data) if isinstance(data, str) else data), made)


def catalogue(one: Site, distributions: Iterable[Distribution] = DUMPS) -> Statements:
    """What the catalogue of a site says."""
    return Catalogue(one).statements(distributions)


def iri(name: str) -> NamedNode:
    """A prefixed name, or one below the base."""
    prefix, colon, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local if colon else BASE + name)


def texts(said: Statements, node: Subject, predicate: str) -> Mapping[str, str]:
    """The texts of a property by language."""
    return {one.language or "": one.value for one in said.of(node, iri(predicate)) if isinstance(one, Literal)}


def values(said: Statements, node: Subject, predicate: str) -> list[str]:
    """The values of a property, as texts."""
    return [one.value for one in said.of(node, iri(predicate))]


def one(said: Statements, node: Subject, predicate: str) -> Term:
    """The only value of a property."""
    [found] = said.of(node, iri(predicate))
    return found
