"""Which pages a quad is for: its own subject's, those of a folded node's hosts, those that a blank node hangs on.

The driver sees to blank nodes, since what hangs on what is a walk; all else is looked up by the workers.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pyoxigraph import RdfFormat, serialize
from pyspark import RDD

from saite.site.build import Quads
from saite.site.tables import Tables
from saite.terms import BlankNode, NamedNode, Quad, Subject

Lines: TypeAlias = str
"""Quads of one subject in N-Quads, as a store writes them: one space between terms, none in IRIs and blank nodes."""

Placed: TypeAlias = tuple[int, Lines]
"""Quads, and the place of a page that they are for."""


class Places(NamedTuple):
    """Where pages stand in the order of their documents.

    Attributes:
        tables: the tables of the site.
        by_number: places by the numbers of nodes; -1 for what is no page.
    """

    tables: Tables
    by_number: "array[int]"

    @classmethod
    def of(cls, tables: Tables) -> "Places":
        """The places of the pages of a site."""
        found = array("i", [-1]) * len(tables.nodes)
        for place, number in enumerate(tables.addresses.order):
            found[number] = place
        return cls(tables, found)

    def pages(self, node: Subject) -> tuple[int, ...]:
        """The pages that describe a subject: its own, or those of its hosts; none for other blank nodes."""
        tables = self.tables
        if node in tables.folds.homes:
            return tuple(self.by_number[tables.numbers[page]] for page in tables.folds.pages(node))
        number = tables.numbers.get(node)
        return (self.by_number[number],) if number is not None else ()


class Written(NamedTuple):
    """The quads of a site, as workers read them.

    Attributes:
        known: in N-Quads, of subjects whose pages can be looked up.
        hanging: of blank nodes: each line is a place, a space, and a quad.
    """

    known: Path
    hanging: Path

    @classmethod
    def into(cls, folder: Path, quads: Quads, places: Places) -> "Written":
        """Write the quads of a site into a folder."""
        written = cls(folder / "known.nq", folder / "hanging.txt")
        hangs: dict[BlankNode, set[Subject]] = {}
        loose: set[BlankNode] = set()

        def known() -> Iterator[Quad]:
            for quad in quads():
                subject, term = quad.subject, quad.object
                if type(term) is BlankNode:
                    hangs.setdefault(term, set()).add(subject)  # type: ignore[arg-type]  # no triple terms
                if type(subject) is BlankNode and not places.pages(subject):
                    loose.add(subject)
                else:
                    yield quad

        with written.known.open("wb") as file:
            serialize(known(), file, RdfFormat.N_QUADS)
        with written.hanging.open("wb") as file:
            for node, pages in _followed(hangs, loose, places).items():
                said = serialize(quads(node), format=RdfFormat.N_QUADS)
                assert said is not None, "it goes to no file"
                for line in said.splitlines():
                    file.writelines(b"%d %b\n" % (page, line) for page in pages)
        return written


def _followed(
    hangs: Mapping[BlankNode, Iterable[Subject]], loose: Iterable[BlankNode], places: Places
) -> dict[BlankNode, set[int]]:
    """The pages on which blank nodes hang, by whatever is between."""
    pages: dict[BlankNode, set[int]] = {node: set() for node in loose}
    below: dict[Subject, list[BlankNode]] = {}
    waiting: list[BlankNode] = []
    for node, own in pages.items():
        for above in hangs.get(node, ()):
            if above in pages:
                below.setdefault(above, []).append(node)
            else:
                own.update(places.pages(above))
        if own:
            waiting.append(node)
    while waiting:
        node = waiting.pop()
        for under in below.get(node, ()):
            if not pages[node] <= pages[under]:
                pages[under] |= pages[node]
                waiting.append(under)
    return pages


def by_page(lines: "RDD[str]", hanging: "RDD[str]", places: Callable[[], Places]) -> "RDD[Placed]":
    """Quads by the pages that they are for, each as often as there are such pages.

    Args:
        lines: of :attr:`Written.known`.
        hanging: lines of :attr:`Written.hanging`.
        places: gives a worker the places of pages.
    """

    def placed(some: Iterable[str]) -> Iterator[Placed]:
        for token, said in groupby(some, lambda line: line[: line.index(" ")]):
            quads = "\n".join(said)
            for page in places().pages(NamedNode(token[1:-1]) if token[0] == "<" else BlankNode(token[2:])):
                yield page, quads

    def read(some: Iterable[str]) -> Iterator[Placed]:
        for entry in some:
            page, _, line = entry.partition(" ")
            yield int(page), line

    return lines.mapPartitions(placed).union(hanging.mapPartitions(read))
