"""Canonical N-Triples: a line per triple, in the order of its characters.

The form of a line is that of RDF 1.2 N-Triples, section 4 (Canonical N-Triples); lines are sorted by code point,
as RDF Dataset Canonicalization (RDFC-1.0) sorts them. Blank nodes keep the labels that the dataset gives them.
"""

from collections.abc import Callable, Iterable

from saite.artifact import N_TRIPLES, Artifact
from saite.site.model import Resource, Site
from saite.site.triples import Triples
from saite.terms import Triple


def document(triples: Iterable[Triple]) -> bytes:
    """A graph as canonical N-Triples."""
    return "".join(sorted(_lines(triples))).encode()


def _lines(triples: Iterable[Triple]) -> Iterable[str]:
    if not isinstance(triples, Triples):
        return {f"{triple} .\n" for triple in triples}
    lines = []
    for subject, said in triples.about.items():
        for predicate, terms in said.items():
            start = f"{subject} {predicate}"
            lines += [f"{start} {term} .\n" for term in terms]
    return lines


class NTriplesRenderer:
    """An N-Triples file for each resource, ``{document}.nt``."""

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """The description of one resource."""
        return (self._file(resource, document(resource.triples)),)

    def promises(self, resource: Resource) -> Iterable[Artifact]:
        """The same, to be written when it is asked for."""
        return (self._file(resource, lambda: (document(resource.triples),)),)

    def _file(self, resource: Resource, content: bytes | Callable[[], Iterable[bytes]]) -> Artifact:
        return Artifact(
            path=f"{resource.document}.nt",
            media_type=N_TRIPLES,
            content=content,
            document=resource.document,
            modified=resource.modified,
        )

    def whole(self) -> Iterable[Artifact]:
        """Nothing: the dumps are made by :mod:`saite.render.dumps`."""
        return ()


def renderer(site: Site) -> NTriplesRenderer:
    """The N-Triples renderer; it needs nothing of the site."""
    del site
    return NTriplesRenderer()
