"""Findings as text: for a terminal, and for editors, which know ``file:line:column: message``."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from saite.finding import Finding, Severity
from saite.report.names import Names, told, visible
from saite.report.texts import Words

_COLOURS: Final = {Severity.VIOLATION: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def write_text(findings: Sequence[Finding], language: str, names: Names, colour: bool = False) -> str:
    """Findings under the rule that they break, worst first, and a last line that counts them.

    Args:
        findings: located and sorted.
        language: of messages and words.
        names: labels and short names.
        colour: mark severities with the colours of a terminal (ECMA-48).
    """
    words = Words(language)
    if not findings:
        return words["none"] + "\n"
    blocks = [
        _block(severity, rule, list(group), language, names, words, colour)
        for (severity, rule), group in groupby(by_rule(findings), key=lambda f: (f.severity, f.rule))
    ]
    counts = Counter(f.severity for f in findings)
    files = len({f.place.file for f in findings if f.place})
    total = words.totals(counts) + (f" {words.counted('file', files)}" if files else "")
    return "\n".join([*blocks, f"{_painted(total, '1', colour)}\n"])


def by_rule(findings: Sequence[Finding]) -> list[Finding]:
    """Findings of one rule together: worst severity first, then the rules in the order in which they first occur."""
    first: dict[tuple[Severity, str], int] = {}
    for finding in findings:
        first.setdefault((finding.severity, finding.rule), len(first))
    return sorted(findings, key=lambda f: (-f.severity, first[f.severity, f.rule]))


def _block(
    severity: Severity, rule: str, group: list[Finding], language: str, names: Names, words: Words, colour: bool
) -> str:
    head = f"{_painted(words[severity.label], _COLOURS[severity], colour)}: "
    head += visible(names.rule(rule)) or words["unnamed"]
    lines = [head + (f" ({words.counted('finding', len(group))})" if len(group) > 1 else "")]
    cures = [told(f.cures, language)[0] for f in group]
    for finding, cure in zip(group, cures, strict=True):
        where = str(finding.place) if finding.place else words["nowhere"]
        lines.append(f"{visible(where)}: {visible(told(finding.messages, language)[0])}")
        lines += [f"    {visible(detail)}" for detail in details(finding, language, names)]
        if cure and len(set(cures)) > 1:
            lines.append(f"    -> {visible(cure)}")
    if cures[0] and len(set(cures)) == 1:
        lines.append(f"  -> {visible(cures[0])}")
    return "\n".join(lines) + "\n"


def details(finding: Finding, language: str, names: Names) -> list[str]:
    """The node, with its label, and what is said of it."""
    found = []
    if finding.focus is not None:
        label = names.label(finding.focus, language)[0]
        found.append(names.short(finding.focus) + (f"  {label}" if label else ""))
    statement = [names.path(finding.path)] if finding.path else []
    if finding.value is not None and finding.value != finding.focus:
        label = names.label(finding.value, language)[0]
        statement.append(names.short(finding.value) + (f"  {label}" if label else ""))
    if statement:
        found.append("  " + " ".join(statement))
    return found


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
