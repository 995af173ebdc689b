"""The pages of views: the picture, its rows as a table, the query, files to take away, and how to embed it."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from markupsafe import Markup

from saite import language as languages
from saite.artifact import Artifact
from saite.iri import quoted
from saite.render.html import vendor
from saite.render.html.edition import Edition, Entry, Sheet
from saite.render.html.queries import SPARQL, counted, highlighted, titled
from saite.render.html.table import Table, clean
from saite.render.html.values import Text, Values
from saite.render.html.views import drawing, outlines
from saite.render.html.views.blocks import Blocks
from saite.render.html.views.drawing import WIDE, Drawing
from saite.render.html.views.marks import Marks
from saite.render.html.views.pen import wrapped
from saite.render.html.views.picture import DRAWN, WIDTHS, Drawer, drawer
from saite.render.table_names import of_query
from saite.site.model import Answer, QueryFile
from saite.store.queryfile import VIEWS

DOCUMENT: Final = "views"
"""The document of the index of views."""

SVG: Final = "image/svg+xml"
"""Media type of pictures (SVG 2, appendix on its registration)."""

_ROWS: Final = 300  # a page shows this many rows


class _Picture(NamedTuple):
    """What draws a view, what the picture is called, and what can be seen on it."""

    draw: Drawer
    title: str
    about: str
    undrawn: int
    left_out: int


class ViewPages:
    """Makes the pages of views in one language."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._views = edition.site.views
        self._blocks = Blocks(edition)

    def documents(self) -> Iterator[str]:
        """The documents of the pages; none without views."""
        if self._views:
            yield DOCUMENT
        for view in self._views:
            yield view.document

    def pages(self) -> Iterator[Artifact]:
        """The index, a page for each view, and the pictures as files."""
        for _, make in self._sheets():
            yield from make()
        yield from self._pictures()

    def promises(self) -> Iterator[Artifact]:
        """The same, each page to be made when it is asked for."""
        for document, make in self._sheets():
            yield from self._edition.promised(document, make)
        yield from self._pictures()

    def _sheets(self) -> Iterator[Sheet]:
        if self._views:
            yield DOCUMENT, self._index
        for view in self._views:
            yield view.document, partial(self._group if view.each else self._page, view)

    def _pictures(self) -> Iterator[Artifact]:
        language = self._edition.language
        for view in self._views:
            if view.view in DRAWN and not view.each and self._answer(view).rows:
                yield Artifact(_svg(view, language), SVG, partial(self._file, view), language=language)

    def _index(self) -> tuple[Artifact, ...]:
        edition = self._edition
        title = edition.gettext("Views")
        return edition.page(
            "views.html",
            DOCUMENT,
            title,
            kind="CollectionPage",
            entry=DOCUMENT,
            title=title,
            about=edition.gettext(
                "The data as pictures. Each is drawn from what a query answers, and has its rows as a table, "
                "its query, and files to take away."
            ),
            entries=[self._entry(view, DOCUMENT) for view in self._views if not view.of],
            trail=edition.trail(DOCUMENT),
        )

    def _group(self, view: QueryFile) -> tuple[Artifact, ...]:
        """The index of the pages into which a view falls, by their titles."""
        edition = self._edition
        document = view.document
        title, _ = self._title(view)
        members = sorted(
            (one for one in self._views if one.of == view.name),
            key=lambda one: (languages.sort_key(self._title(one)[0], edition.language), one.name),
        )
        return edition.page(
            "views.html",
            document,
            title,
            kind="CollectionPage",
            summary=self._about(view),
            entry=DOCUMENT,
            title=self._titled(view, document),
            about=self._described(view, document),
            entries=[self._entry(one, document) for one in members],
            trail=edition.trail(document, through=Entry(DOCUMENT, edition.gettext("Views"))),
        )

    def _entry(self, view: QueryFile, document: str) -> tuple[Text, str, Text, str]:
        """A view in an index: title, address, description, and what kind of picture it is."""
        edition = self._edition
        href = edition.table(document).href(view.document)
        about = "" if view.of else self._described(view, document)
        if view.each:
            count = sum(one.of == view.name for one in self._views)
            said = edition.ngettext("%(n)s page", "%(n)s pages", count)
        elif view.of:
            count = len(self._answer(view).rows)
            said = edition.ngettext("%(n)s row", "%(n)s rows", count)
        else:
            said = self._kinds()[view.view]
        return self._titled(view, document), href, about, said

    def _page(self, view: QueryFile) -> tuple[Artifact, ...]:
        edition = self._edition
        document = view.document
        values = Values(edition, document)
        table = values.table
        text, tag = self._title(view)
        answer = self._answer(view)
        picture = self._picture(view, table)
        rows = [[values.term(term) if term is not None else "" for term in row] for row in answer.rows[:_ROWS]]
        parent = next((one for one in self._views if one.name == view.of), None)
        through = Entry(DOCUMENT, edition.gettext("Views"))
        if parent is not None:
            through = Entry(parent.document, self._title(parent)[0])
        return edition.page(
            "view.html",
            document,
            text,
            summary=f"{text}. {self._about(view)}" if view.of else self._about(view),
            entry=DOCUMENT,
            title=text,
            lang=table.lang(tag),
            about=self._described(view, document),
            topic=table.link(view.value) if view.value is not None else "",
            pictures=self._elements(picture, view.view) if picture else [],
            notes=self._notes(view, picture, answer) if picture else [],
            credit=self._credit(view) if picture else "",
            notices=table.file(vendor.NOTICES),
            block=self._blocks.block(view, values) if view.view in ("list", "index", "numbers") else None,
            columns=[self._blocks.column(view, name, table) for name in answer.variables],
            rows=rows,
            count=counted(answer, len(rows), edition),
            tables=[(name, table.file(path)) for name, path in of_query(view, edition.language, edition.site.config)],
            svg=table.file(_svg(view, edition.language)) if picture else "",
            text=highlighted(view.text),
            file=table.file(f"{DOCUMENT}/{view.of or view.name}.rq"),
            embed=self._embed(view, picture) if picture else "",
            trail=edition.trail(document, through=through),
        )

    def _picture(self, view: QueryFile, table: Table) -> _Picture | None:
        edition = self._edition
        answer = self._answer(view)
        draw, left_out, undrawn = drawer(view.view, answer, Marks(edition, table), edition)
        if draw is None:
            return None
        shown = edition.ngettext("%(n)s row", "%(n)s rows", len(answer.rows))
        about = f"{self._kinds()[view.view]}: {shown}."
        more = self._about(view)
        return _Picture(draw, self._title(view)[0], f"{more} {about}".strip(), undrawn, left_out)

    def _elements(self, picture: _Picture, kind: str) -> list[Markup]:
        return [
            drawing.element(picture.draw(room, inline=True), f"picture-{room}", picture.title, picture.about, style)
            for style, room in WIDTHS.items()
        ]

    def _notes(self, view: QueryFile, picture: _Picture, answer: Answer) -> list[str]:
        """What shades mean, and what the picture does not show."""
        edition = self._edition
        notes: list[str] = []
        if view.view == "map" and {"code", "size"} <= set(answer.variables) and outlines.known():
            notes.append(edition.gettext("Countries: the stronger the colour, the greater the number."))
        if picture.left_out or answer.truncated:
            notes.append(edition.gettext("There is more than the picture has room for; the table and the files go on."))
        if picture.undrawn:
            notes.append(
                edition.ngettext(
                    "%(n)s row has nothing that could be drawn, and stands in the table only.",
                    "%(n)s rows have nothing that could be drawn, and stand in the table only.",
                    picture.undrawn,
                )
            )
        return notes

    def _credit(self, view: QueryFile) -> str:
        """Whose the outlines on a map are."""
        return outlines.CREDIT if view.view == "map" and outlines.known() else ""

    def _file(self, view: QueryFile) -> Iterator[bytes]:
        """The picture as a file; of an answer that cannot be drawn, its title alone."""
        edition = self._edition
        document = view.document
        picture = self._picture(view, edition.table(document))
        title = self._title(view)[0]
        drawn = picture.draw(WIDE, inline=False) if picture else Drawing(WIDE, 0, "", 0)
        heading = wrapped(title, WIDE, 3, 20)
        source = edition.address(document) or edition.title
        if credit := self._credit(view):
            source = f"{source} · {credit}"
        about = picture.about if picture else title
        yield drawing.file(drawn, title, about, edition.interface.language, heading, source)

    def _embed(self, view: QueryFile, picture: _Picture) -> str:
        """HTML that shows the picture elsewhere; "" where nobody knows where it is served."""
        edition = self._edition
        if not edition.root:
            return ""
        address = f"{edition.root}{quoted(_svg(view, edition.language))}"
        image = f'<img src="{address}" alt="{Markup.escape(picture.title)}" style="max-width: 100%; height: auto">'
        return f'<a href="{edition.address(view.document)}">{image}</a>'

    def _answer(self, view: QueryFile) -> Answer:
        return view.answers.get(self._edition.language) or Answer((), ())

    def _chosen(self, texts: Mapping[str, str]) -> tuple[str, str] | None:
        return languages.choose(texts, self._edition.language, self._edition.site.config.languages)

    def _title(self, view: QueryFile) -> tuple[str, str]:
        """A view's title with its language: it may have a label of the data in it."""
        text, tag = titled(view, self._edition)
        return clean(text), tag

    def _about(self, view: QueryFile) -> str:
        found = self._chosen(view.descriptions)
        return clean(found[0]) if found else ""

    def _described(self, view: QueryFile, document: str) -> Text:
        found = self._chosen(view.descriptions)
        return self._edition.table(document).wrap(*found) if found else ""

    def _titled(self, view: QueryFile, document: str) -> Text:
        return self._edition.table(document).wrap(*self._title(view))

    def _kinds(self) -> dict[str, str]:
        """What the kinds of pictures are called."""
        gettext = self._edition.gettext
        names = (gettext("Timeline"), gettext("Network"), gettext("Chart"), gettext("Map"), gettext("Table"))
        more = (gettext("List"), gettext("Index"), gettext("Numbers"))
        return dict(zip(VIEWS, (*names, *more), strict=True))


def view_files(views: tuple[QueryFile, ...]) -> Iterator[Artifact]:
    """The queries of views, to take away."""
    for view in views:
        if not view.of:
            path = f"{view.document}.rq"
            yield Artifact(path, f"{SPARQL}; charset=utf-8", view.text.encode(), document=view.document)


def _svg(view: QueryFile, language: str) -> str:
    return f"{view.document}.{language}.svg"
