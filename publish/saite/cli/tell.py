"""Findings and sizes, told to people and programs."""

import click
import orjson

from saite import report
from saite.cli.options import State
from saite.pipeline import Judged, told


def summary(judged: Judged) -> str:
    """``0 violations, 2 warnings``: what there is of each severity, infos only where there are any."""
    counts = judged.counts()
    shown = {label: count for label, count in counts.items() if count or label != "info"}
    return ", ".join(told(label, count) for label, count in shown.items())


def tell_findings(state: State, judged: Judged, language: str) -> None:
    """The findings of a build as text on stderr."""
    if judged.findings and not state.quiet:
        click.echo(report.write(judged.findings, "text", language), err=True)


def findings_as_rows(judged: Judged, language: str) -> object:
    """The findings as they stand in the JSON report."""
    return orjson.loads(report.write(judged.findings, "json", language))


def size(number: int) -> str:
    """A number of bytes for people: ``3.1 MB``."""
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= bytes_:
            return f"{number / bytes_:.1f} {unit}"
    return f"{number} bytes"
