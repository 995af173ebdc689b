"""Timelines: what was when, in lanes, as precisely as the data say and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from saite.language import Moment, format_moment
from saite.render.html.views.drawing import Box, Drawing
from saite.render.html.views.pen import SMALL, TEXT, Link, Pen, line_height, width, wrapped

Days = tuple[int, int]
"""A run of days: the first, and the one after the last."""

_EDGE: Final = 8.0  # free at the left and right
_BAR: Final = 12.0
_GAP: Final = 18.0  # between lanes, and between things in one lane
_HEAD: Final = 34.0  # the name of a group
_AXIS: Final = 26.0
_LABEL: Final = 290.0  # as wide as a label may be
_LINES: Final = 3
_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)  # months between ticks
_LAST: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Item:
    """A thing on a timeline.

    Attributes:
        link: what it is.
        extent: the days on which it may have been.
        sure: those on which it was, if any.
        group: where it belongs, "" if nowhere.
        when: its dates in words.
    """

    link: Link
    extent: Days
    sure: Days | None
    group: str
    when: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its place: bar and label."""

    item: Item
    left: float
    right: float
    label: float
    lines: tuple[str, ...]
    top: float
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """A timeline before it is drawn."""

    placed: tuple[Placed, ...]
    heads: tuple[tuple[str, float], ...]
    ticks: tuple[tuple[float, str], ...]
    height: float


def days(moment: Moment) -> Days:
    """The days that a date of any precision stands for."""
    year, month, day = moment.year, moment.month, moment.day
    first = date(year, month or 1, day or 1)
    if day is not None:
        after = first.toordinal() + 1
    elif month is not None and month < 12:
        after = date(year, month + 1, 1).toordinal()
    else:
        after = date(year + 1, 1, 1).toordinal() if year < date.max.year else _LAST + 1
    return first.toordinal(), after


def spans(start: Moment, end: Moment | None) -> tuple[Days, Days | None]:
    """The days on which something may have been, and those on which it was.

    Of a thing that began in 2014 and ended in 2019, no day of either year is sure but those between. Of one with a
    start only, nothing is known but that it was within the start. An end before the start is no end.
    """
    first = days(start)
    last = days(end) if end is not None else None
    if last is None or last[1] <= first[0]:
        return first, (first if start.day is not None else None)
    sure = (first[1] - 1, last[0] + 1)
    return (first[0], last[1]), (sure if sure[0] < sure[1] else None)


def layout(items: Sequence[Item], room: float, language: str) -> Layout:
    """Puts items into lanes: groups in the order in which they come, in each the earliest first.

    Args:
        items: one or more.
        room: the width of the picture.
        language: of the months at the axis.
    """
    start, end, ticks = _axis(items, room, language)
    scale = (room - 2 * _EDGE) / (end - start)
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    placed: list[Placed] = []
    heads: list[tuple[str, float]] = []
    top = _AXIS + 10
    for group, members in groups.items():
        if group:
            heads.append((group, top + 18))
            top += _HEAD
        lanes: list[list[Placed]] = []
        for item in sorted(members, key=lambda one: (one.extent, one.link.text, one.link.href, one.when)):
            left, right = (_EDGE + (day - start) * scale for day in item.extent)
            one = _place(item, left, right, room)
            lane = next((lane for lane in lanes if lane[-1].box.right + _GAP <= one.box.left), None)
            if lane is None:
                lanes.append([one])
            else:
                lane.append(one)
        for lane in lanes:
            placed += [_moved(one, top) for one in lane]
            top += max(one.box.bottom for one in lane) + _GAP
    at = tuple((_EDGE + (day - start) * scale, text) for day, text in ticks)
    return Layout(tuple(placed), tuple(heads), at, top)


def draw(items: Sequence[Item], room: float, language: str, note: str, *, inline: bool) -> Drawing:
    """A timeline.

    Args:
        items: one or more.
        room: its width.
        language: of the texts at the axis.
        note: what a dashed bar means.
        inline: see :class:`~saite.render.html.views.pen.Pen`.
    """
    made = layout(items, room, language)
    pen = Pen(inline=inline)
    vague = any(one.item.sure != one.item.extent for one in made.placed)
    lines = wrapped(note, room - 60, 3, SMALL) if vague else []
    height = made.height + (20 + len(lines) * line_height(SMALL) if lines else 0)
    for x, text in made.ticks:
        pen.line("grid", x, _AXIS, x, made.height)
        if text:
            pen.text("soft", x, _AXIS - 8, [text], size=SMALL)
    pen.line("axis", _EDGE, _AXIS, room - _EDGE, _AXIS)
    for group, y in made.heads:
        for line in wrapped(group, room - 2 * _EDGE, 1, 15):
            pen.text("head", _EDGE, y, [line], size=15)
    for one in made.placed:
        _draw(pen, one)
    if lines:
        y = made.height + 8
        pen.rect("vague", _EDGE + 0.5, y + 1, 36, _BAR, 3)
        pen.text("soft", _EDGE + 46, y + 11, lines, size=SMALL)
    return Drawing(room, height, pen.content(), len(items))


def _draw(pen: Pen, one: Placed) -> None:
    item = one.item
    pen.begin(item.link, f"{item.link.text}, {item.when}")
    if item.sure != item.extent:
        pen.rect("vague", one.left + 0.5, one.top + 0.5, one.right - one.left - 1, _BAR - 1, 3)
    if item.sure is not None:
        scale = (one.right - one.left) / (item.extent[1] - item.extent[0])
        left = one.left + (item.sure[0] - item.extent[0]) * scale
        pen.rect("mark", left, one.top, max((item.sure[1] - item.sure[0]) * scale, 2), _BAR, 3)
    y = one.top + _BAR + TEXT + 2
    pen.text("text link", one.label, y, one.lines, lang=item.link.lang)
    pen.end()
    below = y + len(one.lines) * line_height() - 1
    pen.text("soft", one.label, below, wrapped(item.when, _LABEL + 40, 1, SMALL), size=SMALL, said=True)


def _place(item: Item, left: float, right: float, room: float) -> Placed:
    least = 8.0  # a day must be seen, too
    if right - left < least:
        left = min(max((left + right - least) / 2, _EDGE), room - _EDGE - least)
        right = left + least
    most = min(_LABEL, room - 2 * _EDGE)
    lines = tuple(wrapped(item.link.text, most, _LINES))
    wide = max(*(width(line) for line in lines), min(width(item.when, SMALL), room - 2 * _EDGE))
    label = max(_EDGE, min(left, room - _EDGE - wide))
    bottom = _BAR + 6 + len(lines) * line_height() + line_height(SMALL)
    box = Box(min(left, label), 0, max(right, label + min(wide, room - 2 * _EDGE)), bottom)
    return Placed(item, left, right, label, lines, 0, box)


def _moved(one: Placed, top: float) -> Placed:
    box = Box(one.box.left, top, one.box.right, top + one.box.bottom)
    return Placed(one.item, one.left, one.right, one.label, one.lines, top, box)


def _axis(items: Sequence[Item], room: float, language: str) -> tuple[int, int, list[tuple[int, str]]]:
    """The first day of the axis, the day after its last, and its ticks: whole years where there are many months."""
    first = date.fromordinal(min(item.extent[0] for item in items))
    last = date.fromordinal(min(max(item.extent[1] for item in items) - 1, _LAST))
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month
    for step in _STEPS:
        start = begin // step * step
        months = [*range(start, end, step), -(-end // step) * step]
        space = 56 if step >= 12 else 150
        if (len(months) - 1) * space <= room - 2 * _EDGE:
            break
    ticks = [(_day(month), _name(month, step, language)) for month in months]
    ticks[-1] = (ticks[-1][0], "")
    assert all(a < b for (a, _), (b, _) in pairwise(ticks))
    return ticks[0][0], ticks[-1][0], ticks


def _day(month: int) -> int:
    year = month // 12
    if year < 1:
        return 1
    return date(year, month % 12 + 1, 1).toordinal() if year <= date.max.year else _LAST + 1


def _name(month: int, step: int, language: str) -> str:
    year = max(month // 12, 1)
    return str(year) if step >= 12 else format_moment(Moment(year, month % 12 + 1), language)
