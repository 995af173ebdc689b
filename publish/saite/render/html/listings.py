"""Indexes: all classes, properties and schemes; and the members of each, by the language's alphabet, in pages."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from markupsafe import Markup

from saite.artifact import Artifact
from saite.config import FILE_NAME
from saite.errors import ConfigError, Place
from saite.iri import EXTERNAL
from saite.namespaces import OWL, RDF, RDFS, SH
from saite.render.facets import PAGE
from saite.render.html.edition import Edition, Entry, Sheet
from saite.render.html.facets import FacetPages
from saite.render.html.pager import Reordered, by_letter, make_pager
from saite.render.html.table import Table, clean
from saite.render.html.tree import Branch, make_tree
from saite.render.html.values import Text, Values, definition
from saite.render.pieces import Part, Placed
from saite.render.table_names import of_class
from saite.site.model import Change, Listing, Site
from saite.terms import NamedNode

BROWSE: Final = "browse"
"""The document of the index of indexes."""

_VOCABULARY: Final = (RDF, RDFS, OWL, SH)
_HARDLY: Final = 10  # if less than one in so many things is of a class that is a way in, all classes are
_TREE: Final = 1_000  # concepts of a scheme that one page shows as a tree


def ways_in(site: Site) -> list[Listing]:
    """The classes at which readers may want to begin, in order.

    Those of the settings; else those that the site itself defines, the largest first, then the others. Nobody begins
    at what describes the data (classes, shapes), at folded nodes, and at classes that only other classes bring with
    them; unless hardly anything is left then, as in a vocabulary, of which the terms are what it is about.
    """
    classes = [one for one in site.listings if one.kind == "class"]
    if site.config.featured:
        ways = [one for one in classes if one.node.value in site.config.featured]
    else:
        ways = [one for one in classes if _is_way_in(one, site)]
        if sum(one.count for one in ways) * _HARDLY < len(site):
            ways = classes
    return sorted(ways, key=lambda one: preference(one, site))


def preference(listing: Listing, site: Site) -> tuple[int, bool, bool, int, str]:
    """Orders indexes as :func:`ways_in` does: ways in, own ones and large ones first."""
    featured = site.config.featured
    iri = listing.node.value
    rank = featured.index(iri) if iri in featured else len(featured)
    return rank, not _is_way_in(listing, site), not is_own(listing, site), -listing.count, iri


def is_own(listing: Listing, site: Site) -> bool:
    """Whether the site itself defines a class, property or scheme."""
    document = site.addresses.document(listing.node)
    return document is not None and not document.startswith(f"{EXTERNAL}/")


def _is_way_in(listing: Listing, site: Site) -> bool:
    folded = {fold.type for fold in site.config.fold}
    if site.config.statements is not None:
        folded.add(site.config.statements.type)
    return bool(listing.direct) and not listing.node.value.startswith(_VOCABULARY) and listing.node.value not in folded


def _check_featured(site: Site) -> None:
    known = {node.value for node in site.classes}
    for iri in site.config.featured:
        if iri not in known:
            near = difflib.get_close_matches(iri, known, 1)
            hint = f"Did you mean <{near[0]}>?" if near else "Name a class that the data declare or use."
            raise ConfigError(f"featured names <{iri}>, which is no class", place=Place(FILE_NAME), cure=hint)


class ListingPages:
    """Makes the indexes in one language.

    Raises:
        ConfigError: ``featured`` names a class that is none.
    """

    def __init__(self, edition: Edition) -> None:
        _check_featured(edition.site)
        self._edition = edition
        self._facets = FacetPages(edition, sorted(edition.site.listings, key=lambda one: preference(one, edition.site)))

    def parts(self) -> list[Part]:
        """The index of indexes, then each, to be made side by side."""
        listings = (
            Placed(
                partial(self._listing, one),
                (one.document,),
                partial(self._promised, one),
                after=partial(self._after, one),
            )
            for one in self._edition.site.listings
        )
        return [Placed(self._browse, (BROWSE,)), *listings]

    def documents(self) -> Iterator[str]:
        """The documents of :meth:`parts`."""
        yield BROWSE
        for listing in self._edition.site.listings:
            yield from (_page(listing, number) for number in range(1, _pages(listing) + 1))
            yield from self._facets.documents(listing)

    def rows(self, listings: Iterable[Listing], document: str) -> list[tuple[Markup, str, str, str]]:
        """Name, link, size and meaning of indexes, in the order of :func:`preference`."""
        edition = self._edition
        table = edition.table(document)
        return [
            (
                table.wrap(*edition.several(one.node)),
                table.href(one.document),
                edition.number(one.count),
                definition(edition, one.node),
            )
            for one in sorted(listings, key=lambda one: preference(one, edition.site))
        ]

    def _browse(self) -> tuple[Artifact, ...]:
        edition = self._edition
        title = edition.gettext("Browse")
        groups = []
        for key, name in (
            ("class", edition.gettext("By kind")),
            ("scheme", edition.gettext("Concept schemes")),
            ("property", edition.gettext("By property")),
        ):
            listings = [listing for listing in edition.site.listings if listing.kind == key]
            own = [listing for listing in listings if is_own(listing, edition.site)]
            foreign = [listing for listing in listings if not is_own(listing, edition.site)]
            if listings:
                groups.append((key, name, self.rows(own, BROWSE), self.rows(foreign, BROWSE)))
        return edition.page(
            "browse.html",
            BROWSE,
            title,
            kind="CollectionPage",
            entry=BROWSE,
            title=title,
            groups=groups,
            trail=edition.trail(BROWSE, None),
        )

    def _listing(self, listing: Listing) -> Iterator[Artifact]:
        for _, make in self._sheets(listing):
            yield from make()
        yield from self._facets.files(listing)

    def _promised(self, listing: Listing) -> Iterator[Artifact]:
        for document, make in self._sheets(listing):
            yield from self._edition.promised(document, make)
        yield from self._facets.files(listing)

    def _after(self, listing: Listing, change: Change) -> Iterator[Artifact]:
        """Those files that name one of the changed resources, or a neighbour that has come to another page for it."""
        if _is_tree(listing) or self._facets.name(listing, change):
            yield from self._listing(listing)
            return
        order = self._edition.orders.get(listing.document)
        known = [listing.members[place] for place in order] if order is not None else None
        ordered = Reordered(listing.members, self._edition, change, known)
        if not ordered.moved:
            return
        same = self._same(listing, ())
        for number, part in ordered.pages(PAGE):
            yield from self._page(listing, part, len(listing.members), number, _pages(listing), same)
        yield from self._facets.after(listing, same["group"], change, known)

    def _sheets(self, listing: Listing) -> Iterator[Sheet]:
        ordered = sorted(listing.members, key=self._edition.key)
        tree = _is_tree(listing)
        total = _pages(listing)
        same = self._same(listing, ordered if tree else ())
        for number in range(1, total + 1):
            part = () if tree else ordered[(number - 1) * PAGE : number * PAGE]
            yield _page(listing, number), partial(self._page, listing, part, len(ordered), number, total, same)
        yield from self._facets.sheets(listing, same["group"])

    def _same(self, listing: Listing, tree: Sequence[NamedNode]) -> dict[str, Any]:
        """What all pages of an index say."""
        edition = self._edition
        table = edition.table(listing.document)
        return {
            "name": table.wrap(*edition.several(listing.node)),
            "group": self._kind(listing.kind),
            "summary": (about := definition(edition, listing.node)),
            "about": about,
            "count": self._count(listing),
            "term": table.address(listing.node) if not table.outside(listing.node) else "",
            "iri": table.external(listing.node.value),
            "tables": [
                (name, table.file(path)) for name, path in of_class(listing, edition.language, edition.site.config)
            ],
            "tree": self._tree(listing, tree, table) if tree else (),
            "facets": self._facets.beside(listing),
            "trail": edition.trail(listing.document, through=Entry(BROWSE, edition.gettext("Browse"))),
        }

    def _page(
        self, listing: Listing, part: Sequence[NamedNode], count: int, number: int, total: int, same: dict[str, Any]
    ) -> tuple[Artifact, ...]:
        edition = self._edition
        table = edition.table(listing.document)
        last = number == total
        title = clean(edition.several(listing.node)[0])
        if total > 1:
            title = edition.gettext("%(name)s, page %(n)s of %(total)s") % {
                "name": title,
                "n": edition.number(number),
                "total": edition.number(total),
            }
        more = edition.ngettext("and %(n)s more", "and %(n)s more", listing.more) if listing.more and last else ""
        return edition.page(
            "listing.html",
            _page(listing, number),
            title,
            entry=BROWSE,
            kind="CollectionPage",
            letters=by_letter(edition, part, table, count),
            unnamed=self._unnamed(listing) if last else [],
            more=more,
            pager=make_pager(number, total, lambda page: _page(listing, page), table),
            **same,
        )

    def _tree(self, listing: Listing, ordered: Sequence[NamedNode], table: Table) -> tuple[Branch, ...]:
        return make_tree(ordered, self._edition.site.hierarchy, lambda node: (table.link(node), ""), listing.top)

    def _unnamed(self, listing: Listing) -> list[Text]:
        values = Values(self._edition, listing.document)
        return [values.value(value, listing.node) for value in listing.unnamed]

    def _kind(self, kind: str) -> str:
        gettext = self._edition.gettext
        return {"class": gettext("Kind"), "property": gettext("Property"), "scheme": gettext("Concept scheme")}[kind]

    def _count(self, listing: Listing) -> str:
        ngettext = self._edition.ngettext
        if listing.kind == "scheme":
            return ngettext("%(n)s concept", "%(n)s concepts", listing.count)
        if listing.kind == "class":
            return ngettext("%(n)s entry", "%(n)s entries", listing.count)
        return ngettext("%(n)s value", "%(n)s values", listing.count)


def _is_tree(listing: Listing) -> bool:
    return listing.kind == "scheme" and bool(listing.top) and len(listing.members) <= _TREE


def _pages(listing: Listing) -> int:
    """How many pages an index has."""
    return 1 if _is_tree(listing) else max(1, -(-len(listing.members) // PAGE))


def _page(listing: Listing, number: int) -> str:
    return listing.document if number == 1 else f"{listing.document}~{number}"
