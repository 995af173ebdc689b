"""By what the members of a listing can be chosen: values that many share, and the years of dates.

For each class, the settings say it (``[[facets]]``), or the data: properties whose values are IRIs with labels, and
dates. All is found in the arrays of the scan, which are gone through once for each property; dates are read once more.
"""

import difflib
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from saite.config import FILE_NAME, Config, Step
from saite.errors import ConfigError, Place
from saite.namespaces import OWL, PREFIXES, RDF, RDF_TYPE, RDFS, SH, XSD
from saite.site.model import IRIS, Choice, Facet, Listing
from saite.site.scan import TYPE, Scan
from saite.site.tables import Nodes, Tables
from saite.store.protocol import Store
from saite.terms import Literal, NamedNode, Subject

FEWEST_MEMBERS: Final = 5
"""How many members a listing has, at least, that gets facets unasked."""

MOST_VALUES: Final = 50
"""How many values a facet has, at most, that nobody asked for."""

MOST_ASKED: Final = 200
"""How many values a facet of the settings shows: those with the most members."""

MOST_FACETS: Final = 6
"""How many facets a listing gets unasked: those that most members have."""

MOST_PAIRS: Final = 1_000_000
"""How many members with a node a step of a path may reach."""

YEAR: Final = NamedNode(XSD + "gYear")
_DATES: Final = frozenset(XSD + name for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"))
_YEAR: Final = re.compile(r"-?[0-9]{4,}(?![0-9])")
_NEVER: Final = frozenset(
    NamedNode(iri)
    for iri in (
        OWL + "sameAs",
        PREFIXES["rdfs"] + "isDefinedBy",
        PREFIXES["rdfs"] + "seeAlso",
        PREFIXES["foaf"] + "page",
        PREFIXES["dct"] + "language",
        PREFIXES["dct"] + "source",
        PREFIXES["prov"] + "wasDerivedFrom",
    )
)
_TERMS: Final = (RDF, RDFS, OWL, SH)
_SHARED: Final = 1.5  # members of a value, on average: less is a list of names
_COVERED: Final = 1 / 3  # of the members have a value, at least

Key = int | str
_Groups = dict[Key, "array[int]"]
"""Members by value: the number of an IRI in the scan, or a year."""


def with_facets(
    store: Store, tables: Tables, found: Scan, terms: Sequence[Subject], listings: Iterable[Listing]
) -> tuple[Listing, ...]:
    """Listings of classes with their facets.

    Args:
        store: the graph.
        tables: the tables of the site.
        found: the scan.
        terms: its terms by number.
        listings: the listings.

    Raises:
        ConfigError: the settings name a class that is none, or a path that leads everywhere.
    """
    listings = tuple(listings)
    _check(tables.config, listings)
    maker = _Maker(store, tables, found, terms)
    asked = {rule.type: rule.by for rule in reversed(tables.config.facets)}
    facets = maker.unasked([one for one in listings if one.node.value not in asked and _worth(one)])
    for one in listings:
        if one.node.value in asked:
            facets[one.node] = maker.asked(one, asked[one.node.value])
    return tuple(replace(one, facets=facets[one.node]) if facets.get(one.node) else one for one in listings)


def _check(config: Config, listings: Iterable[Listing]) -> None:
    known = {one.node.value for one in listings}
    for rule in config.facets:
        if rule.type not in known:
            near = difflib.get_close_matches(rule.type, known, 1)
            hint = f"Did you mean <{near[0]}>?" if near else "Name a class that has instances."
            message = f"[[facets]] names <{rule.type}>, which has no instances"
            raise ConfigError(message, place=Place(FILE_NAME), cure=hint)


def _worth(listing: Listing) -> bool:
    """Whether the data are asked for facets: not for few members, inferred ones, and what describes the data itself."""
    return len(listing.members) >= FEWEST_MEMBERS and listing.direct > 0 and not listing.node.value.startswith(_TERMS)


@dataclass(slots=True)
class _Candidate:
    """A property that may be a facet of a listing."""

    property: NamedNode
    years: bool
    groups: _Groups
    covered: int


class _Maker:
    """Makes facets from the arrays of a scan."""

    def __init__(self, store: Store, tables: Tables, found: Scan, terms: Sequence[Subject]) -> None:
        self._store = store
        self._tables = tables
        self._found = found
        self._terms = terms
        self._predicates = list(found.predicates)
        self._kinds = found.kinds_of_values()
        self._dated = {node for node, kinds in self._kinds.items() if kinds & _DATES and IRIS not in kinds}

    # -- what the settings ask for --

    def asked(self, listing: Listing, paths: Iterable[tuple[Step, ...]]) -> tuple[Facet, ...]:
        """The facets of a listing by the paths of the settings."""
        facets = []
        for path in paths:
            last = NamedNode(path[-1].property)
            years = last in self._dated and not path[-1].inverse
            groups: _Groups = {}
            for member, value in self._followed(listing, path, years):
                groups.setdefault(value, array("I")).append(member)
            groups = {value: some for value, some in groups.items() if isinstance(value, str) or self._named(value)}
            most = sorted(groups, key=lambda value: (-len(set(groups[value])), self._order(value)))[:MOST_ASKED]
            if groups:
                facets.append(self._facet(path, years, {value: groups[value] for value in most}))
        return tuple(facets)

    def _followed(self, listing: Listing, path: tuple[Step, ...], years: bool) -> Iterator[tuple[int, Key]]:
        """Members with the values to which a path leads."""
        numbers, nodes = self._found.numbers, len(self._terms)
        pairs = {numbers[node] * nodes + numbers[node] for node in listing.members}
        for step in path[:-1] if years else path:
            wanted = {pair % nodes for pair in pairs}
            beyond: dict[int, list[int]] = {}
            for source, target in self._links(NamedNode(step.property)):
                begin, end = (target, source) if step.inverse else (source, target)
                if begin in wanted:
                    beyond.setdefault(begin, []).append(end)
            reached: set[int] = set()
            for pair in pairs:
                member = pair - pair % nodes
                reached.update(member + end for end in beyond.get(pair % nodes, ()))
                if len(reached) > MOST_PAIRS:
                    raise ConfigError(
                        f"[[facets]]: a path from <{listing.node.value}> by <{step.property}> leads everywhere",
                        place=Place(FILE_NAME),
                        cure="Leave out the step through a node that very many point to.",
                    )
            pairs = reached
        if not years:
            yield from ((pair // nodes, pair % nodes) for pair in pairs)
            return
        dates: dict[int, set[str]] = {}
        for number, year in self._years(NamedNode(path[-1].property)):
            dates.setdefault(number, set()).add(year)
        yield from ((pair // nodes, year) for pair in pairs for year in dates.get(pair % nodes, ()))

    def _links(self, predicate: NamedNode) -> Iterable[tuple[int, int]]:
        """Sources and targets of the links by a predicate."""
        found = self._found
        if predicate == RDF_TYPE:
            return zip(found.instances, found.classes, strict=True)
        wanted = found.predicates.get(predicate, -1)
        links = zip(found.sources, found.links, found.targets, strict=True)
        return ((source, target) for source, link, target in links if link == wanted)

    def _years(self, predicate: NamedNode) -> Iterator[tuple[int, str]]:
        """Subjects, by number, with the years of their dates."""
        for subject, _, value, _ in self._store.quads(None, predicate):
            if type(value) is Literal and (year := _YEAR.match(value.value)) and subject in self._found.numbers:
                yield self._found.numbers[subject], year[0]

    # -- what the data suggest --

    def unasked(self, listings: Sequence[Listing]) -> dict[NamedNode, tuple[Facet, ...]]:
        """The facets that the data suggest, by class."""
        below = self._signatures(listings)
        candidates: dict[NamedNode, list[_Candidate]] = {one.node: [] for one in listings}
        sizes = {one.node: len(one.members) for one in listings}
        if not listings:
            return {}
        for predicate, years, pairs in self._properties():
            for class_, groups in self._grouped(pairs, below).items():
                if predicate == RDF_TYPE:
                    groups.pop(self._found.numbers[class_], None)
                covered = len(set(chain.from_iterable(groups.values())))
                if self._useful(groups, covered, sizes[class_], years):
                    candidates[class_].append(_Candidate(predicate, years, groups, covered))
        return {class_: self._best(class_, some) for class_, some in candidates.items()}

    def _signatures(self, listings: Sequence[Listing]) -> tuple["array[int]", list[tuple[NamedNode, ...]]]:
        """Which listings a node is a member of: one number for each set of listings."""
        of = array("I", bytes(4 * len(self._terms)))
        known: dict[tuple[int, int], int] = {}
        sets: list[tuple[NamedNode, ...]] = [()]
        for place, one in enumerate(listings):
            for node in one.members:
                number = self._found.numbers[node]
                key = of[number], place
                joined = known.get(key)
                if joined is None:
                    joined = known[key] = len(sets)
                    sets.append((*sets[key[0]], one.node))
                of[number] = joined
        return of, sets

    def _properties(self) -> Iterator[tuple[NamedNode, bool, Iterable[tuple[int, Key]]]]:
        """What may be a facet: the property, whether by years, and subjects with values."""
        config = self._tables.config
        hidden = {NamedNode(iri) for iri in config.hide} | _NEVER
        if config.statements is not None:
            hidden.add(NamedNode(config.statements.source))
        found = self._found
        links: list[tuple[array[int], array[int]]] = [(array("I"), array("I")) for _ in self._predicates]
        for source, link, target in zip(found.sources, found.links, found.targets, strict=True):
            links[link][0].append(source)
            links[link][1].append(target)
        links[TYPE] = (found.instances, found.classes)
        for number, predicate in enumerate(self._predicates):
            if predicate in hidden:
                continue
            if predicate in self._dated:
                yield predicate, True, self._years(predicate)
            elif links[number][0]:
                yield predicate, False, zip(*links[number], strict=True)
            links[number] = (array("I"), array("I"))

    def _grouped(
        self, pairs: Iterable[tuple[int, Key]], below: tuple["array[int]", list[tuple[NamedNode, ...]]]
    ) -> dict[NamedNode, _Groups]:
        """Members by value, for each class in which the values are few."""
        of, sets = below
        groups: dict[int, _Groups | None] = {}
        for source, value in pairs:
            signature = of[source]
            if not signature:
                continue
            known = groups.setdefault(signature, {})
            if known is None:
                continue
            some = known.get(value)
            if some is not None:
                some.append(source)
            elif len(known) <= MOST_VALUES:
                known[value] = array("I", (source,))
            else:
                groups[signature] = None
        by_class: dict[NamedNode, _Groups | None] = {}
        for signature, known in groups.items():
            for class_ in sets[signature]:
                joined = by_class.setdefault(class_, {})
                if joined is None or known is None:
                    by_class[class_] = None
                    continue
                for value, some in known.items():
                    joined.setdefault(value, array("I")).extend(some)
                if len(joined) > MOST_VALUES + 1:
                    by_class[class_] = None
        return {class_: joined for class_, joined in by_class.items() if joined}

    def _useful(self, groups: _Groups, covered: int, size: int, years: bool) -> bool:
        """Whether readers are helped by a choice between some values."""
        if not 2 <= len(groups) <= MOST_VALUES or covered < size * _COVERED:
            return False
        counts = [len(set(some)) for some in groups.values()]
        if sum(counts) < _SHARED * len(counts) or min(counts) == size:
            return False
        if years:
            return True
        nodes = [self._terms[value] for value in groups if type(value) is int]
        labelled = sum(self._tables.labels.packed(node) is not None for node in nodes)
        return all(type(node) is NamedNode and node not in self._tables.folds.homes for node in nodes) and (
            2 * labelled >= len(nodes)
        )

    def _best(self, class_: NamedNode, candidates: list[_Candidate]) -> tuple[Facet, ...]:
        """Those that most members have, in the order of pages, dates last."""
        most = sorted(candidates, key=lambda one: (-one.covered, one.property.value))[:MOST_FACETS]
        places = {node: n for n, node in enumerate(self._tables.order.sorted([c.property for c in most], (class_,)))}
        most.sort(key=lambda one: (one.years, places[one.property]))
        return tuple(self._facet((Step(one.property.value),), one.years, one.groups) for one in most)

    # -- what is made of it --

    def _named(self, value: int) -> bool:
        return type(self._terms[value]) is NamedNode

    def _order(self, value: Key) -> tuple[int, str]:
        """Orders years as numbers, IRIs by their text."""
        return (int(value), "") if isinstance(value, str) else (0, self._terms[value].value)

    def _facet(self, path: tuple[Step, ...], years: bool, groups: Mapping[Key, "array[int]"]) -> Facet:
        numbers = self._tables.numbers
        choices = []
        for value in sorted(groups, key=self._order):
            term = Literal(value, datatype=YEAR) if isinstance(value, str) else self._terms[value]
            assert not isinstance(term, Subject) or type(term) is NamedNode
            members = sorted({numbers[self._terms[member]] for member in groups[value]})
            choices.append(Choice(term, Nodes(self._tables.nodes, members)))
        return Facet(path, years, tuple(choices))
