"""Which part of the globe a map shows, and where a place lies on it.

The projection is equirectangular with its standard parallel in the middle: true to scale there, meridians and
parallels straight, and simple enough that whoever reads the grid can read a position off it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, floor, radians
from typing import Final

from saite.render.html.views.topology import Point

_LEAST: Final = 4.0  # degrees that a picture spans
_ROUND: Final = 360.0
_SHARES: Final = (0.42, 0.9)  # height by width: at least, at most

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the globe in a picture.

    Attributes:
        west, north: degrees at the corner; the east may lie beyond 180.
        across, down: units of the picture for a degree.
        width, height: of the picture.
    """

    west: float
    north: float
    across: float
    down: float
    width: float
    height: float

    @property
    def east(self) -> float:
        """Degrees at the other side."""
        return self.west + self.width / self.across

    @property
    def south(self) -> float:
        """Degrees at the foot."""
        return self.north - self.height / self.down

    def place(self, long: float, lat: float) -> Point:
        """Where a position lies in the picture, or would lie."""
        return Point((long - self.west) * self.across, (self.north - lat) * self.down)

    def turned(self, long: float) -> float:
        """The same longitude, a turn further if the picture shows it there."""
        return long + _ROUND if long < self.west and long + _ROUND <= self.east else long


def framed(longs: Sequence[Span], lats: Sequence[Span], room: float, air: float) -> Frame:
    """The frame of what lies within spans of longitude and latitude, with some air around.

    Args:
        longs: degrees from west to east; of a place, twice the same.
        lats: degrees from south to north.
        room: width of the picture.
        air: how much of it, by what lies within, is free on each side.
    """
    west, east = _aired(*around(longs), air, _ROUND)
    south, north = _aired(min(low for low, _ in lats), max(high for _, high in lats), air, 180.0)
    if east - west >= _ROUND:
        west, east = -180.0, 180.0
    south, north = max(south, -90.0), min(north, 90.0)
    squeeze = max(cos(radians((south + north) / 2)), 0.2)
    least, most = (share * room for share in _SHARES)
    down = room / ((east - west) * squeeze)
    height = (north - south) * down
    if height > most:
        down *= most / height
        height = most
    tall = max(height, least)
    left = (room - (east - west) * squeeze * down) / 2
    top = (tall - height) / 2
    return Frame(west - left / (squeeze * down), north + top / down, squeeze * down, down, room, tall)


def around(spans: Iterable[Span]) -> Span:
    """The shortest way from west to east past all spans, across 180 degrees where that is shorter.

    The east is greater than 180 there, so that it is never less than the west.
    """
    ordered = sorted((low - _turns(low), high - _turns(low)) for low, high in spans)
    west, east = ordered[0][0], ordered[0][1]
    greatest = max(high for _, high in ordered)
    found = (west, greatest)
    for low, high in ordered[1:]:
        end = max(east + _ROUND, greatest)
        if end - low < found[1] - found[0]:
            found = (low, end)
        east = max(east, high)
    return found


def _turns(long: float) -> float:
    """What is to be taken from a longitude so that it is at least -180 and less than 180; of 180 nothing."""
    return 0.0 if abs(long) <= _ROUND / 2 else floor((long + _ROUND / 2) / _ROUND) * _ROUND


def _aired(low: float, high: float, share: float, limit: float) -> Span:
    """From the least to the greatest, with some air around; no more than there is."""
    air = max((high - low) * share, (_LEAST - (high - low)) / 2, 0.5)
    air = min(air, (limit - (high - low)) / 2)
    return low - air, high + air
