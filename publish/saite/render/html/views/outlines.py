"""Outlines of countries as a map draws them: of the world's, those within its frame, as fine as can be seen.

Lines are simplified arc by arc, so that a border that two countries share is the same line for both. Without the web
assets there is nothing to draw; see docs/assets.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from saite.render.html import vendor
from saite.render.html.views.framing import Frame, Span
from saite.render.html.views.geometry import area, clipped, rooms, simplified, within
from saite.render.html.views.pen import path_data
from saite.render.html.views.topology import TURN, Arc, Point, Ring, Topology, joined, read

CREDIT: Final = "Made with Natural Earth"
"""What Natural Earth likes to be said where its data are shown (naturalearthdata.com, terms of use)."""

_FINE: Final = 4.0  # units for a degree, from which on the fine ones are drawn
_SEEN: Final = 0.7  # units: what is less is not seen
_SPECK: Final = 2.0  # units: an island that is less is not drawn


@dataclass(frozen=True, slots=True)
class Shape:
    """A country on a map.

    Attributes:
        path: what to fill, as path data; "" if nothing of it lies within the frame.
        rooms: where its name may stand, best first: the middle of a line across its largest part, and how long that is.
    """

    path: str
    rooms: tuple[tuple[Point, float], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """What lies within a frame.

    Attributes:
        land: all land.
        shapes: the countries that were asked for, by code.
        borders: lines of all others, coasts and borders.
        strong: lines around those that were asked for.
    """

    land: str
    shapes: dict[str, Shape]
    borders: str
    strong: str


def known() -> bool:
    """Whether there are outlines."""
    return vendor.there(*vendor.OUTLINES)


def codes() -> frozenset[str]:
    """The codes of the countries that can be drawn; none without the web assets."""
    return frozenset(_topology(vendor.FOLDER, vendor.OUTLINES[1]).countries) if known() else frozenset()


@lru_cache(maxsize=300)
def extent(code: str) -> tuple[Span, Span]:
    """Longitudes and latitudes of the largest part of a country: islands oversea do not count.

    Raises:
        KeyError: it cannot be drawn.
    """
    topology = _topology(vendor.FOLDER, vendor.OUTLINES[1])
    largest = max((topology.ring(ring) for ring in topology.countries[code]), key=lambda arc: abs(area(arc)))
    xs, ys = [point.x for point in largest], [point.y for point in largest]
    return (min(xs), max(xs)), (min(ys), max(ys))


@lru_cache(maxsize=8)
def outlines(frame: Frame, asked: tuple[str, ...]) -> Outlines:
    """The outlines within a frame.

    Args:
        frame: what the map shows.
        asked: codes of countries that are drawn by themselves.
    """
    coarse = _topology(vendor.FOLDER, vendor.OUTLINES[0])
    fine = _Drawn(_topology(vendor.FOLDER, vendor.OUTLINES[1]), frame)
    drawn = fine if frame.down >= _FINE else _Drawn(coarse, frame)
    small = [code for code in asked if drawn is not fine and code not in coarse.countries]
    usual = [code for code in asked if code not in small]
    return Outlines(
        drawn.land(),
        {**drawn.shapes(usual), **fine.shapes(small)},
        drawn.lines(usual, others=True),
        drawn.lines(usual, others=False) + fine.lines(small, others=False),
    )


class _Drawn:
    """A topology in a frame: its arcs as they are seen, each made once."""

    def __init__(self, topology: Topology, frame: Frame) -> None:
        self._topology = topology
        self._frame = frame
        self._arcs: dict[int, Arc] = {}
        self._turn = TURN * frame.across
        self._turns = (0.0, self._turn, -self._turn)

    def land(self) -> str:
        """All land."""
        return path_data(self._areas(self._topology.land))

    def shapes(self, asked: Iterable[str]) -> dict[str, Shape]:
        """The countries that were asked for."""
        return {code: self._shape(self._topology.countries[code]) for code in asked}

    def lines(self, asked: Iterable[str], *, others: bool) -> str:
        """Coasts and borders of the countries that were asked for, or all others."""
        countries = self._topology.countries
        found = {arc for code in asked for arc in _used(countries[code])}
        if others:
            everything = (*countries.values(), self._topology.unnamed)
            found = {arc for rings in everything for arc in _used(rings)} - found
        return self._lines(sorted(found))

    def _shape(self, rings: Sequence[Ring]) -> Shape:
        parts = list(self._areas(rings)) or list(self._areas(rings, whole=True))
        largest = max(parts, key=lambda part: abs(area(part)), default=None)
        return Shape(path_data(parts), rooms(largest) if largest else ())

    def _areas(self, rings: Iterable[Ring], *, whole: bool = False) -> Iterator[Arc]:
        """What of rings lies within the frame; specks only where ``whole``."""
        for ring in rings:
            arcs = [self._arc(index) if index >= 0 else self._arc(~index)[::-1] for index in ring]
            seen = joined(arcs, self._turn)
            if whole or not _speck(seen):
                for turn in self._turns:
                    cut = clipped(_moved(seen, turn), self._frame.width, self._frame.height)
                    if len(cut) > 2:
                        yield cut

    def _lines(self, arcs: Iterable[int]) -> str:
        found: list[Arc] = []
        for index in arcs:
            seen = self._arc(index)
            if seen[0] != seen[-1] or not _speck(seen):
                for turn in self._turns:
                    found.extend(within(_moved(seen, turn), self._frame.width, self._frame.height))
        return path_data(found, closed=False)

    def _arc(self, index: int) -> Arc:
        """An arc in the picture; of one that lies beside it, the ends: they are cut away as it would be."""
        found = self._arcs.get(index)
        if found is None:
            points = [self._frame.place(*point) for point in self._topology.arcs[index]]
            found = (points[0], points[-1]) if self._beside(points) else simplified(points, _SEEN)
            self._arcs[index] = found
        return found

    def _beside(self, points: Sequence[Point]) -> bool:
        """Whether a line lies on one side of the picture, however often it is turned around the globe."""
        ys = [point.y for point in points]
        if max(ys) < 0 or min(ys) > self._frame.height:
            return True
        xs = [point.x for point in points]
        west, east = min(xs), max(xs)
        turns = (self._turn * turn for turn in range(-2, 3))
        return all(east + turn < 0 or west + turn > self._frame.width for turn in turns)


@lru_cache(maxsize=4)
def _topology(folder: Path, name: str) -> Topology:
    return read((folder / name).read_bytes())


def _used(rings: Iterable[Ring]) -> set[int]:
    return {index if index >= 0 else ~index for ring in rings for index in ring}


def _speck(points: Arc) -> bool:
    xs, ys = [point.x for point in points], [point.y for point in points]
    return max(xs) - min(xs) < _SPECK and max(ys) - min(ys) < _SPECK


def _moved(points: Arc, by: float) -> Arc:
    return tuple(Point(point.x + by, point.y) for point in points) if by else points
