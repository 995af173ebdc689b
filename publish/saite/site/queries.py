"""The example queries, with what they answer."""

import heapq
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from pyoxigraph import QuerySolutions

from saite.config import Config
from saite.site.model import Answer, QueryFile
from saite.store.protocol import Store
from saite.store.queryfile import NamedQuery, find
from saite.store.request import request
from saite.terms import Term, sort_key

ROWS: Final = 1_000
"""How many rows of an answer a page has."""

Line = tuple[Term | None, ...]


Answers = Mapping[str, Mapping[str, Answer]]
"""What queries answered, by their names and by language."""


def example_queries(store: Store, config: Config, known: Answers | None = None) -> tuple[QueryFile, ...]:
    """The queries of the settings, by name, each run with its default parameters, in each language of the pages.

    Args:
        store: what is asked.
        config: the settings.
        known: what the queries answered before; None: they are run.

    Raises:
        SaiteError: a file cannot be read, or holds no query that the store takes.
    """
    queries = find(config.root, config.queries)
    if known is not None:
        return tuple(_answered(query, known.get(query.name, {})) for query in queries)
    return tuple(_answered(query, answers_of(query, store, config)) for query in queries)


def _answered(query: NamedQuery, answers: Mapping[str, Answer]) -> QueryFile:
    return QueryFile(
        name=query.name,
        titles=query.titles,
        descriptions=query.descriptions,
        text=query.text,
        parameters={p.name: (p.kind, p.default or "") for p in query.parameters},
        answers=answers,
    )


def answers_of(query: NamedQuery, store: Store, config: Config, most: int = ROWS) -> dict[str, Answer]:
    """What a query answers readers of each language; asked once where it has no parameter of that kind.

    Args:
        query: the query; without answers if it is no SELECT, or must be told something.
        store: what is asked.
        config: the settings.
        most: how many rows are kept.
    """
    spoken = [p.name for p in query.parameters if p.kind == "lang"]
    if query.form != "SELECT" or any(p.default is None for p in query.parameters if p.kind != "lang"):
        return {}
    if not spoken:
        return dict.fromkeys(config.languages, _answer(query, store, config, {}, most))
    return {tag: _answer(query, store, config, dict.fromkeys(spoken, tag), most) for tag in config.languages}


def _answer(query: NamedQuery, store: Store, config: Config, given: Mapping[str, str], most: int) -> Answer:
    result = query.run(store, given, config.all_prefixes())
    assert isinstance(result, QuerySolutions)
    variables = tuple(variable.value for variable in result.variables)
    lines: Iterable[Line] = (tuple(solution) for solution in result)
    if not _ordered(query.text):
        lines = heapq.nsmallest(most + 1, lines, key=_reading)
    rows = list(islice(lines, most + 1))
    return Answer(variables, tuple(rows[:most]), len(rows) > most)


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
