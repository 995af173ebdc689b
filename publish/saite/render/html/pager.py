"""Long lists: links between their pages, and letters over their parts."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from markupsafe import Markup

from saite.language import first_letter
from saite.render.html.edition import Edition
from saite.render.html.table import Table
from saite.site.model import Change, Labels
from saite.terms import NamedNode, among

_FEW: Final = 40  # a short list needs no headings by letter


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the other pages of a list are.

    Attributes:
        total: how many pages there are; a list of one page needs no links.
        previous, next: relative references, "" at either end.
        steps: page number and reference ("" for the page itself); number 0 stands for a gap.
    """

    total: int
    previous: str
    next: str
    steps: tuple[tuple[int, str], ...]


def make_pager(current: int, total: int, document: Callable[[int], str], table: Table) -> Pager:
    """Links to the first, last and neighbouring pages; ``document`` gives a page's path by its 1-based number."""
    numbers = sorted({1, total, *range(max(1, current - 2), min(total, current + 2) + 1)})
    steps: list[tuple[int, str]] = []
    for position, number in enumerate(numbers):
        if position and number - numbers[position - 1] == 2:
            steps.append((number - 1, table.href(document(number - 1))))
        elif position and number - numbers[position - 1] > 2:
            steps.append((0, ""))
        steps.append((number, "" if number == current else table.href(document(number))))
    return Pager(
        total,
        table.href(document(current - 1)) if current > 1 else "",
        table.href(document(current + 1)) if current < total else "",
        tuple(steps),
    )


class Reordered:
    """A list of which some members may have been given other names.

    Args:
        members: by IRI.
        edition: the site in one language, as it is now.
        change: which names are others than they were.
        order: the members as they were ordered before all that was changed since; None: that is to be found out.

    Attributes:
        moved: the members that the change is about.
    """

    def __init__(
        self,
        members: Sequence[NamedNode],
        edition: Edition,
        change: Change,
        order: Sequence[NamedNode] | None = None,
    ) -> None:
        self.moved = [node for node in change.nodes if among(members, node)]
        self._members = members
        self._edition = edition
        self._change = change
        self._order = order

    def pages(self, size: int) -> Iterator[tuple[int, Sequence[NamedNode]]]:
        """Numbers, from 1, and members of the pages that are not what they were.

        Args:
            size: how many members a page has.
        """
        if not self.moved:
            return
        moved, now = set(self.moved), self.now
        before = self._with(self._change.before)
        for number, start in enumerate(range(0, len(now), size), 1):
            part = now[start : start + size]
            if part != before[start : start + size] or not moved.isdisjoint(part):
                yield number, part

    @cached_property
    def now(self) -> Sequence[NamedNode]:
        """The members in their order."""
        return self._with(self._edition.site.labels)

    def _with(self, labels: Labels) -> list[NamedNode]:
        """The members in the order that they have with some labels."""
        since = sorted((self._edition.key_by(node, labels), node) for node in self._since)
        found: list[NamedNode] = []
        begin = 0
        for key, node in since:
            end = bisect_left(self._rest, key, begin, key=self._edition.key)
            found += self._rest[begin:end]
            found.append(node)
            begin = end
        return found + self._rest[begin:]

    @cached_property
    def _since(self) -> Sequence[NamedNode]:
        return [node for node in self._change.since if among(self._members, node)]

    @cached_property
    def _rest(self) -> list[NamedNode]:
        """The members whose labels are as they always were, in their order."""
        order = sorted(self._members, key=self._edition.key) if self._order is None else self._order
        since = set(self._since)
        return [node for node in order if node not in since]


def by_letter(edition: Edition, nodes: Sequence[NamedNode], table: Table, total: int) -> list[tuple[str, list[Markup]]]:
    """Links under the letters that they begin with; a short list needs no letters.

    Args:
        edition: the site in one language.
        nodes: what one page of the list shows, in order.
        table: makes the links.
        total: how long the whole list is.
    """
    if total <= _FEW:
        return [("", list(map(table.link, nodes)))] if nodes else []
    key, language = edition.key, edition.language
    letters = groupby(nodes, key=lambda node: first_letter(key(node)[0][:2], language))
    return [(letter, list(map(table.link, some))) for letter, some in letters]
