"""What a dump writes as one graph: the union of all, or one of them."""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from saite.render.dumps.inventory import Inventory
from saite.site.model import Site
from saite.terms import BlankNode, Graph, NamedNode, Quad, Subject

_SHARED: Final = 2
"""References to a blank node that needs its label, because it stands elsewhere too."""


class Scope(Protocol):
    """A graph that is written subject by subject.

    Attributes:
        iris: its subjects that are IRIs, sorted.
        blanks: the labels of those that are blank nodes, sorted.
    """

    iris: Sequence[str]
    blanks: Sequence[str]

    def quads(self, subject: Subject) -> Iterator[Quad]:
        """What is said of a subject."""
        ...

    def references(self, node: BlankNode) -> int:
        """How many triples have a node as their object; two or more: it is written with its label."""
        ...


class Union:
    """All graphs as one."""

    def __init__(self, site: Site, inventory: Inventory) -> None:
        self._site = site
        self.iris: Sequence[str] = inventory.iris
        self.blanks: Sequence[str] = inventory.blanks

    def quads(self, subject: Subject) -> Iterator[Quad]:
        """What is said of a subject."""
        return self._site.quads(subject)

    def references(self, node: BlankNode) -> int:
        """How many triples have a node as their object."""
        return len({(quad.subject, quad.predicate) for quad in self._site.quads(object=node)})


class OfGraph:
    """One graph of the dataset; what other graphs say of its blank nodes needs their labels."""

    def __init__(self, site: Site, graph: Graph) -> None:
        self._site = site
        self._graph = graph
        iris: set[str] = set()
        blanks: set[str] = set()
        for quad in site.quads(graph=graph):
            subject = quad.subject
            (iris if type(subject) is NamedNode else blanks).add(subject.value)  # type: ignore[union-attr]
        self.iris: Sequence[str] = sorted(iris)
        self.blanks: Sequence[str] = sorted(blanks)

    def quads(self, subject: Subject) -> Iterator[Quad]:
        """What is said of a subject."""
        return self._site.quads(subject, graph=self._graph)

    def references(self, node: BlankNode) -> int:
        """How many triples have a node as their object; two for one that stands outside of the graph."""
        found = list(self._site.quads(object=node))
        named = next(iter(self._site.quads(graph=node)), None) is not None
        if named or any(quad.graph_name != self._graph for quad in (*found, *self._site.quads(node))):
            return _SHARED
        return len(found)
