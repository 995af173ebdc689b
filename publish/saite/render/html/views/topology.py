"""Outlines of countries from TopoJSON: borders that two countries share are one arc, and stay so.

The format: arcs are lists of positions on a grid, each position told by its difference from the one before; a ring
names arcs by number, one that is run backwards by the complement of its number (The TopoJSON Format Specification,
2.1.4 and 2.2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import orjson

TURN: Final = 360.0
"""Degrees once around the globe."""

_RINGED: Final = {"Polygon": 1, "MultiPolygon": 2}


class Point(NamedTuple):
    """A position: degrees east and north, or a place in a picture."""

    x: float
    y: float


Arc = tuple[Point, ...]
Ring = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Topology:
    """Countries and land.

    Attributes:
        arcs: lines of positions, in degrees.
        countries: the rings of each country, outer ones and holes, by its code (ISO 3166-1 numeric, which is M49).
        unnamed: rings of territories that have no code.
        land: the rings of all land.
    """

    arcs: tuple[Arc, ...]
    countries: Mapping[str, tuple[Ring, ...]]
    unnamed: tuple[Ring, ...]
    land: tuple[Ring, ...]

    def ring(self, ring: Ring) -> Arc:
        """The positions of a ring, the first once more at the end; beyond 180 degrees where it goes on there."""
        return joined([self.arcs[index] if index >= 0 else self.arcs[~index][::-1] for index in ring], TURN)


def read(content: bytes) -> Topology:
    """What a TopoJSON file with the objects ``countries`` and ``land`` holds.

    Raises:
        ValueError, LookupError: it is none.
    """
    told = orjson.loads(content)
    transform = told.get("transform")
    arcs = tuple(decoded(arc, transform) for arc in told["arcs"])
    countries: dict[str, tuple[Ring, ...]] = {}
    unnamed: tuple[Ring, ...] = ()
    for one in told["objects"]["countries"]["geometries"]:
        if "id" in one:
            countries[one["id"]] = (*countries.get(one["id"], ()), *_rings(one))
        else:
            unnamed = (*unnamed, *_rings(one))
    whole = told["objects"]["land"]
    land = tuple(ring for one in whole.get("geometries", [whole]) for ring in _rings(one))
    return Topology(arcs, countries, unnamed, land)


def decoded(arc: Iterable[Iterable[float]], transform: Mapping[str, Any] | None) -> Arc:
    """The positions of an arc: without a transform as they stand, else sums of differences on the grid.

    An arc that crosses 180 degrees goes on beyond, so that it has no leap.
    """
    points: list[Point] = []
    (wide, tall), (left, bottom) = (transform["scale"], transform["translate"]) if transform else ((1, 1), (0, 0))
    x = y = turn = 0.0
    for right, up, *_ in arc:
        x, y = (x + right, y + up) if transform else (right, up)
        long = x * wide + left
        if points:
            turn += TURN * round((points[-1].x - long - turn) / TURN)
        points.append(Point(long + turn, y * tall + bottom))
    return tuple(points)


def joined(arcs: Iterable[Arc], turn: float) -> Arc:
    """The positions of a ring: each arc begins where the one before it ends.

    A ring around a pole does not come back to where it began, but a turn further: it is closed beyond the pole.

    Args:
        arcs: its arcs, in order.
        turn: how far it is once around the globe.
    """
    points: list[Point] = []
    for arc in arcs:
        by = turn * round((points[-1].x - arc[0].x) / turn) if points else 0.0
        points.extend(Point(point.x + by, point.y) for point in arc[1 if points else 0 :])
    if round((points[-1].x - points[0].x) / turn):
        beyond = max((point.y for point in points), key=abs) * 10
        points += [Point(points[-1].x, beyond), Point(points[0].x, beyond)]
    return tuple(points)


def _rings(geometry: Mapping[str, Any]) -> tuple[Ring, ...]:
    """Outer rings and holes alike: they are filled by the even-odd rule."""
    depth = _RINGED.get(geometry.get("type") or "")
    if depth is None:
        return ()
    polygons = [geometry["arcs"]] if depth == 1 else geometry["arcs"]
    return tuple(tuple(ring) for polygon in polygons for ring in polygon)
