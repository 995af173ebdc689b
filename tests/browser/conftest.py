"""A browser, and sites for it to open: the small hand-made one, and our own from the files of this repository.

Chromium is found by ``SAITE_CHROMIUM`` or on the path; without one the tests are skipped, and fail where ``CI=true``.
Screenshots go to ``test-output/`` for a person to look at.
"""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.render_html.conftest import make_root
from tests.render_html.domain import domain_site

from saite import config
from saite.graph import load, public
from saite.render.html import renderer
from saite.site import build_site
from saite.site.model import Site

ROOT = Path(__file__).parents[2]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def write(site: Site, out: Path) -> None:
    """The HTML of a site as files."""
    made = renderer(site)
    for resource in site.resources():
        for artifact in made.resource(resource):
            put(out / artifact.path, artifact.chunks())
    for artifact in made.whole():
        put(out / artifact.path, artifact.chunks())


def put(path: Path, chunks: object) -> None:
    """One file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    assert hasattr(chunks, "__iter__")
    path.write_bytes(b"".join(chunks))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sites in folders side by side: ``small`` and ``own``."""
    out = tmp_path_factory.mktemp("sites")
    write(domain_site(make_root(tmp_path_factory.mktemp("root"))), out / "small")
    settings = config.load(ROOT)
    store, _ = load(ROOT, settings)
    write(build_site(public(store, settings), settings), out / "own")
    return out


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """A plain file server with both sites below sub-paths."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
