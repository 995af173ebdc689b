"""What is told to a client whose query gets no answer: the reason, the place, and what to do about it."""

import json
from collections.abc import Mapping
from typing import Any, Self

from saite.errors import EnvironmentFault, SaiteError, SyntaxFault, told
from saite.serve.sparql.limits import Limits

JSON = "application/problem+json"
"""Media type of a problem for programs (RFC 9457)."""


class Problem(Exception):
    """A request that gets no answer, or an answer that breaks off.

    Args:
        status: HTTP status.
        message: what is wrong, in one sentence.
        cure: what to do about it.
        line: line of the query, from 1.
        column: column in characters, from 1.
        excerpt: that line.
        limit: the name of the limit that was met, as in :class:`Limits`.
        headers: what the response says besides.
    """

    def __init__(
        self,
        status: int,
        message: str,
        cure: str = "",
        *,
        line: int | None = None,
        column: int | None = None,
        excerpt: str | None = None,
        limit: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.cure = cure
        self.line = line
        self.column = column
        self.excerpt = excerpt
        self.limit = limit
        self.headers = dict(headers or {})

    @classmethod
    def of(cls, error: SaiteError) -> Self:
        """A fault of a query as its client sees it: 400 what does not parse, 403 what is refused, 500 the rest."""
        status = 400 if isinstance(error, SyntaxFault) else 500 if isinstance(error, EnvironmentFault) else 403
        if status == 500:  # paths and devices are no client's business
            return cls(500, "the data cannot be read", "Try again later, or tell who runs this endpoint.")
        place = error.place
        return cls(
            status,
            error.message,
            error.cure,
            line=place.line if place else None,
            column=place.column if place else None,
            excerpt=error.excerpt,
        )

    @classmethod
    def read(cls, data: bytes) -> Self:
        """What :meth:`to_wire` wrote."""
        return cls(**json.loads(data))

    def to_wire(self) -> bytes:
        """The problem as JSON, for another process."""
        return json.dumps(
            {
                "status": self.status,
                "message": self.message,
                "cure": self.cure,
                "line": self.line,
                "column": self.column,
                "excerpt": self.excerpt,
                "limit": self.limit,
            }
        ).encode()

    def text(self) -> str:
        """For people, at a terminal: place, message, the line with a caret, and the cure."""
        head = self.message if self.line is None else f"line {self.line}, column {self.column}: {self.message}"
        return told(head, self.excerpt, self.column, self.cure) + "\n"

    def json(self) -> bytes:
        """For programs (RFC 9457)."""
        found: dict[str, Any] = {"status": self.status, "title": self.message}
        found |= {"detail": self.cure} if self.cure else {}
        found |= {"limit": self.limit} if self.limit else {}
        if self.line is not None:
            found |= {"line": self.line, "column": self.column, "excerpt": self.excerpt}
        return json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"


def too_slow(seconds: float) -> Problem:
    """The time is over."""
    return Problem(
        504,
        f"the query took longer than its limit of {seconds:g} seconds",
        "Ask for less: join by shared variables, name properties in place of variables, bound paths such as p+, or add "
        "a LIMIT (one that stands after ORDER BY or GROUP BY spares no work).",
        limit="seconds",
    )


def too_large(limits: Limits) -> Problem:
    """The memory is used up."""
    return Problem(
        507,
        f"the query needed more memory than its limit of {limits.memory // 2**20} MB",
        "Sort, group or join fewer rows: filter first, or ask in parts.",
        limit="memory",
    )


def too_many(limits: Limits) -> Problem:
    """The answer has more rows than an answer may have."""
    return Problem(
        507,
        f"the answer has more than the limit of {limits.rows} rows or triples",
        "Ask in parts with ORDER BY, LIMIT and OFFSET; whoever needs all takes the dump.",
        limit="rows",
    )


def too_late(limits: Limits) -> Problem:
    """The client does not take its answer."""
    return Problem(
        504,
        f"the client did not take the answer within {limits.sending:g} seconds",
        "Ask in parts with ORDER BY, LIMIT and OFFSET.",
        limit="sending",
    )


def too_busy(seconds: int) -> Problem:
    """Too many others ask."""
    return Problem(
        503,
        "too many queries are waiting",
        f"Ask again in {seconds} seconds, and one query at a time.",
        limit="waiting",
        headers={"Retry-After": str(seconds)},
    )


def ended() -> Problem:
    """The process of a query ended, and nobody knows why."""
    return Problem(500, "the query ended its process", "Write it in another way, and tell who runs this endpoint.")
