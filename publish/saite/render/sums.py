"""Digests: ``SHA256SUMS`` of all distributions, for ``sha256sum --check``, and the hash of the dataset itself."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from saite.artifact import Artifact
from saite.graph import rdfc
from saite.render.dumps import dump_name
from saite.render.dumps.canonical import canonical_hash
from saite.render.dumps.writing import Writing
from saite.render.offers import Distributions
from saite.render.pieces import OfWhole, Part, Placed
from saite.site.model import Site

FILE_NAME: Final = "SHA256SUMS"

_TEXT: Final = "text/plain; charset=utf-8"


def hash_path(site: Site) -> str:
    """Where the hash of the dataset lies."""
    return f"dump/{dump_name(site)}.rdfc10.txt"


class Sums(OfWhole):
    """Writes two files, where there are dumps.

    Attributes:
        distributions: what has been made of them.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.distributions: Distributions = {}

    def parts(self) -> Sequence[Part]:
        """The same, with their places."""
        path = hash_path(self._site)
        hashed = Placed(partial(self._hash, path), (path.removesuffix(".rdfc10.txt"),), measured=True)
        return (Placed(self._sums, (FILE_NAME,), measured=True), *([hashed] if self._dumped else []))

    @property
    def _dumped(self) -> bool:
        return "dumps" in self._site.config.formats

    def _sums(self) -> Iterator[Artifact]:
        lines = "".join(f"{self.distributions[path].sha256}  {path}\n" for path in sorted(self.distributions))
        if lines:
            yield Artifact(FILE_NAME, _TEXT, lines.encode())

    def _hash(self, path: str) -> Iterator[Artifact]:
        yield Artifact(path, _TEXT, self._told)

    def _told(self) -> Iterator[bytes]:
        """The hash, and what it is."""
        name = f"{dump_name(self._site)}.nq"
        method = f"RDFC-1.0 ({rdfc.SPECIFICATION})"
        try:
            yield (
                f"{self._canonical(f'dump/{name}')}\n\n"
                f"SHA-256 of the canonical N-Quads of the dataset in {name}, by {method}.\n"
                "It is the same for every dataset that says the same, however it is written.\n"
            ).encode()
        except rdfc.TooMuchWork:
            yield (
                f"The dataset has no hash by {method}: its blank nodes are too many, or so alike that naming them "
                "would take too long.\n"
            ).encode()

    def _canonical(self, path: str) -> str:
        """The hash; that of the N-Quads as they are, if they have been made and have no blank nodes."""
        writing = Writing(self._site)
        made = self.distributions.get(path)
        return made.sha256 if made is not None and not writing.inventory.blank else canonical_hash(writing)


def renderer(site: Site) -> Sums:
    """The renderer of the digests."""
    return Sums(site)
