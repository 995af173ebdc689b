"""A host that serves the site may pass requests on to the endpoint and the reconciliation of a ``saite serve``."""

import http.server
import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.programs import needed

from .conftest import Client
from .doors import apache, caddy, nginx


class _Endpoint(http.server.BaseHTTPRequestHandler):
    """Answers every method with its name, and with fields of its own."""

    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Allow", "GET, HEAD, POST, OPTIONS")
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(self.command)))
        self.end_headers()
        self.wfile.write(self.command.encode())

    do_GET = do_POST = do_OPTIONS = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[int]:
    """A port."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("host", ["nginx", "apache2", "caddy"])
def test_an_endpoint_beside_the_site_answers_for_itself(site: Path, endpoint: int, tmp_path: Path, host: str) -> None:
    """With its own methods and fields, none of them twice, as docs/serving.md sets it up; the site answers the rest."""
    needed(host, f"the package {host} of Debian")
    if host == "nginx":
        passed = "".join(
            f"location {at} {{ proxy_pass http://127.0.0.1:{endpoint};{more} }}\n"
            for at, more in (
                ("= /sparql", ""),
                ("/sparql/", ""),
                ("/reconcile", " proxy_set_header Host $http_host;"),
            )
        )
        running = nginx(site, tmp_path, passed)
    elif host == "apache2":
        load = "LoadModule {0}_module /usr/lib/apache2/modules/mod_{0}.so\n"
        passed = "ProxyPreserveHost On\n" + "".join(
            f'ProxyPass "{at}" "http://127.0.0.1:{endpoint}{at}"\n' for at in ("/sparql", "/reconcile")
        )
        running = apache(site, tmp_path, load.format("proxy") + load.format("proxy_http") + passed)
    else:
        proxy = f"handle @beside {{\n reverse_proxy 127.0.0.1:{endpoint}\n}}"
        running = caddy(site, tmp_path, f"@beside path /sparql* /reconcile*\n{proxy}")
    with running as port:
        client = Client(host, port)
        targets = ("/sparql?query=a%2Fb", "/reconcile", "/reconcile/en/suggest/entity?prefix=a%2Fb")
        for method, target in itertools.product(("GET", "POST", "OPTIONS"), targets):
            reply = client.send(target, method, body=b"x" if method == "POST" else b"")
            assert (reply.status, reply.body.decode()) == (200, method)
            assert reply.get("Access-Control-Allow-Origin") == "*"
            assert reply.get("Allow") == "GET, HEAD, POST, OPTIONS"
        assert client.get("/thing/one", "text/turtle").type == "text/turtle"
        assert client.send("/thing/one", "POST", body=b"x").status == 405
