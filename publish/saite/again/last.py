"""The last build of a site, and what it takes to be up to date: nothing, or a few files, or another build.

What the last build was made from is kept as digests in ``.saite/last-build.json`` beside the site, with what it said of
itself. They take everything: the files of the folder, the settings, the options, Saite's own files and the versions of
what is installed beside it. In doubt, a site is built.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import distributions, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from saite import manifest
from saite.archive import ENDING
from saite.errors import SaiteError
from saite.output import entries
from saite.pipeline.inputs import digests, folder_of, settings_of
from saite.pipeline.options import SILENCE, Options, Progress
from saite.processes import beside
from saite.render import ENTRY_POINTS

if TYPE_CHECKING:
    from saite.again.mending import Mended
    from saite.pipeline import Built

_KEPT: Final = Path(".saite", "last-build.json")
_PACKAGE: Final = Path(__file__).parent.parent
_MANY: Final = 10_000
"""Files of a site that are worth a process that looks at them."""


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
        self._target = target
        self._options = options
        self._out = folder_of(target, out, config)
        certain = not (options.endpoint or options.links or options.shard or entry_points(group=ENTRY_POINTS))
        keeps = certain and target.is_dir() and (target / "saite.toml").is_file()
        self._file = config.root / _KEPT if keeps else None
        self._inputs = dict(digests(target)) if keeps else {}
        self._circumstances = _circumstances(self._out, options, told) if keeps else ""

    def result(self) -> Mapping[str, Any] | None:
        """What the last build told of itself; None if it has to be made anew."""
        if self._file is None:
            return None
        try:
            said = orjson.loads(self._file.read_bytes())
            known = said["circumstances"] == self._circumstances and said["inputs"] == self._inputs
            if not known or said["shape"] != shape(self._out) or not _is_whole(self._out):
                return None
            result: dict[str, Any] = said["result"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return result

    def mend(self, progress: Progress = SILENCE) -> "Mended | None":
        """Bring the site up to date by making a few files anew; None if it has to be built, and nothing was changed.

        Raises:
            Exception: see :func:`saite.pipeline.build`.
        """
        from saite.again.affected import Unclear
        from saite.again.mending import mend
        from saite.again.record import NoRecord, Record

        if self._file is None or self._out.suffix == ENDING:
            return None
        record = Record(self._target)
        try:
            state = record.read()
            known = state.circumstances == self._circumstances and state.inputs.keys() == self._inputs.keys()
            if not known or state.shape != shape(self._out):
                return None
            changed = {path: digest for path, digest in self._inputs.items() if state.inputs[path] != digest}
            with beside(lambda: _is_whole(self._out), worth=state.result["files"] > _MANY) as whole:

                def may() -> bool:
                    return whole() and state.shape == shape(self._out)

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
            if dict(digests(self._target)) != self._inputs:
                raise ValueError("a file was changed meanwhile")
            own = shape(self._out)
            if isinstance(made, Mended):
                state = replace(made.state, inputs=self._inputs, shape=own, result=result)
                record.update(state)
            elif worth_keeping(made):
                state = first_state(self._target, made, self._circumstances, self._inputs, own, result)
                record.write(state, made.site, made.judged.store)
            else:
                record.remove()
        except (OSError, ValueError, SaiteError):
            record.remove()

    def _tell(self, result: Mapping[str, Any]) -> None:
        assert self._file is not None
        said = {
            "circumstances": self._circumstances,
            "inputs": self._inputs,
            "shape": shape(self._out),
            "result": result,
        }
        beside = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(exist_ok=True)
            beside.write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2))
            beside.replace(self._file)
        except OSError:
            beside.unlink(missing_ok=True)


def _circumstances(out: Path, options: Options, told: str) -> str:
    """A digest of what a build depends on beside the files of its site."""
    installed = sorted(f"{one.name} {one.version}" for one in distributions())
    own = sorted(
        (path.relative_to(_PACKAGE).as_posix(), path.stat().st_size, path.stat().st_mtime_ns)
        for path in _PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
    made_by = replace(options, jobs=None, durable=True)  # what they say is not to be seen in the result
    return sha256(repr((installed, own, made_by, str(out.resolve()), told)).encode()).hexdigest()


def shape(out: Path) -> list[int]:
    """What tells a manifest, or an archive, from another of the same name.

    Raises:
        OSError: there is none.
    """
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
