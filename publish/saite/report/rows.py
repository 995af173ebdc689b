"""Findings as JSON. The fields are stable: programs may rely on them, and new ones may come."""

import json
from collections import Counter
from collections.abc import Sequence

from saite.finding import Finding, Severity
from saite.report.names import Names, told
from saite.terms import BlankNode, Literal, NamedNode, Term


def write_json(findings: Sequence[Finding], language: str, names: Names) -> str:
    """An object with ``conforms`` (no findings at all, SHACL 3.6.1.1), ``counts`` by severity, and ``findings``.

    Each finding has ``severity``, ``rule``, ``message`` and ``cure`` in the language (with all languages in
    ``messages`` and ``cures``), ``focus``, ``path``, ``value``, ``component``, ``file``, ``line``, ``column`` and
    ``pointer`` (RFC 6901), null where there is none. Terms are as in SPARQL's JSON results (SPARQL 1.1 Query Results
    JSON, 3.2.2); ``focus`` has a ``label`` too.
    """
    counts = Counter(f.severity for f in findings)
    report = {
        "conforms": not findings,
        "counts": {severity.label: counts[severity] for severity in sorted(Severity, reverse=True)},
        "findings": [_row(finding, language, names) for finding in findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _row(finding: Finding, language: str, names: Names) -> dict[str, object]:
    place = finding.place
    focus = term_row(finding.focus) if finding.focus is not None else None
    label = names.label(finding.focus, language)[0]
    return {
        "severity": finding.severity.label,
        "rule": finding.rule or None,
        "message": told(finding.messages, language)[0],
        "cure": told(finding.cures, language)[0] or None,
        "focus": focus | ({"label": label} if label else {}) if focus is not None else None,
        "path": finding.path or None,
        "value": term_row(finding.value) if finding.value is not None else None,
        "component": finding.component or None,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "pointer": place.pointer if place else None,
        "messages": dict(finding.messages),
        "cures": dict(finding.cures),
    }


def term_row(term: Term) -> dict[str, str]:
    """A term as SPARQL's JSON results have it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    assert isinstance(term, Literal)
    row = {"type": "literal", "value": term.value}
    if term.language:
        return row | {"xml:lang": term.language}
    return row if term.datatype.value.endswith("#string") else row | {"datatype": term.datatype.value}
