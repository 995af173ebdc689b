"""What can be made side by side: the joint between who makes a site's files and who writes them."""

from collections.abc import Iterable
from typing import Any, Protocol

from saite.artifact import Artifact


class Work(Protocol):
    """The files of a site in pieces, numbered from 0 in the order in which one process would make them.

    Attributes:
        notes: what making a piece tells to those that :meth:`take` gives later; the one thing that is brought from
            the process that made the piece to the one that makes another.
    """

    notes: dict[str, Any]

    def take(self) -> int | None:
        """A piece that may be made now; None: there is none until others are done, or none any more."""
        ...

    def make(self, piece: int) -> Iterable[Artifact]:
        """The files of a piece."""
        ...

    def done(self, piece: int) -> int:
        """Learn that a piece is made and written; what it counts for (its resources)."""
        ...
