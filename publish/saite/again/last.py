"""The last build of a site, and what it takes to be up to date: nothing, or a few files, or another build.

What the last build was made from is kept as digests in ``.saite/last-build.json`` beside the site, with what it said of
itself. They take everything: the files of the folder, the settings, the options, Saite's own files and the versions of
what is installed beside it. In doubt, a site is built.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property, partial
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, Any, Final, Self

import orjson

from saite import manifest
from saite.again.stamps import stamp
from saite.archive import ENDING
from saite.artifact import ENTRY_POINTS
from saite.errors import SaiteError
from saite.output import entries
from saite.pipeline.inputs import digest_of, folder_of, names, settings_of
from saite.pipeline.options import SILENCE, Options, Progress
from saite.processes import beside

if TYPE_CHECKING:
    from saite.again.mending import Mended
    from saite.pipeline import Built

_KEPT: Final = Path(".saite", "last-build.json")
_KEYS: Final = {"circumstances", "inputs", "stamps", "shape", "result"}
_PACKAGE: Final = Path(__file__).parent.parent

_MANY: Final = 10_000
"""Files of a site that are worth a process that looks at them."""

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW

_SURE: Final = 2_000_000_000
"""Nanoseconds after which a file that is written into has another time than before, on any file system."""


class LastBuild:
    """The last build of a site into a place, if the next would be the same; a context, in which that is looked at.

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
        self._target = target
        self._options = options
        self._told = told
        self._out = folder_of(target, out, config)
        certain = not (options.endpoint or options.links or options.shard or entry_points(group=ENTRY_POINTS))
        keeps = certain and target.is_dir() and (target / "saite.toml").is_file()
        self._file = config.root / _KEPT if keeps else None
        self._said = _read(self._file) if self._file is not None else {}
        self._is_whole: Callable[[], bool] = partial(_is_whole, self._out)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Have another process see whether the output is whole, if it is large."""
        many = self._said and self._said["result"].get("files", 0) > _MANY
        self._is_whole = self._open.enter_context(beside(self._is_whole, worth=bool(many)))
        return self

    def __exit__(self, *failed: object) -> None:
        self._open.close()

    @cached_property
    def _stamps(self) -> Mapping[str, list[int]]:
        return _stamps(self._target)

    @cached_property
    def _inputs(self) -> Mapping[str, str]:
        """The files of the site with their digests; those that nobody has touched since are not read again."""
        known, stamps = self._said.get("inputs", {}), self._said.get("stamps", {})
        return {
            path: known[path] if path in known and stamps.get(path) == one else digest_of(self._target / path)
            for path, one in self._stamps.items()
        }

    @cached_property
    def _circumstances(self) -> str:
        """A digest of what a build depends on beside the files of its site."""
        own = sorted(
            (path.relative_to(_PACKAGE).as_posix(), path.stat().st_size, path.stat().st_mtime_ns)
            for path in _PACKAGE.rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        )
        made_by = replace(self._options, jobs=None, durable=True)  # what they say is not to be seen in the result
        all_of_it = (sys.version, _installed(), own, made_by, str(self._out.resolve()), self._told)
        return sha256(repr(all_of_it).encode()).hexdigest()

    def result(self) -> Mapping[str, Any] | None:
        """What the last build told of itself; None if it has to be made anew."""
        said = self._said
        if not said:
            return None
        known = said["circumstances"] == self._circumstances and said["inputs"] == self._inputs
        if not known or said["shape"] != _shape(self._out) or not self._is_whole():
            return None
        result: dict[str, Any] = said["result"]
        return result

    def mend(self, progress: Progress = SILENCE) -> "Mended | None":
        """Bring the site up to date by making a few files anew; None if it has to be built, and nothing was changed.

        Raises:
            Exception: see :func:`saite.pipeline.build`.
        """
        if self._file is None or self._out.suffix == ENDING:
            return None
        from saite.again.record import NoRecord, Record, Unclear

        record = Record(self._target)
        try:
            state = record.read()
            known = state.circumstances == self._circumstances and state.inputs.keys() == self._inputs.keys()
            if not known or state.shape != _shape(self._out):
                return None
            from saite.again.mending import mend

            changed = {path: digest for path, digest in self._inputs.items() if state.inputs[path] != digest}

            def may() -> bool:
                return self._is_whole() and state.shape == _shape(self._out)

            return mend(self._target, self._out, self._options, progress, record, state, changed, may)
        except (NoRecord, Unclear):
            return None

    def keep(self, result: Mapping[str, Any], made: "Built | Mended | None" = None) -> None:
        """Remember a build that was just made; where nothing can be kept, nothing is.

        Args:
            result: what it tells of itself.
            made: what was made, if a later edit is to be told from it; of small sites, nothing more is kept.
        """
        if self._file is None:
            return
        self._tell(result)
        if made is None or self._out.suffix == ENDING:
            return
        from saite.again.mending import Mended, first_state, worth_keeping
        from saite.again.record import Record

        record = Record(self._target)
        try:
            if _stamps(self._target) != self._stamps:
                raise ValueError("a file was changed meanwhile")
            shape = _shape(self._out)
            if isinstance(made, Mended):
                record.update(replace(made.state, inputs=self._inputs, shape=shape, result=result))
            elif worth_keeping(made):
                state = first_state(self._target, made, self._circumstances, self._inputs, shape, result)
                record.write(state, made.site, made.judged.store)
            else:
                record.remove()
        except (OSError, ValueError, SaiteError):
            record.remove()

    def _tell(self, result: Mapping[str, Any]) -> None:
        assert self._file is not None
        before = time.time_ns() - _SURE
        said = {
            "circumstances": self._circumstances,
            "inputs": self._inputs,
            "stamps": {path: one for path, one in self._stamps.items() if max(one[1:3]) < before},
            "shape": _shape(self._out),
            "result": result,
        }
        beside = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(exist_ok=True)
            beside.write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2))
            beside.replace(self._file)
        except OSError:
            beside.unlink(missing_ok=True)


def _read(file: Path) -> dict[str, Any]:
    """What was kept; nothing if that is none of ours."""
    try:
        said = orjson.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) and said.keys() == _KEYS else {}


def _stamps(target: Path) -> dict[str, list[int]]:
    """The stamps of the files of a site, by path."""
    return {path: stamp(target / path) for path in names(target)}


def _installed() -> list[str]:
    """The packages beside Saite, with their versions."""
    folders = (folder or "." for folder in {*sys.path})
    return sorted(
        name
        for folder in folders
        if os.path.isdir(folder)  # noqa: PTH112 (a string, as those of sys.path are)
        for name in os.listdir(folder)  # noqa: PTH208 (as above)
        if name.endswith((".dist-info", ".egg-info", ".egg-link"))
    )


def _shape(out: Path) -> list[int]:
    """The stamp of a manifest, or of an archive; nothing if there is none."""
    try:
        return stamp(out if out.suffix == ENDING else out / manifest.FILE_NAME)
    except OSError:
        return []


def _is_whole(out: Path) -> bool:
    """Whether nobody has touched a site since it was built.

    Where nothing in it is newer than its manifest, neither a file nor a folder, nothing was written, added or removed.
    Else what stands in the manifest is looked at: there may be files that somebody keeps there.
    """
    if out.suffix == ENDING:
        return True
    try:
        built = (out / manifest.FILE_NAME).stat().st_mtime_ns
        return not _has_newer(out, built) or _has_all(out, built)
    except (OSError, ValueError):
        return False


def _has_newer(out: Path, than: int) -> bool:
    folder = os.open(out.resolve(), _FOLDER)
    try:
        return out.stat().st_mtime_ns > than or _holds_newer(folder, than)
    finally:
        os.close(folder)


def _holds_newer(folder: int, than: int) -> bool:
    """Whether anything below an open folder is newer; by descriptors, so that the kernel resolves one name for each."""
    below = []
    with os.scandir(folder) as members:
        for member in members:
            found = member.stat(follow_symlinks=False)
            if found.st_mtime_ns > than:
                return True
            if S_ISDIR(found.st_mode):
                below.append(member.name)
    for name in below:
        inner = os.open(name, _FOLDER, dir_fd=folder)
        try:
            if _holds_newer(inner, than):
                return True
        finally:
            os.close(inner)
    return False


def _has_all(out: Path, built: int) -> bool:
    """Whether each file is there, of its length, and as old as its manifest."""
    root = f"{out}{os.sep}"
    for entry in entries(out):
        found = os.stat(root + entry.path)  # noqa: PTH116 (hundreds of thousands)
        if found.st_size != entry.size or found.st_mtime_ns > built:
            return False
        if entry.gzip and os.stat(f"{root}{entry.path}.gz").st_mtime_ns > built:  # noqa: PTH116
            return False
    return True
