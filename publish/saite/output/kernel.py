"""What Python does not offer of the kernel: some Linux calls."""

import ctypes
import errno
import os
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
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
