"""Listings with facets: what stands beside a listing, a page for each value, and the data for combining values.

Without scripts, each value with a page is a link to the members that have it. With them, ``assets/narrow.js`` reads
one JSON file of the listing, and values are chosen together, in place.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

from markupsafe import Markup

from saite.artifact import Artifact
from saite.render.facets import MOST_MEMBERS, PAGE, Named, Selection, linked, narrowed, pages, rows
from saite.render.html.edition import Edition, Sheet
from saite.render.html.pager import Reordered, by_letter, make_pager
from saite.render.html.queries import highlighted
from saite.render.html.table import Table, clean, escaped, ready
from saite.render.table_names import CSV
from saite.site.model import Change, Choice, Listing
from saite.terms import NamedNode, Term

SCRIPT: Final = "assets/narrow.js"
"""The script that combines facets."""

_JSON: Final = "application/json"
_FIRST: Final = 8  # values of a facet that are shown at once


@dataclass(frozen=True, slots=True)
class Group:
    """A facet as it stands beside a listing: its name, and its values with links; the first few apart."""

    key: str
    name: Markup
    first: Sequence[Markup]
    more: Sequence[Markup]


class FacetPages:
    """What facets add to the listings in one language.

    Args:
        edition: the site in that language.
        listings: the listings, the most important ones first.
    """

    def __init__(self, edition: Edition, listings: Iterable[Listing]) -> None:
        self._edition = edition
        self._named = linked(listings)

    def documents(self, listing: Listing) -> Iterator[str]:
        """The documents of the pages of values."""
        for one in self._linked(listing):
            for token, choice in one.choices():
                for number in range(1, pages(choice) + 1):
                    yield narrowed(listing, one.key, token, number)

    def beside(self, listing: Listing, chosen: tuple[str, str] | None = None) -> dict[str, object] | None:
        """What the template of a listing is given; None for a listing without facets.

        Args:
            listing: the listing.
            chosen: key and token of the value that the page is about.
        """
        if listing.node not in self._named:
            return None
        table = self._edition.table(listing.document)
        groups = [self._group(listing, one, table, chosen) for one in self._linked(listing)]
        combined = self._combined(listing)
        if not groups and not combined:
            return None
        picked = {chosen[0]: (chosen[1],)} if chosen else {}
        return {
            "groups": groups,
            "data": f"{_name(listing.document)}{self._json}" if combined and not chosen else "",
            "script": table.file(SCRIPT) if combined else "",
            "combine": f"{table.href(listing.document)}?{chosen[0]}={chosen[1]}" if combined and chosen else "",
            "whole": table.href(listing.document) if chosen else "",
            "query": highlighted(self._selection(listing).query(picked)),
        }

    def files(self, listing: Listing) -> Iterator[Artifact]:
        """The data for combining values, and the members with each value as CSV."""
        return self._files(listing, lambda key, token: True)

    def _files(self, listing: Listing, wanted: Callable[[str, str], bool]) -> Iterator[Artifact]:
        if listing.node in self._named and self._combined(listing):
            yield Artifact(f"{listing.document}{self._json}", _JSON, partial(self._data, listing))
        if not self._packaged:
            return
        for one in self._linked(listing):
            for token, choice in one.choices():
                if wanted(one.key, token):
                    path = f"{narrowed(listing, one.key, token)}{self._csv}"
                    yield Artifact(path, CSV, partial(self._rows, listing, choice))

    def sheets(self, listing: Listing, kind: str) -> Iterator[Sheet]:
        """The pages of values.

        Args:
            listing: the listing.
            kind: what it lists, for the reader.
        """
        for one in self._linked(listing):
            for token, choice in one.choices():
                ordered = sorted(choice.members, key=self._edition.key)
                for number in range(1, pages(choice) + 1):
                    part = ordered[(number - 1) * PAGE : number * PAGE]
                    document = narrowed(listing, one.key, token, number)
                    yield document, partial(self._page, listing, kind, one, token, choice, number, part)

    def name(self, listing: Listing, change: Change) -> bool:
        """Whether a value by which members of the listing are chosen is called otherwise."""
        facets = self._named.get(listing.node, ())
        return any(one.term in change.nodes for named in facets for one in named.facet.choices)

    def after(
        self, listing: Listing, kind: str, change: Change, order: Sequence[NamedNode] | None
    ) -> Iterator[Artifact]:
        """The files that name a changed member, or a neighbour that has come to another page for it.

        Args:
            listing: the listing.
            kind: what it lists, for the reader.
            change: which members are called otherwise, but no value (:meth:`name`).
            order: of the members, see :class:`~saite.render.html.pager.Reordered`.
        """
        touched = set()
        for one in self._linked(listing):
            for token, choice in one.choices():
                ordered = Reordered(choice.members, self._edition, change)
                if not ordered.moved:
                    continue
                touched.add((one.key, token))
                if order is not None:
                    having = set(choice.members)
                    known = [node for node in order if node in having]
                    ordered = Reordered(choice.members, self._edition, change, known)
                for number, part in ordered.pages(PAGE):
                    yield from self._page(listing, kind, one, token, choice, number, part)
        yield from self._files(listing, lambda key, token: (key, token) in touched)

    # -- one page --

    def _page(
        self,
        listing: Listing,
        kind: str,
        facet: Named,
        token: str,
        choice: Choice,
        number: int,
        part: Sequence[NamedNode],
    ) -> tuple[Artifact, ...]:
        edition = self._edition
        table = edition.table(listing.document)
        total = pages(choice)
        name, what, value = table.name(listing.node), self._facet_name(facet, listing, table), table.name(choice.term)
        count = len(choice.members)
        title = f"{clean(table.text(listing.node)[0])} · {_plain(what)}: {_plain(value)} ({edition.number(count)})"
        if total > 1:
            title = edition.gettext("%(name)s, page %(n)s of %(total)s") % {
                "name": title,
                "n": edition.number(number),
                "total": edition.number(total),
            }
        return edition.page(
            "listing.html",
            narrowed(listing, facet.key, token, number),
            title,
            entry="browse",
            kind="CollectionPage",
            name=Markup("{} · {}: {}").format(name, what, value),
            group=kind,
            about="",
            count=edition.ngettext("%(n)s entry", "%(n)s entries", count),
            term="",
            iri="",
            tables=self._taken(listing, facet, token),
            tree=(),
            trail=edition.trail(listing.document, listing.node),
            letters=by_letter(edition, part, table, count),
            unnamed=[],
            more="",
            pager=make_pager(number, total, partial(narrowed, listing, facet.key, token), table),
            facets=self.beside(listing, (facet.key, token)),
        )

    def _taken(self, listing: Listing, facet: Named, token: str) -> list[tuple[str, str]]:
        path = f"{narrowed(listing, facet.key, token)}{self._csv}"
        return [("CSV", self._edition.table(listing.document).file(path))] if self._packaged else []

    def _group(self, listing: Listing, facet: Named, table: Table, chosen: tuple[str, str] | None) -> Group:
        links = []
        for token, choice in self._sorted(facet):
            name = escaped(table.name(choice.term))
            count = f' <span class="count">{escaped(self._edition.number(len(choice.members)))}</span>'
            if (facet.key, token) == chosen:
                links.append(ready(f'<strong aria-current="page">{name}</strong>{count}'))
            else:
                href = escaped(table.href(narrowed(listing, facet.key, token)))
                links.append(ready(f'<a href="{href}">{name}</a>{count}'))
        shown = _FIRST if len(links) > _FIRST + 1 else len(links)
        return Group(facet.key, self._facet_name(facet, listing, table), links[:shown], links[shown:])

    # -- names --

    def _facet_name(self, facet: Named, listing: Listing, table: Table) -> Markup:
        """The name of the property; of a path that ends as another one does, also that of its first step."""
        path = facet.facet.path
        name = table.name(NamedNode(path[-1].property))
        alike = [one for one in listing.facets if one.path[-1].property == path[-1].property]
        if len(path) > 1 and len(alike) > 1:
            name = Markup("{}: {}").format(table.name(NamedNode(path[0].property)), name)
        if facet.facet.years:
            return Markup(self._edition.gettext("%(name)s, by year")) % {"name": name}  # noqa: S704  (a text of ours)
        return name

    def _sorted(self, facet: Named) -> list[tuple[str, Choice]]:
        """Values with the most members first, then by name; years as time goes."""
        if facet.facet.years:
            return list(facet.choices())
        return sorted(facet.choices(), key=lambda one: (-len(one[1].members), self._edition.key(one[1].term)))  # type: ignore[arg-type]  # no literals here

    def _linked(self, listing: Listing) -> list[Named]:
        return [one for one in self._named.get(listing.node, ()) if one.linked]

    def _combined(self, listing: Listing) -> bool:
        return len(listing.members) <= MOST_MEMBERS

    @cached_property
    def _json(self) -> str:
        return f".facets.{self._edition.language}.json"

    @cached_property
    def _csv(self) -> str:
        return f".{self._edition.language}.csv"

    @cached_property
    def _packaged(self) -> bool:
        config = self._edition.site.config
        return "tables" in config.formats and "csv" in config.tables

    def _selection(self, listing: Listing) -> Selection:
        site = self._edition.site
        below = listing.node in site.hierarchy
        return Selection(listing, self._named[listing.node], site.config.all_prefixes(), inherits=below)

    # -- data --

    def _titles(self, listing: Listing, *, facets: bool) -> list[str]:
        table = self._edition.table(listing.document)
        names = [_plain(self._facet_name(one, listing, table)) for one in self._named[listing.node]] if facets else []
        return ["IRI", self._edition.gettext("Name"), *names]

    def _rows(self, listing: Listing, choice: Choice) -> Iterator[bytes]:
        """The members with a value as CSV; of a listing that browsers load, with their values of each facet."""
        table = self._edition.table(listing.document)
        facets = self._named[listing.node] if self._combined(listing) else ()
        values: dict[NamedNode, list[list[str]]] = {node: [[] for _ in facets] for node in choice.members}
        for place, facet in enumerate(facets):
            for _, one in self._sorted(facet):
                text = table.text(one.term)[0]
                for member in one.members:
                    if member in values:
                        values[member][place].append(text)
        ordered = sorted(choice.members, key=self._edition.key)
        found = ((node.value, clean(table.text(node)[0]), values[node]) for node in ordered)
        return rows(self._titles(listing, facets=bool(facets)), found)

    def _data(self, listing: Listing) -> Iterator[bytes]:
        """What the script reads: the members, the facets, and the pieces of queries and tables."""
        edition = self._edition
        table = edition.table(listing.document)
        selection = self._selection(listing)
        ordered = sorted(listing.members, key=edition.key)
        places = {node: place for place, node in enumerate(ordered)}
        facets = []
        for place, facet in enumerate(self._named[listing.node]):
            values = []
            for token, choice in self._sorted(facet):
                text, tag = _marked(table, choice.term)
                having = sorted(places[member] for member in choice.members)
                values.append([token, text, tag, selection.term(choice.term), having])
            written = {token: number for number, token in enumerate(facet.tokens)}
            facets.append(
                {
                    "key": facet.key,
                    "name": _plain(self._facet_name(facet, listing, table)),
                    "clause": selection.clause(place),
                    "order": [written[token] for token, _ in self._sorted(facet)],
                    "values": values,
                }
            )
        gettext = edition.gettext
        data = {
            "members": [[*_marked(table, node), table.address(node), node.value] for node in ordered],
            "facets": facets,
            "query": {"prefixes": selection.prefixes(), "head": selection.head, "foot": selection.foot},
            "titles": self._titles(listing, facets=True),
            "file": f"{_name(listing.document)}.csv",
            "csv": self._packaged,
            "words": {
                "shown": gettext("Shown: %(n)s of %(total)s"),
                "none": gettext("Nothing has all that is chosen. Take back a choice."),
                "clear": gettext("Clear all"),
                "more": gettext("Show all"),
                "table": gettext("Download as a table:"),
            },
        }
        yield json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _marked(table: Table, term: Term) -> tuple[str, str]:
    """A term's label, and its language where that is not the page's."""
    text, tag = table.text(term)
    return clean(text), tag if table.lang(tag) else ""


def _plain(markup: Markup) -> str:
    return str(markup.striptags())


def _name(document: str) -> str:
    return document.rpartition("/")[2]
