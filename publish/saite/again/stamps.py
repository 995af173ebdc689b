"""What tells a file from what it was, without reading it."""

from pathlib import Path


def stamp(path: Path) -> list[int]:
    """Size, times (ns) and inode: whoever writes into a file, or puts another in its place, changes one of them.

    Raises:
        OSError: there is no such file.
    """
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
