"""What several commands share: their state, and the options that mean the same everywhere."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from saite.errors import SaiteError

_F = TypeVar("_F", bound=Callable[..., Any])

SEVERITIES = ("violation", "warning", "info")


@dataclass(slots=True)
class State:
    """How this run talks."""

    quiet: bool = False
    debug: bool = False
    json: bool = False

    def note(self, text: str) -> None:
        """A line about what is going on, on stderr, unless quiet was asked for."""
        if not self.quiet:
            click.echo(text, err=True)

    def result(self, value: object) -> None:
        """A result as JSON, on stdout."""
        import orjson

        click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())

    def fail(self, error: SaiteError, code: int) -> None:
        """An error, on stderr for people; with ``--json`` also on stdout for programs."""
        click.echo(f"error: {error}", err=True)
        if self.json:
            self.result({"error": _as_json(error, code)})


def _as_json(error: SaiteError, code: int) -> dict[str, object]:
    place = error.place
    row: dict[str, object] = {"message": error.message, "exit_code": code}
    if place is not None:
        row |= {"file": place.file, "line": place.line, "column": place.column}
        if place.pointer:
            row["pointer"] = place.pointer
    if error.excerpt is not None:
        row["excerpt"] = error.excerpt
    if error.cure:
        row["cure"] = error.cure
    return row


pass_state = click.make_pass_decorator(State)


def _setting(name: str) -> Callable[[click.Context, click.Parameter, bool], bool]:
    def keep(context: click.Context, parameter: click.Parameter, value: bool) -> bool:
        if value:
            setattr(context.ensure_object(State), name, True)
        return value

    return keep


def common(function: _F) -> _F:
    """``--quiet`` and ``--debug``."""
    for option in (
        click.option(
            "--debug", is_flag=True, expose_value=False, callback=_setting("debug"), help="Show tracebacks of errors."
        ),
        click.option(
            "-q",
            "--quiet",
            is_flag=True,
            expose_value=False,
            callback=_setting("quiet"),
            help="Only results and errors; no progress, no notes.",
        ),
    ):
        function = option(function)
    return function


def as_json(function: _F) -> _F:
    """``--json``: results, and errors, as JSON on stdout."""
    option = click.option("--json", "json_", is_flag=True, callback=_setting("json"), help="Tell the result as JSON.")
    return option(function)


site_argument = click.argument("site", type=click.Path(path_type=Path), default=".")
"""SITE: a site folder, a folder of RDF, or a file; the current folder if none is named."""

base_option = click.option(
    "--base", default="", metavar="IRI", help="Where the IRIs live, in place of what saite.toml says."
)

endpoint_option = click.option(
    "--endpoint",
    default="",
    metavar="URL",
    help="Take the data from a SPARQL 1.1 endpoint, not from files; SITE has the settings, pages and queries. User and "
    "password, if any: SAITE_ENDPOINT_USER and SAITE_ENDPOINT_PASSWORD.",
)

language_option = click.option(
    "--lang", "language", metavar="LANG", default=None, help="Language of the findings' messages: en, lv ..."
)

fail_on_option = click.option(
    "--fail-on", type=click.Choice(SEVERITIES), default=None, help="Least severity that fails; default: saite.toml's."
)


def message_language(asked: str | None) -> str:
    """The language of messages: as asked, else the environment's (POSIX 8.2 order), else English."""
    if asked:
        return asked
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable, ""):
            language = value.partition(".")[0].partition("_")[0].lower()
            return language if language.isalpha() and language not in ("c", "posix") else "en"
    return "en"


def write_bytes(data: bytes) -> None:
    """Bytes on stdout, all of them: where Python runs unbuffered, one write may take only a part."""
    sys.stdout.flush()
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def is_terminal() -> bool:
    """Whether a person looks at stderr."""
    return sys.stderr.isatty()
