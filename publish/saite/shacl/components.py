"""The constraint components of SHACL Core (SHACL 4), each for all its focus nodes at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from saite.namespaces import SH
from saite.shacl.datagraph import DataGraph
from saite.shacl.paths import PREDICATE, Path
from saite.shacl.report import Result
from saite.shacl.values import LEXICAL, less
from saite.terms import BlankNode, Literal, NamedNode, Term

if TYPE_CHECKING:
    from saite.shacl.shapes import Shape


class Rows(list[tuple[Term, Sequence[Term]]]):
    """Focus nodes with their value nodes, each focus node once."""

    @cached_property
    def values(self) -> frozenset[Term]:
        """The value nodes of all of them, each once."""
        return frozenset([value for _, found in self for value in found])


Hits = Iterator[tuple[Term, Term | None]]
"""Focus nodes of results, with the values."""


class Run(Protocol):
    """One validation under way: the data, and the judging of other shapes."""

    data: DataGraph

    def judge(self, shape: "Shape", nodes: Collection[Term]) -> Mapping[Term, list[Result]]:
        """The results of nodes against a shape; a node that conforms is not in it."""
        ...


class Constraint:
    """A constraint of a shape; the subclasses say by :meth:`hits` or :meth:`results` what breaks it."""

    component: str

    def hits(self, run: Run, rows: Rows) -> Hits:
        """Focus nodes and values that break it.

        Args:
            run: the validation under way.
            rows: all focus nodes.
        """
        raise NotImplementedError

    def results(self, run: Run, shape: "Shape", rows: Rows) -> Iterator[tuple[Term, Result]]:
        """Validation results, each with the focus node that the shape was asked about."""
        for focus, value in self.hits(run, rows):
            yield focus, Result(focus, shape.severity, self.component, shape.node, path=shape.path_node, value=value)


def named(name: str) -> str:
    """IRI of the component that a parameter of SHACL Core belongs to."""
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"


@dataclass
class ForEachValue(Constraint):
    """What is asked of each value by itself: datatypes, kinds, ranges, lengths, languages, members of a list."""

    component: str
    holds: Callable[[Term], bool]

    def hits(self, run: Run, rows: Rows) -> Hits:
        """See :meth:`Constraint.hits`."""
        holds = self.holds
        return ((node, value) for node, found in rows for value in found if not holds(value))


@dataclass
class InstanceOf(Constraint):
    """``sh:class`` (SHACL 4.1.1)."""

    of: Term
    component: str = named("class")

    def hits(self, run: Run, rows: Rows) -> Hits:
        """See :meth:`Constraint.hits`."""
        if not rows.values:
            return iter(())
        return _where(rows.values - run.data.instances(self.of), rows)


@dataclass
class Counted(Constraint):
    """``sh:minCount`` and ``sh:maxCount`` (SHACL 4.2)."""

    component: str
    low: int = 0
    high: int | None = None

    def hits(self, run: Run, rows: Rows) -> Hits:
        """See :meth:`Constraint.hits`."""
        low, high = self.low, self.high
        return ((n, None) for n, found in rows if len(found) < low or (high is not None and len(found) > high))


@dataclass
class HasValue(Constraint):
    """``sh:hasValue`` (SHACL 4.8.2)."""

    wanted: Term
    component: str = named("hasValue")

    def hits(self, run: Run, rows: Rows) -> Hits:
        """See :meth:`Constraint.hits`."""
        return ((node, None) for node, found in rows if self.wanted not in found)


@dataclass
class UniqueLanguages(Constraint):
    """``sh:uniqueLang`` (SHACL 4.4.5): a result for each language that repeats."""

    component: str = named("uniqueLang")

    def hits(self, run: Run, rows: Rows) -> Hits:
        """See :meth:`Constraint.hits`."""
        for node, found in rows:
            if len(found) > 1:
                tags = [v.language.lower() for v in found if type(v) is Literal and v.language]
                for _ in range(len({tag for tag in tags if tags.count(tag) > 1})):
                    yield node, None


@dataclass
class Pair(Constraint):
    """Comparisons with the values of another property (SHACL 4.5)."""

    name: str
    predicate: NamedNode

    def __post_init__(self) -> None:
        """Name the component."""
        self.component = named(self.name)

    def hits(self, run: Run, rows: Rows) -> Hits:
        """See :meth:`Constraint.hits`."""
        others = run.data.values(Path(PREDICATE, self.predicate.value), dict(rows))
        compare = getattr(self, "_" + self.name)
        for node, found in rows:
            for value in compare(found, others.get(node, ())):
                yield node, value

    @staticmethod
    def _equals(found: Sequence[Term], others: Sequence[Term]) -> Iterable[Term]:
        return set(found).symmetric_difference(others) if found or others else ()

    @staticmethod
    def _disjoint(found: Sequence[Term], others: Sequence[Term]) -> Iterable[Term]:
        return set(found).intersection(others) if found and others else ()

    @staticmethod
    def _lessThan(found: Sequence[Term], others: Sequence[Term]) -> Iterable[Term]:  # noqa: N802 (SHACL's name)
        return (value for value in found for other in others if not less(value, other))

    @staticmethod
    def _lessThanOrEquals(found: Sequence[Term], others: Sequence[Term]) -> Iterable[Term]:  # noqa: N802
        return (value for value in found for other in others if not less(value, other, or_equal=True))


@dataclass
class Closed(Constraint):
    """``sh:closed`` (SHACL 4.8.1)."""

    allowed: frozenset[Term]
    component: str = named("closed")

    def results(self, run: Run, shape: "Shape", rows: Rows) -> Iterator[tuple[Term, Result]]:
        """See :meth:`Constraint.results`."""
        more: dict[Term, list[tuple[NamedNode, Term]]] = {}
        for subject, predicate, value in run.data.about(rows.values):
            if predicate not in self.allowed:
                more.setdefault(subject, []).append((predicate, value))
        if not more:
            return
        for focus, found in rows:
            for node in found:
                for predicate, value in more.get(node, ()):
                    yield (
                        focus,
                        Result(focus, shape.severity, self.component, shape.node, path=predicate, value=value),
                    )


@dataclass
class Logical(Constraint):
    """``sh:not``, ``sh:and``, ``sh:or``, ``sh:xone`` (SHACL 4.6) and ``sh:node`` (4.7.1)."""

    name: str
    shapes: "Sequence[Shape]"

    def __post_init__(self) -> None:
        """Name the component."""
        self.component = named(self.name)

    def hits(self, run: Run, rows: Rows) -> Hits:
        """See :meth:`Constraint.hits`."""
        if not rows.values:
            return iter(())
        return _where(getattr(self, "_" + self.name)(run, rows.values), rows)

    def _not(self, run: Run, values: Collection[Term]) -> set[Term]:
        return set(values) - run.judge(self.shapes[0], values).keys()

    def _and(self, run: Run, values: Collection[Term]) -> set[Term]:
        bad: set[Term] = set()
        for shape in self.shapes:
            bad |= run.judge(shape, [v for v in values if v not in bad]).keys()
        return bad

    _node = _and

    def _or(self, run: Run, values: Collection[Term]) -> set[Term]:
        bad = set(values)
        for shape in self.shapes:
            bad = set(run.judge(shape, bad)) if bad else bad
        return bad

    def _xone(self, run: Run, values: Collection[Term]) -> set[Term]:
        conforms = dict.fromkeys(values, 0)
        for shape in self.shapes:
            failed = run.judge(shape, values)
            for value in values:
                conforms[value] += value not in failed
        return {value for value, count in conforms.items() if count != 1}


@dataclass
class Qualified(Constraint):
    """``sh:qualifiedValueShape`` (SHACL 4.7.3)."""

    component: str
    shape: "Shape"
    siblings: "Sequence[Shape]"
    low: int = 0
    high: int | None = None

    def hits(self, run: Run, rows: Rows) -> Hits:
        """See :meth:`Constraint.hits`."""
        failed = run.judge(self.shape, rows.values)
        counted = set(rows.values - failed.keys())
        for sibling in self.siblings:
            counted &= run.judge(sibling, counted).keys()
        for node, found in rows:
            count = sum(value in counted for value in found)
            if count < self.low or (self.high is not None and count > self.high):
                yield node, None


@dataclass
class Property(Constraint):
    """``sh:property`` (SHACL 4.7.2): the results are those of the property shape."""

    shape: "Shape"
    component: str = named("property")

    def results(self, run: Run, shape: "Shape", rows: Rows) -> Iterator[tuple[Term, Result]]:
        """See :meth:`Constraint.results`."""
        failed = run.judge(self.shape, rows.values)
        if failed:
            for focus, found in rows:
                for value in found:
                    for result in failed.get(value, ()):
                        yield focus, result


def _where(bad: Collection[Term], rows: Rows) -> Hits:
    if not bad:
        return iter(())
    return ((node, value) for node, found in rows for value in found if value in bad)


_KINDS: Final[dict[type, tuple[str, ...]]] = {
    NamedNode: ("IRI", "BlankNodeOrIRI", "IRIOrLiteral"),
    BlankNode: ("BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral"),
    Literal: ("Literal", "IRIOrLiteral", "BlankNodeOrLiteral"),
}


def kind_test(kind: Term) -> Callable[[Term], bool]:
    """``sh:nodeKind`` (SHACL 4.1.3)."""
    allowed = tuple(t for t, names in _KINDS.items() if isinstance(kind, NamedNode) and kind.value[len(SH) :] in names)
    return lambda value: type(value) in allowed


def datatype_test(datatype: Term) -> Callable[[Term], bool]:
    """``sh:datatype`` (SHACL 4.1.2): ill-typed literals have none."""
    well_formed = LEXICAL.get(datatype.value) if isinstance(datatype, NamedNode) else None
    if well_formed is None:
        return lambda value: type(value) is Literal and value.datatype == datatype
    return lambda value: type(value) is Literal and value.datatype == datatype and well_formed(value.value)


def range_test(name: str, limit: Term) -> Callable[[Term], bool]:
    """``sh:minExclusive`` and its kin (SHACL 4.3)."""
    inclusive = name.endswith("Inclusive")
    if name.startswith("min"):
        return lambda value: less(limit, value, or_equal=inclusive)
    return lambda value: less(value, limit, or_equal=inclusive)


def text_test(holds: Callable[[str], object]) -> Callable[[Term], bool]:
    """What is asked of the text of a literal or of an IRI; blank nodes have none (SHACL 4.4)."""
    return lambda value: type(value) is not BlankNode and bool(holds(value.value))


def language_test(ranges: Collection[str]) -> Callable[[Term], bool]:
    """``sh:languageIn`` (SHACL 4.4.4), by basic filtering (RFC 4647, 3.3.1)."""
    wanted = [one.lower() for one in ranges]

    def holds(value: Term) -> bool:
        tag = (value.language or "").lower() if type(value) is Literal else ""
        return bool(tag) and any(one == "*" or tag == one or tag.startswith(one + "-") for one in wanted)

    return holds
