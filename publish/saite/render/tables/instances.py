"""The table of the instances of a class, and that of their links where things have several.

A cell of CSV can lead to one thing only: a URI template is filled once for a cell (Metadata Vocabulary for Tabular
Data, 5.1.3). Where an instance has several values of a property that leads to things, the table shows all of them, for
people, and a second table has a row for each, from which converters make the triples.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final, NamedTuple

from saite.language import interface
from saite.namespaces import RDF_TYPE, XSD_STRING
from saite.render.table_names import class_stem
from saite.render.tables import cells
from saite.render.tables.beside import told
from saite.render.tables.columns import PLAIN, Cell, Column, distinct
from saite.render.tables.scan import ASIDE, DATA, LINK, TEXT, Found, Kind, Reader, Scan
from saite.site.model import Listing, Site
from saite.terms import NamedNode

ABOUT: Final = "iri"
"""The column that has the IRI of the row's thing."""

_LOCAL: Final = re.compile("[^A-Za-z0-9]+")


class _Place(NamedTuple):
    kind: Kind
    found: Found


class Instances:
    """The instances of a class in a table.

    Attributes:
        stem, of, count: see :class:`~saite.render.tables.columns.Table`.
    """

    def __init__(self, site: Site, listing: Listing) -> None:
        """Take the class; its instances are read when the first column is asked for."""
        self.site = site
        self.stem = class_stem(listing)
        self.of = listing.node.value
        self.count = len(listing.members)
        self.listing = listing
        self.reader = Reader(site)

    @cached_property
    def scan(self) -> Scan:
        """What the instances say."""
        return self.reader.scan(self.listing.members)

    @property
    def types(self) -> tuple[NamedNode, ...]:
        """The classes of every instance, if they are the same."""
        return self.scan.types or ()

    @cached_property
    def links(self) -> tuple[Kind, ...]:
        """What leads to several things, and needs a table of its own."""
        return tuple(place.kind for place in self._places if place.kind.sort == LINK and place.found.most > 1)

    def title(self, language: str) -> str:
        """The name of the class."""
        return self.site.labels.best(self.listing.node, language)[0]

    def notes(self, language: str) -> list[str]:
        """How much of the class is not in the table, or not for converters."""
        ngettext = interface(language).ngettext
        aside = sum(found.total for kind, found in self.scan.kinds.items() if kind.sort == ASIDE)
        unnamed = self.listing.count - self.count
        notes = []
        if aside:
            text = ngettext(
                "%(n)s value is shown in words only: a table cannot hold it as it is.",
                "%(n)s values are shown in words only: a table cannot hold them as they are.",
                aside,
            )
            notes.append(text % {"n": aside})
        if unnamed:
            text = ngettext(
                "%(n)s entry has no IRI and is left out.", "%(n)s entries have no IRI and are left out.", unnamed
            )
            notes.append(text % {"n": unnamed})
        if self.scan.unkept:
            text = ngettext(
                "%(n)s entry has an IRI that converters change.",
                "%(n)s entries have IRIs that converters change.",
                self.scan.unkept,
            )
            notes.append(text % {"n": self.scan.unkept})
        return notes

    @cached_property
    def _places(self) -> tuple[_Place, ...]:
        kinds = self.scan.kinds
        properties = self.site.ordered({kind.property for kind in kinds}, (self.listing.node,))
        ranks = {node: rank for rank, node in enumerate(properties)} | {RDF_TYPE: -1}
        config = self.site.config
        tags = [tag.lower() for tag in (*config.languages, *config.label_languages)]

        def key(kind: Kind) -> tuple[int, int, int, str]:
            spoken = tags.index(kind.detail) if kind.sort == TEXT and kind.detail in tags else len(tags)
            return ranks[kind.property], kind.sort, spoken, kind.detail

        return tuple(_Place(kind, kinds[kind]) for kind in sorted(kinds, key=key))

    def columns(self, language: str) -> list[Column]:
        """The name of the thing, its IRI, and the columns of its properties as pages order these."""
        gettext = interface(language).gettext
        columns = [Column("name", gettext("Name")), Column(ABOUT, "IRI", link=True, required=True)]
        for place in self._places:
            columns += self._columns(place, language)
        names = distinct([column.name for column in columns], "_")
        titles = distinct([column.title for column in columns])
        return [
            replace(column, name=name, title=title) for column, name, title in zip(columns, names, titles, strict=True)
        ]

    def _columns(self, place: _Place, language: str) -> list[Column]:
        (property_, sort, detail), found = place
        title = self.site.labels.best(property_, language)[0]
        name = local(property_.value)
        separator = f" {'|' * (found.bars + 1)} " if found.most > 1 else ""
        if sort == TEXT:
            tag = _LOCAL.sub("_", detail)
            return [Column(f"{name}_{tag}", f"{title} ({detail})", property_.value, False, "", detail, separator)]
        if sort == LINK:
            iris = f"{title} (IRI)" if found.labelled else title
            column = Column(name, iris, "" if separator else property_.value, True, separator=separator)
            if not found.labelled:
                return [column]
            return [Column(f"{name}_label", title, separator=separator), column]
        if sort == DATA:
            datatype = "" if detail == XSD_STRING.value else detail
            if self._mixed(property_):
                kind = local(detail)
                name, title = f"{name}_{kind}", f"{title} ({kind})"
            return [Column(name, title, property_.value, False, datatype, "", separator, found.simple)]
        gettext = interface(language).gettext
        more = gettext("%(name)s (in words)") % {"name": title}
        return [Column(f"{name}_other", more, separator=PLAIN if separator else "")]

    def _mixed(self, property_: NamedNode) -> bool:
        """Whether a property has literals of several datatypes, or links beside them."""
        kinds = (kind for kind in self.scan.kinds if kind.property == property_)
        return sum(kind.sort in (LINK, DATA) for kind in kinds) > 1

    def rows(self, language: str) -> Iterator[list[Cell]]:
        """The instances by IRI."""
        best = self.site.labels.best
        for node in self.listing.members:
            said = self.reader.said(node)
            row: list[Cell] = [(best(node, language)[0],), (node.value,)]
            for kind, found in self._places:
                terms = said.get(kind, ())
                if kind.sort == ASIDE:
                    row.append([told(self.site, term, language) for term in terms])
                    continue
                if kind.sort == LINK and found.labelled:
                    row.append([best(term, language)[0] for term in terms])
                row.append(cells.unsigned_first([term.value for term in terms]))
            yield row


class Links:
    """The links of the instances of a class, where things have several: a row for each.

    Attributes:
        stem, of: see :class:`~saite.render.tables.columns.Table`.
    """

    types: tuple[NamedNode, ...] = ()

    def __init__(self, instances: Instances) -> None:
        """Take the table of the instances."""
        self._instances = instances
        self.stem = f"{instances.stem}.links"
        self.of = instances.of

    @property
    def count(self) -> int:
        """How many links there are."""
        kinds = self._instances.scan.kinds
        return sum(kinds[kind].total for kind in self._instances.links)

    def title(self, language: str) -> str:
        """The name of the class, and what of it."""
        gettext = interface(language).gettext
        return gettext("%(name)s: links") % {"name": self._instances.title(language)}

    def notes(self, language: str) -> list[str]:
        """Nothing: the table of the instances says it."""
        return []

    def columns(self, language: str) -> list[Column]:
        """Three things, each by name and by IRI: what is spoken of, the property, the value."""
        gettext = interface(language).gettext
        columns = [
            Column("name", gettext("Name")),
            Column(ABOUT, "IRI", link=True, required=True),
            Column("property_label", gettext("Property")),
            Column("property", f"{gettext('Property')} (IRI)", link=True, required=True),
            Column("value_label", gettext("Value")),
            Column("value", f"{gettext('Value')} (IRI)", "{+property}", link=True, required=True),
        ]
        titles = distinct([column.title for column in columns])
        return [replace(column, title=title) for column, title in zip(columns, titles, strict=True)]

    def rows(self, language: str) -> Iterator[list[Cell]]:
        """The links by IRI of the instance, property and value."""
        instances = self._instances
        best = instances.site.labels.best
        for node in instances.listing.members:
            said = instances.reader.said(node)
            name = best(node, language)[0]
            for kind in instances.links:
                for term in said.get(kind, ()):
                    things = (node, kind.property, term)
                    yield [
                        cell
                        for thing, text in zip(
                            things, (name, *(best(thing, language)[0] for thing in things[1:])), strict=True
                        )
                        for cell in ((text,), (thing.value,))
                    ]


def local(iri: str) -> str:
    """What an IRI ends with, as a name for programs."""
    end = iri.rstrip("/#")
    return _LOCAL.sub("_", end[max(end.rfind("#"), end.rfind("/"), end.rfind(":")) + 1 :]).strip("_") or "value"


def tables(site: Site) -> Sequence[Instances]:
    """The classes that have instances with IRIs."""
    return [Instances(site, one) for one in site.listings if one.kind == "class" and len(one.members)]
