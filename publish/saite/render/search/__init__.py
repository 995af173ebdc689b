"""Search without a server: an index below ``search/data/`` that browsers read in small pieces.

``records`` says what of a resource is searched and shown, ``words`` what of a word counts, ``index`` makes the files.
The pages, and the programs that read the index, are the theme's (:mod:`saite.render.html.finding`).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from saite.artifact import Artifact
from saite.render.pieces import OfWhole, Part, Placed
from saite.site.model import Site

FOLDER: Final = "search/data/"
"""Where the index lies."""


class SearchRenderer(OfWhole):
    """Makes the index of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def parts(self) -> Sequence[Part]:
        """All files at once: each is a piece of what all resources say."""
        return (Placed(self._files, (FOLDER,)),)

    def _files(self) -> Iterator[Artifact]:
        from saite.render.search.index import files
        from saite.render.search.records import Records

        for file in files(Records(self._site), self._site.config.languages):
            yield Artifact(FOLDER + file.name, "application/json", file.content)


def renderer(site: Site) -> SearchRenderer:
    """The search index of a site."""
    return SearchRenderer(site)
