"""From a triple to file and line."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from saite.errors import Place, SaiteError
from saite.namespaces import RDF_TYPE
from saite.sources.formats import JSON_LD, LINE_BASED, RDF_XML, TURTLE, Format
from saite.sources.positions import jsonld, lines, rdfxml, turtle
from saite.sources.positions.blocks import Blocks
from saite.sources.positions.statement import Spot, Statement
from saite.sources.source import Source, environment, format_of, open_bytes, text_of
from saite.terms import BlankNode, Literal, NamedNode, Quad, Subject, Term

Quads = Callable[[Subject | None, NamedNode | None, Term | None], Iterable[Quad]]
"""Something like :meth:`saite.store.protocol.Store.quads`."""

_TAIL = re.compile(r"(.)([A-Za-z0-9]+)$")
_BLOCK = 1 << 20
_LOOKS = 8
"""So often a file is looked through for a name, or lines of it for a subject, before all subjects are found."""
_LARGE = 1 << 25
"""Of a file of more bytes than this, only where each subject begins is kept, to spare memory."""


class Locator:
    """Finds where statements stand. A file is scanned only when a name that is sought occurs in it.

    Args:
        sources: the files, the first of which wins.
        quads: the dataset that the files make. With it, blank nodes are found too: the store knows them by names of
            their content, the files by labels or brackets, so that they are compared by what is said of them.
    """

    def __init__(self, sources: Sequence[Source], quads: Quads | None = None) -> None:
        self._files = [_File(source) for source in sources]
        self._quads = quads

    def place(self, subject: Subject, predicate: NamedNode | None = None, object: Term | None = None) -> Place | None:
        """Where a statement stands; failing that the property, failing that the subject's block; None if nowhere.

        Never raises: a file that cannot be read any more has no places.
        """
        best: tuple[int, _File, Spot] | None = None
        for file, node in self._nodes(subject):
            for statement in file.about(node):
                rank, spot = _closeness(statement, predicate, object, known=file.mean)
                if best is None or rank < best[0]:
                    best = (rank, file, spot)
                if rank == 0:
                    break
            if best is not None and best[0] == 0:
                break
        if best is None:
            return None
        _, file, spot = best
        return Place(file.source.display, spot.line, spot.column, spot.pointer)

    def _nodes(self, subject: Subject) -> Iterator[tuple["_File", Subject]]:
        """The files that speak of a subject, and what they call it."""
        if isinstance(subject, NamedNode):
            likely = [file for file in self._files if file.may_have(subject)]
            found = [file for file in likely if file.about(subject)]
            # a prefix may end within a name, so that the cheap look finds nothing; then every file is scanned
            yield from ((file, subject) for file in found or self._files)
        elif self._quads is not None:
            yield from self._blank(subject, self._quads)

    def _blank(self, node: BlankNode, quads: Quads) -> Iterator[tuple["_File", Subject]]:
        """What a file calls a blank node: the one that hangs where this hangs, and says what this says.

        Where the last steps of the way down cannot be told, it is the node above them.
        """
        says = _ground((quad.predicate, quad.object) for quad in quads(node, None, None))
        way: list[tuple[NamedNode, frozenset[tuple[NamedNode, object]]]] = []
        seen: set[object] = set()
        top: Subject = node
        while isinstance(top, BlankNode) and top not in seen:
            seen.add(top)
            above = [quad for quad in quads(None, None, top) if quad.subject not in seen]
            if not above:
                break
            quad = min(above, key=lambda q: (not isinstance(q.subject, NamedNode), str(q)))
            way.append((quad.predicate, says))
            top = quad.subject  # type: ignore[assignment]  # RDF 1.2 is refused at the door
            says = _ground((quad.predicate, quad.object) for quad in quads(top, None, None))
        if isinstance(top, NamedNode):
            starts = self._nodes(top)
        else:
            starts = ((file, name) for file in self._files for name in file.saying(says))
        for file, start in starts:
            name = start
            for predicate, wanted in reversed(way):
                below = file.hanging(name, predicate, wanted)
                if below is None:
                    break
                name = below
            yield file, name
            return


def _ground(pairs: Iterable[tuple[NamedNode, object]]) -> frozenset[tuple[NamedNode, object]]:
    """Properties and values, blank nodes left out."""
    return frozenset((predicate, value) for predicate, value in pairs if not isinstance(value, BlankNode))


def _closeness(
    statement: Statement,
    predicate: NamedNode | None,
    value: Term | None,
    *,
    known: "Callable[[Term | None, Term], bool]",
) -> tuple[int, Spot]:
    """How near a statement is to what is sought (0: it is that), and the spot to show.

    Of the blocks of a subject in several files, the one that says its class is where people look for it.
    """
    block = 2 if statement.predicate == RDF_TYPE else 3
    if predicate is None or statement.predicate != predicate:
        return block, statement.subject_at
    if value is None:
        return 0, statement.predicate_at
    return (0, statement.at) if known(statement.object, value) else (1, statement.predicate_at)


@dataclass(slots=True, eq=False)
class _File:
    """One source, scanned when it must be."""

    source: Source
    format: Format | None = None
    subjects: dict[Subject, list[Statement]] | None = None
    blocks: Blocks | None = None
    looks: int = 0

    def may_have(self, subject: NamedNode) -> bool:
        """Whether an IRI may occur in the file: a cheap look before a scan, a few times."""
        self.looks += 1
        if self.subjects is not None or self.blocks is not None or self.looks > _LOOKS:
            blocks = self._blocks()
            return subject in (self._scanned() if blocks is None else blocks)
        tail = _TAIL.search(subject.value)
        # the last letters, after what stands before them in the IRI, or where a prefix or a relative IRI begins
        return tail is None or self._has({f"{before}{tail[2]}".encode() for before in (tail[1], ":", "<")})

    def about(self, subject: Subject) -> Sequence[Statement]:
        """The statements about a subject, in the file's order."""
        if self.subjects is None and isinstance(subject, NamedNode):
            if (blocks := self._blocks()) is not None:
                return list(blocks.about(subject))
            if self.looks <= _LOOKS and self._format() in LINE_BASED:
                try:
                    return list(lines.statements(self.source, subject))
                except SaiteError:
                    return []
        return self._scanned().get(subject, [])

    def _blocks(self) -> Blocks | None:
        """The blocks of a file in Turtle; None if they cannot be told, or it has been scanned."""
        if self.blocks is None and self.subjects is None and self._format() is TURTLE:
            try:
                self.blocks = Blocks(self.source)
            except SaiteError:
                return None
        return self.blocks if self.blocks is not None and self.blocks.whole else None

    def hanging(
        self, parent: Subject, predicate: NamedNode, says: frozenset[tuple[NamedNode, object]]
    ) -> BlankNode | None:
        """The blank node that hangs on another by a property, and says what is sought; or is the only one there."""
        said = self._scanned().get(parent, [])  # where blank nodes are called what they are called elsewhere
        nodes = [s.object for s in said if s.predicate == predicate and isinstance(s.object, BlankNode)]
        for node in nodes:
            if self._says(node) == says:
                return node
        return nodes[0] if len(nodes) == 1 else None

    def saying(self, says: frozenset[tuple[NamedNode, object]]) -> Iterator[BlankNode]:
        """The blank nodes that say what is sought."""
        for node in self._scanned():
            if isinstance(node, BlankNode) and self._says(node) == says:
                yield node

    def mean(self, one: Term | None, other: Term) -> bool:
        """Whether an object of the file is one of the dataset; blank nodes: by the kind alone, as names differ."""
        if isinstance(one, BlankNode) and isinstance(other, BlankNode):
            return True
        if self._format() is JSON_LD and isinstance(one, Literal) and not isinstance(other, BlankNode):
            return one == other or one.value == other.value or other.value.endswith(one.value.partition(":")[2] or "\0")
        return one == other

    def _says(self, node: BlankNode) -> frozenset[tuple[NamedNode, object]]:
        return _ground((s.predicate, s.object) for s in self._scanned().get(node, []))

    def _scanned(self) -> dict[Subject, list[Statement]]:
        if self.subjects is None:
            found: defaultdict[Subject, list[Statement]] = defaultdict(list)
            try:
                large = self.source.path.stat().st_size > _LARGE
                for statement in self._statements():
                    if not (large and statement.subject in found):
                        found[statement.subject].append(statement)
            except (SaiteError, OSError):
                pass  # the file is gone or changed since it was read: what was seen until then must do
            self.subjects = dict(found)
        return self.subjects

    def _statements(self) -> Iterator[Statement]:
        source, format = self.source, self._format()
        if format is RDF_XML:
            with open_bytes(source) as stream, environment(source):
                yield from rdfxml.statements(stream, source.base)
        elif format is JSON_LD:
            with text_of(source) as text, environment(source):
                content = text.read()
            contexts = {url: _text(path_source) for url, path_source in _contexts(source)}
            yield from jsonld.statements(content, source.base, contexts)
        elif format in LINE_BASED:
            yield from lines.all_statements(source)
        elif format is not None:
            with text_of(source) as text, environment(source):
                yield from turtle.statements(text, source.base)

    def _format(self) -> Format | None:
        if self.format is None:
            try:
                self.format = format_of(self.source)
            except SaiteError:
                return None
        return self.format

    def _has(self, needles: Collection[bytes]) -> bool:
        rest = b""
        longest = max(map(len, needles))
        try:
            with open_bytes(self.source) as stream, environment(self.source):
                while block := stream.read(_BLOCK):
                    text = rest + block
                    if any(needle in text for needle in needles):
                        return True
                    rest = block[-longest:]
        except SaiteError:
            return False
        return False


def _contexts(source: Source) -> Iterator[tuple[str, Source]]:
    for url, path in source.contexts.items():
        yield url, Source(path, str(path))


def _text(source: Source) -> str:
    with text_of(source) as stream, environment(source):
        return stream.read()
