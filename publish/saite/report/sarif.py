"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from saite import __version__
from saite.errors import Place
from saite.finding import Finding, Severity
from saite.namespaces import SAITE
from saite.report.names import Names, told
from saite.report.rows import term_row
from saite.report.text import details
from saite.terms import NamedNode

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_UNNAMED: Final = SAITE + "unnamed-rule"


def write_sarif(findings: Sequence[Finding], language: str, names: Names) -> str:
    """One run: its rules with what to do, and a result for each finding with file, line and node."""
    ids = list(dict.fromkeys(_rule_id(f) for f in findings))
    index = {rule: i for i, rule in enumerate(ids)}
    first = {_rule_id(f): f for f in reversed(findings)}
    run = {
        "tool": {
            "driver": {
                "name": "Saite",
                "version": __version__,
                "informationUri": SAITE.rstrip("#"),
                "rules": [_rule(rule, first[rule], language, names) for rule in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, index[_rule_id(f)], language, names) for f in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule_id(finding: Finding) -> str:
    """The rule, and of SHACL the component too: one shape can ask for several things."""
    component = finding.component.rpartition("#")[2]
    return (finding.rule or _UNNAMED) + (f"?component={quote(component)}" if component else "")


def _rule(rule: str, finding: Finding, language: str, names: Names) -> dict[str, object]:
    """What is known of a rule: its label, what it says of its first finding, what to do."""
    label = names.label(NamedNode(finding.rule), language)[0] if finding.rule else ""
    short = names.rule(finding.rule) or "SHACL"
    cure = told(finding.cures, language)[0]
    message = told(finding.messages, language)[0]
    described: dict[str, object] = {
        "id": rule,
        "name": short,
        "shortDescription": {"text": label or short},
        "fullDescription": {"text": message or label or short},
        "help": {"text": cure or message or short},
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
    }
    if rule.startswith(("http://", "https://")):
        described["helpUri"] = rule.partition("?component=")[0]
    return described


def _result(finding: Finding, index: int, language: str, names: Names) -> dict[str, object]:
    text = told(finding.messages, language)[0]
    told_more = [line.strip() for line in details(finding, language, names)]
    location: dict[str, object] = {}
    if finding.place is not None:
        location["physicalLocation"] = _physical(finding.place)
    if finding.focus is not None:
        logical = {"fullyQualifiedName": _plain(finding), "kind": "resource"}
        label = names.label(finding.focus, language)[0]
        location["logicalLocations"] = [logical | {"name": label or names.short(finding.focus)}]
    properties: dict[str, object] = {"messages": dict(finding.messages), "cures": dict(finding.cures)}
    if finding.focus is not None:
        properties["focus"] = term_row(finding.focus)
    if finding.path:
        properties["path"] = finding.path
    if finding.value is not None:
        properties["value"] = term_row(finding.value)
    return {
        "ruleId": _rule_id(finding),
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": "\n".join([text, *told_more])},
        "locations": [location] if location else [],
        "partialFingerprints": {"saiteFinding/v1": _fingerprint(finding)},
        "properties": properties,
    }


def _plain(finding: Finding) -> str:
    focus = finding.focus
    return focus.value if isinstance(focus, NamedNode) else str(focus)


def _physical(place: Place) -> dict[str, object]:
    path = PurePath(place.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    physical: dict[str, object] = {"artifactLocation": {"uri": uri}}
    if place.line is not None:
        column = {"startColumn": place.column} if place.column is not None else {}
        physical["region"] = {"startLine": place.line, **column}
    return physical


def _fingerprint(finding: Finding) -> str:
    """The same for a finding that merely moved to another line."""
    parts = (finding.rule, finding.component, str(finding.focus), finding.path, str(finding.value))
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]
