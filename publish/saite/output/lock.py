"""One build at a time: a lock that ends with its process, however that ends."""

import errno
import fcntl
import os
import socket
from pathlib import Path

from saite.errors import EnvironmentFault


class Lock:
    """An exclusive ``flock(2)`` on a file that says who holds it.

    The kernel gives the lock back when the process dies, so a lock file left behind by a killed build holds
    nobody up.

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
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                holder = os.read(descriptor, 200).decode(errors="replace").strip()
                os.close(descriptor)
                if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                    raise self._held(holder) from error
                raise
            if self._is_named(descriptor):
                break
            os.close(descriptor)  # the last holder removed the file between our open and our lock
        self._descriptor = descriptor
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode())

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
