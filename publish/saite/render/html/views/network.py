"""Networks: things around an ellipse, with their names beside them, and ties across it; on a phone, things in a column.

The things have equal distances from top to bottom, so that names never lie above each other, however many they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from saite.render.html.views.drawing import Box, Drawing
from saite.render.html.views.pen import SMALL, TEXT, Link, Pen, line_height, width, wrapped

MOST_NODES: Final = 60
"""How many things a picture shows: those with the strongest ties."""

_EDGE: Final = 8.0
_ROW: Final = 40.0  # from one thing to the next, at least
_LABEL: Final = 210.0  # as wide as a label may be, and more where the ellipse is narrow
_LINES: Final = 3
_LEAST: Final = 180.0  # half the height of a picture of few things
_DASHES: Final = ("", "7 4", "2 4", "10 4 2 4")
_WIDEST: Final = 7.0
_WIDEST_ARC: Final = 4.0
_ABREAST: Final = 500.0  # an ellipse with names on both sides has no room in less
_ARCS: Final = 0.36  # of a narrow picture, for the ties beside the column


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two things, by their places in a list.

    Attributes:
        start, end: the places.
        weight: how strong it is.
        shown: the same as the language writes it, "" where the data do not say.
        kind: of which kind it is, "" if there is but one.
    """

    start: int
    end: int
    weight: float
    shown: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing with its place."""

    link: Link
    x: float
    y: float
    radius: float
    right: bool
    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """A network before it is drawn; the nodes have the places that their ties name."""

    nodes: tuple[Node, ...]
    order: tuple[int, ...]
    height: float
    column: bool = False


def strongest(links: Sequence[Link], ties: Sequence[Tie], most: int) -> tuple[list[Link], list[Tie]]:
    """The things with the strongest ties, and the ties among them; the strongest first."""
    sums = _sums(len(links), ties)
    ranked = sorted(range(len(links)), key=lambda place: (-sums[place], links[place].text, links[place].href))
    places = {old: new for new, old in enumerate(ranked[:MOST_NODES])}
    kept = [
        Tie(places[tie.start], places[tie.end], tie.weight, tie.shown, tie.kind)
        for tie in ties
        if tie.start in places and tie.end in places and tie.start != tie.end
    ]
    kept.sort(key=lambda tie: (-tie.weight, tie.start, tie.end, tie.kind))
    return [links[old] for old in ranked[:MOST_NODES]], kept[:most]


def ordered(count: int, ties: Sequence[Tie]) -> tuple[int, ...]:
    """Places around the ellipse: each thing next to that with which it is tied most of those already there."""
    sums = _sums(count, ties)
    bonds: list[dict[int, float]] = [{} for _ in range(count)]
    for tie in ties:
        bonds[tie.start][tie.end] = bonds[tie.start].get(tie.end, 0) + tie.weight
        bonds[tie.end][tie.start] = bonds[tie.end].get(tie.start, 0) + tie.weight
    left = set(range(count))
    order: list[int] = []
    pull = [0.0] * count
    while left:
        last = order[-1] if order else None
        nearest = min(
            left,
            key=lambda one: (-(bonds[one].get(last, 0.0) if last is not None else 0.0), -pull[one], -sums[one], one),
        )
        left.remove(nearest)
        order.append(nearest)
        for other, weight in bonds[nearest].items():
            pull[other] += weight
    return tuple(order)


def layout(links: Sequence[Link], ties: Sequence[Tie], room: float) -> Layout:
    """Puts things around an ellipse, down its right side and up its left; into a column where that has no room."""
    if room < _ABREAST:
        return _column(links, ties, room)
    count = len(links)
    order = ordered(count, ties)
    right = -(-count // 2)
    sums = _sums(count, ties)
    top = max(sums, default=0) or 1
    middle = room / 2
    most = min(max((width(link.text) for link in links), default=0) + 2, _LABEL, room / 3)
    across = middle - most - 30 - _EDGE
    tallest = max((len(wrapped(link.text, most, _LINES)) for link in links), default=1)
    half = max(_LEAST, right * max(_ROW, tallest * line_height() + 6) / 2)
    nodes: dict[int, Node] = {}
    for place, number in enumerate(order):
        to_right = place < right
        size = right if to_right else count - right
        step = place if to_right else count - 1 - place
        row = 2 * half / max(size, 1)
        y = 14 + (step + 0.5) * row
        x = sqrt(max(0.0, 1 - ((y - 14 - half) / half) ** 2)) * across * (1 if to_right else -1) + middle
        radius = 5 + 6 * sqrt(sums[number] / top)
        lines = tuple(wrapped(links[number].text, most + min(across - abs(x - middle), 80), _LINES))
        wide = max(width(line) for line in lines)
        tall = max(len(lines) * line_height(), 2 * radius)
        if to_right:
            box = Box(x - radius, y - tall / 2, min(x + radius + 8 + wide, room), y + tall / 2)
        else:
            box = Box(max(x - radius - 8 - wide, 0), y - tall / 2, x + radius, y + tall / 2)
        nodes[number] = Node(links[number], x, y, radius, to_right, lines, box)
    return Layout(tuple(nodes[number] for number in range(count)), order, 2 * half + 28)


def _column(links: Sequence[Link], ties: Sequence[Tie], room: float) -> Layout:
    """Puts things below each other, their names to the right; to the left there is room for ties."""
    order = ordered(len(links), ties)
    sums = _sums(len(links), ties)
    top = max(sums, default=0) or 1
    x = room * _ARCS
    most = room - x - 22
    texts = [tuple(wrapped(link.text, most, _LINES)) for link in links]
    row = max(30.0, max(map(len, texts), default=1) * line_height() + 8)
    nodes: dict[int, Node] = {}
    for place, number in enumerate(order):
        y = 14 + (place + 0.5) * row
        radius = 4 + 4 * sqrt(sums[number] / top)
        tall = max(len(texts[number]) * line_height(), 2 * radius)
        right = min(x + radius + 8 + max(width(line) for line in texts[number]), room)
        box = Box(x - radius, y - tall / 2, right, y + tall / 2)
        nodes[number] = Node(links[number], x, y, radius, True, texts[number], box)
    return Layout(tuple(nodes[number] for number in range(len(links))), order, len(links) * row + 28, column=True)


def draw(links: Sequence[Link], ties: Sequence[Tie], room: float, names: Sequence[str], *, inline: bool) -> Drawing:
    """A network of one or more ties.

    Args:
        links: the things.
        ties: the ties, by places in ``links``.
        room: width of the picture.
        names: what is said of each thing, in the same places.
        inline: see :class:`~saite.render.html.views.pen.Pen`.
    """
    made = layout(links, ties, room)
    pen = Pen(inline=inline)
    kinds = [*dict.fromkeys(tie.kind for tie in ties if tie.kind)]
    dashes = {kind: _DASHES[min(place, len(_DASHES) - 1)] for place, kind in enumerate(kinds)}
    heaviest = max((tie.weight for tie in ties), default=1) or 1
    for tie in reversed(ties):
        _tie(pen, tie, made, room, dashes, heaviest)
    for number in made.order:
        _node(pen, made.nodes[number], names[number])
    y = made.height + 8
    for kind in kinds:
        pen.curve("edge", (_EDGE, y, _EDGE + 22, y, _EDGE + 44, y), 3, dashes[kind])
        pen.text("soft", _EDGE + 54, y + 5, wrapped(kind, room - 80, 1, SMALL), size=SMALL)
        y += 22
    height = y + 4 if kinds else made.height
    return Drawing(room, height, pen.content(), len(ties))


def _tie(pen: Pen, tie: Tie, made: Layout, room: float, dashes: Mapping[str, str], heaviest: float) -> None:
    start, end = made.nodes[tie.start], made.nodes[tie.end]
    control = _control(start, end, made, room)
    more = ", ".join(text for text in (tie.kind, tie.shown) if text)
    title = f"{start.link.text} – {end.link.text}" + (f": {more}" if more else "")
    thick = 1 + ((_WIDEST_ARC if made.column else _WIDEST) - 1) * max(tie.weight, 0) / heaviest
    pen.curve("edge", (start.x, start.y, *control, end.x, end.y), thick, dashes.get(tie.kind, ""), title)


def _control(start: Node, end: Node, made: Layout, room: float) -> tuple[float, float]:
    """The point towards which a tie is bent."""
    middle, centre = room / 2, made.height / 2
    x, y = (start.x + end.x) / 2, (start.y + end.y) / 2
    if made.column:  # a curve comes half as near as the point
        return x - 2 * (x - _EDGE) * abs(start.y - end.y) / made.height, y
    if start.right == end.right:
        inwards = min(20 + abs(start.y - end.y) * 0.4, abs(x - middle) + 30)
        return (x - inwards if start.right else x + inwards), y
    return x + (middle - x) * 0.3, y + (centre - y) * 0.3


def _node(pen: Pen, node: Node, name: str) -> None:
    pen.begin(node.link, name)
    pen.circle("node", node.x, node.y, node.radius)
    x = node.x + (node.radius + 8) * (1 if node.right else -1)
    y = node.y - (len(node.lines) - 1) * line_height() / 2 + TEXT * 0.36
    pen.text("text link", x, y, node.lines, anchor="start" if node.right else "end", lang=node.link.lang)
    pen.end()


def _sums(count: int, ties: Sequence[Tie]) -> list[float]:
    sums = [0.0] * count
    for tie in ties:
        sums[tie.start] += max(tie.weight, 0)
        sums[tie.end] += max(tie.weight, 0)
    return sums
