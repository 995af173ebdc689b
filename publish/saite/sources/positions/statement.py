"""A statement and where it stands."""

from typing import Final, NamedTuple

from saite.terms import NamedNode, Subject, Term


class Spot(NamedTuple):
    """A place in a file: 1-based line and column; a JSON pointer in JSON-LD."""

    line: int
    column: int
    pointer: str | None = None


START: Final = Spot(1, 1)
"""Where a file begins."""


class Statement(NamedTuple):
    """A triple as a scanner sees it; blank nodes have labels of the file's own.

    Attributes:
        subject: its subject.
        predicate: its property.
        object: its object; None where the scanner cannot say what it is.
        at: where the object stands.
        predicate_at: where the property stands.
        subject_at: where the subject's block begins.
    """

    subject: Subject
    predicate: NamedNode
    object: Term | None
    at: Spot
    predicate_at: Spot
    subject_at: Spot
