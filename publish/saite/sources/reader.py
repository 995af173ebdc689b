"""From a file to its quads, one at a time; every fault of the file says where it is and how to mend it."""

import io
from collections.abc import Callable, Iterator
from typing import Final

from saite.errors import DataError, SaiteError
from saite.sources import jsonld, rdfxml
from saite.sources.faults import fault, syntax_fault, wide_encoding, wide_fault
from saite.sources.formats import JSON_LD, RDF_XML, Format
from saite.sources.parser import Readable, parser
from saite.sources.positions.lexer import Token, tokens
from saite.sources.source import Source, environment, format_of, open_bytes, text_of
from saite.terms import DefaultGraph, Literal, Quad, Triple

_TWELVE_CURE: Final = (
    "RDF 1.2 is new, and most tools cannot read it yet. Write triple terms as nodes of their own (n-ary relations) "
    "and leave out base directions."
)


def read(source: Source, base: str = "") -> Iterator[Quad]:
    """The quads of a file, in its order; blank nodes are renamed apart (at random: graph names them by content).

    Args:
        source: the file. Its default graph becomes ``source.graph`` where that is set.
        base: in place of ``source.base``, if that is not set.

    Raises:
        SyntaxFault: the file does not parse, or is in RDF 1.2; place has line and column.
        DataError: the file is in no RDF format, or is damaged.
        EnvironmentFault: the file cannot be read.
        UsageError: the base is no absolute IRI.
    """
    format, base = format_of(source), source.base or base
    if format is RDF_XML:
        quads = rdfxml.quads(source, base)
    elif format is JSON_LD:
        quads = jsonld.quads(source, base)
    else:
        quads = _text_quads(source, format, base)
    return _in_graph(source, _rdf11(quads, source, lambda: _first_of_rdf12(source, format)))


def read_bytes(source: Source, format: Format, data: bytes, base: str = "") -> Iterator[Quad]:
    """The quads of a part of a file that is, or would be, in Turtle, TriG, N-Triples or N-Quads; see :func:`read`."""
    quads = _parsed(source, format, io.BytesIO(data), source.base or base)
    return _in_graph(source, _rdf11(quads, source, lambda: None))


def _text_quads(source: Source, format: Format, base: str) -> Iterator[Quad]:
    with open_bytes(source) as stream, environment(source):
        yield from _parsed(source, format, stream, base)


def _parsed(source: Source, format: Format, stream: Readable, base: str) -> Iterator[Quad]:
    guarded = _Guarded(source, format, stream)
    try:
        yield from parser(guarded, format, base)
    except SyntaxError as error:
        raise syntax_fault(source, format, error) from error
    except MemoryError as error:
        raise _too_long(source) from error


class _Guarded:
    """The bytes of a file for the parser, without a byte order mark.

    UTF-16 is told at once. Triple terms are refused before the parser sees them, because deep ones (some ten
    thousand, nested) would end the process: RDF 1.2 in pyoxigraph is freed by recursion.
    """

    def __init__(self, source: Source, format: Format, stream: Readable) -> None:
        self.source = source
        self.format = format
        self.stream = stream
        self.begun = self.cleared = False
        self.last = b""

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes.

        Raises:
            SyntaxFault: the file is in UTF-16 or UTF-32, or has a triple term.
        """
        block = self.stream.read(size)
        if not self.begun:
            self.begun = True
            if name := wide_encoding(block[:4]):
                raise wide_fault(self.source, name)
            block = block.removeprefix(b"\xef\xbb\xbf") or self.stream.read(size)
        if not self.cleared and b"<<" in self.last + block:
            found = _first_of_rdf12(self.source, self.format, ("<<", "<<("))
            if found is not None:
                raise found
            self.cleared = True  # all of them stand in texts
        self.last = block[-1:]
        return block


def _rdf11(quads: Iterator[Quad], source: Source, find: Callable[[], SaiteError | None]) -> Iterator[Quad]:
    """The quads, as long as they are RDF 1.1."""
    for quad in quads:
        value = quad.object
        if value.__class__ is Triple or (value.__class__ is Literal and value.direction is not None):
            raise find() or DataError(
                f"RDF 1.2: {str(value)[:80]} is a triple term or a text with a base direction",
                place=source.place,
                cure=_TWELVE_CURE,
            )
        yield quad


def _in_graph(source: Source, quads: Iterator[Quad]) -> Iterator[Quad]:
    graph = source.graph
    if graph is None:
        return quads
    return (
        Quad(q.subject, q.predicate, q.object, graph) if q.graph_name.__class__ is DefaultGraph else q for q in quads
    )


def _first_of_rdf12(
    source: Source, format: Format, marks: tuple[str, ...] = ("<<", "<<(", "{|", "~", "--")
) -> SaiteError | None:
    """The fault of the first token that only RDF 1.2 has; None if there is none."""
    if format is RDF_XML or format is JSON_LD:
        return None
    with text_of(source) as stream:
        for token in tokens(stream):
            if token.text in marks or ("--" in marks and token.kind == "at" and "--" in token.text):
                return _twelve(source, token)
    return None


def _twelve(source: Source, token: Token) -> SaiteError:
    what = {
        "<<": "a reified triple",
        "<<(": "a triple term",
        "{|": "an annotation of a triple",
        "~": "a reifier of a triple",
    }.get(token.text, f"the base direction of {token.text}")
    return fault(source, f"{what} is RDF 1.2, which Saite does not read", _TWELVE_CURE, token.line, token.column)


def _too_long(source: Source) -> SaiteError:
    """A single text that is longer than the parser's buffer (16 MiB)."""
    with text_of(source) as stream:
        for token in tokens(stream):
            if len(token.text) > 2**21 and len(token.text.encode()) >= 2**24 - 2**16:
                return fault(
                    source,
                    f"a single text of {len(token.text.encode()) / 2**20:.0f} MiB: the limit is 16 MiB",
                    "Publish what is that large as a file of its own, and link to it.",
                    token.line,
                    token.column,
                )
    return DataError("something in it is longer than 16 MiB", place=source.place, cure="Split it.")
