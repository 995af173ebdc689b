"""How much one query may take, and how many may run."""

import os
from dataclasses import dataclass, field


def _processes() -> int:
    return max(2, min(8, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take before it is ended, and what an endpoint takes on.

    Attributes:
        seconds: from the first step of a query to the last one of its answer; a request may lower it.
        memory: bytes that a query may take beyond what its process holds at rest.
        rows: rows or triples of an answer.
        text: bytes of a query.
        processes: queries that run at once. A client address may take all but one of them.
        waiting: queries that may wait.
        receiving: seconds in which a client must have sent its query.
        sending: seconds in which a client must have taken its answer.
        patience: seconds that a query waits for its turn at most.
        cache: bytes of answers that are kept.
    """

    seconds: float = 10.0
    memory: int = 512 * 2**20
    rows: int = 100_000
    text: int = 2**20
    processes: int = field(default_factory=_processes)
    waiting: int = 64
    receiving: float = 30.0
    sending: float = 120.0
    patience: float = 20.0
    cache: int = 32 * 2**20
