"""The service over our own graph: its knowledge, and behind the door on a real socket."""

import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.contract.doors import served

from saite import config as settings
from saite.graph import load, public
from saite.render import renderers
from saite.serve.door.application import Door
from saite.serve.live.answers import Live
from saite.serve.reconcile.knowledge import Knowledge
from saite.serve.reconcile.service import Reconciliation
from saite.site import build_site
from saite.site.model import Site

ROOT = Path(__file__).parents[3]
ICE = "https://w3id.org/ice-edu/"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Client:
    """Asks a service as OpenRefine and the test bench do."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}/reconcile"

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request, at a path below the service."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, f"/reconcile{path}", body, {"Connection": "close", **(headers or {})})
            response = connection.getresponse()
            said = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, said, response.read())
        finally:
            connection.close()

    def get(self, path: str = "", language: str = "", **fields: str) -> Reply:
        """A GET with a query string."""
        query = f"?{urlencode(fields)}" if fields else ""
        return self.send("GET", path + query, headers={"Accept-Language": language} if language else None)

    def form(self, path: str = "", **fields: str) -> Reply:
        """A form, as OpenRefine sends it."""
        kind = "application/x-www-form-urlencoded"
        return self.send("POST", path, urlencode(fields).encode(), {"Content-Type": kind})

    def post(self, path: str, content: Any) -> Reply:
        """A POST of JSON."""
        return self.send("POST", path, json.dumps(content).encode(), {"Content-Type": "application/json"})

    def old(self, **query: Any) -> list[Any]:
        """The candidates of one query of 0.2."""
        reply = self.form(queries=json.dumps({"q0": query}))
        assert reply.status == 200, reply.body
        found: list[Any] = reply.json["q0"]["result"]
        return found

    def draft(self, *conditions: Mapping[str, Any], **more: Any) -> list[Any]:
        """The candidates of one query of the draft."""
        reply = self.post("/1.0-draft/match", {"queries": [{"conditions": list(conditions), **more}]})
        assert reply.status == 200, reply.body
        found: list[Any] = reply.json["results"][0]["candidates"]
        return found


@pytest.fixture(scope="session")
def own() -> Site:
    """The model of our own graph."""
    config = settings.load(ROOT)
    return build_site(public(load(ROOT, config)[0], config), config, answers={})


@pytest.fixture(scope="session")
def knowledge(own: Site) -> Knowledge:
    """What a service knows of it."""
    return Knowledge(own)


@pytest.fixture(scope="session")
def service(own: Site) -> Iterator[Client]:
    """A client of the service behind the door."""
    live = Live(own, renderers(own))
    languages = own.config.languages
    reconciliation = Reconciliation(lambda: 1, lambda: own, lambda: languages)
    try:
        with served(Door(live, reconciliation.routes())) as port:
            yield Client(port)
    finally:
        live.end()
