"""Parquet, for programs of statistics: typed columns, lists where a cell has several values, names without spaces.

The package pyarrow, which writes it, is an extra: ``saite[parquet]``.
"""

from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from itertools import islice
from typing import Any, Final

from saite.config import FILE_NAME
from saite.errors import EnvironmentFault, Place
from saite.render.tables import cells
from saite.render.tables.columns import Column, Table

_GROUP: Final = 10_000
"""Rows that are held and written together."""


def check() -> None:
    """Find out whether Parquet can be written.

    Raises:
        EnvironmentFault: pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise EnvironmentFault(
            "tables are to be written as Parquet, and pyarrow is not installed",
            place=Place(FILE_NAME),
            cure="Install it: pip install 'saite[parquet]' ; or leave \"parquet\" out of tables.",
        )


def written(table: Table, language: str) -> Iterator[bytes]:
    """A table in one language, a group of rows at a time."""
    import pyarrow as arrow
    from pyarrow import parquet

    columns = table.columns(language)
    makers = [_maker(column) for column in columns]
    schema = arrow.schema(
        [arrow.field(column.name, _type(arrow, column), metadata=_said(column)) for column in columns],
        metadata={"title": table.title(language), "language": language},
    )
    sink = _Sink()
    with parquet.ParquetWriter(arrow.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        rows = table.rows(language)
        while group := list(islice(rows, _GROUP)):
            arrays = [
                arrow.array([make(row[number]) for row in group], schema.field(number).type)
                for number, make in enumerate(makers)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()


def _said(column: Column) -> dict[str, str]:
    """What a column means, beside its values."""
    said = {"title": column.title, "property": column.property, "datatype": column.datatype, "lang": column.language}
    return {key: value for key, value in said.items() if value}


def _kind(column: Column) -> str:
    if not column.simple:
        return ""
    if column.datatype in cells.INTEGERS:
        return "int64"
    if column.datatype in cells.FRACTIONS:
        return "float64"
    return {cells.BOOLEAN: "bool_", cells.DATE: "date32", cells.YEAR: "int32"}.get(column.datatype, "")


def _type(arrow: Any, column: Column) -> Any:
    one = getattr(arrow, _kind(column) or "string")()
    return arrow.list_(one) if column.separator else one


def _maker(column: Column) -> Callable[[Any], Any]:
    makers: dict[str, Callable[[str], object]] = {
        "int64": int,
        "int32": int,
        "float64": lambda text: float(text.replace("INF", "inf")),
        "bool_": lambda text: text in ("true", "1"),
        "date32": date.fromisoformat,
    }
    make = makers.get(_kind(column), str)
    if column.separator:
        return lambda cell: [make(text) for text in cell]
    return lambda cell: make(cell[0]) if cell else None


class _Sink:
    """What a writer has written and nobody has taken yet."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do: what is written is still to be taken."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
