"""HTML: every page in every language of the site, complete without scripts.

Begin at :class:`HtmlRenderer`. An :class:`~saite.render.html.edition.Edition` is the site in one language: it has the
texts, the templates and the tables of ready-made links. ``entity`` makes the page of a resource, ``whole`` those of
the site as a whole; ``values`` turns values, and who says so, into markup. Templates lie in ``templates/``, what
browsers load beside the pages in ``assets/``. Links are relative, so that a folder of pages works anywhere.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from saite.artifact import Artifact
from saite.render.html.forms import further, offered, published

if TYPE_CHECKING:
    from saite.render.offers import Distributions, Offered
    from saite.render.pieces import Part
    from saite.site.model import Resource, Site


class HtmlRenderer:
    """Makes the HTML of a site.

    Attributes:
        distributions: the dumps and tables that have been made, by path, of which the downloads page tells.
        offered: tells which there will be.
    """

    def __init__(self, site: "Site") -> None:
        from saite.render.citing import Citing
        from saite.render.html.entity import EntityPages
        from saite.render.html.free import read_pages
        from saite.render.html.signposts import Signposts
        from saite.render.html.site_map import make_editions
        from saite.render.html.sitemap import Sitemap
        from saite.render.html.things import Things
        from saite.render.html.whole import WholePages
        from saite.render.offers import nothing

        self._site = site
        self.distributions: Distributions = {}
        self.offered: Offered = nothing
        self._forms = (*published(site.config), *further(site.config))
        free = read_pages(site.config)
        editions = make_editions(site, free)
        citing = Citing(site)
        signposts = Signposts(site, citing, lambda: self.offered())
        things = Things(site)
        self._editions = [edition for edition, _ in editions]
        self._sitemap = Sitemap(site, lambda: self._wholes[0].documents())
        self._entities = [EntityPages(edition, extras, signposts, citing, things) for edition, extras in editions]
        self._wholes = [
            WholePages(edition, free, extras, things, lambda: self.distributions) for edition, extras in editions
        ]

    def notes(self) -> object:
        """See :class:`saite.render.pieces.Noting`."""
        return [edition.notes() for edition in self._editions]

    def recall(self, notes: Any) -> None:
        """See :class:`saite.render.pieces.Noting`."""
        for edition, noted in zip(self._editions, notes, strict=True):
            edition.recall(noted)

    def resource(self, resource: "Resource") -> Iterator[Artifact]:
        """A resource's page in every language, with further pages of what links to it."""
        forms = offered(resource, self._forms)
        for pages in self._entities:
            yield from pages.pages(resource, lambda: forms)

    def promises(self, resource: "Resource") -> Iterator[Artifact]:
        """The same, each page to be made when it is asked for."""
        for pages in self._entities:
            yield from pages.promises(resource, partial(offered, resource, self._forms))

    def whole(self) -> Iterator[Artifact]:
        """The pages of the whole site in every language, the queries, and the theme's files."""
        for part in self.parts():
            yield from part()

    def parts(self) -> "list[Part]":
        """The same, to be made side by side."""
        from saite.render.html.asking import wanted
        from saite.render.html.sitemap import ROBOTS, robots
        from saite.render.pieces import Placed, untouched

        parts = (part for pages in self._wholes for part in pages.parts())
        found = Placed(self._sitemap.files, ("sitemap",), self._sitemap.files, after=untouched)
        guide = Placed(partial(robots, self._site.config), (ROBOTS.partition(".")[0],), after=untouched)
        places = ("assets/", "queries/", "query/", "views/")
        files = Placed(self._files, places, after=None if wanted(self._site) else untouched)
        return [*parts, found, guide, files]

    def _files(self) -> Iterator[Artifact]:
        from saite.render.html.asking import terms, wanted
        from saite.render.html.assets import assets
        from saite.render.html.queries import query_files
        from saite.render.html.vendor import ENGINE, OUTLINES, engine, notices
        from saite.render.html.views import view_files

        yield from query_files(self._site.queries)
        yield from view_files(self._site.views)
        yield from assets(self._site.config)
        if wanted(self._site):
            yield from terms(self._site)
            yield from engine()
        maps = any(view.view == "map" for view in self._site.views)
        yield from notices([*(ENGINE if wanted(self._site) else ()), *(OUTLINES if maps else ())])


def renderer(site: "Site") -> HtmlRenderer:
    """The HTML of a site.

    Raises:
        DataError: a free page without a language in its name, or without a title.
        ConfigError: the menu names a page that does not exist.
    """
    return HtmlRenderer(site)


__all__ = ["HtmlRenderer", "renderer"]
