"""Who points to whom: one sorted array of numbers, so that a hub's links cost no more than what is read of them."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple, overload

from saite.site.model import Backlinks
from saite.terms import NamedNode, Subject

FIRST: Final = 50
"""How many backlinks of one property the resource's own page shows."""

PAGE: Final = 500
"""How many backlinks a further page shows, of all properties together."""


class Span(NamedTuple):
    """The links that point to one node by one predicate: ``keys[begin:end]`` of the index."""

    predicate: int
    begin: int
    end: int


class LinkIndex:
    """Links as sorted whole numbers of target, predicate and source: 8 bytes a link.

    Args:
        links: (target, predicate, source) numbers, in any order; repetitions are dropped.
        nodes, predicates: how many there are.
    """

    def __init__(self, links: Iterable[tuple[int, int, int]], nodes: int, predicates: int) -> None:
        self._source_bits = max(1, nodes.bit_length())
        self._bits = self._source_bits + max(1, predicates.bit_length())
        high, low = self._bits, self._source_bits
        keys: Iterable[int] = (target << high | predicate << low | source for target, predicate, source in links)
        fits = self._bits + self._source_bits <= 64
        collected = sorted(array("Q", keys) if fits else keys)
        unique = (key for key, _ in groupby(collected))
        self._keys: Sequence[int] = array("Q", unique) if fits else list(unique)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, target: int) -> bool:
        """Whether any link leads to a node."""
        keys = self._keys
        begin = bisect_left(keys, target << self._bits)
        return begin < len(keys) and keys[begin] < (target + 1) << self._bits

    def spans(self, target: int) -> list[Span]:
        """The links to a node, by predicate."""
        keys, low = self._keys, self._source_bits
        begin = bisect_left(keys, target << self._bits)
        stop = (target + 1) << self._bits
        found = []
        while begin < len(keys) and keys[begin] < stop:
            group = keys[begin] >> low
            end = bisect_left(keys, (group + 1) << low, begin, min(begin + 4, len(keys)))
            if end == begin + 4:
                end = bisect_left(keys, (group + 1) << low, end)
            found.append(Span(group & ((1 << (self._bits - low)) - 1), begin, end))
            begin = end
        return found

    def few(self, target: int) -> dict[int, list[int]] | None:
        """The sources of the links to a node, by predicate; None if there are more than a page shows of one."""
        keys, low = self._keys, self._source_bits
        predicates, sources = (1 << (self._bits - low)) - 1, (1 << low) - 1
        begin = bisect_left(keys, target << self._bits)
        stop = (target + 1) << self._bits
        found: dict[int, list[int]] = {}
        for key in keys[begin : begin + FIRST + 1]:
            if key >= stop:
                return found
            predicate = key >> low & predicates
            if predicate in found:
                found[predicate].append(key & sources)
            else:
                found[predicate] = [key & sources]
        return None if len(keys) - begin > FIRST else found

    def sources(self, begin: int, end: int) -> list[int]:
        """The numbers of the nodes that a part of a span comes from, ascending."""
        mask = (1 << self._source_bits) - 1
        return [key & mask for key in self._keys[begin:end]]


class BacklinkTable:
    """Backlinks of resources, from numbers back to terms.

    Args:
        links: links between pages.
        nodes: nodes of the site by number.
        predicates: predicates by number.
    """

    def __init__(self, links: LinkIndex, nodes: Sequence[Subject], predicates: Sequence[NamedNode]) -> None:
        self._links = links
        self._nodes = nodes
        self._predicates = predicates

    def few(self, number: int) -> bool:
        """Whether a node's own page shows them all."""
        return self._links.few(number) is not None

    def of(self, number: int) -> tuple[tuple[Backlinks, ...], Sequence[tuple[Backlinks, ...]]]:
        """The groups on a node's own page, and the further pages."""
        nodes, predicates = self._nodes, self._predicates
        few = self._links.few(number)
        if few is not None:
            return tuple(
                [
                    Backlinks(predicates[predicate], len(sources), tuple([nodes[source] for source in sources]))
                    for predicate, sources in few.items()
                ]
            ), ()
        spans = self._links.spans(number)
        first = tuple([self.group(span, 0, FIRST) for span in spans])
        if all(span.end - span.begin <= FIRST for span in spans):
            return first, ()
        return first, BacklinkPages(self, spans)

    def group(self, span: Span, start: int, count: int) -> Backlinks:
        """A part of a span's links."""
        begin = span.begin + start
        nodes = self._nodes
        subjects = [nodes[number] for number in self._links.sources(begin, min(begin + count, span.end))]
        return Backlinks(self._predicates[span.predicate], span.end - span.begin, tuple(subjects), start)


class BacklinkPages(Sequence[tuple[Backlinks, ...]]):
    """The pages of backlinks after the first: what is left of each property, one after the other."""

    def __init__(self, table: BacklinkTable, spans: Sequence[Span]) -> None:
        self._table = table
        self._spans = [span for span in spans if span.end - span.begin > FIRST]
        rest = sum(span.end - span.begin - FIRST for span in self._spans)
        self._count = -(-rest // PAGE)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> tuple[Backlinks, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[Backlinks, ...], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[Backlinks, ...] | tuple[tuple[Backlinks, ...], ...]:
        numbers = range(self._count)[index]
        return self._page(numbers) if isinstance(numbers, int) else tuple(self._page(n) for n in numbers)

    def __iter__(self) -> Iterator[tuple[Backlinks, ...]]:
        return (self._page(number) for number in range(self._count))

    def __repr__(self) -> str:
        return f"<{self._count} pages of backlinks>"

    def _page(self, number: int) -> tuple[Backlinks, ...]:
        skip, room = number * PAGE, PAGE
        groups = []
        for span in self._spans:
            rest = span.end - span.begin - FIRST
            if skip >= rest:
                skip -= rest
                continue
            count = min(room, rest - skip)
            groups.append(self._table.group(span, FIRST + skip, count))
            room -= count
            skip = 0
            if not room:
                break
        return tuple(groups)
