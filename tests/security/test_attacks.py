"""What a client may send to harm the server, other clients or who runs it; docs/security.md tells of each."""

import resource
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.doors import served

from saite.iri import quoted, uri
from saite.serve.door import application, delivery, server
from saite.serve.door.choices import Place
from saite.serve.door.published import Published

Send = Callable[[bytes], bytes]


def status(reply: bytes) -> int:
    """The status of an answer; 0 if there is none."""
    return int(reply.split(b" ", 2)[1]) if reply.startswith(b"HTTP/") else 0


def get(target: bytes, *fields: bytes) -> bytes:
    """A request."""
    return (
        b"\r\n".join((b"GET " + target + b" HTTP/1.1", b"Host: example.org", b"Connection: close", *fields))
        + b"\r\n\r\n"
    )


@given(st.text(max_size=60))
def test_no_name_can_begin_a_field(text: str) -> None:
    """What stands in Location, Content-Location and Link is visible ASCII without brackets, whatever the data holds."""
    for written in (uri(text), quoted(text), Place("a/b").to(text.partition("#")[0])):
        assert all("!" <= char <= "~" and char not in '<>"' for char in written)


def test_line_ends_in_addresses_end_nothing(send: Send) -> None:
    """Neither in the head of the answer nor in its body is there a line that the client wrote."""
    for target in (b"/x%0d%0aSet-Cookie:%20a=b", b"/x%0aX:y", b"/id/thing/one%0d%0aX:%20y", b"/?%0d%0aX:%20y"):
        head = send(get(target)).partition(b"\r\n\r\n")[0].lower()
        assert b"\nset-cookie" not in head
        assert b"\nx:" not in head
    reply = send(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept: text/html\r\n Set-Cookie: a\r\n\r\n")
    assert b"set-cookie" not in reply.partition(b"\r\n\r\n")[0].lower()


def test_a_false_host_is_not_repeated(send: Send) -> None:
    """Addresses in answers are relative: no link can be led elsewhere by a header."""
    for target in (b"/thing/one", b"/id/thing/one", b"/nothing"):
        reply = send(
            get(target, b"X-Forwarded-Host: evil.example", b"X-Forwarded-Proto: gopher").replace(
                b"example.org", b"evil.example"
            )
        )
        assert b"evil.example" not in reply
        assert b"gopher" not in reply


def test_other_forms_of_a_target_are_answered_like_their_path(send: Send) -> None:
    """Absolute targets, double slashes and fragments lead to nothing that is not published."""
    for target in (
        b"http://example.org/../saite.toml",
        b"//saite.toml",
        b"/#/../saite.toml",
        b"*",
        b"saite.toml",
        b"/\\..\\saite.toml",
    ):
        assert b"base =" not in send(get(target))
        assert status(send(get(target))) in (0, 400, 404)


def test_links_in_the_folder_lead_nowhere(site: Path, send: Send, tmp_path: Path) -> None:
    """A symbolic link is not in the list of files; one in the place of a file is not followed."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    link, file = site / "leak.txt", site / "thing" / "two.nt"
    kept = file.read_bytes()
    link.symlink_to(secret)
    try:
        assert status(send(get(b"/leak.txt"))) == 404
        file.unlink()
        file.symlink_to(secret)
        reply = send(get(b"/thing/two.nt"))
        assert status(reply) == 503
        assert b"secret" not in reply
    finally:
        link.unlink()
        file.unlink()
        file.write_bytes(kept)


def test_what_is_too_long_is_refused(send: Send) -> None:
    """Addresses beyond 8,000 bytes are 414; heads beyond 32 KB end the connection."""
    assert status(send(get(b"/" + b"a" * 9_000))) == 414
    assert status(send(get(b"/?" + b"a" * 9_000))) == 414
    assert status(send(get(b"/", b"X: " + b"a" * 100_000))) in (0, 400, 431)
    assert status(send(get(b"/", *(b"X-%d: y" % number for number in range(10_000))))) in (0, 400, 431)
    assert status(send(get(b"/"))) == 200


def test_bodies_are_not_read(port: int) -> None:
    """Nobody's hundred megabytes come into memory: they are answered before they are sent, and not waited for."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"POST /thing/one HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")
        sent = 0
        try:
            while sent < 100_000_000:
                sent += connection.send(b"x" * (1 << 16))
        except OSError:
            pass
    assert sent < 50_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


def test_who_sends_a_request_by_drops_is_let_go(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The head must be there in time, from the first byte on; others are answered meanwhile."""
    monkeypatch.setattr(server, "_HEAD_SECONDS", 0.6)
    with served(application.Door(site)) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
        began = time.monotonic()
        with pytest.raises(OSError, match=r"."):  # noqa: PT012
            for drop in b"GET / HTTP/1.1\r\nX-Slow: " + b"a" * 10_000:
                slow.sendall(bytes([drop]))
                time.sleep(0.05)
                with socket.create_connection(("127.0.0.1", port), timeout=5) as other:
                    other.sendall(get(b"/thing/one.ttl"))
                    assert other.recv(100).startswith(b"HTTP/1.1 200")
        assert time.monotonic() - began < 5


def test_who_says_nothing_is_let_go(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An idle connection is closed, before its first request too."""
    monkeypatch.setattr(server, "_HEAD_SECONDS", 0.3)
    with served(application.Door(site)) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
        assert silent.recv(10) == b""


def test_who_takes_nothing_is_let_go(site: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A large answer that its client does not read is broken off; who runs the server is told in a line."""
    monkeypatch.setattr(delivery, "_SLOWEST", 0.4)
    with served(application.Door(site, tell=told.append)) as port, socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", port))
        slow.sendall(get(b"/dump/data.nq"))
        deadline = time.monotonic() + 10
        while not told and time.monotonic() < deadline:
            time.sleep(0.05)
    assert told == ["An answer broke off: TimeoutError"]


def test_too_many_connections_are_told_so(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those beyond the limit get 503, and the others their answers."""
    monkeypatch.setattr(server, "CONNECTIONS", 8)
    with served(application.Door(site)) as port, ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        time.sleep(0.2)
        late = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        late.sendall(get(b"/"))
        assert status(late.recv(1000)) == 503


def test_a_fault_of_ours_tells_nothing_of_the_machine(
    send: Send, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 with a sentence, and the fields that every answer has; the traceback is for who runs the server."""

    def broken(site: Published, path: str) -> None:
        raise RuntimeError(f"/etc/secret {Path.cwd()}")

    monkeypatch.setattr(Published, "file", broken)
    reply = send(get(b"/thing/one.ttl"))
    assert status(reply) == 500
    for word in (b"Traceback", b"secret", str(Path.cwd()).encode(), b"RuntimeError", b"python", b"uvicorn", b".py"):
        assert word not in reply
    assert b"x-content-type-options: nosniff" in reply
    assert "RuntimeError: /etc/secret" in told[0]


def test_no_answer_names_the_server(send: Send) -> None:
    """Neither its program nor its version: for 200, 404, 406, 405 and what is no HTTP."""
    for request in (get(b"/"), get(b"/nothing"), get(b"/thing/one", b"Accept: image/png"), b"NONSENSE\r\n\r\n"):
        head = send(request).partition(b"\r\n\r\n")[0].lower()
        for word in (b"server:", b"uvicorn", b"python", b"saite", b"starlette", b"x-powered-by"):
            assert word not in head


def test_errors_have_the_fields_of_safety(send: Send) -> None:
    """Nosniff on all, and on pages the policy."""
    for request in (get(b"/nothing"), get(b"/thing/one", b"Accept: image/png"), get(b"/" + b"a" * 9_000)):
        head = send(request).partition(b"\r\n\r\n")[0].lower()
        assert b"x-content-type-options: nosniff" in head
        assert b"content-type: text/html" not in head or b"content-security-policy: default-src 'none'" in head
