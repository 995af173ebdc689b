"""The tables among the downloads: of each class and of each query, in all forms and languages, with their sizes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from saite import language as languages
from saite.distribution import Distribution
from saite.fields import CSV_METADATA
from saite.render.html.edition import Edition
from saite.render.html.listings import preference
from saite.render.html.queries import titled
from saite.render.html.table import Table
from saite.render.table_names import class_stem, query_stem
from saite.site.model import QueryFile


@dataclass(frozen=True, slots=True)
class File:
    """One file to take away.

    Attributes:
        href: where it is.
        name: what it is called, short.
        full: what it is called in full, for who hears it without its column.
        size: how large it is, in words.
    """

    href: str
    name: str
    full: str
    size: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One table.

    Attributes:
        name: what it holds.
        href: the page that shows the same.
        count: how many rows it has.
        cells: the files, a list for each column.
    """

    name: Markup
    href: str
    count: str
    cells: tuple[tuple[File, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Tables of one sort.

    Attributes:
        key: for the address of the heading.
        name: the heading.
        columns: headings of a row's cells.
        rows: the tables.
    """

    key: str
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class TableRows:
    """Makes the lists of tables in one language.

    Args:
        edition: the site in that language.
        distributions: all that has been made, by path.
        size: writes sizes in words.
    """

    def __init__(self, edition: Edition, distributions: Mapping[str, Distribution], size: Callable[[int], str]) -> None:
        self._edition = edition
        self._size = size
        self._made = {one.path: one for one in distributions.values() if one.of}

    def groups(self, document: str) -> list[Group]:
        """The tables of classes, in the order of the index, and those of queries."""
        edition = self._edition
        site = edition.site
        table = edition.table(document)
        classes: list[Row] = []
        listings = (one for one in site.listings if one.kind == "class" and len(one.members))
        for listing in sorted(listings, key=lambda one: preference(one, site)):
            files = self._cells(class_stem(listing), table)
            count = edition.number(len(listing.members))
            classes.append(Row(table.name(listing.node), table.href(listing.document), count, files))
        queries = [self._answered(query, table) for query in site.queries]
        views = [self._answered(view, table) for view in site.views if not view.of]
        gettext = edition.gettext
        groups = [
            _group("kinds", gettext("By kind"), self._columns(), classes),
            _group("queries", gettext("Queries"), self._columns(), queries),
            _group("views", gettext("Views"), self._columns(), views),
        ]
        return [group for group in groups if group.rows]

    def _answered(self, query: QueryFile, table: Table) -> Row:
        """The files of what a query answers."""
        edition = self._edition
        answer = query.answers.get(edition.language)
        count = edition.number(len(answer.rows)) if answer is not None else ""
        files = self._cells(query_stem(query), table)
        return Row(table.wrap(*titled(query, edition)), table.href(query.document), count, files)

    def _columns(self) -> tuple[str, ...]:
        gettext = self._edition.gettext
        return ("Excel", "CSV", gettext("CSV of several links"), gettext("Metadata (CSVW)"), "Parquet")

    def _cells(self, stem: str, table: Table) -> tuple[tuple[File, ...], ...]:
        """The files of a table, a list for each column; in each, that of the page's language first."""
        languages_ = self._edition.site.config.languages
        tags = sorted(languages_, key=lambda tag: tag != self._edition.language)
        csv = [f"{stem}.{tag}.csv" for tag in tags]
        found = (
            [(f"{stem}.xlsx", "XLSX")],
            zip(csv, tags, strict=True),
            ((f"{stem}.links.{tag}.csv", tag) for tag in tags),
            ((path, tag) for path, tag in zip(csv, tags, strict=True) if path in self._made),
            ((f"{stem}.{tag}.parquet", tag) for tag in tags),
        )
        return tuple(
            tuple(
                self._file(self._made[path], name, table, meaning=number == _MEANING)
                for path, name in cell
                if path in self._made
            )
            for number, cell in enumerate(found)
        )

    def _file(self, one: Distribution, name: str, table: Table, *, meaning: bool) -> File:
        full = languages.language_name(name, self._edition.interface.language) if one.language else ""
        if meaning:
            return File(table.file(one.path + CSV_METADATA), name, full)
        return File(table.file(one.path), name, full, self._size(one.size))


_MEANING: Final = 3  # the column of the metadata


def _group(key: str, name: str, columns: Sequence[str], rows: Iterable[Row]) -> Group:
    """A group without rows that have no files, and without columns that no row has."""
    filled = [row for row in rows if any(row.cells)]
    shown = [number for number in range(len(columns)) if any(row.cells[number] for row in filled)]
    kept = (Row(row.name, row.href, row.count, tuple(row.cells[number] for number in shown)) for row in filled)
    return Group(key, name, tuple(columns[number] for number in shown), tuple(kept))
