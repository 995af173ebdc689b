"""What a site said when it was built, read from a file as far as somebody asks.

The file is N-Quads, where the quads of a subject stand together. It is searched as bytes, which goes through some
gigabytes in a second; only lines that are wanted are parsed. What some subjects say otherwise since is laid over it.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, parse

from saite.namespaces import RDF_TYPE
from saite.terms import Graph, NamedNode, Quad, Subject, Term

_RUN: Final = re.compile(rb"^(<[^>]*+>|_:[^ ]++) .*+\n(?:\1 .*+\n)*+", re.MULTILINE)
"""The lines of one subject."""


@dataclass(frozen=True, slots=True)
class Index:
    """Where the lines of subjects stand, sorted by the subjects as they are written.

    Attributes:
        starts: the first byte of each run of lines with the same subject; a subject may have several.
        ends: the bytes after them.
    """

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, path: Path) -> "Index":
        """The index of a file.

        Raises:
            ValueError: it has lines that are no quads of N-Quads, or none at all.
            OSError: it cannot be read.
        """
        with path.open("rb") as file:
            data = mmap(file.fileno(), 0, access=ACCESS_READ)
        runs = [(match[1], match.start(), match.end()) for match in _RUN.finditer(data)]
        if sum(end - start for _, start, end in runs) != len(data):
            raise ValueError(f"{path} is no N-Quads")
        runs.sort()
        return cls(array("Q", (start for _, start, _ in runs)), array("Q", (end for _, _, end in runs)))


class KeptQuads:
    """Answers patterns as a store does; see :meth:`saite.store.protocol.Store.quads`.

    Args:
        path: the file.
        index: its index.
        predicates: those of its quads.
        classes: the objects of rdf:type.
        edited: all that some subjects say now, in place of what the file has.
    """

    def __init__(
        self,
        path: Path,
        index: Index,
        predicates: Collection[NamedNode],
        classes: Collection[NamedNode],
        edited: Mapping[NamedNode, Sequence[Quad]],
    ) -> None:
        with path.open("rb") as file:
            self._data = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._index = index
        self._predicates = predicates
        self._classes = classes
        self._edited = edited

    def __call__(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match."""
        return (
            quad
            for quad in self._candidates(subject, predicate, object)
            if (predicate is None or quad.predicate == predicate)
            and (object is None or quad.object == object)
            and (graph is None or quad.graph_name == graph)
        )

    def mentions(self, node: Subject) -> Iterator[Quad]:
        """The quads of other subjects in which a node stands: as object, predicate, datatype or graph."""
        written = str(node).encode()
        for quad in self._lines(written):
            places = (quad.object, quad.predicate, quad.graph_name, getattr(quad.object, "datatype", None))
            if quad.subject != node and node in places:
                yield quad

    def _candidates(self, subject: Subject | None, predicate: NamedNode | None, object: Term | None) -> Iterable[Quad]:
        """The quads that may match, and others."""
        if subject is not None:
            edited = self._edited.get(subject) if type(subject) is NamedNode else None
            return self._about(subject) if edited is None else edited
        if predicate is not None and predicate not in self._predicates:
            return ()
        if predicate == RDF_TYPE and object is not None and object not in self._classes:
            return ()
        return self._of_all(predicate, object)

    def _of_all(self, predicate: NamedNode | None, object: Term | None) -> Iterator[Quad]:
        if type(object) is NamedNode:
            wanted = f" {predicate} {object} " if predicate is not None else f" {object} "
            found: Iterable[Quad] = self._lines(wanted.encode())
        elif predicate is not None:
            found = self._lines(f" {predicate} ".encode())
        else:
            found = _parsed(self._data)
        for quad in found:
            if quad.subject not in self._edited:
                yield quad
        for quads in self._edited.values():
            yield from quads

    def _about(self, subject: Subject) -> Iterator[Quad]:
        """What the file has of a subject."""
        data, starts = self._data, self._index.starts
        written = str(subject).encode()
        place = bisect_left(starts, written, key=lambda start: data[start : data.find(b" ", start)])
        while place < len(starts) and data[starts[place] : starts[place] + len(written) + 1] == written + b" ":
            yield from _parsed(data[starts[place] : self._index.ends[place]])
            place += 1

    def _lines(self, needle: bytes) -> Iterator[Quad]:
        """The quads of the lines that have some bytes in them."""
        data = self._data
        at = data.find(needle)
        while at >= 0:
            end = data.find(b"\n", at) + 1
            yield from _parsed(data[data.rfind(b"\n", 0, at) + 1 : end])
            at = data.find(needle, end)


def _parsed(data: bytes | mmap) -> Iterator[Quad]:
    return parse(data if isinstance(data, bytes) else data[:], format=RdfFormat.N_QUADS, lenient=True)
