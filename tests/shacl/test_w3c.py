"""The W3C's test suite for SHACL: all of it by our engine, and what docs/shacl-suite.md says of each test."""

from pathlib import Path

import pytest
from tests.shacl.w3c import DOCUMENT, cases, document
from tests.shared import suite

from saite.shacl import ShapesGraph, validate
from saite.store import EmbeddedStore


@pytest.fixture
def folder() -> Path:
    """Where the suite lies."""
    return suite("w3c-shacl")


def test_all_tests_are_passed_set_by_set(folder: Path) -> None:
    """Every result of every test is as expected, and nothing is handed to pySHACL."""
    wrong: list[str] = []
    handed: list[object] = []
    judged = list(cases(folder))
    for test in judged:
        if test.by("sets") != test.expected:
            wrong.append(test.name)
        if test.expected is not None:
            handed += validate(EmbeddedStore(test.data), ShapesGraph(test.shapes)).handed
    assert wrong == []
    assert handed == []
    assert len(judged) == 121


def test_the_table_is_current(folder: Path) -> None:
    """docs/shacl-suite.md says of each test, for both engines, what is so."""
    assert DOCUMENT.read_text(encoding="utf-8") == document(folder)
