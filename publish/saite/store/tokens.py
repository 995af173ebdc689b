"""SPARQL text as tokens (SPARQL 1.1 Query, section 19.8): what binding, guarding and diagnosing stand on.

The tokenizer is strict: a character that starts no token, an escape that SPARQL does not know, a string without an
end are errors, never guesses, because the store's own parser might guess differently.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from saite.errors import Place, SyntaxFault

NAME: Final = "query"
"""What a place of a query without a file calls itself."""

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_EXTRA = "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS = rf"{_BASE}_\-{_EXTRA}"
_PREFIX = rf"[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_:0-9]|{_PLX})(?:(?:[{_CHARS}.:]|{_PLX})*(?:[{_CHARS}:]|{_PLX}))?"
_UCHAR = r"\\u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}|\\U(?:000(?!0[dD][89a-fA-F])[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4})"
_ESCAPE = rf"\\[tbnrf\\\"']|{_UCHAR}"
_IRI = rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_UCHAR})*>"

_TOKEN: Final = "|".join(
    (
        r"(?P<space>[ \t\r\n]+)",
        r"(?P<comment>\#[^\r\n]*)",
        rf"(?P<iri>{_IRI})",
        rf"(?P<string>'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''"
        rf'|"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*"""'
        rf"|'(?:[^'\\\r\n]|{_ESCAPE})*'"
        rf'|"(?:[^"\\\r\n]|{_ESCAPE})*")',
        rf"(?P<var>[?$][{_BASE}_0-9][{_BASE}_{_EXTRA}]*)",
        rf"(?P<bnode>_:[{_BASE}_0-9](?:[{_CHARS}.]*[{_CHARS}])?)",
        r"(?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)",
        r"(?P<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)",
        rf"(?P<pname>(?:{_PREFIX})?:(?:{_LOCAL})?)",
        r"(?P<word>[A-Za-z_][A-Za-z0-9_]*)",
        r"(?P<punct><<\(|\)>>|<<|>>|\{\||\|\}|\^\^|&&|\|\||!=|<=|>=|[{}()\[\];,.|/^?*+!=<>~-])",
    )
)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


@cache
def _pattern() -> re.Pattern[str]:
    """A token, or what is none; compiled when it is first needed."""
    return re.compile(_TOKEN)


@dataclass(frozen=True, slots=True)
class Token:
    """One token that is neither white space nor a comment.

    Attributes:
        kind: ``iri``, ``string``, ``var``, ``bnode``, ``lang``, ``number``, ``pname``, ``word`` or ``punct``.
        text: as it stands in the query.
        start: offset of its first character.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset of the character after it."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, in any letter case."""
        return self.kind == "word" and self.text.upper() in words


def tokenize(text: str, name: str = NAME) -> list[Token]:
    """The tokens of a query, without white space and comments.

    Raises:
        SyntaxFault: a character that can stand nowhere, an unknown escape, or a string that does not end.
    """
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _pattern().match(text, position)
        if match is None:
            raise _fault(text, position, name)
        kind = str(match.lastgroup)
        if kind not in ("space", "comment"):
            tokens.append(Token(kind, match[0], position))
        position = match.end()
    return tokens


def readings(text: str) -> Iterator[Token]:
    """Every token that any reading of the text might see, in no particular order.

    ``1<ex:a)...>`` is an IRI by the longest match of SPARQL's grammar, but parsers that go by what can stand here
    read "less than"; whoever must not miss a word asks for the tokens of both readings. An IRI that has ``//`` after
    its scheme can only be an IRI.
    """
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        position = waiting.pop()
        if position in seen or position >= len(text):
            continue
        seen.add(position)
        match = _pattern().match(text, position)
        if match is None:
            continue
        kind = str(match.lastgroup)
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], position)
        if kind == "iri" and not _ABSOLUTE.match(match[0]):
            waiting.append(position + 1)
        waiting.append(match.end())


def is_absolute(token: Token) -> bool:
    """Whether an ``iri`` token can be read in no other way than as an IRI."""
    return _ABSOLUTE.match(token.text) is not None


def place(text: str, offset: int, name: str = NAME) -> tuple[Place, str]:
    """Line and column (1-based, in characters) of an offset, and that line's text."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : len(text) if end < 0 else end].rstrip("\r")
    return Place(name, text.count("\n", 0, offset) + 1, offset - start + 1), line


def fault(text: str, offset: int, message: str, cure: str, name: str = NAME) -> SyntaxFault:
    """A syntax error at an offset of a query."""
    where, line = place(text, offset, name)
    return SyntaxFault(message, place=where, cure=cure, excerpt=line)


def _fault(text: str, offset: int, name: str) -> SyntaxFault:
    char = text[offset]
    if char in "'\"":
        return fault(
            text,
            offset,
            "this string has no end, or an escape that SPARQL does not know",
            "Close it with the same quote; write \\\\ for a backslash; a text over several lines needs three quotes.",
            name,
        )
    if char == "<":
        return fault(text, offset, "this IRI has no end", "Write <...> without spaces or quotes in it.", name)
    if char == "\\":
        return fault(
            text, offset, "an escape outside strings and IRIs", "Write the character itself, or put it in quotes.", name
        )
    if char in "?$":
        return fault(text, offset, "a variable without a name", "Write ?name, with letters or digits.", name)
    shown = char if char.isprintable() else f"U+{ord(char):04X}"
    cure = "Put it in quotes if it is text, else take it out."
    if char.isspace():
        cure = "Replace it with an ordinary space."
    return fault(text, offset, f"the character {shown} cannot stand here", cure, name)
