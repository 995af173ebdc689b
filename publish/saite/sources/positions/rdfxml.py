"""Statements of RDF/XML with the lines of their elements (RDF 1.1 XML Syntax, section 7).

It trusts that the parser has accepted the file; entities and encodings are expat's business.
"""

import pyexpat
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from saite.namespaces import RDF, RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE
from saite.sources.positions.resolve import resolve
from saite.sources.positions.statement import Spot, Statement
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_SYNTAX: Final = frozenset(
    RDF + name
    for name in ("about", "ID", "nodeID", "resource", "parseType", "datatype", "bagID", "aboutEach", "version")
)
_START: Final = Spot(1, 1)
_BLOCK: Final = 1 << 16


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(slots=True)
class _Element:
    """An open element: a node with its subject, a property with its predicate and what it has had so far."""

    node: Subject | None
    at: Spot
    base: str
    language: str
    predicate: NamedNode | None = None
    owner: Subject | None = None
    owner_at: Spot = _START
    text: list[str] = field(default_factory=list)
    datatype: str = ""
    cell: Subject | None = None
    collection: bool = False
    done: bool = False
    members: int = 0


def statements(stream: _Readable, base: str = "") -> Iterator[Statement]:
    """The statements of a file, in its order, as far as it is understood."""
    scanner = _Scanner(base)
    try:
        while block := stream.read(_BLOCK):
            scanner.expat.Parse(block, False)
            yield from scanner.found
            scanner.found.clear()
    except (pyexpat.ExpatError, ValueError, LookupError):
        yield from scanner.found


class _Scanner:
    def __init__(self, base: str) -> None:
        self.found: list[Statement] = []
        self.stack = [_Element(None, _START, base, "")]
        self.blanks = 0
        self.literal = 0
        self.expat = pyexpat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.ordered_attributes = False
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text

    def _start(self, name: str, raw: dict[str, str]) -> None:
        if self.literal:
            self.literal += 1
            return
        attributes = {key.replace(" ", ""): value for key, value in raw.items() if not key.startswith(_XML)}
        attributes = {RDF + key if key in ("about", "ID") else key: value for key, value in attributes.items()}
        above = self.stack[-1]
        base = resolve(raw.get(f"{_XML} base", ""), above.base) if f"{_XML} base" in raw else above.base
        language = raw.get(f"{_XML} lang", above.language)
        at = Spot(self.expat.CurrentLineNumber, self.expat.CurrentColumnNumber + 1)
        iri = name.replace(" ", "")
        if iri == RDF + "RDF" and len(self.stack) == 1:
            self.stack.append(_Element(None, at, base, language))
        elif above.node is None or (above.predicate is not None and above.owner is not None):
            self._node(iri, attributes, _Element(None, at, base, language), above)
        else:
            self._property(iri, attributes, _Element(None, at, base, language), above)

    def _node(self, iri: str, attributes: dict[str, str], element: _Element, above: _Element) -> None:
        node = self._subject(attributes, element.base)
        element.node = node
        if above.predicate is not None and above.owner is not None:
            above.done = True
            if above.collection:
                self._member(above, node, element.at)
            else:
                self._emit(above.owner, above.predicate, node, above.at, above.at, above.owner_at)
        if iri != RDF + "Description":
            self._emit(node, RDF_TYPE, NamedNode(iri), element.at, element.at, element.at)
        self._attributes(node, attributes, element)
        self.stack.append(element)

    def _property(self, iri: str, attributes: dict[str, str], element: _Element, above: _Element) -> None:
        if iri == RDF + "li":
            above.members += 1
            iri = f"{RDF}_{above.members}"
        assert above.node is not None
        element.predicate, element.owner, element.owner_at = NamedNode(iri), above.node, above.at
        element.datatype = attributes.get(RDF + "datatype", "")
        kind = attributes.get(RDF + "parseType")
        rest = {key for key in attributes if key not in _SYNTAX}
        if kind == "Collection":
            element.collection = True
        elif kind == "Resource":
            node = self._blank()
            self._value(element, node)
            # what is inside are properties of the new node
            element = _Element(node, element.at, element.base, element.language)
        elif kind is not None:
            self._value(element, None)
            self.literal = 1
        elif RDF + "resource" in attributes or RDF + "nodeID" in attributes or rest:
            target = self._object(attributes, element.base)
            self._value(element, target)
            self._attributes(target, attributes, element)
        self.stack.append(element)

    def _end(self, name: str) -> None:
        if self.literal > 1:
            self.literal -= 1
            return
        self.literal = 0
        element = self.stack.pop()
        if element.predicate is None or element.owner is None:
            return
        if element.collection:
            self._close(element)
        elif not element.done:
            value = "".join(element.text)
            if element.datatype:
                term = Literal(value, datatype=NamedNode(resolve(element.datatype, element.base)))
            else:
                term = Literal(value, language=element.language) if element.language else Literal(value)
            self._value(element, term)

    def _text(self, text: str) -> None:
        element = self.stack[-1]
        if element.predicate is not None and not element.done:
            element.text.append(text)

    def _member(self, element: _Element, node: Subject, at: Spot) -> None:
        """A member of a collection."""
        cell = self._blank()
        assert element.owner is not None
        assert element.predicate is not None
        if element.cell is None:
            self._emit(element.owner, element.predicate, cell, element.at, element.at, element.owner_at)
        else:
            self._emit(element.cell, RDF_REST, cell, at, at, element.at)
        element.cell = cell
        self._emit(cell, RDF_FIRST, node, at, at, element.at)

    def _close(self, element: _Element) -> None:
        if element.cell is None:
            self._value(element, RDF_NIL)
        else:
            self._emit(element.cell, RDF_REST, RDF_NIL, element.at, element.at, element.at)

    def _value(self, element: _Element, term: Term | None) -> None:
        assert element.owner is not None
        assert element.predicate is not None
        element.done = True
        self._emit(element.owner, element.predicate, term, element.at, element.at, element.owner_at)

    def _attributes(self, node: Subject, attributes: dict[str, str], element: _Element) -> None:
        for key, value in attributes.items():
            if key == RDF + "type":
                type_ = NamedNode(resolve(value, element.base))
                self._emit(node, RDF_TYPE, type_, element.at, element.at, element.at)
            elif key not in _SYNTAX and ":" in key:
                term = Literal(value, language=element.language) if element.language else Literal(value)
                self._emit(node, NamedNode(key), term, element.at, element.at, element.at)

    def _subject(self, attributes: dict[str, str], base: str) -> Subject:
        if RDF + "about" in attributes:
            return NamedNode(resolve(attributes[RDF + "about"], base))
        if RDF + "ID" in attributes:
            return NamedNode(resolve("#" + attributes[RDF + "ID"], base))
        if RDF + "nodeID" in attributes:
            return BlankNode(attributes[RDF + "nodeID"])
        return self._blank()

    def _object(self, attributes: dict[str, str], base: str) -> Subject:
        if RDF + "resource" in attributes:
            return NamedNode(resolve(attributes[RDF + "resource"], base))
        if RDF + "nodeID" in attributes:
            return BlankNode(attributes[RDF + "nodeID"])
        return self._blank()

    def _blank(self) -> BlankNode:
        self.blanks += 1
        return BlankNode(f"anonymous-{self.blanks}")

    def _emit(
        self, subject: Subject, predicate: NamedNode, term: Term | None, at: Spot, predicate_at: Spot, subject_at: Spot
    ) -> None:
        self.found.append(Statement(subject, predicate, term, at, predicate_at, subject_at))
