"""The model becomes files: one room per format, each a factory from a site to a renderer.

:func:`renderers` gives those that a site's settings name, and whatever users have joined through the entry-point group
``saite.renderers`` (a callable from :class:`~saite.site.model.Site` to :class:`~saite.site.model.Renderer`).
"""

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from saite.render import citations, datapackage, hosting, linksets, naming, profiles, sums
from saite.render.offers import Distributions
from saite.render.pieces import Offering, Telling, offered
from saite.site.model import Renderer, Site

ENTRY_POINTS = "saite.renderers"
ORDER = ("turtle", "jsonld", "ntriples", "rdfxml", "dumps", "tables", "catalogue", "search", "html")
"""Who tells of distributions comes after those who make them."""


def renderers(site: Site) -> list[Renderer]:
    """The renderers of a site: built-in formats of ``config.formats``, then those of users, by name."""
    made = {name: import_module(f"{__name__}.{name}").renderer(site) for name in ORDER if name in site.config.formats}
    made["sums"] = sums.renderer(site)
    if "tables" in made and "csv" in site.config.tables:
        made["datapackage"] = datapackage.renderer(site)
    if site.config.profiles:
        made["profiles"] = profiles.renderer(site)
    if site.config.citations != "none":
        made["citations"] = citations.renderer(site)
    if site.config.linksets:
        made["linksets"] = linksets.renderer(site)
    made["naming"] = naming.renderer(site)
    if site.config.hosting.rules:
        made["hosting"] = hosting.renderer(site)
    joined = sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name)
    makers = [*made.values(), *(entry.load()(site) for entry in joined)]
    distributions: Distributions = {}
    told = cache(lambda: tuple(offered(makers)))
    for maker in makers:
        if isinstance(maker, Offering):
            maker.distributions = distributions
        if isinstance(maker, Telling):
            maker.offered = told
    return makers
