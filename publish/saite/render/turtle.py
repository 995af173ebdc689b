"""Turtle for people: prefixes in use only, the page's own subject first, a line per statement, nothing by chance.

The grammar is RDF 1.1 Turtle (W3C Recommendation, 2014); section numbers below are its.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from saite.artifact import TURTLE, Artifact
from saite.namespaces import RDF_FIRST, RDF_NIL, RDF_TYPE, XSD, XSD_STRING
from saite.render.names import Names, namespaces
from saite.render.outline import Outline, is_empty_list
from saite.site.model import Resource, Site
from saite.site.reading import ReadingOrder
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term, Triple

_INDENT: Final = "    "
_SHORT_LINE: Final = 80
"""Characters up to which a list or a blank node of one statement stays on its line."""

# Sections 2.5.2 and 2.5.3 allow more; but readers that make a number of a short form write "01", "+1", "1.0E0" and
# "0.0000001" in another way when they write it again. In quotes nobody touches them.
_SHORT_FORMS: Final = {
    NamedNode(XSD + "integer"): re.compile(r"0|-?[1-9][0-9]{0,17}"),
    NamedNode(XSD + "decimal"): re.compile(r"-?(?:[1-9][0-9]{0,17}|0(?!\.0{6}))\.[0-9]{1,18}"),
    NamedNode(XSD + "boolean"): re.compile(r"true|false"),
}
_UNREADABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


class TurtleWriter:
    """Writes graphs as Turtle with one site's prefixes and reading order.

    Attributes:
        names: prefixed names of the IRIs met so far.
    """

    def __init__(self, names: Names, order: ReadingOrder) -> None:
        """Take the prefixes and the reading order."""
        self.names = names
        self._order = order

    def document(self, triples: Iterable[Triple], first: Subject | None = None) -> bytes:
        """A graph (without repetition, in any order) as a Turtle document that begins with the node ``first``."""
        used: set[str | None] = set()
        body = "\n".join(self.blocks(Outline(triples, self._order, first), used))
        return (self.names.header(used) + body).encode()

    def blocks(self, outline: Outline, used: set[str | None]) -> list[str]:
        """One block of lines for each node at the top; the prefixes that they need are added to ``used``."""
        return [self._block(outline, root, used) for root in outline.roots]

    def _block(self, outline: Outline, node: Subject, used: set[str | None]) -> str:
        if type(node) is NamedNode:
            subject, prefix = self.names[node]
            used.add(prefix)
        elif node in outline.labelled:
            subject = f"_:{node.value}"
        else:
            subject = "[]"
        lines = self._lines(outline, node, 1, used)
        lead = " " if lines[0].startswith("a ") and "\n" not in lines[0] else "\n" + _INDENT
        return subject + lead + (" ;\n" + _INDENT).join(lines) + " .\n"

    def _lines(self, outline: Outline, node: Subject, depth: int, used: set[str | None]) -> list[str]:
        """``predicate objects`` for each property of a node."""
        names = self.names
        lines: list[str] = []
        for predicate, values in outline.statements(node):
            if predicate == RDF_TYPE:
                verb = "a"
            else:
                verb, prefix = names[predicate]
                used.add(prefix)
            single = len(values) == 1
            texts: list[str] = []
            for term in values:
                if type(term) is Literal:
                    texts.append(self._literal(term, used))
                elif type(term) is NamedNode and term != RDF_NIL:
                    text, prefix = names[term]
                    used.add(prefix)
                    texts.append(text)
                else:
                    texts.append(self._value(outline, predicate, term, depth if single else depth + 1, used))
            if single:
                lines.append(f"{verb} {texts[0]}")
            elif verb == "a" and type(values[-1]) is NamedNode:  # and so are all before it
                lines.append("a " + " , ".join(texts))
            else:
                start = "\n" + _INDENT * (depth + 1)
                lines.append(verb + start + f" ,{start}".join(texts))
        return lines

    def _value(self, outline: Outline, predicate: NamedNode, term: Term, depth: int, used: set[str | None]) -> str:
        if type(term) is NamedNode:
            if is_empty_list(predicate, term):
                return "()"
            text, prefix = self.names[term]
            used.add(prefix)
            return text
        if type(term) is Literal:
            return self._literal(term, used)
        assert type(term) is BlankNode
        if term not in outline.inside:
            return f"_:{term.value}"
        items = outline.lists.get(term)
        if items is not None:
            return self._list(outline, items, depth, used)
        lines = self._lines(outline, term, depth + 1, used)
        if not lines:
            return "[]"
        if len(lines) == 1 and len(lines[0]) <= _SHORT_LINE and "\n" not in lines[0]:
            return f"[ {lines[0]} ]"
        start = "\n" + _INDENT * (depth + 1)
        return "[" + start + f" ;{start}".join(lines) + "\n" + _INDENT * depth + "]"

    def _list(self, outline: Outline, items: list[Term], depth: int, used: set[str | None]) -> str:
        texts = [self._value(outline, RDF_FIRST, item, depth + 1, used) for item in items]
        if sum(map(len, texts)) <= _SHORT_LINE and not any("\n" in text for text in texts):
            return f"( {' '.join(texts)} )"
        start = "\n" + _INDENT * (depth + 1)
        return "(" + start + start.join(texts) + "\n" + _INDENT * depth + ")"

    def _literal(self, term: Literal, used: set[str | None]) -> str:
        value = term.value
        text = f'"{value}"' if value.isprintable() and '"' not in value and "\\" not in value else _quoted(value)
        language = term.language
        if language is not None:
            return f"{text}@{language}"
        datatype = term.datatype
        if datatype == XSD_STRING:
            return text
        short = _SHORT_FORMS.get(datatype)
        if short is not None and short.fullmatch(value):
            return value
        name, prefix = self.names[datatype]
        used.add(prefix)
        return f"{text}^^{name}"


def _quoted(value: str) -> str:
    """A text as a literal: in its N-Triples form, which is Turtle too; one with line ends is better read otherwise."""
    return _long(value) if "\n" in value else str(Literal(value))


def _long(value: str) -> str:
    """A text with line ends, in triple quotes (section 2.5.1), its lines as they are."""
    text = value.replace("\\", "\\\\").replace('"""', '""\\"')
    if text.endswith('"'):
        text = text[:-1] + '\\"'
    text = _UNREADABLE.sub(lambda match: "\\r" if match[0] == "\r" else f"\\u{ord(match[0]):04X}", text)
    return f'"""{text}"""'


class TurtleRenderer:
    """A Turtle file for each resource, ``{document}.ttl``."""

    def __init__(self, site: Site) -> None:
        """Take the prefixes and the reading order of a site."""
        self._writer = TurtleWriter(Names(namespaces(site.config.prefixes, site.prefixes)), ReadingOrder(site.config))

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """The description of one resource."""
        return (self._file(resource, self._content(resource)),)

    def promises(self, resource: Resource) -> Iterable[Artifact]:
        """The same, to be written when it is asked for."""
        return (self._file(resource, lambda: (self._content(resource),)),)

    def _content(self, resource: Resource) -> bytes:
        return self._writer.document(resource.triples, resource.node)

    def _file(self, resource: Resource, content: bytes | Callable[[], Iterable[bytes]]) -> Artifact:
        return Artifact(
            path=f"{resource.document}.ttl",
            media_type=TURTLE,
            content=content,
            document=resource.document,
            modified=resource.modified,
        )

    def whole(self) -> Iterable[Artifact]:
        """Nothing: the dump is made by :mod:`saite.render.dumps`."""
        return ()


def renderer(site: Site) -> TurtleRenderer:
    """The Turtle renderer of a site."""
    return TurtleRenderer(site)
