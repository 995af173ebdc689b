"""RDF Dataset Canonicalization, RDFC-1.0 (W3C Recommendation, 2024); section numbers are its.

It names the blank nodes of a dataset so that two datasets which say the same are the same lines. Our own names of blank
nodes (:mod:`saite.graph.blanknodes`) hold for parts of a dataset too; these hold for a whole, and everybody makes them
alike: what others compare a dataset's hash with. Its work is capped, as section 7.1 asks for ("dataset poisoning").
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations
from typing import Final

from saite.terms import BlankNode, Quad

SPECIFICATION: Final = "https://www.w3.org/TR/rdf-canon/"

WORK: Final = 200_000
"""Hashes that may be made to tell apart blank nodes whose own quads look alike: a second or two."""

DEPTH: Final = 300
"""Blank nodes in a row that may be followed: the algorithm recurses."""


class TooMuchWork(Exception):
    """The blank nodes are so alike that telling them apart would take too long."""


class _Issuer:
    """Issues identifiers in order (4.5)."""

    __slots__ = ("_prefix", "issued")

    def __init__(self, prefix: str, issued: Mapping[BlankNode, str] | None = None) -> None:
        self._prefix = prefix
        self.issued: dict[BlankNode, str] = dict(issued or {})

    def issue(self, node: BlankNode) -> str:
        name = self.issued.get(node)
        if name is None:
            name = self.issued[node] = f"{self._prefix}{len(self.issued)}"
        return name

    def copy(self) -> "_Issuer":
        return _Issuer(self._prefix, self.issued)


def names(quads: Iterable[Quad], digest: str = "sha256", work: int = WORK) -> dict[BlankNode, str]:
    """The canonical identifiers of the blank nodes, ``c14n0`` and so on (4.4).

    Args:
        quads: the dataset; those without a blank node have no influence.
        digest: the hash function, by its name in :mod:`hashlib`.
        work: hashes that may be made for blank nodes that look alike.

    Raises:
        TooMuchWork: the dataset is too symmetric.
    """
    return _Canonicalization(quads, digest, work).names()


def blank(quad: Quad) -> bool:
    """Whether a quad has a blank node."""
    return next(blanks(quad), None) is not None


def blanks(quad: Quad) -> Iterator[BlankNode]:
    """The blank nodes in a quad."""
    for term in (quad.subject, quad.object, quad.graph_name):
        if type(term) is BlankNode:
            yield term


def line(quad: Quad, names: Mapping[BlankNode, str]) -> str:
    """A quad's line in canonical N-Quads, its blank nodes under other names; without the line end."""
    if not blank(quad):
        return f"{quad} ."
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    texts = [f"_:{names[term]}" if type(term) is BlankNode else str(term) for term in terms]
    return " ".join([*texts[: 4 if texts[3] not in ("", "DEFAULT") else 3], "."])


class _Canonicalization:
    """The state of 4.3: what mentions each blank node, and what each node's own quads say."""

    def __init__(self, quads: Iterable[Quad], digest: str, work: int) -> None:
        self._digest = digest
        self._left = work
        self._mentions: defaultdict[BlankNode, list[Quad]] = defaultdict(list)
        for quad in quads:
            for node in dict.fromkeys(blanks(quad)):
                self._mentions[node].append(quad)
        self._issuer = _Issuer("c14n")
        self._first: dict[BlankNode, str] = {}

    def names(self) -> dict[BlankNode, str]:
        alike: defaultdict[str, list[BlankNode]] = defaultdict(list)
        for node in self._mentions:
            self._first[node] = self._first_degree(node)
            alike[self._first[node]].append(node)
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                self._issuer.issue(alike[digest][0])
        for digest in sorted(alike):
            paths: list[tuple[str, _Issuer]] = []
            for node in alike[digest]:
                if node not in self._issuer.issued:
                    issuer = _Issuer("b")
                    issuer.issue(node)
                    paths.append(self._n_degree(node, issuer, 0))
            for _, issuer in sorted(paths, key=lambda path: path[0]):
                for node in issuer.issued:
                    self._issuer.issue(node)
        return self._issuer.issued

    def _hash(self, text: str) -> str:
        return hashlib.new(self._digest, text.encode()).hexdigest()

    def _first_degree(self, node: BlankNode) -> str:
        """4.6."""
        lines = []
        for quad in self._mentions[node]:
            places = {other: "a" if other == node else "z" for other in blanks(quad)}
            lines.append(f"{line(quad, places)}\n")
        return self._hash("".join(sorted(lines)))

    def _related(self, related: BlankNode, quad: Quad, issuer: _Issuer, position: str) -> str:
        """4.7."""
        name = self._issuer.issued.get(related) or issuer.issued.get(related)
        who = f"_:{name}" if name is not None else self._first[related]
        return self._hash(f"{position}{'' if position == 'g' else quad.predicate}{who}")

    def _n_degree(self, node: BlankNode, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """4.8."""
        if depth > DEPTH:
            raise TooMuchWork
        around: defaultdict[str, list[BlankNode]] = defaultdict(list)
        for quad in self._mentions[node]:
            for position, term in (("s", quad.subject), ("o", quad.object), ("g", quad.graph_name)):
                if type(term) is BlankNode and term != node:
                    self._spend()
                    around[self._related(term, quad, issuer, position)].append(term)
        data: list[str] = []
        for digest in sorted(around):
            data.append(digest)
            path, issuer = self._shortest(around[digest], issuer, depth)
            data.append(path)
        return self._hash("".join(data)), issuer

    def _shortest(self, alike: list[BlankNode], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """Of all orders of some related nodes, the one with the least path, and the identifiers that it issues."""
        chosen = ""
        best = issuer
        for order in permutations(alike):
            self._spend()
            found = self._path(order, issuer.copy(), chosen, depth)
            if found is not None and (not chosen or found[0] < chosen):
                chosen, best = found
        return chosen, best

    def _path(
        self, order: tuple[BlankNode, ...], issuer: _Issuer, chosen: str, depth: int
    ) -> tuple[str, _Issuer] | None:
        """The path of one order; None if it is greater than the one that was chosen."""
        path = ""
        left: list[BlankNode] = []
        for node in order:
            known = self._issuer.issued.get(node)
            if known is None and node not in issuer.issued:
                left.append(node)
            path += f"_:{known or issuer.issue(node)}"
            if _worse(path, chosen):
                return None
        for node in left:
            digest, after = self._n_degree(node, issuer, depth + 1)
            path += f"_:{issuer.issue(node)}<{digest}>"
            issuer = after
            if _worse(path, chosen):
                return None
        return path, issuer

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuchWork


def _worse(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


__all__ = ["DEPTH", "SPECIFICATION", "WORK", "TooMuchWork", "blank", "blanks", "line", "names"]
