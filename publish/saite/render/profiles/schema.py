"""A description in the words of schema.org: what has no word there is left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from saite.iri import quoted
from saite.namespaces import OWL, RDF, RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, RDFS, SKOS, XSD
from saite.render.profiles.labelled import texts
from saite.schemaorg import SCHEMA, Vocabulary
from saite.schemaorg.mapping import THING
from saite.site.model import Resource, Site
from saite.site.reading import ReadingOrder
from saite.site.triples import About, Triples
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term, Triple

_NAME: Final = NamedNode(SCHEMA + "name")
_PAGE: Final = NamedNode(SCHEMA + "mainEntityOfPage")
_SAME: Final = NamedNode(SCHEMA + "sameAs")
_URL: Final = NamedNode(SCHEMA + "url")

_DATE: Final = NamedNode(SCHEMA + "Date")
_DATES: Final = {
    NamedNode(XSD + "date"): _DATE,
    NamedNode(XSD + "gYear"): _DATE,
    NamedNode(XSD + "gYearMonth"): _DATE,
    NamedNode(XSD + "dateTime"): NamedNode(SCHEMA + "DateTime"),
}
_TERMS: Final = frozenset(
    map(
        NamedNode,
        (
            *(OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
            *(RDFS + "Class", RDFS + "Datatype", RDF + "Property"),
        ),
    )
)
_EXACT_MATCH: Final = NamedNode(SKOS + "exactMatch")

Said = dict[Subject, list[tuple[NamedNode, Term]]]


class SchemaOrg:
    """Makes graphs in the words of schema.org.

    Args:
        site: the site, whose terms the data may relate to those of schema.org.

    Attributes:
        vocabulary: the words for its terms.
    """

    def __init__(self, site: Site) -> None:
        self._labels = site.labels
        self._base = site.base
        self._root = site.config.url or site.base
        self._order = ReadingOrder(site.config)
        self.vocabulary = Vocabulary(site.quads)

    def graph(self, resource: Resource) -> Sequence[Triple]:
        """What can be said of a resource, and of what its description has to do with it by words of schema.org.

        Things that it mentions have their names beside them; the resource itself has its page.
        """
        about = Triples.of(resource.triples, self._order).about
        said = {subject: list(self.statements(about, subject)) for subject in about}
        _prune(said)
        found: dict[Triple, None] = {}
        mentioned: dict[NamedNode, None] = {}
        for node in _connected(said, (resource.node, *resource.parts)):
            for word in self._types(about, node):
                found[Triple(node, RDF_TYPE, word)] = None
            mentioned |= {node: None} if type(node) is NamedNode else {}
            for predicate, value in said.get(node, ()):
                found[Triple(node, predicate, value)] = None
                if type(value) is NamedNode and predicate != _URL:
                    mentioned[value] = None
        for triple in self._page(resource, said):
            found[triple] = None
        named = {triple.subject for triple in found if triple.predicate == _NAME}
        for node in mentioned:
            if node not in named:
                for text in texts(node, self._labels):
                    found[Triple(node, _NAME, text)] = None
        return list(found)

    def _types(self, about: About, node: Subject) -> Sequence[NamedNode]:
        classes = about.get(node, {}).get(RDF_TYPE, ())
        return self.vocabulary.types(classes) or (THING,)

    def statements(self, about: About, subject: Subject) -> Iterator[tuple[NamedNode, Term]]:
        """What a subject's properties say; each member of a list is a value."""
        term = not _TERMS.isdisjoint(about[subject].get(RDF_TYPE, ()))
        for predicate, values in about[subject].items():
            if predicate == RDF_TYPE:
                continue
            words = self.vocabulary.properties(predicate)
            if term and predicate == _EXACT_MATCH:  # a word of a vocabulary means the same, but is no thing
                words = tuple(word for word in words if word != _SAME)
            for word in words:
                for value in values:
                    for member in _members(about, value):
                        yield word, _dated(member) if type(member) is Literal else member

    def _page(self, resource: Resource, said: Said) -> Iterator[Triple]:
        """Where a resource is described, if its address is known; it is the resource's own if its IRI is ours."""
        if not self._root.endswith("/"):
            return
        page = NamedNode(self._root + quoted("" if resource.document == "index" else resource.document))
        yield Triple(resource.node, _PAGE, page)
        if resource.node.value.startswith(self._base) and all(word != _URL for word, _ in said.get(resource.node, ())):
            yield Triple(resource.node, _URL, page)


def _prune(said: Said) -> None:
    """Leave out blank nodes of which nothing can be said, and what refers to them."""
    values = {value for statements in said.values() for _, value in statements}
    empty: set[Term] = {node for node in (*said, *values) if type(node) is BlankNode and not said.get(node)}
    while empty:
        for node in empty:
            said.pop(node, None)  # type: ignore[arg-type]  # they are nodes
        fewer: set[Term] = set()
        for node, statements in said.items():
            left = [statement for statement in statements if statement[1] not in empty]
            if len(left) < len(statements):
                said[node] = left
                if not left and type(node) is BlankNode:
                    fewer.add(node)
        empty = fewer


def _connected(said: Said, begin: Iterable[Subject]) -> Sequence[Subject]:
    """The nodes that statements lead to from some nodes, forwards and backwards."""
    back: dict[Term, list[Subject]] = {}
    for node, statements in said.items():
        for _, value in statements:
            if value in said:
                back.setdefault(value, []).append(node)
    found = dict.fromkeys(begin)
    left = list(found)
    while left:
        node = left.pop()
        near = [value for _, value in said.get(node, ()) if value in said]
        for other in (*near, *back.get(node, ())):
            if other not in found:
                found[other] = None
                left.append(other)
    return list(found)


def _members(about: Mapping[Subject, Mapping[NamedNode, Sequence[Term]]], value: Term) -> Iterator[Term]:
    """The members of a list, or the value itself if it is none."""
    if type(value) is not BlankNode or RDF_FIRST not in about.get(value, {}):
        if value != RDF_NIL:
            yield value
        return
    met: set[Term] = set()
    while type(value) is BlankNode and value not in met:
        met.add(value)
        cell = about.get(value, {})
        yield from cell.get(RDF_FIRST, ())
        value = next(iter(cell.get(RDF_REST, ())), RDF_NIL)


def _dated(literal: Literal) -> Literal:
    datatype = _DATES.get(literal.datatype)
    return Literal(literal.value, datatype=datatype) if datatype is not None else literal
