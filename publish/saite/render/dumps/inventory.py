"""What a dataset has, by one reading of it."""

from dataclasses import dataclass

from saite.namespaces import RDF_TYPE
from saite.site.model import Site
from saite.terms import BlankNode, DefaultGraph, Graph, NamedNode


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a dataset has.

    Attributes:
        iris: the subjects that are IRIs, sorted by their text.
        blanks: the labels of those that are blank nodes, sorted.
        vocabulary: the properties and classes.
        graphs: the graphs, the default graph first, then by their text.
        blank: there are blank nodes, in whatever place.
    """

    iris: list[str]
    blanks: list[str]
    vocabulary: frozenset[str]
    graphs: list[Graph]
    blank: bool

    @classmethod
    def take(cls, site: Site) -> "Inventory":
        """Read all quads once."""
        iris: set[str] = set()
        blanks: set[str] = set()
        vocabulary: set[NamedNode] = set()
        graphs: set[Graph] = set()
        blank = False
        for quad in site.quads():
            subject = quad.subject
            (iris if type(subject) is NamedNode else blanks).add(subject.value)  # type: ignore[union-attr]
            predicate = quad.predicate
            vocabulary.add(predicate)
            graphs.add(quad.graph_name)
            if predicate == RDF_TYPE and type(quad.object) is NamedNode:
                vocabulary.add(quad.object)
            blank = blank or type(quad.object) is BlankNode
        names = sorted(graphs, key=lambda name: (type(name) is not DefaultGraph, str(name)))
        blank = blank or bool(blanks) or any(type(name) is BlankNode for name in names)
        return cls(sorted(iris), sorted(blanks), frozenset(iri.value for iri in vocabulary), names, blank)
