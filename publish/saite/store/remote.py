"""A SPARQL 1.1 endpoint as a store: queries only; :mod:`saite.store.transport` sends them."""

import os
import re
from collections.abc import Iterator, Mapping
from typing import Final, Self

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from saite.errors import EnvironmentFault, UsageError
from saite.store.protocol import QueryResult
from saite.store.request import Request, request
from saite.store.transport import PASSWORD, PATIENCE, USER, Answer, Patience, Transport, plain
from saite.terms import BlankNode, DefaultGraph, Graph, Literal, NamedNode, Quad, Subject, Term

NODE_ID: Final = "nodeID://"
"""Before the name of a blank node, in Virtuoso; with it, the node can be asked for as if it were an IRI."""

_NODE_IDS: Final = {
    QueryResultsFormat.JSON: re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://'),
    QueryResultsFormat.XML: re.compile(rb"(<bnode>\s*)nodeID://"),
}
"""Such names in results; in texts, quotes (of JSON) or angles (of XML) are escaped."""

_EVERYTHING = """
  { GRAPH ?g { ?s ?p ?o } }
  UNION { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?anywhere { ?s ?p ?o } } }
"""


class RemoteStore:
    """An endpoint of the SPARQL 1.1 Protocol; a :class:`saite.store.Store`.

    The endpoint's default graph is what that server says it is: the union of all graphs with some, a graph of its own
    with others. A triple that stands in the default graph and in a named one counts as one of the named graph.

    Attributes:
        endpoint: its address.
        server: what the server that answered last calls itself, in small letters; "" for nothing.

    Args:
        endpoint: its address (http or https); parameters in it are sent with each query.
        timeout: seconds to wait for an answer, at least 1.
        user, password: for endpoints that ask for them (HTTP Basic).
        patience: how often a query is asked again that met a passing trouble.

    Raises:
        UsageError: the address is none.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        timeout: int = 60,
        user: str = "",
        password: str = "",
        patience: Patience = PATIENCE,
    ) -> None:
        self._transport = Transport(endpoint, timeout, user, password, patience)
        self.endpoint = endpoint
        self.server = ""

    @classmethod
    def from_environment(cls, endpoint: str, timeout: int = 60) -> Self:
        """An endpoint, with the user and password that the environment has for it.

        Raises:
            UsageError: the address is none, or there is a user without a password.
        """
        user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
        if bool(user) is not bool(password):
            raise UsageError(
                f"only one of {USER} and {PASSWORD} is set in the environment", cure="Set both, or neither."
            )
        return cls(endpoint, timeout=timeout, user=user, password=password)

    def query(self, text: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
        """Runs a SPARQL query at the endpoint; ``bindings`` are put in by token before it is sent.

        Raises:
            SyntaxFault: the query does not parse, here or at the endpoint.
            UsageError: the query is an update, uses SERVICE, or cannot take a value.
            EnvironmentFault: the endpoint is out of reach, refuses, takes too long, or answers with something else.
        """
        asked = request(text, bindings)
        if not asked.form:
            raise asked.fault("")
        answer = self._transport.send(asked)
        self.server = answer.server
        if asked.form in ("SELECT", "ASK"):
            return self._solutions(asked, answer)
        return self._graph(answer.body, answer.media_type)

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything.

        Raises:
            UsageError: a blank node is asked for, which no endpoint knows by name.
        """
        given = {"s": subject, "p": predicate, "o": object}
        values = {name: term for name, term in given.items() if term is not None}
        where = _EVERYTHING
        if isinstance(graph, DefaultGraph):
            where = "?s ?p ?o FILTER NOT EXISTS { GRAPH ?anywhere { ?s ?p ?o } }"
        elif graph is not None:
            where, values["g"] = "GRAPH ?g { ?s ?p ?o }", graph
        found = self.query(f"SELECT * {{ {where} }}", values)  # values may leave no variable to project
        assert isinstance(found, QuerySolutions)
        names = {v.value for v in found.variables}
        for row in found:
            cells = {n: row[n] if n in names else values.get(n) for n in ("s", "p", "o", "g")}
            s, p, o, g = cells["s"], cells["p"], cells["o"], cells["g"]
            assert isinstance(s, NamedNode | BlankNode)
            assert isinstance(p, NamedNode)
            assert isinstance(o, NamedNode | BlankNode | Literal)
            yield Quad(s, p, o, g if isinstance(g, NamedNode | BlankNode) else DefaultGraph())

    def graphs(self) -> list[NamedNode]:
        """The named graphs, sorted."""
        found = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(found, QuerySolutions)
        return sorted((g for row in found if isinstance(g := row["g"], NamedNode)), key=lambda g: g.value)

    def __len__(self) -> int:
        """How many quads there are."""
        found = self.query(f"SELECT (COUNT(*) AS ?n) {{ {_EVERYTHING} }}")
        assert isinstance(found, QuerySolutions)
        count = next(found)["n"]
        assert isinstance(count, Literal)
        return int(count.value)

    def _solutions(self, asked: Request, answer: Answer) -> QuerySolutions | QueryBoolean:
        body, media_type = answer.body, answer.media_type
        kind = QueryResultsFormat.from_media_type(media_type)
        if kind is None and body.lstrip()[:1] == b"{":
            kind = QueryResultsFormat.JSON
        if kind is None:
            raise self._strange(body, media_type, "query results")
        if b"nodeID:" in body and kind in _NODE_IDS:
            body = _NODE_IDS[kind].sub(rb"\1", body)
        try:
            parsed = pyoxigraph.parse_query_results(body, kind)
            if isinstance(parsed, QueryBoolean) is not (asked.form == "ASK"):
                raise self._strange(body, media_type, f"the results of {asked.form}")
            if isinstance(parsed, QueryBoolean):
                return parsed
            for _ in pyoxigraph.parse_query_results(body, kind):  # type: ignore[union-attr]
                pass  # rows are parsed as they are asked for; a broken answer must be known now
        except (SyntaxError, ValueError, OSError) as error:
            raise self._strange(body, media_type, "whole query results", str(error)) from error
        return parsed

    def _graph(self, body: bytes, media_type: str) -> QueryResult:
        kind = RdfFormat.from_media_type(media_type)
        if kind is None:
            raise self._strange(body, media_type, "a graph")
        store = pyoxigraph.Store()
        try:
            store.bulk_extend(pyoxigraph.parse(body, kind, base_iri=self._transport.address))
        except (SyntaxError, ValueError) as error:
            raise self._strange(body, media_type, "a whole graph", str(error)) from error
        return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", use_default_graph_as_union=True)

    def _strange(self, body: bytes, media_type: str, wanted: str, reason: str = "") -> EnvironmentFault:
        kind = media_type.partition(";")[0].strip() or "an unknown type"
        cure = "Check the endpoint's own log; its answer may have been cut off."
        if "html" in kind or body.lstrip()[:1] == b"<":
            cure = "Is this the address of the endpoint, and not of its page for people?"
        why = f": {plain(reason)}" if reason else ""
        return EnvironmentFault(
            f"{self.endpoint} answered with {kind} in place of {wanted}{why}", cure=cure, excerpt=plain(body) or None
        )


__all__ = ["NODE_ID", "RemoteStore"]
