"""The serializations of a whole dataset, each subject by subject: what is held in memory are the subjects' names."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from saite.namespaces import RDF_FIRST, RDF_REST, RDF_TYPE, XSD
from saite.render.dumps.inventory import Inventory
from saite.render.dumps.scope import OfGraph, Scope, Union
from saite.render.jsonld import JsonLdWriter, site_context
from saite.render.names import Names, namespaces
from saite.render.outline import Outline
from saite.render.turtle import TurtleWriter
from saite.site.model import Site
from saite.site.reading import ReadingOrder
from saite.site.triples import Triples
from saite.terms import BlankNode, DefaultGraph, NamedNode, Quad, Subject

_SHORTENED: Final = {RDF_TYPE.value, RDF_FIRST.value, RDF_REST.value}  # written as "a" and "( )"


class Writing:
    """Writes a site's dataset.

    Args:
        site: the site; its data are read when they are written.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._order = ReadingOrder(site.config)

    @cached_property
    def inventory(self) -> Inventory:
        """What the dataset has."""
        return Inventory.take(self._site)

    def turtle(self) -> Iterator[bytes]:
        """The union graph as Turtle, a subject's block at a time."""
        writer = self._turtle_writer()
        yield writer.names.header(writer.names.prefix_of.values()).encode()
        yield from self._blocks(writer, Union(self._site, self.inventory))

    def trig(self) -> Iterator[bytes]:
        """The dataset as TriG: the default graph, then the named ones."""
        writer = self._turtle_writer()
        yield writer.names.header(writer.names.prefix_of.values()).encode()
        first = True
        for graph in self.inventory.graphs:
            if not first:
                yield b"\n"
            first = False
            if type(graph) is DefaultGraph:
                yield from self._blocks(writer, OfGraph(self._site, graph))
                continue
            name = writer.names[graph][0] if type(graph) is NamedNode else str(graph)
            yield f"{name} {{\n".encode()
            yield from self._blocks(writer, OfGraph(self._site, graph))
            yield b"}\n"

    def jsonld(self) -> Iterator[bytes]:
        """The union graph as JSON-LD, a node on a line."""
        context, _ = site_context(self._site)
        writer = JsonLdWriter(context, self._order)
        yield writer.whole_head()
        before = b"\n"
        for outline in self._outlines(Union(self._site, self.inventory)):
            for root in outline.roots:
                yield before + writer.line(outline, root)
                before = b",\n"
        yield b"\n  ]\n}\n"

    def nquads(self) -> Iterator[bytes]:
        """The dataset as canonical N-Quads."""
        for quads in self.by_subject():
            yield "".join(sorted([f"{quad} .\n" for quad in quads])).encode()

    def by_subject(self) -> Iterator[Iterator[Quad]]:
        """The dataset, a subject's quads at a time: IRIs as lines that begin with them are sorted, then the others."""
        quads = self._site.quads
        # A line goes on after the subject with ">" or a space: "<a#b>" comes before "<a>".
        for iri in sorted(self.inventory.iris, key=_as_in_a_line):
            yield quads(NamedNode(iri))
        for label in self.inventory.blanks:
            yield quads(BlankNode(label))

    def _turtle_writer(self) -> TurtleWriter:
        return TurtleWriter(Names(self._prefixes()), self._order)

    def _prefixes(self) -> dict[str, str]:
        """The prefixes of the properties, classes and subjects, and that of XML Schema's datatypes."""
        inventory = self.inventory
        found = namespaces(self._site.config.prefixes, self._site.prefixes)
        names = Names(found)
        used = {names[NamedNode(iri)][1] for iri in inventory.vocabulary - _SHORTENED}
        used |= {names[NamedNode(iri)][1] for iri in inventory.iris}
        return {namespace: prefix for namespace, prefix in found.items() if prefix in used or namespace == XSD}

    def _blocks(self, writer: TurtleWriter, scope: Scope) -> Iterator[bytes]:
        used: set[str | None] = set()
        first = True
        for outline in self._outlines(scope):
            for block in writer.blocks(outline, used):
                yield block.encode() if first else f"\n{block}".encode()
                first = False

    def _outlines(self, scope: Scope) -> Iterator[Outline]:
        """A graph, a subject and what stands inside it at a time: IRIs first, then blank nodes by label."""
        written: set[Subject] = set()
        for iri in scope.iris:
            yield self._outline(scope, NamedNode(iri), written)
        circles: list[BlankNode] = []
        for label in scope.blanks:
            node = BlankNode(label)
            if node not in written:
                if scope.references(node) == 1:
                    circles.append(node)
                else:
                    yield self._outline(scope, node, written)
        for node in circles:
            if node not in written:
                yield self._outline(scope, node, written)

    def _outline(self, scope: Scope, root: Subject, written: set[Subject]) -> Outline:
        """A root with the blank nodes that only it leads to; these are added to ``written``."""
        said: list[Quad] = []
        elsewhere: set[BlankNode] = set()
        if type(root) is BlankNode:
            written.add(root)
            if scope.references(root):
                elsewhere.add(root)
        left: list[Subject] = [root]
        while left:
            for quad in scope.quads(left.pop()):
                said.append(quad)
                term = quad.object
                if type(term) is BlankNode and term not in elsewhere:
                    if term in written or scope.references(term) > 1:
                        elsewhere.add(term)
                    else:
                        written.add(term)
                        left.append(term)
        return Outline(Triples.of(said, self._order), self._order, root, elsewhere)


def _as_in_a_line(iri: str) -> str:
    return iri + ">"
