"""Prefixed names: how an IRI is written with the site's prefixes, by the grammar of Turtle 1.1."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final, TypeVar

from saite.terms import NamedNode

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040-"
_PREFIX: Final = f"(?:[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?)?"
_PLAIN_PREFIX: Final = re.compile("[A-Za-z][A-Za-z0-9_-]*")
_PLAIN_LOCAL: Final = re.compile("[A-Za-z0-9_][A-Za-z0-9_-]*")
_LOCAL_PIECE: Final = f"%[0-9A-Fa-f]{{2}}|[{_CHARS}:]+|[~.!$&'()*+,;=@%]"
_LOCAL_START: Final = f"[{_BASE}_0-9:%~.!$&'()*+,;=@-]"
_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")

CACHED: Final = 100_000
"""Entries of a table that are kept at least, and half of those at most: memory does not grow with the site."""


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first needed: most names are plain."""
    return re.compile(form)


def local_name(text: str) -> str | None:
    """The local part of a prefixed name (PN_LOCAL, Turtle 1.1 section 6.5), escaped where it must be.

    None where the grammar has no way to write it. ``/``, ``?`` and ``#`` could be written with a backslash too,
    but an IRI with one of them belongs to a deeper namespace than the prefix says, and is easier to read whole;
    a full stop at the end could, but not every reader takes it there.
    """
    if not text or _PLAIN_LOCAL.fullmatch(text):
        return text
    if not _pattern(_LOCAL_START).match(text) or text.endswith("."):
        return None
    pieces: list[str] = []
    at = 0
    while at < len(text):
        match = _pattern(_LOCAL_PIECE).match(text, at)
        if match is None:
            return None
        piece = match[0]
        if len(piece) == 1 and piece in "~.!$&'()*+,;=@%" and (piece != "." or at == 0):
            piece = "\\" + piece
        pieces.append(piece)
        at = match.end()
    name = "".join(pieces)
    return "\\" + name if name.startswith("-") else name


def namespaces(own: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Namespace to prefix: the first of a site's own prefixes wins, then the first of the known ones.

    Prefixes and namespaces that Turtle cannot write are left out.
    """
    found: dict[str, str] = {}
    taken: dict[str, str] = {}
    for prefix, namespace in [*own.items(), *known.items()]:
        if not (_PLAIN_PREFIX.fullmatch(prefix) or _pattern(_PREFIX).fullmatch(prefix)) or not _IRI.fullmatch(
            namespace
        ):
            continue
        if taken.setdefault(prefix, namespace) == namespace:
            found.setdefault(namespace, prefix)
    return found


class Kept(dict[_Key, _Made]):
    """What is made of keys, made once; what was asked for of late, some :data:`CACHED` to twice as many entries.

    When it has grown to as many, those are put aside, and come back as they are asked for: what is asked for again and
    again is not made again.
    """

    def __init__(self, make: Callable[[_Key], _Made]) -> None:
        """Take what makes the entries."""
        super().__init__()
        self._make = make
        self._before: dict[_Key, _Made] = {}

    def __missing__(self, key: _Key) -> _Made:
        if len(self) >= CACHED:
            self._before = dict(self)
            self.clear()
        made = self._before[key] if key in self._before else self._make(key)
        self[key] = made
        return made


class Names(Kept[NamedNode, tuple[str, str | None]]):
    """IRI -> (the IRI as Turtle writes it, the prefix that this takes or None). Fills itself."""

    def __init__(self, prefix_of: Mapping[str, str]) -> None:
        """Take the prefixes to write with.

        Args:
            prefix_of: namespace to prefix, as :func:`namespaces` makes it.
        """
        super().__init__(lambda iri: self._write(iri.value))
        self.prefix_of = dict(prefix_of)
        self._headers: dict[frozenset[str | None], str] = {}
        # Namespaces that end where an IRI is cut are found by one look-up; the others are tried one by one,
        # the longest first.
        self._uncut = sorted((n for n in self.prefix_of if n[-1:] not in ("/", "#")), key=lambda n: (-len(n), n))

    def _write(self, iri: str) -> tuple[str, str | None]:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        for namespace in (*(n for n in self._uncut if iri.startswith(n)), iri[:cut]):
            prefix = self.prefix_of.get(namespace)
            if prefix is not None:
                local = local_name(iri[len(namespace) :])
                if local is not None:
                    return f"{prefix}:{local}", prefix
        return f"<{iri}>", None

    def header(self, used: Iterable[str | None]) -> str:
        """``@prefix`` lines for the prefixes in use, sorted by prefix, with an empty line after; "" for none."""
        wanted = frozenset(used)
        header = self._headers.get(wanted)
        if header is None:
            if len(self._headers) >= CACHED:
                self._headers.clear()
            lines = sorted((prefix, namespace) for namespace, prefix in self.prefix_of.items() if prefix in wanted)
            header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in lines)
            header = self._headers[wanted] = header + "\n" if lines else ""
        return header
