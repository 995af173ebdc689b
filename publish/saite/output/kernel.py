"""What Python does not offer of the kernel: some Linux calls, and how many processes and threads there may be."""

import ctypes
import errno
import os
import signal
from contextlib import suppress
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_PR_SET_PDEATHSIG = 1
_THREADS = Path("/proc/self/task")
_GROUP = Path("/sys/fs/cgroup")
_MEMORY = Path("/proc/meminfo")
_OWN_MEMORY = Path("/proc/self/statm")
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}

_libc = ctypes.CDLL(None, use_errno=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two paths swap what they name, in one atomic step (``renameat2(2)`` with ``RENAME_EXCHANGE``).

    Returns:
        False if this system or file system cannot do it; nothing has changed then.

    Raises:
        OSError: it can, but this time it failed.
    """
    if not hasattr(_libc, "renameat2"):
        return False
    if _libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(one))


def sync_file_system(descriptor: int) -> None:
    """Bring everything on the descriptor's file system to the disk (``syncfs(2)``, else ``sync(2)``).

    Raises:
        OSError: the disk took it not.
    """
    if not hasattr(_libc, "syncfs"):
        os.sync()
    elif _libc.syncfs(descriptor) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def cores() -> int:
    """How many cores this process may use: those it may run on, or what a container grants it, if that is less."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no control groups, or no limit: the first word is "max"
        quota, period = map(int, (_GROUP / "cpu.max").read_text(encoding="ascii").split())
        count = min(count, max(1, round(quota / period)))
    return count


def copies() -> int:
    """How many copies of this process the free memory holds, that which a container grants; many where nobody tells.

    A fork shares its parent's memory until one of them writes to it, and to look at a thing is to count a reference:
    a process that goes through the whole store has copied most of it (measured: two thirds of the parent's memory).
    """
    try:
        lines = dict(line.split(":", 1) for line in _MEMORY.read_text(encoding="ascii").splitlines())
        free = int(lines["MemAvailable"].split()[0]) * 1024
        own = int(_OWN_MEMORY.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, KeyError, ValueError):
        return cores()
    with suppress(OSError, ValueError):  # no control groups, or no limit
        limit = int((_GROUP / "memory.max").read_text(encoding="ascii"))
        free = min(free, limit - int((_GROUP / "memory.current").read_text(encoding="ascii")))
    return max(0, free // own)


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
