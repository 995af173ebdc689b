"""Our own site's catalogue and its pages, made once."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from saite import config as settings
from saite.artifact import Artifact
from saite.graph import load, public
from saite.render import renderers
from saite.render.catalogue.model import DOCUMENT
from saite.render.pieces import Parted, Placed
from saite.site import build_site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def files() -> Mapping[str, bytes]:
    """The files of the document ``catalog`` by path, after the distributions of which it tells."""
    config = settings.load(ROOT)
    store, _ = load(ROOT, config)
    made: dict[str, bytes] = {}
    for maker in renderers(build_site(public(store, config), config)):
        for part in maker.parts() if isinstance(maker, Parted) else ():
            if isinstance(part, Placed) and (part.offers or DOCUMENT in (part.places or ())):
                made.update((artifact.path, _content(artifact)) for artifact in part())
    return {path: content for path, content in made.items() if path.startswith(f"{DOCUMENT}.")}


def _content(artifact: Artifact) -> bytes:
    """The bytes of a file; a distribution is measured by this."""
    return b"".join(artifact.chunks())
