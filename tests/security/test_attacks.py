"""What a client may send to harm the server, other clients or who runs it; docs/security.md tells of each."""

import asyncio
import gzip
import hashlib
import resource
import socket
import time
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message, Scope
from tests.contract.doors import served
from tests.serve.door.folders import put
from tests.serve.door.folders import scope as request

from saite import manifest
from saite.cli.main import run
from saite.iri import quoted, uri
from saite.profile import DESCRIPTION, LABELLED
from saite.query.endpoint import endpoint
from saite.serve.door import delivery, server
from saite.serve.door.application import Door
from saite.serve.door.place import Place
from saite.serve.door.published import Published
from saite.serve.sparql.limits import Limits

Send = Callable[[bytes], bytes]
SECRET = b"the secret of this machine"


class Armed(NamedTuple):
    """A door before a site with secrets beside, within and behind it."""

    door: Door
    listed: frozenset[str]


@pytest.fixture(scope="module")
def armed(tmp_path_factory: pytest.TempPathFactory) -> Armed:
    """Files that are not published: hidden, not in the list, beside the folder, and links to them."""
    folder = put(tmp_path_factory.mktemp("armed") / "source" / "site")
    with (folder / manifest.FILE_NAME).open("rb") as lines:
        listed = frozenset(entry.sha256 for entry in manifest.read(lines) if not entry.path.startswith("."))
    names = (
        "unlisted.txt",
        ".htaccess",
        ".git",
        "data/secret.txt",
        "thing",
        "../saite.toml",
        "../secret.txt",
        "..%2f",
        "%2e",
    )
    for name in names:
        (folder / name).write_bytes(SECRET)
    (folder / "linked").symlink_to(folder.parent)
    (folder / "etc").symlink_to("/etc")
    (folder / "one.ttl").symlink_to(folder.parent / "saite.toml")
    return Armed(Door(folder), listed)


async def sent_by(door: Door, scope: Scope) -> tuple[int, bytes]:
    """Status and body of an answer."""
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    await door(scope, receive, send)
    return messages[0]["status"], b"".join(message.get("body", b"") for message in messages[1:])


def rest_of(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    received = b""
    try:
        while part := connection.recv(1 << 16):
            received += part
    except ConnectionResetError:
        pass
    return received


def sent_to(port: int, message: bytes) -> bytes:
    """The answer to a request that wants the connection closed, or does not matter."""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        connection.sendall(message)
        try:
            return connection.recv(1 << 16) if b"Connection: close" not in message else rest_of(connection)
        except ConnectionResetError:
            return b""


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


SCRAPS = st.sampled_from(
    [
        *(
            b"GET ",
            b"HEAD ",
            b"POST ",
            b"OPTIONS ",
            b"get ",
            b"\x00",
            b"/",
            b"/thing/one",
            b"/dump/data.nq",
            b"*",
            b" HTTP/1.1\r\n",
        ),
        *(
            b" HTTP/1.0\r\n",
            b" HTTP/9.9\r\n",
            b"\r\n",
            b"\r\n\r\n",
            b"\n",
            b"Host: a\r\n",
            b"Host:\r\n",
            b" folded\r\n",
        ),
        *(b"Content-Length: 5\r\n", b"Content-Length: 99999999999999999999\r\n", b"Transfer-Encoding: chunked\r\n"),
        *(b"Expect: 100-continue\r\n", b"Upgrade: websocket\r\nConnection: Upgrade\r\n", b"Connection: close\r\n"),
        *(b"Upgrade: h2c\r\n", b"Range: bytes=0-", b'If-None-Match: "', b"Accept: ", b"\xff\xfe", b"5\r\nhello\r\n"),
        *(
            b"0\r\n\r\n",
            b"ffffffffffffffffffff\r\n",
            b"-1\r\n",
            b"a" * 40_000,
            b"\x16\x03\x01",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ),
    ]
)


def test_no_bytes_are_a_fault_of_ours(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever comes over the wire: no 500, nothing told to who runs the server, and the next client is answered."""
    told: list[str] = []

    @settings(max_examples=200, deadline=None)
    @given(
        st.sampled_from([b"", b"GET /thing/one HTTP/1.1\r\nHost: a\r\n", b"POST / HTTP/1.1\r\nHost: a\r\n"]),
        st.one_of(st.lists(SCRAPS, max_size=12).map(b"".join), st.binary(max_size=50)),
    )
    def try_(begin: bytes, more: bytes) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=0.03) as connection, suppress(OSError):
            connection.sendall(begin + more)
            reply = connection.recv(1 << 12)
            assert status(reply) in (0, 100, 200, 206, 204, 304, 303, 400, 404, 405, 406, 412, 414, 416, 431), reply

    with served(Door(site, tell=told.append)) as port:
        try_()
        assert status(sent_to(port, get(b"/thing/one.ttl"))) == 200
    assert [line for line in told if "An answer broke off" not in line] == []
    assert capfd.readouterr().err == ""


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


PIECES = st.sampled_from(
    [
        *("..", "...", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..;", "%c0%ae%c0%ae", "%e0%80%ae", "%uff0e%uff0e", "."),
        *("/", "//", "%2f", "%5c", "\\\\", "%252f", "%c0%af", "%00", "%0a", "%20", "?", "#", ":", "%", "~", "$", "*"),
        *("saite.toml", "data", "all.ttl", "thing", "one.ttl", "one", "dump", "data.nq", "etc/passwd", "secret.txt"),
        *(".saite-manifest.json", ".saite-names.json", ".htaccess", ".git", "linked", "unlisted.txt", "index.html"),
        *("http://example.org", "https:", "file:///etc/passwd", "CON", "C:", "proc/self/environ", "a" * 300, "ā"),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=7).map("".join))
def test_no_address_yields_what_is_not_published(armed: Armed, target: str) -> None:
    """However it is put together: an answer is a file of the list, word for word, or has nothing of any file in it."""
    path, _, query = target.partition("?")
    scope = {
        **request("/"),
        "raw_path": quote(f"/{path}", safe="/%?:;*$~#.").encode(),
        "query_string": query.encode(),
    }
    status, body = asyncio.run(sent_by(armed.door, scope))
    assert SECRET not in body
    assert status in (200, 303, 400, 404, 406, 410, 414)
    assert status != 200 or hashlib.sha256(body).hexdigest() in armed.listed or body == b"ok\n"


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


def test_no_address_reaches_past_the_server(send: Send, site: Path) -> None:
    """Nor do the worst of them as bytes on the wire; what HTTP does not allow is no request."""
    for target in (
        b"/../saite.toml",
        b"/thing/..%2f..%2fsaite.toml",
        b"/..\\saite.toml",
        b"/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        b"//etc/passwd",
        b"///etc/passwd",
        b"/%00",
        b"/\xc0\xae\xc0\xae/saite.toml",
        b"/.saite-manifest.json",
        b"/%2esaite-names.json",
        b"http://example.org/%2e%2e/saite.toml",
        b"file:///etc/passwd",
        b"example.org:80",
    ):
        reply = send(get(target))
        assert status(reply) in (400, 404), target
        assert b"root:" not in reply
        assert b"base =" not in reply
        assert b'"generator"' not in reply


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


def test_no_link_stands_in_for_a_folder(tmp_path: Path) -> None:
    """A folder that was replaced by a link to another is not read: see also serve/door/test_published.py."""
    folder = put(tmp_path / "site")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "list.jsonld").write_bytes(b"{}")
    (folder / "data" / "list.jsonld").unlink()
    (folder / "data" / "Āra.ttl").unlink()
    (folder / "data").rmdir()
    (folder / "data").symlink_to(tmp_path / "elsewhere")
    with served(Door(folder)) as port:
        assert status(sent_to(port, get(b"/data/list.jsonld"))) == 503


def test_what_is_too_long_is_refused(send: Send) -> None:
    """Addresses beyond 8,000 bytes are 414; heads beyond 32 KB end the connection."""
    assert status(send(get(b"/" + b"a" * 9_000))) == 414
    assert status(send(get(b"/?" + b"a" * 9_000))) == 414
    assert status(send(get(b"/", b"X: " + b"a" * 100_000))) in (0, 400, 431)
    assert status(send(get(b"/", *(b"X-%d: y" % number for number in range(10_000))))) in (0, 400, 431)
    assert status(send(get(b"/"))) == 200


@pytest.mark.parametrize("method", [b"POST", b"GET", b"PUT", b"OPTIONS"])
def test_bodies_are_not_read(port: int, method: bytes) -> None:
    """Nobody's hundred megabytes come into memory: they are answered before they are sent, and not waited for."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(method + b" /thing/one HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")
        sent = 0
        try:
            while sent < 100_000_000:
                sent += connection.send(b"x" * (1 << 16))
        except OSError:
            pass
    assert sent < 50_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


def test_fields_of_thousands_of_elements_cost_little(site: Path) -> None:
    """They are read to their hundredth element; nothing else that fits into a head takes the time of others."""
    door = Door(site)
    long = server.HEAD
    fields = {
        "accept": "a/b," * (long // 4),
        "accept-language": "a," * (long // 2),
        "accept-encoding": "a;q=0.1," * (long // 8),
        "if-none-match": '"a",W/' * (long // 6),
        "if-modified-since": "(" * long,
        "range": "bytes=" + "0-1," * (long // 4),
    }
    for name, value in fields.items():
        began = time.perf_counter()
        for _ in range(5):
            asyncio.run(sent_by(door, {**request("/thing/one"), "headers": [(name.encode(), value.encode())]}))
        assert time.perf_counter() - began < 0.5, name


def test_odd_requests_fill_no_memory(site: Path) -> None:
    """A thousand addresses and wishes of thousands of letters are answered, and forgotten."""
    door = Door(site)

    async def asked() -> None:
        for number in range(1_000):
            scope = request(f"/{number}" + "/x" * 3_000)
            await sent_by(door, {**scope, "headers": [(b"accept", b"text/plain;x=" + b"y" * 1000)]})

    tracemalloc.start()
    try:
        asyncio.run(asked())
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert grown < 2_000_000


def test_who_sends_a_query_by_drops_is_let_go(site: Path) -> None:
    """408, and the connection is closed; a compressed query is not unpacked, however small it is."""
    with (
        endpoint(site.parent, Limits(processes=2, receiving=0.4)) as asked,
        served(Door(site, asked.routes()), asked) as port,
    ):
        begin = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
        with socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
            slow.sendall(begin + b"Content-Length: 100\r\n\r\nASK")
            time.sleep(0.2)
            slow.sendall(b" ")
            assert status(rest_of(slow)) == 408
        bomb = gzip.compress(b"ASK {} # " + bytes(10_000_000))
        told = begin + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
        assert status(sent_to(port, told + bomb)) == 415
        head = sent_to(port, get(b"/sparql/", b"Accept: text/html")).partition(b"\r\n\r\n")[0]
        assert status(head) == 404
        assert b"example.org/sparql" not in head, "no redirect that repeats the host"
        for target in (
            b"/sparql?query=x",
            b"/sparql/none",
            b"/sparql?format=none",
            b"/sparql?timeout=x&query=ASK{}",
        ):
            reply = sent_to(port, get(b"/sparql" + target))
            assert 400 <= status(reply) < 500, target
            assert b"x-content-type-options: nosniff" in reply
            for word in (b"Traceback", b".py", b"/tmp", b"pyoxigraph", str(site.parent).encode()):
                assert word not in reply


def test_a_proxy_is_believed_if_it_was_named(site: Path) -> None:
    """Who else says for whom it asks, is logged as itself."""
    for trusted, client in (((), "127.0.0.1"), (("127.0.0.1",), "203.0.113.9"), (("192.0.2.1",), "127.0.0.1")):
        seen: list[str] = []

        def watch(scope: Scope, status: int, size: int, seconds: float, seen: list[str] = seen) -> None:
            seen.append(scope["client"][0])

        with served(Door(site, watchers=[watch]), None, trusted) as port:
            sent_to(port, get(b"/", b"X-Forwarded-For: 203.0.113.9"))
        assert seen == [client]


def test_who_sends_a_request_by_drops_is_let_go(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The head must be there in time, from the first byte on; others are answered meanwhile."""
    monkeypatch.setattr(server, "_HEAD_SECONDS", 0.6)
    with served(Door(site)) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
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
    with served(Door(site)) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
        assert silent.recv(10) == b""


def test_who_takes_nothing_is_let_go(site: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A large answer that its client does not read is broken off; who runs the server is told in a line."""
    monkeypatch.setattr(delivery, "_SLOWEST", 0.4)
    with served(Door(site, tell=told.append)) as port, socket.socket() as slow:
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
    with served(Door(site)) as port, ExitStack() as stack:
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
    """Neither its program nor its version: for 200, 404, 406, 405 and what is no HTTP.

    The IRIs of profiles have the name in them, where a site has profiles: they are words of a vocabulary.
    """
    for message in (get(b"/"), get(b"/nothing"), get(b"/thing/one", b"Accept: image/png"), b"NONSENSE\r\n\r\n"):
        head = send(message).partition(b"\r\n\r\n")[0].lower()
        for iri in (DESCRIPTION, LABELLED):
            head = head.replace(iri.encode(), b"")
        for word in (b"server:", b"uvicorn", b"python", b"saite", b"starlette", b"x-powered-by"):
            assert word not in head


def test_errors_have_the_fields_of_safety(send: Send) -> None:
    """Nosniff on all, and on pages the policy."""
    for message in (get(b"/nothing"), get(b"/thing/one", b"Accept: image/png"), get(b"/" + b"a" * 9_000)):
        head = send(message).partition(b"\r\n\r\n")[0].lower()
        assert b"x-content-type-options: nosniff" in head
        assert b"content-type: text/html" not in head or b"content-security-policy: default-src 'none'" in head


@pytest.mark.parametrize("ending", ["ttl", "nt", "rdf", "jsonld"])
def test_a_bomb_among_the_sources_ends_the_build(tmp_path: Path, ending: str) -> None:
    """Some kilobytes that are a single text of forty megabytes: an error, and nothing is published."""
    begin, end = {
        "rdf": (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
            b'<rdf:Description rdf:about="http://e/s"><e:p>',
            b"</e:p></rdf:Description></rdf:RDF>",
        ),
        "jsonld": (b'{"@id": "http://e/s", "http://e/p": "', b'"}'),
    }.get(ending, (b'<http://e/s> <http://e/p> "', b'" .\n'))
    bomb = tmp_path / f"bomb.{ending}.gz"
    with gzip.open(bomb, "wb") as file:
        file.write(begin)
        for _ in range(40):
            file.write(b"a" * (1 << 20))
        file.write(end)
    assert bomb.stat().st_size < 100_000
    assert run(["build", "-q", "--no-check", str(bomb), "-o", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
