"""Answers in the forms that people and programs read."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from saite.errors import UsageError
from saite.namespaces import PREFIXES
from saite.render.names import Names, namespaces
from saite.store.protocol import QueryResult
from saite.terms import Literal, NamedNode, Triple

_TABLES: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}

_READABLE: Final = 8  # columns

FORMATS: Final = ("table", *_TABLES, *_GRAPHS)
"""``table`` is for people; the first group answers SELECT and ASK, the second CONSTRUCT and DESCRIBE."""


def write(result: QueryResult, format: str, prefixes: Mapping[str, str], width: int | None = None) -> Iterator[bytes]:
    """A result in a format, in pieces.

    A graph asked for as a table is given as Turtle, its readable form, and as JSON in JSON-LD.

    Args:
        result: what a store answered.
        format: one of :data:`FORMATS`.
        prefixes: the site's own; the well-known ones are added.
        width: columns of the terminal, to which a table's lines are cut; None leaves them whole.

    Raises:
        UsageError: the query's form has no such format.
    """
    if isinstance(result, QueryTriples):
        yield _graph(result, {"table": "turtle", "json": "jsonld"}.get(format, format), prefixes)
    elif format in _GRAPHS:
        raise UsageError(
            f"{format} is a format for graphs, and this query answers with "
            + ("yes or no" if isinstance(result, QueryBoolean) else "rows"),
            cure=f"Use --format {', '.join(('table', *_TABLES))}; or ask with CONSTRUCT or DESCRIBE.",
        )
    elif format == "table":
        if isinstance(result, QueryBoolean):
            yield b"yes\n" if result else b"no\n"
        else:
            yield from _table(result, prefixes, width)
    else:
        yield _ended(result.serialize(format=_TABLES[format]))


def shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """What writes IRIs with prefixes, the site's own before the well-known ones."""
    names = Names(namespaces(prefixes, PREFIXES))
    return lambda iri: names[NamedNode(iri)][0]


def _ended(data: bytes | None) -> bytes:
    """The data with a line end: some formats have none of their own."""
    assert data is not None, "serialize() without an output returns the bytes"
    return data if data.endswith(b"\n") else data + b"\n"


def _graph(triples: Iterable[Triple], format: str, prefixes: Mapping[str, str]) -> bytes:
    if format not in _GRAPHS:
        raise UsageError(
            f"{format} is a format for rows, and this query answers with a graph",
            cure=f"Use --format {', '.join(_GRAPHS)}.",
        )
    found = sorted(set(triples), key=str)
    used = {}
    if format in ("turtle", "rdfxml"):
        names = Names(namespaces(prefixes, PREFIXES))
        terms = {term for triple in found for term in _iris(triple)}
        wanted = {prefix for term in terms if (prefix := names[term][1]) is not None}
        used = {prefix: namespace for namespace, prefix in sorted(names.prefix_of.items()) if prefix in wanted}
    return _ended(ox.serialize(found, format=_GRAPHS[format], prefixes=used))


def _iris(triple: Triple) -> Iterator[NamedNode]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode):
            yield term
        elif isinstance(term, Literal):
            yield term.datatype


def _table(solutions: QuerySolutions, prefixes: Mapping[str, str], width: int | None) -> Iterator[bytes]:
    names = Names(namespaces(prefixes, PREFIXES))
    heads = [variable.value for variable in solutions.variables]
    rows = [[_cell(solution[head], names) for head in heads] for solution in solutions]
    widths = [max(map(_width, (head, *(row[i] for row in rows)))) for i, head in enumerate(heads)]
    if width is not None:
        widths = _fitted(widths, width - 2 * (len(widths) - 1))
    yield _line(heads, widths)
    yield _line(["-" * width for width in widths], widths)
    for row in rows:
        yield _line(row, widths)


def _line(cells: Sequence[str], widths: Sequence[int]) -> bytes:
    return ("  ".join(map(_padded, cells, widths)).rstrip() + "\n").encode()


def _padded(cell: str, width: int) -> str:
    """A cell of just this width, cut with an ellipsis where it is wider."""
    if (own := _width(cell)) <= width:
        return cell + " " * (width - own)
    while _width(cell) > width - 1:
        cell = cell[: min(len(cell) - 1, width)]
    return cell + "\u2026" + " " * (width - 1 - _width(cell))


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    """Widths that need no more than the room, the widest cut first; no column gets less than it can be read in."""
    limit = max(widths, default=0)
    while limit > _READABLE and sum(min(width, limit) for width in widths) > room:
        limit -= 1
    return [min(width, limit) for width in widths]


def _cell(term: object, names: Names) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return names[term][0]
    if isinstance(term, Literal):
        text = "".join(c if c.isprintable() else " " for c in term.value)
        return f"{text} @{term.language}" if term.language else text
    return str(term)


def _width(text: str) -> int:
    """Columns on a terminal: combining marks take none, East Asian wide letters two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )
