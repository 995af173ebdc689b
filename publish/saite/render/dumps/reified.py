"""The dump in RDF 1.2: statements reify the triples that they are about (RDF 1.2 Concepts, section 1.5).

A reader of RDF 1.2 asks for what is said of a triple without knowing the site's own vocabulary of statements.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from saite.config import Statements
from saite.namespaces import RDF, RDF_TYPE
from saite.render.dumps.writing import Writing
from saite.site.model import Site
from saite.terms import NamedNode, Quad, Triple

N_TRIPLES_12: Final = "application/n-triples; version=1.2"
"""Media type (RDF 1.2 N-Triples, section 5)."""

CONFORMS: Final = "https://www.w3.org/TR/rdf12-n-triples/"

_REIFIES: Final = NamedNode(RDF + "reifies")


def reified(site: Site, settings: Statements, writing: Writing) -> Iterator[bytes]:
    """The union graph as sorted N-Triples of RDF 1.2, with ``rdf:reifies`` for each statement."""
    roles = _Roles(site, settings)
    for quads in writing.by_subject():
        said = list(quads)
        lines = {f"{quad.triple} .\n" for quad in said}
        lines |= {f"{said[0].subject} {_REIFIES} {_term(triple)} .\n" for triple in roles.triples(said)}
        yield "".join(sorted(lines)).encode()


class _Roles:
    """Finds the triples of a statement."""

    def __init__(self, site: Site, settings: Statements) -> None:
        self._site = site
        self._type = NamedNode(settings.type)
        self._resource = settings.resource
        self._property = settings.property
        self._values = {settings.value, settings.accepted}

    def triples(self, said: Iterable[Quad]) -> set[Triple]:
        """The published triples that a subject is a statement about: those with its value, or with what it accepts."""
        found: dict[str, set[object]] = {}
        statement = False
        for quad in said:
            found.setdefault(quad.predicate.value, set()).add(quad.object)
            statement = statement or (quad.predicate == RDF_TYPE and quad.object == self._type)
        if not statement:
            return set()
        values = {value for role in self._values for value in found.get(role, ())}
        return {
            quad.triple
            for resource in found.get(self._resource, ())
            for property_ in found.get(self._property, ())
            if isinstance(property_, NamedNode)
            for quad in self._site.quads(resource, property_)  # type: ignore[arg-type]
            if quad.object in values
        }


def _term(triple: Triple) -> str:
    """A triple as a term (RDF 1.2 N-Triples, tripleTerm)."""
    return f"<<( {triple} )>>"
