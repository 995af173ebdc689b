"""What is said twice is tested once: docs against commands and settings, README against reality."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from saite.cli.main import cli
from saite.matching.normal import LONGEST
from saite.serve.reconcile.limits import Limits

ROOT = Path(__file__).parent.parent.parent


def maker() -> ModuleType:
    """docs/reference/make.py as a module."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs/reference/make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["settings.md", "commands.md", "sparql.md", "hosts.md"])
def test_reference_is_current(page: str) -> None:
    """The reference pages are what the code makes of itself (python docs/reference/make.py)."""
    assert (ROOT / "docs/reference" / page).read_text(encoding="utf-8") == maker().PAGES[page]()


def commands_told() -> list[tuple[str, str]]:
    """Every ``saite`` command line in the README and docs."""
    found = []
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for line in re.findall(
            r"^\s*(?:\$ |- run: |- )?(?:\.venv/bin/)?(saite .+)$", page.read_text(encoding="utf-8"), re.M
        ):
            found.append((str(page.relative_to(ROOT)), line))
    return found


@pytest.mark.parametrize(("page", "line"), commands_told())
def test_told_commands_exist(page: str, line: str) -> None:
    """Each command line in the docs names a command and options that exist."""
    words = re.sub(r"'[^']*'", "QUERY", line).split()
    if words[1] == "--help":
        return
    context = click.Context(cli)
    command = cli.get_command(context, words[1])
    assert command is not None, f"{page}: {line}"
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    for word in words[2:]:
        if word.startswith("-"):
            assert word.partition("=")[0] in options | {"--help", "-h"}, f"{page}: {line}"


def test_linked_files_exist() -> None:
    """Every relative link of the README and docs leads to a file."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} -> {target}"


def test_make_targets_told_exist() -> None:
    """Every `make` target that the README names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^\$ make (\S+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M):
        assert re.search(rf"^{target}:", makefile, re.M)


def test_limits_of_reconciliation_are_told() -> None:
    """The page on reconciliation has the limits of the service."""
    page = (ROOT / "docs/reconciliation.md").read_text(encoding="utf-8")
    limits = Limits()
    for line in (
        f"| a request | {limits.text // 2**20} MB, within {limits.receiving:g} s |",
        f"| queries of a batch (`batchSize`) | {limits.batch} |",
        f"| characters of a name that count | {LONGEST} |",
        f"| conditions of a query, values in all of them | {limits.conditions}, {limits.wanted} |",
        f"| candidates of a query | {limits.candidates} |",
        f"| suggestions | {limits.suggestions} |",
        f"| entities, properties of an extension | {limits.ids}, {limits.properties} |",
        f"| values of a cell | {limits.values} |",
        f"| queries that wait | {limits.waiting}, then 503 with `Retry-After` |",
    ):
        assert line in page
