"""Requests to an application without a server."""

from collections.abc import Mapping
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Scope


class Answer(NamedTuple):
    """What was sent."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def header(self, name: str) -> str:
        """A field, "" if it is not there."""
        return next((value.decode() for field, value in self.headers if field == name.encode()), "")


async def ask(app: ASGIApp, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    """The answer to one request; the path is as it is sent, with its query."""
    target, _, query = path.partition("?")
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": target,
        "raw_path": target.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = sent[0]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(start["status"], tuple(start["headers"]), body)
