"""The columns of a table, and what a table is to those who write it to files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

Cell = Sequence[str]
"""The values of a cell: none, one, or (where the column has a separator) several."""

PLAIN: Final = " | "
"""What stands between the values of a cell that no converter reads."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: for programs: ASCII letters, digits and ``_``; no two columns of a table have the same.
        title: the header, for people; no two columns of a table have the same.
        property: IRI of the property whose values it holds; "" for a column that only helps people.
        link: the values are IRIs of other things.
        datatype: IRI of the datatype of the values, "" for texts.
        language: of the values, "" if they have none.
        separator: what stands between the values of a cell; "" if no cell has several.
        simple: every value has the form that spreadsheets have a type for.
        required: every cell has a value.
    """

    name: str
    title: str
    property: str = ""
    link: bool = False
    datatype: str = ""
    language: str = ""
    separator: str = ""
    simple: bool = False
    required: bool = False


class Table(Protocol):
    """What can be written to files.

    Attributes:
        stem: path of the files below the site's root, without language and ending.
        of: see :class:`~saite.distribution.Distribution`.
        count: how many rows there are.
    """

    @property
    def stem(self) -> str:
        """Where the files lie."""
        ...

    @property
    def of(self) -> str:
        """What the rows are."""
        ...

    @property
    def count(self) -> int:
        """How many there are."""
        ...

    def title(self, language: str) -> str:
        """What the table is called."""
        ...

    def notes(self, language: str) -> list[str]:
        """What readers should know of it."""
        ...

    def columns(self, language: str) -> Sequence[Column]:
        """The columns, with headers for readers of a language."""
        ...

    def rows(self, language: str) -> Iterator[list[Cell]]:
        """The rows: a cell for each column. They are made as they are asked for."""
        ...


def distinct(texts: Sequence[str], joint: str = " ") -> list[str]:
    """The texts, those that came before with a number; without regard to letter case."""
    taken: set[str] = set()
    found = []
    for text in texts:
        number, unique = 1, text
        while unique.casefold() in taken:
            number += 1
            unique = f"{text}{joint}{number}"
        taken.add(unique.casefold())
        found.append(unique)
    return found
