"""Findings as JUnit XML, which every continuous integration service shows."""

from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import quoteattr

from saite.finding import Finding, Severity
from saite.report.names import Names, told
from saite.report.text import by_rule, details
from saite.report.texts import Words


def write_junit(findings: Sequence[Finding], language: str, names: Names, fail_on: Severity) -> str:
    """A suite for each rule, a case for each finding; those at or above ``fail_on`` are failures, the others pass.

    Without findings there is one case that passed, since some services take a report without cases for an error.
    """
    words = Words(language)
    failed = sum(f.severity >= fail_on for f in findings)
    head = f'<testsuites name="saite check" tests="{len(findings) or 1}" failures="{failed}" errors="0">'
    suites = [
        _suite(names.rule(rule) or words["unnamed"], list(group), language, names, fail_on)
        for (_, rule), group in groupby(by_rule(findings), key=lambda f: (f.severity, f.rule))
    ]
    if not findings:
        name = quoteattr(words["none"])
        suites = [
            '  <testsuite name="saite check" tests="1" failures="0" errors="0">\n'
            f'    <testcase name={name} classname="saite"/>\n  </testsuite>'
        ]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _suite(rule: str, group: list[Finding], language: str, names: Names, fail_on: Severity) -> str:
    failed = sum(f.severity >= fail_on for f in group)
    cases = [_case(rule, finding, language, names, fail_on) for finding in group]
    head = f'  <testsuite name={_attribute(rule)} tests="{len(group)}" failures="{failed}" errors="0">'
    return "\n".join([head, *cases, "  </testsuite>"])


def _case(rule: str, finding: Finding, language: str, names: Names, fail_on: Severity) -> str:
    message = told(finding.messages, language)[0]
    about = names.short(finding.focus) if finding.focus is not None else message
    place = finding.place
    where = f" file={_attribute(place.file)}" if place else ""
    where += f' line="{place.line}"' if place and place.line else ""
    head = f"    <testcase name={_attribute(about)} classname={_attribute(rule)}{where}>"
    lines = [str(place)] if place else []
    lines += [message, *details(finding, language, names), told(finding.cures, language)[0]]
    body = _content("\n".join(line for line in lines if line))
    if finding.severity >= fail_on:
        inner = f'      <failure type="{finding.severity.label}" message={_attribute(message)}>{body}</failure>'
    else:
        inner = f"      <system-out>{body}</system-out>"
    return f"{head}\n{inner}\n    </testcase>"


def _legal(text: str) -> str:
    """A text without the characters that XML 1.0 (2.2) does not allow."""
    return "".join(
        c if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000" else "\ufffd"
        for c in text
    )


def _content(text: str) -> str:
    return _legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return quoteattr(_legal(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
