"""Graphs as documents: with the site's prefixes, in its order of reading."""

from collections.abc import Sequence

from saite.config import Config
from saite.namespaces import PREFIXES, RDF_TYPE
from saite.render.jsonld.made import made_context
from saite.render.jsonld.writer import JsonLdWriter
from saite.render.names import Names, namespaces
from saite.render.ntriples import document as ntriples
from saite.render.rdfxml import RdfXmlWriter
from saite.render.turtle import TurtleWriter
from saite.site.reading import ReadingOrder
from saite.site.scan import scan
from saite.terms import NamedNode, Quad, Triple


class GraphWriter:
    """Writes graphs in the forms of :mod:`saite.serve.sparql.formats`.

    Attributes:
        names: shortens IRIs.
    """

    def __init__(self, config: Config) -> None:
        self._own = config.prefixes
        self._prefix_of = namespaces(config.prefixes, PREFIXES)
        self._order = ReadingOrder(config)
        self.names = Names(self._prefix_of)

    def document(self, triples: Sequence[Triple], name: str) -> bytes | None:
        """A graph without repetition, or None if the form cannot say it."""
        match name:
            case "turtle":
                return TurtleWriter(self.names, self._order).document(triples)
            case "jsonld":
                found = scan(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
                classes = (t.object for t in triples if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode))
                context = made_context(found.kinds_of_values(), classes, self._own, PREFIXES)
                return JsonLdWriter(context, self._order).document(triples)
            case "rdfxml":
                return RdfXmlWriter(self._prefix_of, self._order).document(triples)
        return ntriples(triples)
