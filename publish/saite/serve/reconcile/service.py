"""The service itself: begin at :class:`Reconciliation`."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import unquote

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from saite.artifact import HTML
from saite.fields import ALWAYS
from saite.serve.negotiate import language_quality, parse_languages
from saite.serve.reconcile import asked, extend, manifest, preview, suggest, written
from saite.serve.reconcile.asked import DRAFT, Query
from saite.serve.reconcile.calls import JSON, Call, allowed, contents
from saite.serve.reconcile.candidates import Candidate, candidates
from saite.serve.reconcile.keeper import Keeper
from saite.serve.reconcile.knowledge import Knowledge, named
from saite.serve.reconcile.limits import Limits
from saite.serve.sparql.endpoint import own_address
from saite.serve.sparql.problem import JSON as PROBLEM
from saite.serve.sparql.problem import Problem
from saite.site.model import Site

METHODS: Final = "GET, HEAD, POST, OPTIONS"
_HEADERS: Final = {**ALWAYS, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
_PREFLIGHT: Final = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}


class Reconciliation:
    """A reconciliation service, to be mounted in an application; see :class:`~saite.serve.reconcile.keeper.Keeper`.

    Args:
        version: another value for another site.
        site: the site as it is now.
        languages: in which it speaks, the default first.
        limits: of requests.
        path: where it is mounted.
        address: the site's public address, with a slash at its end; "" takes that of each request.
    """

    def __init__(
        self,
        version: Callable[[], object],
        site: Callable[[], Site],
        languages: Callable[[], tuple[str, ...]],
        limits: Limits | None = None,
        path: str = "/reconcile",
        address: str = "",
    ) -> None:
        self.limits = limits or Limits()
        self._keeper = Keeper(version, site, self.limits.waiting)
        self._languages = languages
        self._path = path
        self._address = f"{address.removesuffix('/')}{path}" if address else ""
        self._services: Mapping[str, Callable[[Call], Awaitable[Response]]] = {
            "": self._root,
            "match": self._match,
            "suggest/entity": self._suggest,
            "suggest/property": self._suggest,
            "suggest/type": self._suggest,
            "flyout/entity": self._flyout,
            "flyout/property": self._flyout,
            "flyout/type": self._flyout,
            "preview": self._preview,
            "view": self._view,
            "extend": self._extend,
            "extend/propose": self._propose,
        }

    def routes(self) -> list[BaseRoute]:
        """The routes of an application."""
        handler = _Handler(self)
        return [Route(self._path, handler), Route(f"{self._path}/{{rest:path}}", handler)]

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Problem as problem:
            response = Response(problem.json(), problem.status, {**_HEADERS, "Cache-Control": "no-store"}, PROBLEM)
            response.headers.update(problem.headers)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_HEADERS | _PREFLIGHT)
        parts = [part for part in request.url.path.removeprefix(self._path).split("/") if part]
        language = self._language(request)
        base = own_address(request, self._address, self._path)
        home = f"{base.removesuffix(self._path)}/"
        depth = len(parts)
        if parts and parts[0] in self._languages():
            language = parts.pop(0)
            base += f"/{language}"
        draft = parts[:1] == [DRAFT]
        if draft:
            parts.pop(0)
            base += f"/{DRAFT}"
        name = "/".join(parts)
        service = self._services.get(name)
        if service is None or (name == "match" and not draft):
            raise Problem(404, "there is no such service", f"The manifest is at {base}.")
        methods = allowed(name, draft=draft)
        if request.method not in methods:
            names = ", ".join((*methods, "OPTIONS"))
            raise Problem(405, f"{request.method} does nothing here", f"Use {names}.", headers={"Allow": names})
        fields, content = await contents(request, self.limits)
        root = "../" * depth  # of the place of this request: /reconcile/preview is one below the front page
        call = Call(name, request.method, draft, language, base, home, root, fields, content)
        return await service(call)

    # -- services --

    async def _root(self, call: Call) -> Response:
        """The manifest; of 0.2 also queries and extensions. The test bench asks the draft for extensions so, too."""
        if "extend" in call.fields:
            return await self._extended(call, asked.parsed(call.fields["extend"]))
        if "queries" in call.fields and not call.draft:
            batch = asked.old_batch(asked.parsed(call.fields["queries"]), self.limits)
            results = {key: {"result": await self._found(call, query)} for key, query in batch.items()}
            return _json(call, results)
        if "query" in call.fields and not call.draft:  # one query, as older clients ask
            text = call.fields["query"]
            given = asked.parsed(text) if text.lstrip().startswith("{") else {"query": text}
            query = asked.old_batch({"q0": given}, self.limits)["q0"]
            return _json(call, {"result": await self._found(call, query)})
        if call.method == "POST":
            raise Problem(400, "there are no queries in this POST", "Send the field queries, or extend.")
        form = manifest.draft if call.draft else manifest.old
        return _json(
            call,
            await self._keeper.work(lambda known: form(known, self.limits, call.language, call.address, call.home)),
        )

    async def _match(self, call: Call) -> Response:
        batch = asked.batch(asked.parsed(call.content or b""), self.limits)
        return _json(call, {"results": [{"candidates": await self._found(call, query)} for query in batch]})

    async def _found(self, call: Call, query: Query) -> list[dict[str, Any]]:
        """The candidates of a query; each query waits for its turn, so that no batch keeps others waiting."""

        def work(known: Knowledge) -> list[dict[str, Any]]:
            found: list[Candidate] = candidates(known, query)
            return [written.candidate(known, one, call.language, draft=call.draft) for one in found]

        return await self._keeper.work(work)

    async def _suggest(self, call: Call) -> Response:
        kind = call.service.rpartition("/")[2]
        prefix = call["prefix"]
        limit = asked.number(call["limit"], "limit", 10, self.limits.suggestions)
        start = call["offset"] or call["cursor"] or call["start"]
        offset = asked.number(start, "offset", 0, 10_000)
        types = [one for one in [call["type"]] if one]

        def work(known: Knowledge) -> dict[str, Any]:
            if kind == "entity":
                found = suggest.entities(known, prefix, types, limit, offset)
                return written.entities(known, found, call.language)
            if kind == "type":
                return written.classes(known, suggest.classes(known, prefix, limit, offset), call.language)
            return written.properties(known, suggest.properties(known, prefix, limit, offset), call.language)

        return _json(call, await self._keeper.work(work))

    async def _flyout(self, call: Call) -> Response:
        id = call["id"]
        node = named(id)

        def work(known: Knowledge) -> dict[str, Any]:
            if node is None or not (id in known.numbers or node in known.classes or node in known.site.properties):
                raise _unknown()
            return {"id": id, "html": preview.piece(known, node, call.language)}

        return _json(call, await self._keeper.work(work))

    async def _preview(self, call: Call) -> Response:
        content = await self._keeper.work(
            lambda known: preview.page(known, known.entities[_number(known, call)], call.language, call.root)
        )
        headers = {**_HEADERS, "Content-Security-Policy": preview.POLICY, "Content-Language": call.language}
        return Response(content, headers=headers, media_type=HTML)

    async def _view(self, call: Call) -> Response:
        """Leads to where a node is shown: its IRI may lead elsewhere, or nowhere yet.

        Who puts the identifier into the address as it is has lost what stands after "#": the document of all hash IRIs
        is given then, and browsers keep the fragment (RFC 9110, 10.2.2).
        """
        id = call["id"]

        def work(known: Knowledge) -> str:
            nodes = (named(one) for one in (id, unquote(id)))
            places = (preview.place(known, node, call.root) for node in nodes if node is not None)
            return next(filter(None, places), "")

        place = await self._keeper.work(work)
        if not place:
            raise _unknown()
        return Response(status_code=303, headers={**_HEADERS, "Location": place})

    async def _extend(self, call: Call) -> Response:
        given = call.content if call.content is not None else call["extend"]
        return await self._extended(call, asked.parsed(given))

    async def _extended(self, call: Call, found: Any) -> Response:
        extension = asked.extension(found, self.limits)
        form = written.rows if call.draft else written.old_rows

        def work(known: Knowledge) -> dict[str, Any]:
            columns = extend.columns(known, extension, call.language, self.limits.values)
            return form(known, extension.ids, columns, call.language)

        return _json(call, await self._keeper.work(work))

    async def _propose(self, call: Call) -> Response:
        type = call["type"]
        wanted = call["limit"]
        limit = asked.number(wanted, "limit", self.limits.suggestions, self.limits.suggestions)

        def work(known: Knowledge) -> dict[str, Any]:
            found = suggest.proposed(known, type, limit)
            return written.proposals(known, found, call.language, type, limit if wanted else None)

        return _json(call, await self._keeper.work(work))

    def _language(self, request: Request) -> str:
        wanted = parse_languages(request.headers.get("accept-language", ""))
        return max(self._languages(), key=lambda tag: language_quality(tag, wanted))


class _Handler:
    """The service as an application, so that it gets requests of every method."""

    def __init__(self, service: Reconciliation) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._service.answer(scope, receive, send)


def _number(known: Knowledge, call: Call) -> int:
    """The number of the entity that a request names; some clients escape its identifier twice."""
    id = call["id"]
    number = known.numbers.get(id, known.numbers.get(unquote(id)))
    if number is None:
        raise _unknown()
    return number


def _unknown() -> Problem:
    return Problem(404, "there is no such entity", "Give an identifier that the service has given.")


def _json(call: Call, found: Any) -> Response:
    headers = {**_HEADERS, "Content-Language": call.language}
    return Response(orjson.dumps(found), headers=headers, media_type=JSON)
