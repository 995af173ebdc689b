"""``SHA256SUMS``: the digests of all distributions, as ``sha256sum --check`` reads them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from saite.artifact import Artifact
from saite.render.offers import Distributions
from saite.render.pieces import Part, Placed
from saite.site.model import Resource, Site

FILE_NAME: Final = "SHA256SUMS"


class Sums:
    """Writes one file.

    Attributes:
        distributions: what has been made of them.
    """

    def __init__(self) -> None:
        self.distributions: Distributions = {}

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """Nothing."""
        return ()

    promises = resource

    def whole(self) -> Iterator[Artifact]:
        """The list; none if there is nothing to list."""
        if self.distributions:
            yield Artifact(FILE_NAME, "text/plain; charset=utf-8", self._lines().encode())

    def parts(self) -> Sequence[Part]:
        """The same, with its place."""
        return (Placed(self.whole, (FILE_NAME,), measured=True),)

    def _lines(self) -> str:
        return "".join(f"{self.distributions[path].sha256}  {path}\n" for path in sorted(self.distributions))


def renderer(site: Site) -> Sums:
    """The renderer of the digests; it asks nothing of the site."""
    return Sums()
