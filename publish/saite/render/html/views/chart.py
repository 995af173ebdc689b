"""Charts: lying bars, each with its name and its number, so that nothing hangs on colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from saite.render.html.views.drawing import Box, Drawing
from saite.render.html.views.pen import TEXT, Link, Pen, line_height, width, wrapped

_EDGE: Final = 8.0
_BAR: Final = 18.0
_GAP: Final = 12.0
_HEAD: Final = 30.0
_LEAST: Final = 1e-200  # values that differ by less are drawn as none
_BESIDE: Final = 500.0  # from this width on, names stand beside their bars
_MOST_SPACES: Final = 60  # years for which there is no row, but a place


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar.

    Attributes:
        link: what is counted; without a text, a place that is kept free.
        value: how much; None for a place that is kept free.
        shown: the number as the language writes it.
        series: what is counted of it, "" if there is but one thing.
    """

    link: Link
    value: float | None
    shown: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A bar with its place."""

    bar: Bar
    lines: tuple[str, ...]
    label: float
    left: float
    right: float
    top: float
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """A chart before it is drawn."""

    placed: tuple[Placed, ...]
    heads: tuple[tuple[Link, float], ...]
    zero: float
    height: float


def spaced(bars: Sequence[Bar]) -> list[Bar]:
    """The bars of years in their order, with free places for years between them that have none."""
    years = [int(bar.link.text) if _is_year(bar.link.text) else None for bar in bars]
    known = [year for year in years if year is not None]
    plain = len(known) == len(bars) and not any(bar.series for bar in bars)
    rising = all(a < b for a, b in pairwise(known))
    if not plain or not rising or not known or known[-1] - known[0] - len(known) + 1 > _MOST_SPACES:
        return [*bars]
    there = dict(zip(known, bars, strict=True))
    return [there.get(year, Bar(Link(str(year)), None, "–")) for year in range(known[0], known[-1] + 1)]


def layout(bars: Sequence[Bar], room: float) -> Layout:
    """Puts bars one below the other; those of one name after another under it, if they are of several series."""
    values = [bar.value for bar in bars if bar.value is not None]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    beside = room >= _BESIDE
    grouped = any(bar.series for bar in bars)
    names = [_name(bar, grouped) for bar in bars]
    most = min(0.36 * room, max((width(name) for name in names), default=0) + 2) if beside else room - 2 * _EDGE
    numbers = max((width(bar.shown) for bar in bars), default=0)
    start = _EDGE + most + 12 if beside else _EDGE
    stop = max(room - _EDGE - numbers - 10, start + 20)
    scale = (stop - start) / max(high - low, _LEAST)
    zero = start - low * scale
    placed: list[Placed] = []
    heads: list[tuple[Link, float]] = []
    top = 6.0
    before: Link | None = None
    for bar, name in zip(bars, names, strict=True):
        if grouped and bar.link != before:
            heads.append((bar.link, top + 19))
            top += _HEAD
            before = bar.link
        lines = tuple(wrapped(name, most, 2))
        text = len(lines) * line_height()
        ends = sorted((zero, zero + (bar.value or 0) * scale))
        height = max(text, _BAR) if beside else text + 4 + _BAR
        at = top + (height - _BAR) / 2 if beside else top + text + 4
        label = top + (height - text) / 2 if beside else top
        box = Box(_EDGE, top, room - _EDGE, top + height)
        placed.append(Placed(bar, lines, label, ends[0], ends[1], at, box))
        top += height + _GAP
    return Layout(tuple(placed), tuple(heads), zero, top)


def draw(bars: Sequence[Bar], room: float, *, inline: bool) -> Drawing:
    """A chart of one or more bars; see :func:`saite.render.html.views.timeline.draw`."""
    made = layout(bars, room)
    pen = Pen(inline=inline)
    for link, y in made.heads:
        pen.begin(link, link.text)
        pen.text("head", _EDGE, y, wrapped(link.text, room - 2 * _EDGE, 1, 15), size=15, lang=link.lang)
        pen.end()
    for one in made.placed:
        bar = one.bar
        name = f"{bar.link.text}, {bar.series}: {bar.shown}" if bar.series else f"{bar.link.text}: {bar.shown}"
        pen.begin(bar.link, name)
        if bar.value:
            pen.rect("mark", one.left, one.top, max(one.right - one.left, 1), _BAR, 2)
        pen.text("text link", _EDGE, one.label + TEXT, one.lines, lang="" if bar.series else bar.link.lang)
        pen.text("head", max(one.right, made.zero) + 8, one.top + 14, [bar.shown])
        pen.end()
    if made.zero > _EDGE:  # else it would run through the names
        pen.line("axis", made.zero, 0, made.zero, made.height - 4)
    return Drawing(room, made.height, pen.content(), sum(bar.value is not None for bar in bars))


def _name(bar: Bar, grouped: bool) -> str:
    return (bar.series or "–") if grouped else bar.link.text


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal()
