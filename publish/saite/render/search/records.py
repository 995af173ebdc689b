"""What the index says of a resource: its names, its kind, and a short text; read from the graph, not from pages."""

from collections.abc import Iterator
from textwrap import shorten
from typing import Final, NamedTuple

from saite.iri import EXTERNAL
from saite.language import choose
from saite.matching.names import NAME_PROPERTIES
from saite.namespaces import DESCRIPTION_PROPERTIES, OWL, RDF, RDFS, SH, SKOS
from saite.render.naming import gone
from saite.site.model import Listing, Site
from saite.terms import Literal, NamedNode

KINDS: Final = 60
"""Kinds of things that have a name of their own; rarer ones are one kind together."""

_NAMES: Final = 60  # of a resource, that are searched
_SHOWN: Final = 12  # of these, that results can show
_NAME: Final = 200  # characters of a name
_TEXT: Final = 160  # characters of a text
_HIDDEN: Final = NamedNode(SKOS + "hiddenLabel")
_EVERYTHING: Final = frozenset((RDFS + "Resource", OWL + "Thing", OWL + "NamedIndividual"))


VOCABULARY: Final = (RDF, RDFS, OWL, SH)
"""Whose classes are for what describes the data; such things come last."""


class Kind(NamedTuple):
    """Things of one kind, which the index has side by side.

    Attributes:
        name: the last step of the path of their class's index, "" for those that have no other kind.
        label: what they are called, by language.
        start: the number of the first.
    """

    name: str
    label: dict[str, str]
    start: int


class Record(NamedTuple):
    """A resource.

    Attributes:
        document: its document.
        names: its labels by language: those that readers may see; never empty.
        others: further names with their languages.
        about: short texts that describe it, by language.
        hidden: names by which it is found, but which nobody sees.
    """

    document: str
    names: dict[str, str]
    others: tuple[tuple[str, str], ...] = ()
    about: dict[str, str] = {}  # noqa: RUF012  (nobody changes it)
    hidden: tuple[str, ...] = ()


class Records:
    """The records of a site, numbered kind by kind.

    Attributes:
        kinds: the kinds, by number.
        minor: the number from which on things are of little interest to most: what describes the data, rare kinds.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        config = site.config
        hidden = frozenset(config.hide)
        self._names = {p: rank for rank, p in enumerate(NAME_PROPERTIES) if p.value not in hidden}
        self._texts = {p: rank for rank, p in enumerate(DESCRIPTION_PROPERTIES) if p.value not in hidden}
        self._tags = {"", *(tag.lower() for tag in (*config.languages, *config.label_languages))}
        self._every = not config.label_languages
        removed = gone(site)
        listings, kind_of = _kinds(site)
        numbered = ((kind_of.get(node, len(listings)), place) for place, node in enumerate(site.pages))
        self._order = [(kind, place) for kind, place in sorted(numbered) if site.pages[place] not in removed]
        self.kinds = list(self._starts(listings))
        minor = {place for place, one in enumerate(listings) if one.node.value.startswith(VOCABULARY)}
        self.minor = sum(kind not in minor and kind < len(listings) for kind, _ in self._order)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._order)

    def __iter__(self) -> Iterator[Record]:
        """All, by number."""
        for _, place in self._order:
            yield self._record(self._site.pages[place])

    def _starts(self, listings: list[Listing]) -> Iterator[Kind]:
        last = -1
        for number, (kind, _) in enumerate(self._order):
            if kind != last:
                last = kind
                if kind == len(listings):
                    yield Kind("", {}, number)
                    continue
                listing, labels = listings[kind], self._site.labels
                label = {tag: _line(labels.best(listing.node, tag)[0]) for tag in self._site.config.languages}
                yield Kind(listing.document.rpartition("/")[2], label, number)

    def _record(self, node: NamedNode) -> Record:
        site = self._site
        languages = site.config.languages
        found: list[tuple[int, str, str]] = []
        texts: dict[int, dict[str, str]] = {}
        hidden: list[str] = []
        for quad in site.quads(node):
            value = quad.object
            if not isinstance(value, Literal) or not value.value.strip():
                continue
            tag = value.language or ""
            if quad.predicate == _HIDDEN:
                hidden.append(_line(value.value))
            elif (rank := self._names.get(quad.predicate)) is not None:
                found.append((rank, tag, _line(value.value)))
            elif (rank := self._texts.get(quad.predicate)) is not None:
                told = texts.setdefault(rank, {})
                told[tag] = min(told.get(tag, value.value), value.value)
        labels = {tag: _line(text) for tag, text in sorted(site.labels.all(node).items())}
        chosen = (site.labels.best(node, language) for language in languages)
        names = {tag: _line(text) for text, tag in chosen}
        names |= {tag: text for tag, text in labels.items() if self._every or tag.lower() in self._tags}
        names = dict(list(names.items())[:_SHOWN])
        others = dict.fromkeys((*((tag, text) for tag, text in labels.items() if tag not in names),))
        others |= dict.fromkeys((tag, text) for _, tag, text in sorted(found) if names.get(tag) != text)
        document = site.addresses.document(node)
        assert document is not None, "the nodes in pages have documents"
        about = self._about(texts)
        return Record(document, names, tuple(list(others)[:_NAMES]), about, tuple(sorted(set(hidden))[:_NAMES]))

    def _about(self, texts: dict[int, dict[str, str]]) -> dict[str, str]:
        if not texts:
            return {}
        languages = self._site.config.languages
        found = (choose(texts[min(texts)], language, languages) for language in languages)
        return {tag: shorten(text[: 4 * _TEXT], _TEXT, placeholder="…") for text, tag in filter(None, found)}


def shown(record: Record) -> list[object]:
    """A record as browsers are given it."""
    return [record.document, record.names, record.others[:_SHOWN], record.about]


def _line(text: str) -> str:
    return " ".join(text[:_NAME].split())


def _kinds(site: Site) -> tuple[list[Listing], dict[NamedNode, int]]:
    """The classes that are kinds, and of which kind things are.

    What the settings feature goes before all else; then each thing is of its rarest class, one of the site itself
    rather than a foreign one.
    """
    featured = site.config.featured
    classes = [one for one in site.listings if one.kind == "class" and one.count]

    def rank(one: Listing) -> tuple[int, bool, bool, int, str]:
        iri = one.node.value
        place = featured.index(iri) if iri in featured else len(featured)
        document = site.addresses.document(one.node)
        foreign = document is None or document.startswith(f"{EXTERNAL}/")
        return place, iri in _EVERYTHING, foreign, one.count, iri

    ordered = sorted(classes, key=rank)
    first: dict[NamedNode, int] = {}
    sizes = [0] * len(ordered)
    for number, one in enumerate(ordered):
        for node in one.members:
            if first.setdefault(node, number) == number:
                sizes[number] += 1

    def minor(number: int) -> tuple[bool, bool]:
        iri = ordered[number].node.value
        return iri not in featured, iri.startswith(VOCABULARY)

    large = sorted(range(len(ordered)), key=lambda number: (*minor(number), -sizes[number], number))[:KINDS]
    kept = {number: place for place, number in enumerate(number for number in large if sizes[number])}
    kinds = [ordered[number] for number in kept]
    return kinds, {node: kept[number] for node, number in first.items() if number in kept}
