"""The tables among the downloads: of each class and of each query, in all forms and languages, with their sizes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from saite import language as languages
from saite.distribution import Distribution
from saite.render.html.edition import Edition
from saite.render.html.listings import preference
from saite.render.html.queries import DOCUMENT, titled
from saite.render.html.table import Table
from saite.render.table_names import CSV, METADATA, PARQUET, XLSX, class_stem, query_stem


@dataclass(frozen=True, slots=True)
class File:
    """One file to take away.

    Attributes:
        href: where it is.
        name: what it is called, short.
        lang: attributes that tell the language of the name.
        size: how large it is, in words.
        meaning: where its metadata are, "" if it has none.
    """

    href: str
    name: str
    lang: Markup
    size: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One table.

    Attributes:
        name: what it holds.
        href: the page that shows the same.
        count: how many rows it has.
        cells: the files, a list for each form.
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
        forms: names of the forms, one for each of a row's cells.
        rows: the tables.
    """

    key: str
    name: str
    forms: tuple[str, ...]
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
        media_types = {one.media_type for one in self._made.values()}
        self._forms = tuple(
            (media_type, name)
            for media_type, name in ((XLSX, "Excel (XLSX)"), (CSV, "CSV"), (PARQUET, "Parquet"))
            if media_type in media_types
        )

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
        queries: list[Row] = []
        for query in site.queries:
            answer = query.answers.get(edition.language)
            name = table.wrap(*titled(query, edition))
            files = self._cells(query_stem(query), table)
            count = edition.number(len(answer.rows)) if answer is not None else ""
            queries.append(Row(name, table.href(f"{DOCUMENT}/{query.name}"), count, files))
        forms = tuple(name for _, name in self._forms)
        gettext = edition.gettext
        groups = (("kinds", gettext("By kind"), classes), ("queries", gettext("Queries"), queries))
        found = ((key, name, tuple(row for row in rows if any(row.cells))) for key, name, rows in groups)
        return [Group(key, name, forms, rows) for key, name, rows in found if rows]

    def _cells(self, stem: str, table: Table) -> tuple[tuple[File, ...], ...]:
        return tuple(tuple(self._files(stem, media_type, table)) for media_type, _ in self._forms)

    def _files(self, stem: str, media_type: str, table: Table) -> Iterable[File]:
        """The files of a table, that of the page's language first."""
        edition = self._edition
        if media_type == XLSX:
            one = self._made.get(f"{stem}.xlsx")
            if one is not None:
                yield File(table.file(one.path), "XLSX", Markup(""), self._size(one.size))
            return
        ending = "csv" if media_type == CSV else "parquet"
        tags = sorted(edition.site.config.languages, key=lambda tag: tag != edition.language)
        for part in ("", ".links"):
            for tag in tags:
                one = self._made.get(f"{stem}{part}.{tag}.{ending}")
                if one is None:
                    continue
                name = languages.own_name(tag)
                if part:
                    name = edition.gettext("%(name)s: links") % {"name": name}
                meaning = table.file(f"{one.path}{METADATA}") if media_type == CSV else ""
                lang = table.lang(tag) if not part else Markup("")
                yield File(table.file(one.path), name, lang, self._size(one.size), meaning)
