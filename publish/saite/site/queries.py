"""The example queries, with what they answer."""

import heapq
from collections.abc import Iterable
from typing import Final

from pyoxigraph import QuerySolutions

from saite.config import Config
from saite.site.model import QueryFile
from saite.store.protocol import Store
from saite.store.queryfile import NamedQuery, find
from saite.store.request import request
from saite.terms import Term, sort_key

ROWS: Final = 1_000
"""How many rows of an answer a page has."""

Line = tuple[Term | None, ...]


def example_queries(store: Store, config: Config) -> tuple[QueryFile, ...]:
    """The queries of the settings, by name, each run with its default parameters.

    Raises:
        SaiteError: a file cannot be read, or holds no query that the store takes.
    """
    return tuple(_answered(query, store, config) for query in find(config.root, config.queries))


def _answered(query: NamedQuery, store: Store, config: Config) -> QueryFile:
    variables: tuple[str, ...] = ()
    rows: list[Line] = []
    more = False
    if query.form == "SELECT" and all(parameter.default is not None for parameter in query.parameters):
        result = query.run(store, prefixes=config.all_prefixes())
        assert isinstance(result, QuerySolutions)
        variables = tuple(variable.value for variable in result.variables)
        lines: Iterable[Line] = (tuple(solution) for solution in result)
        if not _ordered(query.text):
            lines = heapq.nsmallest(ROWS + 1, lines, key=_reading)
        for line in lines:
            if len(rows) == ROWS:
                more = True
                break
            rows.append(line)
    return QueryFile(
        name=query.name,
        titles=query.titles,
        descriptions=query.descriptions,
        text=query.text,
        parameters={p.name: (p.kind, p.default or "") for p in query.parameters},
        variables=variables,
        results=tuple(rows),
        truncated=more,
    )


def _reading(line: Line) -> list[tuple[int, str, str, str]]:
    return [sort_key(term) if term is not None else (9, "", "", "") for term in line]


def _ordered(text: str) -> bool:
    """Whether the query itself, and not only a part in braces, says in which order its rows come."""
    depth = 0
    for token in request(text).tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and token.is_word("ORDER"):
            return True
    return False
