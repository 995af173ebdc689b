"""What checks find and reports tell: one frozen value for SHACL results, rule queries and dangling links alike."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from saite.errors import Place
from saite.namespaces import SH
from saite.terms import Term


class Severity(IntEnum):
    """How bad a finding is (SHACL 2.1.4); ordered, so that ``>=`` reads as "at least as bad as"."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def label(self) -> str:
        """``info``, ``warning`` or ``violation``."""
        return self.name.lower()


SEVERITIES: Final = {SH + severity.name.capitalize(): severity for severity in Severity}
"""The severities that SHACL defines, by IRI (2.1.4); a shapes graph may have others of its own."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that someone should look at.

    Attributes:
        severity: how bad it is.
        rule: IRI of the shape (SHACL ``sh:sourceShape``; where that is a blank node, of the nearest shape around it
            that has one, else "") or of the rule query that found it.
        messages: what is wrong, by language tag ("" where the author gave none).
        cures: what to do about it, by language tag; empty where nobody said.
        focus: the node that the finding is about (SHACL focus node; a literal where a shape targets literals).
        path: the property or property path, in SPARQL 1.1 syntax with full IRIs.
        value: the offending value (SHACL value node).
        component: IRI of the SHACL constraint component, "" for other checks.
        place: file and line of the statement to look at, once it has been looked up.
        titles: what the rule is called, by language tag, where no shape in the data has a label that says so.
    """

    severity: Severity
    rule: str
    messages: tuple[tuple[str, str], ...]
    cures: tuple[tuple[str, str], ...] = ()
    focus: Term | None = None
    path: str = ""
    value: Term | None = None
    component: str = ""
    place: Place | None = None
    titles: tuple[tuple[str, str], ...] = ()

    def message(self, language: str) -> str:
        """The message in a language, else in English, else in any."""
        return _choose(self.messages, language)

    def cure(self, language: str) -> str:
        """The cure in a language, else in English, else in any, else "" ."""
        return _choose(self.cures, language)

    def title(self, language: str) -> str:
        """What the rule is called in a language, else in English, else in any, else ""."""
        return _choose(self.titles, language)

    def sort_key(self) -> tuple[int, str, int, str, str, str, str]:
        """Worst first, then by file and line, then by rule and focus node: the same in every run."""
        place = self.place
        return (
            -self.severity,
            place.file if place else "",
            (place.line or 0) if place else 0,
            self.rule,
            str(self.focus),
            self.path,
            str(self.value),
        )


def _choose(texts: tuple[tuple[str, str], ...], language: str) -> str:
    by_language = dict(texts)
    for wanted in (language, language.partition("-")[0], "en", ""):
        if wanted in by_language:
            return by_language[wanted]
    return texts[0][1] if texts else ""
