"""Looking at a site while it is written: built anew when a file changes, and shown anew in the browser."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import Change, DefaultFilter, awatch

from saite import manifest
from saite.errors import SaiteError
from saite.manifest import Entry
from saite.serve import pages
from saite.serve.listening import Server
from saite.serve.negotiate import choose

_HELD_IN_MEMORY = 1_000_000  # bytes; larger files are sent from the disk, with ranges
_FRESH = {"Cache-Control": "no-store"}


class Preview:
    """A site that is built, shown, watched and built again.

    Args:
        folder: where ``build`` puts the site.
        build: makes the site and says so in a line, "" for nothing; raises a :class:`~saite.errors.SaiteError` that
            the pages then show.
        watched: the folder whose changes matter.
        matters: whether a changed file below it does.
        tell: takes a line for the terminal.
    """

    def __init__(
        self,
        folder: Path,
        build: Callable[[], str],
        watched: Path,
        matters: Callable[[Path], bool],
        tell: Callable[[str], None],
    ) -> None:
        self.folder = folder
        self.build = build
        self.watched = watched
        self.matters = matters
        self.tell = tell
        self.failure: SaiteError | None = None
        self.closing = asyncio.Event()
        self._files: dict[str, Entry] = {}
        self._documents: dict[str, list[Entry]] = {}
        self._started = time.time_ns()
        self._count = 0
        self._changed = asyncio.Condition()

    @property
    def generation(self) -> str:
        """Names the state of the site: another one after each build, and after a restart."""
        return f"{self._started}-{self._count}"

    def rebuild(self) -> None:
        """Build, and remember what there is to show: the site, or why there is none."""
        try:
            built = self.build()
        except SaiteError as failure:
            self.failure = failure
            if not self.closing.is_set():
                self.tell(str(failure))
        else:
            self._read_manifest()
            self.failure = None
            if built:
                self.tell(built)

    def application(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route(pages.RELOAD_PATH, self._events),
                Route(pages.SCRIPT_PATH, self._script),
                Route("/{path:path}", self._answer),
            ]
        )

    async def watch(self) -> None:
        """Build anew on each change, until the server closes."""
        watch_filter = _Filter(self.matters)
        async for changes in awatch(self.watched, watch_filter=watch_filter, stop_event=self.closing):
            paths = {Path(path) for _, path in changes}
            names = sorted(path.name for path in ({p for p in paths if p.exists()} or paths))  # not editors' own
            self.tell(f"Changed: {', '.join(names[:5])}{' ...' if len(names) > 5 else ''}")
            await asyncio.to_thread(self.rebuild)
            async with self._changed:
                self._count += 1
                self._changed.notify_all()

    async def close(self) -> None:
        """Let those who wait for a change go."""
        self.closing.set()
        async with self._changed:
            self._changed.notify_all()

    def _read_manifest(self) -> None:
        files: dict[str, Entry] = {}
        documents: dict[str, list[Entry]] = {}
        with (self.folder / manifest.FILE_NAME).open("rb") as lines:
            for entry in manifest.read(lines):
                files[entry.path] = entry
                if entry.document and not entry.profile:
                    documents.setdefault(entry.document, []).append(entry)
        self._files, self._documents = files, documents

    async def _answer(self, request: Request) -> Response:
        path = request.path_params["path"]
        entry = self._files.get(path)
        headers = dict(_FRESH)
        variants = self._documents.get(path or "index", ()) if entry is None else ()
        if variants:
            accept = request.headers.get("accept", "")
            entry = choose(variants, accept, request.headers.get("accept-language", ""))
            headers |= {"Vary": "Accept, Accept-Language"}
            if entry is None:
                can = "\n".join(sorted({variant.media_type for variant in variants}))
                return Response(f"This document can be had as:\n{can}\n", 406, headers, "text/plain")
            headers["Content-Location"] = "/" + entry.path
        html = entry is None or entry.media_type.startswith("text/html")
        if self.failure is not None and html:
            return self._page(pages.page("The site could not be built", str(self.failure)), 500)
        if entry is None:
            return self._missing(path)
        try:
            return self._file(entry, headers)
        except FileNotFoundError:  # the build swapped the folder under our hands
            return self._missing(path)

    def _file(self, entry: Entry, headers: dict[str, str]) -> Response:
        path = self.folder / entry.path
        if entry.media_type.startswith("text/html"):
            return self._page(path.read_bytes(), 200, headers)
        if entry.size > _HELD_IN_MEMORY:
            return FileResponse(path, headers=headers, media_type=entry.media_type)
        return Response(path.read_bytes(), headers=headers | {"Content-Type": entry.media_type})

    def _missing(self, path: str) -> Response:
        own = self._files.get("404.html")
        try:
            content = (self.folder / own.path).read_bytes() if own else None
        except FileNotFoundError:
            content = None
        return self._page(content or pages.page("404: not found", f"This site has no /{path}"), 404)

    def _page(self, content: bytes, status: int, headers: dict[str, str] = _FRESH) -> Response:
        typed = headers | {"Content-Type": "text/html; charset=utf-8"}
        return Response(pages.with_reload(content, self.generation), status, typed)

    async def _script(self, request: Request) -> Response:
        return Response(pages.SCRIPT, headers=_FRESH, media_type="text/javascript")

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._generations(), headers=_FRESH, media_type="text/event-stream")

    async def _generations(self) -> AsyncIterator[str]:
        """Server-sent events (HTML standard, 9.2): the generation now, and each later one."""
        told = ""
        while not self.closing.is_set():
            if told != self.generation:
                told = self.generation
                yield f"event: generation\ndata: {told}\n\n"
            async with self._changed:
                if told == self.generation and not self.closing.is_set():
                    await self._changed.wait()


class _Filter(DefaultFilter):
    """Changes of files that matter; those of editors, caches and version control do not."""

    def __init__(self, matters: Callable[[Path], bool]) -> None:
        super().__init__()
        self._matters = matters

    def __call__(self, change: Change, path: str) -> bool:
        return super().__call__(change, path) and self._matters(Path(path))


async def run(preview: Preview, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve and watch until SIGINT or SIGTERM.

    Args:
        preview: what to show; it has been built once.
        listener: from :func:`saite.serve.listening.bind`.
        ready: called once the server answers.
    """
    config = uvicorn.Config(
        preview.application(), log_config=None, lifespan="off", timeout_graceful_shutdown=3, ws="none"
    )
    server = Server(config, preview.close)
    watching = asyncio.create_task(preview.watch())
    watching.add_done_callback(lambda _: setattr(server, "should_exit", True))
    asyncio.get_running_loop().call_later(0, ready)
    try:
        await server.serve(sockets=[listener])
    finally:
        await preview.close()
        await watching
