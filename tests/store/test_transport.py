"""A query's way to an endpoint: what is tried again and what is not, and what goes wrong below HTTP."""

import datetime
import email.utils
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean

from saite.errors import EnvironmentFault, SyntaxFault
from saite.store import RemoteStore
from saite.store.transport import Overtaxed, Patience

YES = b'{"head":{},"boolean":true}'
RESET = -1
"""In place of a status: the connection is broken off."""

Answers = list[tuple[int, dict[str, str]]]


class Server:
    """A server that answers by a list, and then yes.

    Attributes:
        answers: statuses with headers, the next first.
        seen: path and headers of each request.
        waited: seconds between the tries.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.waited: list[float] = []
        self.url = ""

    def ask(self, tries: int = 4, longest: float = 60, user: str = "") -> bool:
        """Whether the endpoint says yes, asked without waiting."""
        patience = Patience(tries, first=1, longest=longest, sleep=self.waited.append)
        found = RemoteStore(self.url, user=user, password="slepens", timeout=5, patience=patience).query("ASK {}")
        assert isinstance(found, QueryBoolean)
        return bool(found)


@contextmanager
def serving(*answers: tuple[int, dict[str, str]], context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A running server."""
    state = Server(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            status, headers = state.answers.pop(0) if state.answers else (200, {})
            if status == RESET:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                self.connection.close()
                self.close_connection = True
                return
            body = YES if status in (200, 206) else b"trouble"
            self.send_response(status)
            for name, value in {"Content-Type": "application/sparql-results+json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def finish(self) -> None:
            """Nothing: the connection may be closed."""

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client hangs up on purpose
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        state.url = f"http{'s' if context else ''}://localhost:{server.server_address[1]}/sparql"
        yield state
        server.shutdown()
        thread.join(5)


@pytest.mark.parametrize("status", [429, 502, 503, 504, RESET])
def test_what_may_pass_is_tried_again(status: int) -> None:
    """An overloaded or restarting server is asked again, each time later, and no more often than is allowed."""
    with serving((status, {}), (status, {})) as server:
        assert server.ask()
        assert len(server.seen) == 3
        first, second = server.waited
        assert 0.5 <= first <= 1 <= second <= 2
    with serving(*[(status, {})] * 9) as server:
        with pytest.raises(EnvironmentFault):
            server.ask(tries=4)
        assert len(server.seen) == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500])
def test_what_will_not_pass_is_asked_once(status: int) -> None:
    """A refusal is told at once."""
    with serving((status, {}), (status, {})) as server:
        with pytest.raises((EnvironmentFault, SyntaxFault)):
            server.ask()
        assert len(server.seen) == 1


def test_retry_after_is_honoured() -> None:
    """Seconds and dates are waited for; nonsense is not; what is too long ends the tries."""
    later = email.utils.format_datetime(datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30))
    with serving((503, {"Retry-After": "7"}), (503, {"Retry-After": later}), (503, {"Retry-After": "soon"})) as server:
        assert server.ask()
        assert server.waited[0] == 7
        assert 25 < server.waited[1] <= 30
        assert 2 <= server.waited[2] <= 4
    with serving((429, {"Retry-After": "3600"})) as server:
        with pytest.raises(EnvironmentFault, match="too many"):
            server.ask()
        assert server.waited == []


@pytest.mark.parametrize("answer", [(206, {}), (200, {"X-SQL-State": "S1TAT"})])
def test_an_answer_in_part_is_none(answer: tuple[int, dict[str, str]]) -> None:
    """What an endpoint had found when its time was up is no answer, though the status may say so."""
    with serving(answer) as server, pytest.raises(Overtaxed, match="only in part"):
        server.ask()


def test_a_password_does_not_follow_a_redirect() -> None:
    """Another server to which a redirect leads does not learn the password."""
    with serving() as other, serving((302, {"Location": other.url})) as server:
        assert server.ask(user="anna")
        assert "authorization" in server.seen[0][1]
        assert "authorization" not in other.seen[0][1]


def test_a_certificate_that_cannot_be_trusted_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that nobody known signed is refused with the way to trust it, which works."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(context=context) as server:
        with pytest.raises(EnvironmentFault, match=r"certificate of .* cannot be trusted: self-signed") as caught:
            server.ask()
        assert "SSL_CERT_FILE" in caught.value.cure
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert server.ask()


def test_https_to_a_server_without_it_is_told() -> None:
    """The cure says what to try."""
    with serving() as server:
        server.url = server.url.replace("http:", "https:")
        with pytest.raises(EnvironmentFault, match="does not speak https") as caught:
            server.ask()
        assert "http://" in caught.value.cure
