"""Which properties of a graph give names by which things are known."""

from collections.abc import Iterator
from typing import Final, Protocol

from saite.namespaces import LABEL_PROPERTIES, SKOS
from saite.terms import BlankNode, Literal, NamedNode, Quad, Subject

NAME_PROPERTIES: Final[tuple[NamedNode, ...]] = (
    *(node for node in LABEL_PROPERTIES if not node.value.endswith("preferredNamespacePrefix")),
    *(
        NamedNode(iri)
        for iri in (
            SKOS + "hiddenLabel",  # made for search, misspellings too (SKOS Reference, 5.1)
            "https://schema.org/alternateName",
            "http://schema.org/alternateName",
            "http://purl.org/dc/terms/alternative",
            "http://xmlns.com/foaf/0.1/nick",
            "http://www.w3.org/2006/vcard/ns#nickname",
            "http://www.geonames.org/ontology#alternateName",
        )
    ),
)
"""Where names are looked for, best first: those of labels, and further ones."""


class Quads(Protocol):
    """What has quads: a store, a site."""

    def quads(self, subject: Subject | None = None, predicate: NamedNode | None = None) -> Iterator[Quad]:
        """The quads that match."""
        ...


def names(graph: Quads) -> Iterator[tuple[Subject, str, str]]:
    """All names that a graph gives: of which node, the name, and its language ("" for none); some repeat."""
    for predicate in NAME_PROPERTIES:
        for quad in graph.quads(None, predicate):
            node, value = quad.subject, quad.object
            if isinstance(value, Literal) and isinstance(node, NamedNode | BlankNode) and value.value.strip():
                yield node, value.value, value.language or ""
