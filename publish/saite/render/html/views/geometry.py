"""Lines and areas in a plane: fewer points, cut to a picture, and where in an area a text has room.

Douglas and Peucker (1973) for points that are not seen, Sutherland and Hodgman (1974) for areas, Liang and Barsky
(1984) for lines.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from saite.render.html.views.topology import Arc, Point

_LINES: Final = 12  # how many strips an area falls into, to look for room for its name


def simplified(points: Sequence[Point], tolerance: float) -> Arc:
    """A line without the points that lie nearer than a distance to the line between those that stay; ends stay."""
    last = len(points) - 1
    kept = {0, last}
    stack = [(0, last)]
    while stack:
        start, end = stack.pop()
        (x, y), (x2, y2) = points[start], points[end]
        dx, dy = x2 - x, y2 - y
        length = dx * dx + dy * dy
        worst, far = start, tolerance * tolerance
        for place in range(start + 1, end):
            px, py = points[place][0] - x, points[place][1] - y
            along = min(max((px * dx + py * dy) / length, 0.0), 1.0) if length else 0.0
            distance = (px - along * dx) ** 2 + (py - along * dy) ** 2
            if distance > far:
                worst, far = place, distance
        if worst != start:
            kept.add(worst)
            stack += [(start, worst), (worst, end)]
    return tuple(points[place] for place in sorted(kept))


def clipped(ring: Arc, width: float, height: float) -> Arc:
    """What of an area lies within a picture; along its edges where it goes on outside."""
    points = list(ring)
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        kept: list[Point] = []
        for place, point in enumerate(points):
            before = points[place - 1]
            inside, was = (point[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if inside != was:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
                kept.append(Point(limit, other) if axis == 0 else Point(other, limit))
            if inside:
                kept.append(point)
        points = kept
    return tuple(points)


def within(line: Arc, width: float, height: float) -> list[Arc]:
    """The parts of a line that lie within a picture."""
    parts: list[Arc] = []
    part: list[Point] = []
    for place in range(1, len(line)):
        (x, y), (x2, y2) = line[place - 1], line[place]
        dx, dy = x2 - x, y2 - y
        first, last = 0.0, 1.0
        for p, q in ((-dx, x), (dx, width - x), (-dy, y), (dy, height - y)):
            if p < 0:
                first = max(first, q / p)
            elif p > 0:
                last = min(last, q / p)
            elif q < 0:
                last = -1.0
        if first > last:
            continue
        start = Point(x + first * dx, y + first * dy)
        if not part or first > 0:
            part = [start]
            parts.append(())
        part.append(Point(x + last * dx, y + last * dy))
        parts[-1] = tuple(part)
        if last < 1:
            part = []
    return parts


def area(ring: Sequence[Point]) -> float:
    """Twice the signed area of a ring."""
    return sum(ring[i - 1].x * ring[i].y - ring[i].x * ring[i - 1].y for i in range(len(ring)))


def rooms(ring: Sequence[Point]) -> tuple[tuple[Point, float], ...]:
    """Lines across an area with room for a text: the middle and the length of each, the best first."""
    top, foot = min(point.y for point in ring), max(point.y for point in ring)
    found: list[tuple[Point, float]] = []
    for line in range(1, _LINES):
        y = top + (foot - top) * line / _LINES
        ends = sorted(_crossings(ring, y))
        pairs = list(zip(ends[::2], ends[1::2], strict=False))
        if pairs:
            left, right = max(pairs, key=lambda pair: pair[1] - pair[0])
            found.append((Point((left + right) / 2, y), right - left))
    centre = (top + foot) / 2
    return tuple(sorted(found, key=lambda one: (abs(one[0].y - centre) - one[1], one[0])))


def _crossings(ring: Sequence[Point], y: float) -> Iterator[float]:
    """Where a level line enters and leaves an area."""
    for place, (x2, y2) in enumerate(ring):
        x1, y1 = ring[place - 1]
        if (y1 <= y) != (y2 <= y):
            yield x1 + (y - y1) / (y2 - y1) * (x2 - x1)
