"""From a choice to what is sent: preconditions, coding, range, fields. Begin at :func:`deliver`."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.types import Send

from saite.artifact import HTML
from saite.fields import ALWAYS, POLICY, compressible
from saite.manifest import Entry
from saite.serve.door import choices, conditions
from saite.serve.door.choices import Choice
from saite.serve.door.generation import SMALL, Answers, Body, Wish

_ALWAYS: Final = tuple((name.lower().encode(), value.encode()) for name, value in ALWAYS.items())
_PAGES: Final = (*_ALWAYS, (b"content-security-policy", POLICY.encode()))
_WORTH_COMPRESSING: Final = 512  # bytes
_SLOWEST: Final = 60.0  # seconds in which a client must take a block

_Field = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says beside its wish.

    Attributes:
        method: GET or HEAD, or what was refused.
        headers: its fields; names in small letters.
    """

    method: str
    headers: Mapping[str, str]

    def get(self, name: str) -> str:
        """A field, "" if it is not there."""
        return self.headers.get(name, "")


async def deliver(now: Answers, wish: Wish, choice: Choice, asked: Asked, send: Send) -> None:
    """Send what was chosen.

    Raises:
        Changed: a file is not there any more; nothing has been sent.
        TimeoutError: the client takes nothing.
    """
    entry = choice.file
    if entry is None:
        await plainly(choice, asked, send)
    elif choice.status == 404:
        content = (await now.body(entry)).content
        await plainly(Choice(404, choice.headers, None, _based(content, wish), entry.media_type), asked, send)
    else:
        await _file(now, wish, choice, entry, asked, send)


async def plainly(choice: Choice, asked: Asked, send: Send) -> None:
    """Send an answer that is no file of the site."""
    fields = _fields(choice, choice.media_type)
    if choice.status not in (204, 304):
        fields.append((b"content-length", str(len(choice.content)).encode()))
    await send({"type": "http.response.start", "status": choice.status, "headers": fields})
    await send({"type": "http.response.body", "body": b"" if asked.method == "HEAD" else choice.content})


async def _file(now: Answers, wish: Wish, choice: Choice, entry: Entry, asked: Asked, send: Send) -> None:
    good = choice.status == 200
    ranged = asked.get("range") if good and asked.method == "GET" else ""
    compressed = not ranged and _compressed(entry, asked.get("accept-encoding"))
    as_json = "-json" if choice.media_type else ""  # the same bytes, but another representation (RFC 9110, 8.8.3)
    tag = f'"{entry.sha256[:32]}{as_json}{"-gzip" if compressed else ""}"'
    modified = conditions.last_modified(entry.modified)
    known = [("ETag", tag), ("Cache-Control", "no-cache")] + ([("Last-Modified", modified)] if modified else [])
    headers = (*choice.headers, *known)
    status = _precondition(asked, tag, modified) if good else 0
    if status == 304:
        await plainly(Choice(304, headers), asked, send)
        return
    if status == 412:
        await plainly(choices.refused(412, "Read it anew.", wish.place, wish.accept), asked, send)
        return
    body = await now.body(entry, compressed)
    try:
        start, length, partial = 0, body.size, False
        if ranged and _same(asked.get("if-range"), tag, modified):
            try:
                found = conditions.span(ranged, body.size)
            except conditions.Unsatisfiable:
                beyond = ("Content-Range", f"bytes */{body.size}")
                await plainly(
                    choices.refused(416, f"It has {body.size} bytes.", wish.place, wish.accept, beyond), asked, send
                )
                return
            if found is not None:
                (start, length), partial = found, True
        fields = _fields(Choice(choice.status, headers), choice.media_type or entry.media_type)
        fields.append((b"content-length", str(length).encode()))
        fields.append((b"content-encoding", b"gzip") if compressed else (b"accept-ranges", b"bytes"))
        if partial:
            fields.append((b"content-range", f"bytes {start}-{start + length - 1}/{body.size}".encode()))
        await send({"type": "http.response.start", "status": 206 if partial else choice.status, "headers": fields})
        if asked.method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
        elif body.content or not body.size:
            content = body.content if not partial else body.content[start : start + length]
            await send({"type": "http.response.body", "body": content})
        else:
            await _stream(body, start, length, send)
    finally:
        body.close()


async def _stream(body: Body, start: int, length: int, send: Send) -> None:
    async for part in body.parts(start, length):
        async with asyncio.timeout(_SLOWEST):
            await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _compressed(entry: Entry, accepted: str) -> bool:
    return (
        entry.size >= _WORTH_COMPRESSING
        and (entry.gzip or entry.size <= SMALL)
        and compressible(entry.media_type)
        and conditions.wants_gzip(accepted)
    )


def _precondition(asked: Asked, tag: str, modified: str) -> int:
    """304 or 412 if a condition of the request is not fulfilled, else 0; in the order of RFC 9110, 13.2.2."""
    if match := asked.get("if-match"):
        if not conditions.matches(match, tag, weakly=False):
            return 412
    elif (since := asked.get("if-unmodified-since")) and modified and not conditions.unchanged(since, modified):
        return 412
    if none := asked.get("if-none-match"):
        return 304 if conditions.matches(none, tag, weakly=True) else 0
    return 304 if modified and conditions.unchanged(asked.get("if-modified-since"), modified) else 0


def _same(condition: str, tag: str, modified: str) -> bool:
    """Whether ``If-Range`` means what is there now: the tag, or exactly the date (RFC 9110, 13.1.5)."""
    return not condition or condition in (tag, modified or tag)


def _fields(choice: Choice, media_type: str) -> list[_Field]:
    fields = [*(_PAGES if media_type == HTML else _ALWAYS)]
    fields += [(name.lower().encode(), value.encode("latin-1")) for name, value in choice.headers]
    if media_type and choice.status != 304:
        fields.append((b"content-type", media_type.encode()))
    return fields


def _based(page: bytes, wish: Wish) -> bytes:
    """The page for what is missing, as it can be shown at any address: its links begin at the site's root."""
    root = wish.place.root
    if not root or b"<base " in page:
        return page
    return page.replace(b"<head>", f'<head>\n<base href="{root}">'.encode(), 1)
