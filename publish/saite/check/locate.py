"""Findings with their places, in the order in which a steward works through them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from saite.errors import Place
from saite.finding import Finding
from saite.shacl.paths import INVERSE, PREDICATE, from_sparql
from saite.terms import Literal, NamedNode, Subject, Term


class Locator(Protocol):
    """Who finds the statements of the sources (:class:`saite.sources.Locator`)."""

    def place(self, subject: Subject, predicate: NamedNode | None = None, object: Term | None = None) -> Place | None:
        """Where a statement stands: its own line, else its predicate's, else that of the subject's block."""
        ...


def locate(findings: Iterable[Finding], locator: Locator) -> list[Finding]:
    """The findings with their places, worst first, then by file and line.

    The place is that of the statement that a finding is about; of the focus node's block where there is no
    such statement (what is missing has no line).
    """
    return in_order(replace(f, place=_place(f, locator)) for f in findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without repetition, in an order that does not depend on the run."""
    return sorted(set(findings), key=lambda f: (f.sort_key(), f.component, f.messages, f.cures))


def _place(finding: Finding, locator: Locator) -> Place | None:
    focus, value = finding.focus, finding.value
    if focus is None or isinstance(focus, Literal):
        return finding.place
    path = from_sparql(finding.path) if finding.path else None
    if path is not None and path.kind == INVERSE and path.parts[0].kind == PREDICATE:
        if value is not None and not isinstance(value, Literal):
            return locator.place(value, NamedNode(path.parts[0].iri), focus)
        return locator.place(focus)
    while path is not None and path.kind != PREDICATE:
        # a longer path begins at the focus node with its first step, which is the line to look at
        path, value = (path.parts[0], None) if path.kind != INVERSE else (None, None)
    predicate = NamedNode(path.iri) if path is not None else None
    return locator.place(focus, predicate, value if value != focus else None)
