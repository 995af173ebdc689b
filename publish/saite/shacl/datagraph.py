"""The data graph as an engine asks it: whole columns of a predicate for many nodes at once, never a node at a time.

A column is what one predicate says: its subjects with their objects. It is read from the store in one go and kept
while there is room, so that a property shape costs one reading of what it looks at, whatever the number of its focus
nodes. Only where few nodes look at a predicate that many have, each is looked up by itself.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from saite.namespaces import RDF_TYPE, RDFS
from saite.shacl.paths import ALTERNATIVE, INVERSE, PREDICATE, SEQUENCE, Path
from saite.store import EmbeddedStore, Store
from saite.terms import Literal, NamedNode, Quad, Term, Triple

Column = Mapping[Term, Sequence[Term]]
"""The values of nodes, without repetition; a node without values is not in it."""

_SUBCLASS: Final = NamedNode(RDFS + "subClassOf")
_ROOM: Final = 2_000_000
"""How many values of columns are kept: some 400 bytes each."""
_FEW: Final = 4
"""A look-up costs as much as reading some four rows of a column."""


class DataGraph:
    """The union of a store's graphs.

    Args:
        store: the dataset; where it is not in this process, nothing is looked up node by node.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._near = isinstance(store, EmbeddedStore)
        self._columns: OrderedDict[tuple[NamedNode, bool], dict[Term, list[Term]]] = OrderedDict()
        self._sizes: dict[tuple[NamedNode, bool], int] = {}
        self._counts: dict[NamedNode, int] = {}
        self.name = NamedNode("urn:x-saite:data-graph")
        self._beside: EmbeddedStore | None = None
        self._instances: dict[Term, frozenset[Term]] = {}

    def values(self, path: Path, nodes: Collection[Term]) -> Column:
        """The value nodes of nodes; perhaps also of others that were not asked for.

        Args:
            path: any SHACL property path (SHACL 2.3.1).
            nodes: a set or the keys of a mapping.
        """
        return self._forward(path, nodes) if not _is_inverse(path) else self._forward(_turned(path.parts[0]), nodes)

    def _forward(self, path: Path, nodes: Collection[Term]) -> Column:
        if path.kind == PREDICATE:
            return self._predicate(NamedNode(path.iri), nodes, backward=False)
        if path.kind == INVERSE:
            return self._predicate(NamedNode(path.parts[0].iri), nodes, backward=True)
        if path.kind == SEQUENCE:
            return self._sequence(path, nodes)
        if path.kind == ALTERNATIVE:
            columns = [self.values(part, nodes) for part in path.parts]
            return _merged((node, column.get(node, ())) for column in columns for node in nodes)
        if path.kind == "zeroOrOnePath":
            column = self.values(path.parts[0], nodes)
            return {node: list(dict.fromkeys((node, *column.get(node, ())))) for node in nodes}
        return self._closure(path.parts[0], nodes, itself=path.kind == "zeroOrMorePath")

    def _sequence(self, path: Path, nodes: Collection[Term]) -> Column:
        reached: Column = self.values(path.parts[0], nodes)
        for part in path.parts[1:]:
            middle = {value for node in nodes for value in reached.get(node, ())}
            column = self.values(part, middle)
            pairs = ((node, column.get(value, ())) for node in nodes for value in reached.get(node, ()))
            reached = _merged(pairs)
        return reached

    def _closure(self, step: Path, nodes: Collection[Term], *, itself: bool) -> Column:
        edges: dict[Term, Sequence[Term]] = {}
        frontier: set[Term] = set(nodes)
        while frontier:
            column = self.values(step, frontier)
            edges.update((node, column.get(node, ())) for node in frontier)
            frontier = {value for node in frontier for value in edges[node] if value not in edges}
        reached: dict[Term, list[Term]] = {}
        for node in nodes:
            seen: dict[Term, None] = {node: None} if itself else {}
            waiting = list(reversed(edges[node]))
            while waiting:
                at = waiting.pop()
                if at not in seen:
                    seen[at] = None
                    waiting += reversed(edges[at])
            if seen:
                reached[node] = list(seen)
        return reached

    def instances(self, of: Term) -> frozenset[Term]:
        """The SHACL instances of a class (SHACL 1.1): of it, and of its subclasses in the data."""
        if of not in self._instances:
            subclasses = Path("zeroOrMorePath", parts=(Path(INVERSE, parts=(Path(PREDICATE, _SUBCLASS.value),)),))
            classes = self.values(subclasses, {of})[of]
            found = (q.subject for kind in classes for q in self.store.quads(predicate=RDF_TYPE, object=kind))
            self._instances[of] = frozenset(found)  # type: ignore[arg-type]
        return self._instances[of]

    def subjects_of(self, predicate: NamedNode) -> Iterable[Term]:
        """What has a value of a predicate."""
        return dict.fromkeys(q.subject for q in self.store.quads(predicate=predicate))  # type: ignore[misc]

    def objects_of(self, predicate: NamedNode) -> Iterable[Term]:
        """What is a value of a predicate."""
        return dict.fromkeys(q.object for q in self.store.quads(predicate=predicate))  # type: ignore[misc]

    def about(self, nodes: Collection[Term]) -> Iterable[tuple[Term, NamedNode, Term]]:
        """The triples whose subjects are among some nodes, each once."""
        if self._near:
            quads = (q for node in nodes if type(node) is not Literal for q in self.store.quads(node))
        else:
            quads = (q for q in self.store.quads() if q.subject in nodes)
        return dict.fromkeys((q.subject, q.predicate, q.object) for q in quads)  # type: ignore[misc]

    def has(self, node: Term) -> bool:
        """Whether a node stands anywhere in the data as subject or object."""
        if type(node) is not Literal and next(iter(self.store.quads(node)), None) is not None:
            return True
        return next(iter(self.store.quads(object=node)), None) is not None

    def with_graph(self, name: NamedNode, triples: Iterable[Triple]) -> EmbeddedStore:
        """A copy of the data in a graph named :attr:`name`, with another graph beside it; made at the first time."""
        if self._beside is None:
            data = (Quad(q.subject, q.predicate, q.object, self.name) for q in self.store.quads())
            self._beside = EmbeddedStore(data)
            self._beside.extend(Quad(t.subject, t.predicate, t.object, name) for t in triples)
        return self._beside

    def _predicate(self, predicate: NamedNode, nodes: Collection[Term], *, backward: bool) -> Column:
        key = (predicate, backward)
        if key in self._columns:
            self._columns.move_to_end(key)
            return self._columns[key]
        if self._near and len(nodes) * _FEW < self._count(predicate):
            return self._looked_up(predicate, nodes, backward=backward)
        column = self._read(predicate, backward=backward)
        self._columns[key] = column
        self._sizes[key] = sum(map(len, column.values()))
        while len(self._columns) > 1 and sum(self._sizes[kept] for kept in self._columns) > _ROOM:
            self._columns.popitem(last=False)
        return column

    def _read(self, predicate: NamedNode, *, backward: bool) -> dict[Term, list[Term]]:
        column: dict[Term, list[Term]] = {}
        long: dict[Term, dict[Term, None]] = {}
        for quad in self.store.quads(predicate=predicate):
            node, value = (quad.object, quad.subject) if backward else (quad.subject, quad.object)
            values = column.get(node)  # type: ignore[arg-type]
            if values is None:
                column[node] = [value]  # type: ignore[index, list-item]
            elif len(values) < 16:
                if value not in values:
                    values.append(value)  # type: ignore[arg-type]
            else:
                seen = long.get(node)  # type: ignore[arg-type]
                if seen is None:
                    seen = long[node] = dict.fromkeys(values)  # type: ignore[index]
                if value not in seen:
                    seen[value] = None  # type: ignore[index]
                    values.append(value)  # type: ignore[arg-type]
        return column

    def _looked_up(self, predicate: NamedNode, nodes: Collection[Term], *, backward: bool) -> Column:
        found: dict[Term, list[Term]] = {}
        for node in nodes:
            values: Iterable[Any] = ()
            if backward:
                values = dict.fromkeys(q.subject for q in self.store.quads(predicate=predicate, object=node))
            elif type(node) is not Literal:
                values = dict.fromkeys(q.object for q in self.store.quads(node, predicate))
            if values:
                found[node] = list(values)
        return found

    def _count(self, predicate: NamedNode) -> int:
        if predicate not in self._counts:
            rows = self.store.query(f"SELECT (COUNT(*) AS ?n) {{ ?s {predicate} ?o }}")
            (row,) = rows  # type: ignore[misc]
            self._counts[predicate] = int(row[0].value)
        return self._counts[predicate]


def _is_inverse(path: Path) -> bool:
    return path.kind == INVERSE and path.parts[0].kind != PREDICATE


def _turned(path: Path) -> Path:
    """The inverse of a path, with inverses at its predicates only (SPARQL 1.1, 18.4)."""
    if path.kind == PREDICATE:
        return Path(INVERSE, parts=(path,))
    if path.kind == INVERSE:
        return path.parts[0]
    parts = path.parts[::-1] if path.kind == SEQUENCE else path.parts
    return Path(path.kind, parts=tuple(_turned(part) for part in parts))


def _merged(pairs: Iterable[tuple[Term, Iterable[Term]]]) -> dict[Term, list[Term]]:
    seen: dict[Term, dict[Term, None]] = {}
    for node, values in pairs:
        if values:
            seen.setdefault(node, {}).update(dict.fromkeys(values))
    return {node: list(values) for node, values in seen.items()}
