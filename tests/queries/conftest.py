"""The named queries of our site and the store that they ask: our data as the site has them, without the shapes."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from saite.store import EmbeddedStore
from saite.terms import Quad

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "queries"


def quads(paths: Iterable[Path]) -> Iterator[Quad]:
    """The quads of Turtle files, in the default graph."""
    for path in paths:
        yield from parse(path=str(path), format=RdfFormat.TURTLE)


def sources() -> list[Path]:
    """The files of the data and of the ontology with its concept schemes."""
    return sorted(path for folder in ("data", "ontology") for path in (ROOT / folder).glob("*.ttl"))


@pytest.fixture(scope="session")
def store() -> EmbeddedStore:
    """Our data. Not to be changed."""
    return EmbeddedStore(quads(sources()))
