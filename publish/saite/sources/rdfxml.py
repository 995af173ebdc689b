"""RDF/XML, made safe and simple for the parser, with a line for each of its faults.

The parser knows neither lines nor encodings other than UTF-8, expands every entity, and takes a file that ends too
early for a short one. So expat reads the file first, element by element, and passes on plain XML: UTF-8, no DOCTYPE,
entities put in. What could open another file or fill the memory is refused where it is declared.
"""

import contextlib
import pyexpat
import re
from collections import deque
from collections.abc import Iterator
from typing import Final
from xml.parsers.expat import errors as expat_errors
from xml.sax.saxutils import escape

from saite.errors import SyntaxFault
from saite.sources.faults import encoding_fault, explain, fault
from saite.sources.formats import RDF_XML
from saite.sources.parser import Readable, parser
from saite.sources.source import Source, environment, open_bytes
from saite.terms import Quad

ENTITY_LIMIT: Final = 65536
"""The longest text, in characters, that an entity may stand for."""

GROWTH_LIMIT: Final = 10
"""Entities may make a file this many times longer, beyond its first MiB."""

DEPTH_LIMIT: Final = 1000
"""Elements nested deeper are refused: the parser's time grows with the square of the depth."""

TEXT_LIMIT: Final = 2**24
"""Characters of a single text, as in the other formats."""

_BLOCK: Final = 1 << 16
_QUOTES: Final = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16(?:[lb]e)?|us-ascii|ascii|iso-8859-(?:[1-9]|1[0-1]|1[3-6])|windows-125[0-8]|koi8-[ru]",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&([^;#&]+);")
_SAFE_EXPAT: Final = (2, 4, 1)
_TWELVE = {"parseType": "Triple", "annotation": None, "annotationNodeID": None}
_ITS = "http://www.w3.org/2005/11/its"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def quads(source: Source, base: str) -> Iterator[Quad]:
    """The quads of an RDF/XML file.

    Raises:
        SyntaxFault: the XML is not well-formed or is unsafe, or it is not RDF/XML.
    """
    with open_bytes(source) as stream, environment(source):
        try:
            yield from parser(Filter(source, stream), RDF_XML, base)
            return
        except SyntaxError as error:
            said = str(error.msg or error)
    raise _located(source, base, said)


def _located(source: Source, base: str, said: str) -> SyntaxFault:
    """The fault with its line: the parser is fed element by element, so that it fails at the one at fault."""
    with open_bytes(source) as stream, environment(source):
        filtered = Filter(source, stream, single=True)
        with contextlib.suppress(SyntaxError):
            for _ in parser(filtered, RDF_XML, base):
                pass
        line, column = filtered.position
    quoted = re.search(r"'(.*?)'", said)
    message, cure = explain(said, f"<{quoted.group(1)}>" if quoted else "", RDF_XML)
    return fault(source, message, cure, line, column)


class Filter:
    """Plain XML for the parser, made from a file while it is read.

    Args:
        source: the file, for its faults.
        stream: the file's bytes.
        single: give each element, text or end by itself, and keep its position.
    """

    def __init__(self, source: Source, stream: Readable, *, single: bool = False) -> None:
        self.source = source
        self.stream = stream
        self.single = single
        self.position = (1, 1)
        self._ready: deque[tuple[bytes, int, int]] = deque()
        self._rest = memoryview(b"")
        self._depth = self._in = self._out = self._text_length = 0
        self._text_begin = (1, 1)
        self._entities: dict[str, int] = {}
        self._ended = False
        self._scopes = _Scopes()
        self._expat = self._make()

    def _make(self) -> pyexpat.XMLParserType:
        expat = pyexpat.ParserCreate()
        expat.buffer_text = not self.single
        expat.ordered_attributes = True
        expat.XmlDeclHandler = self._declaration
        expat.StartElementHandler = self._start
        expat.EndElementHandler = self._end
        expat.CharacterDataHandler = self._text
        expat.CommentHandler = lambda data: self._put(f"<!--{data}-->")
        expat.ProcessingInstructionHandler = lambda target, data: self._put(f"<?{target} {data}?>")
        expat.EntityDeclHandler = self._entity
        expat.SkippedEntityHandler = self._skipped
        return expat

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes of the plain XML; a single piece of it if so asked.

        Raises:
            SyntaxFault: the file is no well-formed or no safe XML.
        """
        while not self._rest:
            if self._ready:
                self._take()
            elif self._ended:
                return b""
            else:
                self._feed()
        block = bytes(self._rest[:size] if size >= 0 else self._rest)
        self._rest = self._rest[len(block) :]
        return block

    def _take(self) -> None:
        if self.single:
            content, line, column = self._ready.popleft()
            self.position = (line, column)
        else:
            content = b"".join(piece for piece, _, _ in self._ready)
            self._ready.clear()
        self._rest = memoryview(content)

    def _feed(self) -> None:
        block = self.stream.read(_BLOCK)
        self._in += len(block)
        self._ended = not block
        try:
            self._expat.Parse(block, self._ended)
        except pyexpat.ExpatError as error:
            raise self._not_well_formed(error) from error

    def _put(self, text: str) -> None:
        content = text.encode()
        self._out += len(content)
        if self._out > GROWTH_LIMIT * self._in + 2**20 and self._entities:
            raise self._refuse(
                "the entities of this file make it more than ten times longer",
                "Write the text itself in place of the entities.",
            )
        self._ready.append((content, *self._place()))

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and not _ENCODINGS.fullmatch(encoding):
            raise self._refuse(
                f"its encoding, {encoding}, is one that Saite does not read",
                "Save the file as UTF-8, and take the encoding out of its first line.",
            )

    def _start(self, name: str, attributes: list[str]) -> None:
        self._text_length = 0
        self._bound(max(map(len, attributes[1::2]), default=0), self._place())
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self._refuse(
                f"elements are nested more than {DEPTH_LIMIT} deep", "Give the inner nodes rdf:nodeID, and list them."
            )
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        if ("xml:lang", "") in pairs:
            # legal XML, which the parser refuses: it says "no language", which is so already where none is inherited
            if self._scopes.language:
                raise self._refuse(
                    'xml:lang="" inside an element with a language is something that Saite does not read',
                    "Put xml:lang on the elements that hold the texts, and nowhere around them.",
                )
            pairs.remove(("xml:lang", ""))
        if what := self._scopes.start(pairs):
            raise self._refuse(
                f"{what} is RDF 1.2, which Saite does not read",
                "Write triple terms as nodes of their own (n-ary relations), and leave out base directions.",
            )
        self._put(f"<{name}" + "".join(f' {key}="{escape(value, _QUOTES)}"' for key, value in pairs) + ">")

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._text_length = 0
        self._scopes.end()
        self._put(f"</{name}>")

    def _bound(self, length: int, begin: tuple[int, int]) -> None:
        if length > TEXT_LIMIT:
            message = "a single text is longer than 16 MiB"
            cure = "Publish what is that large as a file of its own, and link to it."
            raise fault(self.source, message, cure, *begin)

    def _text(self, text: str) -> None:
        if not self._text_length:
            self._text_begin = self._place()
        self._text_length += len(text)
        self._bound(self._text_length, self._text_begin)
        self._put(escape(text, {"\r": "&#13;"}))

    def _entity(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        base: str | None,
        system_id: str | None,
        public_id: str | None,
        notation: str | None,
    ) -> None:
        if pyexpat.version_info < _SAFE_EXPAT:
            raise self._refuse_declaration(
                f"it declares entities, and {pyexpat.EXPAT_VERSION} on this machine does not guard against XML bombs",
                "Update the expat library to 2.4.1 or newer, or write the text itself in place of the entities.",
            )
        if value is None:
            raise self._refuse_declaration(
                f"it declares the external entity {name} ({system_id or public_id}), which is never opened",
                "Put the content itself into the file, and take out the declaration.",
            )
        if is_parameter:
            raise self._refuse_declaration(
                f"it declares the parameter entity {name}", "Declare the entities themselves, without parameters."
            )
        size = len(value) + sum(self._entities.get(inner, 0) for inner in _REFERENCE.findall(value))
        if size > ENTITY_LIMIT:
            raise self._refuse_declaration(
                f"the entity {name} stands for {size} characters: this looks like an XML bomb",
                "Write the text itself in place of the entity.",
            )
        self._entities.setdefault(name, size)

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            raise self._refuse(
                f"the entity &{name}; is not declared in this file, and other files are never opened",
                f'Declare it: <!ENTITY {name} "..."> in the DOCTYPE, or write the text itself.',
            )

    def _place(self) -> tuple[int, int]:
        return self._expat.CurrentLineNumber, self._expat.CurrentColumnNumber + 1

    def _refuse(self, message: str, cure: str) -> SyntaxFault:
        return fault(self.source, message, cure, *self._place())

    def _refuse_declaration(self, message: str, cure: str) -> SyntaxFault:
        # expat stands somewhere inside the declaration by now: the line is sure, the column is not
        return fault(self.source, message, cure, self._expat.CurrentLineNumber)

    def _not_well_formed(self, error: pyexpat.ExpatError) -> SyntaxFault:
        code = pyexpat.ErrorString(error.code) or "not well-formed"
        if code == expat_errors.XML_ERROR_NO_ELEMENTS and not self._in:
            return fault(
                self.source,
                "the file is empty, and RDF/XML has at least a root element",
                "Fill it, or delete it.",
            )
        if code == expat_errors.XML_ERROR_INVALID_TOKEN and (found := encoding_fault(self.source)) is not None:
            found.cure = 'Save the file as UTF-8, or name its encoding: <?xml version="1.0" encoding="..."?>.'
            return found
        message, cure = _WELL_FORMED.get(code, (f"the XML is not well-formed: {code}", _XML_CURE))
        return fault(self.source, message, cure, error.lineno, error.offset + 1)


_XML_CURE: Final = "Mend the XML; xmllint --noout shows all of its faults."
_WELL_FORMED: Final = {
    expat_errors.XML_ERROR_TAG_MISMATCH: ("this end tag does not fit the element that is open", "Close each element."),
    expat_errors.XML_ERROR_NO_ELEMENTS: (
        "the file ends before its root element is closed",
        "Get the whole file: it seems to be cut off.",
    ),
    expat_errors.XML_ERROR_UNCLOSED_TOKEN: (
        "the file ends inside a tag",
        "Get the whole file: it seems to be cut off.",
    ),
    expat_errors.XML_ERROR_UNDEFINED_ENTITY: (
        "an entity that is used here is not declared",
        'Declare it: <!ENTITY name "..."> in the DOCTYPE, or write the text itself.',
    ),
    expat_errors.XML_ERROR_INVALID_TOKEN: (
        "the XML is not well-formed: a character may not stand here",
        "Write &lt; for < and &amp; for & in texts and attributes, and quotes around attributes.",
    ),
    expat_errors.XML_ERROR_AMPLIFICATION_LIMIT_BREACH: (
        "the entities of this file make it far longer: this looks like an XML bomb",
        "Write the text itself in place of the entities.",
    ),
    expat_errors.XML_ERROR_RECURSIVE_ENTITY_REF: ("an entity refers to itself", "Write the text itself."),
    expat_errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: (
        "something stands after the root element",
        "Put everything into one root element rdf:RDF.",
    ),
}


class _Scopes:
    """Knows the namespaces and the language in scope: RDF 1.2's attributes may have any prefix."""

    def __init__(self) -> None:
        self._scopes: list[dict[str, str]] = [{}]

    @property
    def language(self) -> str:
        """The language that an element inherits."""
        return self._scopes[-1].get("xml:lang", "")

    def start(self, pairs: list[tuple[str, str]]) -> str:
        """What an element has that is RDF 1.2; "" if nothing."""
        scope = self._scopes[-1]
        declared = {
            key.removeprefix("xmlns:"): value for key, value in pairs if key.startswith("xmlns:") or key == "xml:lang"
        }
        if declared:
            scope = {**scope, **declared}
        self._scopes.append(scope)
        for key, value in pairs:
            prefix, _, local = key.partition(":")
            if local in _TWELVE and scope.get(prefix) == _RDF and _TWELVE[local] in (None, value):
                return f'the attribute {key}="{value}"'
            if local == "dir" and scope.get(prefix) == _ITS:
                return f'the base direction {key}="{value}"'
        return ""

    def end(self) -> None:
        """The element has ended."""
        self._scopes.pop()
