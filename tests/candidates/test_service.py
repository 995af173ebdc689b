"""A client of the Reconciliation Service API 0.2, tried on a service of its own."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jsonschema
import pytest
from tests.web.hosts import Host, Page, host

from saite.candidates.finding import find
from saite.candidates.service import Service
from saite.candidates.things import Graph
from saite.errors import EnvironmentFault, SaiteError, UsageError
from saite.web import Client, Manners

from .test_things import BASE, store

MANIFEST: dict[str, Any] = {
    "versions": ["0.1", "0.2"],
    "name": "Fake",
    "identifierSpace": "https://ids.example/",
    "schemaSpace": "https://types.example/",
    "view": {"url": "https://view.example/{{id}}"},
}
KNOWN = {"Riga": [{"id": "Q1", "name": "Rīga", "score": 87.5, "match": True, "type": [{"id": "c", "name": "City"}]}]}


def client(**manners: Any) -> Client:
    """Asks loopback addresses, without pauses."""
    return Client("Saite/1", Manners(**{"pause": 0.0, "private": True, "timeout": 2.0, **manners}))


@pytest.fixture
def fake() -> Iterator[Host]:
    """The service."""
    with host() as found:

        def answers() -> Iterator[bytes]:
            if not found.bodies[-1]:
                yield json.dumps(MANIFEST).encode()
                return
            (queries,) = parse_qs(found.bodies[-1].decode(), strict_parsing=True)["queries"]
            yield json.dumps(
                {key: {"result": KNOWN.get(one["query"], [])} for key, one in json.loads(queries).items()}
            ).encode()

        found.pages["/api"] = Page(stream=answers)
        yield found


def test_things_of_a_service_are_candidates(fake: Host) -> None:
    """Scored by their names as those of files; what the service says is among the reasons."""
    service = Service(fake.url + "/api", client())
    graph = store(':riga a :City ; rdfs:label "Riga"@en, "Rīga"@lv . :x rdfs:label "Unknown" .')
    (found,) = find(Graph(graph, BASE), service, frozenset())
    assert (found.entity, found.other, found.other_label) == (BASE + "riga", "https://ids.example/Q1", "Rīga")
    assert found.score == 100
    assert "the service says 87.5, and is sure" in found.reasons
    assert "type city" in found.reasons
    assert [method for method, _ in fake.asked] == ["GET", "POST", "POST"], "all names of a thing in one request"
    assert fake.fields["Content-Type"] == "application/x-www-form-urlencoded"
    queries = json.loads(parse_qs(fake.bodies[1].decode())["queries"][0])
    if shared := os.environ.get("SAITE_SHARED"):
        schema = Path(shared, "suites", "reconciliation", "0.2", "schemas", "reconciliation-query-batch.json")
        jsonschema.Draft7Validator(json.loads(schema.read_text("utf-8"))).validate(queries)
    assert queries == {"q0": {"query": "Riga", "limit": 5}, "q1": {"query": "Rīga", "limit": 5}}
    linked = frozenset({(BASE + "riga", "https://ids.example/Q9")})
    assert list(find(Graph(graph, BASE), service, linked)) == [], "it has its link to that service"


def test_redirects_to_the_service_are_followed(fake: Host) -> None:
    """As from http to https."""
    fake.pages["/old"] = Page(301, {"Location": "/api"})
    assert Service(fake.url + "/old", client()).name == "Fake"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (Page(404), "status 404"),
        (Page(body=b"<html>"), "JSON"),
        (Page(body=b"[]"), "no object"),
        (Page(body=b"{}"), "manifest"),
        (Page(body=json.dumps({**MANIFEST, "versions": ["1.0"]}).encode()), "another version"),
        (Page(body=b" " * 3_000_000), "more than"),
        (Page(429, {"Retry-After": "900"}), "wait"),
    ],
)
def test_what_is_no_service_is_told_with_a_cure(page: Page, message: str) -> None:
    """Whatever it answers."""
    with host() as found:
        found.pages["/"] = page
        with pytest.raises(SaiteError, match=message) as caught:
            Service(found.url + "/", client())
    assert caught.value.exit_code == 2
    assert caught.value.cure


def test_a_service_that_fails_later_is_told(fake: Host) -> None:
    """Its answers are not trusted: no result, a row without a name, an identifier that is no link."""
    service = Service(fake.url + "/api", client())
    fake.pages["/api"] = Page(500)
    with pytest.raises(EnvironmentFault, match="status 500"):
        list(service.near(["Riga"]))
    fake.pages["/api"] = Page(body=b'{"q0": {}}')
    with pytest.raises(EnvironmentFault, match="no result"):
        list(service.near(["Riga"]))
    rows = [
        {"id": "x"},
        5,
        {"id": "javascript:alert(1)", "name": "Riga"},
        {"id": "https://a.example/1", "name": "Riga"},
    ]
    fake.pages["/api"] = Page(body=json.dumps({"q0": {"result": rows}}).encode())
    iris = [pair.iri for pair in service.near(["Riga"])]
    assert iris == ["https://ids.example/javascript:alert%281%29", "https://a.example/1"]


def test_private_services_must_be_allowed(fake: Host) -> None:
    """The cure says how."""
    with pytest.raises(EnvironmentFault, match="private") as caught:
        Service(fake.url + "/api", client(private=False))
    assert "--private-addresses" in caught.value.cure
    assert fake.asked == []


def test_a_service_has_a_time(fake: Host) -> None:
    """When it is over, that is told."""
    service = Service(fake.url + "/api", client(pause=5.0, budget=3.0))
    with pytest.raises(EnvironmentFault) as caught:
        list(service.near(["Riga"]))
    assert "--time" in caught.value.cure


def test_the_address_must_be_one() -> None:
    """Of the web."""
    with pytest.raises(EnvironmentFault):
        Service("http://", client())
    assert issubclass(UsageError, SaiteError)
