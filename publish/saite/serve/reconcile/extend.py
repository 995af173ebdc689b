"""Values of properties of entities, for further columns of a table (section 7 of both versions)."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from saite import language as languages
from saite.namespaces import RDFS, XSD
from saite.serve.reconcile.asked import Extension
from saite.serve.reconcile.candidates import values_of
from saite.serve.reconcile.knowledge import Knowledge, named
from saite.terms import Literal, NamedNode

LIMIT: Final = "limit"
LANGUAGE: Final = "language"
ALL: Final = "all"
"""Settings of a property: how many values; which language of texts, or all of them."""

_RANGE: Final = NamedNode(RDFS + "range")
_WHOLE: Final = 2**63  # the greatest whole number of most programs
_INTEGERS: Final = frozenset(
    XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
        *("negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)
_FLOATS: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))
_MOMENT: Final = re.compile(
    r"-?(?:[1-9][0-9]*)?[0-9]{4}-(?:1[0-2]|0[1-9])-(?:3[01]|0[1-9]|[12][0-9])T(?:2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]+)?(?:Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?"
)
"""A date with time as the specification's JSON schema has it."""


class Cell(NamedTuple):
    """One value.

    Attributes:
        value: as JSON: an object with ``id`` and ``name``, ``str``, ``int``, ``float`` or ``date``.
        language: of a text, "" if it says none.
    """

    value: Mapping[str, Any]
    language: str = ""


class Column(NamedTuple):
    """A property whose values were asked for.

    Attributes:
        id: as asked.
        name: for people.
        type: the class of its values, if it says so.
        cells: by entity, in the order in which they were asked for.
    """

    id: str
    name: str
    type: NamedNode | None
    cells: Sequence[Sequence[Cell]]


def columns(knowledge: Knowledge, asked: Extension, language: str, most: int) -> list[Column]:
    """The values that were asked for; of what is no entity of the site, none."""
    found: list[Column] = []
    for iri, settings in asked.properties:
        property = named(iri)
        limit = _limit(settings.get(LIMIT), most)
        wanted = settings.get(LANGUAGE)
        tag = wanted if isinstance(wanted, str) and wanted else language
        cells = [cells_of(knowledge, one, iri, tag)[:limit] for one in asked.ids]
        name = knowledge.name(property, language) if property is not None else iri
        found.append(Column(iri, name, _range(knowledge, property), cells))
    return found


def _limit(found: Any, most: int) -> int:
    """How many values: all that may be, for 0 and for what is no number; OpenRefine sends numbers as texts, too."""
    try:
        limit = int(found)
    except (TypeError, ValueError, OverflowError):
        return most
    return min(limit, most) if limit > 0 else most


def _range(knowledge: Knowledge, property: NamedNode | None) -> NamedNode | None:
    if property is None:
        return None
    ranges = [quad.object for quad in knowledge.site.quads(property, _RANGE)]
    classes = [node for node in ranges if isinstance(node, NamedNode) and node in knowledge.classes]
    return min(classes, key=lambda node: node.value, default=None)


def cells_of(knowledge: Knowledge, id: str, property: str, language: str) -> list[Cell]:
    """The values of a property of an entity, sorted; texts in the language that serves best, or in all."""
    number = knowledge.numbers.get(id)
    if number is None:
        return []
    values = set(values_of(knowledge, knowledge.entities[number], property))
    texts = {value.language: "" for value in values if isinstance(value, Literal) and value.language}
    if language != ALL and texts:
        chosen = languages.choose({tag: "" for tag in texts if tag}, language, knowledge.site.config.languages)
        assert chosen is not None
        values = {value for value in values if not isinstance(value, Literal) or value.language in (None, chosen[1])}
    cells = [_cell(knowledge, value, language) for value in values]
    return sorted(cells, key=lambda cell: (*map(str, cell.value.values()), cell.language))


def _cell(knowledge: Knowledge, value: NamedNode | Literal, language: str) -> Cell:
    if isinstance(value, NamedNode):
        if value.value in knowledge.numbers:
            return Cell({"id": value.value, "name": knowledge.name(value, language)})
        return Cell({"str": value.value})
    datatype, text = value.datatype.value, value.value
    if datatype in _INTEGERS and re.fullmatch(r"[+-]?[0-9]{1,19}", text) and abs(int(text)) < _WHOLE:
        return Cell({"int": int(text)})
    if datatype in _FLOATS and re.fullmatch(r"[+-]?[0-9.]{1,40}(?:[eE][+-]?[0-9]{1,4})?", text):
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return Cell({"float": number})
    if datatype in (XSD + "dateTime", XSD + "dateTimeStamp") and _MOMENT.fullmatch(text):
        return Cell({"date": text})
    return Cell({"str": text}, value.language or "")
