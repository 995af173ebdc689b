"""What a site is made from: its settings, its files, and digests of them; and where it goes."""

import os
from collections.abc import Iterator
from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from saite import __version__, manifest
from saite import config as settings
from saite.archive import ENDING
from saite.config import Config
from saite.errors import UsageError
from saite.output import is_ours
from saite.pipeline.options import USUAL, Options

if TYPE_CHECKING:
    from saite.site.model import Site


def settings_of(target: Path, options: Options = USUAL) -> Config:
    """The settings of a site folder; the defaults for a folder without saite.toml and for a file.

    Raises:
        UsageError: there is nothing there, or it is a built site.
        ConfigError: saite.toml is wrong.
    """
    if not target.exists():
        raise UsageError(
            f"there is no file or folder {target}", cure="Check the spelling; to start a new site: saite new DIR"
        )
    if is_ours(target):
        raise UsageError(
            f"{target} is a site that Saite built, not its sources", cure="Name the folder that it was built from."
        )
    config = settings.load(target) if target.is_dir() else Config(root=target.parent)
    return replace(config, base=options.base) if options.base else config


def folder_of(target: Path, out: Path | None, config: Config) -> Path:
    """Where the site goes.

    Raises:
        UsageError: it was not said, and for a single file nothing else says it.
    """
    if out is not None:
        return out
    if target.is_dir():
        return config.root / config.output
    raise UsageError("where shall the site go?", cure=f"Name a folder: saite build {target} -o site")


def is_input(target: Path, path: Path) -> bool:
    """Whether a file can matter to a build of the target: not if it is hidden, or in a folder that Saite built."""
    if not target.is_dir():
        return path.resolve() == target.resolve()
    root = target.resolve()
    below = path.resolve()
    if not below.is_relative_to(root) or any(part.startswith(".") for part in below.relative_to(root).parts):
        return False
    folders = (parent for parent in below.parents if parent != root and parent.is_relative_to(root))
    return not any((folder / manifest.FILE_NAME).exists() for folder in folders)


def fingerprint(target: Path, site: "Site", options: Options) -> str:
    """A digest of all that a site is made from; two parts belong together if theirs are the same.

    Those are the settings, what was found, the files of the folder, and the quads that come from an endpoint.
    """
    config = replace(site.config, root=Path())
    digest = sha256(f"{__version__}\n{config!r}\n{site.findings!r}\n{options.gzip}\n".encode())
    known = 0
    for quad in site.quads() if options.endpoint else ():  # in any order
        known ^= int.from_bytes(sha256(str(quad).encode()).digest(), "big")
    digest.update(known.to_bytes(32, "big"))
    for path, content in digests(target):
        digest.update(f"{path}\n{content}\n".encode())
    return digest.hexdigest()


def digests(target: Path) -> Iterator[tuple[str, str]]:
    """The files that can matter to a build, by name, each with the digest of its content; archives cannot."""
    return ((path, digest_of(target / path)) for path in names(target))


def digest_of(path: Path) -> str:
    """The digest of a file's content."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def names(target: Path) -> list[str]:
    """The files that can matter to a build, relative to its target, sorted."""
    paths = sorted(_inputs(target)) if target.is_dir() else [target]
    return [path.relative_to(target).as_posix() for path in paths]


def _inputs(target: Path) -> Iterator[Path]:
    """The files below a folder for which :func:`is_input` holds; it does not look into what was built."""
    known = {target.resolve()}
    for folder, below, names in os.walk(target, followlinks=True):
        here = Path(folder)
        wanted = [here / name for name in below if not name.startswith(".")]
        new = [path for path in wanted if not (path / manifest.FILE_NAME).exists() and path.resolve() not in known]
        known.update(path.resolve() for path in new)  # links may lead in a circle
        below[:] = [path.name for path in new]
        seen = (here / name for name in names if not name.startswith(".") and not name.endswith(ENDING))
        yield from (path for path in seen if path.is_file())
