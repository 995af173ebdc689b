"""Findings as the standard ``sh:ValidationReport`` (SHACL 3.6) in Turtle."""

from collections.abc import Sequence
from typing import Final

from saite.finding import Finding
from saite.namespaces import SAITE, SH
from saite.shacl.paths import from_sparql
from saite.terms import Literal

RULE_COMPONENT: Final = SAITE + "RuleConstraintComponent"
"""The constraint component of findings that no shape made: rule queries and links."""


def write_turtle(findings: Sequence[Finding]) -> str:
    """A report with a result for each finding, in their order; cures stand beside the messages as ``saite:cure``."""
    head = f"@prefix saite: <{SAITE}> .\n@prefix sh: <{SH}> .\n\n"
    conforms = f"[] a sh:ValidationReport ;\n  sh:conforms {str(not findings).lower()}"
    results = "".join(f" ;\n  sh:result {_result(finding)}" for finding in findings)
    return f"{head}{conforms}{results} .\n"


def _result(finding: Finding) -> str:
    lines = ["a sh:ValidationResult", f"sh:resultSeverity sh:{finding.severity.name.capitalize()}"]
    lines.append(f"sh:sourceConstraintComponent <{finding.component or RULE_COMPONENT}>")
    if finding.rule:
        lines.append(f"sh:sourceShape <{finding.rule}>")
    if finding.focus is not None:
        lines.append(f"sh:focusNode {finding.focus}")
    path = from_sparql(finding.path) if finding.path else None
    if path is not None:
        lines.append(f"sh:resultPath {path.turtle(_short)}")
    if finding.value is not None:
        lines.append(f"sh:value {finding.value}")
    lines += [f"sh:resultMessage {_text(text, language)}" for language, text in finding.messages]
    lines += [f"saite:cure {_text(text, language)}" for language, text in finding.cures]
    return "[\n" + "".join(f"    {line} ;\n" for line in lines) + "  ]"


def _short(iri: str) -> str:
    return f"sh:{iri[len(SH) :]}" if iri.startswith(SH) and iri[len(SH) :].isalnum() else f"<{iri}>"


def _text(text: str, language: str) -> str:
    return str(Literal(text, language=language) if language else Literal(text))
