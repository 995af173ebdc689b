"""What is kept beside the store of a live site: the prefixes of its sources, and what a check has found in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import pyoxigraph as ox

from saite.errors import Place
from saite.finding import Finding, Severity
from saite.terms import Term


@dataclass(frozen=True, slots=True)
class Kept:
    """What is not in the store.

    Attributes:
        prefixes: those of the settings, and those that the sources declare.
        findings: what the check found, as the report page shows it.
    """

    prefixes: Mapping[str, str]
    findings: tuple[Finding, ...]

    def to_json(self) -> bytes:
        """As JSON."""
        return orjson.dumps({"prefixes": dict(self.prefixes), "findings": [_row(one) for one in self.findings]})

    @classmethod
    def from_json(cls, text: bytes) -> "Kept":
        """Read again what :meth:`to_json` wrote.

        Raises:
            ValueError: it is something else.
        """
        try:
            found = orjson.loads(text)
            return cls(found["prefixes"], tuple(map(_finding, found["findings"])))
        except (KeyError, TypeError, AttributeError, SyntaxError) as error:
            raise ValueError("these are not findings as they are kept") from error


def _row(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "severity": int(finding.severity),
        "rule": finding.rule,
        "messages": finding.messages,
        "cures": finding.cures,
        "titles": finding.titles,
        "focus": str(finding.focus) if finding.focus is not None else None,
        "path": finding.path,
        "value": str(finding.value) if finding.value is not None else None,
        "component": finding.component,
        "place": [place.file, place.line, place.column, place.pointer] if place is not None else None,
    }


def _finding(row: Mapping[str, Any]) -> Finding:
    return Finding(
        severity=Severity(row["severity"]),
        rule=row["rule"],
        messages=_texts(row["messages"]),
        cures=_texts(row["cures"]),
        focus=_term(row["focus"]),
        path=row["path"],
        value=_term(row["value"]),
        component=row["component"],
        place=Place(*row["place"]) if row["place"] is not None else None,
        titles=_texts(row["titles"]),
    )


def _texts(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((tag, text) for tag, text in rows)


def _term(text: str | None) -> Term | None:
    """A term of its N-Triples form; of the parser's, so that nothing else is taken for one."""
    if text is None:
        return None
    (quad,) = ox.parse(input=f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    found: Term = quad.object
    return found
