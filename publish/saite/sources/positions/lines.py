"""Statements of N-Triples and N-Quads: one to a line, found by searching for the subject at a line's beginning."""

from collections.abc import Iterator

from pyoxigraph import RdfFormat, parse

from saite.sources.positions.statement import Spot, Statement
from saite.sources.source import Source, environment, open_bytes
from saite.terms import Subject

_BLOCK = 1 << 20


def statements(source: Source, subject: Subject) -> Iterator[Statement]:
    """The statements about a subject, in the file's order; those of a blank node, by the file's own label."""
    needles = _spellings(subject)
    for number, line in _lines_with(source, needles):
        text = line.decode("utf-8", errors="replace").removeprefix("\ufeff")
        if text.lstrip(" \t").encode().startswith(needles):
            yield from _statement(text, number)


def all_statements(source: Source) -> Iterator[Statement]:
    """Every statement of a file: for when so many are sought that one pass is less work than many searches."""
    for number, line in _lines_with(source, (b"",)):
        text = line.decode("utf-8", errors="replace").removeprefix("\ufeff")
        yield from _statement(text, number)


def _spellings(subject: Subject) -> tuple[bytes, ...]:
    """How a subject may stand in the file: as it is, or with its letters beyond ASCII escaped."""
    plain = str(subject)
    escaped = "".join(
        c if c.isascii() else f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}" for c in plain
    )
    return tuple({plain.encode(): None, escaped.encode(): None})


def _lines_with(source: Source, needles: tuple[bytes, ...]) -> Iterator[tuple[int, bytes]]:
    """Lines that have one of some words in them, with their numbers; the file is read in blocks."""
    number, rest = 1, b""
    with open_bytes(source) as stream, environment(source):
        while True:
            block = stream.read(_BLOCK)
            data = rest + block
            end = data.rfind(b"\n") + 1 if block else len(data)
            rest = data[end:]
            data = data[:end]
            if any(needle in data for needle in needles):
                for line in data.split(b"\n"):
                    if any(needle in line for needle in needles):
                        yield number, line
                    number += 1
                number -= 1
            else:
                number += data.count(b"\n")
            if not block:
                return


def _statement(text: str, number: int) -> Iterator[Statement]:
    try:
        quads = list(parse(text, format=RdfFormat.N_QUADS))
    except SyntaxError:
        return
    start = len(text) - len(text.lstrip(" \t"))
    for quad in quads:
        predicate = text.find("<", start + len(str(quad.subject)))
        spot = Spot(number, start + 1)
        after = text.find(">", predicate) + 1
        value = after + len(text[after:]) - len(text[after:].lstrip(" \t"))
        yield Statement(
            quad.subject,
            quad.predicate,
            quad.object,
            Spot(number, value + 1),
            Spot(number, predicate + 1),
            spot,
        )
