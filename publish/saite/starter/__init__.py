"""What ``saite new`` writes: the files below ``site/`` are copied as they are."""

import errno
from pathlib import Path

from saite.errors import EnvironmentFault, UsageError

_FILES = Path(__file__).with_name("site")
_RENAMED = {"gitignore": ".gitignore"}  # a packager would take a real one for its own


def write(folder: Path) -> list[str]:
    """Copy the starter site; returns what was written, relative to the folder.

    Raises:
        UsageError: the folder holds something, or is a file; nothing was changed.
        EnvironmentFault: the file system refuses.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} exists and is not an empty folder; nothing was changed",
            cure="Name another folder for the new site.",
        )
    written = []
    try:
        for source in sorted(path for path in _FILES.rglob("*") if path.is_file()):
            name = str(source.relative_to(_FILES).with_name(_RENAMED.get(source.name, source.name)))
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
            written.append(name)
    except OSError as error:
        reason = "no space is left" if error.errno == errno.ENOSPC else error.strerror
        raise EnvironmentFault(
            f"cannot write to {folder}: {reason}", cure="Name a folder where you may write."
        ) from error
    return sorted(written)
