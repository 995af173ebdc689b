"""The whole dataset in one file: Turtle and JSON-LD of the union graph, N-Quads with the graphs' names.

Turtle and JSON-LD are for people and programs that want the facts, of which the graphs' names are no part; whoever
loads a database takes the N-Quads. All three are written subject by subject, in the order of the IRIs, as the store
is read: what is held in memory are the subjects' names, not the triples.

The N-Quads are canonical: sorted by code point, each line in the canonical form of RDF 1.2 N-Quads. Blank nodes
keep the labels that the dataset gives them, so that the file is the same in every run.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final
from urllib.parse import urlsplit

from saite.artifact import JSON_LD, N_QUADS, TURTLE, Artifact
from saite.namespaces import RDF_FIRST, RDF_REST, RDF_TYPE, XSD
from saite.render.jsonld import JsonLdWriter, site_context
from saite.render.names import Names, namespaces
from saite.render.offers import Distributions, offer
from saite.render.outline import Outline
from saite.render.pieces import Part, Placed
from saite.render.turtle import TurtleWriter
from saite.site.model import Resource, Site
from saite.site.reading import ReadingOrder
from saite.site.triples import Triples
from saite.terms import BlankNode, NamedNode, Quad, Subject

GZIP: Final = "application/gzip"
_CHUNK: Final = 1 << 16
"""Bytes of a piece of a dump, about."""
_KEPT: Final = 1 << 26
"""Bytes up to which a compressed dump is kept from the writing of the plain one."""

Source = Callable[[], Iterator[bytes]]


KINDS: Final = {"ttl": TURTLE, "jsonld": JSON_LD, "nq": N_QUADS}
"""Endings and media types of the dumps."""


def dump_name(site: Site) -> str:
    """The file name of a site's dumps, without ending: the last name in its base IRI, else the host's."""
    parts = urlsplit(site.base)
    names = [name for name in (parts.hostname or "", *parts.path.split("/")) if name]
    return re.sub(r"[^A-Za-z0-9.-]+", "-", "".join(names[-1:])).strip("-.") or "dataset"


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a dataset has: one reading of it.

    Attributes:
        iris: the subjects that are IRIs, sorted by their text.
        blanks: the labels of those that are blank nodes, sorted.
        vocabulary: the properties and classes.
    """

    iris: list[str]
    blanks: list[str]
    vocabulary: frozenset[str]

    @classmethod
    def take(cls, site: Site) -> "Inventory":
        """Read all quads once."""
        iris: set[str] = set()
        blanks: set[str] = set()
        vocabulary: set[NamedNode] = set()
        for quad in site.quads():
            subject = quad.subject
            (iris if type(subject) is NamedNode else blanks).add(subject.value)  # type: ignore[union-attr]
            predicate = quad.predicate
            vocabulary.add(predicate)
            if predicate == RDF_TYPE and type(quad.object) is NamedNode:
                vocabulary.add(quad.object)
        return cls(sorted(iris), sorted(blanks), frozenset(iri.value for iri in vocabulary))


class Dumps:
    """The dumps of a site.

    Attributes:
        distributions: the dumps that have been written, by path.
    """

    def __init__(self, site: Site) -> None:
        """Take the site; its data are read when the dumps are."""
        self._site = site
        self._order = ReadingOrder(site.config)
        self.distributions: Distributions = {}

    @cached_property
    def _inventory(self) -> Inventory:
        return Inventory.take(self._site)

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """Nothing: resources have files of their own."""
        return ()

    promises = resource

    def whole(self) -> Iterable[Artifact]:
        """Each dump, with a compressed one beside it."""
        for part in self.parts():
            yield from part()

    def parts(self) -> Sequence[Part]:
        """The dumps one by one."""
        sources = {"ttl": self.turtle, "jsonld": self.jsonld, "nq": self.nquads}
        place = (f"dump/{dump_name(self._site)}",)
        return tuple(
            Placed(partial(self._dump, suffix, KINDS[suffix], sources[suffix]), place, offers=True) for suffix in KINDS
        )

    def _dump(self, suffix: str, media_type: str, source: Source) -> Iterator[Artifact]:
        path = f"dump/{dump_name(self._site)}.{suffix}"
        pair = _Pair(partial(_pieces, source))
        yield offer(self.distributions, path, media_type, pair.plain)
        yield offer(self.distributions, f"{path}.gz", media_type, pair.packed, packed=GZIP)

    def turtle(self) -> Iterator[bytes]:
        """The union graph as Turtle, a subject's block at a time."""
        writer = TurtleWriter(Names(self._prefixes()), self._order)
        yield writer.names.header(writer.names.prefix_of.values()).encode()
        used: set[str | None] = set()
        first = True
        for outline in self._outlines():
            for block in writer.blocks(outline, used):
                yield block.encode() if first else f"\n{block}".encode()
                first = False

    def jsonld(self) -> Iterator[bytes]:
        """The union graph as JSON-LD, a node on a line."""
        context, _ = site_context(self._site)
        writer = JsonLdWriter(context, self._order)
        yield writer.whole_head()
        before = b"\n"
        for outline in self._outlines():
            for root in outline.roots:
                yield before + writer.line(outline, root)
                before = b",\n"
        yield b"\n  ]\n}\n"

    def nquads(self) -> Iterator[bytes]:
        """The dataset as canonical N-Quads."""
        quads = self._site.quads
        # A line goes on after the subject with ">" or a space: "<a#b>" comes before "<a>".
        for iri in sorted(self._inventory.iris, key=_as_in_a_line):
            yield "".join(sorted([f"{quad} .\n" for quad in quads(NamedNode(iri))])).encode()
        for label in self._inventory.blanks:
            yield "".join(sorted([f"{quad} .\n" for quad in quads(BlankNode(label))])).encode()

    def _prefixes(self) -> dict[str, str]:
        """The prefixes of the properties, classes and subjects, and that of XML Schema's datatypes."""
        inventory = self._inventory
        found = namespaces(self._site.config.prefixes, self._site.prefixes)
        names = Names(found)
        shortened = {RDF_TYPE.value, RDF_FIRST.value, RDF_REST.value}  # written as "a" and "( )"
        used = {names[NamedNode(iri)][1] for iri in inventory.vocabulary - shortened}
        used |= {names[NamedNode(iri)][1] for iri in inventory.iris}
        return {namespace: prefix for namespace, prefix in found.items() if prefix in used or namespace == XSD}

    def _outlines(self) -> Iterator[Outline]:
        """The union graph, a subject and what stands inside it at a time: IRIs first, then blank nodes by label."""
        written: set[Subject] = set()
        for iri in self._inventory.iris:
            yield self._outline(NamedNode(iri), written)
        circles: list[BlankNode] = []
        for label in self._inventory.blanks:
            node = BlankNode(label)
            if node not in written:
                if self._references(node) == 1:
                    circles.append(node)
                else:
                    yield self._outline(node, written)
        for node in circles:
            if node not in written:
                yield self._outline(node, written)

    def _outline(self, root: Subject, written: set[Subject]) -> Outline:
        """A root with the blank nodes that only it leads to; these are added to ``written``."""
        quads = self._site.quads
        said: list[Quad] = []
        elsewhere: set[BlankNode] = set()
        if type(root) is BlankNode:
            written.add(root)
            if self._references(root):
                elsewhere.add(root)
        left: list[Subject] = [root]
        while left:
            for quad in quads(left.pop()):
                said.append(quad)
                term = quad.object
                if type(term) is BlankNode and term not in elsewhere:
                    if term in written or self._references(term) > 1:
                        elsewhere.add(term)
                    else:
                        written.add(term)
                        left.append(term)
        return Outline(Triples.of(said, self._order), self._order, root, elsewhere)

    def _references(self, node: BlankNode) -> int:
        """How many triples of the union graph have a node as their object."""
        return len({(quad.subject, quad.predicate) for quad in self._site.quads(object=node)})


class _Pair:
    """A file and its compressed copy, made together where one comes after the other."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: list[bytes] | None = None
        self._begun = False

    def plain(self) -> Iterator[bytes]:
        """The file; the first time, the compressed copy is made of the same pieces, and kept if it is small."""
        if self._begun:
            yield from self._source()
            return
        self._begun = True
        packer = _Gzip()
        kept = [packer.head()]
        size = 0
        for chunk in self._source():
            if size <= _KEPT:
                kept.append(packer.add(chunk))
                size += len(kept[-1])
            yield chunk
        if size <= _KEPT:
            kept.append(packer.end())
            self._kept = kept

    def packed(self) -> Iterator[bytes]:
        """The compressed copy."""
        kept, self._kept = self._kept, None
        if kept is not None:
            yield b"".join(kept)
            return
        packer = _Gzip()
        yield packer.head()
        for chunk in self._source():
            yield packer.add(chunk)
        yield packer.end()


class _Gzip:
    """A gzip file (RFC 1952) without name and time, and without a word about the system that it was made on."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._sum = 0
        self._size = 0

    def head(self) -> bytes:
        return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

    def add(self, chunk: bytes) -> bytes:
        self._sum = zlib.crc32(chunk, self._sum)
        self._size += len(chunk)
        return self._deflate.compress(chunk)

    def end(self) -> bytes:
        size = self._size & 0xFFFFFFFF
        return self._deflate.flush() + self._sum.to_bytes(4, "little") + size.to_bytes(4, "little")


def _pieces(source: Source) -> Iterator[bytes]:
    """The same bytes in pieces of a good size to write."""
    gathered: list[bytes] = []
    size = 0
    for piece in source():
        gathered.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(gathered)
            gathered.clear()
            size = 0
    if gathered:
        yield b"".join(gathered)


def _as_in_a_line(iri: str) -> str:
    return iri + ">"


def renderer(site: Site) -> Dumps:
    """The dumps of a site."""
    return Dumps(site)
