"""Every way in which Saite tells a user that something is wrong.

::

    SaiteError                 has a message, a place and a cure; never shown as a traceback
    |-- DataError              exit 1: what the user wrote is at fault
    |   |-- SyntaxFault        a file that does not parse: file, line, column, the line itself
    |   `-- CheckFailed        the data has findings at or above the limit
    |-- UsageError             exit 2: asked wrongly
    |   `-- ConfigError        saite.toml has an unknown key or a wrong value
    `-- EnvironmentFault       exit 2: the environment refuses (disk full, no permission, store out of reach, locked)

Anything else that reaches the command line is our fault: exit 3, with what to report.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is.

    Attributes:
        file: path as the user would write it (relative to the site folder where possible).
        line: 1-based line number, or None if the place is the whole file.
        column: 1-based column in characters, or None.
        pointer: a JSON pointer (RFC 6901) for JSON-LD, where lines mean little.
    """

    file: str
    line: int | None = None
    column: int | None = None
    pointer: str | None = None

    def __str__(self) -> str:
        """``file:line:column``, as compilers write it and editors understand it."""
        parts = [self.file]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        text = ":".join(parts)
        return f"{text}#{self.pointer}" if self.pointer else text


class SaiteError(Exception):
    """A fault that a user can mend.

    Args:
        message: what is wrong, in one sentence.
        place: where it is, if it is anywhere.
        cure: what to do about it, in the imperative.
        excerpt: the offending line of the file, without its line end; the part around the column of a long one.
        caret: 1-based column in the excerpt to point at; None: the column of the place.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        place: Place | None = None,
        cure: str = "",
        excerpt: str | None = None,
        caret: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.cure = cure
        self.excerpt = excerpt
        self.caret = caret if caret is not None or place is None else place.column

    def __str__(self) -> str:
        """Place, message, the line itself with a caret under the column, and the cure."""
        head = f"{self.place}: {self.message}" if self.place else self.message
        return told(head, self.excerpt, self.caret, self.cure)


def told(head: str, excerpt: str | None, caret: int | None, cure: str) -> str:
    """A fault for people at a terminal: its head, the line itself with a caret under a column, and the cure."""
    lines = [head]
    if excerpt is not None:
        lines.append(f"    {excerpt}")
        if caret is not None:
            pad = "".join("\t" if c == "\t" else " " for c in excerpt[: caret - 1])
            lines.append(f"    {pad}^")
    if cure:
        lines.append(f"  -> {cure}")
    return "\n".join(lines)


class DataError(SaiteError):
    """What the user wrote is at fault."""

    exit_code = 1


class SyntaxFault(DataError):
    """A file that does not parse."""


class CheckFailed(DataError):
    """The data has findings at or above the limit that was asked for."""


class UsageError(SaiteError):
    """Asked wrongly."""


class ConfigError(UsageError):
    """``saite.toml`` has an unknown key or a wrong value."""


class EnvironmentFault(SaiteError):
    """The environment refuses: disk full, no permission, store out of reach, another build at work."""
