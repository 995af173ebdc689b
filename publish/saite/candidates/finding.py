"""Which things of a site may be which things elsewhere. Begin at :func:`find`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, Protocol

from saite.candidates.near import Names, Near
from saite.candidates.scoring import points
from saite.candidates.things import Hints, Things
from saite.namespaces import OWL, SKOS

SAME: Final = OWL + "sameAs"
MATCH: Final = SKOS + "exactMatch"

_LOOKED_AT: Final = 10  # names that are near to one
_BEFORE: Final = 10.0  # points by which hints may raise a score


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that a person may accept.

    Attributes:
        entity: IRI of ours.
        label: its name that is nearest.
        link: the property: ``owl:sameAs``, or ``skos:exactMatch`` where one of the two is a concept.
        other: IRI of theirs.
        other_label: its name that is nearest.
        score: 0 to 100.
        reasons: what speaks for it, and against.
    """

    entity: str
    label: str
    link: str
    other: str
    other_label: str
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Pair:
    """A thing elsewhere, as it was found by one name of ours."""

    name: str
    near: Near
    iri: str
    reasons: list[str] = field(default_factory=list)


class Others(Protocol):
    """Where things elsewhere are found."""

    def near(self, names: Sequence[str]) -> Iterable[Pair]:
        """Things with names near to these."""
        ...

    def hints(self, iri: str) -> Hints:
        """What else is known of one that was found."""
        ...

    def has(self, iri: str) -> bool:
        """Whether an IRI is one of these things."""
        ...


class Local:
    """The things of a file.

    Args:
        things: what they are.
    """

    def __init__(self, things: Things) -> None:
        names = things.names()
        self._iris = list(names)
        self._known = frozenset(names)
        self._things = things
        self._index = Names((key, text) for key, of_one in enumerate(names.values()) for text, _ in of_one)

    def near(self, names: Sequence[str]) -> Iterator[Pair]:
        """Things with names near to these."""
        for name in names:
            for position, near in enumerate(self._index.search(name, _LOOKED_AT)):
                pair = Pair(name, near, self._iris[near.key])
                if not position and self._index.alone(name):
                    pair.reasons.append("no other name is near")
                yield pair

    def hints(self, iri: str) -> Hints:
        """What else is known of one."""
        return self._things.hints(iri)

    def has(self, iri: str) -> bool:
        """Whether an IRI is one of these things."""
        return iri in self._known


_Named = tuple[str, Sequence[tuple[str, str]]]

Track = Callable[[Iterable[_Named], int], Iterable[_Named]]
"""Follows how far the work has come."""


def find(
    ours: Things,
    others: Others,
    linked: AbstractSet[tuple[str, str]],
    *,
    least: float = 80.0,
    limit: int = 3,
    again: bool = False,
    track: Track = lambda names, total: names,
) -> Iterator[Candidate]:
    """Candidates for links, by IRI of ours, the best first.

    Args:
        ours: the entities of the site.
        others: where to look.
        linked: pairs that are linked already.
        least: of the score.
        limit: how many for each entity.
        again: look for entities too that are linked to one of the others already.
        track: is given the entities as they are taken.
    """
    partners: dict[str, list[str]] = {}
    for one, other in linked:
        partners.setdefault(one, []).append(other)
    named = ours.names()
    for iri, names in track(named.items(), len(named)):
        if not again and any(others.has(partner) for partner in partners.get(iri, ())):
            continue
        languages = _languages(names)
        best: dict[str, Pair] = {}
        for pair in others.near(list(languages)):
            known = best.get(pair.iri)
            if pair.near.score >= least - _BEFORE and (known is None or pair.near.score > known.near.score):
                best[pair.iri] = pair
        if not best:
            continue
        hints = ours.hints(iri)
        made = (
            _candidate(iri, hints, others.hints(pair.iri), pair, languages)
            for pair in best.values()
            if pair.iri != iri and (iri, pair.iri) not in linked
        )
        yield from sorted((c for c in made if c.score >= least), key=lambda c: (-c.score, c.other))[:limit]


def _languages(names: Sequence[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for text, language in names:
        found.setdefault(text, []).append(language)
    return found


def _candidate(iri: str, hints: Hints, theirs: Hints, pair: Pair, languages: Mapping[str, Sequence[str]]) -> Candidate:
    tags = ", ".join(filter(None, languages[pair.name]))
    matched = f"{'same' if pair.near.same else 'like'} name{f' ({tags})' if tags else ''}"
    more = list(points(hints, theirs))
    score = min(100.0, max(0.0, pair.near.score + sum(value for value, _ in more)))
    link = MATCH if hints.concept or theirs.concept else SAME
    reasons = (matched, *pair.reasons, *(reason for _, reason in more))
    return Candidate(iri, pair.name, link, pair.iri, pair.near.name, round(score, 1), reasons)
