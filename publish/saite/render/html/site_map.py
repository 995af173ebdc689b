"""The menu and the small print of a site: which pages every page leads to."""

import difflib
from collections.abc import Sequence

from saite import language as languages
from saite.config import FILE_NAME
from saite.errors import ConfigError, Place
from saite.language import Interface
from saite.render.catalogue.model import DOCUMENT as CATALOGUE
from saite.render.html.asking import wanted
from saite.render.html.catalogue import catalogued
from saite.render.html.edition import Edition, Entry
from saite.render.html.extra import Extras
from saite.render.html.finding import DOCUMENT as SEARCH
from saite.render.html.free import FRONT, FreePage, title_of
from saite.render.html.queries import ASKING
from saite.render.html.shapes import ShapePages
from saite.render.html.vocabulary import Vocabulary
from saite.site.model import Site


def make_editions(site: Site, free: Sequence[FreePage]) -> list[tuple[Edition, Extras]]:
    """The site in each of its languages, the first first.

    Raises:
        ConfigError: the menu names a page that does not exist.
    """
    vocabulary = Vocabulary(site)
    made = []
    for language in site.config.languages:
        texts = languages.interface(language)
        fixed = _fixed(site, texts)
        own = [Entry(page.name, title_of(page, language, site.config)) for page in free if page.name != FRONT]
        known = {entry.document: entry for entry in (*fixed, *own)}
        if site.config.navigation:
            menu = [_entry(document, known, site, language) for document in site.config.navigation]
        else:
            first = [entry for entry in fixed if entry.document not in ("report", ASKING, CATALOGUE, SEARCH)]
            menu = first + [entry for entry in own if entry.document == "about"]
        listed = {entry.document for entry in menu}
        edition = Edition(site, language, menu, [e for e in (*own, *fixed) if e.document not in listed])
        made.append((edition, Extras(edition, vocabulary, ShapePages(edition))))
    return made


def _fixed(site: Site, texts: Interface) -> list[Entry]:
    """The pages that every site has, where they have something to say."""
    gettext = texts.gettext
    return [
        entry
        for entry, wanted in (
            (Entry("browse", gettext("Browse")), True),
            (Entry("views", gettext("Views")), bool(site.views)),
            (Entry(SEARCH, gettext("Search")), "search" in site.config.formats),
            (Entry("def", gettext("Vocabulary")), bool(site.classes or site.properties)),
            (Entry("shapes", gettext("Rules")), bool(site.shapes)),
            (Entry("queries", gettext("Queries")), bool(site.queries)),
            (Entry(ASKING, gettext("Ask the data")), wanted(site)),
            (Entry("downloads", gettext("Downloads")), True),
            (Entry(CATALOGUE, gettext("Catalogue")), catalogued(site)),
            (Entry("report", gettext("Validation report")), True),
        )
        if wanted
    ]


def _entry(document: str, known: dict[str, Entry], site: Site, language: str) -> Entry:
    if document in known:
        return known[document]
    node = site.addresses.node(document)
    if node is None:
        listing = next((listing for listing in site.listings if listing.document == document), None)
        node = listing.node if listing else None
    if node is None:
        near = difflib.get_close_matches(document, known, 1)
        hint = f'Did you mean "{near[0]}"?' if near else f"Pages with a name: {', '.join(sorted(known))}."
        raise ConfigError(f"navigation names {document!r}, which is no page", place=Place(FILE_NAME), cure=hint)
    return Entry(document, site.labels.best(node, language)[0])
