"""A graph while it is made: what is said of whom, nothing twice."""

from collections.abc import Iterator, Sequence

from saite.namespaces import PREFIXES, RDF_TYPE, XSD
from saite.terms import Literal, NamedNode, Subject, Term, Triple


def term(name: str) -> NamedNode:
    """A term of a well-known vocabulary by its prefixed name."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def number(value: int, datatype: str = "integer") -> Literal:
    """A number of a datatype of XML Schema."""
    return Literal(str(value), datatype=NamedNode(XSD + datatype))


class Statements:
    """Objects by subject and predicate, in the order in which they were said."""

    def __init__(self) -> None:
        self._said: dict[Subject, dict[NamedNode, dict[Term, None]]] = {}

    def say(self, subject: Subject, predicate: NamedNode, *terms: Term) -> None:
        """Say a property of a subject."""
        if terms:
            self._said.setdefault(subject, {}).setdefault(predicate, {}).update(dict.fromkeys(terms))

    def type(self, subject: Subject, *classes: NamedNode) -> None:
        """Say what a subject is."""
        self.say(subject, RDF_TYPE, *classes)

    def of(self, subject: Subject, predicate: NamedNode) -> Sequence[Term]:
        """The values of a property."""
        return tuple(self._said.get(subject, {}).get(predicate, ()))

    def __contains__(self, subject: Subject) -> bool:
        return subject in self._said

    def triples(self) -> Iterator[Triple]:
        """All that was said."""
        for subject, properties in self._said.items():
            for predicate, terms in properties.items():
                for one in terms:
                    yield Triple(subject, predicate, one)
