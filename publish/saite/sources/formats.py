"""The RDF formats that Saite reads: known by the file's name, and failing that by its first bytes."""

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from pyoxigraph import RdfFormat, parse


@dataclass(frozen=True, slots=True)
class Format:
    """A serialization of RDF.

    Attributes:
        name: as its specification calls it.
        parser: the parser's name for it.
        extensions: file name endings without the dot, the usual one first.
        specification: address of the syntax, for those who have to mend a file.
    """

    name: str
    parser: RdfFormat
    extensions: tuple[str, ...]
    specification: str


TURTLE: Final = Format("Turtle", RdfFormat.TURTLE, ("ttl", "turtle", "n3"), "https://www.w3.org/TR/turtle/")
TRIG: Final = Format("TriG", RdfFormat.TRIG, ("trig",), "https://www.w3.org/TR/trig/")
N_TRIPLES: Final = Format("N-Triples", RdfFormat.N_TRIPLES, ("nt", "ntriples"), "https://www.w3.org/TR/n-triples/")
N_QUADS: Final = Format("N-Quads", RdfFormat.N_QUADS, ("nq", "nquads"), "https://www.w3.org/TR/n-quads/")
RDF_XML: Final = Format(
    "RDF/XML", RdfFormat.RDF_XML, ("rdf", "owl", "rdfs"), "https://www.w3.org/TR/rdf-syntax-grammar/"
)
JSON_LD: Final = Format("JSON-LD", RdfFormat.JSON_LD, ("jsonld", "json-ld"), "https://www.w3.org/TR/json-ld11/")

FORMATS: Final = (TURTLE, TRIG, N_TRIPLES, N_QUADS, RDF_XML, JSON_LD)
LINE_BASED: Final = (N_TRIPLES, N_QUADS)

EXTENSIONS: Final = {ending: format for format in FORMATS for ending in format.extensions}
"""File name ending (lower case, without the dot) to format."""

UNSURE: Final = frozenset({"", "xml", "json", "txt"})
"""Endings that RDF files share with others: only their content tells."""

OFTEN_WRONG: Final = frozenset({"owl", "rdf", "rdfs", "n3"})
"""Endings that many tools give to RDF in other formats too: their content overrules the name."""

HEAD: Final = 65536
"""How many bytes are looked at, at most, to tell a format."""

_RDF_NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DIRECTIVE = re.compile(r"@prefix\s+[^\s:]*:\s*<|@base\s+<|prefix\s+[^\s:]*:\s*<|base\s+<", re.IGNORECASE)
_NO_TURTLE = re.compile(r"(?:\s|#[^\r\n]*)*")
_XML_PROLOGUE = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE)
_XML_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([\s>/])")
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_JSON_LD_KEY = re.compile(r'"@(?:context|id|graph|type|value|included)"\s*:')
_OTHER = (
    (re.compile(r"(?:Prefix|Ontology)\s*\("), "OWL functional-style syntax"),
    (re.compile(r"(?:Prefix|Ontology|Class|Namespace)\s*:\s"), "OWL Manchester syntax"),
)


def ending(name: str) -> str:
    """The file name's ending in lower case, without the dot and without ``.gz``."""
    path = PurePath(name.lower())
    if path.suffix == ".gz":
        path = PurePath(path.stem)
    return path.suffix[1:]


def tell(name: str, head: bytes) -> "Format | str":
    """The format of a file.

    Args:
        name: the file's name.
        head: its first bytes, :data:`HEAD` of them, decompressed.

    Returns:
        The format; or, where it is none of ours, what it seems to be ("" if nobody knows).
    """
    known = EXTENSIONS.get(ending(name))
    if known is not None and ending(name) not in OFTEN_WRONG:
        return known
    found = sniff(head)
    return found if isinstance(found, Format) or known is None or found else known


def sniff(head: bytes) -> "Format | str":
    """The format that the first bytes of a file are in; or what else it seems to be, "" if nobody knows."""
    text = head.decode("utf-8-sig", errors="replace").replace("\ufffd", "")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", errors="replace")
    if _JSON.match(text):
        return JSON_LD if _JSON_LD_KEY.search(text) else "JSON without an @context"
    xml = _xml(text)
    if xml is not None:
        return xml
    start = _NO_TURTLE.match(text)
    body = text[start.end() if start else 0 :]
    for pattern, name in _OTHER:
        if pattern.match(body):
            return name
    return _turtle(body) if body else ""


def _xml(text: str) -> "Format | str | None":
    """RDF/XML, or another XML; None if it is no XML at all."""
    prologue = _XML_PROLOGUE.match(text)
    end = prologue.end() if prologue else 0
    root = _XML_ROOT.match(text, end)
    if root is None:
        return "XML" if text.lstrip()[:5].lower() == "<?xml" else None
    name, tag_end = root.group(2), text.find(">", root.end() - 1)
    tag = text[root.start() : tag_end if tag_end >= 0 else len(text)]
    if name.lower() == "html":
        return "HTML"
    if name == "TriX":
        return "TriX"
    if name == "Ontology" and root.group(1) is None and "rdf:about" not in tag:
        return "OWL/XML"
    if name == "RDF" or _RDF_NAMESPACE in text:
        return RDF_XML
    return "XML without RDF in it"


def _turtle(body: str) -> "Format | str":
    """Turtle, TriG or N-Quads: told by a directive, or by a first statement that parses."""
    if not _DIRECTIVE.match(body):
        whole_lines = body[: body.rfind("\n") + 1] or body
        if _is_quads(whole_lines):
            return N_QUADS
        if not _has_statement(body, RdfFormat.TRIG):
            return ""
    # TriG is Turtle and more, so that it is the safe guess wherever a graph may come
    return TRIG if "{" in body or len(body) > HEAD // 2 else TURTLE


def _is_quads(lines: str) -> bool:
    """Whether lines are N-Quads (or N-Triples, which are N-Quads too)."""
    try:
        return sum(1 for _ in parse(lines, format=RdfFormat.N_QUADS)) > 0
    except SyntaxError:
        return False


def _has_statement(text: str, format: RdfFormat) -> bool:
    """Whether a first statement parses."""
    try:
        return next(parse(text, format=format, base_iri="http://example.org/"), None) is not None
    except SyntaxError:
        return False
