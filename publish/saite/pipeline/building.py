"""The sentence that everything else is a word of: sources -> store -> check -> site model -> renderers -> folder.

Findings at or above the limit stop a build before anything is written.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from saite.archive import ENDING
from saite.artifact import Artifact
from saite.errors import UsageError
from saite.graph import public
from saite.output import Place, Written, claim
from saite.part import Part
from saite.pipeline.inputs import fingerprint, folder_of, settings_of
from saite.pipeline.judging import Judged, fit_to_publish, publishable
from saite.pipeline.options import SILENCE, USUAL, Options, Progress
from saite.pipeline.publishing import publish, seldom_collecting
from saite.render import renderers
from saite.render.offers import Distributions
from saite.render.pieces import noted
from saite.site import BuiltSite, build_site
from saite.site.model import Site


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    judged: Judged
    site: BuiltSite
    written: Written

    @property
    def resources(self) -> int:
        """How many resources have a page."""
        return len(self.site)


class Publisher(Protocol):
    """What makes every file of a site and puts it into its folder: :func:`publish`, or a cluster."""

    def __call__(self, site: BuiltSite, folder: Place, options: Options, progress: Progress, /) -> Written:
        """See :func:`publish`."""
        ...


def build(
    target: Path,
    out: Path | None = None,
    options: Options = USUAL,
    progress: Progress = SILENCE,
    by: Publisher | None = None,
) -> Built:
    """Publish a site folder, a folder of RDF or a single file.

    Args:
        target: what to publish.
        out: the folder to write; None: what saite.toml says, below the site folder.
        options: what differs from saite.toml.
        progress: who is told.
        by: who publishes; None: this machine.

    Raises:
        DataError: a source does not parse; two files would be one; ...
        NotPublished: the findings reach the limit, and nothing was written.
        UsageError, EnvironmentFault: see :mod:`saite.output`.
    """
    config = settings_of(target, options)
    if options.shard is not None and (out is None or out.suffix != ENDING):
        raise UsageError(
            f"part {options.shard} of a site goes into an archive",
            cure=f"Name one: -o part-{options.shard.number}{ENDING}",
        )
    with seldom_collecting(), claim(folder_of(target, out, config)) as folder:
        judged = fit_to_publish(target, options, progress)
        progress.stage("Modelling")
        store = public(judged.store, judged.config)
        site = build_site(store, judged.config, publishable(judged, store, options, progress))
        if by is not None:
            written = by(site, folder, options, progress)
        else:
            makers = renderers(site)
            last = _last(target, site, options, noted(makers)) if options.shard else None
            written = publish(site, folder, options, progress, makers, last)
    return Built(judged, site, written)


def _last(target: Path, site: Site, options: Options, made: Distributions) -> Callable[[], Iterator[Artifact]]:
    """What makes the file of a part that tells which it is."""
    digest = fingerprint(target, site, options)
    assert options.shard is not None
    shard = options.shard

    def last() -> Iterator[Artifact]:
        yield Part(shard, digest, tuple(made[path] for path in sorted(made))).artifact()

    return last
