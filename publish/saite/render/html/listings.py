"""Indexes: all classes, properties and schemes; and the members of each, by the language's alphabet, in pages."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup

from saite.artifact import Artifact
from saite.iri import EXTERNAL
from saite.language import first_letter
from saite.namespaces import OWL, RDF, RDFS, SH
from saite.render.html.edition import Edition, Entry
from saite.render.html.pager import make_pager
from saite.render.html.table import Table, clean
from saite.render.html.tree import Branch, make_tree
from saite.render.html.values import Text, Values, definition
from saite.render.pieces import Part
from saite.site.model import Listing, Site
from saite.terms import NamedNode

PAGE: Final = 200
"""How many members one page of an index shows."""

BROWSE: Final = "browse"
"""The document of the index of indexes."""

_VOCABULARY: Final = (RDF, RDFS, OWL, SH)
_FEW: Final = 40  # a short index needs no headings by letter
_TREE: Final = 1_000  # concepts of a scheme that one page shows as a tree


def is_way_in(listing: Listing, site: Site) -> bool:
    """Whether readers may want to begin at a class.

    They do not at what describes the data (classes, shapes), at folded nodes, and at classes that only other classes
    bring with them; where the site defines classes of its own, nor at those of other vocabularies.
    """
    folded = {fold.type for fold in site.config.fold}
    if site.config.statements is not None:
        folded.add(site.config.statements.type)
    if listing.node.value.startswith(_VOCABULARY) or listing.node.value in folded or not listing.direct:
        return False
    return is_own(listing, site) or not any(
        is_own(other, site) and other.direct for other in site.listings if other.kind == listing.kind
    )


def is_own(listing: Listing, site: Site) -> bool:
    """Whether the site itself defines a class, property or scheme."""
    document = site.addresses.document(listing.node)
    return document is not None and not document.startswith(f"{EXTERNAL}/")


class ListingPages:
    """Makes the indexes in one language."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def parts(self) -> list[Part]:
        """The index of indexes, then each, to be made side by side."""
        return [self._browse, *(partial(self._listing, listing) for listing in self._edition.site.listings)]

    def rows(self, listings: Iterable[Listing], document: str) -> list[tuple[Markup, str, str, str]]:
        """Name, link, size and meaning of indexes: ways in before the rest, the largest first."""
        edition = self._edition
        table = edition.table(document)
        return [
            (
                table.name(one.node),
                table.href(one.document),
                edition.number(one.count),
                definition(edition, one.node),
            )
            for one in sorted(listings, key=lambda one: (not is_way_in(one, edition.site), -one.count, one.node.value))
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
            entry=BROWSE,
            title=title,
            groups=groups,
            trail=edition.trail(BROWSE, None),
        )

    def _listing(self, listing: Listing) -> Iterator[Artifact]:
        edition = self._edition
        gettext = edition.gettext
        table = edition.table(listing.document)
        ordered = sorted(listing.members, key=edition.key)
        tree = listing.kind == "scheme" and bool(listing.top) and len(ordered) <= _TREE
        total = 1 if tree else max(1, -(-len(ordered) // PAGE))
        name = clean(table.text(listing.node)[0])
        about = definition(edition, listing.node)
        same: dict[str, Any] = {
            "name": table.name(listing.node),
            "kind": self._kind(listing.kind),
            "about": about,
            "count": self._count(listing),
            "term": table.address(listing.node) if not table.outside(listing.node) else "",
            "iri": table.external(listing.node.value),
            "tree": self._tree(listing, ordered, table) if tree else (),
            "trail": edition.trail(listing.document, through=Entry(BROWSE, gettext("Browse"))),
        }
        more = edition.ngettext("and %(n)s more", "and %(n)s more", listing.more) if listing.more else ""
        for number in range(1, total + 1):
            last = number == total
            part = [] if tree else ordered[(number - 1) * PAGE : number * PAGE]
            title = name
            if total > 1:
                title = gettext("%(name)s, page %(n)s of %(total)s") % {
                    "name": name,
                    "n": edition.number(number),
                    "total": edition.number(total),
                }
            yield from edition.page(
                "listing.html",
                _page(listing, number),
                title,
                summary=about,
                entry=BROWSE,
                letters=self._by_letter(part, table, len(ordered)),
                unnamed=self._unnamed(listing) if last else [],
                more=more if last else "",
                pager=make_pager(number, total, lambda page: _page(listing, page), table),
                **same,
            )

    def _tree(self, listing: Listing, ordered: list[NamedNode], table: Table) -> tuple[Branch, ...]:
        return make_tree(ordered, self._edition.site.hierarchy, lambda node: (table.link(node), ""), listing.top)

    def _unnamed(self, listing: Listing) -> list[Text]:
        values = Values(self._edition, listing.document)
        return [values.value(value, listing.node) for value in listing.unnamed]

    def _by_letter(self, nodes: list[NamedNode], table: Table, total: int) -> list[tuple[str, list[Markup]]]:
        """Links under the letters that they begin with; a short index needs no letters."""
        if total <= _FEW:
            return [("", list(map(table.link, nodes)))] if nodes else []
        key, language = self._edition.key, self._edition.language
        letters = groupby(nodes, key=lambda node: first_letter(key(node)[0], language))
        return [(letter, list(map(table.link, some))) for letter, some in letters]

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


def _page(listing: Listing, number: int) -> str:
    return listing.document if number == 1 else f"{listing.document}~{number}"
