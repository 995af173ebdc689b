"""What an engine gives: results, and what it said on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from saite.terms import Subject, Term, sort_key


@dataclass(frozen=True, slots=True)
class Result:
    """One ``sh:ValidationResult`` (SHACL 3.6.2), without its messages.

    Attributes:
        focus: the focus node.
        severity: IRI of the severity.
        component: IRI of the constraint component.
        shape: the source shape.
        constraint: the source constraint of a SPARQL-based one.
        path: the result path, as a node of the shapes graph.
        value: the value node.
        bindings: what else the row of a SPARQL-based constraint said, by variable; ``message`` included.
    """

    focus: Term
    severity: str
    component: str
    shape: Subject
    constraint: Subject | None = None
    path: Term | None = None
    value: Term | None = None
    bindings: Mapping[str, Term] = field(default_factory=dict, compare=False)

    def order(self) -> tuple[object, ...]:
        """A total order that does not depend on the run."""
        nodes = (self.shape, self.focus, self.path, self.value, self.constraint)
        return (self.component, *(("",) if n is None else sort_key(n) for n in nodes))


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation gave.

    Attributes:
        results: in a fixed order.
        remarks: what pySHACL remarked on the shapes that it judged.
        handed: the shapes that were handed to pySHACL, with the reason why.
    """

    results: tuple[Result, ...]
    remarks: tuple[str, ...] = ()
    handed: tuple[tuple[Subject, str], ...] = ()
