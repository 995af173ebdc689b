"""The processes of an endpoint: replaced when they die, gone when it stops."""

import asyncio
import http.client
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from saite.config import Config
from saite.errors import EnvironmentFault
from saite.serve.sparql.endpoint import Dataset, Endpoint
from saite.serve.sparql.limits import Limits
from saite.store import EmbeddedStore
from saite.terms import NamedNode, Quad

from .served import Served, completed, served

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NODES = [NamedNode(f"http://e/{number}") for number in range(200)]
QUADS = [Quad(node, NamedNode("http://e/p"), node) for node in NODES]


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Waits until something is true; fails if it never is."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process is there, a zombie too."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pids(running: Served) -> set[int]:
    """The processes of an endpoint."""
    return {worker.pid for worker in running.endpoint.pool.workers}


def test_killed_workers_are_replaced(tmp_path: Path) -> None:
    """Idle or at work, a worker that dies is replaced, leaves no zombie, and its query is told so."""
    with served(tmp_path, QUADS, Limits(seconds=5, processes=2)) as running:
        before = pids(running)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until(lambda: not any(map(running_still, before)))
        for number in range(4):
            assert running.ask(f"ASK {{ ?s ?p{number} ?o }}").status == 200
        until(lambda: len(pids(running)) == 2 and not pids(running) & before)
        assert not any(map(alive, before))


def test_a_query_ends_with_its_client(tmp_path: Path) -> None:
    """Who hangs up does not keep a process at work."""
    with served(tmp_path, QUADS, Limits(seconds=60, processes=2)) as running:
        before = pids(running)
        with pytest.raises(TimeoutError):
            hang_up(running)
        until(lambda: len(pids(running)) == 2 and len(pids(running) & before) == 1)
        assert running.ask("ASK {}").status == 200


def hang_up(running: Served) -> None:
    """Asks what takes long, and goes away."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=0.5)
    try:
        connection.request("GET", "/sparql?query=" + quote(HEAVY))
        connection.getresponse()
    finally:
        connection.close()


def test_stopping_ends_all_at_once(tmp_path: Path) -> None:
    """A server that stops waits for no query, and leaves no process."""
    with served(tmp_path, QUADS, Limits(seconds=60, processes=2)) as running:
        before = pids(running)
        statuses: list[object] = []

        def ask() -> None:
            try:
                statuses.append(running.ask(HEAVY).status)
            except OSError as error:
                statuses.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.3)
        begun = time.monotonic()
        asyncio.run_coroutine_threadsafe(running.endpoint.stop(), running.loop).result(10)
        assert time.monotonic() - begun < 2
        assert not any(map(alive, before))
        thread.join()
    assert statuses != [200]


def test_workers_end_with_a_killed_server(tmp_path: Path) -> None:
    """A server that is killed leaves no process either, though a query runs."""
    EmbeddedStore.create(tmp_path / "store", QUADS)
    script = textwrap.dedent(f"""
        import asyncio
        from pathlib import Path
        from saite.config import Config
        from saite.serve.sparql.answers import Order
        from saite.serve.sparql.endpoint import Dataset, Endpoint
        from saite.serve.sparql.limits import Limits

        async def main():
            home = Path({str(tmp_path)!r})
            endpoint = Endpoint(Dataset(home / "store", "1", Config(root=home)), Limits(processes=2, seconds=60))
            await endpoint.start()
            task = asyncio.create_task(endpoint.pool.run(Order({HEAVY!r}, {{"table": "json"}}, seconds=60), "x"))
            await asyncio.sleep(0.2)
            print(*(worker.pid for worker in endpoint.pool.workers), flush=True)
            await task

        asyncio.run(main())
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        workers = [int(word) for word in server.stdout.readline().split()]
        assert len(workers) == 2
        server.kill()
    until(lambda: not any(running_still(pid) for pid in workers))


def running_still(pid: int) -> bool:
    """Whether a process runs; one that waits to be buried does not, once the last of its threads has ended."""
    home = Path(f"/proc/{pid}")
    try:
        ended = (home / "stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
        return not ended or len(list((home / "task").iterdir())) > 1
    except FileNotFoundError:
        return False


def test_new_data_answer_at_once(tmp_path: Path) -> None:
    """After :meth:`Endpoint.renew` no answer comes from the old data, cached or not."""
    EmbeddedStore.create(tmp_path / "new", QUADS[:7])
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with served(tmp_path, QUADS, Limits(processes=2)) as running:
        assert running.ask(count, "text/csv").text.split() == ["n", "200"]
        dataset = Dataset(tmp_path / "new", "2", Config(root=tmp_path))
        running.loop.call_soon_threadsafe(running.endpoint.renew, dataset)
        until(lambda: running.ask(count, "text/csv").text.split() == ["n", "7"])
        for _ in range(4):
            assert running.ask(count, "text/csv").text.split() == ["n", "7"]


def test_an_endpoint_without_a_store_does_not_start(tmp_path: Path) -> None:
    """The reason is told, and no process is left."""
    endpoint = Endpoint(Dataset(tmp_path / "none", "1", Config(root=tmp_path)), Limits(processes=2))
    with pytest.raises(EnvironmentFault, match="the store cannot be opened"):
        completed(endpoint.start())
    assert not endpoint.pool.workers
