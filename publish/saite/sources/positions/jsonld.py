"""Statements of JSON-LD with lines and JSON pointers.

Contexts are understood as far as files have them in practice (terms, prefixes, aliases of keywords, @vocab, @base),
all of a file's as one. Values are taken as they are written: what they become by coercion is not worked out, so an
object is None where the text does not tell.
"""

import bisect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from saite.namespaces import RDF_TYPE
from saite.sources.positions.jsontext import Event, events, pointer
from saite.sources.positions.resolve import resolve
from saite.sources.positions.statement import Spot, Statement
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term

_KEYWORDS = frozenset(
    f"@{word}" for word in ("id", "type", "value", "graph", "list", "set", "included", "nest", "reverse", "language")
)
_MAPS = frozenset(f"@{word}" for word in ("language", "index", "id", "type", "graph"))


@dataclass(slots=True)
class _Object:
    """One JSON object: its key and value events, and the objects below it by the offset of their brace."""

    start: Event
    pairs: list[tuple[Event, list[Event]]] = field(default_factory=list)
    inner: dict[int, "_Object"] = field(default_factory=dict)


@dataclass(slots=True)
class _Context:
    """What keys mean, which of them hold maps, and what relative names start from."""

    terms: dict[str, str] = field(default_factory=dict)
    maps: dict[str, str] = field(default_factory=dict)
    vocab: str = ""
    base: str = ""

    def keyword(self, key: str) -> str:
        """The keyword that a key is or stands for; "" if none."""
        meaning = self.terms.get(key, key)
        return meaning if meaning in _KEYWORDS else ""

    def iri(self, name: str, *, vocab: bool) -> str:
        """A term, compact IRI, IRI or relative reference in full."""
        for _ in range(8):  # a term may stand for a compact IRI, its prefix for another
            prefix, colon, local = name.partition(":")
            if vocab and self.terms.get(name, name) != name:
                name = self.terms[name]
            elif colon and prefix in self.terms and not local.startswith("//"):
                name = self.terms[prefix] + local
            else:
                break
        if ":" in name:
            return name
        return self.vocab + name if vocab else resolve(name, self.base)


def statements(text: str, base: str = "", contexts: Mapping[str, str] | None = None) -> Iterator[Statement]:
    """The statements of a file, as far as they are understood.

    Args:
        text: the file.
        base: what relative IRIs are resolved against.
        contexts: texts of the contexts that the file may name by URL.
    """
    root = _read(text)
    context = _Context(base=base)
    try:
        for inner in root:
            _learn(inner, context, contexts or {})
        scanner = _Scanner(text, context)
        for inner in root:
            yield from scanner.node(inner)
    except ValueError:  # a name that is no IRI after all: what comes after it is not understood
        return


def _read(text: str) -> list[_Object]:
    """The outermost objects of a text, with all below them."""
    roots: list[_Object] = []
    stack: list[_Object] = []
    for event in events(text):
        if event.kind == "{":
            found = _Object(event)
            if stack:
                stack[-1].inner[event.offset] = found
                if stack[-1].pairs:
                    stack[-1].pairs[-1][1].append(event)
            else:
                roots.append(found)
            stack.append(found)
        elif event.kind == "}":
            if stack:
                stack.pop()
        elif event.kind == "key" and stack:
            stack[-1].pairs.append((event, []))
        elif stack and stack[-1].pairs and event.kind in ("string", "other"):
            stack[-1].pairs[-1][1].append(event)
    return roots


def _learn(found: _Object, context: _Context, contexts: Mapping[str, str]) -> None:
    """Takes in the contexts of an object and of all below it."""
    todo = [found]
    while todo:
        current = todo.pop()
        for key, values in current.pairs:
            if key.value == "@context":
                for value in values:
                    if value.kind == "string" and value.value in contexts:
                        todo += _read(contexts[value.value])
                    elif value.offset in current.inner:
                        _learn_terms(current.inner[value.offset], context)
        todo += current.inner.values()


def _learn_terms(terms: _Object, context: _Context) -> None:
    for key, values in terms.pairs:
        for value in values:
            if key.value == "@vocab" and value.kind == "string":
                context.vocab = value.value
            elif key.value == "@base" and value.kind == "string":
                context.base = resolve(value.value, context.base)
            elif value.kind == "string":
                context.terms.setdefault(key.value, value.value)
            elif value.offset in terms.inner:
                inner = {k.value: v[0].value for k, v in terms.inner[value.offset].pairs if v and v[0].kind == "string"}
                if meaning := inner.get("@id"):
                    context.terms.setdefault(key.value, meaning)
                if (container := inner.get("@container", "")) in _MAPS:
                    context.maps.setdefault(key.value, container)


class _Scanner:
    def __init__(self, text: str, context: _Context) -> None:
        self.context = context
        self.breaks = [found.start() for found in re.finditer("\n", text)]
        self.blanks = 0
        self.todo: list[tuple[_Object, Subject | None]] = []

    def node(self, found: _Object) -> Iterator[Statement]:
        """The statements of an object and of all below it."""
        self.todo = [(found, None)]
        while self.todo:
            current, subject = self.todo.pop()
            if subject is None:
                subject = self._subject(current)
            start = self._spot(current.start)
            for key, values in current.pairs:
                keyword = self.context.keyword(key.value)
                inner = [current.inner[value.offset] for value in values if value.offset in current.inner]
                if keyword in ("@graph", "@included"):
                    self.todo += [(node, None) for node in inner]
                elif keyword == "@nest":
                    self.todo += [(node, subject) for node in inner]
                elif keyword == "@reverse":
                    self.todo += [(node, None) for reverse in inner for node in reverse.inner.values()]
                elif keyword == "@type" or (not keyword and not key.value.startswith("@")):
                    for value in values:
                        for term, event in self._terms(key.value, keyword, value, current):
                            yield from self._statement(subject, key, term, event, start)

    def _terms(self, key: str, keyword: str, value: Event, owner: _Object) -> Iterator[tuple[Term | None, Event]]:
        """What one JSON value of a property stands for; nodes in it are put aside, to be looked at in their turn."""
        inner = owner.inner.get(value.offset)
        if inner is None:
            if value.kind == "string":
                name = self.context.iri(value.value, vocab=True)
                yield (NamedNode(name) if keyword == "@type" and ":" in name else Literal(value.value)), value
            elif value.kind == "other":
                yield None, value
            return
        words = {self.context.keyword(word.value) for word, _ in inner.pairs}
        if key in self.context.maps:
            for tag, values in inner.pairs:
                for below in values:
                    if below.kind == "string" and self.context.maps[key] == "@language":
                        yield Literal(below.value, language=tag.value), below
                    elif below.kind in ("string", "{"):
                        yield from self._terms("", "", below, inner)
        elif "@value" in words:
            yield self._literal(inner), value
        elif words & {"@list", "@set"}:
            yield None, value
            self.todo += [(node, None) for node in inner.inner.values()]
        else:
            node = self._subject(inner)
            self.todo.append((inner, node))
            yield node, value

    def _statement(
        self, subject: Subject, key: Event, term: Term | None, value: Event, start: Spot
    ) -> Iterator[Statement]:
        is_type = self.context.keyword(key.value) == "@type"
        predicate = RDF_TYPE.value if is_type else self.context.iri(key.value, vocab=True)
        if ":" in predicate:
            yield Statement(subject, NamedNode(predicate), term, self._spot(value), self._spot(key), start)

    def _subject(self, found: _Object) -> Subject:
        for key, values in found.pairs:
            if self.context.keyword(key.value) == "@id" and values and values[0].kind == "string":
                name = self.context.iri(values[0].value, vocab=False)
                return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)
        self.blanks += 1
        return BlankNode(f"anonymous-{self.blanks}")

    def _literal(self, found: _Object) -> Term | None:
        pairs = {self.context.keyword(key.value): values[0] for key, values in found.pairs if values}
        value, language, type_ = (pairs.get(name) for name in ("@value", "@language", "@type"))
        if value is None or value.kind != "string":
            return None
        if language is not None:
            return Literal(value.value, language=language.value)
        if type_ is not None:
            return Literal(value.value, datatype=NamedNode(self.context.iri(type_.value, vocab=True)))
        return Literal(value.value)

    def _spot(self, event: Event) -> Spot:
        line = bisect.bisect_left(self.breaks, event.offset)
        before = self.breaks[line - 1] if line else -1
        return Spot(line + 1, event.offset - before, pointer(event.path))
