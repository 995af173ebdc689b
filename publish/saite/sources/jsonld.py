"""JSON-LD: nothing fetched, and nothing lost unsaid.

A JSON-LD processor leaves out what is not well-formed (relative IRIs without a base, IRIs with spaces, bad language
tags) without a word (JSON-LD 1.1 API, 8.2). So a file is read twice: first lets everything pass and is looked at,
then come the quads.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO

from saite.errors import DataError, Place, SaiteError, SyntaxFault
from saite.sources.contexts import inline
from saite.sources.faults import encoding_fault, explain, fault, syntax_fault, wide_encoding, wide_fault
from saite.sources.formats import JSON_LD
from saite.sources.parser import parser
from saite.sources.positions.jsontext import Event, events, line_of, pointer
from saite.sources.source import Source, environment, open_bytes
from saite.terms import BlankNode, Literal, NamedNode, Quad

_DIRECTION = re.compile(r'"@direction"\s*:\s*"(ltr|rtl)"')
_LIMIT = 2**24
_MOST = 2**30


def quads(source: Source, base: str) -> Iterator[Quad]:
    """The quads of a JSON-LD file.

    Raises:
        SyntaxFault: it is no JSON, no JSON-LD, names a context on the web, or has something that would be lost.
        DataError: none of its keys is mapped to an IRI.
    """
    text = _load(source)
    _refuse_direction(text, source)
    content = inline(text, source).encode()
    try:
        unmapped = _judge(content, text, source, base)
        count = 0
        for count, quad in enumerate(parser(BytesIO(content), JSON_LD, base), 1):  # noqa: B007
            yield quad
    except SyntaxError as error:
        raise _fault_of(error, text, source) from error
    except MemoryError as error:
        raise _too_long(text, source) from error
    if unmapped and not count:
        raise DataError(
            f'there is no RDF in this JSON: no key of it, such as "{unmapped}", is mapped to an IRI',
            place=source.place,
            cure='Add an "@context" that maps the keys to IRIs.',
        )


def _load(source: Source) -> str:
    with open_bytes(source) as stream, environment(source):
        data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise DataError(
            f"the JSON-LD file is larger than {_MOST >> 20} MiB, and JSON-LD has to be held in memory whole",
            place=source.place,
            cure="Convert it to N-Quads or Turtle, which are read piece by piece; or split it.",
        )
    if name := wide_encoding(data[:4]):
        raise wide_fault(source, name)
    if not data.strip():
        raise fault(source, "the file is empty, and JSON has at least a value", "Write {} into it, or delete it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise encoding_fault(source) or fault(source, "the file is not UTF-8", "Save it as UTF-8.") from error


def _refuse_direction(text: str, source: Source) -> None:
    """A base direction is RDF 1.2; where there is no language beside it, the parser drops it without a word."""
    if found := _DIRECTION.search(text):
        line, column = line_of(text, found.start())
        message = f"the base direction {found.group(1)} is RDF 1.2, which Saite does not read"
        raise fault(source, message, 'Take "@direction" out.', line, column)


def _judge(content: bytes, text: str, source: Source, base: str) -> str:
    """Looks for what the parser would leave out without a word; returns a key that is mapped to no IRI, or ""."""
    unmapped = ""
    for quad in parser(BytesIO(content), JSON_LD, base, lenient=True, rename=False):
        subject, predicate, value, graph = quad
        if predicate.value.startswith("_:"):
            raise _at(text, source, _is(predicate.value), "a blank node cannot be a property", "Give it an IRI.")
        if ":" not in predicate.value:
            unmapped = unmapped or predicate.value  # a key without a mapping: JSON-LD 1.1 says to pass over it
            continue
        for node in (subject, predicate, value, graph):
            if isinstance(node, NamedNode):
                _judge_iri(node.value, text, source)
            elif isinstance(node, BlankNode):
                _judge_label(node.value, text, source)
        if isinstance(value, Literal):
            _judge_literal(value, text, source)
    return unmapped


def _judge_iri(iri: str, text: str, source: Source) -> None:
    if problem := _iri_problem(iri):
        message, cure = explain(problem, f"<{iri}>", JSON_LD)
        raise _at(text, source, _is(iri), message, cure)


def _judge_label(label: str, text: str, source: Source) -> None:
    try:
        BlankNode(label)
    except ValueError:
        cure = "Use letters, digits, hyphens and underscores."
        raise _at(text, source, _is("_:" + label), f"_:{label} is no name for a blank node", cure) from None


def _judge_literal(value: Literal, text: str, source: Source) -> None:
    if value.language is not None and (problem := _language_problem(value.language)):
        message, cure = explain(problem, f'"{value.language}"', JSON_LD)
        raise _at(text, source, _is(value.language), message, cure)
    _judge_iri(value.datatype.value, text, source)


@lru_cache(maxsize=4096)
def _iri_problem(iri: str) -> str:
    try:
        NamedNode(iri)
    except ValueError as error:
        return str(error)
    return ""


@lru_cache(maxsize=256)
def _language_problem(language: str) -> str:
    try:
        Literal("", language=language)
    except ValueError:
        return "not a valid language tag"
    return ""


def _is(value: str) -> Callable[[Event], bool]:
    """Whether a key or string says a value: whole, or by its end after a prefix."""
    return lambda event: (
        event.kind in ("key", "string")
        and bool(event.value)
        and (event.value == value or value.endswith(event.value.partition(":")[2] or event.value))
    )


def _at(text: str, source: Source, sought: Callable[[Event], bool], message: str, cure: str) -> SyntaxFault:
    """A fault at the first key or value that is as sought; of the whole file if there is none."""
    found = next((event for event in events(text) if sought(event)), None)
    if found is None:
        return fault(source, message, cure)
    line, column = line_of(text, found.offset)
    result = fault(source, message, cure, line, column)
    result.place = Place(source.display, line, column, pointer(found.path))
    return result


def _fault_of(error: SyntaxError, text: str, source: Source) -> SaiteError:
    if error.lineno is not None:
        return syntax_fault(source, JSON_LD, error)
    said = str(error.msg or error)
    quoted = re.search(r"'([^']+)'", said)
    keyword = re.search(r"@[a-z]+", said)
    wanted = quoted.group(1) if quoted else keyword.group() if keyword else ""
    message, cure = explain(said, f"<{wanted}>" if quoted else wanted, JSON_LD)
    return _at(text, source, lambda event: event.kind in ("key", "string") and event.value == wanted, message, cure)


def _too_long(text: str, source: Source) -> SaiteError:
    return _at(
        text,
        source,
        lambda event: event.end - event.offset > _LIMIT // 4,
        "a single text is longer than 16 MiB",
        "Publish what is that large as a file of its own, and link to it.",
    )
