"""All that is known here of matching: which of many names are near to one. The rest is :mod:`saite.matching`'s."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from saite.matching import Index, names, sure
from saite.store.protocol import Store
from saite.terms import NamedNode


class Near(NamedTuple):
    """A name that is near.

    Attributes:
        key: what it is a name of.
        name: the name.
        score: how near, from 0 to 100.
        same: it is the same but for case, diacritics, punctuation or script.
    """

    key: int
    name: str
    score: float
    same: bool


class Search(Protocol):
    """Finds the things with the nearest names."""

    def search(self, text: str, limit: int) -> Sequence[Near]:
        """Each by its nearest name, best first."""
        ...

    def alone(self, text: str) -> bool:
        """Whether the first can be meant and no other."""
        ...


class Names:
    """A :class:`Search` over names.

    Args:
        named: numbers of things, with a name each; a thing may have several.
    """

    def __init__(self, named: Iterable[tuple[int, str]]) -> None:
        self._index = Index(named)

    def search(self, text: str, limit: int) -> Sequence[Near]:
        """Each thing by its nearest name, best first."""
        return [Near(f.key, f.name, f.score.value, f.score.same) for f in self._index.find(text, limit)]

    def alone(self, text: str) -> bool:
        """Whether the first can be meant and no other."""
        return sure(self._index.find(text, 2), text)


def names_of(store: Store) -> Iterator[tuple[str, str, str]]:
    """The names that a graph gives to what has an IRI: the IRI, the name, its language ("" for none)."""
    for node, text, language in names(store):
        if isinstance(node, NamedNode):
            yield node.value, " ".join(text.split()), language
