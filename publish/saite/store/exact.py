"""Literals as they were written, beside a store that keeps only their values.

Oxigraph keeps numbers, booleans and times by value: ``"007"^^xsd:integer`` comes back as ``"7"``, ``"1.50"`` as
``"1.5"``, and every integer that fits 64 bits as ``xsd:integer``, so that an ``xsd:nonNegativeInteger`` (each
cardinality of OWL) would change its datatype, and be published so. What differs is remembered here and put back when
quads are read; queries see the values.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import pyoxigraph

from saite.namespaces import XSD
from saite.terms import Literal, NamedNode, Quad, Term

_STABLE: Final[dict[str, str]] = {
    "integer": r"0|-?[1-9][0-9]*",
    "decimal": r"0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]",
    "double": r"0|-?[1-9][0-9]{0,14}",
    "float": r"0|-?[1-9][0-9]{0,5}",
    "boolean": "true|false",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}Z?",
    "dateTime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[01][0-9]:[0-9]{2}:[0-9]{2}Z?",
    "time": r"[01][0-9]:[0-9]{2}:[0-9]{2}Z?",
    "gYear": r"[0-9]{4}Z?",
    "gYearMonth": r"[0-9]{4}-[0-9]{2}Z?",
    "gMonth": r"--[0-9]{2}Z?",
    "gDay": r"---[0-9]{2}Z?",
    "gMonthDay": r"--[0-9]{2}-[0-9]{2}Z?",
}
"""Forms that come back as they are, for the datatypes that Oxigraph keeps by value; the others are tried."""
_OTHERS: Final = (
    "byte short int long unsignedByte unsignedShort unsignedInt unsignedLong positiveInteger negativeInteger "
    "nonPositiveInteger nonNegativeInteger dateTimeStamp duration yearMonthDuration dayTimeDuration"
)

_BY_VALUE: Final[dict[NamedNode, re.Pattern[str] | None]] = {
    **{NamedNode(XSD + name): re.compile(form) for name, form in _STABLE.items()},
    **{NamedNode(XSD + name): None for name in _OTHERS.split()},
}
_PLACE: Final = NamedNode("urn:x-saite:exact")


def kept(literal: Literal) -> Literal:
    """The literal as Oxigraph gives it back: itself, or another of the same value."""
    datatype = literal.datatype
    if datatype not in _BY_VALUE:
        return literal
    stable = _BY_VALUE[datatype]
    if stable is not None and stable.fullmatch(literal.value):
        return literal
    return _tried(literal)


@lru_cache(maxsize=65536)
def _tried(literal: Literal) -> Literal:
    scratch = pyoxigraph.Store()
    scratch.add(Quad(_PLACE, _PLACE, literal))
    back = next(iter(scratch)).object
    assert isinstance(back, Literal)
    return back


class Exact:
    """Which quads of a store stand for other literals than the store gives back.

    Quads are known by their hash (64 bits), so that a million of them fit in some 100 MB; two that share it and the
    value of their literals would be taken for each other, which happens once in 10 million such stores.

    Attributes:
        watched: how many quads were passed on, repetitions included.
    """

    def __init__(self) -> None:
        self._forms: dict[int, tuple[Literal, ...]] = {}
        self.watched = 0

    def __bool__(self) -> bool:
        """Whether there is anything to put back."""
        return bool(self._forms)

    def watch(self, quads: Iterable[Quad], before: pyoxigraph.Store | None = None) -> Iterator[Quad]:
        """Passes quads on into a store, and remembers what it will not give back.

        Args:
            quads: what is added.
            before: the store, if it holds anything yet.
        """
        plain: set[int] = set()  # quads with a literal that comes back as it is
        watched = 0
        for watched, quad in enumerate(quads, 1):  # noqa: B007 (counts)
            literal = quad.object
            if type(literal) is Literal and literal.datatype in _BY_VALUE:
                stored = kept(literal)
                if stored == literal:
                    plain.add(hash(quad))
                else:
                    given = Quad(quad.subject, quad.predicate, stored, quad.graph_name)
                    key = hash(given)
                    forms = self._forms.get(key, ())
                    if not forms and before is not None and given in before:
                        plain.add(key)
                    if literal not in forms:
                        self._forms[key] = (*forms, literal)
            yield quad
        self.watched += watched
        for key, forms in self._forms.items():
            if key in plain:
                stored = kept(forms[0])
                if stored not in forms:
                    self._forms[key] = (*forms, stored)

    def restore(self, quads: Iterable[Quad], wanted: Term | None = None) -> Iterator[Quad]:
        """Quads of the store as they were given to it.

        Args:
            quads: what the store gives.
            wanted: the only object that is asked for, if one is.
        """
        for quad in quads:
            literal = quad.object
            forms = self._forms.get(hash(quad), ()) if type(literal) is Literal else ()
            if not forms or kept(forms[0]) != literal:
                if wanted is None or literal == wanted:
                    yield quad
                continue
            for form in forms:
                if wanted is None or form == wanted:
                    yield Quad(quad.subject, quad.predicate, form, quad.graph_name)

    def surplus(self) -> int:
        """How many more quads there are than the store counts."""
        return sum(len(forms) - 1 for forms in self._forms.values())

    def changed(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Those quads, as they were given, of which the store gives back others."""
        for quad in quads:
            if hash(quad) in self._forms:
                yield from self.restore([quad])

    def learn(self, quads: Iterable[Quad]) -> None:
        """Takes in what :meth:`changed` gave."""
        for quad in quads:
            literal = quad.object
            assert isinstance(literal, Literal)
            key = hash(Quad(quad.subject, quad.predicate, kept(literal), quad.graph_name))
            self._forms[key] = (*self._forms.get(key, ()), literal)
