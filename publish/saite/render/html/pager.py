"""Long lists: links between their pages, and letters over their parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from markupsafe import Markup

from saite.language import first_letter
from saite.render.html.edition import Edition
from saite.render.html.table import Table
from saite.terms import NamedNode

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
