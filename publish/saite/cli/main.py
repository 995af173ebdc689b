"""The commands, and what becomes of every way in which one can end.

====  =====================================================================================
0     good
1     the data has faults: findings at or above the limit, files that do not parse
2     asked wrongly, or the environment refuses (disk full, store out of reach, port taken)
3     our fault: a short text with what to report; the traceback with ``--debug``
130   Ctrl-C
141   the reader of our output went away (``saite query ... | head``)
====  =====================================================================================
"""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from saite import __version__
from saite.cli.build import build
from saite.cli.check import check
from saite.cli.help import Explained
from saite.cli.info import info
from saite.cli.link import link
from saite.cli.merge import merge
from saite.cli.new import new
from saite.cli.options import State
from saite.cli.query import query
from saite.cli.serve import serve
from saite.cli.unpack import unpack
from saite.errors import SaiteError

INTERRUPTED = 130
PIPE_CLOSED = 141


class _Commands(Explained, click.Group):
    """Shows commands in the order of a site's life, and takes a closed pipe for an answer."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            # what is still in the buffer goes nowhere, so that the interpreter's last flush does not complain
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(PIPE_CLOSED) from error
        return result


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=[
        ("saite new mysite", "a small valid site to begin with"),
        ("saite serve mysite", "look at it while you write"),
        ("saite build mysite", "publish it into mysite/site/"),
        ("saite build data.ttl -o out", "publish any RDF file, with no settings at all"),
    ],
)
@click.version_option(__version__, "-V", "--version", prog_name="saite")
def cli() -> None:
    """Saite publishes linked data: a folder of RDF becomes a validated site.

    HTML pages, Turtle, JSON-LD, N-Triples and RDF/XML for every resource, with dumps, indexes and a validation
    report, all of which say the same.
    """


for command in (new, build, merge, unpack, check, link, serve, query, info):
    cli.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code, with everything told that there is to tell."""
    state = State()
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # a letter that the terminal lacks is no reason to stop
    try:
        result = cli.main(arguments, prog_name="saite", standalone_mode=False, obj=state)
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return 2
    except SaiteError as error:
        return _fault(state, error, error.exit_code)
    except OSError as error:
        return _fault(state, SaiteError(_refusal(error)), 2)
    except MemoryError:
        return _fault(state, SaiteError("there is not enough memory", cure="Publish less at a time."), 2)
    except Exception as error:  # noqa: BLE001 (the last place at which our own faults can be told)
        return _ours(state, error)
    return result if isinstance(result, int) else 0


def main() -> NoReturn:
    """The console script."""
    sys.exit(run())


def _fault(state: State, error: SaiteError, code: int) -> int:
    if state.debug:
        _trace()
    state.fail(error, code)
    return code


def _trace() -> None:
    import traceback

    traceback.print_exc()


def _refusal(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _ours(state: State, error: Exception) -> int:
    import platform
    import traceback

    if state.debug:
        _trace()
    what = traceback.format_exception_only(error)[-1].strip()
    last = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(
        f"error: Saite itself failed; this is not your fault.\n"
        f"    {what}\n"
        f"  -> Please report it, with these lines and what you were doing; --debug says more.\n"
        f"     saite {__version__}, Python {platform.python_version()}, {platform.platform()}, "
        f"{last.name} ({os.path.basename(last.filename)}:{last.lineno})",  # noqa: PTH119 (a name for a person, not a path)
        err=True,
    )
    return 3
