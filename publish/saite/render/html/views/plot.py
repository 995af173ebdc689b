"""Maps: countries shaded by how much is there, places as circles, on outlines and a grid of degrees.

Outlines come from the web assets; without them places lie on the grid alone. What a country is called and how much is
there come from the data, never from the outlines.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final, TypeVar

from saite.render.html.views import outlines
from saite.render.html.views.drawing import WIDE, Box, Drawing
from saite.render.html.views.framing import Frame, Span, framed
from saite.render.html.views.outlines import Outlines, Shape
from saite.render.html.views.pen import SMALL, TEXT, Link, Pen, line_height, width, wrapped

_Mark = TypeVar("_Mark", "Place", "Area")

_STEPS: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0, 90.0)
_RADII: Final = (7.0, 20.0)
_SMALL_RADII: Final = (5.0, 8.0)  # where countries are to be seen beneath
_AIR: Final = 0.14  # names of places stand beside them
_LESS_AIR: Final = 0.06  # those of countries within
_FOOT: Final = 24.0  # for the names of meridians
_SHADES: Final = 4
_TINY: Final = 8.0  # units: a country that is less is drawn as a place
_OVER: Final = 10.0  # units by which a name may go beyond its country
_ASIDE: Final = (0.0, 0.15, -0.15, 0.25, -0.25, 0.33, -0.33)  # where it stands on a line across, from the middle


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
class Area:
    """A country that has outlines.

    Attributes:
        link: what it is called.
        code: of M49, by which its outlines are found.
        size, shown: see :class:`Place`.
    """

    link: Link
    code: str
    size: float | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text, and the place that they take; centred or not."""

    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture; its label may have found no room."""

    place: Place
    x: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class Country:
    """An area in the picture; its label may have found no room."""

    area: Area
    shape: Shape
    label: Label | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A map before it is drawn; meridians and parallels with their degrees."""

    frame: Frame
    spots: tuple[Spot, ...]
    countries: tuple[Country, ...]
    outlines: Outlines | None
    meridians: tuple[tuple[float, float], ...]
    parallels: tuple[tuple[float, float], ...]


def layout(places: Sequence[Place], room: float, areas: Sequence[Area] = ()) -> Layout:
    """Puts places and countries where they are, the largest first, and names where there is room for them.

    Args:
        places: the places.
        room: width of the picture.
        areas: countries; outlines know their codes.
    """
    extents = [outlines.extent(area.code) for area in areas]
    longs = [*((place.long, place.long) for place in places), *(across for across, _ in extents)]
    lats = [*((place.lat, place.lat) for place in places), *(down for _, down in extents)]
    frame = framed(longs, lats, room, _LESS_AIR if areas else _AIR)
    tiny = [_tiny(*extent, frame) for extent in extents]
    places = [
        *places,
        *(_pointed(area, *extent) for area, extent, small in zip(areas, extents, tiny, strict=True) if small),
    ]
    areas = [area for area, small in zip(areas, tiny, strict=True) if not small]
    drawn = None
    if outlines.known():
        drawn = outlines.outlines(frame, tuple(sorted({area.code for area in areas})))
    least, most = (one * sqrt(room / WIDE) for one in _SMALL_RADII) if areas else _RADII
    spots = [_spot(place, frame, least + (most - least) * sqrt(share)) for place, share in _ranked(places)]
    taken = [Box(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    countries = []
    if drawn is not None:
        for area, _ in _ranked(areas):
            shape = drawn.shapes[area.code]
            countries.append(Country(area, shape, _within(area, shape, taken, frame)))
    named = [_beside(spot, taken, frame) for spot in spots]
    step = next((step for step in _STEPS if max((frame.east - frame.west) / step, 0) * 60 <= room), _STEPS[-1])
    meridians = ((frame.place(one, 0).x, _east(one)) for one in _multiples(frame.west, frame.east, step))
    parallels = (
        (frame.place(0, one).y, one) for one in _multiples(max(frame.south, -90.0), min(frame.north, 90.0), step)
    )
    return Layout(
        frame,
        tuple(named),
        tuple(countries),
        drawn,
        tuple((x, long) for x, long in meridians if 0 < x < room),
        tuple((y, lat) for y, lat in parallels if 0 < y < frame.height),
    )


def draw(
    places: Sequence[Place],
    areas: Sequence[Area],
    room: float,
    degrees: Callable[[float, bool], str],
    *,
    inline: bool,
) -> Drawing:
    """A map of one or more places or countries.

    Args:
        places: the places.
        areas: the countries.
        room: width of the picture.
        degrees: says a latitude (if true) or a longitude.
        inline: see :class:`~saite.render.html.views.pen.Pen`.
    """
    made = layout(places, room, areas)
    height = made.frame.height
    pen = Pen(inline=inline)
    for x, _ in made.meridians:
        pen.line("grid", x, 0, x, height)
    for y, _ in made.parallels:
        pen.line("grid", 0, y, room, y)
    if made.outlines is not None:
        _countries(pen, made.outlines, made.countries)
    for x, long in made.meridians:
        if 44 < x < room - 24:
            pen.text("soft", x, height + 17, [degrees(long, False)], size=SMALL, anchor="middle")
    for y, lat in made.parallels:
        if y > 20:
            pen.text("soft", 6, y - 5, [degrees(lat, True)], size=SMALL)
    pen.line("axis", 0, height, room, height)
    for spot in made.spots:
        pen.begin(spot.place.link, _told(spot.place, ": {}"))
        pen.circle("place", spot.x, spot.y, spot.radius)
        if spot.label is not None:
            box = spot.label.box
            pen.text("text link", box.left, box.top + TEXT, spot.label.lines, lang=spot.place.link.lang)
        pen.end()
    return Drawing(room, height + _FOOT, pen.content(), len(places) + len(areas))


def _countries(pen: Pen, drawn: Outlines, countries: Sequence[Country]) -> None:
    """Land, the countries of the data upon it, borders, and names above all of them."""
    biggest = max((one.area.size or 0 for one in countries), default=0)
    pen.path("land", drawn.land)
    for one in countries:
        share = (one.area.size or 0) / biggest if biggest else 0.5
        pen.begin(one.area.link, _told(one.area, ": {}"))
        pen.path(f"shade{max(ceil(share * _SHADES), 1)} area", one.shape.path)
        pen.end()
    pen.path("border", drawn.borders)
    pen.path("strong", drawn.strong)
    pen.aside()
    for one in countries:
        if one.label is not None:
            box = one.label.box
            x = (box.left + box.right) / 2
            pen.text("head", x, box.top + SMALL, one.label.lines, size=SMALL, anchor="middle", lang=one.area.link.lang)
    pen.end()


def _ranked(marks: Sequence[_Mark]) -> list[tuple[_Mark, float]]:
    """The largest first, each with its share of the largest."""
    biggest = max((mark.size for mark in marks if mark.size is not None), default=0.0) or 1.0
    ranked = sorted(marks, key=lambda one: (-(one.size or 0), one.link.text, _where(one)))
    return [(mark, max(mark.size or 0, 0) / biggest) for mark in ranked]


def _where(mark: Place | Area) -> tuple[object, ...]:
    return (mark.code,) if isinstance(mark, Area) else (mark.lat, mark.long)


def _told(mark: Place | Area, pattern: str) -> str:
    """A name with how much is there, if the data say it."""
    return mark.link.text + (pattern.format(mark.shown) if mark.shown else "")


def _tiny(across: Span, down: Span, frame: Frame) -> bool:
    """Whether a country is too small to be seen as an area."""
    return (across[1] - across[0]) * frame.across < _TINY and (down[1] - down[0]) * frame.down < _TINY


def _pointed(area: Area, across: Span, down: Span) -> Place:
    """A country as a place."""
    return Place(area.link, sum(down) / 2, sum(across) / 2, area.size, area.shown)


def _spot(place: Place, frame: Frame, radius: float) -> Spot:
    x, y = frame.place(frame.turned(place.long), place.lat)
    return Spot(place, x, y, radius, None)


def _beside(spot: Spot, taken: list[Box], frame: Frame) -> Spot:
    """A spot with its name at the first of four sides that is free."""
    lines = tuple(wrapped(_told(spot.place, " ({})"), 0.4 * frame.width, 2))
    wide, tall = _size(lines)
    gap = spot.radius + 6
    for left, top in (
        (spot.x + gap, spot.y - tall / 2),
        (spot.x - gap - wide, spot.y - tall / 2),
        (spot.x - wide / 2, spot.y + gap - 4),
        (spot.x - wide / 2, spot.y - gap + 4 - tall),
    ):
        box = Box(left, top, left + wide, top + tall)
        if _free(box, taken, frame):
            taken.append(box)
            return Spot(spot.place, spot.x, spot.y, spot.radius, Label(lines, box))
    return spot


def _within(area: Area, shape: Shape, taken: list[Box], frame: Frame) -> Label | None:
    """The name and number of a country, on a line or two, within it; the number alone where there is no more room."""
    name = area.link.text
    number = (area.shown,) if area.shown else ()
    for lines in ((_told(area, " ({})"),), (name, *number), number):
        if not lines:
            continue
        wide, tall = _size(lines, SMALL)
        for (middle, y), long in shape.rooms:
            for aside in _ASIDE:
                x = middle + aside * long
                box = Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
                fits = abs(aside) * long + wide / 2 <= long / 2 + _OVER or lines == number
                if fits and _free(box, taken, frame):
                    taken.append(box)
                    return Label(lines, box)
    return None


def _size(lines: Sequence[str], size: int = TEXT) -> tuple[float, float]:
    return max(width(line, size) for line in lines), len(lines) * line_height(size)


def _free(box: Box, taken: Sequence[Box], frame: Frame) -> bool:
    inside = box.left >= 2 and box.top >= 2 and box.right <= frame.width - 2 and box.bottom <= frame.height - 2
    return inside and not any(box.meets(other) for other in taken)


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [place * step for place in range(ceil(low / step), floor(high / step) + 1)]


def _east(long: float) -> float:
    """A longitude as it is told: more than -180 and at most 180."""
    return long - 360 if long > 180 else long + 360 if long <= -180 else long
