"""The W3C's tests of the SPARQL 1.1 protocol and of service descriptions, replayed from their manifests."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from saite.namespaces import RDF, RDF_NIL
from saite.terms import NamedNode, Quad, Subject, Term

from .declared import DESCRIPTION, NOT_APPLICABLE, PASSED
from .served import Reply, Served, served

HTTP = "http://www.w3.org/2011/http#"
CONTENT = "http://www.w3.org/2011/content#"
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"},
}


@dataclass(frozen=True)
class Sent:
    """One request of a test, and what it expects."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    format: str


class Manifest:
    """A manifest as a graph."""

    def __init__(self, path: Path) -> None:
        base = "http://www.w3.org/manifest"
        self.store = ox.Store()
        self.store.extend(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base))
        entries = self.one(NamedNode(base), MANIFEST + "entries")
        assert entries is not None
        self.tests = {str(test.value).rpartition("#")[2]: test for test in self.members(entries)}

    def all(self, subject: Term, predicate: str) -> list[Term]:
        """The objects of a property."""
        assert not isinstance(subject, ox.Literal)
        found = (quad.object for quad in self.store.quads_for_pattern(subject, NamedNode(predicate), None))
        return [term for term in found if not isinstance(term, ox.Triple)]

    def one(self, subject: Term, predicate: str) -> Term | None:
        """The only object of a property, if there is one."""
        return next(iter(self.all(subject, predicate)), None)

    def text(self, subject: Term, predicate: str) -> str:
        """The only object of a property as text, "" for none."""
        found = self.one(subject, predicate)
        return found.value if found is not None else ""

    def members(self, head: Term) -> Iterator[Term]:
        """The members of a list."""
        while head != RDF_NIL:
            first, rest = self.one(head, RDF + "first"), self.one(head, RDF + "rest")
            assert first is not None
            assert rest is not None
            yield first
            head = rest

    def requests(self, name: str) -> Iterator[Sent]:
        """The requests of a test."""
        action = self.one(self.tests[name], MANIFEST + "action")
        assert action is not None
        requests = self.one(action, HTTP + "requests")
        assert requests is not None
        for request in self.members(requests):
            yield self._request(request)

    def _request(self, request: Term) -> Sent:
        response = self.one(request, HTTP + "resp")
        assert response is not None
        headers = self.one(request, HTTP + "headers")
        body = self.one(request, HTTP + "body")
        said: dict[str, str] = {}
        for header in self.members(headers) if headers is not None else ():
            said[self.text(header, HTTP + "fieldName")] = self.text(header, HTTP + "fieldValue")
        content = None
        if body is not None:
            encoding = self.text(body, CONTENT + "characterEncoding") or "UTF-8"
            content = self.text(body, CONTENT + "chars").encode(encoding)
        boolean = self.text(response, MANIFEST + "expectedBoolean")
        return Sent(
            method=self.text(request, HTTP + "methodName"),
            target=self.text(request, HTTP + "absolutePath").replace("/sparql/", "/sparql", 1),
            headers=said,
            body=content,
            statuses=frozenset(
                term.value.rpartition("#StatusCode")[2][0] for term in self.all(response, MANIFEST + "expectedStatus")
            ),
            boolean={"true": True, "false": False}.get(boolean),
            format=self.text(response, MANIFEST + "expectedFormat"),
        )


def suite(name: str) -> Manifest:
    """One of the suites, which lie outside of the repository."""
    shared = os.environ.get("SAITE_SHARED")
    if not shared:
        if os.environ.get("CI") == "true":
            pytest.fail("SAITE_SHARED is not set")
        pytest.skip("SAITE_SHARED is not set")
    return Manifest(Path(shared) / "suites/sparql11" / name / "manifest.ttl")


@pytest.fixture(scope="module")
def protocol() -> Manifest:
    """The tests of the protocol."""
    return suite("protocol")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An endpoint with the data of the tests, each file in its graph."""
    names = [NamedNode(DATA.format(number)) for number in (1, 2, 3)]
    document: Subject = NamedNode("http://xmlns.com/foaf/0.1/Document")
    quads = [Quad(name, NamedNode(RDF + "type"), document, name) for name in names]
    with served(tmp_path_factory.mktemp("protocol"), quads) as running:
        yield running


def check(sent: Sent, reply: Reply) -> None:
    """Holds a reply against what the test expects of it."""
    assert str(reply.status)[0] in sent.statuses, reply.text
    if sent.format:
        assert reply.type in FORMATS[sent.format]
    if sent.boolean is not None:
        assert json.loads(reply.body)["boolean"] is sent.boolean


@pytest.mark.parametrize("name", PASSED)
def test_the_protocol_is_kept(name: str, protocol: Manifest, endpoint: Served) -> None:
    """A test of the W3C that applies to an endpoint which only reads passes."""
    for sent in protocol.requests(name):
        check(sent, endpoint.send(sent.method, sent.target, sent.body, sent.headers))


@pytest.mark.parametrize("name", NOT_APPLICABLE)
def test_updates_are_refused(name: str, protocol: Manifest, endpoint: Served) -> None:
    """A test that wants an update carried out gets 403 with a reason, and the data stay as they are."""
    sent = next(protocol.requests(name))
    assert sent.statuses == {"2", "3"}
    reply = endpoint.send(sent.method, sent.target, sent.body, sent.headers)
    assert reply.status == 403
    assert "read-only" in reply.text
    assert "".join(endpoint.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split()) == "n3"


def test_every_test_of_the_suites_is_declared(protocol: Manifest) -> None:
    """No test of the manifests is forgotten, and each reason belongs to one."""
    assert {*PASSED, *NOT_APPLICABLE} == set(protocol.tests)
    assert not set(PASSED) & set(NOT_APPLICABLE)
    assert set(suite("service-description").tests) == set(DESCRIPTION)
