"""Tables of folded nodes: a line for each node, with one account of who says so at its end."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from saite.namespaces import LABEL_PROPERTIES, RDF_TYPE
from saite.render.html.table import clean
from saite.render.html.values import Source, Text, Values, merged
from saite.site.model import FoldedNode, FoldTable, Provenance
from saite.terms import NamedNode, Subject

_NEVER_SHOWN: Final = frozenset((*LABEL_PROPERTIES, RDF_TYPE))


@dataclass(frozen=True, slots=True)
class Line:
    """One folded node.

    Attributes:
        anchor: its fragment.
        cells: the values of each column.
        account: the fold with its sources and its other properties, empty if there are none.
        marked: the statements that need a mark in place.
        vouching: links to the sources of the other statements.
    """

    anchor: str
    cells: list[list[Text]]
    account: Markup
    marked: list[Source]
    vouching: list[Text]


@dataclass(frozen=True, slots=True)
class FoldView:
    """A table, ready for a template."""

    id: str
    name: Markup
    caption: str
    columns: list[Text]
    lines: list[Line]
    accounts: bool


def make_fold(table: FoldTable, number: str, values: Values, hidden: Collection[NamedNode]) -> FoldView:
    """A table of folded nodes; a column that no node uses, and the one that led here, are left out.

    Args:
        table: the nodes.
        number: makes the table's id unique on its page.
        values: the page's values.
        hidden: properties that pages leave out.
    """
    edition = values.edition
    used = {row.property for node in table.nodes for row in node.rows}
    columns = [node for node in table.columns if node in used and node != table.via]
    apart = {*columns, table.via, *_NEVER_SHOWN, *hidden}
    lines = [_line(node, columns, apart, values, hidden) for node in table.nodes]
    return FoldView(
        id=f"table-{number}",
        name=values.table.name(table.type),
        caption=edition.ngettext("%(n)s entry", "%(n)s entries", len(table.nodes)),
        columns=[values.property(node) for node in columns],
        lines=lines,
        accounts=any(line.account for line in lines),
    )


def _line(
    node: FoldedNode,
    columns: list[NamedNode],
    apart: Collection[NamedNode],
    values: Values,
    hidden: Collection[NamedNode],
) -> Line:
    by_property = {row.property: row for row in node.rows}
    said: dict[Subject, Provenance] = {}
    anchor = values.once(node.anchor)
    cells = [values.bare(by_property[column], said) if column in by_property else [] for column in columns]
    rest = [(values.property(row.property), values.bare(row, said)) for row in node.rows if row.property not in apart]
    for row in node.rows:
        if row.property in _NEVER_SHOWN:
            values.bare(row, said)
    inner = [make_fold(table, f"{number}", values, hidden) for number, table in enumerate(node.tables)]
    sources = merged(values.source(statement) for statement in said.values())
    plain = [node for statement in said.values() if not values.marked(statement) for node in statement.sources]
    account = Markup("")
    if sources or rest or inner:
        name = clean(values.table.text(node.node)[0])
        account = values.edition.part("account", sources, [row for row in rest if row[1]], inner, name)
    return Line(
        anchor,
        cells,
        account,
        [source for source in sources if source.marked],
        [values.table.link(node) for node in dict.fromkeys(plain)],
    )
