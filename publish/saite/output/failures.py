"""What the file system refuses, in words that help."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from saite.errors import EnvironmentFault

_REASONS = {
    errno.ENOSPC: ("no space is left on its disk", "Free some space, or build into a folder on another disk with -o."),
    errno.EDQUOT: ("your disk quota is used up", "Free some space, or build into a folder on another disk with -o."),
    errno.EACCES: ("permission denied", "Give yourself the right to write there, or name another folder with -o."),
    errno.EPERM: ("the operation is not permitted", "Name a folder with -o where you may write."),
    errno.EROFS: ("its file system is read-only", "Name a folder on another file system with -o."),
    errno.EMFILE: ("too many files are open", "Raise the limit (ulimit -n), and try again."),
    errno.ENAMETOOLONG: ("a path would be too long", "Build into a folder with a shorter path with -o."),
}


def fault(error: OSError, display: str) -> EnvironmentFault:
    """What to tell of an error about the output folder."""
    other = (error.strerror or str(error), "See that the folder can be written, or name another with -o.")
    reason, cure = _REASONS.get(error.errno or 0, other)
    return EnvironmentFault(f"cannot write to {display}: {reason}", cure=cure)


@contextmanager
def told(display: str) -> Iterator[None]:
    """Turn an ``OSError`` about the output folder into an :class:`~saite.errors.EnvironmentFault`."""
    try:
        yield
    except OSError as error:
        raise fault(error, display) from error
