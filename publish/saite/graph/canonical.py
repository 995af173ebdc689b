"""An order of a component's blank nodes that depends on nothing but its content.

Colour refinement first (the ordered form of Hopcroft's partition refinement: O(m log n) for m links of n nodes),
which tells apart the nodes of nearly all real data. What stays alike is split into independent parts; in a part,
one node is singled out, and all is refined again, for each node that could be it; the least outcome counts. Parts and
choices that give the same outcome are mirror images, of which one is enough. The work is counted, and capped.

The result serves the same end as RDFC-1.0 (https://www.w3.org/TR/rdf-canon/) with other names, and in linear time for
long lists.
"""

import itertools
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Node = int
Places = tuple[Node | None, Node | None, Node | None]
"""The blank nodes in the subject, object and graph place of a quad; None where something else stands."""


class TooMuchWork(Exception):
    """The graph is so symmetric that its blank nodes cannot be told apart within the budget."""


@dataclass(slots=True)
class Budget:
    """Work that may still be done, in links looked at; shared by all components of a dataset."""

    left: int
    depth: int = 200

    def spend(self, work: int) -> None:
        """Takes some of the budget.

        Raises:
            TooMuchWork: it is used up.
        """
        self.left -= work
        if self.left < 0:
            raise TooMuchWork


@dataclass(slots=True)
class Component:
    """Blank nodes that hang together, and every quad that has one of them.

    Attributes:
        nodes: the nodes, by number, in any order.
        quads: for each quad, its text with blanks where the nodes stand, and the nodes.
    """

    nodes: list[Node]
    quads: list[tuple[str, Places]]
    links: dict[Node, list[tuple[int, Node]]] = field(default_factory=dict)
    of: dict[Node, list[int]] = field(default_factory=dict)


def order(component: Component, budget: Budget) -> list[Node]:
    """The nodes in canonical order.

    Raises:
        TooMuchWork: the component is too symmetric.
    """
    first = _first_colours(component)
    by_colour = sorted(component.nodes, key=first.__getitem__)
    if all(first[a] != first[b] for a, b in itertools.pairwise(by_colour)):
        return by_colour
    _link(component)
    return _Search(component, budget).order(component.nodes, first, {}, 0, quick=False)


def text(component: Component, order: Sequence[Node], outer: Mapping[Node, str] | None = None) -> list[str]:
    """The component's quads with numbers for its nodes: the same for components that differ in names only."""
    names = dict(outer or {})
    names.update((node, f"_:{index}") for index, node in enumerate(order))
    names_of = names.__getitem__
    return sorted(
        form + "\t" + "\t".join("" if node is None else names_of(node) for node in places)
        for form, places in component.quads
    )


def _first_colours(component: Component) -> dict[Node, str]:
    """What each node's own quads say, without looking at other blank nodes."""
    seen: defaultdict[Node, list[str]] = defaultdict(list)
    for form, places in component.quads:
        for node in {node for node in places if node is not None}:
            seen[node].append(f"{form}\t{''.join('1' if place == node else '0' for place in places)}")
    return {node: "\n".join(sorted(forms)) for node, forms in seen.items()}


def _link(component: Component) -> None:
    """For each node its neighbours, with a number for the way in which they hang together."""
    raw: list[tuple[str, Node, Node]] = []
    for index, (form, places) in enumerate(component.quads):
        nodes = sorted({node for node in places if node is not None})
        for node in nodes:
            component.of.setdefault(node, []).append(index)
        for one in nodes:
            for other in nodes:
                if one != other:
                    way = "".join("1" if p == one else "2" if p == other else "0" for p in places)
                    raw.append((f"{form}\t{way}", one, other))
    ranks = {label: rank for rank, label in enumerate(sorted({label for label, _, _ in raw}))}
    component.links = {node: [] for node in component.nodes}
    for label, one, other in raw:
        component.links[one].append((ranks[label], other))


class _Partition:
    """Cells of nodes that look alike, in canonical order; a cell's colour is the number of nodes before it."""

    def __init__(self, nodes: Iterable[Node], colours: Mapping[Node, object]) -> None:
        groups: defaultdict[object, set[Node]] = defaultdict(set)
        for node in nodes:
            groups[colours[node]].add(node)
        self.cells: dict[int, set[Node]] = {}
        self.colour: dict[Node, int] = {}
        start = 0
        for key in sorted(groups):  # type: ignore[type-var]  # colours of one level are all of one kind
            self._set(start, groups[key])
            start += len(groups[key])

    def _set(self, start: int, cell: set[Node]) -> None:
        self.cells[start] = cell
        for node in cell:
            self.colour[node] = start

    def refine(self, links: Mapping[Node, list[tuple[int, Node]]], budget: Budget | None) -> None:
        """Splits cells until the nodes of each have the same links to the nodes of each."""
        queue = deque(sorted(self.cells))
        queued = set(queue)
        while queue:
            start = queue.popleft()
            queued.discard(start)
            touched: defaultdict[Node, list[int]] = defaultdict(list)
            work = 0
            for node in self.cells[start]:
                work += len(links[node])
                for way, other in links[node]:
                    if other in self.colour:
                        touched[other].append(way)
            if budget is not None:
                budget.spend(work + 1)
            for cell, parts in sorted(self._parts(touched).items()):
                for new in self._split(cell, parts, cell in queued):
                    queue.append(new)
                    queued.add(new)

    def _parts(self, touched: Mapping[Node, list[int]]) -> dict[int, dict[tuple[int, ...], set[Node]]]:
        """The touched nodes by cell and by the way in which they are."""
        cells: dict[int, dict[tuple[int, ...], set[Node]]] = {}
        for node, ways in touched.items():
            cell = self.colour[node]
            if len(self.cells[cell]) > 1:
                cells.setdefault(cell, {}).setdefault(tuple(sorted(ways)), set()).add(node)
        return cells

    def _split(self, start: int, parts: dict[tuple[int, ...], set[Node]], queued: bool) -> list[int]:
        """Splits a cell; gives the parts that are to be looked at again, all but the largest."""
        cell = self.cells[start]
        keys = sorted(parts)
        rest = len(cell) - sum(len(parts[key]) for key in keys)
        if not rest and len(keys) == 1:
            return []
        sizes = [(start, rest)] if rest else []
        position = start + rest
        if not rest:
            first = keys.pop(0)
            sizes.append((start, len(parts[first])))
            position += len(parts[first])
        for key in keys:
            cell -= parts[key]
            self._set(position, parts[key])
            sizes.append((position, len(parts[key])))
            position += len(parts[key])
        if queued:
            return [begin for begin, _ in sizes if begin != start]
        largest = max(sizes, key=lambda part: part[1])[0]
        return [begin for begin, _ in sizes if begin != largest]


class _Search:
    """Tells apart what refinement cannot."""

    def __init__(self, component: Component, budget: Budget) -> None:
        self.component = component
        self.budget = budget
        self.choices = 0

    def order(
        self,
        nodes: Iterable[Node],
        colours: Mapping[Node, object],
        outer: Mapping[Node, str],
        depth: int,
        *,
        quick: bool,
    ) -> list[Node]:
        """The canonical order of some nodes that have links among them, and to nodes that have names already.

        Args:
            nodes: the nodes.
            colours: what tells them apart so far.
            outer: names of the other nodes that they have links to.
            depth: how many nodes have been singled out.
            quick: take the first choice everywhere: an order, not the canonical one.
        """
        if depth:
            self.budget.spend(len(colours))
        partition = _Partition(nodes, colours)
        # the first refinement is linear, but for a factor of log n; what follows is what the budget is for
        partition.refine(self.component.links, self.budget if depth else None)
        singles = [min(cell) for _, cell in sorted(partition.cells.items()) if len(cell) == 1]
        alike = {node for cell in partition.cells.values() if len(cell) > 1 for node in cell}
        if not alike:
            return singles
        if depth > self.budget.depth:
            raise TooMuchWork
        names = {**outer, **{node: f"{depth}.{partition.colour[node]}" for node in singles}}
        parts = [self._part(part, partition, names, depth, quick=quick) for part in self._connected(alike)]
        parts.sort(key=lambda part: part[0])
        return singles + [node for _, part in parts for node in part]

    def _connected(self, nodes: set[Node]) -> list[list[Node]]:
        """The nodes in groups that have no links between them."""
        groups, left = [], set(nodes)
        while left:
            group, todo = [], [left.pop()]
            while todo:
                node = todo.pop()
                group.append(node)
                for _, other in self.component.links[node]:
                    if other in left:
                        left.remove(other)
                        todo.append(other)
            groups.append(group)
        return groups

    def _part(
        self, nodes: list[Node], partition: _Partition, outer: Mapping[Node, str], depth: int, *, quick: bool
    ) -> tuple[list[str], list[Node]]:
        """The canonical order of a part in which all nodes have their like, and its text."""
        cells: defaultdict[int, list[Node]] = defaultdict(list)
        for node in nodes:
            cells[partition.colour[node]].append(node)
        colour = min(cells, key=lambda c: (len(cells[c]), c))
        near = self._outside(nodes, outer)
        orbits = _Orbits(nodes)
        best: tuple[list[str], list[Node]] | None = None
        seen: list[tuple[Node, list[str], list[Node]]] = []
        for choice in cells[colour]:
            if any(orbits.same(choice, other) for other, _, _ in seen):
                continue
            colours = {node: (partition.colour[node], node != choice) for node in nodes}
            before = self.choices
            tried = self.order(nodes, colours, near, depth + 1, quick=True)
            sketch = self._text(tried, near)
            self.choices += 1
            if quick:
                return sketch, tried
            mirror = next((other for _, known, other in seen if known == sketch), None)
            if mirror is not None:
                orbits.join(mirror, tried)
                continue
            seen.append((choice, sketch, tried))
            outcome = (sketch, tried)
            if self.choices > before + 1:
                full = self.order(nodes, colours, near, depth + 1, quick=False)
                outcome = (self._text(full, near), full)
            if best is None or outcome[0] < best[0]:
                best = outcome
            elif outcome[0] == best[0]:
                orbits.join(best[1], outcome[1])
        assert best is not None
        return best

    def _outside(self, nodes: list[Node], outer: Mapping[Node, str]) -> dict[Node, str]:
        """The names of those nodes that share a quad with these."""
        inside = set(nodes)
        quads = {index for node in nodes for index in self.component.of[node]}
        places = (place for index in quads for place in self.component.quads[index][1])
        return {node: outer[node] for node in places if node is not None and node not in inside}

    def _text(self, order: list[Node], outer: Mapping[Node, str]) -> list[str]:
        quads = {index for node in order for index in self.component.of[node]}
        self.budget.spend(len(quads))
        part = Component(order, [self.component.quads[index] for index in quads])
        return text(part, order, outer)


class _Orbits:
    """Which nodes are mirror images of each other (a union-find)."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._parent = {node: node for node in nodes}

    def _root(self, node: Node) -> Node:
        while self._parent[node] != node:
            self._parent[node] = node = self._parent[self._parent[node]]
        return node

    def same(self, one: Node, other: Node) -> bool:
        """Whether two nodes are known to be mirror images."""
        return self._root(one) == self._root(other)

    def join(self, one: Sequence[Node], other: Sequence[Node]) -> None:
        """Two orders with the same text: each node is a mirror image of the one in its place."""
        for a, b in zip(one, other, strict=True):
            self._parent[self._root(a)] = self._root(b)
