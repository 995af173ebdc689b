"""The sentence that everything else is a word of: sources -> store -> check -> site model -> renderers -> folder.

:func:`build` says it; :func:`judge` says its first half, :func:`publish` its last. ``options`` has what differs from
saite.toml, ``inputs`` what a site is made from. Each is loaded when it is first asked for: to see that nothing has
changed, neither the checks nor the renderers are needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_MODULES = {
    "building": ("Built", "Publisher", "build"),
    "inputs": ("digests", "fingerprint", "folder_of", "is_input", "settings_of"),
    "judging": (
        "CheckNotMade",
        "Judged",
        "NotPublished",
        "declared",
        "fit_to_publish",
        "judge",
        "publishable",
        "told",
    ),
    "options": ("SILENCE", "Options", "Progress", "Silence"),
    "publishing": ("artifacts", "processes", "publish", "seldom_collecting"),
}


def __getattr__(name: str) -> Any:
    """A name of one of the modules (PEP 562)."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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
