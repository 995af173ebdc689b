"""A SPARQL endpoint as a store, against a small server of the test's own on loopback."""

import base64
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from saite.errors import EnvironmentFault, SyntaxFault, UsageError
from saite.store import EmbeddedStore, RemoteStore, Store
from saite.store.transport import GET_LIMIT, Patience
from saite.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Term


def node(name: str) -> NamedNode:
    """An IRI of the test data."""
    return NamedNode(f"http://e/{name}")


HOSTILE = Literal('a "b" \\ \n <c>')
QUADS = [
    Quad(node("s"), node("p"), Literal("vārds", language="lv")),
    Quad(node("s"), node("p"), Literal("5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
    Quad(node("s"), node("q"), BlankNode("b"), node("g")),
    Quad(node("t"), node("p"), HOSTILE, node("h")),
]


ONCE = Patience(tries=1)
"""For answers that stay as they are."""


class Endpoint:
    """What the server answers, and what it was asked.

    Attributes:
        answer: status, media type and body for a query's text; None: from the test data.
        asked: method, query text and headers of each request.
    """

    def __init__(self) -> None:
        self.store = EmbeddedStore(QUADS)
        self.answer: Callable[[str], tuple[int, str, bytes]] | None = None
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.url = ""

    def respond(self, text: str, accept: str) -> tuple[int, str, bytes]:
        """An answer by the protocol."""
        if self.answer is not None:
            return self.answer(text)
        try:
            result = self.store.native.query(text)
        except SyntaxError as error:
            return 400, "text/plain", str(error).encode()
        if isinstance(result, QueryTriples):
            assert "n-triples" in accept
            return 200, "application/n-triples", result.serialize(format=RdfFormat.N_TRIPLES) or b""
        assert "sparql-results+json" in accept
        body = result.serialize(format=QueryResultsFormat.JSON) or b""
        return 200, "application/sparql-results+json; charset=utf-8", body


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A running endpoint with the test data."""
    state = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, method: str, encoded: str) -> None:
            sent = urllib.parse.parse_qs(encoded)
            text = sent["query"][0] + "".join(f"?key={key}" for key in sent.get("apikey", ()))
            state.asked.append((method, text, {k.lower(): v for k, v in self.headers.items()}))
            status, kind, body = state.respond(text, self.headers.get("Accept", ""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body) + (10 if kind == "cut" else 0)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self._answer("GET", urllib.parse.urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer("POST", self.rfile.read(int(self.headers["Content-Length"])).decode())

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
        yield state
        server.shutdown()
        thread.join(5)


def rows(store: Store, text: str, **values: Term) -> list[tuple[str, ...]]:
    """The rows of a query, as terms in their own syntax."""
    result = store.query(text, values)
    assert isinstance(result, QuerySolutions)
    return [tuple(str(cell) for cell in row) for row in result]


def test_it_answers_as_the_embedded_store(endpoint: Endpoint) -> None:
    """Solutions, truth values, graphs, quads, names of graphs and the size come back as pyoxigraph's own terms."""
    remote = RemoteStore(endpoint.url)
    query = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o"
    assert rows(remote, query) == rows(EmbeddedStore(q for q in QUADS if q.graph_name == DefaultGraph()), query)
    assert rows(remote, "SELECT ?o { GRAPH ?g { ?s ?p ?o } FILTER(ISLITERAL(?o)) }") == [(str(QUADS[3].object),)]
    yes = remote.query("ASK { ?s ?p ?o }")
    assert isinstance(yes, QueryBoolean)
    assert bool(yes)
    graph = remote.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(graph, QueryTriples)
    assert {str(t) for t in graph} == {str(q.triple) for q in QUADS[:2]}
    assert remote.graphs() == [node("g"), node("h")]
    assert len(remote) == 4


def test_quads_are_found_by_pattern(endpoint: Endpoint) -> None:
    """Each place of the pattern narrows the answer, the graph too."""
    remote = RemoteStore(endpoint.url)
    assert {str(q.triple.predicate) for q in remote.quads()} == {str(q.predicate) for q in QUADS}
    assert list(remote.quads(node("t"))) == [QUADS[3]]
    assert list(remote.quads(node("t"), node("p"), HOSTILE, node("h"))) == [QUADS[3]]
    assert list(remote.quads(graph=node("h"))) == [QUADS[3]]
    assert len(list(remote.quads(predicate=node("p"), graph=DefaultGraph()))) == 2
    assert list(remote.quads(object=Literal("none"))) == []
    with pytest.raises(UsageError, match="blank node"):
        list(remote.quads(BlankNode("b")))


def test_values_are_put_in_before_sending(endpoint: Endpoint) -> None:
    """A bound value arrives as that term, whatever is in it."""
    value = Literal('" } # \\u0022 ?o')
    assert rows(RemoteStore(endpoint.url), "SELECT ?x { BIND(1 AS ?y) }", x=value) == [(str(value),)]


def test_long_queries_go_by_post(endpoint: Endpoint) -> None:
    """Short queries are GET; what would make too long an address is POST."""
    remote = RemoteStore(endpoint.url)
    remote.query("ASK {}")
    remote.query("ASK { FILTER(1 IN (" + ", ".join(["1"] * GET_LIMIT) + ")) }")
    assert [method for method, _, _ in endpoint.asked] == ["GET", "POST"]
    assert endpoint.asked[1][1].startswith("ASK { FILTER(1 IN (1, 1")


def test_a_server_that_takes_no_long_address_gets_post(endpoint: Endpoint) -> None:
    """414 is answered by asking again by POST."""

    def answer(text: str) -> tuple[int, str, bytes]:
        if endpoint.asked[-1][0] == "GET":
            return 414, "text/plain", b"too long"
        return 200, "application/sparql-results+json", b'{"head":{},"boolean":true}'

    endpoint.answer = answer
    result = RemoteStore(endpoint.url).query("ASK {}")
    assert isinstance(result, QueryBoolean)
    assert bool(result)
    assert [method for method, _, _ in endpoint.asked] == ["GET", "POST"]


def test_parameters_of_the_address_and_credentials_are_sent(endpoint: Endpoint) -> None:
    """What stands after ``?`` in the address stays; user and password go in their header."""
    endpoint.answer = lambda text: (200, "application/json", b'{"head":{},"boolean":false}')
    RemoteStore(f"{endpoint.url}?apikey=k", user="anna", password="slepens").query("ASK {}")
    assert endpoint.asked[0][1] == "ASK {}?key=k"
    credentials = base64.b64encode(b"anna:slepens").decode()
    assert endpoint.asked[0][2]["authorization"] == f"Basic {credentials}"


@pytest.mark.parametrize(
    ("answer", "message", "cure"),
    [
        ((401, "text/plain", b"who?"), "user name and password", "SAITE_ENDPOINT_USER and SAITE_ENDPOINT_PASSWORD"),
        ((403, "text/plain", b"no"), "does not allow", "permission"),
        ((404, "text/plain", b""), "no endpoint at this address", "address"),
        ((500, "text/html", b"<h1>Oops</h1><script>x</script>"), "failed over the query (HTTP 500)", "simpler"),
        ((502, "text/plain", b"gateway"), "failed over the query (HTTP 502)", "simpler"),
        ((503, "text/plain", b"busy"), "overloaded", "later"),
        ((429, "text/plain", b"slow down"), "too many", "Wait"),
        ((418, "text/plain", b"teapot"), "refuses (HTTP 418)", "who runs it"),
        ((200, "text/html", b"<html><body>Welcome to our endpoint"), "text/html in place of query results", "page"),
        ((200, "", b"\x00\x01"), "an unknown type in place of query results", "log"),
        ((200, "application/sparql-results+json", b'{"head":{"vars":["s"]},"results":{"bind'), "whole", "cut off"),
        ((200, "application/sparql-results+json", b'{"head":{},"boolean":true}'), "results of SELECT", "log"),
        ((200, "cut", b"{}"), "broke off", "again"),
    ],
)
def test_what_goes_wrong_at_the_endpoint_is_told(
    endpoint: Endpoint, answer: tuple[int, str, bytes], message: str, cure: str
) -> None:
    """Each refusal and each strange answer names the endpoint, says what happened and what to do."""
    endpoint.answer = lambda text: answer
    with pytest.raises(EnvironmentFault) as caught:
        RemoteStore(endpoint.url, patience=ONCE).query("SELECT * { ?s ?p ?o }")
    assert caught.value.message.startswith(endpoint.url)
    assert message in caught.value.message
    assert cure in caught.value.cure
    assert "<" not in (caught.value.excerpt or "")


def test_a_graph_that_is_none_is_told(endpoint: Endpoint) -> None:
    """HTML and cut-off Turtle in place of a graph are no empty graph."""
    for answer in ((200, "text/html", b"<html>"), (200, "text/turtle", b"<http://e/s> <http://e/p> ")):
        endpoint.answer = lambda text, answer=answer: answer
        with pytest.raises(EnvironmentFault, match="graph"):
            RemoteStore(endpoint.url).query("CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_query_that_the_endpoint_refuses_has_a_place(endpoint: Endpoint) -> None:
    """A fault of the grammar is placed here; one that lies deeper carries the endpoint's own words."""
    remote = RemoteStore(endpoint.url)
    with pytest.raises(SyntaxFault, match="'GARBAGE' cannot stand here"):
        remote.query("ASK {} GARBAGE")
    endpoint.answer = lambda text: (400, "text/plain", b"Encountered trouble at line 2, column 3: no such function")
    with pytest.raises(SyntaxFault, match="no such function") as caught:
        remote.query("ASK {\n  FILTER(<http://e/f>(1))\n}")
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (2, 3)
    asked = len(endpoint.asked)
    with pytest.raises(SyntaxFault, match="'SELCT'"):
        remote.query("SELCT * {}")
    with pytest.raises(UsageError, match="SERVICE"):
        remote.query("ASK { SERVICE <http://e/> {} }")
    assert len(endpoint.asked) == asked


def test_an_endpoint_that_is_slow_or_absent_is_told(endpoint: Endpoint) -> None:
    """A time-out says how long was waited; a closed port is out of reach."""

    def slow(text: str) -> tuple[int, str, bytes]:
        time.sleep(1.5)
        return 200, "text/plain", b""

    endpoint.answer = slow
    with pytest.raises(EnvironmentFault, match="no answer within 1 s"):
        RemoteStore(endpoint.url, timeout=1).query("ASK {}")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(EnvironmentFault, match="out of reach"):
        RemoteStore(f"http://127.0.0.1:{port}/").query("ASK {}")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://e/", "sparql", "", "http://", "http://a:b@e/sparql"])
def test_what_is_no_address_is_refused(address: str) -> None:
    """Only http and https are spoken, and a password does not belong in an address."""
    with pytest.raises(UsageError):
        RemoteStore(address)


def test_blank_nodes_of_virtuoso_have_names(endpoint: Endpoint) -> None:
    """Names that SPARQL does not know are made such, in both forms of results; texts that look alike stay."""
    text = '{"type":"bnode","value":"nodeID://b1"} <bnode>nodeID://b1</bnode>'
    store = EmbeddedStore([Quad(BlankNode("b1"), node("p"), Literal(text))])
    for kind, form in (("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)):
        result = store.native.query("SELECT ?s ?o { ?s ?p ?o }")
        assert isinstance(result, QuerySolutions)
        found = result.serialize(format=form) or b""
        for written in (b'"value":"b1"', b"<bnode>b1"):
            found = found.replace(written, written.replace(b"b1", b"nodeID://b1"))
        answer = (200, f"application/sparql-results+{kind}", found)
        endpoint.answer = lambda text, answer=answer: answer
        got = rows(RemoteStore(endpoint.url), "SELECT ?s ?o { ?s ?p ?o }")
        assert b"nodeID://b1" in found
        assert got == [("_:b1", str(Literal(text)))]


def test_user_and_password_come_from_the_environment(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are set, or neither; what the endpoint does not know is told without the password."""
    monkeypatch.delenv("SAITE_ENDPOINT_USER", raising=False)
    monkeypatch.delenv("SAITE_ENDPOINT_PASSWORD", raising=False)
    RemoteStore.from_environment(endpoint.url).query("ASK {}")
    assert "authorization" not in endpoint.asked[0][2]
    monkeypatch.setenv("SAITE_ENDPOINT_USER", "anna")
    with pytest.raises(UsageError, match="only one of"):
        RemoteStore.from_environment(endpoint.url)
    monkeypatch.setenv("SAITE_ENDPOINT_PASSWORD", "slepens")
    RemoteStore.from_environment(endpoint.url).query("ASK {}")
    assert endpoint.asked[1][2]["authorization"].startswith("Basic ")
    endpoint.answer = lambda text: (401, "text/plain", b"no")
    with pytest.raises(EnvironmentFault, match="does not know the user 'anna' by this password") as caught:
        RemoteStore.from_environment(endpoint.url).query("ASK {}")
    assert "slepens" not in str(caught.value)
