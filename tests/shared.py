"""Suites that others wrote, and what the facts were taken from: they lie outside of the repository."""

import os
from pathlib import Path

import pytest


def seed(name: str) -> Path:
    """A file of what the facts were taken from; without it a test is skipped, and fails where ``CI=true``."""
    folder = os.environ.get("SAITE_SHARED")
    path = Path(folder, "seed", name) if folder else None
    if path is None or not path.is_file():
        text = f"there is no seed/{name} where SAITE_SHARED says"
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)
    return path


def suite(name: str) -> Path:
    """A folder below that which SAITE_SHARED names; without it a test is skipped, and fails where ``CI=true``."""
    folder = os.environ.get("SAITE_SHARED")
    path = Path(folder, "suites", name) if folder else None
    if path is None or not path.is_dir():
        text = f"there is no suites/{name} where SAITE_SHARED says"
        if os.environ.get("CI") == "true":
            pytest.fail(text)
        pytest.skip(text)
    return path
