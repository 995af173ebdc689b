"""The servers that the contract is tried on: Saite's own, and those of Debian with the rules that a build writes."""

import asyncio
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from tests.programs import free_port, needed

from saite import output
from saite.artifact import Artifact
from saite.manifest import Entry
from saite.serve.door.application import Door
from saite.serve.door.server import run
from saite.serve.listening import bind
from saite.serve.sparql.endpoint import Endpoint


@contextmanager
def saite(site: Path, home: Path) -> Iterator[int]:
    """``saite serve``, without an endpoint: a port."""
    with served(Door(site)) as port:
        yield port


@contextmanager
def packed(site: Path, home: Path) -> Iterator[int]:
    """``saite serve`` over the same site in an archive, its texts compressed: a port."""

    def content(entry: Entry) -> bytes:
        with output.opened(site, entry) as file:
            return file.read()

    files = (
        Artifact(
            entry.path, entry.media_type, content(entry), entry.document, entry.language, entry.modified, entry.profile
        )
        for entry in output.entries(site)
    )
    written = output.write_site(home / "site.zip", files, gzip=True, durable=False)
    with served(Door(written.out)) as port:
        yield port


@contextmanager
def served(door: Door, endpoint: Endpoint | None = None, trusted: Sequence[str] = ()) -> Iterator[int]:
    """A door behind its server, in a thread of this process: a port. The arguments are those of the server."""
    listener = bind("127.0.0.1", 0)
    ready = threading.Event()
    tasks: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []

    async def serve() -> None:
        task = asyncio.ensure_future(run(door, listener, ready.set, endpoint, trusted))
        tasks.append((asyncio.get_running_loop(), task))
        with suppress(asyncio.CancelledError):
            await task

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    with listener:
        thread.start()
        assert ready.wait(30)
        try:
            yield listener.getsockname()[1]
        finally:
            loop, task = tasks[0]
            loop.call_soon_threadsafe(task.cancel)
            thread.join(30)


@contextmanager
def nginx(site: Path, home: Path, more: str = "") -> Iterator[int]:
    """Nginx with one process and no privileges, and with what else stands in its server."""
    port = free_port()
    (home / "nginx.conf").write_text(
        f"""
daemon off; master_process off; pid {home}/nginx.pid; error_log {home}/error.log warn;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
    include {site}/.saite-nginx-maps.conf;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        include {site}/.saite-nginx.conf;
        {more}
    }}
}}
""",
        encoding="utf-8",
    )
    with running(["nginx", "-e", str(home / "error.log"), "-c", str(home / "nginx.conf")], port, home / "error.log"):
        yield port


@contextmanager
def apache(site: Path, home: Path, more: str = "") -> Iterator[int]:
    """Apache with the modules that the rules name, and with what else stands in its configuration."""
    port = free_port()
    modules = ["mpm_event", "authz_core", "mime", "rewrite", "headers", "deflate", "filter", "env", "setenvif", "dir"]
    loads = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in modules)
    (home / "apache.conf").write_text(
        f"""
{loads}
ServerRoot {home}
PidFile {home}/apache.pid
ErrorLog {home}/error.log
LogLevel warn
ServerName localhost
Listen 127.0.0.1:{port}
StartServers 1
ServerLimit 1
ThreadsPerChild 16
MaxRequestWorkers 16
TypesConfig /etc/mime.types
DocumentRoot {site}
AllowEncodedSlashes NoDecode
<Directory {site}>
    Require all granted
    AllowOverride All
</Directory>
{more}
""",
        encoding="utf-8",
    )
    with running(["apache2", "-X", "-f", str(home / "apache.conf")], port, home / "error.log"):
        yield port


@contextmanager
def caddy(site: Path, home: Path, more: str = "") -> Iterator[int]:
    """Caddy without its administration port, and without certificates; with what else stands in its site."""
    port = free_port()
    (home / "Caddyfile").write_text(
        f"""
{{
    admin off
    auto_https off
    log {{
        output file {home}/error.log
        level WARN
    }}
}}
http://127.0.0.1:{port} {{
    bind 127.0.0.1
    root * {site}
    import {site}/.saite-Caddyfile
    {more}
}}
""",
        encoding="utf-8",
    )
    command = ["caddy", "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]
    with running(command, port, home / "error.log", {"XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}):
        yield port


DOORS: dict[str, tuple[str, Callable[[Path, Path], AbstractContextManager[int]]]] = {
    "saite": ("", saite),
    "packed": ("", packed),
    "nginx": ("nginx", nginx),
    "apache": ("apache2", apache),
    "caddy": ("caddy", caddy),
}
"""Servers by name: the program that they need, and what starts them."""


@contextmanager
def opened(name: str, site: Path, home: Path) -> Iterator[int]:
    """A running server; one that is not installed is skipped, but not in continuous integration."""
    program, start = DOORS[name]
    if program:
        needed(program, f"the package {program} of Debian")
    home.mkdir(parents=True)
    with start(site, home) as port:
        yield port


@contextmanager
def running(command: list[str], port: int, log: Path, more: dict[str, str] | None = None) -> Iterator[None]:
    """A server that is started, waited for, and ended."""
    environment = os.environ | {"PATH": f"{os.environ.get('PATH', '')}:/usr/sbin"} | (more or {})
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            deadline = time.monotonic() + 20
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    said = process.stdout.read() if process.poll() is not None and process.stdout else b""
                    told = log.read_text(encoding="utf-8") if log.exists() else ""
                    assert process.poll() is None, f"{command[0]} ended: {said.decode()} {told}"
                    assert time.monotonic() < deadline, f"{command[0]} does not answer: {told}"
                    time.sleep(0.05)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
