"""Where the blocks of a Turtle file begin: one regular expression goes over each, which is ten times as fast as tokens.

Only the blocks of the subjects that somebody asks for are then read token by token (:mod:`turtle`). Bytes beyond ASCII
are taken for letters: the parser has accepted the file. What is not understood ends the search, as in ``turtle``.
"""

import io
import re
from collections.abc import Iterator, Mapping
from mmap import ACCESS_READ, mmap
from typing import Final, NamedTuple

from saite.sources.positions.statement import Spot, Statement
from saite.sources.positions.turtle import absolute, statements
from saite.sources.source import Source, environment, open_bytes
from saite.terms import NamedNode

_SPACE = rb"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
_IRI = rb"<[^\x00-\x20<>\"{}|^`]*+>"
_NAMED = rb"[A-Za-z0-9_:%\-\x80-\xff]"
_WORD = rb"(?:[@+]|\.(?=[0-9])|" + _NAMED + rb")(?:" + _NAMED + rb"|\\.|\.++(?=" + _NAMED + rb"|\\))*+"
_LONG = rb'"""(?:[^"\\]++|\\.|"(?!""))*+"""' + rb"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
_SHORT = rb'"(?:[^"\\\r\n]++|\\.)*+"' + rb"|'(?:[^'\\\r\n]++|\\.)*+'"

_HEAD: Final = re.compile(_SPACE + rb"(?P<subject>" + _IRI + rb"|" + _WORD + rb"|[\[(])", re.DOTALL)
_REST: Final = re.compile(
    rb"(?:[ \t\r\n;,\[\]()^]++|#[^\r\n]*+|" + rb"|".join((_IRI, _LONG, _SHORT, _WORD)) + rb")*+\.", re.DOTALL
)
_END: Final = re.compile(_SPACE + rb"\Z")
_PREFIX: Final = re.compile(
    _SPACE + rb"(?P<prefix>[^\s:<#]*+):" + _SPACE + rb"(?P<iri><[^<>]*+>)" + _SPACE + rb"(?P<dot>\.?)"
)
_BASE: Final = re.compile(_SPACE + rb"(?P<iri><[^<>]*+>)" + _SPACE + rb"(?P<dot>\.?)")
_LINE: Final = 32
"""Bits of a place that tell the line; those above them tell the byte."""


class Piece(NamedTuple):
    """A block, or a directive: ``data[start:end]``.

    Attributes:
        start: its first byte.
        end: the byte after its last, which is the full stop if it has one.
        token: the subject, or the keyword of the directive.
        told: what a directive tells; None for a block.
    """

    start: int
    end: int
    token: bytes
    told: re.Match[bytes] | None = None


def pieces(data: bytes | mmap) -> Iterator[Piece]:
    """The blocks and directives of a file in Turtle, in its order, up to the end or what is not understood."""
    position = _begin(data)
    while (head := _HEAD.match(data, position)) is not None:
        token: bytes = head["subject"]
        word = token.lower()
        if word in (b"@prefix", b"prefix", b"@base", b"base"):
            told = (_PREFIX if word.endswith(b"prefix") else _BASE).match(data, head.end())
            if told is None:
                return
            position = told.end() if token[:1] == b"@" else told.end("iri")
        else:
            told = None
            end = _REST.match(data, head.end())
            if end is None:
                return
            position = end.end()
        yield Piece(head.start("subject"), position, token, told)


def is_end(data: bytes | mmap, position: int) -> bool:
    """Whether nothing but space and comments follows a byte."""
    return _END.match(data, position or _begin(data)) is not None


def _begin(data: bytes | mmap) -> int:
    return 3 if data[:3] == b"\xef\xbb\xbf" else 0


class Blocks:
    """The blocks of a file, by their subjects.

    Args:
        source: a file in Turtle, in UTF-8.

    Attributes:
        whole: all of the file was understood.

    Raises:
        SaiteError: it cannot be read.
    """

    def __init__(self, source: Source) -> None:
        with open_bytes(source) as stream, environment(source):
            compressed = not isinstance(stream, io.BufferedReader)
            empty = not compressed and not stream.peek(1)
            self._data = stream.read() if compressed or empty else mmap(stream.fileno(), 0, access=ACCESS_READ)
        self._first: dict[int, int] = {}
        self._further: dict[int, list[int]] = {}
        self._names = [(0, dict[str, str](), source.base)]
        self.whole = self._find()

    def __contains__(self, subject: NamedNode) -> bool:
        """Whether a block of this subject is there."""
        return hash(subject.value) in self._first

    def about(self, subject: NamedNode) -> Iterator[Statement]:
        """The statements about a subject, in the file's order."""
        key = hash(subject.value)
        if key in self._first:
            for place in (self._first[key], *self._further.get(key, ())):
                for statement in self._block(place >> _LINE, place & ((1 << _LINE) - 1)):
                    if statement.subject == subject:  # a block has blank nodes as well; and hashes may be equal
                        yield statement

    def _block(self, start: int, line: int) -> Iterator[Statement]:
        """The statements of the block that begins at a byte."""
        data = self._data
        end = _REST.match(data, start)
        assert end is not None, "it did before"
        _, prefixes, base = next(names for names in reversed(self._names) if names[0] <= start)
        before = len(data[data.rfind(b"\n", 0, start) + 1 : start].decode(errors="replace").removeprefix("\ufeff"))
        text = io.StringIO(data[start : end.end()].decode(errors="replace"), newline="")
        return statements(text, base, prefixes, Spot(line, before + 1))

    def _find(self) -> bool:
        """Finds the blocks, up to the end or what is not understood."""
        data, first = self._data, self._first
        line, counted, end = 1, 0, 0
        _, prefixes, base = self._names[0]
        for start, end, token, told in pieces(data):
            if told is not None:
                iri = _named(told["iri"], prefixes, base)
                if iri is None:
                    return False
                if told.re is _PREFIX:
                    prefixes = {**prefixes, told["prefix"].decode(errors="replace"): iri}
                else:
                    base = iri
                self._names.append((end, prefixes, base))
                continue
            line += data[counted:start].count(b"\n")
            counted = start
            subject = _named(token, prefixes, base)
            if subject is not None:
                key = hash(subject)
                place = start << _LINE | line
                if first.setdefault(key, place) != place:
                    self._further.setdefault(key, []).append(place)
        return is_end(data, end)


def _named(token: bytes, prefixes: Mapping[str, str], base: str) -> str | None:
    """The IRI that a token is; None if it is none."""
    try:
        return absolute(token.decode(errors="replace"), prefixes, base)
    except ValueError:
        return None
