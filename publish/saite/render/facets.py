"""What facets are called in addresses, which of their values have pages, and the query that selects what is chosen."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from saite.config import Step
from saite.namespaces import OWL, RDF_TYPE, RDFS
from saite.render.tables.cells import guarded
from saite.render.tables.delimited import line
from saite.site.model import Choice, Facet, Listing
from saite.terms import Literal, NamedNode, Term

MOST_MEMBERS: Final = 5_000
"""How many members a listing has, at most, whose facets can be combined: browsers load them all."""

MOST_LINKED: Final = 25
"""How many values a facet has, at most, that have a page each."""

MOST_PAGES: Final = 2_000
"""How many pages of values a site has, at most, in each language."""

PAGE: Final = 200
"""How many members one page of a listing shows."""

_EVERYTHING: Final = frozenset((RDFS + "Resource", OWL + "Thing"))
_LONGEST: Final = 60
_LOCAL: Final = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Named:
    """A facet with its names in addresses.

    Attributes:
        facet: the facet.
        key: its name: the last property's.
        tokens: the names of its values, in their order.
        linked: each value has a page.
    """

    facet: Facet
    key: str
    tokens: tuple[str, ...]
    linked: bool = False

    def choices(self) -> Iterator[tuple[str, Choice]]:
        """The values with their names."""
        return zip(self.tokens, self.facet.choices, strict=True)


def named(listing: Listing) -> tuple[Named, ...]:
    """The facets of a listing with names of which no two differ by letter case only."""
    keys = _distinct([facet.path[-1].property for facet in listing.facets], "facet")
    return tuple(
        Named(
            facet,
            key,
            tuple(_distinct([one.term.value for one in facet.choices], "value", lower=True)),
        )
        for facet, key in zip(listing.facets, keys, strict=True)
    )


def _distinct(iris: Sequence[str], empty: str, *, lower: bool = False) -> list[str]:
    """Short names of IRIs: letters and digits, of which the first is a letter or (of values) a digit."""
    found: list[str] = []
    taken: set[str] = set()
    for iri in iris:
        trimmed = iri.rstrip("#/")
        local = trimmed[max(trimmed.rfind("#"), trimmed.rfind("/")) + 1 :]
        name = re.sub("[^A-Za-z0-9]+", "-", local).strip("-")[:_LONGEST].strip("-")
        name = name.lower() if lower else name.replace("-", "_")
        if not lower and not name[:1].isalpha():
            name = f"{empty}{name}"
        name = name or f"{empty}-{_digest(iri)}"
        number = 2
        base = name
        while name.lower() in taken:
            # the same property by several paths has no other mark than its place; values have their IRIs
            name = f"{base}-{_digest(iri)}" if lower and number == 2 else f"{base}{number}"
            number += 1
        taken.add(name.lower())
        found.append(name)
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def linked(listings: Iterable[Listing]) -> dict[NamedNode, tuple[Named, ...]]:
    """The facets of listings; those with few values have a page for each, as long as the site has not too many.

    Args:
        listings: the listings, the most important ones first.
    """
    left = MOST_PAGES
    found = {}
    for listing in listings:
        facets = []
        for one in named(listing):
            total = sum(pages(choice) for choice in one.facet.choices)
            fits = len(one.tokens) <= MOST_LINKED and total <= left
            left -= total if fits else 0
            facets.append(Named(one.facet, one.key, one.tokens, fits))
        if facets:
            found[listing.node] = tuple(facets)
    return found


def pages(choice: Choice) -> int:
    """How many pages the members with a value take."""
    return max(1, -(-len(choice.members) // PAGE))


def narrowed(listing: Listing, key: str, token: str, number: int = 1) -> str:
    """The document of the members with one value: ``browse/class/Event~kind-forum``, and of its further pages.

    Of what stands after ``~``, pages begin with a digit, and marks (:func:`saite.iri.distinct`) have no hyphen.
    """
    document = f"{listing.document}~{key}-{token}"
    return document if number == 1 else f"{document}~{number}"


class Selection:
    """Writes the SPARQL query that selects the members of a listing with chosen values.

    Args:
        listing: the listing.
        facets: its facets.
        prefixes: the prefixes by which IRIs may be abbreviated.
        inherits: whether classes below have instances of the class.
    """

    def __init__(
        self, listing: Listing, facets: Sequence[Named], prefixes: Mapping[str, str], *, inherits: bool
    ) -> None:
        self._prefixes = dict(sorted(prefixes.items()))
        self._namespaces = {namespace: prefix for prefix, namespace in sorted(prefixes.items(), reverse=True)}
        self._facets = facets
        of_class = self._iri(RDF_TYPE.value)
        if inherits and listing.node.value not in _EVERYTHING:
            of_class += f"/{self._iri(RDFS + 'subClassOf')}*"
        self.head = f"SELECT DISTINCT ?item WHERE {{\n  ?item {of_class} {self._iri(listing.node.value)} .\n"
        self.foot = "} ORDER BY ?item\n"
        if listing.count > len(listing.members):
            self.foot = "  FILTER(isIRI(?item))\n" + self.foot

    def query(self, chosen: Mapping[str, Sequence[str]]) -> str:
        """The query for values by facet: each facet must have one of its values.

        Args:
            chosen: tokens by key; a facet without any does not matter.
        """
        body = self.head
        for place, one in enumerate(self._facets):
            terms = [self.term(choice.term) for token, choice in one.choices() if token in chosen.get(one.key, ())]
            if terms:
                before, between, after = self.clause(place)
                body += before + between.join(terms) + after
        body += self.foot
        return "".join(f"PREFIX {name}: <{self._prefixes[name]}>\n" for name in self.used(body)) + "\n" + body

    def clause(self, place: int) -> tuple[str, str, str]:
        """What stands before, between and after the chosen values of a facet."""
        facet = self._facets[place].facet
        path = self._path(facet.path)
        if facet.years:
            name = f"?date{place + 1}"
            return f'  ?item {path} {name} .\n  FILTER(REGEX(STR({name}), "^(', "|", ')([^0-9]|$)"))\n'
        name = f"?value{place + 1}"
        return f"  VALUES {name} {{ ", " ", f" }}\n  ?item {path} {name} .\n"

    def term(self, term: Term) -> str:
        """A value as :meth:`clause` takes it."""
        return term.value if isinstance(term, Literal) else self._iri(term.value)

    def used(self, body: str) -> list[str]:
        """The prefixes that a query uses; IRIs in full do not count."""
        text = re.sub("<[^>]*>", "", body)
        return [name for name in self._prefixes if re.search(rf"(?:^|[\s/^]){re.escape(name)}:", text)]

    def prefixes(self) -> dict[str, str]:
        """The prefixes that any query of the listing may use."""
        body = self.head + self.foot
        for place, one in enumerate(self._facets):
            before, _, after = self.clause(place)
            body += before + " ".join(self.term(choice.term) for choice in one.facet.choices) + after
        return {name: self._prefixes[name] for name in self.used(body)}

    def _path(self, path: Iterable[Step]) -> str:
        return "/".join(f"{'^' if step.inverse else ''}{self._iri(step.property)}" for step in path)

    def _iri(self, iri: str) -> str:
        end = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._namespaces.get(iri[:end])
        if prefix is not None and re.fullmatch("[A-Za-z][A-Za-z0-9-]*", prefix) and _LOCAL.fullmatch(iri[end:]):
            return f"{prefix}:{iri[end:]}"
        return f"<{iri}>"


def rows(titles: Sequence[str], members: Iterable[tuple[str, str, Sequence[Sequence[str]]]]) -> Iterator[bytes]:
    """Members as CSV: IRI, name, and the names of their values by facet."""
    yield line(map(guarded, titles)).encode()
    for iri, name, values in members:
        yield line([iri, *(guarded(text) if text else "" for text in (name, *map(" | ".join, values)))]).encode()
