"""The whole dataset in one file: Turtle and JSON-LD of the union graph, N-Quads and TriG with the graphs' names.

Turtle and JSON-LD are for people and programs that want the facts, of which the graphs' names are no part; whoever
loads a database takes the N-Quads. Each is there as it is, and packed (:mod:`saite.render.dumps.packing`).

The N-Quads are sorted by code point, each line in the canonical form of RDF 1.2 N-Quads. Blank nodes keep the labels
that the dataset gives them, so that the file is the same in every run. :mod:`saite.render.sums` tells the digests.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from saite.artifact import JSON_LD, N_QUADS, TRIG, TURTLE, Artifact
from saite.render.dumps.packing import PACKERS, Packed, Source
from saite.render.dumps.reified import CONFORMS, N_TRIPLES_12, reified
from saite.render.dumps.writing import Writing
from saite.render.offers import Distributions, offer
from saite.render.pieces import OfWhole, Part, Placed
from saite.site.model import Site

FORMATS: Final = {"jsonld": JSON_LD, "nq": N_QUADS, "trig": TRIG, "ttl": TURTLE}
"""Media types of the dumps, by file ending."""


def dump_name(site: Site) -> str:
    """The file name of a site's dumps, without ending: the last name in its base IRI, else the host's."""
    parts = urlsplit(site.base)
    names = [name for name in (parts.hostname or "", *parts.path.split("/")) if name]
    return re.sub(r"[^A-Za-z0-9.-]+", "-", "".join(names[-1:])).strip("-.") or "dataset"


def dump_paths(site: Site) -> dict[str, str]:
    """The media types of a site's dumps, without the packed ones, by path."""
    return {f"dump/{dump_name(site)}.{ending}": media_type for ending, media_type in FORMATS.items()}


class Dumps(OfWhole):
    """The dumps of a site.

    Attributes:
        distributions: the dumps that have been written, by path.
    """

    def __init__(self, site: Site) -> None:
        """Take the site; its data are read when the dumps are."""
        self._site = site
        self._writing = Writing(site)
        self.distributions: Distributions = {}

    def parts(self) -> Sequence[Part]:
        """The dumps one by one."""
        sources: dict[str, Source] = {
            "jsonld": self._writing.jsonld,
            "nq": self._writing.nquads,
            "trig": self._writing.trig,
            "ttl": self._writing.turtle,
        }
        statements = self._site.config.statements
        if statements is not None and statements.rdf12:
            sources["rdf12.nt"] = partial(reified, self._site, statements, self._writing)
        place = (f"dump/{dump_name(self._site)}",)
        return tuple(
            Placed(partial(self._dump, ending, source), place, offers=True) for ending, source in sources.items()
        )

    def _dump(self, ending: str, source: Source) -> Iterator[Artifact]:
        path = f"dump/{dump_name(self._site)}.{ending}"
        made = Packed(source, tuple(PACKERS))
        media_type = FORMATS.get(ending, N_TRIPLES_12)
        conforms = () if ending in FORMATS else (CONFORMS,)
        yield offer(self.distributions, path, media_type, made.plain, conforms=conforms)
        for name, (packed, _) in PACKERS.items():
            source = partial(made.packed, name)
            yield offer(self.distributions, f"{path}.{name}", media_type, source, packed=packed, conforms=conforms)


def renderer(site: Site) -> Dumps:
    """The dumps of a site."""
    return Dumps(site)
