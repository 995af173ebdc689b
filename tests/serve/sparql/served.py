"""An endpoint behind a real server on loopback, and a plain client for it."""

import asyncio
import http.client
import threading
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from saite.config import Config
from saite.serve.sparql.endpoint import Dataset, Endpoint
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.page import Example
from saite.store import EmbeddedStore
from saite.terms import Quad

_Result = TypeVar("_Result")


def completed(work: Coroutine[Any, Any, _Result]) -> _Result:
    """The result of some work in a loop of its own: that of this thread may belong to a browser."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, work).result()


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def type(self) -> str:
        """The media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


class Served:
    """A running endpoint."""

    def __init__(self, endpoint: Endpoint, port: int, loop: asyncio.AbstractEventLoop) -> None:
        self.endpoint = endpoint
        self.port = port
        self.loop = loop
        self.url = f"http://127.0.0.1:{port}/sparql"

    def send(
        self,
        method: str,
        target: str = "/sparql",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        source: str = "127.0.0.1",
    ) -> Reply:
        """One request on a connection of its own, from a loopback address."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(source, 0))
        try:
            connection.request(method, target, body, {"Connection": "close", **(headers or {})})
            response = connection.getresponse()
            said = {name.lower(): value for name, value in response.getheaders()}
            try:
                return Reply(response.status, said, response.read())
            except http.client.IncompleteRead as error:
                return Reply(response.status, said, error.partial, whole=False)
        finally:
            connection.close()

    def ask(self, query: str, accept: str = "", source: str = "127.0.0.1", **fields: str) -> Reply:
        """A query by GET."""
        target = "/sparql?" + urlencode({"query": query, **fields})
        return self.send("GET", target, headers={"Accept": accept} if accept else None, source=source)

    def post(self, query: str, accept: str = "", source: str = "127.0.0.1") -> Reply:
        """A query by direct POST."""
        headers = {"Content-Type": "application/sparql-query", **({"Accept": accept} if accept else {})}
        return self.send("POST", body=query.encode(), headers=headers, source=source)


@contextmanager
def running(endpoint: Endpoint, more: Sequence[BaseRoute] = ()) -> Iterator[Served]:
    """An endpoint beside other routes, as long as the context lasts."""
    application = Starlette(routes=[*endpoint.routes(), *more], lifespan=lambda _: endpoint.running())
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_config=None, ws="none", lifespan="on"))
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        await server.serve()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Served(endpoint, port, loops[0])
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive(), "the server did not end"


@contextmanager
def served(
    home: Path,
    quads: Sequence[Quad],
    limits: Limits | None = None,
    config: Config | None = None,
    examples: Sequence[Example] = (),
    more: Sequence[BaseRoute] = (),
) -> Iterator[Served]:
    """An endpoint over some quads."""
    EmbeddedStore.create(home / "store", quads)
    dataset = Dataset(home / "store", "1", config or Config(root=home))
    with running(Endpoint(dataset, limits or Limits(processes=2), examples), more) as serving:
        yield serving
