"""The door between a request and what is sent."""

import asyncio
import errno
import gzip
import hashlib
import os
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Scope

from saite.errors import UsageError
from saite.fields import ALWAYS, POLICY
from saite.serve.door.application import Door
from saite.serve.door.generation import Generation, Wish

from .folders import ARTIFACTS, ask, asked, put, scope


def test_a_file_has_its_tag_its_date_and_its_type(door: Door) -> None:
    """A strong tag of the content, another for the compressed content."""
    plain = asked(door, "/a.ttl")
    tag = f'"{hashlib.sha256(plain.body).hexdigest()[:32]}"'
    assert plain.status == 200
    assert plain["etag"] == tag
    assert plain["last-modified"] == "Mon, 06 May 2024 00:00:00 GMT"
    assert plain["content-type"] == "text/turtle; charset=utf-8"
    assert plain["content-length"] == str(len(plain.body))
    assert plain["accept-ranges"] == "bytes"
    small = asked(door, "/a.ttl", accept_encoding="gzip")
    assert small["content-encoding"] == "gzip"
    assert small["etag"] == tag[:-1] + '-gzip"'
    assert gzip.decompress(small.body) == plain.body
    assert asked(door, "/mark.png", accept_encoding="gzip")["content-encoding"] == ""
    assert asked(door, "/a.b.ttl", accept_encoding="gzip")["content-encoding"] == "", "too small to be worth it"


@pytest.mark.parametrize("target", ["/a.ttl", "/a", "/id/a", "/big.nq", "/none", "/none.ttl", "/empty.txt", "/healthz"])
def test_head_is_get_without_a_body(door: Door, target: str) -> None:
    """All fields are the same."""
    get, head = asked(door, target), asked(door, target, "HEAD")
    assert (head.status, head.fields, head.body) == (get.status, get.fields, b"")
    assert get["content-length"] == str(len(get.body))


def test_preconditions_come_in_their_order(door: Door) -> None:
    """RFC 9110, 13.2.2: If-Match before If-Unmodified-Since, If-None-Match before If-Modified-Since."""
    tag = asked(door, "/a.ttl")["etag"]
    early, late = "Sun, 05 May 2024 00:00:00 GMT", "Tue, 07 May 2024 00:00:00 GMT"
    for status, fields in (
        (304, {"if_none_match": tag}),
        (304, {"if_none_match": f'"x", W/{tag}'}),
        (304, {"if_none_match": "*"}),
        (200, {"if_none_match": '"x"', "if_modified_since": late}),
        (304, {"if_modified_since": late}),
        (200, {"if_modified_since": early}),
        (200, {"if_modified_since": "nonsense"}),
        (412, {"if_match": '"x"'}),
        (412, {"if_match": f"W/{tag}"}),
        (200, {"if_match": tag, "if_unmodified_since": early}),
        (412, {"if_unmodified_since": early}),
        (200, {"if_unmodified_since": late}),
        (412, {"if_match": '"x"', "if_none_match": tag}),
        (304, {"if_match": "*", "if_none_match": tag}),
    ):
        reply = asked(door, "/a.ttl", **fields)
        assert reply.status == status, fields
        if status == 304:
            assert (reply.body, reply["etag"], reply["content-type"]) == (b"", tag, "")
    assert asked(door, "/a.b.ttl", if_modified_since=late).status == 200, "the data does not say when"


def test_a_range_is_part_of_one_version(door: Door) -> None:
    """If-Range with another tag or date gives the whole; ranges are of the bytes as they are."""
    whole = asked(door, "/big.nq")
    tag = whole["etag"]
    part = asked(door, "/big.nq", range="bytes=10-19", if_range=tag)
    assert (part.status, part.body, part["content-range"]) == (206, whole.body[10:20], f"bytes 10-19/{len(whole.body)}")
    assert part["content-length"] == "10"
    assert asked(door, "/big.nq", range="bytes=10-19", if_range='"x"').body == whole.body
    assert asked(door, "/big.nq", range="bytes=10-19", if_range=f"W/{tag}").status == 200
    beyond = asked(door, "/big.nq", range=f"bytes={len(whole.body)}-")
    assert (beyond.status, beyond["content-range"]) == (416, f"bytes */{len(whole.body)}")
    packed = asked(door, "/a.ttl", range="bytes=0-2", accept_encoding="gzip")
    assert (packed.status, packed.body, packed["content-encoding"]) == (206, b"# a", "")
    assert asked(door, "/a.ttl", "HEAD", range="bytes=0-2").status == 200
    assert asked(door, "/moved.ttl", range="bytes=0-2").status == 410
    dated = asked(door, "/a.ttl", range="bytes=0-2", if_range="Mon, 06 May 2024 00:00:00 GMT")
    assert dated.status == 206


@pytest.mark.parametrize("digits", [1, 19, 4300, 4301, 20_000])
def test_no_number_is_too_long(door: Door, digits: int) -> None:
    """Nor any date: such fields are none."""
    nines = "9" * digits
    assert asked(door, "/a.ttl", range=f"bytes=0-{nines}").status in (200, 206)
    assert asked(door, "/a.ttl", range=f"bytes={nines}-").status in (200, 206, 416)
    assert asked(door, "/a.ttl", range=f"bytes=-{nines}").status in (200, 206)
    assert asked(door, "/a.ttl", if_modified_since=f"Mon, 06 May {nines} 00:00:00 GMT").status in (200, 304)
    assert asked(door, "/a", accept=f"text/html;q={nines}").status in (200, 406)
    assert asked(door, "/a", accept_encoding=f"gzip;q={nines}").status == 200


def test_what_is_missing_is_the_page_of_the_site_at_any_depth(door: Door) -> None:
    """Its links begin at the root."""
    assert asked(door, "/none").body == ARTIFACTS[0].content
    assert b'<head>\n<base href="../../">' in asked(door, "/x/y/none").body
    assert asked(door, "/x/y/none")["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    ("target", "method", "fields", "status"),
    [
        ("/a", "GET", {}, 200),
        ("/a.ttl", "GET", {}, 200),
        ("/a.ttl", "GET", {"range": "bytes=0-1"}, 206),
        ("/id/a", "GET", {}, 303),
        ("/a.ttl", "GET", {"if-none-match": "*"}, 304),
        ("/a.ttl", "POST", {"content-length": "1", "transfer-encoding": "chunked"}, 400),
        ("/none", "GET", {}, 404),
        ("/a", "DELETE", {}, 405),
        ("/a", "GET", {"accept": "image/png"}, 406),
        ("/moved", "GET", {}, 410),
        ("/a.ttl", "GET", {"if-match": '"x"'}, 412),
        ("/" + "a" * 9000, "GET", {}, 414),
        ("/a.ttl", "GET", {"range": "bytes=9999999-"}, 416),
        ("/a", "OPTIONS", {}, 204),
        ("/healthz", "GET", {}, 200),
    ],
)
def test_every_answer_has_the_fields_of_safety(
    door: Door, target: str, method: str, fields: dict[str, str], status: int
) -> None:
    """And each page the policy; none twice, but for links, of which each field adds some."""
    reply = asyncio.run(ask(door, target, method, fields))
    assert reply.status == status
    for name, value in ALWAYS.items():
        assert reply[name.lower()] == value
    assert (reply["content-security-policy"] == POLICY) == reply["content-type"].startswith("text/html")
    names = [name for name, _ in reply.fields if name != "link"]
    assert len(names) == len(set(names))


def test_several_fields_of_one_name_are_one_list(door: Door) -> None:
    """RFC 9110, 5.2."""
    reply = asyncio.run(ask(door, "/a", fields=[("accept", "image/png"), ("accept", "text/turtle")]))
    assert reply["content-type"].startswith("text/turtle")


def test_a_whole_target_is_taken_for_its_path(door: Door) -> None:
    """As proxies may send it (RFC 9112, 3.2.2); its host leads nowhere."""
    for target in ("http://evil.example/a.ttl", "HTTPS://evil.example:1/a.ttl"):
        assert asked(door, target).status == 200
    assert asked(door, "http://evil.example").body == asked(door, "/").body
    assert asked(door, "http://evil.example/id/a")["location"] == "../a"
    assert asked(door, "ftp://evil.example/a.ttl").status == 404


def test_the_endpoint_answers_beside_the_site(folder: Path) -> None:
    """At its own addresses only; what it does not know, the site answers, without a redirect that names a host."""

    async def queried(request: Request) -> Response:
        return PlainTextResponse("queried")

    door = Door(folder, [Route("/sparql", queried), Route("/reconcile/{rest:path}", queried)])
    assert asked(door, "/sparql").body == b"queried"
    assert asked(door, "/reconcile/suggest/entity?prefix=x").body == b"queried"
    assert asked(door, "/reconciled").status == 404
    assert asked(door, "http://example.org/sparql?query=x").body == b"queried"
    for target in ("/sparql/", "/sparql/x", "/sparqlx", "/%73parql", "//sparql"):
        reply = asked(door, target, host="evil.example")
        assert (reply.status, reply["location"]) == (404, ""), target
    assert asked(Door(folder), "/sparql").status == 404


def test_a_fault_is_told_to_who_runs_the_server_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client gets a sentence; so does one whose answer had begun: its connection is closed before the end."""
    told: list[str] = []

    async def broken(self: Generation, wish: Wish) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(Generation, "choice", broken)
    reply = asked(Door(folder, tell=told.append), "/a")
    assert (reply.status, b"secret" in reply.body) == (500, False)
    assert "RuntimeError: secret" in told[0]


def test_a_fault_of_the_endpoint_tells_as_little(folder: Path) -> None:
    """Whatever raises in it, and wherever."""

    async def broken(request: Request) -> Response:
        raise RuntimeError("secret")

    told: list[str] = []
    reply = asked(Door(folder, [Route("/sparql", broken)], tell=told.append), "/sparql", accept="text/html")
    assert (reply.status, b"secret" in reply.body) == (500, False)
    assert reply["x-content-type-options"] == "nosniff"
    assert "RuntimeError: secret" in told[0]


def test_watchers_are_told_of_each_answer(folder: Path) -> None:
    """Of its status and size; also when the client has left before any."""
    seen: list[tuple[str, int, int]] = []

    def watcher(scope: Scope, status: int, size: int, seconds: float) -> None:
        assert 0 <= seconds < 10
        seen.append((scope["raw_path"].decode(), status, size))

    door = Door(folder, watchers=[watcher])
    asked(door, "/a.b.ttl")
    asked(door, "/a.b.ttl", "HEAD")
    asked(door, "/none.ttl", accept="text/turtle")

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(door(scope("/a.b.ttl"), receive, send))
    assert [one[:2] for one in seen] == [
        ("/a.b.ttl", 200),
        ("/a.b.ttl", 200),
        ("/none.ttl", 404),
        ("/a.b.ttl", 200),
    ]
    assert [one[2] for one in seen[:2]] == [6, 0]


def test_a_log_that_cannot_be_written_harms_no_answer(folder: Path) -> None:
    """As on a full disk: who runs the server is told once, and again when it happens again."""
    told: list[str] = []
    full = True

    def watcher(scope: Scope, status: int, size: int, seconds: float) -> None:
        if full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    door = Door(folder, watchers=[watcher], tell=told.append)
    assert [asked(door, "/a.ttl").status for _ in range(3)] == [200] * 3
    assert told == ["An answer could not be logged: No space left on device"]
    full = False
    asked(door, "/a.ttl")
    full = True
    asked(door, "/a.ttl")
    assert len(told) == 2


def test_a_folder_that_is_no_site_has_no_door(tmp_path: Path) -> None:
    """It is told at once."""
    with pytest.raises(UsageError):
        Door(tmp_path)


def test_a_site_that_vanishes_is_told_to_come_again(tmp_path: Path) -> None:
    """503 with when, for what is not in memory; and its answers again when it is back."""
    folder = put(tmp_path / "site")
    door = Door(folder)
    assert asked(door, "/a.ttl").status == 200
    for path in sorted(folder.glob("*")):
        if path.is_file():
            path.unlink()
    reply = asked(door, "/a.b.ttl")
    assert (reply.status, reply["retry-after"]) == (503, "2")
    assert asked(door, "/a.ttl").status == 200
    put(folder.with_name("other")).joinpath(".saite-manifest.json")
    folder.rename(tmp_path / "away")
    folder.with_name("other").rename(folder)
    assert asked(door, "/a.b.ttl").status == 200
