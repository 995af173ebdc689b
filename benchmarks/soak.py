"""``make soak``: ten minutes of mixed load on ``saite serve``, with a kill and a restart in the middle.

Every answer is compared with what was built: a page, a file, a thing's redirect, a query. None may be wrong; while the
server is away, connections are refused, and nothing else. The memory of the server and of the endpoint's processes must
not grow: that of the last fifth of each half is compared with that of its second fifth.
"""

import argparse
import hashlib
import http.client
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.generate import BASE, write
from benchmarks.memory import family, share
from saite import manifest
from saite.config import Config
from saite.graph import load
from saite.manifest import Entry
from saite.output import claim
from saite.pipeline import publish
from saite.site import build_site

GROWTH = 1.1
_QUERY = "SELECT (COUNT(*) AS ?n) { <%s> ?p ?o }"


@dataclass
class Tally:
    """What the clients saw."""

    answers: int = 0
    away: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> int:
    """Load, watch, and fail if an answer was wrong or the memory grew."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="how long")
    parser.add_argument("--clients", type=int, default=8, help="how many ask at once")
    parser.add_argument("--entities", type=int, default=2_000, help="size of the site")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="saite-soak-"))
    try:
        return soak(work, options.seconds, options.clients, options.entities)
    finally:
        shutil.rmtree(work)


def soak(work: Path, seconds: int, clients: int, entities: int) -> int:
    """One run; 1 if it found a fault."""
    entries = build(work, entities)
    tally, stop = Tally(), threading.Event()
    port = free()
    server = start(work / "site", port)
    threads = [
        threading.Thread(target=ask, args=(random.Random(number), port, entries, tally, stop))
        for number in range(clients)
    ]
    halves = []
    for thread in threads:
        thread.start()
    for half in range(2):
        halves.append(watch(server, seconds / 2))
        if half == 0:
            server.kill()  # as a machine that is switched off, with answers under way
            server.wait()
            time.sleep(1)
            server = start(work / "site", port)
    stop.set()
    for thread in threads:
        thread.join()
    server.send_signal(signal.SIGTERM)
    graceful = server.wait(30) == 0
    tally.seconds.sort()
    p50, p99 = (tally.seconds[int(len(tally.seconds) * part)] * 1000 for part in (0.5, 0.99))
    print(f"{tally.answers:,} answers, {len(tally.wrong)} wrong, {tally.away:,} times nobody answered (a kill); "
          f"p50 {p50:.1f} ms, p99 {p99:.1f} ms")  # fmt: skip
    for text in tally.wrong[:10]:
        print(f"  wrong: {text}")
    flat = True
    for name, marks in zip(("before", "after"), halves, strict=True):
        early, late = mean(marks[len(marks) // 5 : 2 * len(marks) // 5]), mean(marks[-len(marks) // 5 :])
        flat = flat and late <= early * GROWTH
        print(f"memory {name} the kill: {early / 1024:.0f} MB, in the end {late / 1024:.0f} MB ({late / early:.2f} x, "
              f"limit {GROWTH})")  # fmt: skip
    print(f"ended {'well' if graceful else 'badly'}")
    return 0 if tally.answers and not tally.wrong and flat and graceful else 1


def build(work: Path, entities: int) -> list[Entry]:
    """A site of generated data, and its files."""
    write(work / "data.nt", entities)
    config = Config(root=work, base=BASE, languages=("lv", "en"))
    store, _ = load(work / "data.nt", config)
    with claim(work / "site") as folder:
        publish(build_site(store, config), folder)
    with (work / "site" / manifest.FILE_NAME).open("rb") as lines:
        return [entry for entry in manifest.read(lines) if not entry.path.startswith(".")]


def start(site: Path, port: int) -> "subprocess.Popen[str]":
    """``saite serve``, once it answers."""
    command = [sys.executable, "-m", "saite", "serve", str(site), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    while "Look at" not in (line := server.stderr.readline()):
        assert line, "the server does not start"
    threading.Thread(target=server.stderr.read, daemon=True).start()
    return server


def watch(server: "subprocess.Popen[str]", seconds: float) -> list[int]:
    """Kilobytes of the server and its processes, again and again."""
    marks = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        marks.append(sum(map(share, family(server.pid))))
        time.sleep(min(1.0, seconds / 50))
    return marks


def ask(chance: random.Random, port: int, entries: list[Entry], tally: Tally, stop: threading.Event) -> None:
    """One client: a connection that is kept, until the server is away."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while not stop.is_set():
        entry = chance.choice(entries)
        began = time.perf_counter()
        try:
            fault = one(chance, connection, entry)
        except (OSError, http.client.HTTPException):
            connection.close()
            with tally.lock:
                tally.away += 1
            time.sleep(0.05)
            continue
        with tally.lock:
            tally.answers += 1
            tally.seconds.append(time.perf_counter() - began)
            if fault:
                tally.wrong.append(fault)
    connection.close()


def one(chance: random.Random, connection: http.client.HTTPConnection, entry: Entry) -> str:
    """Ask once; what was wrong."""
    kind = chance.random()
    if kind < 0.45 or not entry.document:
        return told(connection, "/" + quote(entry.path), {}, entry)
    if kind < 0.9:
        accept = {"Accept": entry.media_type.partition(";")[0], "Accept-Language": entry.language or "en"}
        target = "/" + quote("" if entry.document == "index" else entry.document)
        return told(connection, target, accept, entry)
    if kind < 0.95:
        return told(connection, f"/{quote(entry.path)}~nothing", {}, None)
    query = urlencode({"query": _QUERY % f"{BASE}{entry.document}".replace(" ", "%20")})
    connection.request("GET", f"/sparql?{query}", headers={"Accept": "text/csv"})
    response = connection.getresponse()
    body = response.read()
    if response.status == 503:
        return ""  # others were before
    right = response.status == 200 and re.fullmatch(rb"n\r\n\d+\r\n", body)
    return "" if right else f"query: {response.status} {body[:80]!r}"


def told(connection: http.client.HTTPConnection, target: str, headers: dict[str, str], entry: Entry | None) -> str:
    """What is wrong with an answer, "" if nothing."""
    connection.request("GET", target, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if entry is None:
        return "" if response.status == 404 else f"{target}: {response.status}"
    if response.status != 200:
        return f"{target}: {response.status}"
    return "" if hashlib.sha256(body).hexdigest() == entry.sha256 else f"{target}: another content"


def free() -> int:
    """A port that nobody uses."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def mean(marks: list[int]) -> float:
    """The average."""
    return sum(marks) / max(1, len(marks))


if __name__ == "__main__":
    sys.exit(main())
