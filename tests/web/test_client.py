"""One request to another host: what comes back, and what is never done."""

import email.utils
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.programs import needed

from saite.web import Client, Manners, Reason, Unreached

from .hosts import Host, Page, host

AGENT = "Saite/1 (test)"


@pytest.fixture
def found() -> Iterator[Host]:
    """A host."""
    with host() as one:
        yield one


def client(**manners: object) -> Client:
    """A client that may ask loopback addresses, without pauses."""
    return Client(AGENT, Manners(**{"pause": 0.0, "private": True, **manners}))  # type: ignore[arg-type]


def reason(of: Client, url: str, method: str = "GET") -> Reason:
    """Why there is no answer."""
    with pytest.raises(Unreached) as caught:
        of.ask(url, method)
    return caught.value.reason


def test_an_answer_is_told_and_who_asks(found: Host) -> None:
    """Status, media type, content; the field User-Agent is ours; nothing of a user in the address is sent."""
    found.pages["/a?b=%C4%93"] = Page(body=b"here", fields={"Content-Type": "text/Plain; charset=utf-8"})
    reply = client().ask(found.url.replace("//", "//user:secret@") + "/a?b=ē#c", most=10)
    assert (reply.status, reply.media_type, reply.content, reply.whole) == (200, "text/plain", b"here", True)
    assert found.fields["User-Agent"] == AGENT
    assert "Authorization" not in found.fields


def test_private_addresses_are_never_asked(found: Host) -> None:
    """Unless it is allowed: data could name what is behind the firewall."""
    for url in (found.url, found.url.replace("127.0.0.1", "localhost"), "http://[::1]:1/", "http://127.1/"):
        assert reason(client(private=False), url) is Reason.PRIVATE
    assert found.asked == []


@pytest.mark.parametrize("url", ["ftp://a.example/", "http://", "http://a.example:x/", "http://[::1/", "http://a..b/"])
def test_what_is_no_address_is_not_asked(url: str) -> None:
    """And is no fault of the program."""
    assert reason(client(), url) is Reason.INVALID


def test_a_huge_body_is_not_fetched(found: Host) -> None:
    """As much of it as is wanted, no more; nothing at all if nothing is."""
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * 65536

    found.pages["/"] = Page(stream=endless)
    reply = client().ask(found.url + "/", most=1000)
    assert (len(reply.content), reply.whole) == (1000, False)
    assert client().ask(found.url + "/").content == b""
    time.sleep(0.2)
    assert sent < 500, "the connection is closed"


def test_slow_hosts_are_given_up(found: Host) -> None:
    """One that says nothing, and one that says a little again and again."""

    def drip() -> Iterator[bytes]:
        while True:
            time.sleep(0.05)
            yield b"x"

    found.pages["/silent"] = Page(pause=5)
    found.pages["/drip"] = Page(stream=drip)
    assert reason(client(timeout=0.2), found.url + "/silent") is Reason.TIMEOUT
    began = time.monotonic()
    with pytest.raises(Unreached) as caught:
        client(timeout=1, longest=0.5).ask(found.url + "/drip", most=10**6)
    assert caught.value.reason is Reason.TIMEOUT
    assert time.monotonic() - began < 3


def test_broken_answers_are_told(found: Host) -> None:
    """No answer of HTTP, and a host that takes no connection."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def nonsense() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(100)
                connection.sendall(b"nonsense\r\n\r\n")

        thread = threading.Thread(target=nonsense)
        thread.start()
        assert reason(client(), f"http://127.0.0.1:{port}/") is Reason.BROKEN
        thread.join()
    assert reason(client(), f"http://127.0.0.1:{port}/") is Reason.REFUSED


def test_a_host_is_asked_one_thing_at_a_time_with_pauses(found: Host) -> None:
    """However many threads want something of it."""
    found.pages["/"] = Page(pause=0.05)
    shared = client(pause=0.1)
    threads = [threading.Thread(target=shared.ask, args=(found.url + "/",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.abreast == 1
    assert all(later - earlier >= 0.1 for earlier, later in zip(found.times, found.times[1:], strict=False))


def test_a_host_that_asks_for_time_gets_it(found: Host) -> None:
    """A little: it is asked once more after that. Much: it is left alone, all of it (RFC 9110, 10.2.3)."""
    found.pages["/little"] = Page(503, {"Retry-After": "0"})
    assert client().ask(found.url + "/little").status == 503
    assert found.of("/little") == ["GET", "GET"]
    later = email.utils.formatdate(time.time() + 3600, usegmt=True)
    for wish in ("3600", later):
        asked = client()
        found.pages["/much"] = Page(429, {"Retry-After": wish})
        assert reason(asked, found.url + "/much") is Reason.WAIT
        assert reason(asked, found.url + "/other") is Reason.WAIT
    assert found.of("/much") == ["GET", "GET"]
    assert found.of("/other") == []


def test_there_is_an_end_to_all_of_it(found: Host) -> None:
    """The budget counts, pauses too."""
    found.pages["/"] = Page()
    asked = client(pause=10, budget=5)
    assert asked.ask(found.url + "/").status == 200
    assert reason(asked, found.url + "/") is Reason.BUDGET


def test_certificates_are_checked(tmp_path: Path) -> None:
    """One that nobody has signed is told; one that is known, for the right name, is good."""
    needed("openssl", "the package openssl of Debian")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-keyout", key, "-out", certificate),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with host(name="localhost", context=context) as secure:
        secure.pages["/"] = Page()
        assert reason(client(), secure.url + "/") is Reason.CERTIFICATE
        assert client(certificates=str(certificate)).ask(secure.url + "/", most=10).content == b"here"
        other = secure.url.replace("localhost", "127.0.0.1")
        assert reason(client(certificates=str(certificate)), other + "/") is Reason.CERTIFICATE
