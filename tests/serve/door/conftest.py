"""A small built folder, once for all tests that do not change it."""

from pathlib import Path

import pytest

from saite.serve.door.application import Door
from saite.serve.door.published import Published

from .folders import put


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder."""
    return put(tmp_path_factory.mktemp("door") / "site")


@pytest.fixture(scope="session")
def site(folder: Path) -> Published:
    """The folder as it was read."""
    return Published(folder)


@pytest.fixture
def door(folder: Path) -> Door:
    """A door before it."""
    return Door(folder)
