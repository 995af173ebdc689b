"""What a page says of its resource in the words of schema.org: no more than is certain, and no more than is asked.

It is made from what the profile ``schema`` would say (:class:`~saite.render.profiles.schema.SchemaOrg`): in the
language of the page, of the resource only, and of properties and values that go together by schema.org's rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any, Final

from saite import language as languages
from saite.iri import quoted, safe_href
from saite.language import moment
from saite.namespaces import RDF_TYPE, XSD
from saite.render.dataset import dataset
from saite.render.dumps import dump_paths
from saite.render.html.table import clean, shortened, site_root
from saite.render.names import Kept
from saite.render.profiles.schema import SchemaOrg
from saite.schemaorg import SCHEMA, Needs
from saite.schemaorg.needs import LONGEST, SHORTEST, types_of, weakened
from saite.schemaorg.words import MEMBERS, USES, known, lineage, properties, suits
from saite.site.model import Resource, Site
from saite.site.reading import ReadingOrder
from saite.site.triples import Triples
from saite.terms import BlankNode, Literal, NamedNode, Term, among

Json = dict[str, Any]

_MOST: Final = 20
"""How many values of a property a page tells search engines: pages stay light."""

_TEXT: Final = 500
"""Characters of a description; that of a data set may be longer."""

_LARGEST: Final = 2**53
"""Numbers below which every reader of JSON reads alike (RFC 8259 section 6)."""

_UNKNOWN: Final = ("Thing",)
"""The type of what schema.org has no better word for."""

_NUMBERS: Final = frozenset(XSD + name for name in ("decimal", "double", "float", "integer", "nonNegativeInteger"))
_DATES: Final = {SCHEMA + "Date": ("date", "gYearMonth", "gYear"), SCHEMA + "DateTime": ("dateTime",)}


class Things:
    """Describes the resources of a site to search engines."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._order = ReadingOrder(site.config)
        self._schema = SchemaOrg(site)
        self._types = Kept(self._find_types)
        self._known = lru_cache(maxsize=1024)(partial(types_of, vocabulary=self._schema.vocabulary))
        self._needs = Needs(self._schema.vocabulary, self._types.__getitem__)
        self._places = Kept(self._find_address)
        self._root = site_root(site.config)

    @cached_property
    def dataset(self) -> NamedNode | None:
        """The node that describes the site's data as a whole, if there is one."""
        return dataset(self._site)

    def thing(self, resource: Resource, language: str, url: str) -> Json | None:
        """What is said of a resource; None where schema.org has no better word for it than a thing.

        Args:
            resource: the resource.
            language: of the page.
            url: absolute address of its page, "" where that is not known.
        """
        about = Triples.of(resource.triples, self._order).about
        said = about.get(resource.node)
        if not said:
            return None
        classes = tuple(said.get(RDF_TYPE, ()))
        types = self._known(classes)
        if types != _UNKNOWN:
            types = self._needs.types(classes, said)
        if types == _UNKNOWN:
            return None
        values: dict[str, list[Term]] = {}
        for word, term in self._schema.statements(about, resource.node):
            values.setdefault(word.value.removeprefix(SCHEMA), []).append(term)
        thing = {"@type": _one(types), "@id": resource.node.value, "name": self._name(resource.node, language)}
        for name in sorted(properties(types).intersection(values) - {"name"}):
            made = self._values(name, values[name], types, language)
            if made:
                thing[name] = _one(made)
        if "Event" in lineage(types[0]):
            thing["location"] = self._location(values["location"], language)
        if url and resource.node.value.startswith(self._site.base):
            thing.setdefault("url", url)
        if resource.node == self.dataset and "Dataset" in types:
            self._offer(thing, language)
        return thing

    def _offer(self, thing: Json, language: str) -> None:
        """Where the site's own data can be had."""
        config = self._site.config
        if "dumps" in config.formats and self._root:
            thing["distribution"] = [
                {
                    "@type": "DataDownload",
                    "contentUrl": self._root + quoted(path),
                    "encodingFormat": media_type.partition(";")[0],
                }
                for path, media_type in dump_paths(self._site).items()
            ]
            thing["isAccessibleForFree"] = True
        title = languages.choose(config.title, language, config.languages)
        if title and self._root:
            thing["includedInDataCatalog"] = {"@type": "DataCatalog", "name": title[0], "url": self._root}

    def _name(self, node: NamedNode, language: str) -> str:
        return clean(self._site.labels.best(node, language)[0])

    def _values(self, name: str, terms: Iterable[Term], types: tuple[str, ...], language: str) -> Sequence[Any]:
        """The values of a property that suit it, as JSON; texts in one language."""
        found: list[Any] = []
        texts: dict[str, list[str]] = {}
        ranges = USES[name].ranges
        for term in terms:
            if isinstance(term, Literal):
                value = _value(term, ranges)
                if value is not None:
                    found.append(value)
                elif "Text" in ranges and term.value.strip():
                    texts.setdefault(term.language or "", []).append(" ".join(clean(term.value).split()))
            elif name == "temporalCoverage":
                found += self._interval(term)
            elif isinstance(term, NamedNode):
                found += self._reference(name, term, language)
        if name == "description":
            return self._description(texts, "Dataset" in types, language)
        chosen = languages.choose(dict.fromkeys(texts, ""), language, self._site.config.languages)
        if chosen:
            found += texts[chosen[1]]
        return found[:_MOST]

    def _description(self, texts: Mapping[str, Sequence[str]], whole: bool, language: str) -> Sequence[str]:
        long = {tag: max(some, key=len) for tag, some in texts.items()}
        fitting = {tag: text for tag, text in long.items() if len(text) >= SHORTEST}
        best = languages.choose(fitting if whole else long, language, self._site.config.languages)
        return [shortened(best[0], LONGEST if whole else _TEXT)] if best else []

    def _reference(self, name: str, node: NamedNode, language: str) -> Sequence[Any]:
        """A node as the value of a property: what it is and what it is called, or its address."""
        ranges = USES[name].ranges
        for enumeration in ranges.intersection(MEMBERS):
            words = self._schema.vocabulary.individuals(node)
            return [one.value for one in words if one.value.removeprefix(SCHEMA) in MEMBERS[enumeration]][:1]
        types = weakened(self._types[node])
        if suits(types, name) and self._site.labels.all(node):
            return [{"@type": _one(types), "@id": node.value, "name": self._name(node, language)}]
        return [node.value] if "URL" in ranges and safe_href(node.value) else []

    def _location(self, terms: Iterable[Term], language: str) -> Any:
        """Where an event is held: a place with its address, which is its name and that of what it lies in."""
        found = []
        for term in filter(self._needs.is_location, terms):
            if isinstance(term, Literal):
                text = clean(term.value.strip())
                found.append({"@type": "Place", "name": text, "address": text})
            elif isinstance(term, NamedNode):
                types = self._types[term]
                place = {"@type": _one(types), "@id": term.value, "name": self._name(term, language)}
                if "address" in properties(types):
                    place["address"] = ", ".join(self._name(node, language) for node in (term, *self._places[term]))
                found.append(place)
        return _one(found[:_MOST])

    def _find_address(self, node: NamedNode) -> tuple[NamedNode, ...]:
        """What a place lies in. It is looked up once for each place in which events are held."""
        words = self._schema.vocabulary.properties
        inside = NamedNode(f"{SCHEMA}containedInPlace")
        around = {
            quad.object
            for quad in self._site.quads(node)
            if isinstance(quad.object, NamedNode) and inside in words(quad.predicate)
        }
        return tuple(sorted(around, key=lambda one: one.value))

    def _interval(self, node: Term) -> Sequence[str]:
        """A period as an interval of ISO 8601; open where nobody says when it began or ended."""
        if not isinstance(node, NamedNode | BlankNode):
            return ()
        ends = {"startDate": "..", "endDate": ".."}
        for quad in self._site.quads(node):
            for word in self._schema.vocabulary.properties(quad.predicate):
                name = word.value.removeprefix(SCHEMA)
                if name in ends and isinstance(quad.object, Literal):
                    datatype = quad.object.datatype.value.removeprefix(XSD)
                    if moment(quad.object.value, datatype) is not None:
                        ends[name] = _day(quad.object.value, datatype)
        start, end = ends.values()
        return () if start == end == ".." else (f"{start}/{end}",)

    @cached_property
    def _classes(self) -> Sequence[tuple[tuple[str, ...], Sequence[NamedNode]]]:
        """The types for which there are instances in the data, with these."""
        listings = (one for one in self._site.listings if one.kind == "class")
        typed = ((types_of((one.node,), self._schema.vocabulary), one.members) for one in listings)
        return [(types, members) for types, members in typed if types != _UNKNOWN]

    def _find_types(self, node: NamedNode) -> tuple[str, ...]:
        return known(name for types, members in self._classes if among(members, node) for name in types)


def _value(literal: Literal, ranges: frozenset[str]) -> Any:
    """A literal as JSON, if it is a date, a number, an address or a truth value that a property may have."""
    datatype, text = literal.datatype.value, literal.value.strip()
    if datatype in _DATES:
        wanted = "Date" in ranges or "DateTime" in ranges
        fitting = (kind for kind in _DATES[datatype] if moment(text, kind) is not None)
        kind = next(fitting, "")
        return _day(text, kind) if wanted and kind else None
    if datatype in _NUMBERS and not ranges.isdisjoint(("Number", "Integer")):
        try:
            number = float(text)
        except ValueError:
            return None
        if not abs(number) < _LARGEST:
            return None
        if number.is_integer():
            return int(number)
        return number if "Number" in ranges else None
    if datatype == XSD + "boolean" and "Boolean" in ranges:
        return {"true": True, "1": True, "false": False, "0": False}.get(text)
    if "URL" in ranges and not literal.language and safe_href(text):
        return text
    return None


def _day(lexical: str, datatype: str) -> str:
    """A date without its time zone, which ISO 8601 does not give a date; a time with it."""
    length = {"gYear": 4, "gYearMonth": 7, "date": 10}
    return lexical.strip()[: length.get(datatype)]


def _one(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)
