"""rdflib as its readers should be: lexical forms kept, no word about values that are not of their datatype."""

import logging
from collections.abc import Iterator

import pytest
import rdflib


@pytest.fixture(autouse=True)
def exact_rdflib(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """By default rdflib rewrites ``"01"^^xsd:integer`` to ``1``: a different literal (RDF 1.1 Concepts, 3.3)."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(level)
