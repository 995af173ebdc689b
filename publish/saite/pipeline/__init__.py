"""The sentence that everything else is a word of: sources -> store -> check -> site model -> renderers -> folder.

:func:`build` says it; :func:`judge` says its first half, :func:`publish` its last. ``options`` has what differs from
saite.toml, ``inputs`` what a site is made from.
"""

from saite.pipeline.building import Built, Publisher, build
from saite.pipeline.inputs import digests, fingerprint, folder_of, is_input, settings_of
from saite.pipeline.judging import (
    CheckNotMade,
    Judged,
    NotPublished,
    declared,
    fit_to_publish,
    judge,
    publishable,
    told,
)
from saite.pipeline.options import SILENCE, Options, Progress, Silence
from saite.pipeline.publishing import artifacts, processes, publish, seldom_collecting

__all__ = [
    "SILENCE",
    "Built",
    "CheckNotMade",
    "Judged",
    "NotPublished",
    "Options",
    "Progress",
    "Publisher",
    "Silence",
    "artifacts",
    "build",
    "declared",
    "digests",
    "fingerprint",
    "fit_to_publish",
    "folder_of",
    "is_input",
    "judge",
    "processes",
    "publish",
    "publishable",
    "seldom_collecting",
    "settings_of",
    "told",
]
