"""Two builds never write to one folder at a time, and a dead one holds nobody up."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from saite.artifact import Artifact
from saite.errors import EnvironmentFault
from saite.output import claim, write_site
from saite.output.lock import Lock

HOLD = """
import pathlib, sys, time
from saite.output import claim
with claim(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""

FORK = """
import os, pathlib, sys, time
from saite.output import claim
with claim(pathlib.Path(sys.argv[1])):
    if os.fork() == 0:
        time.sleep(0.5)
        os._exit(0)
    print("held", flush=True)
    time.sleep(60)
"""


def holder(out: Path, script: str = HOLD) -> "subprocess.Popen[str]":
    """A process that has the folder."""
    process = subprocess.Popen([sys.executable, "-c", script, str(out)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_build_is_refused_and_told_by_whom(tmp_path: Path) -> None:
    """The message has the number of the process that builds; that process is not disturbed."""
    out = tmp_path / "site"
    with holder(out) as process:
        with pytest.raises(EnvironmentFault, match=f"another build is writing to .*process {process.pid} "):
            write_site(out, [Artifact("index.html", "text/html", b"")])
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    assert not out.exists()


def test_the_lock_of_a_killed_build_is_taken_over(tmp_path: Path) -> None:
    """A lock file whose process was killed does not stop the next build, and is gone after it."""
    out = tmp_path / "site"
    with holder(out) as process:
        process.send_signal(signal.SIGKILL)
    assert (tmp_path / ".site.saite-lock").exists()
    write_site(out, [Artifact("index.html", "text/html", b"")])
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_the_processes_of_a_killed_build_are_waited_for(tmp_path: Path) -> None:
    """While a process that a killed build had forked ends, the next build waits; it is not told of another build."""
    out = tmp_path / "site"
    with holder(out, FORK) as process:
        process.send_signal(signal.SIGKILL)
    began = time.monotonic()
    write_site(out, [Artifact("index.html", "text/html", b"")])
    assert time.monotonic() - began > 0.2
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("holder", ["", "process 999999999 on somewhere.else", "nobody"])
def test_only_the_dead_of_this_machine_are_waited_for(tmp_path: Path, holder: str) -> None:
    """Of other machines, and of who does not say who he is, nobody knows whether they are alive."""
    path = tmp_path / "lock"
    path.write_text(f"{holder}\n")
    with path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        began = time.monotonic()
        with pytest.raises(EnvironmentFault, match="another build is writing to site"):
            Lock(path, "site").acquire()
    assert time.monotonic() - began < 5


def test_one_process_cannot_claim_twice(tmp_path: Path) -> None:
    """The lock holds within one process too (two threads of a preview)."""
    with claim(tmp_path / "site"), pytest.raises(EnvironmentFault), claim(tmp_path / "site"):
        pytest.fail("the folder must not be handed out twice")


def test_a_lock_file_removed_under_our_hands_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between opening and locking, the last holder may remove the file: then its name is locked anew."""
    path = tmp_path / "lock"
    opened = os.open

    def racing(name: Path, flags: int, mode: int = 0o777) -> int:
        descriptor = opened(name, flags, mode)
        monkeypatch.setattr(os, "open", opened)
        path.unlink()
        return descriptor

    monkeypatch.setattr(os, "open", racing)
    lock = Lock(path, "site")
    lock.acquire()
    assert path.read_text().startswith(f"process {os.getpid()} ")
    with pytest.raises(EnvironmentFault):
        Lock(path, "site").acquire()
    lock.release()
    assert not path.exists()
    lock.release()
