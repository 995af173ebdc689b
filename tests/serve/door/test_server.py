"""The door behind its server: who is waited for, how long, and how it ends."""

import asyncio
import logging
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from tests.contract import doors
from tests.contract.doors import served

from saite.artifact import Artifact
from saite.serve.door import server
from saite.serve.door.application import Door
from saite.serve.listening import bind

from .folders import ARTIFACTS, put

ABOUT_A_MEGABYTE = Artifact("page.html", "text/html; charset=utf-8", b"x" * 1_000_000, "page", "lv")
Connect = Callable[..., socket.socket]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a large page."""
    return put(tmp_path_factory.mktemp("server") / "site", [*ARTIFACTS, ABOUT_A_MEGABYTE])


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little of it."""
    monkeypatch.setattr(server, "_HEAD_SECONDS", 0.4)
    monkeypatch.setattr(server, "_SLOWEST", 0.4)


@pytest.fixture
def connect(folder: Path, patience: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """Connections to a server with little patience, on which little can be under way."""

    def narrow(host: str, port: int) -> socket.socket:
        listener = bind(host, port)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        return listener

    monkeypatch.setattr(doors, "bind", narrow)
    with served(Door(folder)) as port, ExitStack() as stack:

        def connected(takes: int = 4096) -> socket.socket:
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, takes)
            client.settimeout(10)
            client.connect(("127.0.0.1", port))
            return client

        yield connected


def request(target: str, *fields: str, method: str = "GET") -> bytes:
    """A request as it is sent."""
    return "\r\n".join((f"{method} {target} HTTP/1.1", "Host: example.org", *fields, "", "")).encode()


def rest(client: socket.socket) -> bytes:
    """What comes until the server closes."""
    received = b""
    try:
        while part := client.recv(1 << 16):
            received += part
    except ConnectionResetError:
        received += b"<reset>"
    return received


def gone(client: socket.socket, wait: float = 5) -> bool:
    """Whether the server has let go of a client that goes on sending."""
    deadline = time.monotonic() + wait
    while time.monotonic() < deadline:
        try:
            client.send(b"x")
        except OSError:
            return True
        time.sleep(0.1)
    return False


def until(client: socket.socket, ending: bytes) -> None:
    """Reads an answer to its end, in however many parts it comes."""
    received = b""
    while not received.endswith(ending):
        part = client.recv(10_000)
        assert part, received
        received += part


def test_requests_follow_each_other_on_one_connection(connect: Connect) -> None:
    """Each may be late by its own time, not all together; several may be sent at once."""
    client = connect()
    for _ in range(4):
        client.sendall(request("/a.b.ttl"))
        time.sleep(0.15)
        until(client, b"# a.b\n")
    client.sendall(request("/a.b.ttl") * 3 + request("/a.b.ttl", "Connection: close"))
    assert rest(client).count(b"# a.b\n") == 4


def test_who_never_ends_a_body_that_nobody_reads_is_let_go(connect: Connect) -> None:
    """The answer comes before it; by drops it holds no connection either."""
    client = connect()
    client.sendall(request("/a", "Content-Length: 1000000", method="POST"))
    assert b" 405 " in client.recv(10_000)
    assert gone(client)


def test_who_takes_nothing_of_an_answer_is_let_go(connect: Connect) -> None:
    """Also of one that was held in memory, whether the connection is to be kept or not; others are not harmed."""
    for field in ("Connection: close", "Connection: keep-alive"):
        client = connect()
        client.sendall(request("/page.html", field))
        time.sleep(1.2)
        received = rest(client)
        assert len(received) < 1_000_000, "the rest was given up"
    well = connect()
    well.sendall(request("/page.html", "Connection: close"))
    assert rest(well).endswith(b"x" * 1000)


def test_who_takes_an_answer_slowly_gets_it(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as it takes enough in the time; a connection that is kept is watched for each answer anew."""
    monkeypatch.setattr(server, "TAKEN", 50_000)
    client = connect(takes=1 << 16)
    client.sendall(request("/page.html", "Connection: close"))
    received = 0
    began = time.monotonic()
    while part := client.recv(30_000):
        received += len(part)
        time.sleep(0.025)
    assert received > 1_000_000
    assert time.monotonic() - began > 0.8


def test_what_is_no_http_is_refused_with_the_fields_of_safety(connect: Connect) -> None:
    """400, 431 and 503 too, and nothing of the machine."""
    for nonsense in (
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        request("/", "Host: other"),
        request("/", "X : y"),
        request("/", "X: a\x00b"),
        request("/a b"),
        request("/ā"),
        request("/", "Content-Length: 1", "Content-Length: 2"),
        request("/", "Content-Length: -1"),
        request("/", "Transfer-Encoding: gzip"),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ):
        client = connect()
        client.sendall(nonsense)
        head = rest(client)
        assert head.startswith(b"HTTP/1.1 400 "), nonsense
        assert b"X-Content-Type-Options: nosniff\r\n" in head
        assert b"server" not in head.lower()
    client = connect()
    client.sendall(request("/", "X: " + "a" * server.HEAD))
    assert rest(client).startswith((b"HTTP/1.1 431 ", b"<reset>"))


def test_a_message_with_two_lengths_is_refused(connect: Connect) -> None:
    """So that nobody hides a request in another's body; the connection is closed."""
    client = connect()
    smuggled = request("/", "Content-Length: 6", "Transfer-Encoding: chunked", method="POST") + b"0\r\n\r\n"
    client.sendall(smuggled + request("/a.b.ttl"))
    received = rest(client)
    assert received.startswith(b"HTTP/1.1 400 ")
    assert b"# a.b" not in received


def test_nonsense_within_a_body_ends_the_connection_only(connect: Connect, capfd: pytest.CaptureFixture[str]) -> None:
    """Before or after the answer; nobody is told of a fault, for there is none."""
    for target in ("/a.b.ttl", "/big.nq", "/page.html"):
        client = connect()
        client.sendall(request(target, "Transfer-Encoding: chunked") + b"nonsense\r\n\r\n")
        time.sleep(0.1)
        client.close()
    assert connect().fileno() > 0
    assert "Traceback" not in capfd.readouterr().err


def test_who_comes_when_there_are_too_many_is_told_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with when to come again; the others are answered; far beyond, connections are closed at once."""
    monkeypatch.setattr(server, "CONNECTIONS", 4)
    monkeypatch.setattr(server, "_TOLD", 2)
    with served(Door(folder)) as port, ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)) for _ in range(8)]
        time.sleep(0.2)
        for client in clients[4:6]:
            client.sendall(request("/a.b.ttl"))
            told = rest(client)
            assert told.startswith(b"HTTP/1.1 503 ")
            assert b"retry-after: 5\r\n" in told
        assert {rest(client) for client in clients[6:]} <= {b"", b"<reset>"}
        clients[0].sendall(request("/a.b.ttl"))
        until(clients[0], b"# a.b\n")
        clients[1].close()
        time.sleep(0.2)
        late = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        late.sendall(request("/a.b.ttl"))
        assert late.recv(10_000).startswith(b"HTTP/1.1 200 ")


def test_there_is_room_for_all_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process may have as many files open as it needs; where the system allows fewer, there are fewer clients."""
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: seen.append(limits))
    without = resource.RLIM_INFINITY
    for soft, hard, wanted, room in (
        (256, 8192, 1464, 1000),
        (256, without, 1464, 1000),
        (256, 1000, 1000, 536),
        (256, 256, None, 64),
        (4096, 4096, None, 1000),
        (without, without, None, 1000),
    ):
        monkeypatch.setattr(resource, "getrlimit", lambda kind, found=(soft, hard): found)
        assert server._room() == room
        assert seen == ([(wanted, hard)] if wanted is not None else [])
        seen.clear()


def test_a_flood_of_connections_harms_none_that_were_there(folder: Path) -> None:
    """Of more than the system has files for: the first are answered, and so is who comes when they have gone."""
    command = [sys.executable, "-m", "saite", "serve", "--no-sparql", "--port", "0", str(folder)]
    limit = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300))"
    begun = [sys.executable, "-c", f"{limit}; os.execv(sys.argv[1], sys.argv[1:])", *command]
    with subprocess.Popen(begun, stderr=subprocess.PIPE, text=True) as process, ExitStack() as end:
        end.callback(process.kill)
        assert process.stderr is not None
        port = int(process.stderr.readline().split(":")[2].split("/")[0])
        with ExitStack() as there:
            clients = [there.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))]
            with suppress(OSError):
                for _ in range(400):
                    clients.append(there.enter_context(socket.create_connection(("127.0.0.1", port), timeout=0.5)))
            time.sleep(0.3)
            clients[0].sendall(request("/a.b.ttl"))
            until(clients[0], b"# a.b\n")
        time.sleep(0.3)
        with socket.create_connection(("127.0.0.1", port), timeout=5) as late:
            late.sendall(request("/data/list.jsonld", "Connection: close"))
            assert rest(late).endswith(b"[]")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert "Traceback" not in process.stderr.read()


def test_only_faults_of_ours_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Not what clients do wrong, nor what was cancelled because the server ended."""
    handler = server._Faults()
    logger = logging.Logger("any")
    logger.addHandler(handler)
    logger.warning("Invalid HTTP request received.")
    for error in (asyncio.CancelledError(), ValueError("ours")):
        logger.error("x", exc_info=error)
    shown = capsys.readouterr().err
    assert "ValueError: ours" in shown
    assert "Cancelled" not in shown
    assert "Invalid" not in shown
