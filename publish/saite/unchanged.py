"""Whether a build would make what is there already: nothing that it is made from has changed, and nobody touched it.

What the last build was made from is kept as a digest in ``.saite/last-build.json`` beside the site, with what it said
of itself. The digest takes everything: the files of the folder, the settings, the options, Saite's own files and the
versions of what is installed beside it. In doubt, a site is built.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import distributions, entry_points
from pathlib import Path
from typing import Any, Final

import orjson

from saite import manifest
from saite.archive import ENDING
from saite.output import entries
from saite.pipeline import Options, digests, folder_of, settings_of
from saite.render import ENTRY_POINTS

_KEPT: Final = Path(".saite", "last-build.json")
_PACKAGE: Final = Path(__file__).parent


class LastBuild:
    """The last build of a site into a place, if the next would be the same.

    Args:
        target: what is published.
        out: where to; None: what saite.toml says.
        options: how.
        told: what else its result depends on, as the language of messages.

    Raises:
        UsageError, ConfigError: see :func:`saite.pipeline.settings_of`.
    """

    def __init__(self, target: Path, out: Path | None, options: Options, told: str = "") -> None:
        config = settings_of(target, options)
        self._out = folder_of(target, out, config)
        certain = not (options.endpoint or options.links or options.shard or entry_points(group=ENTRY_POINTS))
        keeps = certain and target.is_dir() and (target / "saite.toml").is_file()
        self._file = config.root / _KEPT if keeps else None
        self._digest = _digest(target, self._out, options, told) if keeps else ""

    def result(self) -> Mapping[str, Any] | None:
        """What the last build told of itself; None if it has to be made anew."""
        if self._file is None:
            return None
        try:
            said = orjson.loads(self._file.read_bytes())
            if said["digest"] != self._digest or said["shape"] != _shape(self._out) or not _is_whole(self._out):
                return None
            result: dict[str, Any] = said["result"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return result

    def keep(self, result: Mapping[str, Any]) -> None:
        """Remember a build that was just made; where nothing can be kept, nothing is."""
        if self._file is None:
            return
        said = {"digest": self._digest, "shape": _shape(self._out), "result": result}
        beside = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(exist_ok=True)
            beside.write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2))
            beside.replace(self._file)
        except OSError:
            beside.unlink(missing_ok=True)


def _digest(target: Path, out: Path, options: Options, told: str) -> str:
    installed = sorted(f"{one.name} {one.version}" for one in distributions())
    own = sorted(
        (path.relative_to(_PACKAGE).as_posix(), path.stat().st_size, path.stat().st_mtime_ns)
        for path in _PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
    made_by = replace(options, jobs=None, durable=True)  # what they say is not to be seen in the result
    digest = sha256(repr((installed, own, made_by, str(out.resolve()), told)).encode())
    for line in digests(target):
        digest.update(line)
    return digest.hexdigest()


def _shape(out: Path) -> list[int]:
    """What tells a manifest, or an archive, from another of the same name."""
    found = (out if out.suffix == ENDING else out / manifest.FILE_NAME).stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def _is_whole(out: Path) -> bool:
    """Whether each file of a built site is there, of its length, and as old as its manifest."""
    if out.suffix == ENDING:
        return True
    built = (out / manifest.FILE_NAME).stat().st_mtime_ns
    root = f"{out}{os.sep}"
    try:
        for entry in entries(out):
            found = os.stat(root + entry.path)  # noqa: PTH116 (hundreds of thousands)
            if found.st_size != entry.size or found.st_mtime_ns > built:
                return False
            if entry.gzip and os.stat(f"{root}{entry.path}.gz").st_mtime_ns > built:  # noqa: PTH116
                return False
    except (OSError, ValueError):
        return False
    return True
