"""CSV (RFC 4180): UTF-8 without a byte order mark, lines that end in CR LF, a header."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from saite.render.tables.cells import guarded
from saite.render.tables.columns import PLAIN, Cell, Column, Table

_PIECE: Final = 512
"""Rows that are written together."""

_QUOTED: Final = re.compile(r'[",;\t\r\n]|^[\s#]|\s$')
"""What stands in quotation marks, though RFC 4180 asks for less: some programs split at semicolons and tabulators, trim
spaces, and take a line that begins with # for a comment."""


def written(table: Table, language: str) -> Iterator[bytes]:
    """A table, some hundred rows at a time."""
    columns = table.columns(language)
    lines = [line([column.title for column in columns])]
    for row in table.rows(language):
        lines.append(line(_texts(columns, row)))
        if len(lines) == _PIECE:
            yield "".join(lines).encode()
            lines = []
    if lines:
        yield "".join(lines).encode()


def _texts(columns: Sequence[Column], row: Iterable[Cell]) -> Iterator[str]:
    for column, cell in zip(columns, row, strict=True):
        text = joined(column, cell)
        yield text if column.property or not text else guarded(text)


def joined(column: Column, cell: Cell) -> str:
    """The text of a cell."""
    return cell[0] if len(cell) == 1 else (column.separator or PLAIN).join(cell)


def line(texts: Iterable[str]) -> str:
    """A line of CSV."""
    return ",".join(map(_field, texts)) + "\r\n"


def _field(text: str) -> str:
    if not _QUOTED.search(text):
        return text
    return '"' + text.replace('"', '""') + '"'
