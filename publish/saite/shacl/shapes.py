"""The shapes graph made ready: each shape with its constraints, or the reason why it cannot be judged set by set."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from saite.errors import DataError
from saite.namespaces import RDF_TYPE, SH, XSD
from saite.shacl.components import (
    Closed,
    Constraint,
    Counted,
    ForEachValue,
    HasValue,
    InstanceOf,
    Logical,
    Pair,
    Property,
    Qualified,
    UniqueLanguages,
    datatype_test,
    kind_test,
    language_test,
    named,
    range_test,
    text_test,
)
from saite.shacl.datagraph import DataGraph
from saite.shacl.paths import PREDICATE, Path
from saite.shacl.shapesgraph import PATH, ShapesGraph, sh
from saite.shacl.sparql import Handed, constraints_of, own_components
from saite.terms import Literal, NamedNode, Subject, Term

_ON_PROPERTIES: Final = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals")
_RANGES: Final = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
_PAIRS: Final = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_ADVANCED: Final = {"expression": "a node expression", "js": "JavaScript", "target": "a target of its own kind"}
_TRUE: Final = Literal("true", datatype=NamedNode(XSD + "boolean"))
"""The term itself: another text of the value is not what the standard asks for."""
_FLAGS: Final = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}


@dataclass(eq=False)
class Shape:
    """A shape (SHACL 2).

    Attributes:
        node: its node in the shapes graph.
        severity: IRI of what its results are.
        path: the path of a property shape.
        path_node: that path's node in the shapes graph.
        deactivated: it judges nothing.
        constraints: what it asks of its value nodes.
        needs: the shapes that its constraints refer to.
    """

    node: Subject
    severity: str = SH + "Violation"
    path: Path | None = None
    path_node: Term | None = None
    deactivated: bool = False
    constraints: list[Constraint] = field(default_factory=list)
    needs: "list[Shape]" = field(default_factory=list)
    handed: str = ""


class Shapes:
    """The shapes of a graph, made as they are asked for.

    Args:
        graph: without the faults that :mod:`saite.check.lint` tells.
    """

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self._made: dict[Subject, Shape] = {}
        self._components = own_components(graph)

    def targeted(self) -> Iterator[Shape]:
        """The shapes that have targets, in a fixed order."""
        for node in self.graph.shapes():
            if any(self.graph.objects(node, sh(name)) for name in _TARGETS) or self._is_class(node):
                yield self[node]

    def focus_nodes(self, shape: Shape, data: DataGraph) -> dict[Term, None]:
        """The target nodes of a shape (SHACL 2.1.3), each once."""
        found: dict[Term, None] = {}
        for name, nodes in _TARGETS.items():
            for value in self.graph.objects(shape.node, sh(name)):
                found.update(dict.fromkeys(nodes(data, value)))
        if self._is_class(shape.node):
            found.update(dict.fromkeys(data.instances(shape.node)))
        return found

    def __getitem__(self, node: Subject) -> Shape:
        """The shape of a node; made at the first time."""
        if node not in self._made:
            shape = self._made[node] = Shape(node)
            try:
                self._fill(shape)
            except Handed as reason:
                shape.handed = str(reason)
        return self._made[node]

    def why_handed(self, shape: Shape) -> str:
        """Why a shape, or one that it needs, is handed to pySHACL; "" if none is."""
        seen: set[Shape] = set()

        def walk(at: Shape, above: tuple[Shape, ...]) -> str:
            if at in above:
                return "it refers to itself"
            if at in seen:
                return ""
            seen.add(at)
            return at.handed or next(filter(None, (walk(need, (*above, at)) for need in at.needs)), "")

        return walk(shape, ())

    def _is_class(self, node: Subject) -> bool:
        return any(kind in self.graph.classes_of_classes() for kind in self.graph.objects(node, RDF_TYPE))

    def _one(self, node: Subject, name: str) -> Term | None:
        values = self.graph.objects(node, sh(name))
        return values[0] if values else None

    def _is_true(self, node: Subject, name: str) -> bool:
        value = self._one(node, name)
        return value == _TRUE

    def _count(self, node: Subject, name: str) -> int | None:
        value = self._one(node, name)
        return int(value.value) if isinstance(value, Literal) else None

    def _other(self, shape: Shape, node: Term) -> Shape:
        assert not isinstance(node, Literal)  # saite.check.lint
        other = self[node]
        shape.needs.append(other)
        return other

    def _fill(self, shape: Shape) -> None:
        node = shape.node
        severity = self._one(node, "severity")
        if isinstance(severity, NamedNode):
            shape.severity = severity.value
        shape.deactivated = self._is_true(node, "deactivated")
        for path in self.graph.objects(node, PATH):
            shape.path, shape.path_node = self.graph.path(path), path
        if shape.path is None:
            for name in _ON_PROPERTIES:
                if self.graph.objects(node, sh(name)):
                    raise DataError(
                        f"{self.graph.told(node)} cannot be checked: sh:{name} stands on a node shape",
                        cure="Put it into a property shape: sh:property [ sh:path ... ] .",
                    )
        for name, what in _ADVANCED.items():
            if self.graph.objects(node, sh(name)):
                raise Handed(f"it has {what} (sh:{name})")
        shape.constraints += self._on_values(node)
        shape.constraints += self._on_sets(node)
        shape.constraints += self._on_shapes(shape)
        shape.constraints += constraints_of(self.graph, node, shape.path, self._components)

    def _on_values(self, node: Subject) -> Iterator[Constraint]:
        objects = self.graph.objects
        for value in objects(node, sh("class")):
            yield InstanceOf(value)
        tests: list[tuple[str, Callable[[Term], bool]]] = []
        tests += [("datatype", datatype_test(value)) for value in objects(node, sh("datatype"))]
        tests += [("nodeKind", kind_test(value)) for value in objects(node, sh("nodeKind"))]
        tests += [(name, range_test(name, value)) for name in _RANGES for value in objects(node, sh(name))]
        for name, sign in (("minLength", 1), ("maxLength", -1)):
            length = self._count(node, name)
            if length is not None:
                tests.append((name, text_test(_length_test(length, sign))))
        flags = "".join(f.value for f in objects(node, sh("flags")) if isinstance(f, Literal))
        for value in objects(node, sh("pattern")):
            assert isinstance(value, Literal)
            pattern = re.compile(value.value, sum({_FLAGS[f] for f in flags if f in _FLAGS}))
            tests.append(("pattern", text_test(pattern.search)))
        for head in objects(node, sh("languageIn")):
            ranges = [item.value for item in self.graph.items(head) if isinstance(item, Literal)]
            tests.append(("languageIn", language_test(ranges)))
        for head in objects(node, sh("in")):
            tests.append(("in", frozenset(self.graph.items(head)).__contains__))
        for name, test in tests:
            yield ForEachValue(named(name), test)

    def _on_sets(self, node: Subject) -> Iterator[Constraint]:
        low, high = self._count(node, "minCount"), self._count(node, "maxCount")
        if low:
            yield Counted(named("minCount"), low=low)
        if high is not None:
            yield Counted(named("maxCount"), high=high)
        for value in self.graph.objects(node, sh("hasValue")):
            yield HasValue(value)
        if self._is_true(node, "uniqueLang"):
            yield UniqueLanguages()
        for name in _PAIRS:
            for predicate in self.graph.objects(node, sh(name)):
                if not isinstance(predicate, NamedNode):
                    raise Handed(f"sh:{name} is no IRI")
                yield Pair(name, predicate)
        if self._is_true(node, "closed"):
            yield Closed(frozenset(self._enumerated(node)))

    def _enumerated(self, node: Subject) -> Iterator[Term]:
        """What a closed shape allows (SHACL 4.8.1)."""
        for head in self.graph.objects(node, sh("ignoredProperties")):
            yield from self.graph.items(head)
        for shape in self.graph.objects(node, sh("property")):
            assert not isinstance(shape, Literal)
            for path in self.graph.objects(shape, PATH):
                if self.graph.path(path).kind == PREDICATE:
                    yield path

    def _on_shapes(self, shape: Shape) -> Iterator[Constraint]:
        node = shape.node
        for name in ("not", "node"):
            for value in self.graph.objects(node, sh(name)):
                yield Logical(name, [self._other(shape, value)])
        for name in ("and", "or", "xone"):
            for head in self.graph.objects(node, sh(name)):
                yield Logical(name, [self._other(shape, item) for item in self.graph.items(head)])
        properties = [self._other(shape, value) for value in self.graph.objects(node, sh("property"))]
        for one in sorted(properties, key=lambda one: one.path.sparql() if one.path else ""):
            yield Property(one)
        if shape.path is None:
            return
        low, high = self._count(node, "qualifiedMinCount"), self._count(node, "qualifiedMaxCount")
        for value in self.graph.objects(node, sh("qualifiedValueShape")):
            siblings = [self._other(shape, one) for one in self._siblings(node, value)]
            if low:
                yield Qualified(named("qualifiedMinCount"), self._other(shape, value), siblings, low=low)
            if high is not None:
                yield Qualified(named("qualifiedMaxCount"), self._other(shape, value), siblings, high=high)

    def _siblings(self, node: Subject, own: Term) -> Sequence[Term]:
        """The sibling shapes of a qualified one (SHACL 4.7.3)."""
        if not self._is_true(node, "qualifiedValueShapesDisjoint"):
            return ()
        parents = [s for s, o in self.graph.uses(sh("property")) if o == node]
        around = [o for parent in parents for o in self.graph.objects(parent, sh("property"))]
        found = [
            value
            for one in around
            if not isinstance(one, Literal)
            for value in self.graph.objects(one, sh("qualifiedValueShape"))
        ]
        return [value for value in dict.fromkeys(found) if value != own]


def _length_test(length: int, sign: int) -> Callable[[str], bool]:
    return (lambda text: len(text) >= length) if sign > 0 else (lambda text: len(text) <= length)


_TARGETS: Final[dict[str, Callable[[DataGraph, Term], "Sequence[Term] | Iterator[Term]"]]] = {
    "targetNode": lambda data, value: (value,),
    "targetClass": lambda data, value: iter(data.instances(value)),
    "targetSubjectsOf": lambda data, value: iter(data.subjects_of(value)),  # type: ignore[arg-type]
    "targetObjectsOf": lambda data, value: iter(data.objects_of(value)),  # type: ignore[arg-type]
    "target": lambda data, value: (),  # SHACL Advanced Features: pySHACL's
}
