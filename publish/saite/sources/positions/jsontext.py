"""Where things are in a JSON text: each key and value with its path and offset (RFC 8259), pointers as RFC 6901."""

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)

Path = tuple[str | int, ...]


class Event(NamedTuple):
    """A key or a value.

    Attributes:
        kind: ``key``, ``string``, ``other`` (number, true, false, null), ``{``, ``}``, ``[`` or ``]``.
        value: the text of a key or a string, the token itself otherwise.
        path: keys and indexes from the root to the value (for a key: to its value; for an end: to what ended).
        offset: of its first character.
        end: of the character after its last.
    """

    kind: str
    value: str
    path: Path
    offset: int
    end: int


def events(text: str, start: int = 0) -> Iterator[Event]:
    """The keys and values of one JSON value; stops after it, or where the text is no JSON."""
    stack: list[str | int | None] = []  # the key or index at each level; None: a key is to come
    for found in _TOKEN.finditer(text, start):
        lexeme, offset, end = found.group(), found.start(), found.end()
        if lexeme == ",":
            if stack:
                top = stack[-1]
                stack[-1] = top + 1 if isinstance(top, int) else None
        elif lexeme == ":":
            continue
        elif lexeme in ("}", "]"):
            if stack:
                stack.pop()
            yield Event(lexeme, lexeme, _path(stack), offset, end)
            if not stack:
                return
        elif stack and stack[-1] is None:
            stack[-1] = _text(lexeme)
            yield Event("key", _text(lexeme), _path(stack), offset, end)
        else:
            kind = lexeme if lexeme in ("{", "[") else "string" if lexeme[0] == '"' else "other"
            yield Event(kind, _text(lexeme), _path(stack), offset, end)
            if kind in ("{", "["):
                stack.append(None if kind == "{" else 0)
            elif not stack:
                return


def pointer(path: Path) -> str:
    """A path as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def line_of(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _path(stack: list[str | int | None]) -> Path:
    return tuple(part for part in stack if part is not None)


def _text(token: str) -> str:
    if token[0] != '"':
        return token
    try:
        value = json.loads(token)
    except ValueError:
        return token[1:-1]
    return value if isinstance(value, str) else token
