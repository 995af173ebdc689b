"""The ASGI application of the door: begin at :class:`Door`."""

import asyncio
import re
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote

from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from saite.errors import SaiteError
from saite.serve.door import choices
from saite.serve.door.choices import Choice
from saite.serve.door.delivery import Asked, deliver, plainly
from saite.serve.door.generation import Answers, CutShort, Generation, Wish
from saite.serve.door.place import Place
from saite.serve.door.problems import TEXT
from saite.serve.door.published import Published
from saite.serve.door.storage import Changed, current
from saite.serve.sparql.clients import BrokenOff

_ABSOLUTE: Final = re.compile(rb"https?://[^/?#]*", re.IGNORECASE)
_PATIENCE: Final = 10.0  # seconds that a request waits for the site that was built anew
_POLL: Final = 1.0  # seconds between looks at whether the site was built anew
_TRIES: Final = 5  # so often an answer is begun, if the site is built anew each time
_MOMENT: Final = 0.05  # seconds that replacing a few files takes


class Watcher(Protocol):
    """Who is told of each answer."""

    def __call__(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """An answer of some bytes was sent, whole or not; status 0: none was."""
        ...


class Door:
    """Answers for a site, and for an endpoint beside it. An ASGI 3 application for requests only.

    Args:
        site: the folder of a built site; when another build takes its place, its answers do. Or what else answers.
        routes: what is answered by others, at their paths and below: the SPARQL endpoint, reconciliation.
        renewed: called when the site was built anew, before it is shown; it may raise a SaiteError.
        watchers: who is told of each answer.
        tell: takes a line for who runs the server.

    Raises:
        UsageError: the folder holds no built site.
    """

    def __init__(
        self,
        site: Path | Answers,
        routes: Sequence[BaseRoute] = (),
        renewed: Callable[[], Awaitable[None]] | None = None,
        watchers: Sequence[Watcher] = (),
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._folder = site if isinstance(site, Path) else None
        self._now: Answers = Generation(Published(site)) if isinstance(site, Path) else site
        # what no route answers, the site does; a redirect of the framework's would repeat a false Host
        self._others: ASGIApp | None = Router([*routes], redirect_slashes=False, default=self._own) if routes else None
        self._beside = frozenset(route.path.split("/")[1] for route in routes if isinstance(route, Route | Mount))
        self._renewed = renewed
        self._watchers = tuple(watchers)
        self._tell = tell
        self._fault = ""
        self._renewing = asyncio.Lock()
        self._renewals: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        began = time.perf_counter()
        status = size = 0

        async def noted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._answer(scope, receive, noted)
        except (BrokenOff, CutShort, TimeoutError) as broken:
            # the server closes the connection of an answer without an end, so that the client sees it
            self._tell(f"An answer broke off: {str(broken) or type(broken).__name__}")
        except Exception:  # noqa: BLE001 (whoever asks is told no more than that it is our fault)
            self._tell(traceback.format_exc().rstrip())
            if status == 0:
                place = Place(scope["raw_path"].decode("latin-1").removeprefix("/"))
                failed = choices.refused(500, "Please tell who runs this site.", place, "text/plain")
                await plainly(failed, Asked(scope["method"], {}), noted)
        finally:
            self._watched(scope, status, size, time.perf_counter() - began)

    def _watched(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """Tell who watches; one that fails, as on a full disk, harms no answer, and is told of once."""
        fault = ""
        for watcher in self._watchers:
            try:
                watcher(scope, status, size, seconds)
            except (OSError, ValueError) as error:  # ValueError: its file is closed
                fault = f"An answer could not be logged: {getattr(error, 'strerror', None) or error}"
        if fault and fault != self._fault:
            self._tell(fault)
        self._fault = fault

    async def follow(self) -> None:
        """Look again and again whether the site was built anew, until cancelled."""
        while self._folder is not None:
            await asyncio.sleep(_POLL)
            await self.renew()

    async def renew(self) -> None:
        """Answer from what the folder holds now, if it is another site."""
        if self._folder is None:
            return
        async with self._renewing:
            if current(self._folder) in ("", self._now.version):
                return
            try:
                site = await asyncio.to_thread(Published, self._folder)
                if self._renewed is not None:
                    await self._renewed()
            except SaiteError as error:
                self._tell(f"The site was built anew, but cannot be shown: {error}")
                return
            self._now = Generation(site)
            self._tell(f"The site was built anew: {len(site)} files.")

    async def _renewal(self) -> None:
        """Wait for :meth:`renew`, but not for long: to index new data takes its time, and goes on without who waits."""
        task = asyncio.create_task(self.renew())
        self._renewals.add(task)
        task.add_done_callback(self._renewals.discard)
        await asyncio.wait({task}, timeout=_PATIENCE)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope = _in_origin_form(scope)
        path = _path(scope)
        names = {name for name, _ in scope["headers"]}
        if {b"transfer-encoding", b"content-length"} <= names:
            # where this message ends, a proxy may see otherwise, and take its rest for another's (RFC 9112, 6.1)
            refusal = choices.refused(400, "It has two lengths.", Place(path), "text/plain", ("Connection", "close"))
            await plainly(refusal, Asked(scope["method"], {}), send)
            return
        if self._others is not None and path.partition("/")[0] in self._beside:
            await self._others(scope, receive, send)
        else:
            await self._own(scope, receive, send)

    async def _own(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the site."""
        path = _path(scope)
        headers: dict[str, str] = {}
        for field, value in scope["headers"]:
            name, text = field.decode("latin-1"), value.decode("latin-1")
            headers[name] = f"{headers[name]}, {text}" if name in headers else text
        asked = Asked(scope["method"], headers)
        wish = Wish(
            path,
            scope["query_string"].decode("latin-1"),
            asked.get("accept"),
            asked.get("accept-language"),
            asked.get("accept-profile"),
        )
        if asked.method in ("GET", "HEAD"):
            if path == "healthz":
                healthy = Choice(200, (("Cache-Control", "no-store"),), None, b"ok\n", TEXT)
                await plainly(healthy, asked, send)
                return
            until = time.perf_counter() + _PATIENCE
            for _ in range(_TRIES):
                now = self._now
                try:
                    await deliver(now, wish, await now.choice(wish), asked, send)
                    return
                except Changed:
                    if time.perf_counter() > until:
                        break
                    await self._renewal()
                    if self._now is now:  # files of it are being replaced this moment; the manifest comes last
                        await asyncio.sleep(_MOMENT)
            choice = choices.refused(503, "Try again in a moment.", wish.place, wish.accept, ("Retry-After", "2"))
        elif asked.method == "OPTIONS":
            choice = choices.preflight()
        else:
            choice = choices.not_allowed(asked.method, Place(path), wish.accept)
        await plainly(choice, asked, send)


def _path(scope: Scope) -> str:
    """The address below the root, as it was sent."""
    raw: bytes = scope["raw_path"]
    return raw.partition(b"?")[0].decode("latin-1").removeprefix("/")


def _in_origin_form(scope: Scope) -> Scope:
    """The request with its target from the path on: proxies may send it whole (RFC 9112, 3.2.2)."""
    found = _ABSOLUTE.match(scope["raw_path"])
    if found is None:
        return scope
    raw = scope["raw_path"][found.end() :] or b"/"
    return {**scope, "raw_path": raw, "path": unquote(raw.decode("latin-1"))}
