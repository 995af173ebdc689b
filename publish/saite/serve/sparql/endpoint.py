"""The endpoint itself: begin at :class:`Endpoint`."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from saite.artifact import HTML
from saite.config import Config
from saite.serve.negotiate import language_quality, media_quality, parse_accept, parse_languages
from saite.serve.sparql import clients, inventory
from saite.serve.sparql.answers import Order
from saite.serve.sparql.cache import Cache, Kept
from saite.serve.sparql.clients import BrokenOff, Gone, unless_gone
from saite.serve.sparql.description import describe
from saite.serve.sparql.formats import BOOLEAN, FORMATS, GRAPH, TABLE, Format, by_name, choose, wishes
from saite.serve.sparql.graphs import GraphWriter
from saite.serve.sparql.inventory import Inventory
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.page import ASSETS, Example, Pages, Shown
from saite.serve.sparql.pool import Pool, Running
from saite.serve.sparql.problem import JSON, Problem, too_late
from saite.serve.sparql.protocol import METHODS, Asked, read
from saite.serve.sparql.responses import ALLOW, HEADERS, preflight, refusal, refusal_type, unacceptable, whole
from saite.serve.sparql.worker import Setting

_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::\d*)?|\[[0-9A-Fa-f:.]+\](?::\d*)?")  # RFC 3986, 3.2.2, as far as hosts go
_TYPES: Final = {form.name: form.media_type for form in FORMATS}


@dataclass(frozen=True, slots=True)
class Dataset:
    """What an endpoint answers from.

    Attributes:
        store: the folder of a store, as :meth:`saite.store.EmbeddedStore.create` makes it.
        version: another one for other data: the digest of the dump.
        config: the settings of the site.
    """

    store: Path
    version: str
    config: Config


class Endpoint:
    """A SPARQL 1.1 endpoint, to be mounted in an application; it runs between :meth:`start` and :meth:`stop`.

    Args:
        dataset: what it answers from.
        limits: of queries.
        examples: queries that its page offers.
        path: where it is mounted.
        address: its public address; "" takes that of each request.
    """

    def __init__(
        self,
        dataset: Dataset,
        limits: Limits | None = None,
        examples: Sequence[Example] = (),
        path: str = "/sparql",
        address: str = "",
    ) -> None:
        self.dataset = dataset
        self.limits = limits or Limits()
        self.pool = Pool(Setting(dataset.store, dataset.config, self.limits))
        self._examples = {example.name: example for example in examples}
        self._path = path
        self._address = address
        self._cache = Cache(self.limits.cache)
        self._writer = GraphWriter(dataset.config)
        self._pages = Pages(dataset.config, self.limits, examples, path)
        self._known = Inventory()
        self._counting: asyncio.Task[None] | None = None

    def routes(self) -> list[BaseRoute]:
        """The routes of an application: the endpoint, and what its page loads."""
        return [
            Route(self._path, _Handler(self)),
            Route(f"{self._path}/terms.json", self._terms),
            Route(f"{self._path}/{{name}}", self._asset),
        ]

    async def start(self) -> None:
        """Starts the processes that answer.

        Raises:
            EnvironmentFault: they cannot start.
        """
        await self.pool.start()
        self._counting = asyncio.create_task(self._count())

    async def stop(self) -> None:
        """Ends them, and all queries."""
        if self._counting is not None:
            self._counting.cancel()
        await self.pool.stop()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """From :meth:`start` to :meth:`stop`, for an application's lifespan."""
        await self.start()
        try:
            yield
        finally:
            await self.stop()

    def renew(self, dataset: Dataset) -> None:
        """Answers from other data from now on; queries that run end with those that they began with."""
        self.dataset = dataset
        self._cache.clear()
        self._known, self._counting = Inventory(), None
        self.pool.renew(Setting(dataset.store, dataset.config, self.limits))

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request.

        Raises:
            BrokenOff: an answer could not be brought to its end.
        """
        request = Request(scope, receive)
        asked: Asked | None = None
        try:
            if request.method not in METHODS:
                message = f"{request.method} is no method of this endpoint"
                raise Problem(405, message, "Use GET or POST.", headers={"Allow": ALLOW})
            if request.method == "OPTIONS":
                response: Response | None = preflight()
            else:
                asked = await read(request, self.limits)
                if asked.query is None:
                    response = await self._introduction(request, asked)
                else:
                    response = await self._answered(request, asked, asked.query, send)
        except Gone:
            return
        except Problem as problem:
            response = self._refusal(request, asked, problem)
        if response is not None:
            await response(scope, receive, send)

    async def _answered(self, request: Request, asked: Asked, query: str, send: Send) -> Response | None:
        """The answer of a query; None where it has been sent piece by piece."""
        wanted = wishes(request.headers.get("accept", ""), asked.format)
        if not wanted:
            raise unacceptable(_wish(request, asked), frozenset((TABLE, BOOLEAN, GRAPH)))
        order = Order(
            text=query,
            wishes=wanted,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            base=self._place(request),
            seconds=asked.seconds,
            language=self._language(request, asked) if "html" in wanted.values() else "",
        )
        # whoever allows less time may get no answer, but never another one
        key = (query, tuple(wanted.items()), asked.default_graphs, asked.named_graphs, order.base, order.language)
        kept = self._cache.get(key)
        if kept is None:
            dataset = self.dataset
            running = await unless_gone(request.receive, self.pool.run(order, clients.address(request.scope)))
            try:
                if running.form == "html":  # of limited length, and to be put into a page
                    content = running.first + b"".join([part async for part in running.rest()])
                elif running.complete:
                    content = running.first
                else:
                    await self._stream(request, running, send)
                    return None
            finally:
                await running.close()
            kept = Kept(running.form, running.kind, content)
            if running.lasting and dataset is self.dataset:
                self._cache.put(key, kept)
        if kept.form == "html":
            shown = Shown(query, kept.kind, kept.content.decode())
            return self._shown(request, asked, shown)
        return whole(request, kept.content, _TYPES[kept.form])

    async def _stream(self, request: Request, running: Running, send: Send) -> None:
        """Sends an answer as it comes."""
        head = Response(headers=HEADERS | {"Content-Type": _TYPES[running.form]})
        headers = [(name, value) for name, value in head.raw_headers if name != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if request.method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            async with asyncio.timeout(self.limits.sending):
                await unless_gone(request.receive, _send(running, send))
        except TimeoutError:
            raise BrokenOff(too_late(self.limits)) from None
        except Problem as problem:
            # no form of an answer can have this in it, should a server end the response in good order
            mark = f"\n\n<< broken off: {problem.message}\n".encode()
            async with asyncio.timeout(self.limits.sending):
                await send({"type": "http.response.body", "body": mark, "more_body": True})
            raise BrokenOff(problem) from None

    async def _introduction(self, request: Request, asked: Asked) -> Response:
        """What is there without a query: a page for people, a service description for programs."""
        form = _introduced(request, asked)
        if form is None:
            raise unacceptable(_wish(request, asked), frozenset((GRAPH,)))
        if form.name == "html":
            example = self._examples.get(asked.example)
            shown = Shown(example.text if example else None)
            return self._shown(request, asked, shown)
        document = self._writer.document(describe(self._place(request), await self._counted()), form.name)
        assert document is not None, "RDF/XML can say every description"
        return whole(request, document, form.media_type)

    def _refusal(self, request: Request, asked: Asked | None, problem: Problem) -> Response:
        """A problem in the form that the client reads."""
        media_type = refusal_type(request)
        if media_type == HTML:
            query = asked.query if asked else request.query_params.get("query")
            content = self._page(request, asked, Shown(query, problem=problem))
        elif media_type == JSON:
            content = problem.json()
        else:
            content, media_type = problem.text().encode(), "text/plain; charset=utf-8"
        return refusal(problem, content, media_type)

    def _shown(self, request: Request, asked: Asked, shown: Shown) -> Response:
        response = whole(request, self._page(request, asked, shown), HTML)
        response.headers["Content-Language"] = self._language(request, asked)
        return response

    def _page(self, request: Request, asked: Asked | None, shown: Shown) -> bytes:
        """The page; it tells of the graphs if they have been counted by now."""
        return self._pages.page(self._language(request, asked), self._place(request), self._known, shown)

    async def _counted(self) -> Inventory:
        """The inventory; one that could not be taken is taken anew at the next request."""
        if self._counting is None or (self._counting.done() and self._known.triples is None):
            self._counting = asyncio.create_task(self._count())
        await asyncio.shield(self._counting)
        return self._known

    async def _count(self) -> None:
        dataset = self.dataset
        known = await inventory.take(self.pool)
        if dataset is self.dataset:
            self._known = known

    async def _terms(self, request: Request) -> Response:
        """Prefixes, and the properties and classes in use, for completion in the editor."""
        known = await self._counted()
        prefixes = {prefix: namespace for namespace, prefix in self._writer.names.prefix_of.items() if prefix}
        content = json.dumps({"prefixes": prefixes, "terms": known.terms}, ensure_ascii=False).encode()
        return whole(request, content, "application/json")

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ASSETS:
            return Response("There is no such file.\n", 404, HEADERS, "text/plain")
        path, media_type = ASSETS[name]
        return whole(request, await asyncio.to_thread(path.read_bytes), media_type)

    def _language(self, request: Request, asked: Asked | None) -> str:
        languages = self.dataset.config.languages or ("en",)
        if asked is not None and asked.language in languages:
            return asked.language
        wanted = parse_languages(request.headers.get("accept-language", ""))
        return max(languages, key=lambda tag: language_quality(tag, wanted))

    def _place(self, request: Request) -> str:
        """The address of the endpoint; a Host that is none is not repeated."""
        return own_address(request, self._address, request.url.path)


def own_address(request: Request, address: str, path: str) -> str:
    """The address of something that is mounted at a path; a Host that is none is not repeated.

    Args:
        request: who asks.
        address: its public address; "" takes that of the request.
        path: where it is mounted.
    """
    if address:
        return address
    url = request.url if _HOST.fullmatch(request.url.netloc) else request.url.replace(netloc="localhost")
    return str(url.replace(path=path, query="", fragment=""))


class _Handler:
    """The endpoint as an application, so that it gets requests of every method."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._endpoint.answer(scope, receive, send)


async def _send(running: Running, send: Send) -> None:
    await send({"type": "http.response.body", "body": running.first, "more_body": True})
    async with aclosing(running.rest()) as parts:
        async for part in parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _introduced(request: Request, asked: Asked) -> Format | None:
    """The form in which a client wants to hear of the endpoint: the page, unless it prefers RDF."""
    if asked.format:
        return by_name(asked.format, GRAPH)
    accept = request.headers.get("accept", "")
    ranges = parse_accept(accept)
    form = choose(GRAPH, accept)
    if form is not None and 0 < media_quality(HTML, ranges) >= media_quality(form.media_type, ranges):
        return by_name("html", GRAPH)
    return form


def _wish(request: Request, asked: Asked) -> str:
    return f"format={asked.format}" if asked.format else request.headers.get("accept", "")
