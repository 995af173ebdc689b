"""The model becomes files: one room per format, each a factory from a site to a renderer.

:func:`renderers` gives those that a site's settings name, and whatever users have joined through the entry-point group
``saite.renderers`` (a callable from :class:`~saite.site.model.Site` to :class:`~saite.site.model.Renderer`).
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from saite.artifact import ENTRY_POINTS
from saite.config import Config
from saite.render.offers import Distributions
from saite.render.pieces import Offering, Telling, offered
from saite.site.model import Renderer, Site

ORDER = ("turtle", "jsonld", "ntriples", "rdfxml", "dumps", "tables", "catalogue", "search", "html")
"""Who tells of distributions comes after those who make them."""


def renderers(site: Site) -> list[Renderer]:
    """The renderers of a site: built-in formats of ``config.formats``, then those of users, by name."""
    joined = sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name)
    makers: list[Renderer] = [import_module(f"{__name__}.{name}").renderer(site) for name in _rooms(site.config)]
    makers += [entry.load()(site) for entry in joined]
    distributions: Distributions = {}
    told = cache(lambda: tuple(offered(makers)))
    for maker in makers:
        if isinstance(maker, Offering):
            maker.distributions = distributions
        if isinstance(maker, Telling):
            maker.offered = told
    return makers


def _rooms(config: Config) -> Iterator[str]:
    """The rooms whose renderers the settings ask for, in their order."""
    yield from (name for name in ORDER if name in config.formats)
    wanted = {
        "sums": True,
        "datapackage": "tables" in config.formats and "csv" in config.tables,
        "profiles": config.profiles,
        "citations": config.citations != "none",
        "linksets": config.linksets,
        "naming": True,
        "hosting": config.hosting.rules,
    }
    yield from (name for name, asked in wanted.items() if asked)
