"""RDF terms: pyoxigraph's own classes, and the few things that every floor asks of them.

Terms are pyoxigraph's (frozen, hashable, picklable), so that nothing is converted between the store and a page.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal
"""What can stand in the object place of an RDF 1.1 triple."""

Subject: TypeAlias = NamedNode | BlankNode
"""What can stand in the subject place of an RDF 1.1 triple."""

Graph: TypeAlias = NamedNode | BlankNode | DefaultGraph
"""The name of a graph of a dataset."""

__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Graph",
    "Literal",
    "NamedNode",
    "Quad",
    "Subject",
    "Term",
    "Triple",
    "among",
    "sort_key",
    "sorted_triples",
]

_RANK = {NamedNode: 0, BlankNode: 1, Literal: 2}


def sort_key(term: Term) -> tuple[int, str, str, str]:
    """A total order on terms that does not depend on the run: IRIs, blank nodes, literals; each by its text."""
    if isinstance(term, Literal):
        return (2, term.value, term.language or "", term.datatype.value)
    return (_RANK[type(term)], term.value, "", "")


def among(nodes: Sequence[NamedNode], node: NamedNode) -> bool:
    """Whether a node is one of others that are sorted by IRI."""
    place = bisect_left(nodes, node.value, key=lambda one: one.value)
    return place < len(nodes) and nodes[place] == node


def sorted_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Triples without repetition, by subject, predicate and object."""
    return sorted(
        set(triples),
        key=lambda t: (sort_key(t.subject), t.predicate.value, sort_key(t.object)),  # type: ignore[arg-type]
        # RDF 1.2 triple terms are refused at the door (saite.sources), so objects are Terms here
    )
