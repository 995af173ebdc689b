"""What a service knows of a site: its entities with their names and classes. Made once, then only read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from saite import language as languages
from saite.matching import Index, Prefixes, names
from saite.namespaces import DESCRIPTION_PROPERTIES, OWL, RDF, RDF_TYPE, RDFS, SH
from saite.site.model import Site
from saite.terms import Literal, NamedNode, Subject

_SCHEMA: Final = (RDF, RDFS, OWL, SH)
_LONGEST: Final = 200  # characters of a description


def named(iri: str) -> NamedNode | None:
    """A node by what a client says is its IRI; None if that is none."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


class Knowledge:
    """The entities of a site: all that has a page.

    Terms of the vocabulary and shapes (whose classes are all of RDF, RDFS, OWL or SHACL) are found only when their
    class is asked for, or if there is nothing else: who looks for a ministry does not mean the class of ministries.

    Args:
        site: the site.

    Attributes:
        site: the site.
        entities: by number.
        numbers: the numbers, by IRI.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.entities = list(site.pages)
        self.numbers = {node.value: number for number, node in enumerate(self.entities)}
        self._classes: dict[NamedNode, int] = {}
        self._types = self._typed()
        self._schema = self._terms()
        given = list(self._named())
        self.index = Index(given)
        self.prefixes = Prefixes(given)

    def _typed(self) -> list[tuple[int, ...]]:
        """The numbers of each entity's classes; equal ones are kept once."""
        found: list[tuple[int, ...]] = [()] * len(self.entities)
        kept: dict[tuple[int, ...], tuple[int, ...]] = {}
        for quad in self.site.quads(None, RDF_TYPE):
            number = self.numbers.get(quad.subject.value) if isinstance(quad.subject, NamedNode) else None
            if number is not None and isinstance(quad.object, NamedNode):
                class_ = self._classes.setdefault(quad.object, len(self._classes))
                if class_ not in found[number]:
                    types = (*found[number], class_)
                    found[number] = kept.setdefault(types, types)
        return found

    def _terms(self) -> bytearray:
        schema = [node.value.startswith(_SCHEMA) for node in self._classes]
        marks = bytearray(bool(types) and all(schema[one] for one in types) for types in self._types)
        return marks if 0 in marks else bytearray(len(marks))

    def _named(self) -> Iterator[tuple[int, str]]:
        """Each entity's names; the end of its IRI where it has none."""
        seen: set[tuple[int, str]] = set()
        named = bytearray(len(self.entities))
        for node, name, _ in names(self.site):
            number = self.number(node)
            if number is not None and (number, name) not in seen:
                seen.add((number, name))
                named[number] = 1
                yield number, name
        for number, node in enumerate(self.entities):
            if not named[number]:
                yield number, self.name(node, "").rpartition(":")[2]

    def number(self, node: Subject) -> int | None:
        """The number of an entity; None if it is none."""
        return self.numbers.get(node.value) if isinstance(node, NamedNode) else None

    def types(self, number: int) -> list[NamedNode]:
        """The classes of an entity, by IRI."""
        nodes = self._nodes
        return sorted((nodes[one] for one in self._types[number]), key=lambda node: node.value)

    @cached_property
    def _nodes(self) -> list[NamedNode]:
        return list(self._classes)

    def admits(self, types: Iterable[str] = (), *, every: bool = False) -> Callable[[int], bool]:
        """Which entities are instances of some classes, or of their subclasses; with none, of any but the schema."""
        asked = [named(one) for one in types if one]
        wanted = [frozenset(self._below(node) if node is not None else ()) for node in asked]
        if not wanted:
            return lambda number: not self._schema[number]
        meets = all if every else any
        return lambda number: meets(not known.isdisjoint(self._types[number]) for known in wanted)

    def _below(self, class_: NamedNode) -> Iterator[int]:
        """The numbers of a class and of all below it."""
        seen = {class_}
        rest = [class_]
        while rest:
            node = rest.pop()
            if node in self._classes:
                yield self._classes[node]
            new = [one for one in self.site.hierarchy.get(node, ()) if one not in seen]
            seen.update(new)
            rest += new

    @cached_property
    def classes(self) -> Mapping[NamedNode, int]:
        """The classes of entities, those with most entities first; how many each has."""
        counts = Counter(
            one for types, schema in zip(self._types, self._schema, strict=True) if not schema for one in types
        )
        nodes = self._nodes
        found = sorted(((nodes[one], count) for one, count in counts.items()), key=lambda p: (-p[1], p[0].value))
        return dict(found)

    @cached_property
    def broader(self) -> Mapping[NamedNode, list[NamedNode]]:
        """The classes and properties above each, by IRI."""
        found: dict[NamedNode, list[NamedNode]] = {}
        for above, below in self.site.hierarchy.items():
            for node in below:
                found.setdefault(node, []).append(above)
        return found

    @cached_property
    def properties(self) -> list[NamedNode]:
        """The properties in use, those used most first."""
        used = self.site.properties
        return sorted((node for node in used if used[node].count), key=lambda node: (-used[node].count, node.value))

    def name(self, node: NamedNode, language: str) -> str:
        """What readers of a language call a node."""
        return self.site.labels.best(node, language)[0]

    def description(self, node: NamedNode, language: str) -> str:
        """A sentence about a node for readers of a language, "" if there is none."""
        for predicate in DESCRIPTION_PROPERTIES:
            texts: dict[str, str] = {}
            for quad in self.site.quads(node, predicate):
                if isinstance(quad.object, Literal):
                    tag, text = quad.object.language or "", quad.object.value
                    texts[tag] = min(texts.get(tag, text), text)
            found = languages.choose(texts, language, self.site.config.languages)
            if found is not None and found[0].strip():
                text = " ".join(found[0].split())
                return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        return ""
