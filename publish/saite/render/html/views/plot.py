"""Maps without a map: places on a grid of degrees (equirectangular projection, true to scale at the middle latitude).

No outlines of countries: a build fetches nothing, and borders are no part of the data.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, radians, sqrt
from typing import Final

from saite.render.html.views.drawing import Box, Drawing
from saite.render.html.views.pen import SMALL, TEXT, Link, Pen, line_height, width, wrapped

_LEAST: Final = 4.0  # degrees that a picture spans
_STEPS: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0, 90.0)
_RADII: Final = (7.0, 20.0)
_FOOT: Final = 24.0  # for the names of meridians


@dataclass(frozen=True, slots=True)
class Place:
    """A place.

    Attributes:
        link: what it is called.
        lat, long: degrees north and east (WGS 84).
        size: how much is there; None where the data do not say.
        shown: the same as the language writes it.
    """

    link: Link
    lat: float
    long: float
    size: float | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture; its label may have found no room."""

    place: Place
    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    text: Box | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A map before it is drawn."""

    spots: tuple[Spot, ...]
    meridians: tuple[tuple[float, float], ...]
    parallels: tuple[tuple[float, float], ...]
    height: float


def layout(places: Sequence[Place], room: float) -> Layout:
    """Puts places where they are, the largest first, and names beside those that have room for them."""
    west, east = _span([place.long for place in places], 180.0)
    south, north = _span([place.lat for place in places], 90.0)
    squeeze = max(cos(radians((south + north) / 2)), 0.2)
    least, most = 0.42 * room, 0.9 * room
    scale = room / ((east - west) * squeeze)
    height = (north - south) * scale
    if height > most:
        scale *= most / height
        height = most
    height = max(height, least)
    left = (room - (east - west) * squeeze * scale) / 2
    top = (height - (north - south) * scale) / 2

    def x(long: float) -> float:
        return left + (long - west) * squeeze * scale

    def y(lat: float) -> float:
        return top + (north - lat) * scale

    biggest = max((place.size for place in places if place.size is not None), default=0.0) or 1.0
    spots: list[Spot] = []
    taken: list[Box] = []
    ranked = sorted(places, key=lambda one: (-(one.size or 0), one.link.text, one.lat, one.long))
    for place in ranked:
        share = sqrt(max(place.size, 0) / biggest) if place.size is not None else 0.0
        radius = _RADII[0] + (_RADII[1] - _RADII[0]) * share
        spots.append(Spot(place, x(place.long), y(place.lat), radius, (), None))
    taken = [Box(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    named = [_named(spot, taken, room, height) for spot in spots]
    step = next((step for step in _STEPS if max((east - west) / step, 0) * 60 <= room), _STEPS[-1])
    long_at = _multiples(west - left / (squeeze * scale), east + left / (squeeze * scale), step, 180.0)
    lat_at = _multiples(south - top / scale, north + top / scale, step, 90.0)
    return Layout(
        tuple(named),
        tuple((x(one), one) for one in long_at if 0 < x(one) < room),
        tuple((y(one), one) for one in lat_at if 0 < y(one) < height),
        height,
    )


def draw(places: Sequence[Place], room: float, degrees: Callable[[float, bool], str], *, inline: bool) -> Drawing:
    """A map of one or more places.

    Args:
        places: the places.
        room: width of the picture.
        degrees: says a latitude (if true) or a longitude.
        inline: see :class:`~saite.render.html.views.pen.Pen`.
    """
    made = layout(places, room)
    pen = Pen(inline=inline)
    free = 44.0
    for x, long in made.meridians:
        pen.line("grid", x, 0, x, made.height)
        if free < x < room - 24:
            pen.text("soft", x, made.height + 17, [degrees(long, False)], size=SMALL, anchor="middle")
    for y, lat in made.parallels:
        pen.line("grid", 0, y, room, y)
        if y > 20:
            pen.text("soft", 6, y - 5, [degrees(lat, True)], size=SMALL)
    pen.line("axis", 0, made.height, room, made.height)
    for spot in made.spots:
        place = spot.place
        pen.begin(place.link, f"{place.link.text}: {place.shown}" if place.shown else place.link.text)
        pen.circle("place", spot.x, spot.y, spot.radius)
        if spot.text is not None:
            pen.text("text link", spot.text.left, spot.text.top + TEXT, spot.lines, lang=place.link.lang)
        pen.end()
    return Drawing(room, made.height + _FOOT, pen.content(), len(places))


def _named(spot: Spot, taken: list[Box], room: float, height: float) -> Spot:
    """A spot with its name at the first of four sides that is free."""
    text = f"{spot.place.link.text} ({spot.place.shown})" if spot.place.shown else spot.place.link.text
    lines = tuple(wrapped(text, 0.4 * room, 2))
    wide, tall = max(width(line) for line in lines), len(lines) * line_height()
    gap = spot.radius + 6
    for left, top in (
        (spot.x + gap, spot.y - tall / 2),
        (spot.x - gap - wide, spot.y - tall / 2),
        (spot.x - wide / 2, spot.y + gap - 4),
        (spot.x - wide / 2, spot.y - gap + 4 - tall),
    ):
        box = Box(left, top, left + wide, top + tall)
        inside = left >= 2 and top >= 2 and box.right <= room - 2 and box.bottom <= height - 2
        if inside and not any(box.meets(other) for other in taken):
            taken.append(box)
            return Spot(spot.place, spot.x, spot.y, spot.radius, lines, box)
    return spot


def _span(values: Sequence[float], limit: float) -> tuple[float, float]:
    """From the least to the greatest, with some air around; within the limits of the globe."""
    low, high = min(values), max(values)
    air = max((high - low) * 0.14, (_LEAST - (high - low)) / 2, 0.5)
    return max(low - air, -limit), min(high + air, limit)


def _multiples(low: float, high: float, step: float, limit: float) -> list[float]:
    low, high = max(low, -limit), min(high, limit)
    return [place * step for place in range(ceil(low / step), floor(high / step) + 1)]
