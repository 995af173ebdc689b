"""The prefixes that files declare: what their authors call the namespaces."""

import io
import re
from collections.abc import Iterable, Iterator

from saite.sources.formats import RDF_XML, TRIG, TURTLE
from saite.sources.positions.lexer import tokens
from saite.sources.source import Source, format_of, head_of
from saite.terms import NamedNode

_XMLNS = re.compile(r"""\sxmlns:([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"&<]*)"|'([^'&<]*)')""")
_PREFIX = re.compile(r"(?:[^\W\d_][\w-]*)?")


def prefixes(sources: Iterable[Source]) -> dict[str, str]:
    """Prefix to namespace, as the heads of Turtle, TriG and RDF/XML files declare them.

    Where files disagree, the first wins; a prefix that could not be written in Turtle is left out, and so is one that
    stands for no absolute IRI.

    Raises:
        DataError: a file is in no RDF format.
        EnvironmentFault: a file cannot be read.
    """
    found: dict[str, str] = {}
    for source in sources:
        format = format_of(source)
        if format in (TURTLE, TRIG, RDF_XML):
            text = head_of(source).decode("utf-8-sig", errors="replace")
            for prefix, namespace in _xml(text) if format is RDF_XML else _turtle(text):
                if _PREFIX.fullmatch(prefix) and _is_iri(namespace):
                    found.setdefault(prefix, namespace)
    return found


def _xml(text: str) -> Iterator[tuple[str, str]]:
    return ((match[1], match[2] or match[3] or "") for match in _XMLNS.finditer(text))


def _turtle(text: str) -> Iterator[tuple[str, str]]:
    """What follows @prefix or PREFIX."""
    waiting: list[str] = []
    for token in tokens(io.StringIO(text, newline="")):
        if token.text.lstrip("@").upper() == "PREFIX" and token.kind in ("at", "word"):
            waiting = [token.text]
        elif waiting:
            waiting.append(token.text)
            if len(waiting) == 3:
                yield waiting[1].removesuffix(":"), token.text[1:-1]
                waiting = []


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
