"""Views: queries whose answers are drawn, and that may fall into pages by the values of one of their variables."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from saite.config import Config
from saite.errors import Place, SyntaxFault
from saite.site.model import Addresses, Answer, Labels, QueryFile
from saite.site.queries import ROWS, Answers, answers_of
from saite.store.protocol import Store
from saite.store.queryfile import INSTEAD, VIEWS, NamedQuery, find
from saite.terms import Term, sort_key

MOST_PAGES: Final = 200
"""Into how many pages a view falls; the values with most rows have one."""

_ALL_ROWS: Final = 20_000  # of a view that falls into pages
_LONGEST: Final = 60  # characters of a page's name
_FOLDER: Final = "views/"


def view_files(
    store: Store, config: Config, labels: Labels, addresses: Addresses, known: Answers | None = None
) -> tuple[QueryFile, ...]:
    """The views of a site, by name; of one that falls into pages, each page by itself.

    Args:
        store: what is asked.
        config: the settings.
        labels: names of the values that have pages.
        addresses: their documents, after which the pages are called.
        known: what :func:`view_answers` gave before; None: the queries are run.

    Raises:
        SaiteError: a file cannot be read, is no view, or lacks a column that its kind needs.
    """
    answers = view_answers(store, config) if known is None else known
    made: list[QueryFile] = []
    for query in find(config.root, config.views):
        answer = answers.get(_FOLDER + query.name, {})
        view = QueryFile(
            name=query.name,
            titles=query.titles,
            descriptions=query.descriptions,
            text=query.text,
            parameters={p.name: (p.kind, p.default or "") for p in query.parameters},
            answers={} if query.each else answer,
            view=query.view,
            each=query.each,
            columns=query.columns,
            show=query.show,
            rank=query.rank,
        )
        made.append(view)
        if query.each:
            made += _pages(view, query.headings or query.titles, answer, labels, addresses)
    return tuple(made)


def view_answers(store: Store, config: Config) -> dict[str, dict[str, Answer]]:
    """What the views answer, by language; their names begin with ``views/``, so that no other query shares them.

    Raises:
        SaiteError: see :func:`view_files`.
    """
    found: dict[str, dict[str, Answer]] = {}
    for query in find(config.root, config.views):
        _check(query)
        answers = answers_of(query, store, config, _ALL_ROWS if query.each else ROWS)
        for answer in answers.values():
            _check_columns(query, answer.variables)
        found[_FOLDER + query.name] = answers
    return found


def _check(query: NamedQuery) -> None:
    """A view says that it is one, and can be asked without more being said."""
    if not query.view:
        raise SyntaxFault(
            "this query does not say how its answer is drawn",
            place=Place(query.file),
            cure=f"Write '#+ view: KIND' above it; kinds: {', '.join(VIEWS)}.",
        )
    if query.form != "SELECT":
        raise _fault(query, f"a view needs rows, and {query.form} gives none", "Write SELECT.")
    if query.show and (query.show == "front") == bool(query.each):
        where, cure = (
            ("the front page", "Leave out 'each'.")
            if query.each
            else ("the pages of what it is about", "Say 'each: variable'; its values have the pages.")
        )
        raise _fault(query, f"the view cannot be shown on {where}", cure)
    missing = [p.name for p in query.parameters if p.kind != "lang" and p.default is None]
    if missing:
        raise _fault(query, f"the view has no value for {missing[0]}", "Give the parameter a default.")


def _check_columns(query: NamedQuery, variables: tuple[str, ...]) -> None:
    column, others = INSTEAD.get(query.view, ("", ()))
    needed = [name for name in VIEWS[query.view] if column not in variables or name not in others]
    wanted = (*needed, *([query.each] if query.each else []))
    missing = [f"?{name}" for name in wanted if name not in variables]
    if missing:
        has = ", ".join(f"?{name}" for name in variables)
        raise _fault(
            query,
            f"the view ({query.view}) has no column {', '.join(missing)}: it has {has}",
            f"Select {' '.join(f'?{name}' for name in wanted)}; see docs/views.md.",
        )


def _fault(query: NamedQuery, message: str, cure: str) -> SyntaxFault:
    return SyntaxFault(message, place=Place(query.file, query.line, 1 if query.line else None), cure=cure)


def _pages(
    view: QueryFile, headings: Mapping[str, str], answers: Mapping[str, Answer], labels: Labels, addresses: Addresses
) -> Iterator[QueryFile]:
    """The pages of a view: the rows of each value of one variable, by the names of the pages."""
    parts = {tag: _split(answer, view.each) for tag, answer in answers.items()}
    counts: dict[Term, int] = {}
    for part in parts.values():
        for value, answer in part.items():
            counts[value] = counts.get(value, 0) + len(answer.rows)
    ranked = sorted(counts, key=lambda value: (-counts[value], sort_key(value)))[:MOST_PAGES]
    names: dict[str, Term] = {}
    for value in sorted(ranked, key=sort_key):
        names[_name(value, addresses, names)] = value
    for name in sorted(names):
        value = names[name]
        yield replace(
            view,
            name=f"{view.name}/{name}",
            titles={tag: _filled(text, view.each, labels.best(value, tag)[0]) for tag, text in headings.items()},
            headings={
                tag: text.replace(f"{{{view.each}}}", labels.best(value, tag)[0]) for tag, text in headings.items()
            },
            answers={tag: part[value] for tag, part in parts.items() if value in part},
            each="",
            of=view.name,
            value=value,
        )


def _split(answer: Answer, each: str) -> dict[Term, Answer]:
    """The rows of an answer by the values of one variable, which they then do without."""
    at = answer.variables.index(each)
    rows: dict[Term, list[tuple[Term | None, ...]]] = {}
    for row in answer.rows:
        if (value := row[at]) is not None:
            rows.setdefault(value, []).append(row[:at] + row[at + 1 :])
    variables = answer.variables[:at] + answer.variables[at + 1 :]
    return {value: Answer(variables, tuple(some), answer.truncated) for value, some in rows.items()}


def _filled(title: str, each: str, label: str) -> str:
    mark = f"{{{each}}}"
    return title.replace(mark, label) if mark in title else f"{title}: {label}"


def _name(value: Term, addresses: Addresses, taken: Mapping[str, Term]) -> str:
    """What a page is called: as the document of its value, or after the text; told apart by numbers."""
    document = addresses.document(value) or value.value
    text = document.rstrip("/#").replace("#", "/").rpartition("/")[2]
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    stem = re.sub("[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "value"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
