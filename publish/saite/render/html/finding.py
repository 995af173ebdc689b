"""Search: the page on which readers find things, and the list of all things for those who would rather look.

The page is a form whose answers a script of ours finds in the index (:mod:`saite.render.search`); without scripts it
leads to the lists. The header of every page has a form that leads to it.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby
from typing import Final

import orjson

from saite import language as languages
from saite.artifact import Artifact
from saite.language import first_letter
from saite.render.facets import PAGE
from saite.render.html.edition import Edition, Entry, Sheet
from saite.render.html.listings import ListingPages, ways_in
from saite.render.html.pager import make_pager
from saite.render.naming import gone
from saite.render.pieces import Part, Placed
from saite.render.search import FOLDER
from saite.terms import NamedNode

DOCUMENT: Final = "search"
"""The document of the page."""

ALL: Final = "search/all"
"""The document of the list of everything."""

_WAYS: Final = 12
_LETTERS: Final = 80  # more letters than that are no way in
_SAMPLES: Final = 100  # numbers among which those for all plural forms of a language are


class FindingPages:
    """Makes the page and the list in one language, if the site is to be searched."""

    def __init__(self, edition: Edition, listings: ListingPages) -> None:
        self._edition = edition
        self._listings = listings
        self._wanted = "search" in edition.site.config.formats

    def parts(self) -> list[Part]:
        """The page, and the list."""
        if not self._wanted:
            return []
        return [Placed(self._page, (DOCUMENT,)), Placed(self._list, (ALL,), self._promised)]

    def documents(self) -> Iterator[str]:
        """Their documents."""
        if self._wanted:
            yield DOCUMENT
            yield from (_sheet(number) for number in range(1, self._total + 1))

    def _page(self) -> tuple[Artifact, ...]:
        edition = self._edition
        table = edition.table(DOCUMENT)
        title = edition.gettext("Search")
        return edition.page(
            "search.html",
            DOCUMENT,
            title,
            entry=DOCUMENT,
            title=title,
            action=table.href(DOCUMENT),
            index=table.file(FOLDER),
            texts=self._texts(),
            all=table.href(ALL),
            count=edition.ngettext("%(n)s entry", "%(n)s entries", len(self._nodes)),
            ways=self._listings.rows(ways_in(edition.site)[:_WAYS], DOCUMENT),
            trail=edition.trail(DOCUMENT),
        )

    def _texts(self) -> str:
        """What the script says, as JSON; counted texts by the plural forms of the language (CLDR)."""
        from babel import Locale

        gettext, ngettext = self._edition.gettext, self._edition.interface.ngettext
        plural = Locale.parse(self._edition.interface.language, sep="-").plural_form
        found: dict[str, str] = {}
        for number in range(_SAMPLES):
            found.setdefault(plural(number), ngettext("%(n)s result", "%(n)s results", number))
        config = self._edition.site.config
        tags = dict.fromkeys((*config.languages, *config.label_languages))
        nothing = gettext("Nothing was found for “%(text)s”.")
        advice = gettext("Try fewer words, or another form of the name; or look through the lists below.")
        texts = {
            "language": self._edition.language,
            "spoken": self._edition.interface.language,
            "ending": self._edition.ending,
            "results": found,
            "nothing": f"{nothing} {advice}",
            "every": gettext("All kinds"),
            "other": gettext("Other kinds"),
            "kinds": gettext("More kinds"),
            "also": gettext("Also called:"),
            "address": gettext("In the address:"),
            "failed": gettext("The search cannot be loaded now. The lists below lead to everything."),
            "tongues": {tag: languages.language_name(tag, self._edition.interface.language) for tag in tags},
        }
        return orjson.dumps(texts).decode()

    @cached_property
    def _nodes(self) -> Sequence[NamedNode]:
        site = self._edition.site
        removed = gone(site)
        return [node for node in site.pages if node not in removed]

    @property
    def _total(self) -> int:
        return max(1, -(-len(self._nodes) // PAGE))

    def _list(self) -> Iterator[Artifact]:
        for _, make in self._sheets():
            yield from make()

    def _promised(self) -> Iterator[Artifact]:
        for document, make in self._sheets():
            yield from self._edition.promised(document, make)

    def _sheets(self) -> Iterator[Sheet]:
        edition = self._edition
        ordered = sorted(self._nodes, key=edition.key)
        table = edition.table(ALL)
        letters: dict[str, str] = {}
        for place, node in enumerate(ordered):
            letter = self._letter(node)
            if letter not in letters:
                letters[letter] = table.href(_sheet(place // PAGE + 1), f"letter-{len(letters) + 1}")
        shown = list(letters.items()) if 1 < len(letters) <= _LETTERS else []
        anchors = {letter: number for number, letter in enumerate(letters, 1)}
        for number in range(1, self._total + 1):
            part = ordered[(number - 1) * PAGE : number * PAGE]
            yield _sheet(number), partial(self._sheet, part, number, shown, anchors)

    def _letter(self, node: NamedNode) -> str:
        edition = self._edition
        return first_letter(edition.key(node)[0][:2], edition.language)

    def _sheet(
        self, part: Sequence[NamedNode], number: int, letters: list[tuple[str, str]], anchors: dict[str, int]
    ) -> tuple[Artifact, ...]:
        edition = self._edition
        table = edition.table(ALL)
        name = title = edition.gettext("Everything from A to Z")
        if self._total > 1:
            title = edition.gettext("%(name)s, page %(n)s of %(total)s") % {
                "name": name,
                "n": edition.number(number),
                "total": edition.number(self._total),
            }
        groups = [
            (anchors[letter], letter, list(map(table.link, nodes))) for letter, nodes in groupby(part, self._letter)
        ]
        return edition.page(
            "all.html",
            _sheet(number),
            title,
            kind="CollectionPage",
            title=name,
            count=edition.ngettext("%(n)s entry", "%(n)s entries", len(self._nodes)),
            letters=letters,
            groups=groups,
            pager=make_pager(number, self._total, _sheet, table),
            trail=edition.trail(ALL, through=Entry(DOCUMENT, edition.gettext("Search"))),
        )


def _sheet(number: int) -> str:
    return ALL if number == 1 else f"{ALL}~{number}"
