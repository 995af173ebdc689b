"""What speaks for or against a pair beside its names; each point is told, and none of them ever decides."""

import math
from collections.abc import Iterator
from typing import Final

from saite.candidates.things import Hints, Point

_RADIUS: Final = 6371.0  # of the earth, in kilometres
_AT: Final = 25.0  # kilometres: the same place
_AWAY: Final = 300.0  # another one


def points(ours: Hints, theirs: Hints) -> Iterator[tuple[float, str]]:
    """Points to add to a score, with their reasons."""
    if shared := sorted(ours.types & theirs.types):
        yield 2.0, f"type {shared[0]}"
    if codes := sorted(ours.codes & theirs.codes):
        yield 4.0, f"code {codes[0]}"
    if ours.countries and theirs.countries:
        both = sorted(ours.countries & theirs.countries)
        if both:
            yield 3.0, f"country {both[0]}"
        else:
            yield -10.0, f"another country: {', '.join(sorted(theirs.countries))}"
    if ours.point is not None and theirs.point is not None:
        apart = distance(ours.point, theirs.point)
        if apart <= _AT:
            yield 3.0, f"{apart:.0f} km apart"
        elif apart > _AWAY:
            yield -5.0, f"{apart:.0f} km apart"


def distance(one: Point, other: Point) -> float:
    """Kilometres between two points, along a great circle (the haversine formula)."""
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))
