"""Hosts on the loopback interface that behave as hosts out there do."""

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Page:
    """What an address answers.

    Attributes:
        status: of the answer.
        fields: of the answer.
        body: of the answer.
        head: the status for HEAD, if it is another one.
        pause: seconds before the answer.
        stream: pieces that are sent one after another, in place of the body.
    """

    status: int = 200
    fields: dict[str, str] = field(default_factory=dict)
    body: bytes = b"here"
    head: int = 0
    pause: float = 0.0
    stream: Callable[[], Iterator[bytes]] | None = None


@dataclass(slots=True)
class Host:
    """A host: its address, its pages, and what it was asked.

    Attributes:
        url: its root.
        pages: by path with query.
        asked: methods and paths, in order.
        fields: of the last request.
        abreast: how many requests it had at one time, at most.
    """

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    abreast: int = 0
    open: int = 0

    def of(self, path: str) -> list[str]:
        """The methods with which a path was asked for."""
        return [method for method, asked in self.asked if asked == path]


@contextmanager
def host(address: str = "127.0.0.1", name: str = "", context: object = None) -> Iterator[Host]:
    """A host at a loopback address, known by a name."""
    found = Host()
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self) -> None:
            with lock:
                found.open += 1
                found.abreast = max(found.abreast, found.open)
                found.asked.append((self.command, self.path))
                found.times.append(time.monotonic())
                found.fields = dict(self.headers.items())
                found.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            try:
                self._send(found.pages.get(self.path, Page(404)))
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                with lock:
                    found.open -= 1

        def _send(self, page: Page) -> None:
            time.sleep(page.pause)
            head = self.command == "HEAD"
            self.send_response(page.head if head and page.head else page.status)
            for key, value in page.fields.items():
                self.send_header(key, value)
            self.end_headers()
            if head:
                return
            for piece in page.stream() if page.stream is not None else (page.body,):
                self.wfile.write(piece)
                self.wfile.flush()

        do_GET = do_HEAD = do_POST = _answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Nothing: clients that go away are what is tested."""

    with Server((address, 0), Handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)  # type: ignore[attr-defined]
        scheme = "https" if context is not None else "http"
        found.url = f"{scheme}://{name or address}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join()
