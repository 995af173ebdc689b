"""The built sites, a browser, and a server of our own site."""

import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.programs import free_port

from .sites import built, saite


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder with the built sites, see :func:`tests.judges.sites.built`."""
    own = tmp_path_factory.getbasetemp()
    return built(own if worker_id == "master" else own.parent)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which ``saite serve`` answers for a built folder."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(saite("serve", folder, "--port", str(port), "--quiet")) as server:
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                    break
                except OSError:  # not there yet, or not ready to answer
                    assert server.poll() is None, "the server ended"
                    time.sleep(0.05)
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def address(sites: Path) -> Iterator[str]:
    """Our own site behind its own server."""
    with served(sites / "own") as found:
        yield found
