"""Joining the parts of a site that were made apart (``saite build --shard``), to the byte as one build makes it."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from saite.errors import DataError, UsageError
from saite.graph import public
from saite.output import Written, claim, entries, is_ours, opened
from saite.part import FILE_NAME, Part
from saite.pipeline import (
    SILENCE,
    NotPublished,
    Options,
    Progress,
    fingerprint,
    folder_of,
    judge,
    publishable,
    settings_of,
)
from saite.render import renderers
from saite.render.pieces import measured_parts, noted
from saite.site import build_site

_PARTS = "Parts are made so: saite build SITE --shard 1/4 -o part-1.zip"
_CURE = "Make all parts anew, from the same files and with the same options: saite build SITE --shard 1/N -o part-1.zip"


def merge(
    target: Path,
    parts: Sequence[Path],
    out: Path | None,
    options: Options,
    progress: Progress = SILENCE,
) -> Written:
    """Join the parts of a site, and make what tells of them all: digests, the downloads page, the catalogue.

    Args:
        target: the site that the parts were built from.
        parts: archives, one for each shard, in any order.
        out: where the whole goes; None: what saite.toml says.
        options: those of the parts.
        progress: who is told.

    Raises:
        UsageError: something is no part, or one is missing or there twice.
        NotPublished: the findings reach the limit.
        DataError: they are parts of different builds; or as a build raises it.
    """
    found = _read(parts)
    config = settings_of(target, options)
    with claim(folder_of(target, out, config)) as folder:
        judged = judge(target, options, progress)
        if judged.failed and not options.force:
            raise NotPublished(judged)
        progress.stage("Modelling")
        findings = publishable(judged, judged.store, options, progress)
        site = build_site(public(judged.store, judged.config), judged.config, findings)
        _agree(found, fingerprint(target, site, options))
        makers = renderers(site)
        noted(makers).update((one.path, one) for _, part in found for one in part.distributions)

        paths = progress.track([path for path, _ in found], len(found), "Joining")
        return folder.write(measured_parts(makers), parts=paths, gzip=options.gzip, durable=options.durable)


def _read(parts: Sequence[Path]) -> list[tuple[Path, Part]]:
    """The parts with what they say, in their order.

    Raises:
        UsageError: they are not all that there are to be.
    """
    found = sorted(((path, _said(path)) for path in parts), key=lambda pair: pair[1].shard)
    for (one, first), (other, second) in pairwise(found):
        if first.shard == second.shard:
            raise UsageError(f"{one} and {other} are both part {first.shard}", cure="Name each part once.")
    of = {part.shard.of for _, part in found}
    if len(of) > 1:
        raise UsageError(f"these are parts of sites in {' and '.join(map(str, sorted(of)))} parts", cure=_CURE)
    missing = sorted(set(range(1, max(of, default=1) + 1)) - {part.shard.number for _, part in found})
    if missing:
        names = ", ".join(f"{number}/{max(of, default=1)}" for number in missing)
        raise UsageError(f"there is no part {names}", cure="Make it with saite build SITE --shard, and name it too.")
    return found


def _said(path: Path) -> Part:
    try:
        if not path.is_file() or not is_ours(path):
            raise ValueError("it is no archive that Saite made")
        entry = next((entry for entry in entries(path) if entry.path == FILE_NAME), None)
        if entry is None:
            raise ValueError("it is a whole site")
        with opened(path, entry) as file:
            return Part.from_json(file.read())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no part of a site: {error}", cure=_PARTS) from error


def _agree(found: Sequence[tuple[Path, Part]], build: str) -> None:
    for path, part in found:
        if part.build != build:
            raise DataError(f"{path} was built from other files, or with other options, than are here now", cure=_CURE)
