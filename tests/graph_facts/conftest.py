"""The graph and the source text that the tests of this folder read: straight from the files, without the engine."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/ice-edu/"
KINDS = [
    "agent",
    "agreement",
    "contact",
    "cooperation",
    "country",
    "document",
    "event",
    "funding",
    "institution",
    "participation",
    "period",
    "place",
    "platform",
    "policy",
    "presidency",
    "priority",
    "project",
    "region",
    "source",
    "statement",
]
PREFIXES = {
    **{kind: f"{BASE}id/{kind}/" for kind in KINDS},
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "ice": BASE + "def#",
    "kos": BASE + "kos/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Node = NamedNode | BlankNode | Literal
Statement = tuple[Node, NamedNode, Node]


def iri(name: str) -> NamedNode:
    """The IRI that a prefixed name stands for."""
    prefix, local = name.split(":", 1)
    return NamedNode(PREFIXES[prefix] + local)


def read(text: str) -> list[Statement]:
    """The triples of a Turtle fragment that uses the prefixes above."""
    head = "".join(f"@prefix {prefix}: <{value}> .\n" for prefix, value in PREFIXES.items())
    return list(_triples(parse((head + text).encode(), format=RdfFormat.TURTLE)))


def files(*globs: str) -> list[Path]:
    """The files below the repository that match, sorted."""
    return sorted(path for glob in globs for path in ROOT.glob(glob))


def _triples(quads: Iterable[object]) -> Iterator[Statement]:
    for quad in quads:
        subject, predicate, value = quad.subject, quad.predicate, quad.object  # type: ignore[attr-defined]
        assert not isinstance(subject, Triple), "no triple terms in our data"
        assert not isinstance(value, Triple), "no triple terms in our data"
        yield subject, predicate, value


@dataclass
class Graph:
    """A set of triples that answers the two questions that the tests ask."""

    triples: set[Statement] = field(default_factory=set)
    _by_subject: dict[Node, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    _by_object: dict[Node, list[Statement]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls, paths: Iterable[Path]) -> "Graph":
        """The union of the Turtle files."""
        graph = cls()
        for path in paths:
            for triple in _triples(parse(path=str(path), format=RdfFormat.TURTLE)):
                if triple not in graph.triples:
                    graph.triples.add(triple)
                    graph._by_subject[triple[0]].append(triple)
                    graph._by_object[triple[2]].append(triple)
        return graph

    def about(self, subject: Node) -> list[Statement]:
        """The triples whose subject it is."""
        return self._by_subject.get(subject, [])

    def values(self, subject: Node, name: str) -> list[Node]:
        """The values of a property (prefixed name) of a subject, in a steady order."""
        predicate = iri(name)
        return sorted((value for _, found, value in self.about(subject) if found == predicate), key=str)

    def value(self, subject: Node, name: str) -> Node:
        """The only value of a property of a subject."""
        (value,) = self.values(subject, name)
        return value

    def subjects(self, name: str, value: Node) -> list[Node]:
        """The subjects that have this value of a property, in a steady order."""
        predicate = iri(name)
        return sorted((found for found, by, _ in self._by_object.get(value, []) if by == predicate), key=str)

    def instances(self, name: str) -> list[Node]:
        """The subjects whose class (prefixed name) is stated."""
        return self.subjects("rdf:type", iri(name))


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The data, the concept schemes and the ontology in one."""
    return Graph.load(files("data/*.ttl", "ontology/*.ttl"))


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The ontology alone."""
    return Graph.load(files("ontology/ice.ttl"))


@pytest.fixture(scope="session")
def seed() -> Path:
    """The folder of the source text and the lists made from it; skipped where it is not at hand."""
    shared = os.environ.get("SAITE_SHARED")
    if not shared:
        assert os.environ.get("CI") != "true", "SAITE_SHARED must point to the shared folder in continuous integration"
        pytest.skip("SAITE_SHARED is not set")
    return Path(shared) / "seed"


@pytest.fixture(scope="session")
def page(seed: Path) -> str:
    """The text of the ministry's page, as it was read."""
    return (seed / "cooperation-with-central-asia.lv.txt").read_text(encoding="utf-8")
