"""A SPARQL 1.1 endpoint as a store: queries only, over SPARQLWrapper."""

import ast
import re
import urllib.error
import urllib.parse
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from saite import __version__
from saite.errors import EnvironmentFault, SaiteError, UsageError
from saite.store.protocol import QueryResult
from saite.store.request import Request, request
from saite.terms import BlankNode, DefaultGraph, Graph, Literal, NamedNode, Quad, Subject, Term

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

GET_LIMIT: Final = 2000
"""Queries up to this many bytes (encoded) go by GET, which caches can hold; longer ones by POST."""

_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.8, application/json;q=0.5"
_GRAPHS = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7"
_EVERYTHING = """
  { GRAPH ?g { ?s ?p ?o } }
  UNION { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?anywhere { ?s ?p ?o } } }
"""


class RemoteStore:
    """An endpoint of the SPARQL 1.1 Protocol; a :class:`saite.store.Store`.

    The endpoint's default graph is what that server says it is: the union of all graphs with some, a graph of its own
    with others. A triple that stands in the default graph and in a named one counts as one of the named graph.

    Args:
        endpoint: its address (http or https); parameters in it are sent with each query.
        timeout: seconds to wait for an answer, at least 1.
        user, password: for endpoints that ask for them (HTTP Basic).

    Raises:
        UsageError: the address is none.
    """

    def __init__(self, endpoint: str, *, timeout: int = 60, user: str = "", password: str = "") -> None:
        parts = urllib.parse.urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{endpoint!r} is no address of an endpoint", cure="Write it as https://host/sparql .")
        if parts.username or parts.password:
            raise UsageError("an endpoint's address cannot hold a password", cure="Give user and password apart.")
        self.endpoint = endpoint
        self.timeout = max(1, timeout)
        self._address = urllib.parse.urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
        self._parameters = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
        self._credentials = (user, password)

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
        body, media_type = self._send(asked)
        if asked.form in ("SELECT", "ASK"):
            return self._solutions(asked, body, media_type)
        return self._graph(body, media_type)

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

    def _send(self, asked: Request) -> tuple[bytes, str]:
        wrapper = self._wrapper(asked)
        try:
            return self._receive(wrapper)
        except _failures() as error:
            if isinstance(error, _uri_too_long()):
                _close(error)
                wrapper.setMethod("POST")
                try:
                    return self._receive(wrapper)
                except _failures() as again:
                    raise self._told(again, asked) from again
            raise self._told(error, asked) from error

    def _wrapper(self, asked: Request) -> "SPARQLWrapper":
        from SPARQLWrapper import SPARQLWrapper

        wrapper = SPARQLWrapper(self._address, agent=f"saite/{__version__}")
        for name, value in self._parameters:
            wrapper.addParameter(name, value)
        # set, not found by SPARQLWrapper's own search, which reads keywords in comments too
        wrapper.queryString, wrapper.queryType = asked.bound.text, asked.form
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(self.timeout)
        wrapper.addCustomHttpHeader("Accept", _RESULTS if asked.form in ("SELECT", "ASK") else _GRAPHS)
        if len(urllib.parse.quote_plus(asked.bound.text)) > GET_LIMIT:
            wrapper.setMethod("POST")
        user, password = self._credentials
        if user:
            wrapper.setCredentials(user, password)
        return wrapper

    def _receive(self, wrapper: "SPARQLWrapper") -> tuple[bytes, str]:
        response = wrapper.query().response
        with response:
            return response.read(), response.headers.get("Content-Type", "")

    def _solutions(self, asked: Request, body: bytes, media_type: str) -> QuerySolutions | QueryBoolean:
        kind = QueryResultsFormat.from_media_type(media_type)
        if kind is None and body.lstrip()[:1] == b"{":
            kind = QueryResultsFormat.JSON
        if kind is None:
            raise self._strange(body, media_type, "query results")
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
            store.bulk_extend(pyoxigraph.parse(body, kind, base_iri=self._address))
        except (SyntaxError, ValueError) as error:
            raise self._strange(body, media_type, "a whole graph", str(error)) from error
        return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", use_default_graph_as_union=True)

    def _strange(self, body: bytes, media_type: str, wanted: str, reason: str = "") -> EnvironmentFault:
        kind = media_type.partition(";")[0].strip() or "an unknown type"
        cure = "Check the endpoint's own log; its answer may have been cut off."
        if "html" in kind or body.lstrip()[:1] == b"<":
            cure = "Is this the address of the endpoint, and not of its page for people?"
        why = f": {_plain(reason)}" if reason else ""
        return EnvironmentFault(
            f"{self.endpoint} answered with {kind} in place of {wanted}{why}", cure=cure, excerpt=_plain(body) or None
        )

    def _told(self, error: Exception, asked: Request) -> SaiteError:
        from SPARQLWrapper import SPARQLExceptions

        said = _body(error)
        _close(error)
        where = self.endpoint
        codes: dict[type[Exception], int] = {
            SPARQLExceptions.QueryBadFormed: 400,
            SPARQLExceptions.Unauthorized: 401,
            SPARQLExceptions.EndPointNotFound: 404,
            SPARQLExceptions.URITooLong: 414,
            SPARQLExceptions.EndPointInternalError: 500,
        }
        code = error.code if isinstance(error, urllib.error.HTTPError) else codes.get(type(error))
        if code == 400:
            return asked.fault(said or "the endpoint gives no reason", f"{where} refuses the query")
        if code is not None:
            message, cure = _CODES.get(code, _CODES[500] if code >= 500 else ("refuses", "Ask who runs it."))
            return EnvironmentFault(f"{where} {message} (HTTP {code})", cure=cure, excerpt=said or None)
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return EnvironmentFault(
                f"{where} gave no answer within {self.timeout} s",
                cure="Ask for less (LIMIT, a narrower pattern), or allow more time.",
            )
        if isinstance(reason, HTTPException | ConnectionResetError | BrokenPipeError):
            return EnvironmentFault(
                f"{where} broke off its answer: {_plain(str(reason)) or type(reason).__name__}",
                cure="Try again; if it stays so, ask for less.",
            )
        return EnvironmentFault(
            f"{where} is out of reach: {_plain(str(reason))}", cure="Check the address, and whether the server runs."
        )


_CODES: Final = {
    401: ("asks for a user name and password", "Give those that the endpoint knows."),
    403: ("does not allow this query", "Ask who runs it for permission."),
    404: ("knows no endpoint at this address", "Check the address."),
    414: ("takes no query of this length", "Shorten the query."),
    429: ("has had too many queries", "Wait a while."),
    500: ("failed over the query", "Try a simpler query, or ask who runs it."),
    503: ("is overloaded or down", "Try again later."),
}


def _failures() -> tuple[type[Exception], ...]:
    from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

    return (SPARQLWrapperException, HTTPException, OSError)


def _uri_too_long() -> type[Exception]:
    from SPARQLWrapper.SPARQLExceptions import URITooLong

    return URITooLong


def _body(error: Exception) -> str:
    """What the endpoint said about a failure; SPARQLWrapper keeps it only as text within its message."""
    if isinstance(error, urllib.error.HTTPError):
        return _plain(error.read())
    literal = re.search(r"Response:\n(b['\"].*['\"])$", str(error), re.S)
    return _plain(ast.literal_eval(literal[1])) if literal else ""


def _close(error: Exception) -> None:
    for held in (error, error.__context__):
        if isinstance(held, urllib.error.HTTPError):
            held.close()


def _plain(said: bytes | str) -> str:
    """The beginning of a foreign text on one line, without markup or control characters."""
    text = said[:4000].decode("utf-8", "replace") if isinstance(said, bytes) else said[:4000]
    text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", text, flags=re.S | re.I)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= 200 else text[:199] + "…"
