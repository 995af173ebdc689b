"""A built site behind the door, for attacks on it."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.contract.doors import served
from tests.contract.site import built

from saite.serve.door.application import Door


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the contract."""
    return built(tmp_path_factory.mktemp("attacked") / "source")


@pytest.fixture
def told() -> list[str]:
    """What the door tells who runs it."""
    return []


@pytest.fixture
def port(site: Path, told: list[str]) -> Iterator[int]:
    """Where a door for the site listens; it begins after what a test has set before."""
    with served(Door(site, tell=told.append)) as listening:
        yield listening


@pytest.fixture
def send(port: int) -> Callable[[bytes], bytes]:
    """Sends bytes as they are, and gives what comes back until the server closes or is silent."""

    def sent(request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(request)
            received = b""
            try:
                while part := connection.recv(1 << 16):
                    received += part
                    head, _, body = received.partition(b"\r\n\r\n")
                    if b"content-length: %d\r\n" % len(body) in head + b"\r\n":
                        break
            except (TimeoutError, ConnectionResetError):
                pass
            return received

    return sent
