"""One built site, and each server over it."""

import gzip
import http.client
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from .declared import EXCEPTIONS
from .doors import DOORS, opened
from .site import built


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    fields: list[tuple[str, str]]
    body: bytes

    def get(self, name: str) -> str:
        """A field; several of one name as one list."""
        return ", ".join(value for key, value in self.fields if key.lower() == name.lower())

    @property
    def type(self) -> str:
        """The media type, without parameters."""
        return self.get("Content-Type").partition(";")[0]

    @property
    def vary(self) -> set[str]:
        """What the answer depends on, in small letters."""
        return {name.strip().lower() for name in self.get("Vary").split(",") if name.strip()}

    @property
    def content(self) -> bytes:
        """The body as it is without compression."""
        return gzip.decompress(self.body) if self.get("Content-Encoding") == "gzip" else self.body


class Client:
    """Sends requests exactly as they are written."""

    def __init__(self, name: str, port: int) -> None:
        self.name = name
        self.port = port

    def send(self, target: str, method: str = "GET", *fields: tuple[str, str], body: bytes = b"") -> Reply:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in fields:
                connection.putheader(name, value)
            if body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            response = connection.getresponse()
            return Reply(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def get(self, target: str, accept: str = "", language: str = "", **more: str) -> Reply:
        """A GET with some fields; underscores in their names stand for hyphens."""
        fields = [("Accept", accept)] if accept else []
        fields += [("Accept-Language", language)] if language else []
        fields += [(name.replace("_", "-"), value) for name, value in more.items()]
        return self.send(target, "GET", *fields)

    def url(self, target: str) -> str:
        """A target as an absolute address."""
        return f"http://127.0.0.1:{self.port}{target}"

    def resolved(self, target: str, reference: str) -> str:
        """A reference in an answer as a target: path, query and fragment."""
        absolute = urlsplit(urljoin(f"http://127.0.0.1:{self.port}{target}", reference))
        assert absolute.netloc == f"127.0.0.1:{self.port}"
        return absolute._replace(scheme="", netloc="").geturl()


def links(reply: Reply) -> Mapping[str, list[str]]:
    """References by relation, from the ``Link`` fields."""
    found: dict[str, list[str]] = {}
    for part in reply.get("Link").split(", <"):
        reference, _, rest = part.lstrip("<").partition(">")
        relations = rest.partition('rel="')[2].partition('"')[0]
        for relation in relations.split():
            found.setdefault(relation, []).append(reference)
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built folder."""
    folder = built(tmp_path_factory.mktemp("contract") / "source")
    then = time.time() - 3600  # a server may take what has just been written for what is still being written
    for path in folder.rglob("*"):
        os.utime(path, (then, then))
    return folder


@pytest.fixture(scope="session", params=list(DOORS))
def door(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of each server in turn."""
    with opened(request.param, site, tmp_path_factory.mktemp(request.param) / "home") as port:
        yield Client(request.param, port)


@pytest.fixture(autouse=True)
def declared(request: pytest.FixtureRequest) -> None:
    """What a server is declared not to do must fail: strictly, so that no exception outlives its reason."""
    if "door" in request.fixturenames:
        rule = request.node.originalname.removeprefix("test_").replace("_", "-")
        reason = EXCEPTIONS[request.node.callspec.params["door"]].get(rule)
        if reason is not None:
            request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
