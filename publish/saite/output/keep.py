"""Files that somebody put into a built site by hand: nothing of theirs is ever lost."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from saite import manifest
from saite.errors import UsageError


def keep_foreign(out: Path, new: Path, display: str) -> int:
    """Link what an old site holds beyond its own manifest (``.git``, ``CNAME`` ...) into the new one.

    Args:
        out: the old site; may not exist.
        new: the staged site.
        display: how the user knows ``out``.

    Returns:
        How many files are kept.

    Raises:
        UsageError: such a file stands where the new site has one.
    """
    if not (out / manifest.FILE_NAME).is_file():
        return 0
    kept = 0
    try:
        foreign = list(_foreign(out))
    except ValueError as error:
        raise UsageError(
            f"{Path(display) / manifest.FILE_NAME} is damaged: which files are Saite's cannot be told",
            cure="Keep what is yours in that folder, then remove the folder and build again.",
        ) from error
    for path in foreign:
        source, target = out / path, new / path
        try:
            if source.is_dir() and not source.is_symlink():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(source, target)
        except (FileExistsError, NotADirectoryError) as error:
            raise UsageError(
                f"{Path(display) / path} was not made by Saite, but the site has a file of that name now; "
                "nothing was changed",
                cure="Move your file away, or remove it.",
            ) from error
        kept += 1
    return kept


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        shutil.copy2(source, target, follow_symlinks=False)


def _foreign(out: Path) -> Iterator[str]:
    """Relative paths of the folders and files that no manifest entry accounts for; a folder before its content."""
    files = {manifest.FILE_NAME}
    folders = set()
    with (out / manifest.FILE_NAME).open("rb") as lines:
        for path in manifest.paths(lines):
            files.add(path)
            parent = path.rpartition("/")[0]
            while parent and parent not in folders:
                folders.add(parent)
                parent = parent.rpartition("/")[0]
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(out / folder) as found:
            members = sorted(found, key=lambda member: member.name)
        for member in members:
            path = f"{folder}/{member.name}" if folder else member.name
            if member.is_dir(follow_symlinks=False):
                waiting.append(path)
                if path not in folders:
                    yield path
            elif path not in files:
                yield path
