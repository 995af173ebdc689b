"""The hash of a dataset that everybody computes alike: RDFC-1.0 (W3C Recommendation, 2024)."""

import heapq
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from saite.graph import rdfc
from saite.render.dumps.writing import Writing
from saite.terms import Quad

MOST: Final = 1_000_000
"""Quads with blank nodes that are held in memory to name these."""


def canonical_hash(writing: Writing) -> str:
    """SHA-256, in hexadecimal, of the canonical N-Quads of a dataset (RDFC-1.0, section 4.3).

    Quads without blank nodes have no influence on the names of those: they pass by as they are read.

    Raises:
        TooMuchWork: the blank nodes are too many, or too alike.
    """
    held: list[Quad] = []
    if writing.inventory.blank:
        for quads in writing.by_subject():
            held += filter(rdfc.blank, quads)
            if len(held) > MOST:
                raise rdfc.TooMuchWork
    names = rdfc.names(held)
    digest = sha256()
    for line in heapq.merge(_others(writing), sorted(rdfc.line(quad, names) for quad in held)):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _others(writing: Writing) -> Iterator[str]:
    """The lines without blank nodes, sorted."""
    for quads in writing.by_subject():
        yield from sorted(f"{quad} ." for quad in quads if not rdfc.blank(quad))
