"""The browser of these tests."""

from collections.abc import Iterator

import pytest

from .browsing import Visitor


@pytest.fixture(scope="session")
def visitor() -> Iterator[Visitor]:
    """Chromium, opened once."""
    one = Visitor()
    yield one
    one.close()
