"""Views on other pages: a block on the front page, or on the page of what the rows are about."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from saite import language as languages
from saite.render.html.edition import Edition
from saite.render.html.table import Table, clean, element
from saite.render.html.values import Text, Values
from saite.render.html.views import drawing
from saite.render.html.views.marks import Marks, rows_of
from saite.render.html.views.picture import WIDTHS, drawer
from saite.site.model import Answer, QueryFile
from saite.terms import Literal, NamedNode, Term

_ROWS: Final = 40
"""Rows that a block shows; the page of the view has all."""


class Dated(NamedTuple):
    """One entry of a list: when, what, what is to be said of it, and what its date or name is marked with."""

    when: str
    name: Text
    note: Text
    mark: Text


class Counted(NamedTuple):
    """One entry of an index, or one number: of what there are how many."""

    name: Text
    number: str


class Block(NamedTuple):
    """A view, ready for a template.

    Attributes:
        id: anchor of its heading.
        kind: the kind of view.
        title: of the view.
        href: its own page.
        more: how many rows only that page has.
        pictures: the picture, in the widths that a page needs.
        groups: of a list: headings, and the entries below each.
        counted: of an index, or of numbers.
        columns, rows: of a table.
    """

    id: str
    kind: str
    title: Text
    href: str
    more: int
    pictures: Sequence[Markup] = ()
    groups: Sequence[tuple[Text, Sequence[Dated]]] = ()
    counted: Sequence[Counted] = ()
    columns: Sequence[Text] = ()
    rows: Sequence[Sequence[Text]] = ()


class Blocks:
    """Makes the blocks of a site's views in one language.

    Args:
        edition: the site in that language.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        views = sorted(edition.site.views, key=lambda view: (view.rank, view.name))
        self._front = [view for view in views if view.show == "front"]
        self._about: dict[tuple[Term, str], list[QueryFile]] = {}
        for view in views:
            if view.value is not None and view.show:
                self._about.setdefault((view.value, view.show), []).append(view)

    def front(self, values: Values) -> list[Block]:
        """The blocks of the front page, in the order of the settings."""
        return [block for view in self._front if (block := self.block(view, values)) is not None]

    def about(self, node: Term, place: str, values: Values) -> list[Block]:
        """The blocks of the page of a node, above or below the facts."""
        views = self._about.get((node, place))
        if views is None:
            return []
        return [block for view in views if (block := self.block(view, values)) is not None]

    def block(self, view: QueryFile, values: Values) -> Block | None:
        """A view as a block; None if it has no rows."""
        edition, table = self._edition, values.table
        answer = view.answers.get(edition.language)
        if answer is None or not answer.rows:
            return None
        config = edition.site.config
        title = languages.choose(view.headings or view.titles, edition.language, config.languages) or (view.name, "")
        about = languages.choose(view.descriptions, edition.language, config.languages)
        name = (view.of or view.name).replace("/", "-")
        block = Block(
            id=f"view-{name}",
            kind=view.view,
            title=table.wrap(clean(title[0]), title[1]),
            href=table.href(view.document),
            more=max(0, len(answer.rows) - _ROWS),
        )
        marks = Marks(edition, table)
        match view.view:
            case "list":
                return block._replace(groups=self._groups(answer, marks, values))
            case "index" | "numbers":
                return block._replace(counted=self._counted(answer, values))
            case "table":
                return self._grid(block, view, answer, values)
        draw, _, _ = drawer(view.view, answer, marks, edition)
        if draw is None:
            return self._grid(block, view, answer, values)
        pictures = [
            drawing.element(draw(room, inline=True), f"{name}-{room}", title[0], about[0] if about else "", style)
            for style, room in WIDTHS.items()
        ]
        return block._replace(pictures=pictures, more=0)

    def _groups(self, answer: Answer, marks: Marks, values: Values) -> list[tuple[Text, list[Dated]]]:
        """The rows of a list, under headings in the order in which these come."""
        found: dict[Term | None, list[Dated]] = {}
        for cells in list(rows_of(answer))[:_ROWS]:
            item = cells["item"]
            if item is None:
                continue
            when = marks.when(cells.get("start"), cells.get("end"))
            note, mark = cells.get("note"), cells.get("mark")
            entry = Dated(
                when,
                values.term(item),
                values.term(note) if note is not None else "",
                values.table.name(mark) if mark is not None else "",
            )
            found.setdefault(cells.get("group"), []).append(entry)
        return [(self._heading(group, values), entries) for group, entries in found.items()]

    def _heading(self, group: Term | None, values: Values) -> Text:
        """What a group of entries is called: of a class, what several of its things are."""
        if group is None:
            return ""
        if isinstance(group, NamedNode) and group.value in self._edition.site.config.plurals:
            return values.table.wrap(*self._edition.several(group))
        return values.term(group)

    def _counted(self, answer: Answer, values: Values) -> list[Counted]:
        rows = (self._cells(cells) for cells in list(rows_of(answer))[:_ROWS])
        return [
            Counted(self._named(term, values), self._edition.number(number.value) if number is not None else "")
            for term, number in rows
            if term is not None
        ]

    def _named(self, term: Term, values: Values) -> Text:
        """What has a number: the things of a class by what several of them are called, with a link to their list."""
        listing = self._edition.listing(term) if isinstance(term, NamedNode) else None
        if listing is None or listing.kind != "class":
            return values.term(term)
        name, tag = self._edition.several(listing.node)
        table = values.table
        return element("a", f' href="{table.href(listing.document)}"{table.lang(tag)}', clean(name))

    @staticmethod
    def _cells(cells: Mapping[str, Term | None]) -> tuple[Term | None, Literal | None]:
        """What an entry is called, and its number."""
        term, number = (cells["item"], cells["count"]) if "item" in cells else (cells["label"], cells["value"])
        return term, number if isinstance(number, Literal) else None

    def _grid(self, block: Block, view: QueryFile, answer: Answer, values: Values) -> Block:
        columns = [self.column(view, name, values.table) for name in answer.variables]
        rows = [[values.term(term) if term is not None else "" for term in row] for row in answer.rows[:_ROWS]]
        return block._replace(columns=columns, rows=rows)

    def column(self, view: QueryFile, name: str, table: Table) -> Text:
        """What readers call a column."""
        edition = self._edition
        found = languages.choose(view.columns.get(name, {}), edition.language, edition.site.config.languages)
        return table.wrap(*found) if found else name
