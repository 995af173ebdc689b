"""No way out of a worker: whatever a query makes the engine do, the system refuses it a socket.

The guard (:mod:`saite.store.guard`) refuses every query that would call another server. This fence stands behind it,
and knows nothing of queries: on Linux a seccomp filter refuses the calls that make sockets (seccomp(2)), for good.
Elsewhere no file can be opened any more, and a socket is one; a store whose tables are not all open by then is refused.
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import sys
from pathlib import Path
from typing import Final

from saite.errors import EnvironmentFault

_OPENED: Final = 16
"""Tables of a store that the engine opens with it; others when they are first read."""

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_FILTER: Final = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # EACCES
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_CALLS: Final = {  # AUDIT_ARCH; socket, and io_uring_setup, which leads to sockets too
    "x86_64": (0xC000003E, (41, 425)),
    "aarch64": (0xC00000B7, (198, 425)),
}
_OTHER_NUMBERS: Final = 0x40000000  # the x32 interface of x86_64 has the same calls under other numbers


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("first", ctypes.POINTER(_Instruction)))


def close(store: Path) -> None:
    """From now on this process opens no connection.

    Args:
        store: the folder of the store, which is open.

    Raises:
        EnvironmentFault: the system has no means for that.
    """
    if not _refuse_sockets():
        if len(list(store.rglob("*.sst"))) > _OPENED:
            raise EnvironmentFault(
                "this system cannot keep queries of so large a dataset from the network",
                cure="Serve it from Linux, whose kernel can.",
            )
        close_files()


def close_files() -> None:
    """No file, and so no socket, can be opened any more; those that are open stay so."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def end_with_parent() -> None:
    """On Linux, this process ends when the server does, however that ends."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limit_memory(more: int) -> None:
    """An allocation that would take more bytes than this beyond those of now ends the process (on Linux)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        size = pages * os.sysconf("SC_PAGE_SIZE") + more
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def limit_time(seconds: float) -> None:
    """The process is ended when it has worked so long from now; the server ends it earlier, if it lives."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    with contextlib.suppress(ValueError):  # a lower hard limit was inherited, and holds
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _refuse_sockets() -> bool:
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    architecture, calls = _CALLS[platform.machine()]
    count = len(calls)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, count + 1, 0, _OTHER_NUMBERS),  # each of these jumps to the last step
        *((_EQUAL, count - at, 0, number) for at, number in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    array = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), array)
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
