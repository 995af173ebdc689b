"""One endpoint over a few triples, for the tests that do not harm it."""

from collections.abc import Iterator

import pytest

from saite.config import Config
from saite.serve.sparql.page import Example
from saite.terms import BlankNode, Literal, NamedNode, Quad

from .served import Served, served

BASE = "http://example.org/"


def node(name: str) -> NamedNode:
    """An IRI of the test data."""
    return NamedNode(BASE + name)


BOTH = (node("id/s"), node("p"), Literal('vārds "šis"\n<&>', language="lv"))
QUADS = [
    Quad(*BOTH, node("g1")),
    Quad(*BOTH, node("g2")),
    Quad(
        node("id/t"),
        node("p"),
        Literal("5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        node("g1"),
    ),
    Quad(node("id/t"), node("q"), BlankNode("b"), node("g2")),
    Quad(BlankNode("b"), node("p"), node("id/s"), node("g2")),
]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An endpoint over five quads in two graphs, one triple in both."""
    home = tmp_path_factory.mktemp("small")
    config = Config(
        root=home,
        base=BASE,
        languages=("lv", "en"),
        title={"lv": "Paraugs", "en": "Sample"},
        prefixes={"ex": BASE, "id": BASE + "id/"},
    )
    examples = [Example("all", {"lv": "Viss", "en": "All"}, 'SELECT * { ?s ?p ?o FILTER(?o != "<x>") }\n')]
    with served(home, QUADS, config=config, examples=examples) as running:
        yield running
