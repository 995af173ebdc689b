"""A query run in a worker, and its result written in the form that the client wants."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Protocol

import pyoxigraph as ox
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from saite.config import Config
from saite.serve.sparql.formats import FORMATS, KINDS, Format, offered
from saite.serve.sparql.graphs import GraphWriter
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.problem import Problem, too_many
from saite.serve.sparql.rows import RowCounter
from saite.serve.sparql.tables import SHOWN, boolean, graph, table
from saite.store.embedded import EmbeddedStore
from saite.store.request import Request, request
from saite.terms import NamedNode, Triple, sorted_triples

_TABLES: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_CHANGING: Final = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b|\\u", re.IGNORECASE)
"""Functions whose value is another one each time; ``\\u`` may spell any of them."""


@dataclass(frozen=True, slots=True)
class Order:
    """A query as a worker gets it.

    Attributes:
        text: the query.
        wishes: for each kind of answer, the name of the form that the client wants; kinds that it does not take lack.
        default_graphs: IRIs of the graphs that make up the default graph.
        named_graphs: IRIs of the named graphs.
        base: what relative IRIs are resolved against.
        seconds: what is left of its time.
        language: of readers, for answers as pages.
    """

    text: str
    wishes: dict[str, str]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str = ""
    seconds: float = 10.0
    language: str = "en"


class Sink(Protocol):
    """Takes an answer."""

    def begin(self, form: str, kind: str, lasting: bool) -> None:
        """What comes: the name of its form, its kind, and whether the same query will have the same answer."""
        ...

    def write(self, data: bytes) -> int:
        """Some bytes of it."""
        ...


class Answerer:
    """Answers queries from one dataset.

    Args:
        store: the dataset.
        config: the settings of its site, for prefixes and the order of reading.
        limits: for the number of rows.
    """

    def __init__(self, store: EmbeddedStore, config: Config, limits: Limits) -> None:
        self._store = store
        self._config = config
        self._limits = limits
        self._graphs = GraphWriter(config)

    def answer(self, order: Order, sink: Sink) -> None:
        """Runs a query and writes its answer.

        Raises:
            SyntaxFault: the query does not parse.
            UsageError: it is refused.
            Problem: the client takes no form of this kind of answer, or the answer has too many rows.
        """
        asked = request(order.text)
        if not asked.form:
            raise asked.fault("", "this is no query")
        kind = KINDS[asked.form]
        form = _chosen(order, kind)
        result = self._result(asked, order)
        sink.begin(form.name, kind, not _CHANGING.search(order.text))
        if form.name == "html":
            sink.write(self._fragment(result, order.language).encode())
        elif isinstance(result, QueryBoolean):
            sink.write(_ended(result.serialize(format=_TABLES[form.name])))
        elif isinstance(result, QuerySolutions):
            self._stream(form.name, sink, lambda out: result.serialize(out, format=_TABLES[form.name]))
        elif form.name == "ntriples":
            self._stream(form.name, sink, lambda out: ox.serialize(result, out, format=ox.RdfFormat.N_TRIPLES))
        else:
            sink.write(self._document(self._triples(result), form.name))

    def _result(self, asked: Request, order: Order) -> Any:
        try:
            default, named = _graphs(order.default_graphs), _graphs(order.named_graphs)
        except ValueError as error:
            raise Problem(400, f"a graph of the request is no IRI: {error}", "Write absolute IRIs.") from error
        return self._store.answer(asked, default, named, order.base or None)

    def _stream(self, name: str, sink: Sink, serialize: Callable[[Any], object]) -> None:
        serialize(_Counted(sink, RowCounter(name), self._limits))

    def _triples(self, result: Iterable[Triple]) -> Sequence[Triple]:
        found = sorted_triples(islice(result, self._limits.rows + 1))
        if len(found) > self._limits.rows:
            raise too_many(self._limits)
        return found

    def _document(self, triples: Sequence[Triple], name: str) -> bytes:
        document = self._graphs.document(triples, name)
        if document is None:
            raise Problem(406, "RDF/XML cannot say this graph", "Ask for Turtle, JSON-LD or N-Triples.")
        return document

    def _fragment(self, result: Any, language: str) -> str:
        if isinstance(result, QueryBoolean):
            return boolean(bool(result), language)
        if isinstance(result, QueryTriples):
            found = sorted_triples(islice(result, SHOWN + 1))
            return graph(self._document(found[:SHOWN], "turtle").decode(), len(found), language)
        return table(result, self._graphs.names, self._config.base, language)


class _Counted:
    """A file that ends an answer of too many rows."""

    def __init__(self, sink: Sink, counter: RowCounter, limits: Limits) -> None:
        self._sink = sink
        self._counter = counter
        self._limits = limits

    def write(self, data: bytes) -> int:
        if self._counter.add(data) > self._limits.rows:
            raise too_many(self._limits)
        return self._sink.write(data)

    def flush(self) -> None:
        """Nothing is held back here."""


def _chosen(order: Order, kind: str) -> Format:
    name = order.wishes.get(kind)
    if name is None:
        can = ", ".join(form.media_type.partition(";")[0] for form in offered(kind))
        what = {"table": "rows", "boolean": "yes or no", "graph": "a graph"}[kind]
        raise Problem(406, f"this query answers with {what}, in none of the forms that were asked for", f"Take {can}.")
    return next(form for form in FORMATS if form.name == name)


def _graphs(iris: Sequence[str]) -> list[NamedNode]:
    return [NamedNode(iri) for iri in iris]


def _ended(data: bytes | None) -> bytes:
    assert data is not None, "serialize() without an output returns the bytes"
    return data + b"\n"
