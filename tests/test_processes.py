"""How many processes there may be, whether a fork is sound, and what a fork makes beside its parent."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from saite import processes


@pytest.mark.parametrize(
    ("quota", "cores"),
    [("max 100000\n", 8), ("150000 100000\n", 2), ("20000 100000\n", 1), ("1600000 100000\n", 8), ("odd\n", 8)],
)
def test_a_container_may_grant_fewer_cores_than_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quota: str, cores: int
) -> None:
    """The quota of the control group counts, rounded; without one, the cores that the process may run on."""
    (tmp_path / "cpu.max").write_text(quota)
    monkeypatch.setattr(processes, "_GROUP", tmp_path)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(8)))
    assert processes.cores() == cores


def test_without_control_groups_the_cores_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file is missing, and where a process cannot be bound to cores, all cores are there to be used."""
    monkeypatch.setattr(processes, "_GROUP", tmp_path / "missing")
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    monkeypatch.delattr(os, "sched_getaffinity")
    assert processes.cores() == 5


@pytest.mark.parametrize(
    ("limit", "used", "number"),
    [
        ("max", "0", 8),
        ("1000000000", "200000000", 4),
        ("1000000000", "950000000", 0),
        ("100", "200", 0),
        ("odd", "0", 8),
    ],
)
def test_memory_holds_so_many_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, used: str, number: int
) -> None:
    """What the machine has left, or what is left of the container's share, over what this process has."""
    page = os.sysconf("SC_PAGE_SIZE")
    (tmp_path / "meminfo").write_text(f"MemTotal:  9999999 kB\nMemAvailable:  {8 * 200_000_000 // 1024 + 1} kB\n")
    (tmp_path / "statm").write_text(f"500000 {200_000_000 // page} 3 4 0 5 0\n")
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    (tmp_path / "memory.current").write_text(f"{used}\n")
    monkeypatch.setattr(processes, "_GROUP", tmp_path)
    monkeypatch.setattr(processes, "_MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(processes, "_OWN_MEMORY", tmp_path / "statm")
    assert processes.copies() == number
    monkeypatch.setattr(processes, "_MEMORY", tmp_path / "missing")
    assert processes.copies() == processes.cores()


def test_a_process_with_threads_may_not_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork copies the locks of other threads as they are; and where /proc does not tell of them, there is none."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert not processes.may_fork()
    finally:
        stop.set()
        thread.join()
    monkeypatch.setattr(processes, "_THREADS", tmp_path / "missing")
    assert not processes.may_fork()


def test_a_process_without_threads_may_fork() -> None:
    """With the engine loaded and a store read there is no thread but the first."""
    script = """
from pyoxigraph import Literal, NamedNode, Quad
from saite.processes import may_fork
from saite.site import build_site
from saite.store import EmbeddedStore
node = NamedNode("https://example.org/x")
store = EmbeddedStore(Quad(node, node, Literal(str(n))) for n in range(10000))
assert list(store.query("SELECT ?s { ?s ?p ?o } LIMIT 1"))
assert may_fork()
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_a_process_dies_with_its_parent(tmp_path: Path) -> None:
    """When the parent is killed, the kernel kills the process that asked for it; one whose parent is gone ends."""
    script = """
import os, pathlib, signal, sys, time
from saite import processes
folder = pathlib.Path(sys.argv[1])
parent = os.getpid()
if os.fork() == 0:
    processes.die_with(parent)
    (folder / "asking").write_text(str(os.getpid()))
    (folder / "asking").rename(folder / "asked")
    time.sleep(60)
if os.fork() == 0:
    processes.die_with(1 << 30)
    (folder / "survived").touch()
while not (folder / "asked").exists():
    time.sleep(0.01)
os.wait()
os.kill(parent, signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, timeout=60)
    assert done.returncode == -9
    child = int((tmp_path / "asked").read_text())
    state = Path(f"/proc/{child}/stat")
    for _ in range(1000):
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] in "ZX":
            break
        threading.Event().wait(0.01)
    else:
        pytest.fail("the process goes on")
    assert not (tmp_path / "survived").exists()


def alone(script: str) -> None:
    """Run a script in a process of its own: this one may have threads, and then must not fork."""
    head = "import os, signal, time\nfrom saite import processes\nprocesses.cores = lambda: 2\nparent = os.getpid()\n"
    subprocess.run([sys.executable, "-W", "error", "-c", head + script], check=True, timeout=60)


def test_a_fork_makes_something_meanwhile() -> None:
    """In another process if that is worth it; what it makes comes back, however much it is."""
    alone("""
for worth in (True, False):
    with processes.beside(lambda: (os.getpid(), "x" * 1_000_000), worth=worth) as made:
        process, text = made()
    assert (process == parent) is not worth
    assert text == "x" * 1_000_000
""")


def test_what_a_fork_cannot_make_is_made_here() -> None:
    """So that an error is the parent's; also if the fork is killed."""
    alone("""
def wrong():
    raise LookupError(os.getpid())

with processes.beside(wrong, worth=True) as made:
    try:
        made()
    except LookupError as error:
        assert error.args == (parent,)
    else:
        raise AssertionError

def killed():
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return 1

with processes.beside(killed, worth=True) as made:
    assert made() == 1
""")


def test_a_fork_that_nobody_waits_for_is_ended() -> None:
    """When this process has an error of its own, nothing goes on behind its back."""
    alone("""
try:
    with processes.beside(lambda: time.sleep(600), worth=True):
        raise LookupError
except LookupError:
    pass
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    pass
else:
    raise AssertionError
""")


@pytest.mark.parametrize(("threads", "cores", "copies"), [(True, 2, 2), (False, 1, 2), (False, 2, 0)])
def test_where_a_fork_is_no_good_there_is_none(
    threads: bool, cores: int, copies: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With threads, one core, or no memory."""
    monkeypatch.setattr(processes, "may_fork", lambda: not threads)
    monkeypatch.setattr(processes, "cores", lambda: cores)
    monkeypatch.setattr(processes, "copies", lambda: copies)
    with processes.beside(os.getpid, worth=True) as made:
        assert made() == os.getpid()
