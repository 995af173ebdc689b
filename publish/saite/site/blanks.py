"""On whose pages blank nodes are shown: they have none of their own, so what they say, their owners say."""

from collections.abc import Callable, Iterable, Sequence

from saite.site.scan import Scan
from saite.terms import BlankNode, Subject

Origin = tuple[int, int]
"""A subject and a predicate, by the numbers of the scan."""


class Owners:
    """The resources that reach each blank node through blank nodes only; nodes by the numbers of the scan.

    Args:
        found: the scan.
        terms: its terms by number.
        first, rest: the predicates of RDF lists, -1 if unused.
        pages: the resources (by their numbers in the site) on whose pages an IRI or a folded node is shown; none
            for other blank nodes.
    """

    def __init__(
        self, found: Scan, terms: Sequence[Subject], first: int, rest: int, pages: Callable[[int], Iterable[int]]
    ) -> None:
        self._first, self._rest = first, rest
        self._children: dict[int, list[int]] = {}
        self._owners: dict[int, dict[int, None]] = {}
        self._entries: dict[int, list[Origin]] = {}
        self._parented: set[int] = set()
        tails: dict[int, list[int]] = {}
        heads: list[tuple[int, Origin]] = []
        waiting: list[tuple[int, int]] = []
        for source, predicate, target in zip(found.sources, found.links, found.targets, strict=True):
            if type(terms[target]) is not BlankNode:
                continue
            if source != target:
                self._parented.add(target)
            self._children.setdefault(source, []).append(target)
            if predicate in (first, rest) and type(terms[source]) is BlankNode:
                tails.setdefault(source, []).append(target)
            elif rest >= 0:
                heads.append((target, (source, predicate)))
            waiting += ((target, page) for page in pages(source))
        self._spread(waiting)
        self._enter(heads, tails)

    def _spread(self, waiting: list[tuple[int, int]]) -> None:
        while waiting:
            node, owner = waiting.pop()
            known = self._owners.setdefault(node, {})
            if owner not in known:
                known[owner] = None
                waiting += ((child, owner) for child in self._children.get(node, ()))

    def _enter(self, heads: list[tuple[int, Origin]], tails: dict[int, list[int]]) -> None:
        """Tells the cells of each list, and of the lists in it, how the list is reached."""
        seen: set[tuple[int, Origin]] = set()
        while heads:
            cell, origin = heads.pop()
            if (cell, origin) not in seen:
                seen.add((cell, origin))
                self._entries.setdefault(cell, []).append(origin)
                heads += ((tail, origin) for tail in tails.get(cell, ()))

    def of(self, node: int) -> Iterable[int]:
        """The resources that own a blank node, by their numbers in the site."""
        return self._owners.get(node, ())

    def origins(self, node: int, predicate: int) -> Iterable[Origin]:
        """What says a blank node's triple: the node itself; for a member of a list, whatever leads to the list."""
        if predicate != self._first:
            return ((node, predicate),)
        return self._entries.get(node, ())

    def roots(self, blanks: Iterable[int], label: Callable[[int], str]) -> list[int]:
        """Blank nodes without an owner, of which all other such nodes are a part: by label.

        Of nodes that only lead to one another, the one with the first label stands for all.

        Args:
            blanks: the blank nodes that are subjects.
            label: their labels.
        """
        orphans = sorted((n for n in blanks if n not in self._owners), key=label)
        found = [node for node in orphans if node not in self._parented]
        reached: set[int] = set()
        self._reach(found, reached)
        for node in orphans:
            if node not in reached:
                found.append(node)
                self._reach([node], reached)
        return sorted(found, key=label)

    def _reach(self, begin: Iterable[int], reached: set[int]) -> None:
        waiting = list(begin)
        while waiting:
            node = waiting.pop()
            if node not in reached:
                reached.add(node)
                waiting += self._children.get(node, ())
