"""``make bench-peers``: the door against Trifid, and look-ups at the endpoint against Oxigraph's server, in one run.

All have the same generated data. Trifid (npm, fetched on the way) keeps them in its own process, as its set-up for
files has it; it is asked for the pages and Turtle of entities by their addresses and an ``Accept`` field, as the door
is. The look-up is all triples of one entity, another one each time, so that no answer is kept; of these the median
counts, over one connection.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.generate import BASE
from benchmarks.load import Load, load
from benchmarks.serve import paths, site
from benchmarks.soak import free
from saite.pipeline import Options, build

TRIFID = "trifid@5.3.0"
FASTER = 10.0
"""Least ratio of the door to Trifid."""

BEYOND = 5.0
"""Milliseconds that a look-up may take beyond what it takes at Oxigraph's server."""


def main() -> int:
    """Measure, print, and fail if a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--entities", type=int, default=2_000, help="of the site")
    parser.add_argument("--seconds", type=float, default=5, help="of each run")
    parser.add_argument("--repeat", type=int, default=2, help="runs of each; the best counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="saite-bench-") as work:
        return measure(Path(work), options)


def measure(work: Path, options: argparse.Namespace) -> int:
    """Print the figures; 1 if a limit is not kept."""
    source = site(work / "site", options.entities)
    build(source, source / "site", Options(check=False, durable=False))
    entities = paths(options.entities, "")
    things = [f"/id{path}" for path in entities]
    found: dict[str, list[Load]] = {}
    with trifid(work, source / "data.nt") as peer, served(source) as ours, oxigraph(source / "data.nt", work) as store:
        for _ in range(options.repeat):
            for name, port, wanted, accept in (
                ("Trifid, HTML", peer, things, "text/html"),
                ("the door, HTML", ours, entities, "text/html"),
                ("Trifid, Turtle", peer, things, "text/turtle"),
                ("the door, Turtle", ours, entities, "text/turtle"),
            ):
                found.setdefault(name, []).append(load(port, wanted, options.seconds, 4, work, accept))
            for name, port, path in (("Oxigraph's server", store, "/query"), ("the endpoint", ours, "/sparql")):
                asked = [f"{path}?{urlencode({'query': lookup(thing)})}" for thing in things]
                random.shuffle(asked)
                found.setdefault(f"{name}, look-up", []).append(
                    load(port, asked, options.seconds, 1, work, "application/sparql-results+json")
                )
    print(f"{'':<28} {'requests/s':>10} {'median ms':>10} {'p99 ms':>8} {'bad':>5}")
    best = {name: max(loads) for name, loads in found.items()}
    for name, one in best.items():
        print(f"{name:<28} {one.rate:>10,.0f} {one.median:>10.2f} {one.p99:>8.2f} {one.bad:>5}")
    html = best["the door, HTML"].rate / best["Trifid, HTML"].rate
    turtle = best["the door, Turtle"].rate / best["Trifid, Turtle"].rate
    beyond = best["the endpoint, look-up"].median - best["Oxigraph's server, look-up"].median
    print(f"\nthe door: {html:.1f} x Trifid for HTML, {turtle:.1f} x for Turtle (limit {FASTER:.0f})")
    print(f"a look-up takes {beyond:.2f} ms more than at Oxigraph's server (limit {BEYOND:.0f})")
    fair = not any(one.bad for one in best.values())
    return 0 if fair and min(html, turtle) >= FASTER and beyond <= BEYOND else 1


def lookup(thing: str) -> str:
    """All triples of an entity."""
    return f"SELECT ?p ?o {{ <{BASE}{thing.removeprefix('/')}> ?p ?o }}"


@contextmanager
def served(source: Path) -> Iterator[int]:
    """``saite serve`` with its endpoint."""
    port = free()
    command = [sys.executable, "-m", "saite", "serve", str(source), "--port", str(port)]
    with running(command, port):
        yield port


@contextmanager
def trifid(work: Path, data: Path) -> Iterator[int]:
    """Trifid over a file."""
    folder = Path(os.environ.get("SAITE_TRIFID") or work / "npm")
    if not (folder / "node_modules" / "trifid").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("Trifid comes from npm, which is not here")
        install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), TRIFID]
        subprocess.run(install, check=True)
    port = free()
    home = folder / "node_modules" / "trifid"
    environment = os.environ | {
        "DATASET_BASE_URL": BASE,
        "FETCH_HANDLER_FILE": str(data),
        "FETCH_HANDLER_FILE_TYPE": "application/n-triples",
        "NODE_ENV": "production",
    }
    command = ["node", str(home / "server.js"), "-c", str(home / "instances/docker-fetch/config.yaml"), "-p", str(port)]
    with running([*command, "--dataset-base-url", BASE], port, environment):
        yield port


@contextmanager
def oxigraph(data: Path, work: Path) -> Iterator[int]:
    """Oxigraph's server over a file."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    folder = work / "oxigraph"
    subprocess.run([program, "load", "--location", str(folder), "--file", str(data)], check=True, capture_output=True)
    port = free()
    with running([program, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"], port):
        yield port


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str] | None = None) -> Iterator[None]:
    """A server, from when it answers."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
                    break
                except OSError as error:
                    if isinstance(error, urllib.error.HTTPError):
                        break
                    if process.poll() is not None or time.monotonic() > deadline:
                        raise SystemExit(f"{command[0]} does not answer") from error
                    time.sleep(0.1)
            yield
        finally:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
