"""Sites to run commands on: the one that ``saite new`` writes, fresh and built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from saite import starter
from saite.cli.main import run

Edit = Callable[[str, str, str], None]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A fresh starter site."""
    starter.write(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def edit(library: Path) -> Edit:
    """Replaces a text in a file of the starter site by another."""

    def replace(name: str, old: str, new: str) -> None:
        path = library / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter site with its built folder; not to be changed."""
    folder = tmp_path_factory.mktemp("built") / "library"
    starter.write(folder)
    assert run(["build", "-q", str(folder)]) == 0
    return folder
