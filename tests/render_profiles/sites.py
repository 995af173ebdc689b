"""Small sites of a few lines of Turtle."""

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from saite.config import Config
from saite.namespaces import PREFIXES
from saite.site import build_site
from saite.site.model import Site
from saite.store import EmbeddedStore

BASE = "http://example.org/"
CONFIG = Config(Path(), base=BASE)
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def site_of(turtle: str, config: Config = CONFIG) -> Site:
    """The site of some Turtle, whose relative references begin at :data:`BASE`."""
    quads = parse(f"{HEAD}@prefix : <{BASE}def#> .\n{turtle}", RdfFormat.TURTLE, base_iri=BASE)
    return build_site(EmbeddedStore(quads), config)
