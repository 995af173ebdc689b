"""One build at a time: a lock that ends with its process, however that ends."""

import errno
import fcntl
import os
import re
import socket
import time
from pathlib import Path

from saite.errors import EnvironmentFault

_PATIENCE = 20.0  # seconds for the processes of a killed build to end; to give much memory back takes a while
_PAUSE = 0.01


class Lock:
    """An exclusive ``flock(2)`` on a file that says who holds it.

    The kernel gives the lock back when the process dies, so a lock file left behind by a killed build holds
    nobody up. Processes that it forked hold the lock with it: while they end, others wait.

    Args:
        path: the lock file; made here, removed by :meth:`release`.
        display: how the user knows what is locked.
    """

    def __init__(self, path: Path, display: str) -> None:
        self.path = path
        self.display = display
        self._descriptor = -1

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            EnvironmentFault: another process holds it; the message has its number.
            OSError: the lock file cannot be made.
        """
        patience = time.monotonic() + _PATIENCE
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                holder = os.read(descriptor, 200).decode(errors="replace").strip()
                os.close(descriptor)
                if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                    if _is_dead(holder) and time.monotonic() < patience:
                        time.sleep(_PAUSE)
                        continue
                    raise self._held(holder) from error
                raise
            if self._is_named(descriptor):
                break
            os.close(descriptor)  # the last holder removed the file between our open and our lock
        self._descriptor = descriptor
        os.ftruncate(descriptor, 0)
        os.write(descriptor, _holder(os.getpid()).encode())

    def release(self) -> None:
        """Remove the file, then give the lock back (in this order: see :meth:`acquire`)."""
        if self._descriptor >= 0:
            self.path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = -1

    def _is_named(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def _held(self, holder: str) -> EnvironmentFault:
        return EnvironmentFault(
            f"another build is writing to {self.display}" + (f" ({holder})" if holder else ""),
            cure="Wait until it has ended, or end it; or build into another folder with -o.",
        )


def _holder(process: int) -> str:
    return f"process {process} on {socket.gethostname()}\n"


def _is_dead(holder: str) -> bool:
    """Whether the process that took the lock is of this machine and has ended."""
    number = re.match(r"process (\d+) ", holder)
    if number is None or f"{holder}\n" != _holder(int(number[1])):
        return False
    try:
        os.kill(int(number[1]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # somebody else's, and alive
        return False
    return False
