"""Every way in which a command can end has its exit code and its words, and none is a traceback."""

import errno
import io
import json
import sys
from collections.abc import Callable
from typing import NoReturn

import click
import pytest

from saite.cli.main import cli, run
from saite.cli.options import State, as_json, common, message_language, pass_state
from saite.errors import CheckFailed, DataError, EnvironmentFault, Place, SaiteError, SyntaxFault, UsageError

Failing = Callable[[BaseException], None]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Adds a command ``fail`` that raises what it is given."""

    def add(error: BaseException) -> None:
        @click.command()
        @as_json
        @common
        @pass_state
        def fail(state: State, json_: bool) -> NoReturn:
            raise error

        monkeypatch.setitem(cli.commands, "fail", fail)

    return add


FAULTS = [
    (SyntaxFault("no", place=Place("a.ttl", 3, 5), excerpt="x y z"), 1),
    (DataError("no"), 1),
    (CheckFailed("no"), 1),
    (UsageError("no"), 2),
    (EnvironmentFault("no"), 2),
    (OSError(errno.ENOSPC, "No space left on device", "report.html"), 2),
    (MemoryError(), 2),
    (ZeroDivisionError("division by zero"), 3),
    (KeyboardInterrupt(), 130),
]


@pytest.mark.parametrize(("error", "code"), FAULTS, ids=lambda value: type(value).__name__)
def test_each_error_has_its_exit_code_and_no_traceback(
    failing: Failing, capsys: pytest.CaptureFixture[str], error: BaseException, code: int
) -> None:
    """0 good, 1 the data, 2 asked wrongly or the environment, 3 our fault, 130 Ctrl-C; words on stderr only."""
    failing(error)
    assert run(["fail"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err


def test_an_error_tells_place_line_and_cure(failing: Failing, capsys: pytest.CaptureFixture[str]) -> None:
    """What the error knows is shown as compilers do."""
    failing(SyntaxFault("odd", place=Place("data/a.ttl", 3, 3), excerpt="x y z", cure="Mend it."))
    run(["fail"])
    assert capsys.readouterr().err == "error: data/a.ttl:3:3: odd\n    x y z\n      ^\n  -> Mend it.\n"


def test_with_json_an_error_is_told_to_programs_too(failing: Failing, capsys: pytest.CaptureFixture[str]) -> None:
    """Stdout has one JSON object with message, place, cure and exit code; stderr stays for people."""
    failing(SyntaxFault("odd", place=Place("a.jsonld", 3, 3, "/x"), excerpt="x y z", cure="Mend it."))
    assert run(["fail", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "error": {
            "message": "odd",
            "exit_code": 1,
            "file": "a.jsonld",
            "line": 3,
            "column": 3,
            "pointer": "/x",
            "excerpt": "x y z",
            "cure": "Mend it.",
        }
    }
    assert err.startswith("error: ")


def test_a_refusal_of_the_system_names_the_file(failing: Failing, capsys: pytest.CaptureFixture[str]) -> None:
    """An OSError that no room translated still says what and where."""
    failing(OSError(errno.EACCES, "Permission denied", "report.html"))
    assert run(["fail"]) == 2
    assert capsys.readouterr().err == "error: report.html: Permission denied\n"


def test_our_own_fault_says_what_to_report(failing: Failing, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 3: the exception, the version and the place in our code, and how to see more."""
    failing(ZeroDivisionError("division by zero"))
    assert run(["fail"]) == 3
    err = capsys.readouterr().err
    assert "ZeroDivisionError: division by zero" in err
    assert "report it" in err
    assert "--debug" in err
    assert "Python 3." in err
    assert "fail (test_main.py:" in err


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), UsageError("x")])
def test_debug_shows_the_traceback(failing: Failing, capsys: pytest.CaptureFixture[str], error: Exception) -> None:
    """--debug is for those who mend Saite."""
    failing(error)
    run(["fail", "--debug"])
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "No such command 'biuld'"),
        (["build", "--forse"], "No such option"),
        (["check", "--format", "pdf"], "'pdf' is not one of"),
        (["new"], "Missing argument 'DIR'"),
    ],
)
def test_a_wrong_command_line_is_told(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with what is wrong and where help is."""
    assert run(arguments) == 2
    err = capsys.readouterr().err
    assert words in err
    assert "Usage: saite" in err


def test_no_command_is_a_question_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    """``saite`` alone shows what there is."""
    assert run([]) == 2
    out, err = capsys.readouterr()
    assert "Commands:" in out + err


@pytest.mark.parametrize(
    ("asked", "environment", "expected"),
    [
        ("lv", {"LANG": "en_US.UTF-8"}, "lv"),
        (None, {"LANG": "lv_LV.UTF-8"}, "lv"),
        (None, {"LANG": "lv_LV.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        (None, {"LANG": "lv_LV.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_messages_come_in_the_language_of_the_reader(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, environment: dict[str, str], expected: str
) -> None:
    """--lang, else the locale's in POSIX order, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert message_language(asked) == expected


def test_letters_that_the_terminal_lacks_do_not_stop_a_command(
    failing: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error with Latvian letters is told on a Western European terminal too."""
    failing(SaiteError("nav virsraksta: Rīga"))
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding="latin-1", write_through=True))
    assert run(["fail"]) == 2
    assert raw.getvalue() == b"error: nav virsraksta: R\\u012bga\n"
