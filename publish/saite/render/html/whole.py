"""Pages of the whole site: the front page, downloads, vocabulary, shapes, free pages, and "not found"."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from saite import language as languages
from saite.artifact import Artifact
from saite.distribution import Distribution
from saite.render.catalogue.model import DOCUMENT as CATALOGUE
from saite.render.html.asking import AskingPage, wanted
from saite.render.html.catalogue import CataloguePage, catalogued
from saite.render.html.dumps import dump_rows
from saite.render.html.edition import Edition
from saite.render.html.extra import WHOLE_PAGES, Extras
from saite.render.html.finding import DOCUMENT as SEARCH
from saite.render.html.finding import FindingPages
from saite.render.html.forms import published
from saite.render.html.free import FRONT, FreePage, as_html, opening, title_of
from saite.render.html.listings import BROWSE, ListingPages, ways_in
from saite.render.html.queries import ASKING, QueryPages
from saite.render.html.queries import DOCUMENT as QUERIES
from saite.render.html.report import DOCUMENT as REPORT
from saite.render.html.report import ReportPage
from saite.render.html.table import clean, ending, shortened
from saite.render.html.tables import TableRows
from saite.render.html.things import Json, Things
from saite.render.html.values import Values, description, plain
from saite.render.html.views import DOCUMENT as VIEWS
from saite.render.html.views import ViewPages
from saite.render.html.views.blocks import Blocks
from saite.render.pieces import Part, Placed
from saite.render.sums import FILE_NAME as SUMS
from saite.render.sums import hash_path
from saite.render.table_names import PACKAGE

_WAYS_IN: Final = 12  # classes on the front page; the index of indexes has all


class WholePages:
    """Makes the pages of the whole site in one language.

    Args:
        edition: the site in that language.
        free: the site's free pages.
        extras: what the vocabulary page and the shapes page say.
        things: what search engines are told.
        distributions: gives the dumps and tables that have been made when the downloads page is.
    """

    def __init__(
        self,
        edition: Edition,
        free: Sequence[FreePage],
        extras: Extras,
        things: Things,
        distributions: Callable[[], Mapping[str, Distribution]],
    ) -> None:
        self._edition = edition
        self._free = free
        self._extras = extras
        self._things = things
        self._distributions = distributions
        self._listings = ListingPages(edition)
        self._finding = FindingPages(edition, self._listings)

    def parts(self) -> list[Part]:
        """All pages, to be made side by side; the first language's edition makes the page for what is missing."""
        site = self._edition.site
        own = [document for document in WHOLE_PAGES if site.addresses.node(document) is None]
        free = [page for page in self._free if page.name != FRONT]
        first = self._edition.language == site.config.languages[0]
        catalogue = CataloguePage(self._edition, self._distributions).page
        views = ViewPages(self._edition)
        return [
            Placed(self._front, (FRONT,)),
            *self._listings.parts(),
            *self._finding.parts(),
            *(Placed(partial(self._whole, document), (document,)) for document in own),
            Placed(QueryPages(self._edition).pages, (QUERIES, f"{QUERIES}/")),
            *([Placed(AskingPage(self._edition).page, (ASKING,))] if wanted(site) else []),
            *([Placed(views.pages, (VIEWS, f"{VIEWS}/"), views.promises)] if site.views else []),
            Placed(ReportPage(self._edition).page, (REPORT,)),
            *(Placed(partial(self._free_page, page), (page.name,)) for page in free),
            Placed(self._downloads, ("downloads",), measured=True),
            *([Placed(catalogue, (CATALOGUE,), measured=True)] if catalogued(site) else []),
            *([Placed(self._missing, ("404",))] if first else []),
        ]

    def documents(self) -> Iterator[str]:
        """The documents of :meth:`parts` that readers look for."""
        yield FRONT
        yield from self._listings.documents()
        yield from self._finding.documents()
        yield from WHOLE_PAGES
        yield from QueryPages(self._edition).documents()
        if wanted(self._edition.site):
            yield ASKING
        yield from ViewPages(self._edition).documents()
        yield REPORT
        yield from (page.name for page in self._free if page.name != FRONT)
        yield "downloads"
        if catalogued(self._edition.site):
            yield CATALOGUE

    def _front(self) -> tuple[Artifact, ...]:
        edition = self._edition
        site = edition.site
        table = edition.table(FRONT)
        own = next((page for page in self._free if page.name == FRONT), None)
        ways = ways_in(site)
        blocks = Blocks(edition).front(Values(edition, FRONT))
        tagline = languages.choose(site.config.tagline, edition.language, site.config.languages) or self._about()
        return edition.page(
            "front.html",
            FRONT,
            edition.title,
            summary=tagline[0] if tagline else "",
            entry=FRONT,
            thing=self._dataset(),
            tagline=table.wrap(*tagline) if tagline else "",
            intro=self._text(own, FRONT) if own else "",
            facts=self._facts(len(ways)),
            blocks=blocks,
            told=any(block.kind == "numbers" for block in blocks),
            ways=self._listings.rows(ways[:_WAYS_IN], FRONT),
            schemes=[]
            if blocks
            else self._listings.rows((one for one in site.listings if one.kind == "scheme"), FRONT),
            browse=table.href(BROWSE),
            search=table.href(SEARCH) if "search" in site.config.formats else "",
        )

    def _dataset(self) -> Json | None:
        """The site's data as a whole."""
        edition = self._edition
        node = self._things.dataset
        resource = edition.site.resource(node) if node is not None else None
        if resource is None:
            return None
        return self._things.thing(resource, edition.language, edition.address(resource.document))

    def _facts(self, kinds: int) -> list[tuple[str, str]]:
        """The site in numbers; where the settings say what it is about, those that matter to its readers only."""
        site = self._edition.site
        ngettext = self._edition.ngettext
        config = site.config
        told = config.statements.type if config.statements is not None else ""
        sourced = next((one.count for one in site.listings if one.kind == "class" and one.node.value == told), 0)
        triples = 0 if config.featured else site.counts.triples
        kinds = 0 if config.featured else kinds
        facts = [
            (sourced, ngettext("%(n)s statement with its source", "%(n)s statements with their sources", sourced)),
            (len(site), ngettext("%(n)s page", "%(n)s pages", len(site))),
            (triples, ngettext("%(n)s triple", "%(n)s triples", triples)),
            (kinds, ngettext("%(n)s kind of things", "%(n)s kinds of things", kinds)),
            (len(site.queries), ngettext("%(n)s ready-made query", "%(n)s ready-made queries", len(site.queries))),
        ]
        return [_number_first(text) for number, text in facts if number]

    def _about(self) -> tuple[str, str] | None:
        """Without a tagline in the settings: how what describes the whole describes it."""
        edition = self._edition
        resource = edition.site.resource(edition.subject) if edition.subject is not None else None
        row = description(resource.rows) if resource else None
        text, tag = plain(row, edition) if row else ("", "")
        return (shortened(clean(text), 300), tag) if text else None

    def _whole(self, document: str) -> tuple[Artifact, ...]:
        edition = self._edition
        title = edition.gettext("Rules") if document == "shapes" else edition.gettext("Vocabulary")
        return edition.page(
            "whole.html",
            document,
            title,
            entry=document,
            title=title,
            content=self._extras.whole(document),
            trail=edition.trail(document),
        )

    def _free_page(self, page: FreePage) -> tuple[Artifact, ...]:
        edition = self._edition
        title = title_of(page, edition.language, edition.site.config)
        return edition.page(
            "free.html",
            page.name,
            title,
            summary=opening(self._chosen(page)[0]),
            entry=page.name,
            title=title,
            content=self._text(page, page.name),
            trail=edition.trail(page.name),
        )

    def _text(self, page: FreePage, document: str) -> Markup:
        """A free page's text, marked with its language where it is not the page's."""
        edition = self._edition
        table = edition.table(document)
        text, tag = self._chosen(page)
        return Markup('<div class="prose"{}>{}</div>').format(table.lang(tag), as_html(text, table))

    def _chosen(self, page: FreePage) -> tuple[str, str]:
        config = self._edition.site.config
        return languages.choose(page.texts, self._edition.language, config.languages) or ("", "")

    def _downloads(self) -> tuple[Artifact, ...]:
        edition = self._edition
        document = "downloads"
        title = edition.gettext("Downloads")
        table = edition.table(document)
        whole = [one for one in self._distributions().values() if not one.of]
        return edition.page(
            "downloads.html",
            document,
            title,
            entry=document,
            title=title,
            count=edition.site.counts.triples,
            triples=edition.number(edition.site.counts.triples),
            sums=table.file(SUMS),
            canonical=table.file(hash_path(edition.site)) if whole else "",
            dumps=dump_rows(edition, whole, table),
            tables=TableRows(edition, self._distributions(), edition.size).groups(document),
            package=table.file(PACKAGE) if self._packaged() else "",
            forms=published(edition.site.config),
            graphs=sorted((name, edition.number(count)) for name, count in edition.site.counts.graphs.items()),
            trail=edition.trail(document),
        )

    def _packaged(self) -> bool:
        return any(one.of and one.path.endswith(".csv") for one in self._distributions().values())

    def _missing(self) -> tuple[Artifact, ...]:
        """``404.html``, in all languages at once, since nobody knows who asks.

        A host answers with it at any path, so that its relative links need a base; ``url`` in the settings gives it,
        and hosts for which rules are made have the site at their root if it does not.
        """
        edition = self._edition
        config = edition.site.config
        path = urlsplit(config.url).path or ("/" if config.hosting.rules else "")
        title = edition.full_title(edition.gettext("Page not found"))
        texts = []
        for language in config.languages:
            text = languages.interface(language)
            texts.append(
                (
                    edition.table("404").lang(text.language),
                    text.gettext("Page not found"),
                    text.gettext(
                        "There is no page at this address. It may never have been there; what this site"
                        " publishes keeps its address."
                    ),
                    f"index{ending(config, language)}",
                    text.gettext("Go to the front page"),
                )
            )
        html = edition.template("missing.html").render(texts=texts, base=path, title=title)
        return edition.artifacts("404", html)[-1:]


def _number_first(text: str) -> tuple[str, str]:
    """A counted text as number and noun, for setting the number large; a language may put the number elsewhere."""
    number, space, noun = text.partition(" ")
    return (number, noun) if space and number[:1].isdigit() else ("", text)
