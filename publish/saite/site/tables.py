"""The small tables that a page is made from, beside its own description; all of them can be pickled."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from saite.config import Config
from saite.iri import Paths
from saite.site.addresses import AddressTable
from saite.site.folds import Folds
from saite.site.labels import LabelTable
from saite.site.links import BacklinkTable, LinkIndex
from saite.site.order import Hierarchy, PropertyOrder
from saite.site.reading import ReadingOrder
from saite.terms import NamedNode, Subject


@dataclass(frozen=True, slots=True)
class Tables:
    """What pages need to know of the rest of the site.

    Attributes:
        config: the settings.
        base: where the site's IRIs live.
        paths: rules of the documents.
        nodes, numbers: IRIs that are subjects (by IRI), then folded blank nodes; and back.
        predicates, predicate_numbers: the predicates, by IRI; and back.
        reading: the order in which RDF forms say things.
        reading_ranks: the places of the predicates in it, by number.
        classes: the hierarchy of classes.
        labels, addresses, folds, order, backlinks: those tables.
        guests: folded nodes by host and property.
        parts: numbers of the hash IRIs of a document, by the document's number.
        long: by number, 1 for a node whose own description is long: see :class:`saite.site.scan.Scan`.
    """

    config: Config
    base: str
    paths: Paths
    nodes: Sequence[Subject]
    numbers: Mapping[Subject, int]
    predicates: Sequence[NamedNode]
    predicate_numbers: Mapping[NamedNode, int]
    reading: ReadingOrder
    reading_ranks: Sequence[int]
    classes: Hierarchy
    labels: LabelTable
    addresses: AddressTable
    folds: Folds
    order: PropertyOrder
    backlinks: BacklinkTable
    guests: LinkIndex
    parts: Mapping[int, Sequence[int]]
    long: Sequence[int]


class Nodes(Sequence[NamedNode]):
    """IRIs of the site by their numbers: 4 bytes each."""

    def __init__(self, nodes: Sequence[Subject], numbers: Sequence[int]) -> None:
        self._nodes = nodes
        self._numbers = numbers if isinstance(numbers, array) else array("I", numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> NamedNode: ...
    @overload
    def __getitem__(self, index: slice) -> "Nodes": ...
    def __getitem__(self, index: int | slice) -> "NamedNode | Nodes":
        if isinstance(index, slice):
            return Nodes(self._nodes, self._numbers[index])
        return self._nodes[self._numbers[index]]  # type: ignore[return-value]  # blank nodes are never listed

    def __iter__(self) -> Iterator[NamedNode]:
        nodes = self._nodes
        return (nodes[number] for number in self._numbers)  # type: ignore[misc]  # as above

    def __repr__(self) -> str:
        return f"<{len(self)} nodes>"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash(tuple(self))
