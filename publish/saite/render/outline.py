"""The shape of a graph on paper: which node is written where, alike for Turtle, JSON-LD and RDF/XML."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from saite.namespaces import RDF_FIRST, RDF_NIL, RDF_REST
from saite.site.reading import ReadingOrder
from saite.site.triples import Triples
from saite.terms import BlankNode, NamedNode, Subject, Term, Triple

MAX_DEPTH: Final = 12
"""How many blank nodes may stand inside each other; a deeper one is written at the top, with a label.

Readers' parsers recurse: some fail, or crash, where nodes are nested thousands deep.
"""

_CELL: Final = {RDF_FIRST, RDF_REST}
_EMPTY: Final[Mapping[NamedNode, Sequence[Term]]] = {}


class Outline:
    """A graph, arranged to be written.

    A blank node that one triple refers to is written inside that triple's subject, unless it would have to stand
    inside itself; others are written at the top, with a label. A chain of such nodes that each have just one
    ``rdf:first`` and one ``rdf:rest`` and that ends in ``rdf:nil`` is a list (RDF Schema 1.1 section 5.2).

    Attributes:
        roots: the nodes at the top: the page's own first, then IRIs by their text, then blank nodes by content.
        inside: the blank nodes that are written inside another.
        lists: the members of the lists among them, by their first cell.
        labelled: the blank nodes that are written with a label.
    """

    def __init__(
        self,
        triples: Iterable[Triple],
        order: ReadingOrder,
        first: Subject | None = None,
        elsewhere: Iterable[BlankNode] = (),
    ) -> None:
        """Arrange a graph.

        Args:
            triples: the graph, in any order.
            order: the order of properties and values.
            first: the node that is written first.
            elsewhere: blank nodes that need a label because triples outside this graph refer to them.
        """
        arranged = Triples.of(triples, order)
        self._about = arranged.about
        self._plain = arranged.plain
        self._keys: dict[BlankNode, str] = {}
        self.inside: set[BlankNode] = set()
        self.lists: dict[BlankNode, list[Term]] = {}
        self.labelled: set[BlankNode] = set()
        if not self._plain:
            self._nest(self._parents(), set(elsewhere))
        self.roots = self._arrange(first)

    def statements(self, node: Subject) -> Iterable[tuple[NamedNode, Sequence[Term]]]:
        """A node's properties with their values, in reading order."""
        properties = self._about.get(node, _EMPTY)
        if self._plain:
            return properties.items()
        return [(predicate, self._values(terms)) for predicate, terms in properties.items()]

    def _values(self, terms: Sequence[Term]) -> Sequence[Term]:
        """Values in reading order, blank nodes by what they say."""
        return sorted(terms, key=self._value_key) if len(terms) > 1 and type(terms[-1]) is BlankNode else terms

    def subjects(self) -> Iterable[Subject]:
        """All nodes that the graph says something about, in no order."""
        return self._about.keys()

    def described(self, node: Subject) -> bool:
        """Whether the graph says anything about a node."""
        return node in self._about

    def _value_key(self, term: Term) -> tuple[str, str]:
        # the others come first, as they are
        return (self._key(term), term.value) if type(term) is BlankNode else ("", "")

    def _key(self, node: BlankNode) -> str:
        """What a blank node says, so that its place depends on its label only where its label is written."""
        key = self._keys.get(node)
        if key is None:
            if node not in self.inside:
                key = f"_:{node.value}"
            elif node in self.lists:
                key = "(" + " ".join(self._text(item) for item in self.lists[node]) + ")"
            else:
                key = "[" + self._content(node) + "]"
            self._keys[node] = key
        return key

    def _content(self, node: Subject) -> str:
        return ";".join(
            f"{predicate} {','.join(self._text(value) for value in values)}"
            for predicate, values in self.statements(node)
        )

    def _text(self, term: Term) -> str:
        return self._key(term) if type(term) is BlankNode else str(term)

    def _parents(self) -> dict[BlankNode, list[Subject]]:
        """The subjects that refer to each blank node, once for each triple that does."""
        parents: dict[BlankNode, list[Subject]] = {}
        for subject, properties in self._about.items():
            for terms in properties.values():
                for term in terms:
                    if type(term) is BlankNode:
                        parents.setdefault(term, []).append(subject)
        return parents

    def _nest(self, parents: dict[BlankNode, list[Subject]], elsewhere: set[BlankNode]) -> None:
        self.inside = {node for node, subjects in parents.items() if len(subjects) == 1 and node not in elsewhere}
        absorbed = self._find_lists(parents)
        seen: set[Subject] = set()
        for root in list(self._about):
            if type(root) is not BlankNode or root not in self.inside:
                self._descend(root, seen)
        # What is left is in circles, or hangs from one: each circle is opened at its first label.
        left = (n for n in self._about if type(n) is BlankNode and n in self.inside and n not in absorbed)
        for node in sorted(left, key=lambda n: n.value):
            if node not in seen:
                opened = min((n for n in _circle(node, parents) if n not in absorbed), key=lambda n: n.value)
                self._lift(opened)
                self._descend(opened, seen)
        self.labelled = (parents.keys() - self.inside) | elsewhere

    def _find_lists(self, parents: dict[BlankNode, list[Subject]]) -> set[BlankNode]:
        """Find the lists; returns the cells after their first ones, which no triple but a list's own shows."""
        absorbed: set[BlankNode] = set()
        for end in [n for n in self.inside if self._rest(n) == RDF_NIL]:
            cells = [end]
            cell = end
            while True:
                above = parents[cell][0]
                if type(above) is not BlankNode or above not in self.inside or self._rest(above) != cell:
                    break
                cells.append(above)
                cell = above
            self.lists[cell] = [self._about[c][RDF_FIRST][0] for c in reversed(cells)]
            absorbed.update(cells[:-1])
        return absorbed

    def _rest(self, node: BlankNode) -> Term | None:
        """What follows a well-formed cell of a list; None if the node is no such cell."""
        properties = self._about.get(node, _EMPTY)
        if properties.keys() != _CELL or len(properties[RDF_FIRST]) != 1 or len(properties[RDF_REST]) != 1:
            return None
        return properties[RDF_REST][0]

    def _lift(self, node: BlankNode) -> None:
        """Write a node at the top after all; of a list only the first cell, its rest stays a list."""
        self.inside.discard(node)
        items = self.lists.pop(node, None)
        rest = self._rest(node)
        if items is not None and len(items) > 1 and type(rest) is BlankNode:
            self.lists[rest] = items[1:]

    def _descend(self, root: Subject, seen: set[Subject]) -> None:
        """Mark what stands inside a root; what would stand too deep becomes a root itself."""
        stack = [(root, 0)]
        seen.add(root)
        while stack:
            node, depth = stack.pop()
            items = self.lists.get(node) if type(node) is BlankNode else None
            terms = items if items is not None else [v for vs in self._about.get(node, _EMPTY).values() for v in vs]
            for term in terms:
                if type(term) is not BlankNode or term not in self.inside or term in seen:
                    continue
                if depth >= MAX_DEPTH:
                    self._lift(term)
                seen.add(term)
                stack.append((term, depth + 1 if term in self.inside else 0))

    def _arrange(self, first: Subject | None) -> list[Subject]:
        roots = [n for n in self._about if type(n) is NamedNode or n not in self.inside]
        if len(roots) > 1:
            roots.sort(
                key=lambda n: (
                    n != first,
                    type(n) is BlankNode,
                    n.value if type(n) is NamedNode else self._content(n),
                    n.value,
                )
            )
        return roots


def _circle(node: BlankNode, parents: dict[BlankNode, list[Subject]]) -> list[BlankNode]:
    """The circle that one comes to by going from parent to parent."""
    path: dict[BlankNode, None] = {}
    while node not in path:
        path[node] = None
        above = parents[node][0]
        assert type(above) is BlankNode  # a node below an IRI is written there, and not in a circle
        node = above
    nodes = list(path)
    return nodes[nodes.index(node) :]


def is_empty_list(predicate: NamedNode, term: Term) -> bool:
    """Whether a value is to be written as the empty list ``()``: ``rdf:nil``, but not at the end of a broken list."""
    return term == RDF_NIL and predicate != RDF_REST
