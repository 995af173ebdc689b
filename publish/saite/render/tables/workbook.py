"""XLSX (ISO/IEC 29500), a sheet for each language: for Excel, which does not ask what a CSV file is written in.

Numbers, dates and yes or no are what they are to a spreadsheet; texts are texts, whatever they begin with.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, Final

from saite.language import direction, interface, own_name
from saite.render.tables import cells
from saite.render.tables.columns import Column, Table, distinct
from saite.render.tables.delimited import joined

ROWS: Final = 1_048_576
"""Rows of a sheet, the header among them."""

COLUMNS: Final = 16_384
"""Columns of a sheet."""

TEXT: Final = 32_767
"""Characters of a cell."""

_CHUNK: Final = 1 << 16
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same in every run
_FIRST_DAY: Final = date(1900, 3, 1)  # before it, the calendar of spreadsheets has a day that never was
_EXACT: Final = 15  # digits of a number that a spreadsheet keeps
_NOT_XML: Final = re.compile("[\ufffe\uffff]")
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_WIDTHS: Final = (12, 44)


def written(table: Table, languages: Sequence[str]) -> Iterator[bytes]:
    """A table in all languages, from a temporary file: the parts of the format are packed when all are there."""
    import xlsxwriter

    with TemporaryDirectory(prefix="saite-") as folder, TemporaryFile(dir=folder) as file:
        # what the library puts aside goes with the folder, also when the work is broken off
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"title": table.title(languages[0]), "created": _MADE})
        told = interface(languages[0]).gettext("Notes")
        names = distinct([_NOT_IN_NAMES.sub(" ", name)[:28] for name in (*map(own_name, languages), told)])
        notes = []
        for language, name in zip(languages, names, strict=False):
            notes += _Sheet(book, table, language, name).fill()
        if notes:
            sheet = book.add_worksheet(names[-1])
            sheet.set_column(0, 0, 120)
            for number, note in enumerate(notes):
                sheet.write_string(number, 0, note)
        book.close()
        file.seek(0)
        yield from iter(lambda: file.read(_CHUNK), b"")


class _Sheet:
    """One language of a table."""

    def __init__(self, book: Any, table: Table, language: str, name: str) -> None:
        self._table = table
        self._language = language
        self._columns = table.columns(language)
        self._shown = self._columns[:COLUMNS]
        self._sheet = book.add_worksheet(name)
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._cut = 0

    def fill(self) -> list[str]:
        """Write the sheet; what did not fit."""
        sheet = self._sheet
        if direction(self._language) == "rtl":
            sheet.right_to_left()
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(self._shown):
            sheet.set_column(number, number, _width(column))
            sheet.write_string(0, number, self._short(column.title), self._head)
        put = [self._writer(column) for column in self._shown]
        last = 0
        for last, row in enumerate(islice(self._table.rows(self._language), ROWS - 1), 1):
            for number, (column, cell, write) in enumerate(zip(self._shown, row, put, strict=False)):
                if cell:
                    write(last, number, joined(column, cell))
        sheet.autofilter(0, 0, last, max(0, len(self._shown) - 1))
        return [*self._table.notes(self._language), *self._unfit(last)]

    def _unfit(self, last: int) -> Iterator[str]:
        text = interface(self._language)
        left = self._table.count - last
        if last == ROWS - 1 and left > 0:
            yield text.ngettext(
                "%(n)s more row does not fit into a sheet: the CSV file has all.",
                "%(n)s more rows do not fit into a sheet: the CSV file has all.",
                left,
            ) % {"n": left}
        if left := len(self._columns) - len(self._shown):
            yield text.ngettext(
                "%(n)s more column does not fit into a sheet: the CSV file has all.",
                "%(n)s more columns do not fit into a sheet: the CSV file has all.",
                left,
            ) % {"n": left}
        if self._cut:
            yield text.ngettext(
                "%(n)s text is too long for a cell and is cut: the CSV file has all of it.",
                "%(n)s texts are too long for a cell and are cut: the CSV file has all of them.",
                self._cut,
            ) % {"n": self._cut}

    def _writer(self, column: Column) -> Callable[[int, int, str], None]:
        if not column.separator and column.simple:
            if column.datatype == cells.BOOLEAN:
                return lambda row, place, text: self._sheet.write_boolean(row, place, text in ("true", "1"))
            if column.datatype == cells.DATE:
                return self._date
            if column.datatype:
                return self._number
        return self._text

    def _text(self, row: int, place: int, text: str) -> None:
        self._sheet.write_string(row, place, self._short(text))

    def _number(self, row: int, place: int, text: str) -> None:
        digits = text.lower().partition("e")[0].lstrip("+-0.").replace(".", "")
        if text.lstrip("-") in ("INF", "NaN") or len(digits) > _EXACT or float(text) in (float("inf"), -float("inf")):
            self._text(row, place, text)
        else:
            self._sheet.write_number(row, place, float(text))

    def _date(self, row: int, place: int, text: str) -> None:
        day = date.fromisoformat(text)
        if day < _FIRST_DAY:
            self._text(row, place, text)
        else:
            self._sheet.write_datetime(row, place, day, self._day)

    def _short(self, text: str) -> str:
        text = _NOT_XML.sub("\ufffd", text)
        # a sheet counts in UTF-16
        if len(text) > TEXT // 2 and len(text.encode("utf-16-le")) > 2 * TEXT:
            self._cut += 1
            return text.encode("utf-16-le")[: 2 * (TEXT - 1)].decode("utf-16-le", "ignore") + "…"
        return text


def _width(column: Column) -> int:
    least, most = _WIDTHS
    wide = most if not (column.datatype or column.link) else least
    return max(wide, min(most, len(column.title) + 3))
