"""What search engines ask of an event and of a data set, without which they show neither.

Google, "Event (Event) structured data": ``name``, ``startDate`` and ``location`` are required. Google, "Dataset
(Dataset, DataCatalog, DataDownload) structured data": ``name``, and a ``description`` of 50 to 5,000 characters.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from saite.language import moment
from saite.namespaces import LABEL_PROPERTIES, XSD
from saite.schemaorg.mapping import SCHEMA, Vocabulary
from saite.schemaorg.words import known, lineage, suits
from saite.terms import Literal, NamedNode, Term

SHORTEST: Final = 50
LONGEST: Final = 5_000
"""How many characters the description of a data set has."""

EVENT: Final = "Event"
DATASET: Final = "Dataset"
WEAKER: Final = {EVENT: "Thing", DATASET: "CreativeWork"}
"""What something is called in place of what search engines would reject."""

_NAMES: Final = frozenset(LABEL_PROPERTIES)

Said = Mapping[NamedNode, Sequence[Term]]
"""What is said of a node: its objects by predicate."""


class Needs:
    """Judges whether something has what search engines ask.

    Args:
        vocabulary: the words of schema.org for a site's terms.
        types: gives the types (local names of schema.org) of a node that is mentioned.
    """

    def __init__(self, vocabulary: Vocabulary, types: Callable[[NamedNode], tuple[str, ...]]) -> None:
        self._vocabulary = vocabulary
        self._types = types

    def missing(self, types: Iterable[str], said: Said) -> tuple[str, ...]:
        """Properties without which something of some types is not shown; none for what nothing is asked of."""
        above = frozenset().union(*map(lineage, types))
        if EVENT not in above and DATASET not in above:
            return ()
        values: dict[str, list[Term]] = {}
        for predicate, terms in said.items():
            for word in self._vocabulary.properties(predicate):
                values.setdefault(word.value.removeprefix(SCHEMA), []).extend(terms)
            if predicate in _NAMES:
                values.setdefault("name", []).extend(terms)
        wanted = []
        if not values.get("name"):
            wanted.append("name")
        if EVENT in above:
            if not any(map(is_day, values.get("startDate", ()))):
                wanted.append("startDate")
            if not any(map(self.is_location, values.get("location", ()))):
                wanted.append("location")
        if DATASET in above and not any(map(_is_long_enough, values.get("description", ()))):
            wanted.append("description")
        return tuple(wanted)

    def is_location(self, term: Term) -> bool:
        """Whether a value says where something is: a text, or something of which the data say that it is a place."""
        if isinstance(term, Literal):
            return bool(term.value.strip())
        return isinstance(term, NamedNode) and suits(self._types(term), "location")

    def types(self, classes: Iterable[Term], said: Said) -> tuple[str, ...]:
        """What something of some classes may be called: in place of what search engines would reject, what is above."""
        found = types_of(classes, self._vocabulary)
        return weakened(found) if self.missing(found, said) else found


def weakened(types: Iterable[str]) -> tuple[str, ...]:
    """What something may be called of which no more than its name is told."""
    return known(next((WEAKER[one] for one in WEAKER if one in lineage(name)), name) for name in types)


def types_of(classes: Iterable[Term], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The types (local names of schema.org) that some classes are."""
    words = (word for node in classes if isinstance(node, NamedNode) for word in vocabulary.classes(node))
    return known(word.value.removeprefix(SCHEMA) for word in words)


def is_day(term: Term) -> bool:
    """Whether a value is a date to the day: what calendars can show."""
    if not isinstance(term, Literal):
        return False
    found = moment(term.value, term.datatype.value.removeprefix(XSD))
    return found is not None and found.day is not None


def _is_long_enough(term: Term) -> bool:
    return isinstance(term, Literal) and len(" ".join(term.value.split())) >= SHORTEST
