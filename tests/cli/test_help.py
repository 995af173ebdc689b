"""Help is a sentence, then the consequence, then examples that work; and it comes at once."""

import json
import shlex
import subprocess
import sys

import click
import pytest

from saite.cli.help import Explained
from saite.cli.main import cli, run

COMMANDS = sorted(cli.commands)
EXAMPLES = [line for command in (cli, *cli.commands.values()) for line, _ in getattr(command, "examples", ())]


def test_commands_come_in_the_order_of_a_sites_life(capsys: pytest.CaptureFixture[str]) -> None:
    """From new to info: each with its sentence."""
    assert run(["--help"]) == 0
    text = capsys.readouterr().out
    names = ("new", "build", "merge", "unpack", "check", "link", "serve", "query", "info")
    places = [text.index(f"\n  {name} ") for name in names]
    assert places == sorted(places)
    assert set(cli.commands) == set(names)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_help_has_a_sentence_a_consequence_and_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The first paragraph is one sentence; a second says what the command does and leaves alone; examples follow."""
    assert run([name, "-h"]) == 0
    text = capsys.readouterr().out
    command = cli.commands[name]
    assert isinstance(command, Explained)
    assert command.help is not None
    first, consequence, *_ = command.help.split("\n\n")
    assert first.strip().endswith(".")
    assert len(consequence) > 60
    assert command.examples
    assert all(line in text for line, _ in command.examples)
    assert "\nExamples:\n" in text


@pytest.mark.parametrize("line", EXAMPLES)
def test_each_example_is_a_command_line_that_is_understood(line: str) -> None:
    """Commands, options and values in the examples are those that there are."""
    program, name, *arguments = shlex.split(line)
    assert program == "saite"
    command = cli.commands[name]
    with command.make_context(name, list(arguments), parent=click.Context(cli)) as context:
        assert context.params


def test_help_starts_fast() -> None:
    """Nothing heavy is loaded for a help text, and the processor has little to do."""
    script = """
import json, resource, sys
from saite.cli.main import run
run(["--help"])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([sorted(sys.modules), used.ru_utime + used.ru_stime]), file=sys.stderr)
"""
    best = 9.0
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        modules, seconds = json.loads(done.stderr)
        best = min(best, seconds)
        heavy = {"pyoxigraph", "rdflib", "pyshacl", "jinja2", "babel", "starlette", "uvicorn", "orjson", "asyncio"}
        assert heavy.isdisjoint(modules)
    assert best < 0.15


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """--version names the program and its version."""
    from saite import __version__

    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"saite, version {__version__}\n"


def test_the_module_is_the_program() -> None:
    """``python -m saite`` is ``saite``."""
    done = subprocess.run([sys.executable, "-m", "saite", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("saite, version ")
