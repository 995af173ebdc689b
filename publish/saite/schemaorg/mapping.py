"""What terms mean in schema.org, as far as it is certain: what the data say of them, then what ``schema.ttl`` says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

import pyoxigraph

from saite.namespaces import OWL, PREFIXES, RDFS, SKOS
from saite.terms import NamedNode, Quad, Subject, Term

FILE: Final = Path(__file__).with_name("schema.ttl")
"""Terms of well-known vocabularies; what the data say of a term wins over it."""

SCHEMA: Final = PREFIXES["schema"]

THING: Final = NamedNode(SCHEMA + "Thing")
"""The class of everything."""

Way = tuple[NamedNode, NamedNode]
"""The property that leads to what is broader, and that which leads to what is the same."""

_OLD: Final = "http://schema.org/"
_SAME: Final = NamedNode(SKOS + "exactMatch")
_SAME_AS: Final = NamedNode(OWL + "sameAs")
_MATCHES: Final = (NamedNode(SKOS + "closeMatch"), NamedNode(SKOS + "broadMatch"))
_CLASSES: Final[Way] = (NamedNode(RDFS + "subClassOf"), NamedNode(OWL + "equivalentClass"))
_PROPERTIES: Final[Way] = (NamedNode(RDFS + "subPropertyOf"), NamedNode(OWL + "equivalentProperty"))


KEPT: Final = 50_000
"""Terms of which the words are kept at most, so that memory does not grow with the number of entities."""


class Quads(Protocol):
    """The quads of a store, or those of a site that may be published, which match."""

    def __call__(
        self, subject: Subject | None = None, predicate: NamedNode | None = None, object: Term | None = None, /
    ) -> Iterator[Quad]:
        """See :class:`saite.site.model.Site`."""
        ...


class Vocabulary:
    """The classes and properties of schema.org that stand for those of a site.

    A term stands for what it is a part of, or the same as, or what it matches closely or as something narrower. Where
    it has no such word itself, its superclasses or superproperties are asked, each way up until the first that has one.
    What is only related, or narrower, says nothing of it.

    Args:
        quads: what the terms are looked up in, one by one, when they are first met.

    Attributes:
        classes: gives what stands for a class.
        properties: gives what stands for a property.
        individuals: gives the members of schema.org's enumerations that something is the same as.
    """

    def __init__(self, quads: Quads) -> None:
        self._quads = quads
        keep = lru_cache(maxsize=KEPT)
        self.classes = keep(lambda node: self._found(node, _CLASSES))
        self.properties = keep(lambda node: self._found(node, _PROPERTIES))
        self.individuals = keep(self._individuals)

    def _individuals(self, node: NamedNode) -> tuple[NamedNode, ...]:
        own = _word(node)
        if own is not None:
            return (own,)
        same = (quad.object for way in (_SAME, _SAME_AS) for quad in self._quads(node, way))
        words = {word for one in same if isinstance(one, NamedNode) and (word := _word(one)) is not None}
        return tuple(sorted(words, key=lambda word: word.value))

    def types(self, classes: Iterable[object]) -> Sequence[NamedNode]:
        """The classes of schema.org to which what has some classes belongs; that of all things only if no other."""
        words = {word for class_ in classes if type(class_) is NamedNode for word in self.classes(class_)}
        if len(words) > 1:
            words.discard(THING)
        return sorted(words, key=lambda word: word.value)

    def _found(self, term: NamedNode, way: Way) -> tuple[NamedNode, ...]:
        found: set[NamedNode] = set()
        met = {term}
        left = [term]
        while left:
            node = left.pop()
            words = {word for word in self._words(node, way) if _is(word, way)}
            found |= words
            for broader in () if words else self._broader(node, way):
                if broader not in met:
                    met.add(broader)
                    left.append(broader)
        return tuple(sorted(found, key=lambda word: word.value))

    def _words(self, node: NamedNode, way: Way) -> Iterator[NamedNode]:
        """Words of schema.org for a term itself."""
        own = _word(node)
        if own is not None:
            yield own
            return
        said = False
        for predicate in (*way, _SAME, *_MATCHES):
            for quad in self._quads(node, predicate):
                word = _word(quad.object) if isinstance(quad.object, NamedNode) else None
                if word is not None:
                    said = True
                    yield word
        if not said:
            yield from well_known().get(node, ())

    def _broader(self, node: NamedNode, way: Way) -> Iterator[NamedNode]:
        up, same = way
        for predicate in (up, same, _SAME):
            for quad in self._quads(node, predicate):
                if isinstance(quad.object, NamedNode):
                    yield quad.object
        for predicate in (same, _SAME):  # to be the same holds both ways
            for quad in self._quads(None, predicate, node):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject


@lru_cache(maxsize=1)
def well_known() -> Mapping[NamedNode, Sequence[NamedNode]]:
    """Words of schema.org for terms of well-known vocabularies."""
    found: dict[NamedNode, list[NamedNode]] = {}
    for quad in pyoxigraph.parse(path=str(FILE), format=pyoxigraph.RdfFormat.TURTLE):
        subject, word = quad.subject, quad.object
        assert isinstance(subject, NamedNode)
        assert isinstance(word, NamedNode)
        found.setdefault(subject, []).append(word)
    return found


def _word(node: NamedNode) -> NamedNode | None:
    """A term of schema.org in its current namespace; None if it is none."""
    for namespace in (SCHEMA, _OLD):
        if node.value.startswith(namespace) and node.value[len(namespace) :].isalnum():
            return NamedNode(SCHEMA + node.value[len(namespace) :])
    return None


def _is(word: NamedNode, way: Way) -> bool:
    """Whether a word is a class, or a property, as is wanted: schema.org tells them apart by the first letter."""
    return word.value[len(SCHEMA)].isupper() == (way is _CLASSES)
