"""Which query is meant, and which terms are meant by the values that come with it."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from saite.config import Config
from saite.errors import UsageError
from saite.store.parameters import Parameter, term
from saite.store.protocol import QueryResult, Store
from saite.store.queryfile import NamedQuery, find, load, parse
from saite.terms import Literal, NamedNode, Term

TEXT: Final = "query"
"""What errors call a query that came as text."""

_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(\S+))?', re.DOTALL)
_ABSOLUTE: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|urn:)\S+|<\S*>")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def named(config: Config) -> list[NamedQuery]:
    """The queries that a site offers, by name."""
    return find(config.root, config.queries)


def by_name(name: str, config: Config) -> NamedQuery:
    """One of the queries that a site offers.

    Raises:
        UsageError: there is none of that name; the cure says which there are.
    """
    queries = {query.name: query for query in named(config)}
    if name in queries:
        return queries[name]
    near = difflib.get_close_matches(name, queries, 3)
    if near:
        cure = f"Did you mean {', '.join(near)}?"
    elif queries:
        cure = f"There are: {', '.join(sorted(queries))}."
    else:
        cure = f"This site has no queries; put .rq files where saite.toml says: {', '.join(config.queries)}."
    raise UsageError(f"there is no query named {name!r}", cure=cure)


def by_text(given: str, config: Config) -> NamedQuery:
    """A query from its text, or from the file that the text names.

    Raises:
        UsageError: it is neither.
        SyntaxFault, EnvironmentFault: see :mod:`saite.store.queryfile`.
    """
    if "{" in given or "\n" in given or given.lstrip()[:9].upper() in ("DESCRIBE ", "DESCRIBE<"):
        return parse(given, TEXT, TEXT)
    path = Path(given)
    if path.is_file():
        return load(path, given)
    if given in {query.name for query in named(config)}:
        cure = f"Queries of the site are asked by name: --name {given}"
    else:
        cure = "Give a SPARQL query in quotes, the path of a .rq file, or --name with the name of one of the site's."
    raise UsageError(f"{given!r} is neither a query nor a file", cure=cure)


def run(query: NamedQuery, given: Sequence[str], store: Store, config: Config) -> QueryResult:
    """Ask a store.

    Args:
        query: the query.
        given: values as ``name=value``. A query that declares parameters takes no others, and of the declared kinds;
            one that declares none takes a value for any variable, told by its look (:func:`guess`).
        store: what to ask.
        config: for the site's prefixes.

    Raises:
        UsageError: a value is missing, unknown or not of its kind.
        SyntaxFault: the query is none.
    """
    values = dict(_pair(text) for text in given)
    if values and not query.parameters:
        guessed = {name: guess(name, value, config) for name, value in values.items()}
        return store.query(query.text, guessed)
    return query.run(store, values, config.all_prefixes())


def guess(name: str, value: str, config: Config) -> Term:
    """The term that a value stands for by its look.

    ``<iri>``, an absolute IRI, or a name with a known prefix; ``"text"@lv`` or ``"5"^^xsd:integer``; a whole
    number; a date; anything else is a text.

    Raises:
        UsageError: it looks like an IRI and is none.
    """
    prefixes = config.all_prefixes()
    if quoted := _QUOTED.fullmatch(value):
        return _quoted(quoted, name, config)
    if _ABSOLUTE.fullmatch(value) or config.expand(value) != value:
        kind = "iri"
    elif _INTEGER.fullmatch(value):
        kind = "integer"
    elif _DATE.fullmatch(value):
        kind = "date"
    else:
        kind = "string"
    return term(Parameter(name, kind), value, prefixes)


def _quoted(match: re.Match[str], name: str, config: Config) -> Literal:
    text = re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), match[1])
    if match[2]:
        return Literal(text, language=match[2].lower())
    if not match[3]:
        return Literal(text)
    datatype = term(Parameter(name, "iri"), match[3], config.all_prefixes())
    assert isinstance(datatype, NamedNode), "an iri parameter is an IRI"
    return Literal(text, datatype=datatype)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    name = name.strip().lstrip("?$")
    if not equals or not name:
        raise UsageError(f"{text!r} is not a parameter", cure="Write --param name=value .")
    return name, value
