"""Tokens of Turtle, TriG, N-Triples and N-Quads with their lines and columns (Turtle 1.1, section 6.5).

It looks at files that the parser has accepted, or at those in which a token is sought that Saite refuses; it is
no judge of syntax. RDF 1.2's tokens are known, so that they can be pointed at.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple, TextIO

from saite.sources.positions.statement import START, Spot

_PN_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PN = _PN_BASE + "_\\-0-9\u00b7\u0300-\u036f\u203f\u2040"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = rf"(?:[{_PN_BASE}](?:[{_PN}]|\.+(?=[{_PN}]))*+)?"
_LOCAL = rf"(?:(?:[{_PN_BASE}_:0-9]|{_PLX})(?:[{_PN}:]|{_PLX}|\.+(?=[{_PN}:%\\]))*+)?"

# Each alternative is possessive inside, so that no text, however long, makes the matcher go back.
_TOKEN: Final = (
    r"(?P<space>(?:[ \t\r\n]++|\#[^\r\n]*+)++)"
    r"|(?P<iri><(?:[^\x00-\x20<>\"{}|^`\\]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)"
    r'|(?P<long>"""(?:[^"\\]++|\\.|"(?!""))*+"""' + r"|'''(?:[^'\\]++|\\.|'(?!''))*+''')"
    r'|(?P<short>(?!""")"(?:[^"\\\r\n]++|\\.)*+"' + r"|(?!''')'(?:[^'\\\r\n]++|\\.)*+')"
    rf"|(?P<blank>_:[{_PN_BASE}_0-9](?:[{_PN}]|\.+(?=[{_PN}]))*+)"
    rf"|(?P<name>{_PREFIX}:{_LOCAL})"
    r"|(?P<number>[+-]?(?:[0-9]++(?:\.[0-9]*)?[eE][+-]?[0-9]++|\.[0-9]++(?:[eE][+-]?[0-9]++)?"
    r"|[0-9]++(?:\.[0-9]++)?))"
    r"|(?P<at>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)"
    r"|(?P<mark>\^\^|<<\(|\)>>|<<|>>|\{\||\|\}|[~.;,\[\](){}=])"
    r"|(?P<word>[A-Za-z]++)"
)
_BLOCK = 1 << 16
_MARGIN = 64
"""So many characters behind a token must be known before it is known to end there (``1.E+3``, ``a...b``)."""


@cache
def _pattern() -> re.Pattern[str]:
    """A token. It is compiled when it is first needed: that takes longer than to read a small file."""
    return re.compile(_TOKEN, re.DOTALL)


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: ``iri``, ``long``, ``short``, ``blank``, ``name``, ``number``, ``at``, ``mark`` or ``word``;
            ``bad`` for a character that begins no token, after which nothing more comes.
        text: as it stands in the file.
        line: 1-based line of its first character.
        column: 1-based column of its first character, in characters.
    """

    kind: str
    text: str
    line: int
    column: int


def tokens(stream: TextIO, at: Spot = START) -> Iterator[Token]:
    """The tokens of a file, which is read in blocks; only the longest token is held whole.

    Args:
        stream: the file, or a part of one.
        at: where it begins.
    """
    match = _pattern().match
    buffer, position, ended, block = "", 0, False, _BLOCK
    line, before = at.line, at.column - 1  # the current line, and how many of its characters went with earlier blocks
    while True:
        found = match(buffer, position)
        if not ended and (found is None or len(buffer) - found.end() < _MARGIN):
            # the token may go on in the next block; twice as much is read each time, so that long ones stay cheap
            more = stream.read(block)
            ended, block = not more, block * 2
            newline = buffer.rfind("\n", 0, position)
            before = position - newline - 1 + (before if newline < 0 else 0)
            buffer, position = buffer[position:] + more, 0
            continue
        if found is None:
            if position < len(buffer):
                newline = buffer.rfind("\n", 0, position)
                yield Token("bad", buffer[position], line, position - newline + (before if newline < 0 else 0))
            return
        end, kind = found.end(), found.lastgroup or ""
        if kind != "space":
            newline = buffer.rfind("\n", 0, position)
            yield Token(kind, found.group(), line, position - newline + (before if newline < 0 else 0))
        if kind in ("space", "long"):
            line += buffer.count("\n", position, end)
        position, block = end, _BLOCK
