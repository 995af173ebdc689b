"""RDF/XML (RDF 1.1 XML Syntax, W3C Recommendation, 2014); section numbers are its.

A graph that the syntax cannot say gets no file: see :mod:`saite.render.xmlnames`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from saite.artifact import RDF_XML, Artifact
from saite.namespaces import RDF, RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, XSD_STRING
from saite.render.names import namespaces
from saite.render.outline import Outline
from saite.render.xmlnames import ElementNames, is_name, obstacle
from saite.site.model import Resource, Site
from saite.site.reading import ReadingOrder
from saite.site.triples import Triples
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term, Triple

_INDENT: Final = "  "
_IN_TEXT: Final = {"\r": "&#13;"}  # XML 1.0, 2.11: a parser would make a line end of it
_IN_ATTRIBUTE: Final = {'"': "&quot;"}


class RdfXmlWriter:
    """Writes graphs as RDF/XML with one site's prefixes and reading order."""

    def __init__(self, prefix_of: Mapping[str, str], order: ReadingOrder) -> None:
        """Take namespace to prefix (as :func:`saite.render.names.namespaces` makes it) and the reading order."""
        usable = {n: p for n, p in prefix_of.items() if not p or (is_name(p) and p[:3].lower() != "xml")}
        self._prefix_of = {n: p for n, p in usable.items() if p != "rdf"} | {RDF: "rdf"}
        self._order = order
        self._names = ElementNames()

    def document(self, triples: Iterable[Triple], first: Subject | None = None) -> bytes | None:
        """A graph (without repetition, in any order) as a document that begins with the node ``first``.

        None if RDF/XML cannot say it.
        """
        graph = Triples.of(triples, self._order)
        if obstacle(graph):
            return None
        return _Document(self._prefix_of, self._names, Outline(graph, self._order, first)).text().encode()


class _Document:
    """One document while it is written."""

    def __init__(self, prefix_of: Mapping[str, str], names: ElementNames, outline: Outline) -> None:
        self._names = names
        self._outline = outline
        self._prefixes = {RDF: "rdf"}
        self._known = prefix_of
        self._cells: list[BlankNode] = []

    def text(self) -> str:
        outline = self._outline
        self._declare()
        blocks = []
        for root in outline.roots:
            blocks.append("\n".join(self._node(root, 1)))
            while self._cells:
                blocks.append("\n".join(self._cell(self._cells.pop(0))))
        declared = sorted((p, n) for n, p in self._prefixes.items())
        attributes = "".join(
            f"\n    xmlns{':' if prefix else ''}{prefix}={_quoted(namespace)}" for prefix, namespace in declared
        )
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{attributes}>\n'
        return head + "".join(f"\n{block}\n" for block in blocks) + "\n</rdf:RDF>\n"

    def _declare(self) -> None:
        """Find the namespaces of all element names; those without a prefix get ns1, ns2 ... by their order."""
        found = {parts[0] for node in self._outline.subjects() for parts in self._element_names(node)}
        taken = {"rdf", *(self._known[n] for n in found if n in self._known)}
        number = 0
        for namespace in sorted(found - {RDF}):
            prefix = self._known.get(namespace)
            while prefix is None:
                number += 1
                if f"ns{number}" not in taken:
                    prefix = f"ns{number}"
            self._prefixes[namespace] = prefix

    def _element_names(self, node: Subject) -> Iterable[tuple[str, str]]:
        for predicate, values in self._outline.statements(node):
            parts = self._names[predicate]
            assert parts is not None  # an obstacle, seen before
            yield parts
            if predicate == RDF_TYPE:
                typed = self._typed(values)
                if typed is not None:
                    yield self._names[typed] or ("", "")

    def _element(self, iri: NamedNode) -> str:
        parts = self._names[iri]
        assert parts is not None
        prefix = self._prefixes[parts[0]]
        return f"{prefix}:{parts[1]}" if prefix else parts[1]

    def _typed(self, types: Sequence[Term]) -> NamedNode | None:
        """The class that names the node's element: the first one that can (section 2.13)."""
        return next((t for t in types if type(t) is NamedNode and self._names[t] is not None), None)

    def _node(self, node: Subject, depth: int) -> list[str]:
        """A node element (section 7.2.11) with its properties, as lines."""
        pad = _INDENT * depth
        name = "rdf:Description"
        lines: list[str] = []
        for predicate, values in self._outline.statements(node):
            if predicate == RDF_TYPE:
                typed = self._typed(values)
                if typed is not None:
                    name = self._element(typed)
                    values = [value for value in values if value != typed]
            for value in values:
                lines += self._property(predicate, value, depth + 1)
        if type(node) is NamedNode:
            name_and_attributes = f"{name} rdf:about={_quoted(node.value)}"
        elif node in self._outline.labelled:
            name_and_attributes = f"{name} rdf:nodeID={_label(node)}"
        else:
            name_and_attributes = name
        if not lines:
            return [f"{pad}<{name_and_attributes}/>"]
        return [f"{pad}<{name_and_attributes}>", *lines, f"{pad}</{name}>"]

    def _property(self, predicate: NamedNode, value: Term, depth: int) -> list[str]:
        """A property element (section 7.2.14) as lines."""
        pad = _INDENT * depth
        name = self._element(predicate)
        if type(value) is NamedNode:
            return [f"{pad}<{name} rdf:resource={_quoted(value.value)}/>"]
        if type(value) is Literal:
            attribute = ""
            if value.language is not None:
                attribute = f' xml:lang="{value.language}"'
            elif value.datatype != XSD_STRING:
                attribute = f" rdf:datatype={_quoted(value.datatype.value)}"
            return [f"{pad}<{name}{attribute}>{escape(value.value, _IN_TEXT)}</{name}>"]
        assert type(value) is BlankNode
        if value not in self._outline.inside or not self._outline.described(value):
            return [f"{pad}<{name} rdf:nodeID={_label(value)}/>"]
        items = self._outline.lists.get(value)
        if items is None:
            return [f"{pad}<{name}>", *self._node(value, depth + 1), f"{pad}</{name}>"]
        if not all(self._is_member(item) for item in items):
            self._cells.append(value)
            return [f"{pad}<{name} rdf:nodeID={_label(value)}/>"]
        members = [line for item in items for line in self._member(item, depth + 1)]
        return [f'{pad}<{name} rdf:parseType="Collection">', *members, f"{pad}</{name}>"]

    def _is_member(self, item: Term) -> bool:
        """Whether a collection (section 7.2.19) can have it: a node, but no literal and no other list."""
        return type(item) is NamedNode or (type(item) is BlankNode and item not in self._outline.lists)

    def _member(self, item: Term, depth: int) -> list[str]:
        if type(item) is BlankNode and item in self._outline.inside and self._outline.described(item):
            return self._node(item, depth)
        attribute = f"about={_quoted(item.value)}" if type(item) is NamedNode else f"nodeID={_label(item)}"
        return [f"{_INDENT * depth}<rdf:Description rdf:{attribute}/>"]

    def _cell(self, cell: BlankNode) -> list[str]:
        """The cells of a list with literals, one node element after the other, so that long lists nest no deeper."""
        lines: list[str] = []
        rest: Term = cell
        while rest != RDF_NIL:
            assert type(rest) is BlankNode
            properties = dict(self._outline.statements(rest))
            lines.append(f"{_INDENT}<rdf:Description rdf:nodeID={_label(rest)}>")
            lines += self._property(RDF_FIRST, properties[RDF_FIRST][0], 2)
            rest = properties[RDF_REST][0]
            reference = f"nodeID={_label(rest)}" if rest != RDF_NIL else f"resource={_quoted(RDF_NIL.value)}"
            lines += [f"{_INDENT * 2}<rdf:rest rdf:{reference}/>", f"{_INDENT}</rdf:Description>"]
        return lines


def _quoted(text: str) -> str:
    return f'"{escape(text, _IN_ATTRIBUTE)}"'


def _label(node: Term) -> str:
    """A blank node's label as an XML name, in quotes; labels that are none are spelled in hexadecimal."""
    assert type(node) is BlankNode
    label = node.value
    if not is_name(label) or label.startswith("x-"):
        label = f"x-{label.encode().hex()}"
    return f'"{label}"'


class RdfXmlRenderer:
    """An RDF/XML file for each resource that RDF/XML can describe, ``{document}.rdf``.

    Attributes:
        skipped: the documents that got none so far, with the reason.
    """

    def __init__(self, site: Site) -> None:
        """Take the prefixes and the reading order of a site."""
        prefix_of = namespaces(site.config.prefixes, site.prefixes)
        self._writer = RdfXmlWriter(prefix_of, ReadingOrder(site.config))
        self.skipped: list[tuple[str, str]] = []

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """The description of one resource, or nothing."""
        content = self._writer.document(resource.triples, resource.node)
        if content is None:
            self.skipped.append((resource.document, obstacle(resource.triples)))
            return ()
        return (self._file(resource, content),)

    def promises(self, resource: Resource) -> Iterable[Artifact]:
        """The same, to be written when it is asked for."""
        if obstacle(resource.triples):
            return ()
        return (self._file(resource, lambda: (self._writer.document(resource.triples, resource.node) or b"",)),)

    def _file(self, resource: Resource, content: bytes | Callable[[], Iterable[bytes]]) -> Artifact:
        return Artifact(
            path=f"{resource.document}.rdf",
            media_type=RDF_XML,
            content=content,
            document=resource.document,
            modified=resource.modified,
        )

    def whole(self) -> Iterable[Artifact]:
        """Nothing: one file of RDF/XML for all serves nobody."""
        return ()


def renderer(site: Site) -> RdfXmlRenderer:
    """The RDF/XML renderer of a site."""
    return RdfXmlRenderer(site)
