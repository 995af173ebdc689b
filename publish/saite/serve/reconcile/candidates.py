"""Which entities a query may mean.

An entity's score is that of its nearest name (:mod:`saite.matching.scoring`). What is known of it besides raises the
score, by up to half of what it lacks: who gives a country, and is right, has the namesakes of other countries behind.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Final, NamedTuple

from saite.matching import SURE, Found, sure
from saite.matching.normal import form
from saite.matching.scoring import NOTHING, SAME, Score, score
from saite.namespaces import XSD
from saite.serve.reconcile.asked import Condition, Query, Wanted
from saite.serve.reconcile.knowledge import Knowledge, named
from saite.terms import Literal, NamedNode, Term

LEAST: Final = 30.0
"""The score below which nothing is a candidate."""

_RAISED: Final = 0.5  # of what a score lacks
_MARGIN: Final = 8.0
_AGREES: Final = 0.95  # how far conditions are met when they say the same
_LIKE: Final = 60.0  # the least score of values that are alike
_LOOKED_AT: Final = 50  # candidates whose properties are compared
_READ: Final = 2_000  # values of an entity, or entities with a value, that are looked at
_SAME: Final = Score(SAME, 1.0, 1.0, same=True)
_DATATYPES: Final = tuple(
    NamedNode(XSD + name)
    for name in ("string", "integer", "decimal", "double", "boolean", "date", "dateTime", "gYear", "gYearMonth")
)


class Candidate(NamedTuple):
    """An entity that may be meant.

    Attributes:
        number: of the entity.
        score: 0 to 100.
        name: what the name alone scores.
        conditions: how far the conditions are met, 0 to 1; None where there are none.
        match: it can be no other.
    """

    number: int
    score: float
    name: Score
    conditions: float | None
    match: bool


def candidates(knowledge: Knowledge, query: Query) -> list[Candidate]:
    """The entities that a query may mean, best first."""
    admits = knowledge.admits(query.types, every=query.every)
    for text in query.ids:
        number = knowledge.numbers.get(text)
        if number is not None:
            return [Candidate(number, SAME, _SAME, None, match=True)]
    if query.names:
        found, certain = _by_name(knowledge, query, admits)
    else:
        found = [Found(number, "", NOTHING) for number in _by_value(knowledge, query) if admits(number)]
        certain = False
    ranked: list[Candidate] = []
    for one in found:
        met = _met(knowledge, one.key, query.conditions)
        if met is None:
            continue
        value = one.score.value if query.names else 100 * met
        if query.names and query.conditions:
            value += (100 - value) * _RAISED * met
        ranked.append(Candidate(one.key, value, one.score, met if query.conditions else None, match=False))
    ranked.sort(key=lambda one: (-one.score, -one.name.letters - one.name.words, knowledge.entities[one.number].value))
    if ranked and query.names and _certain(ranked, certain):
        ranked[0] = ranked[0]._replace(match=True)
    return ranked[: query.limit]


def _by_name(knowledge: Knowledge, query: Query, admits: Callable[[int], bool]) -> tuple[list[Found], bool]:
    """By the name that says most; whether it alone leaves no doubt."""
    tried = [(knowledge.index.find(name, max(query.limit, _LOOKED_AT), LEAST, admits), name) for name in query.names]
    best: dict[int, Found] = {}
    for found, _ in tried:
        for one in found:
            if one.key not in best or one.score.value > best[one.key].score.value:
                best[one.key] = one
    certain = [found[0].key for found, name in tried if sure(found, name)]
    return list(best.values()), len(set(certain)) == 1 and len(tried) == 1


def _certain(ranked: Sequence[Candidate], by_name: bool) -> bool:
    """Whether the first candidate can be no other: by its name, or by what else is known of it."""
    first = ranked[0]
    if first.conditions is None:
        return by_name
    second = ranked[1].score if len(ranked) > 1 else 0.0
    if first.conditions < _AGREES:
        return by_name and first.conditions > 0 and first.name.same
    return first.name.value >= SURE and first.score - second >= _MARGIN / 2


def _met(knowledge: Knowledge, number: int, conditions: Sequence[Condition]) -> float | None:
    """How far an entity meets conditions, 0 to 1; None if it does not meet one that is required."""
    total = 0.0
    for condition in conditions:
        met = _meets(knowledge, number, condition)
        if condition.required and met < _LIKE / 100:
            return None
        total += met
    return total / len(conditions) if conditions else 0.0


def _meets(knowledge: Knowledge, number: int, condition: Condition) -> float:
    node = knowledge.entities[number]
    if condition.property:
        values = values_of(knowledge, node, condition.property)
        likeness = [
            max((_alike(knowledge, wanted, value) for value in values), default=0.0) for wanted in condition.values
        ]
    else:
        likeness = [_alike(knowledge, wanted, node) for wanted in condition.values]
    if condition.quantifier == "all":
        return min(likeness, default=0.0)
    most = max(likeness, default=0.0)
    return 1.0 - most if condition.quantifier == "none" else most


def values_of(knowledge: Knowledge, node: NamedNode, property: str) -> list[NamedNode | Literal]:
    """The values of a property that a client names, the first thousands where there are more."""
    predicate = named(property)
    found = knowledge.site.quads(node, predicate) if predicate is not None else iter(())
    return [quad.object for quad in islice(found, _READ) if isinstance(quad.object, NamedNode | Literal)]


def _alike(knowledge: Knowledge, wanted: Wanted, value: NamedNode | Literal) -> float:
    """How near a value is to the one that is wanted, 0 to 1."""
    if isinstance(value, NamedNode):
        if value.value in (wanted.id, wanted.text):
            return 1.0
        names = knowledge.site.labels.all(value).values()
        return 0.0 if wanted.id else max((_near(wanted.text, name) for name in names), default=0.0)
    if wanted.text == value.value:
        return 1.0
    asked, has = _number(wanted.text), _number(value.value)
    if asked is not None or has is not None:
        return 1.0 if asked == has else 0.0
    if value.datatype.value.startswith(XSD + "date"):  # at the precision of the less precise one
        shorter, longer = sorted((wanted.text, value.value), key=len)
        return 1.0 if len(shorter) >= 4 and longer.startswith(shorter) else 0.0
    return _near(wanted.text, value.value)


def _near(asked: str, name: str) -> float:
    found = score(form(asked), form(name), lambda word: 1.0).value
    return found / 100 if found >= _LIKE else 0.0


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text) if len(text) < 40 else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def _by_value(knowledge: Knowledge, query: Query) -> Iterator[int]:
    """Entities that have one of the values, where nobody says what the entity is called."""
    seen: set[int] = set()
    for condition in query.conditions:
        predicate = named(condition.property) if condition.property else None
        if predicate is None or condition.quantifier == "none":
            continue
        for wanted in condition.values:
            for term in _terms(knowledge, wanted):
                for quad in knowledge.site.quads(None, predicate, term):
                    number = knowledge.number(quad.subject) if isinstance(quad.subject, NamedNode) else None
                    if number is not None and number not in seen:
                        seen.add(number)
                        yield number
                    if len(seen) >= _READ:
                        return


def _terms(knowledge: Knowledge, wanted: Wanted) -> Iterator[Term]:
    """The terms that a value may be: entities by identifier and by name, literals with and without a language."""
    if wanted.id:
        if (node := named(wanted.id)) is not None:
            yield node
        return
    if wanted.text in knowledge.numbers:
        yield NamedNode(wanted.text)
    yield from (
        knowledge.entities[found.key] for found in knowledge.index.find(wanted.text, 5, _LIKE) if found.score.same
    )
    yield from (Literal(wanted.text, datatype=datatype) for datatype in _DATATYPES)
    config = knowledge.site.config
    yield from (Literal(wanted.text, language=tag) for tag in (*config.languages, *config.label_languages))
