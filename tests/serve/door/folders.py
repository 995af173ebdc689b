"""Small built folders, and a door over one without a network between."""

import asyncio
import gc
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.types import Message, Scope

from saite import naming
from saite.artifact import HTML, JSON_LD, TURTLE, Artifact
from saite.naming import Name
from saite.output import write_site
from saite.serve.door.application import Door

Fields = Mapping[str, str]

NAMES = (
    Name("a", iri="https://example.org/id/a"),
    Name("id/a", see="a"),
    Name("id/b", see="a#b"),
    Name("id/c?x=ē", see="a"),
    Name("moved", iri="https://example.org/id/moved", gone=True, successor="https://elsewhere.example/ē"),
)
ARTIFACTS = (
    Artifact("404.html", HTML, b"<html><head><title>own</title></head><body>nothing</body></html>"),
    Artifact("a.en.html", HTML, b"<p>a</p>" * 100, "a", "en"),
    Artifact("a.html", HTML, b"<p>in Latvian</p>", "a", "lv"),
    Artifact("a.lv.html", HTML, b"<p>in Latvian</p>", "a", "lv"),
    Artifact("a.ttl", TURTLE, b"# a\n" * 1000, "a", modified="2024-05-06"),
    Artifact("a.b.ttl", TURTLE, b"# a.b\n", "a.b"),
    Artifact("big.nq", "application/n-quads", b"0123456789abcdef" * (1 << 17)),
    Artifact("data/list.jsonld", JSON_LD, b"[]", "data/list"),
    Artifact("data/Āra.ttl", TURTLE, b"# out\n", "data/Āra"),
    Artifact("empty.txt", "text/plain; charset=utf-8", b""),
    Artifact("index.html", HTML, b"<p>front</p>", "index", "lv"),
    Artifact("moved.ttl", TURTLE, b"# moved\n", "moved"),
    Artifact("mark.png", "image/png", b"\x89PNG" * 1000),
)
WHOLE = {"base": "https://example.org/", "license": "https://licence.example/ē"}


def put(
    folder: Path,
    artifacts: Iterable[Artifact] = ARTIFACTS,
    names: Sequence[Name] = NAMES,
    whole: Mapping[str, str] = WHOLE,
    gzip: bool = False,
) -> Path:
    """A built folder; one that is there already is swapped, as a build does it."""
    rows = b"".join(naming.write(sorted(names, key=lambda name: naming.key(name.path)), whole))
    listed = Artifact(naming.FILE_NAME, "application/json", rows)
    write_site(folder, [*artifacts, listed], gzip=gzip, durable=False)
    return folder


@dataclass(frozen=True)
class Reply:
    """What a door sent."""

    status: int
    fields: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return ", ".join(value for field, value in self.fields if field == name)


def scope(target: str, method: str = "GET", fields: Fields | Sequence[tuple[str, str]] = ()) -> Scope:
    """A request as a server describes it."""
    path, _, query = target.partition("?")
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    return {
        "type": "http",
        "method": method,
        "http_version": "1.1",
        "path": path,
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs],
        "client": ("127.0.0.1", 1),
        "root_path": "",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
    }


async def ask(door: Door, target: str, method: str = "GET", fields: Fields | Sequence[tuple[str, str]] = ()) -> Reply:
    """What a door answers to a request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await door(scope(target, method, fields), receive, send)
    start, *rest = sent
    assert start["type"] == "http.response.start"
    given = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
    return Reply(start["status"], given, b"".join(part.get("body", b"") for part in rest))


def asked(door: Door, target: str, method: str = "GET", **fields: str) -> Reply:
    """The same, of a program that does nothing else; underscores in names of fields stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return asyncio.run(ask(door, target, method, named))


def descriptors() -> int:
    """How many files this process has open; those of earlier tests that nobody holds any more are let go first."""
    gc.collect()
    return len(os.listdir("/proc/self/fd" if Path("/proc/self/fd").exists() else "/dev/fd"))  # noqa: PTH208
