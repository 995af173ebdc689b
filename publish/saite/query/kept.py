"""What is kept beside the store of a live site: what its sources and the first look at them have said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import pyoxigraph as ox

from saite.errors import Place
from saite.finding import Finding, Severity
from saite.site.model import Answer
from saite.site.queries import Answers
from saite.terms import Term


@dataclass(frozen=True, slots=True)
class Kept:
    """What is not in the store.

    Attributes:
        prefixes: those of the settings, and those that the sources declare.
        findings: what the check found, as the report page shows it.
        answers: what the example queries answered. To ask them again would take long, and a store on disk has an
            order of its own for rows that the query puts in none.
    """

    prefixes: Mapping[str, str]
    findings: tuple[Finding, ...]
    answers: Answers

    def to_json(self) -> bytes:
        """As JSON."""
        answers = {
            name: {tag: _answer_row(answer) for tag, answer in of_query.items()}
            for name, of_query in self.answers.items()
        }
        findings = [_row(one) for one in self.findings]
        return orjson.dumps({"prefixes": dict(self.prefixes), "findings": findings, "answers": answers})

    @classmethod
    def from_json(cls, text: bytes) -> "Kept":
        """Read again what :meth:`to_json` wrote.

        Raises:
            ValueError: it is something else.
        """
        try:
            found = orjson.loads(text)
            answers = {
                name: {tag: _answer(row) for tag, row in of_query.items()}
                for name, of_query in found["answers"].items()
            }
            return cls(found["prefixes"], tuple(map(_finding, found["findings"])), answers)
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


def _answer_row(answer: Answer) -> dict[str, Any]:
    rows = [[str(term) if term is not None else None for term in row] for row in answer.rows]
    return {"variables": answer.variables, "rows": rows, "truncated": answer.truncated}


def _answer(row: Mapping[str, Any]) -> Answer:
    rows = tuple(tuple(map(_term, one)) for one in row["rows"])
    return Answer(tuple(row["variables"]), rows, row["truncated"])


def _texts(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((tag, text) for tag, text in rows)


def _term(text: str | None) -> Term | None:
    """A term of its N-Triples form; of the parser's, so that nothing else is taken for one."""
    if text is None:
        return None
    (quad,) = ox.parse(input=f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    found: Term = quad.object
    return found
