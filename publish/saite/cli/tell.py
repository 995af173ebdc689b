"""Findings and sizes, told to people and programs."""

import os
import sys
from collections.abc import Sequence

import click
import orjson

from saite import report
from saite.cli.options import State
from saite.finding import Finding, Severity
from saite.pipeline import Judged, told


def summary(judged: Judged) -> str:
    """``0 violations, 2 warnings``: what there is of each severity, infos only where there are any."""
    counts = judged.counts()
    shown = {label: count for label, count in counts.items() if count or label != "info"}
    return ", ".join(told(label, count) for label, count in shown.items())


def reported(
    judged: Judged, format: str, language: str, *, findings: Sequence[Finding] | None = None, colour: bool = False
) -> str:
    """Findings in a format, with the labels of what they mention; all of them, unless some are chosen."""
    shown = judged.findings if findings is None else findings
    config = judged.config
    names = report.Names.of(judged.store, shown, config.all_prefixes(), config.languages)
    title = config.title.get(language) or next(iter(config.title.values()), "")
    return report.write(shown, format, language, names=names, colour=colour, fail_on=judged.fail_on, title=title)


def tell_findings(state: State, judged: Judged, language: str) -> None:
    """The findings of a build as text on stderr: warnings and worse, and whatever may stop it."""
    least = min(Severity.WARNING, judged.fail_on)
    shown = [finding for finding in judged.findings if finding.severity >= least]
    if state.quiet or not judged.findings:
        return
    if shown:
        text = reported(judged, "text", language, findings=shown, colour=shows_colour(sys.stderr.isatty()))
        click.echo(text.rstrip("\n"), err=True)
    if rest := len(judged.findings) - len(shown):
        state.note(f"{told('info', rest)} more: saite check tells {'it' if rest == 1 else 'them'}")


def as_rows(judged: Judged, language: str) -> object:
    """The report as ``saite check --json`` gives it."""
    return orjson.loads(reported(judged, "json", language))


def shows_colour(terminal: bool) -> bool:
    """Whether to colour what goes to a stream (https://no-color.org)."""
    return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def size(number: int) -> str:
    """A number of bytes for people: ``3.1 MB``."""
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= bytes_:
            return f"{number / bytes_:.1f} {unit}"
    return f"{number} bytes"
