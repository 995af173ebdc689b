"""Names of blank nodes that come from what they say (design decision "Blank nodes").

A blank node's name is a hash of the connected component of blank nodes that it is in, and of its place there. So it
is the same in every run, whatever the labels and the order in the files, and does not change when something else in
the dataset does: builds of parts agree with builds of the whole. Components that say the same are numbered.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from saite.errors import DataError, Place
from saite.graph.canonical import Budget, Component, Places, TooMuchWork, order, text
from saite.terms import BlankNode, Quad

WORK: Final = 1_000_000
"""Links that may be looked at, in a whole dataset, to tell apart blank nodes that look alike: a second or two."""

_HEX: Final = 15


class Namer:
    """Names blank nodes, for one dataset; its parts may come one after the other (blank nodes never cross files).

    Args:
        keep: blank nodes that have their names already, such as those of the store that a query is run on.
        work: the budget for symmetric components, in links looked at.
    """

    def __init__(self, keep: Callable[[BlankNode], bool] | None = None, work: int = WORK) -> None:
        self._keep = keep
        self._budget = Budget(work)
        self._seen: defaultdict[bytes, int] = defaultdict(int)

    def name(self, quads: Iterable[Quad], file: str = "") -> Iterator[Quad]:
        """The quads with named blank nodes; those without blank nodes come at once, the others at the end.

        Args:
            quads: what is to be named.
            file: where they are from, for the fault.

        Raises:
            DataError: blank nodes are so alike that they cannot be told apart in reasonable time.
        """
        held: list[Quad] = []
        for quad in quads:
            if (
                quad.object.__class__ is BlankNode
                or quad.subject.__class__ is BlankNode
                or quad.graph_name.__class__ is BlankNode
            ):
                held.append(quad)
            else:
                yield quad
        if held:
            yield from self._named(held, file)

    def _named(self, held: list[Quad], file: str) -> Iterator[Quad]:
        labels: dict[BlankNode, int] = {}
        described = [self._describe(quad, labels) for quad in held]
        names: list[BlankNode] = [BlankNode("b")] * len(labels)
        for component in _components(len(labels), described):
            for node, name in self._names(component, file):
                names[node] = name
        for quad, (_, (subject, value, graph)) in zip(held, described, strict=True):
            yield Quad(
                quad.subject if subject is None else names[subject],
                quad.predicate,
                quad.object if value is None else names[value],
                quad.graph_name if graph is None else names[graph],
            )

    def _describe(self, quad: Quad, labels: dict[BlankNode, int]) -> tuple[str, Places]:
        """A quad's text without its blank nodes, and their numbers."""
        places: list[int | None] = []
        form = [quad.predicate.value]
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, BlankNode) and not (self._keep is not None and self._keep(term)):
                places.append(labels.setdefault(term, len(labels)))
                form.append("")
            else:
                places.append(None)
                form.append(str(term))
        return " ".join(form), (places[0], places[1], places[2])

    def _names(self, component: Component, file: str) -> Iterator[tuple[int, BlankNode]]:
        try:
            nodes = order(component, self._budget) if len(component.nodes) > 1 else component.nodes
        except TooMuchWork:
            raise _poisoned(component, file) from None
        content = hashlib.sha256("\n".join(text(component, nodes)).encode()).digest()
        number = self._seen[content]
        self._seen[content] += 1
        for index, node in enumerate(nodes):
            digest = hashlib.sha256(content + b"%d %d" % (number, index)).hexdigest()
            yield node, BlankNode("b" + digest[:_HEX])


def _components(size: int, described: list[tuple[str, Places]]) -> Iterator[Component]:
    """The quads in groups that share no blank node."""
    parent = list(range(size))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for _, places in described:
        first = -1
        for node in places:
            if node is not None:
                if first < 0:
                    first = root(node)
                else:
                    parent[root(node)] = first
    groups: dict[int, Component] = {}
    for node in range(size):
        groups.setdefault(root(node), Component([], [])).nodes.append(node)
    for form, places in described:
        any_node = next((node for node in places if node is not None), None)
        if any_node is not None:
            groups[root(any_node)].quads.append((form, places))
    yield from groups.values()


def _poisoned(component: Component, file: str) -> DataError:
    form = min(form for form, _ in component.quads)
    return DataError(
        f"{len(component.nodes)} blank nodes hang together and are so alike that they cannot be told apart in "
        f"reasonable time (among their quads: {' '.join(form.split())[:120]})",
        place=Place(file) if file else None,
        cure="Give some of these nodes IRIs, or say something of each that the others do not have.",
    )
