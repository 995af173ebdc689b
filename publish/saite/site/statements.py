"""Statements: folded nodes that say where another triple comes from, as the settings describe them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace

from saite.config import Statements
from saite.namespaces import LABEL_PROPERTIES, RDF_TYPE
from saite.site.description import Group
from saite.site.model import Provenance, Row
from saite.terms import Literal, NamedNode, Term

Rest = Callable[[Group, frozenset[int]], tuple[Row, ...]]
"""Makes rows of a group's properties, without some."""


class Roles:
    """The predicates that the settings give a role, by number; None if the data does not use one.

    Attributes:
        type: the class of the statements.
    """

    def __init__(self, settings: Statements, numbers: Mapping[NamedNode, int]) -> None:
        self.type = NamedNode(settings.type)
        named = {field.name: getattr(settings, field.name) for field in fields(settings) if field.name in _ROLES}
        found = {role: numbers.get(NamedNode(iri)) if iri else None for role, iri in named.items()}
        self.resource, self.property = found["resource"], found["property"]
        self.value, self.accepted = found["value"], found["accepted"]
        self._quote, self._paraphrase, self._note = found["quote"], found["paraphrase"], found["note"]
        self._source, self._status = found["source"], found["status"]
        heading = (numbers[node] for node in (RDF_TYPE, *LABEL_PROPERTIES) if node in numbers)
        self._told = frozenset((*heading, *(n for n in found.values() if n is not None)))

    def statement(self, group: Group, rest: Rest) -> "Statement":
        """A statement from what its node says; what does not fit its role stands among the rest."""
        quotes = tuple(t for t in group.get(self._quote) if type(t) is Literal)
        paraphrases = tuple(t for t in group.get(self._paraphrase) if type(t) is Literal)
        notes = tuple(t for t in group.get(self._note) if type(t) is Literal)
        sources = tuple(t for t in group.get(self._source) if type(t) is NamedNode)
        status = next((t for t in group.get(self._status) if type(t) is NamedNode), None)
        shown = {
            self._quote: len(quotes),
            self._paraphrase: len(paraphrases),
            self._note: len(notes),
            self._source: len(sources),
            self._status: 0 if status is None else 1,
            self.value: 1,
            self.accepted: 1,
        }
        unfit = {role for role, count in shown.items() if len(group.get(role)) > count}
        accepted = group.get(self.accepted)
        return Statement(
            stated=tuple(group.get(self.value)),
            accepted=tuple(accepted),
            provenance=Provenance(
                node=group.subject,
                stated=next(iter(group.get(self.value)), None),
                accepted=next(iter(accepted), None),
                quotes=quotes,
                paraphrases=paraphrases,
                sources=sources,
                status=status,
                notes=notes,
                rest=rest(group, self._told - unfit),
            ),
        )


_ROLES = frozenset(("resource", "property", "value", "accepted", "quote", "paraphrase", "source", "status", "note"))


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement states, what is published instead, and the account of it."""

    stated: tuple[Term, ...]
    accepted: tuple[Term, ...]
    provenance: Provenance

    def values(self) -> Iterable[Term]:
        """The values, stated or published instead, beside which the statement stands; none twice."""
        return dict.fromkeys((*self.stated, *self.accepted))

    def about(self, term: Term) -> Provenance:
        """The account of a published value."""
        if term in self.stated and term != self.provenance.stated:
            return replace(self.provenance, stated=term)
        return self.provenance
