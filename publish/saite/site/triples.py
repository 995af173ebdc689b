"""Triples as RDF forms read them: by subject, then by predicate."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from saite.site.made import Made
from saite.site.reading import ReadingOrder
from saite.terms import BlankNode, NamedNode, Quad, Subject, Term, Triple, sort_key, sorted_triples

_Any = TypeVar("_Any", bound=Term)

About: TypeAlias = Mapping[Subject, Mapping[NamedNode, Sequence[Term]]]
"""What subjects say: their objects by predicate."""


class Triples(Made[Triple]):
    """Triples without repetition, in the order of :func:`saite.terms.sorted_triples`; and arranged for readers.

    Few ask for the triples themselves, so they are made when somebody does.

    Attributes:
        about: the objects by subject and predicate: subjects in the order of :func:`saite.terms.sort_key`,
            predicates and objects in that of :class:`saite.site.reading.ReadingOrder`.
        plain: no blank node is among them.
    """

    __slots__ = ("_made", "about", "plain")

    def __init__(self, about: About, plain: bool) -> None:
        self.about = about
        self.plain = plain
        self._made: tuple[Triple, ...] | None = None

    @classmethod
    def of(cls, triples: Iterable[Triple | Quad], order: ReadingOrder) -> "Triples":
        """Arranges triples that are given in any order; those that are arranged already are what they are."""
        if type(triples) is cls:
            return triples
        found: dict[Subject, dict[NamedNode, list[Term]]] = {}
        plain = True
        for triple in triples:
            # no triple terms here: the sources refuse them
            subject: Subject = triple.subject  # type: ignore[assignment]
            term: Term = triple.object  # type: ignore[assignment]
            found.setdefault(subject, {}).setdefault(triple.predicate, []).append(term)
            if type(term) is BlankNode or type(subject) is BlankNode:
                plain = False
        about = {}
        for subject in ordered(found):
            said = found[subject]
            about[subject] = {
                predicate: order.values(ordered(said[predicate]))
                for predicate in sorted(said, key=order.properties.__getitem__)
            }
        return cls(about, plain)

    def _all(self) -> tuple[Triple, ...]:
        if self._made is None:
            self._made = tuple(
                sorted_triples(
                    Triple(subject, predicate, term)
                    for subject, said in self.about.items()
                    for predicate, terms in said.items()
                    for term in terms
                )
            )
        return self._made

    def __len__(self) -> int:
        return sum([len(terms) for said in self.about.values() for terms in said.values()])

    def __repr__(self) -> str:
        return f"<{len(self)} triples about {len(self.about)} subjects>"


def objects(triples: Sequence[Triple], subject: Subject, predicate: NamedNode) -> Sequence[Term]:
    """The objects of a subject's property, in the order of the triples."""
    if isinstance(triples, Triples):
        return triples.about.get(subject, {}).get(predicate, ())
    return [t.object for t in triples if t.subject == subject and t.predicate == predicate]  # type: ignore[misc]


def ordered(terms: Collection[_Any]) -> list[_Any]:
    """Terms without repetition, in the order of :func:`saite.terms.sort_key`."""
    if len(terms) == 2:
        one, other = terms
        if type(one) is type(other):
            first, second = one.value, other.value
            if first != second:  # the short way for the text in two languages that most resources have
                return [one, other] if first < second else [other, one]
    return sorted(dict.fromkeys(terms), key=sort_key)
