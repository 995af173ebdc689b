"""What somebody who types may mean: entities, classes and properties."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from saite.matching.normal import fold
from saite.serve.reconcile.knowledge import Knowledge, named
from saite.terms import NamedNode

_LEAST: Final = 60.0  # the score of names that do not begin so
_NONE: Final = 3  # the rank of what nobody means
_LOOKED_AT: Final = 200  # entities of a class whose properties are proposed


def entities(knowledge: Knowledge, prefix: str, types: Iterable[str], limit: int, offset: int) -> list[NamedNode]:
    """The entities with names that begin so; then those with names that are near."""
    admits = knowledge.admits(types)
    number = knowledge.numbers.get(prefix)
    found = _entities(knowledge, prefix, admits, limit + offset) if number is None else iter((number,))
    return [knowledge.entities[one] for one in islice(found, offset, offset + limit)]


def _entities(knowledge: Knowledge, prefix: str, admits: Callable[[int], bool], most: int) -> Iterator[int]:
    if not prefix.strip():
        yield from (number for number in range(len(knowledge.entities)) if admits(number))
        return
    seen: set[int] = set()
    for number in knowledge.prefixes.find(prefix):
        if admits(number):
            seen.add(number)
            yield number
    for found in knowledge.index.find(prefix, most, _LEAST, admits):
        if found.key not in seen:
            yield found.key


def classes(knowledge: Knowledge, prefix: str, limit: int, offset: int) -> list[NamedNode]:
    """The classes with names that begin so, or have such a word; those with most entities first."""
    return _few(knowledge, knowledge.classes, prefix, limit, offset)


def properties(knowledge: Knowledge, prefix: str, limit: int, offset: int) -> list[NamedNode]:
    """The properties with names that begin so, or have such a word; those used most first."""
    return _few(knowledge, knowledge.properties, prefix, limit, offset)


def proposed(knowledge: Knowledge, type: str, limit: int) -> list[NamedNode]:
    """The properties that the first entities of a class have, those that most of them have first; of "", of all."""
    counts: dict[NamedNode, int] = {}
    admits = knowledge.admits([type])
    for number in islice(filter(admits, range(len(knowledge.entities))), _LOOKED_AT):
        for predicate in {quad.predicate for quad in knowledge.site.quads(knowledge.entities[number])}:
            counts[predicate] = counts.get(predicate, 0) + 1
    return sorted(counts, key=lambda node: (-counts[node], node.value))[:limit]


def _few(knowledge: Knowledge, nodes: Iterable[NamedNode], prefix: str, limit: int, offset: int) -> list[NamedNode]:
    wanted = " ".join(fold(prefix).split())
    node = named(prefix.strip()) if prefix.strip() else None
    ranked = [
        (rank, place, one) for place, one in enumerate(nodes) if (rank := _rank(knowledge, one, node, wanted)) < 3
    ]
    ranked.sort(key=lambda found: found[:2])
    return [one for _, _, one in ranked[offset : offset + limit]]


def _rank(knowledge: Knowledge, node: NamedNode, asked: NamedNode | None, wanted: str) -> int:
    """0: it is that very one, or begins so; 1: a word of its name does; 2: the end of its IRI does; 3: nothing does."""
    if node == asked:
        return 0
    names = [fold(name) for name in knowledge.site.labels.all(node).values()]
    if any(name.startswith(wanted) for name in names):
        return 0
    if any(f" {wanted}" in name for name in names):
        return 1
    end = node.value.rstrip("#/").rpartition("#")[2].rpartition("/")[2]
    return 2 if fold(end).startswith(wanted) else _NONE
