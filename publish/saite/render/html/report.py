"""The validation report as a page: what was found, how bad it is, where it is, and how to mend it."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from markupsafe import Markup, escape

from saite.artifact import Artifact
from saite.finding import Finding, Severity
from saite.render.html.edition import Edition
from saite.render.html.shapes import severity_name
from saite.render.html.table import clean
from saite.render.html.values import Text, Values
from saite.terms import NamedNode

DOCUMENT: Final = "report"
"""The document of the report."""

_SHOWN: Final = 200  # findings of one rule that the page lists

_IRIS: Final = re.compile(r"<([^<>\s]*)>")


@dataclass(frozen=True, slots=True)
class Case:
    """One finding, ready for a template."""

    focus: Text
    message: str
    path: Text
    value: Text
    place: str


@dataclass(frozen=True, slots=True)
class RuleCases:
    """The findings of one rule; ``paths`` and ``values``: whether any of them names a property or a value."""

    name: Text
    count: str
    cure: str
    cases: list[Case]
    hidden: str
    paths: bool
    values: bool


class ReportPage:
    """Makes the report in one language."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def page(self) -> tuple[Artifact, ...]:
        """The report."""
        edition = self._edition
        findings = sorted(edition.site.findings, key=lambda one: (-one.severity, one.rule, one.sort_key()))
        values = Values(edition, DOCUMENT)
        groups = []
        for severity, of_severity in groupby(findings, key=lambda one: one.severity):
            rules = [
                self._rule(rule, list(cases), values) for rule, cases in groupby(of_severity, key=lambda one: one.rule)
            ]
            groups.append((severity.label, severity_name(edition, severity.label), rules))
        title = edition.gettext("Validation report")
        return edition.page(
            "report.html",
            DOCUMENT,
            title,
            entry=DOCUMENT,
            title=title,
            counts=[
                (
                    severity.label,
                    severity_name(edition, severity.label),
                    edition.number(sum(one.severity == severity for one in findings)),
                )
                for severity in sorted(Severity, reverse=True)
            ],
            groups=groups,
            trail=edition.trail(DOCUMENT, None),
        )

    def _rule(self, rule: str, findings: list[Finding], values: Values) -> RuleCases:
        edition = self._edition
        hidden = len(findings) - _SHOWN
        cases = [self._case(finding, values) for finding in findings[:_SHOWN]]
        return RuleCases(
            name=findings[0].title(edition.language) or (values.table.link(NamedNode(rule)) if "://" in rule else rule),
            count=edition.ngettext("%(n)s finding", "%(n)s findings", len(findings)),
            cure=clean(findings[0].cure(edition.language)),
            cases=cases,
            hidden=edition.ngettext("and %(n)s more", "and %(n)s more", hidden) if hidden > 0 else "",
            paths=any(case.path for case in cases),
            values=any(case.value for case in cases),
        )

    def _case(self, finding: Finding, values: Values) -> Case:
        return Case(
            focus=values.term(finding.focus) if finding.focus is not None else "",
            message=clean(finding.message(self._edition.language)),
            path=self._path(finding.path, values),
            value=values.term(finding.value) if finding.value is not None else "",
            place=str(finding.place) if finding.place else "",
        )

    def _path(self, path: str, values: Values) -> Text:
        """A property path with the names of its properties in place of their IRIs."""
        parts: list[Markup] = []
        end = 0
        for match in _IRIS.finditer(path):
            parts += (escape(path[end : match.start()]), values.property(NamedNode(match.group(1))))
            end = match.end()
        return Markup("").join((*parts, escape(path[end:])))
