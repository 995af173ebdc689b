"""Processes: how many there may be, whether this one may fork, and a fork that makes something beside it."""

import ctypes
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")

_PR_SET_PDEATHSIG = 1
_THREADS = Path("/proc/self/task")
_GROUP = Path("/sys/fs/cgroup")
_MEMORY = Path("/proc/meminfo")
_OWN_MEMORY = Path("/proc/self/statm")

_libc = ctypes.CDLL(None, use_errno=True)


def cores() -> int:
    """How many cores this process may use: those it may run on, or what a container grants it, if that is less."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no control groups, or no limit: the first word is "max"
        quota, period = map(int, (_GROUP / "cpu.max").read_text(encoding="ascii").split())
        count = min(count, max(1, round(quota / period)))
    return count


def copies() -> int:
    """How many copies of this process the free memory holds; many where nobody tells.

    A fork shares its parent's memory until one of them writes to it, and to look at a thing is to count a reference:
    a process that goes through the whole store has copied most of it (measured: two thirds of the parent's memory).
    """
    free = free_memory()
    try:
        own = int(_OWN_MEMORY.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return cores()
    return cores() if free is None else free // own


def free_memory() -> int | None:
    """Bytes of memory that are free, of those that a container grants; None where nobody tells."""
    try:
        lines = dict(line.split(":", 1) for line in _MEMORY.read_text(encoding="ascii").splitlines())
        free = int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
    with suppress(OSError, ValueError):  # no control groups, or no limit
        limit = int((_GROUP / "memory.max").read_text(encoding="ascii"))
        free = min(free, limit - int((_GROUP / "memory.current").read_text(encoding="ascii")))
    return max(0, free)


def may_fork() -> bool:
    """Whether a fork of this process is sound: it has no threads, whose locks a fork would copy but nobody give back.

    False also where the system does not say (it has no ``/proc``), which are those where forks are unsafe anyway.
    """
    try:
        return len(list(_THREADS.iterdir())) == 1
    except OSError:
        return False


def die_with(parent: int) -> None:
    """Have this process killed when its parent ends, however that ends (``prctl(2)`` with ``PR_SET_PDEATHSIG``)."""
    if hasattr(_libc, "prctl"):
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the call
        os._exit(1)


def belong_to(parent: int) -> None:
    """Be a fork that lives for its parent: it ends with it, and leaves Ctrl-C to it."""
    die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def beside(make: Callable[[], _T], *, worth: bool) -> Iterator[Callable[[], _T]]:
    """Have a fork make something while this process does something else.

    Args:
        make: makes it; what it makes can be pickled.
        worth: there is so much to do that a fork is worth it. There is none either if there is one core, or no memory
            for a copy, or this process has threads.

    Yields:
        What waits for it. If the fork fails, in whatever way, it is made here, where the error is what it would be
        without a fork.
    """
    if not (worth and may_fork() and cores() > 1 and copies() > 0):
        yield make
        return
    ours, theirs = Pipe(duplex=False)
    parent = os.getpid()
    process = os.fork()
    if process == 0:
        try:
            belong_to(parent)
            theirs.send(make())
        finally:
            os._exit(0)  # whatever goes wrong: the rest of this program is the parent's
    theirs.close()

    def awaited() -> _T:
        try:
            made: _T = ours.recv()
        except (EOFError, OSError):
            return make()
        return made

    try:
        yield awaited
    finally:
        ours.close()
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(process, 0)
