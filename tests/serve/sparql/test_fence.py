"""The fence: a process that cannot open a connection, whatever its engine tries."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.listening import listening
from tests.store.test_guard import SERVICE_FORMS

from saite.store import EmbeddedStore
from saite.terms import NamedNode, Quad

from .served import Served

SCRIPT = """
import json, sys
from pathlib import Path
from saite.serve.sparql import fence
from saite.store import EmbeddedStore

how, home, queries = sys.argv[1], Path(sys.argv[2]), json.load(sys.stdin)
store = EmbeddedStore.open(home)
if how == "sockets":
    fence.close(home)
elif how == "files":
    fence.close_files()
said = {}
for query in queries:
    try:
        result = store.native.query(query, use_default_graph_as_union=True)
        said[query] = str(bool(result) if type(result).__name__ == "QueryBoolean" else len(list(result)))
    except Exception as error:
        said[query] = str(error)
print(json.dumps(said))
"""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A loopback port and the connections that reached it."""
    with listening() as found:
        yield found


def asked(how: str, home: Path, url: str) -> dict[str, str]:
    """What the engine itself, without the guard, says to each form in a process with a fence."""
    queries = [form.replace("URL", url) for form in SERVICE_FORMS]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, how, str(home)],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.fixture
def home(tmp_path: Path, listener: tuple[str, list[str]]) -> Path:
    """A store whose data name the listener, for services that are variables."""
    quad = Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), NamedNode(listener[0][1:-1]), NamedNode("http://e/g"))
    EmbeddedStore.create(tmp_path / "store", [quad])
    return tmp_path / "store"


@pytest.mark.parametrize("how", ["sockets", "files"])
def test_the_fence_alone_holds(how: str, home: Path, listener: tuple[str, list[str]]) -> None:
    """Without the guard, no form of SERVICE or LOAD reaches a listening port past seccomp, nor past closed files."""
    url, seen = listener
    asked(how, home, url)
    assert seen == []


def test_the_listener_would_see_it(home: Path, listener: tuple[str, list[str]]) -> None:
    """The test above can fail: without a fence, the same queries do connect."""
    url, seen = listener
    asked("nothing", home, url)
    assert len(seen) > 10


def test_guard_and_fence_together_hold(small: Served, listener: tuple[str, list[str]]) -> None:
    """Through the endpoint, by GET and by POST, every form is refused, and the port sees nothing."""
    url, seen = listener
    for form in SERVICE_FORMS:
        query = form.replace("URL", url)
        for reply in (small.ask(query), small.post(query)):
            assert reply.status in (400, 403), query
    fields = {"default-graph-uri": url[1:-1], "named-graph-uri": url[1:-1]}
    assert small.ask("SELECT * { ?s ?p ?o }", **fields).status == 200
    assert small.ask(f"SELECT * FROM {url} {{ ?s ?p ?o }}").status == 200
    assert seen == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has seccomp")
def test_every_worker_stands_behind_the_fence(small: Served) -> None:
    """The kernel says so of each process that answers: a filter is in force, and no privilege can be gained."""
    for worker in small.endpoint.pool.workers:
        status = Path(f"/proc/{worker.pid}/status").read_text("ascii")
        assert "Seccomp:\t2\n" in status
        assert "NoNewPrivs:\t1\n" in status
