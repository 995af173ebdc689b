"""What a resource's page says, and the short way to make it of most resources."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final, NamedTuple

from saite.namespaces import RDF_NIL
from saite.site.description import Group
from saite.site.labels import Packed
from saite.site.made import Made
from saite.site.model import FoldTable, Provenance, Row, Value
from saite.site.tables import Tables
from saite.site.triples import Triples
from saite.terms import Literal, NamedNode, Term

ORDINARY: Final = 0
LABEL: Final = 1
LEFT_OUT: Final = 2
"""How the rows of a page treat a predicate."""


class Content(NamedTuple):
    """What a resource's page says beside its backlinks: see :class:`~saite.site.model.Resource`."""

    triples: Triples
    rows: Sequence[Row]
    tables: tuple[FoldTable, ...] = ()
    heading: tuple[Provenance, ...] = ()
    deep: tuple[Value, ...] = ()


class Rows(Made[Row]):
    """Rows; a page asks for them, an RDF form does not."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], tuple[Row, ...]]) -> None:
        self._make = make
        self._made: tuple[Row, ...] | None = None

    def _all(self) -> tuple[Row, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __repr__(self) -> str:
        return repr(self._all())


def plain(tables: Tables, kinds: Sequence[int], group: Group, types: tuple[NamedNode, ...], number: int) -> Content:
    """The content of a resource without blank nodes, folded nodes and parts.

    It is what :meth:`saite.site.page.Describer.composed` makes of it too, in less time.

    Args:
        tables: the tables of the site.
        kinds: how the predicates are treated, by number.
        group: what the resource says.
        types: its classes.
        number: its number.
    """
    said = {group.subject: group.about(tables)} if group.objects else {}
    return Content(Triples(said, True), Rows(partial(_rows, tables, kinds, group, types, number)))


def _rows(
    tables: Tables, kinds: Sequence[int], group: Group, types: tuple[NamedNode, ...], number: int
) -> tuple[Row, ...]:
    objects, predicates, names = group.objects, tables.predicates, tables.labels.own(number)
    rows: list[Row] = []
    for predicate in sorted(objects, key=tables.order.ranks(types).__getitem__):
        terms = objects[predicate]
        if kinds[predicate] and (kinds[predicate] == LEFT_OUT or not (terms := other_names(terms, names))):
            continue
        rows.append(Row(predicates[predicate], tuple([Value(t, (), () if t == RDF_NIL else None) for t in terms])))
    return tuple(rows)


def other_names(terms: Iterable[Term], names: Packed) -> list[Term]:
    """Values of a label property that the table of labels does not have."""
    tags = names[::2]
    others = []
    for term in terms:
        tag = (term.language or "") if type(term) is Literal else None
        if tag not in tags or names[2 * tags.index(tag) + 1] != term.value:
            others.append(term)
    return others
