"""The catalogue of a site (DCAT-AP 3) and its VoID description, in RDF. Begin to read at :class:`CatalogueRenderer`.

``described`` takes what the data say of datasets, ``authority`` knows the EU's tables, ``coverage`` finds the time that
the data cover; ``model`` makes the graph of these and of the distributions. ``statistics`` counts, and ``void`` tells.
The page for people is made by :mod:`saite.render.html.catalogue` of the same model.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from saite.artifact import JSON_LD, RDF_XML, TURTLE, Artifact
from saite.namespaces import PREFIXES
from saite.render.catalogue import void
from saite.render.catalogue.authority import DCATAP
from saite.render.catalogue.model import DOCUMENT, Catalogue, root
from saite.render.jsonld import Context, JsonLdWriter
from saite.render.names import Names, namespaces
from saite.render.offers import Distributions
from saite.render.pieces import OfWhole, Part, Placed
from saite.render.rdfxml import RdfXmlWriter
from saite.render.turtle import TurtleWriter
from saite.site.model import Site
from saite.site.reading import ReadingOrder
from saite.terms import NamedNode, Triple

FORMS: Final = ("ttl", "jsonld", "rdf")
"""Endings of the files of a document of this room."""

_PREFIXES: Final = {"dcatap": DCATAP}


class CatalogueRenderer(OfWhole):
    """Makes ``catalog`` and ``.well-known/void`` in Turtle, JSON-LD and RDF/XML, if the site has an address.

    Attributes:
        distributions: the dumps and tables that have been made, by path.
    """

    def __init__(self, site: Site) -> None:
        """Take the site; it is asked when the files are made."""
        self._site = site
        self._order = ReadingOrder(site.config)
        self.distributions: Distributions = {}

    def parts(self) -> Sequence[Part]:
        """The two documents."""
        if not root(self._site):
            return ()
        return (
            Placed(self._catalogue_files, (DOCUMENT,), measured=True),
            Placed(self._void_files, (void.DOCUMENT,), measured=True),
        )

    @cached_property
    def catalogue(self) -> Catalogue:
        """The model of the catalogue."""
        return Catalogue(self._site)

    def _catalogue_files(self) -> Iterator[Artifact]:
        triples = self.catalogue.triples(self.distributions.values())
        return self._files(DOCUMENT, triples, self.catalogue.node)

    def _void_files(self) -> Iterator[Artifact]:
        triples = void.triples(self._site, self.catalogue, self.distributions.values())
        return self._files(void.DOCUMENT, triples, self.catalogue.dataset)

    def _files(self, document: str, triples: list[Triple], first: NamedNode) -> Iterator[Artifact]:
        prefixes = namespaces({**_PREFIXES, **self._site.config.prefixes}, PREFIXES)
        turtle = TurtleWriter(Names(prefixes), self._order).document(triples, first)
        yield Artifact(f"{document}.ttl", TURTLE, turtle, document)
        context = Context(dict(sorted((prefix, namespace) for namespace, prefix in prefixes.items() if prefix)))
        yield Artifact(
            f"{document}.jsonld", JSON_LD, JsonLdWriter(context, self._order).document(triples, first), document
        )
        xml = RdfXmlWriter(prefixes, self._order).document(triples, first)
        if xml is not None:
            yield Artifact(f"{document}.rdf", RDF_XML, xml, document)


def renderer(site: Site) -> CatalogueRenderer:
    """The catalogue of a site."""
    return CatalogueRenderer(site)
