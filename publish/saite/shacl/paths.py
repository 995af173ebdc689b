"""SHACL property paths (SHACL 2.3.1) as values: read from a shapes graph, written as SPARQL, read from SPARQL."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from saite.namespaces import RDF_FIRST, RDF_NIL, RDF_REST, SH
from saite.terms import Literal, NamedNode, Subject, Term

INVERSE: Final = "inversePath"
ALTERNATIVE: Final = "alternativePath"
SEQUENCE: Final = "sequence"
MARKS: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
PREDICATE: Final = "predicate"

Objects = Callable[[Subject, NamedNode], Sequence[Term]]
"""The objects of a subject and predicate in the shapes graph."""


@dataclass(frozen=True, slots=True)
class Path:
    """A property path.

    Attributes:
        kind: ``predicate``, ``sequence``, or the local name of the SHACL property: ``inversePath``,
            ``alternativePath``, ``zeroOrMorePath``, ``oneOrMorePath``, ``zeroOrOnePath``.
        iri: of a predicate path.
        parts: of the other kinds.
    """

    kind: str
    iri: str = ""
    parts: "tuple[Path, ...]" = ()

    def sparql(self, short: Callable[[str], str] = "<{}>".format) -> str:
        """In SPARQL 1.1 syntax; ``short`` writes an IRI."""
        if self.kind == PREDICATE:
            return short(self.iri)
        if self.kind == SEQUENCE:
            return "/".join(p.sparql(short) if p.kind != ALTERNATIVE else f"({p.sparql(short)})" for p in self.parts)
        if self.kind == ALTERNATIVE:
            return "|".join(p.sparql(short) for p in self.parts)
        (part,) = self.parts
        inner = part.sparql(short) if part.kind == PREDICATE else f"({part.sparql(short)})"
        return f"^{inner}" if self.kind == INVERSE else inner + MARKS[self.kind]

    def turtle(self, short: Callable[[str], str] = "<{}>".format) -> str:
        """As a Turtle object: an IRI, a list or a blank node, as ``sh:path`` has it."""
        if self.kind == PREDICATE:
            return short(self.iri)
        parts = " ".join(p.turtle(short) for p in self.parts)
        if self.kind == SEQUENCE:
            return f"( {parts} )"
        return f"[ {short(SH + self.kind)} {f'( {parts} )' if self.kind == ALTERNATIVE else parts} ]"


def from_shapes(objects: Objects, node: Term) -> Path:
    """The path that a node of a shapes graph stands for.

    Raises:
        ValueError: it is none (SHACL 2.3.1 says what is one); the message says why.
    """
    return _read(objects, node, ())


def _read(objects: Objects, node: Term, above: tuple[Term, ...]) -> Path:
    if isinstance(node, NamedNode) and node != RDF_NIL:
        return Path(PREDICATE, node.value)
    if isinstance(node, Literal):
        raise ValueError(f"{node} is a literal, and a path is made of IRIs")
    if node in above:
        raise ValueError("the path contains itself")
    above = (*above, node)
    if node == RDF_NIL or objects(node, RDF_FIRST):
        parts = members(objects, node)
        if len(parts) < 2:
            raise ValueError("a sequence path needs two members at least")
        return Path(SEQUENCE, parts=tuple(_read(objects, part, above) for part in parts))
    kinds = [kind for kind in (INVERSE, ALTERNATIVE, *MARKS) if objects(node, NamedNode(SH + kind))]
    if len(kinds) != 1:
        raise ValueError("a path is an IRI, a list, or a node with one of sh:inversePath, sh:alternativePath ...")
    values = objects(node, NamedNode(SH + kinds[0]))
    if len(values) != 1:
        raise ValueError(f"sh:{kinds[0]} has {len(values)} values in place of one")
    if kinds[0] != ALTERNATIVE:
        return Path(kinds[0], parts=(_read(objects, values[0], above),))
    parts = members(objects, values[0])
    if len(parts) < 2:
        raise ValueError("sh:alternativePath needs a list of two members at least")
    return Path(ALTERNATIVE, parts=tuple(_read(objects, part, above) for part in parts))


def members(objects: Objects, head: Term) -> list[Term]:
    """The members of an RDF list.

    Raises:
        ValueError: it is not well-formed (SHACL 1.1, "SHACL list").
    """
    found: list[Term] = []
    seen: set[Term] = set()
    node = head
    while node != RDF_NIL:
        if isinstance(node, Literal) or node in seen:
            raise ValueError("the list does not end in rdf:nil")
        seen.add(node)
        first, rest = objects(node, RDF_FIRST), objects(node, RDF_REST)
        if len(first) != 1 or len(rest) != 1:
            raise ValueError("a list needs one rdf:first and one rdf:rest at each member")
        found.append(first[0])
        node = rest[0]
    return found


_TOKEN = re.compile(r"<([^<>\s]*)>|([()^/|*+?])")


def from_sparql(text: str) -> Path | None:
    """The path that a text in SPARQL syntax with full IRIs says; None if it says none."""
    tokens = list(_TOKEN.finditer(text))
    if not tokens or "".join(m[0] for m in tokens) != text:
        return None
    reader = _Reader([m[0] for m in tokens])
    path = reader.alternatives()
    return path if path is not None and not reader.left else None


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens[::-1]

    def _next(self, *wanted: str) -> str:
        return self.left.pop() if self.left and self.left[-1] in wanted else ""

    def alternatives(self) -> Path | None:
        return self._joined("|", ALTERNATIVE, lambda: self._joined("/", SEQUENCE, self._step))

    def _joined(self, sign: str, kind: str, part: "Callable[[], Path | None]") -> Path | None:
        parts = [part()]
        while self._next(sign):
            parts.append(part())
        known = [p for p in parts if p is not None]
        if len(known) < len(parts):
            return None
        return known[0] if len(known) == 1 else Path(kind, parts=tuple(known))

    def _step(self) -> Path | None:
        inverse = self._next("^")
        path: Path | None
        if self._next("("):
            path = self.alternatives()
            if not self._next(")"):
                return None
        elif self.left and self.left[-1].startswith("<"):
            path = Path(PREDICATE, self.left.pop()[1:-1])
        else:
            return None
        for kind, mark in MARKS.items():
            if path is not None and self._next(mark):
                path = Path(kind, parts=(path,))
                break
        return Path(INVERSE, parts=(path,)) if inverse and path is not None else path
