"""Telling people and programs what the check found.

:func:`write` is the door; a room for each format: :mod:`text`, :mod:`rows` (JSON), :mod:`page` (HTML), :mod:`sarif`,
:mod:`junit`, :mod:`turtle` (the standard ``sh:ValidationReport``). :class:`Names` gives nodes their labels. Every
finding is in every format: nothing is left out, however many there are.
"""

import difflib
from collections.abc import Sequence
from typing import Final

from saite.errors import UsageError
from saite.finding import Finding, Severity
from saite.report.names import Names

FORMATS: Final = ("text", "json", "html", "sarif", "junit", "turtle")
"""The formats of reports."""

MEDIA_TYPES: Final = {
    "text": "text/plain; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "sarif": "application/sarif+json",
    "junit": "application/xml",
    "turtle": "text/turtle; charset=utf-8",
}
"""The media type of each format."""

__all__ = ["FORMATS", "MEDIA_TYPES", "Names", "write"]


def write(
    findings: Sequence[Finding],
    format: str,
    language: str = "en",
    *,
    names: Names | None = None,
    colour: bool = False,
    fail_on: Severity = Severity.VIOLATION,
    title: str = "",
) -> str:
    """Findings in a format, ending in a line end.

    Args:
        findings: located and sorted (:func:`saite.check.locate`).
        format: one of :data:`FORMATS`.
        language: of messages and words: en and lv have words of their own, others read English.
        names: labels of nodes (:meth:`Names.of`) and prefixes; without them, IRIs with the well-known prefixes.
        colour: text for a terminal that shows colours.
        fail_on: JUnit counts findings of this severity and worse as failures.
        title: of what was checked; HTML shows it.

    Raises:
        UsageError: an unknown format.
    """
    known = names or Names()
    match format:
        case "text":
            from saite.report.text import write_text

            return write_text(findings, language, known, colour)
        case "json":
            from saite.report.rows import write_json

            return write_json(findings, language, known)
        case "html":
            from saite.report.page import write_page

            return write_page(findings, language, known, title)
        case "sarif":
            from saite.report.sarif import write_sarif

            return write_sarif(findings, language, known)
        case "junit":
            from saite.report.junit import write_junit

            return write_junit(findings, language, known, fail_on)
        case "turtle":
            from saite.report.turtle import write_turtle

            return write_turtle(findings)
    near = difflib.get_close_matches(format, FORMATS, 1)
    raise UsageError(
        f"there is no report format {format!r}",
        cure=f"Did you mean {near[0]}?" if near else f"Formats: {', '.join(FORMATS)}.",
    )
