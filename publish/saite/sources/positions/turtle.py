"""Statements of Turtle and TriG with their places (Turtle 1.1, TriG 1.1; TriG's graph names are passed over).

It follows the punctuation and trusts that the parser has accepted the file; where it meets something that it does not
know, it stops.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TextIO

from saite.namespaces import RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, XSD
from saite.sources.positions.lexer import Token, tokens
from saite.sources.positions.resolve import resolve
from saite.sources.positions.statement import START, Spot, Statement
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term

_BOOLEAN: Final = NamedNode(XSD + "boolean")
_INTEGER, _DECIMAL, _DOUBLE = (NamedNode(XSD + name) for name in ("integer", "decimal", "double"))
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def statements(
    stream: TextIO, base: str = "", prefixes: Mapping[str, str] = MappingProxyType({}), at: Spot = START
) -> Iterator[Statement]:
    """The statements of a file, in its order, up to the first thing that is not understood.

    Args:
        stream: the file, or a part of one.
        base: what relative IRIs are resolved against.
        prefixes: those declared before it begins.
        at: where it begins.
    """
    scanner = _Scanner(base, prefixes)
    try:
        for token, qualifier in _with_literals(tokens(stream, at)):
            scanner.feed(token, qualifier)
            if scanner.found:
                yield from scanner.found
                scanner.found.clear()
    except (ValueError, _Stop):
        return


class _Stop(Exception):
    """Something that is not understood."""


_Lexeme = tuple[Token, Token | None]
"""A token, and for a text its language tag or the token of its datatype."""


def _with_literals(stream: Iterator[Token]) -> Iterator[_Lexeme]:
    """Texts together with what follows to qualify them."""
    token = next(stream, None)
    while token is not None:
        after = next(stream, None)
        tagged = after is not None and after.kind == "at" and after.text not in ("@prefix", "@base", "@version")
        if token.kind in ("short", "long") and after is not None and (tagged or after.text == "^^"):
            yield token, after if tagged else next(stream, None)
            token = next(stream, None)
        else:
            yield token, None
            token = after


@dataclass(slots=True)
class _Frame:
    """A block, bracket or list that is open.

    Attributes:
        kind: ``block``, ``[`` or ``(``.
        at: where it was opened.
        expect: ``subject``, ``predicate``, ``object`` or ``end``; of a list, nothing.
        subject: the subject; of a list, its last cell so far.
        head: of a list: its first cell.
    """

    kind: str
    at: Spot
    expect: str = "subject"
    subject: Subject | None = None
    subject_at: Spot = START
    predicate: NamedNode = RDF_TYPE
    predicate_at: Spot = START
    head: Term = RDF_NIL


class _Scanner:
    def __init__(self, base: str, prefixes: Mapping[str, str]) -> None:
        self.base = base
        self.prefixes = dict(prefixes)
        self.stack = [_Frame("block", Spot(1, 1))]
        self.blanks = 0
        self.directive: list[Token] | None = None
        self.found: list[Statement] = []
        self.known: dict[str, NamedNode] = {}

    def feed(self, token: Token, qualifier: Token | None) -> None:
        """Takes a token; puts the statements that it completes into ``found``."""
        kind, text = token.kind, token.text
        if self.directive is not None:
            self._direct(token)
        elif kind == "mark":
            self._mark(text, Spot(token.line, token.column))
        elif kind == "at" or (kind == "word" and text.upper() in ("PREFIX", "BASE", "VERSION", "GRAPH")):
            self.directive = None if text.upper() == "GRAPH" else [token]
        elif kind == "bad":
            raise _Stop
        else:
            self._term(self._value(token, qualifier), Spot(token.line, token.column))

    def _direct(self, token: Token) -> None:
        """Completes @prefix, PREFIX, @base, BASE or VERSION; a dot after them is an empty statement."""
        assert self.directive is not None
        self.directive.append(token)
        word = self.directive[0].text.lstrip("@").upper()
        if word == "PREFIX" and len(self.directive) == 3:
            self.prefixes[self.directive[1].text[:-1]] = self._iri(token.text)
        elif word == "BASE" and len(self.directive) == 2:
            self.base = self._iri(token.text)
        elif word != "VERSION" and len(self.directive) < 3:
            return
        self.directive = None
        self.known.clear()

    def _mark(self, text: str, at: Spot) -> None:
        frame = self.stack[-1]
        if text == ".":
            frame.expect = "subject"
        elif text == ";":
            frame.expect = "predicate"
        elif text == ",":
            frame.expect = "object"
        elif text in ("{", "}"):
            self.stack = [_Frame("block", at)]
        elif text == "[":
            self.stack.append(_Frame("[", at, "predicate", self._blank(), at))
        elif text == "(":
            self.stack.append(_Frame("(", at))
        elif text == "]" and frame.kind == "[":
            self.stack.pop()
            assert frame.subject is not None
            self._term(frame.subject, frame.at)
        elif text == ")" and frame.kind == "(":
            self.stack.pop()
            if frame.subject is not None:
                self.found.append(Statement(frame.subject, RDF_REST, RDF_NIL, at, at, frame.at))
            self._term(frame.head, frame.at)
        else:
            raise _Stop

    def _term(self, term: Term, at: Spot) -> None:
        frame = self.stack[-1]
        if frame.kind == "(":
            cell = self._blank()
            if frame.subject is None:
                frame.head = cell
            else:
                self.found.append(Statement(frame.subject, RDF_REST, cell, at, at, frame.at))
            frame.subject = cell
            self.found.append(Statement(cell, RDF_FIRST, term, at, at, frame.at))
        elif frame.expect == "subject" and not isinstance(term, Literal):
            frame.subject, frame.subject_at, frame.expect = term, at, "predicate"
        elif frame.expect == "predicate" and isinstance(term, NamedNode):
            frame.predicate, frame.predicate_at, frame.expect = term, at, "object"
        elif frame.expect == "object" and frame.subject is not None:
            frame.expect = "end"
            self.found.append(Statement(frame.subject, frame.predicate, term, at, frame.predicate_at, frame.subject_at))
        else:
            raise _Stop

    def _value(self, token: Token, qualifier: Token | None) -> Term:
        kind, text = token.kind, token.text
        if kind in ("iri", "name"):
            node = self.known.get(text)
            if node is None:
                node = self.known[text] = NamedNode(self._iri(text))
            return node
        if kind in ("short", "long"):
            quotes = 3 if kind == "long" else 1
            value = _unescaped(text[quotes:-quotes])
            if qualifier is None:
                return Literal(value)
            if qualifier.kind == "at":
                return Literal(value, language=qualifier.text[1:])
            return Literal(value, datatype=NamedNode(self._iri(qualifier.text)))
        if kind == "blank":
            return BlankNode(text[2:])
        if kind == "number":
            plain = text.lstrip("+-").isdigit()
            return Literal(text, datatype=_INTEGER if plain else _DOUBLE if "e" in text.lower() else _DECIMAL)
        if text == "a" and self.stack[-1].expect == "predicate":
            return RDF_TYPE
        if text in ("true", "false"):
            return Literal(text, datatype=_BOOLEAN)
        raise _Stop

    def _iri(self, text: str) -> str:
        return absolute(text, self.prefixes, self.base)

    def _blank(self) -> BlankNode:
        self.blanks += 1
        return BlankNode(f"anonymous-{self.blanks}")


def absolute(text: str, prefixes: Mapping[str, str], base: str) -> str:
    """The IRI that a token is: one in angle brackets, or a prefixed name.

    Raises:
        ValueError: it is none; its prefix is not declared.
    """
    if text.startswith("<"):
        return resolve(_unescaped(text[1:-1]), base)
    prefix, colon, local = text.partition(":")
    if not colon or prefix not in prefixes:
        raise ValueError(f"{text} is no IRI")
    return prefixes[prefix] + (re.sub(r"\\(.)", r"\1", local) if "\\" in local else local)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPES.get(m[3], m[3]),
        text,
    )
