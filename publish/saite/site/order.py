"""In which order a page says things: classes from the most specific, properties as settings and shapes have them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, Protocol

from saite.namespaces import DESCRIPTION_PROPERTIES, LABEL_PROPERTIES, OWL, RDF, RDF_TYPE, RDFS, SH
from saite.terms import Literal, NamedNode, Quad, Subject, Term, sort_key

_GENERAL: Final = frozenset(NamedNode(iri) for iri in (OWL + "Thing", OWL + "NamedIndividual", RDFS + "Resource"))
_SHAPE_CLASSES: Final = frozenset(NamedNode(iri) for iri in (RDFS + "Class", OWL + "Class"))
_FIRST: Final = {node: rank for rank, node in enumerate((*LABEL_PROPERTIES, RDF_TYPE, *DESCRIPTION_PROPERTIES))}
_LAST: Final = Decimal("Infinity")
_MEMBER: Final = RDF + "_"

MOST_KEPT: Final = 10_000
"""How many combinations of types are kept at hand."""

SUBCLASS: Final = NamedNode(RDFS + "subClassOf")
SUBPROPERTY: Final = NamedNode(RDFS + "subPropertyOf")


class Quads(Protocol):
    """What has quads: a store, or a site."""

    def quads(
        self, subject: Subject | None = None, predicate: NamedNode | None = None, object: Term | None = None
    ) -> Iterator[Quad]:
        """Those that match."""
        ...


def pairs(store: Quads, predicate: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Subjects and objects of a predicate, where both are IRIs; repeated if they stand in several graphs."""
    for subject, _, object_, _ in store.quads(None, predicate):
        if type(subject) is NamedNode and type(object_) is NamedNode:
            yield subject, object_


class Hierarchy:
    """A directed graph of broader and narrower things; cycles do no harm."""

    def __init__(self, edges: Iterable[tuple[NamedNode, NamedNode]]) -> None:
        parents: dict[NamedNode, set[NamedNode]] = {}
        for child, parent in edges:
            if child != parent:
                parents.setdefault(child, set()).add(parent)
        self._parents = {child: tuple(sorted(above, key=sort_key)) for child, above in parents.items()}
        self._ancestors: dict[NamedNode, frozenset[NamedNode]] = {}

    def __iter__(self) -> Iterator[NamedNode]:
        """Everything that is above or below something; repeated."""
        for child, above in self._parents.items():
            yield child
            yield from above

    def ancestors(self, node: NamedNode) -> frozenset[NamedNode]:
        """Everything above a node, itself left out."""
        known = self._ancestors.get(node)
        if known is None:
            seen: set[NamedNode] = set()
            waiting = list(self._parents.get(node, ()))
            while waiting:
                above = waiting.pop()
                if above not in seen:
                    seen.add(above)
                    waiting.extend(self._parents.get(above, ()))
            known = self._ancestors[node] = frozenset(seen - {node})
        return known

    def children(self) -> dict[NamedNode, tuple[NamedNode, ...]]:
        """What stands directly below each node, by IRI."""
        found: dict[NamedNode, list[NamedNode]] = {}
        for child in sorted(self._parents, key=sort_key):
            for parent in self._parents[child]:
                found.setdefault(parent, []).append(child)
        return {parent: tuple(found[parent]) for parent in sorted(found, key=sort_key)}

    def specific_first(self, types: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
        """Classes, each before its superclasses; those that say nothing (owl:Thing ...) last."""
        return tuple(sorted(types, key=lambda t: (t in _GENERAL, -len(self.ancestors(t)), t.value)))


class PropertyOrder:
    """The order of the properties of a page.

    Args:
        configured: properties in the order of the settings.
        shaped: ``sh:order`` of properties, by the class that a shape targets.
        predicates: all predicates, by number.
        classes: the hierarchy of classes.
    """

    def __init__(
        self,
        configured: Sequence[str],
        shaped: Mapping[NamedNode, Mapping[NamedNode, Decimal]],
        predicates: Sequence[NamedNode],
        classes: Hierarchy,
    ) -> None:
        self._configured = {NamedNode(iri): rank for rank, iri in reversed([*enumerate(configured)])}
        self._shaped = shaped
        self._predicates = predicates
        self._classes = classes
        self._ranks: dict[frozenset[NamedNode], list[int]] = {}
        self._ranks_of_types: dict[tuple[NamedNode, ...], list[int]] = {}

    def ranks(self, types: tuple[NamedNode, ...]) -> list[int]:
        """The places of the predicates, by number, on pages of resources with these types."""
        known = self._ranks_of_types.get(types)
        if known is None:
            known = self._ranks_of(self._shapes(types))
            if len(self._ranks_of_types) < MOST_KEPT:
                self._ranks_of_types[types] = known
        return known

    def _ranks_of(self, shapes: frozenset[NamedNode]) -> list[int]:
        known = self._ranks.get(shapes)
        if known is None:
            predicates = self._predicates
            orders = self._orders(shapes)
            known = [0] * len(predicates)
            keys = [self._key(node, orders) for node in predicates]
            for rank, number in enumerate(sorted(range(len(predicates)), key=keys.__getitem__)):
                known[number] = rank
            self._ranks[shapes] = known
        return known

    def sorted(self, properties: Iterable[NamedNode], types: Iterable[NamedNode]) -> list[NamedNode]:
        """Any properties, known to the data or not, in the order of :meth:`ranks`."""
        orders = self._orders(self._shapes(types))
        return sorted(properties, key=lambda node: self._key(node, orders))

    def _shapes(self, types: Iterable[NamedNode]) -> frozenset[NamedNode]:
        if not self._shaped:
            return frozenset()
        every = {above for t in types for above in (t, *self._classes.ancestors(t))}
        return frozenset(every & self._shaped.keys())

    def _orders(self, shapes: frozenset[NamedNode]) -> dict[NamedNode, Decimal]:
        orders: dict[NamedNode, Decimal] = {}
        for shape in shapes:
            for node, order in self._shaped[shape].items():
                orders[node] = min(order, orders.get(node, _LAST))
        return orders

    def _key(self, node: NamedNode, orders: Mapping[NamedNode, Decimal]) -> tuple[int, Decimal, int, str]:
        return (
            self._configured.get(node, len(self._configured)),
            orders.get(node, _LAST),
            _FIRST.get(node, len(_FIRST)),
            _reading(node.value),
        )


def _reading(iri: str) -> str:
    """The IRI, so that the membership properties of containers come by number (RDF Schema 5.1.7): rdf:_2, rdf:_10."""
    number = iri[len(_MEMBER) :] if iri.startswith(_MEMBER) else ""
    return f"{_MEMBER}{number:0>12}" if number.isascii() and number.isdecimal() else iri


def shape_orders(store: Quads) -> dict[NamedNode, dict[NamedNode, Decimal]]:
    """``sh:order`` of properties by class (SHACL 2.3.2.2).

    It counts for property shapes with a simple path, in shapes that target the class by sh:targetClass or by being
    the class (SHACL 2.1.3.1, 2.1.3.3).
    """
    orders: dict[object, Decimal] = {}
    for subject, _, order, _ in store.quads(None, NamedNode(SH + "order")):
        if type(order) is Literal:
            try:
                number = Decimal(order.value)
            except InvalidOperation:
                continue
            if number.is_finite():
                orders[subject] = min(number, orders.get(subject, _LAST))
    if not orders:
        return {}
    paths: dict[object, NamedNode] = {}
    for subject, _, path, _ in store.quads(None, NamedNode(SH + "path")):
        if type(path) is NamedNode:
            paths[subject] = min(path, paths.get(subject, path), key=sort_key)
    targets: dict[object, set[NamedNode]] = {}
    for shape, _, target, _ in store.quads(None, NamedNode(SH + "targetClass")):
        if type(target) is NamedNode:
            targets.setdefault(shape, set()).add(target)
    found: dict[NamedNode, dict[NamedNode, Decimal]] = {}
    for shape, _, subject, _ in store.quads(None, NamedNode(SH + "property")):
        if subject not in orders or subject not in paths:
            continue
        classes = set(targets.get(shape, ()))
        if type(shape) is NamedNode and any(o in _SHAPE_CLASSES for _, _, o, _ in store.quads(shape, RDF_TYPE)):
            classes.add(shape)
        for class_ in classes:
            known = found.setdefault(class_, {})
            known[paths[subject]] = min(orders[subject], known.get(paths[subject], _LAST))
    return found
