"""Rules for web hosts that know nothing of Saite: they make a host answer the addresses of a built folder.

``wishes`` says as regular expressions what a client wants most; ``plan`` gathers what is to be answered; each other
module writes the rules of one host. Which are written, ``[hosting]`` in saite.toml says.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module

from saite.artifact import Artifact
from saite.render.hosting import w3id
from saite.render.hosting.plan import Plan, planned
from saite.render.offers import Offered, nothing
from saite.site.model import Resource, Site


def renderer(site: Site) -> "Hosting":
    """The renderer of the rules that the settings ask for.

    Raises:
        ConfigError: rules cannot be made with these settings.
    """
    return Hosting(site)


class Hosting:
    """Writes rules; see :func:`renderer`.

    Attributes:
        offered: tells the dumps and tables of the whole.
    """

    def __init__(self, site: Site) -> None:
        self.offered: Offered = nothing
        self._plan: Plan = planned(site, lambda: self.offered())
        self._hosts = [import_module(f"{__name__}.{name}") for name in site.config.hosting.rules]
        if w3id.NAME in site.config.hosting.rules:
            w3id.check(self._plan)

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """Nothing."""
        return ()

    promises = resource

    def whole(self) -> Iterator[Artifact]:
        """The rules of each host."""
        for host in self._hosts:
            yield from host.artifacts(self._plan)
