"""Outlines of countries: from arcs to what is drawn within a frame, and the maps that are made of them."""

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.programs import web_assets

from saite.render.html import vendor
from saite.render.html.views import geometry, outlines, plot, topology
from saite.render.html.views.framing import around, framed
from saite.render.html.views.pen import Link, path_data
from saite.render.html.views.topology import Point
from saite.site.model import Answer, QueryFile
from saite.terms import Term

from .checks import faults
from .domain import domain_site
from .fake import iri, text, typed
from .test_views import written

EPSILON = 1e-6
BORDER = [[0, 0], [1, 4], [-2, 3], [1, 3]]  # from (10, 0) by (11, 4) and (9, 7) to (10, 10)
WORLD = {
    "type": "Topology",
    "transform": {"scale": [1, 1], "translate": [10, 0]},
    "arcs": [BORDER, [[0, 10], [-10, 0], [0, -10], [10, 0]], [[0, 0], [10, 0], [0, 10], [-10, 0]]],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "004", "arcs": [[0, 1]], "properties": {"name": "Nobody reads this"}},
                {"type": "MultiPolygon", "id": "008", "arcs": [[[2, -1]]]},
            ],
        },
        "land": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[1, 2]]}]},
    },
}
"""Two countries on either side of a border, each ten degrees wide and high."""

points = st.builds(Point, st.floats(-500, 1500), st.floats(-500, 1500))
lines = st.lists(points, min_size=2, max_size=30).map(tuple)
near = st.lists(st.builds(Point, st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30).map(tuple)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Web assets with two countries."""
    folder = tmp_path / "vendor"
    folder.mkdir()
    for name in vendor.OUTLINES:
        (folder / name).write_bytes(orjson.dumps(WORLD))
    package = {
        "name": "atlas",
        "version": "1",
        "licence": "ISC",
        "text": "Use it.",
        "note": "",
        "files": vendor.OUTLINES,
    }
    (folder / vendor.LIST).write_bytes(orjson.dumps({"packages": [package]}))
    monkeypatch.setattr(vendor, "FOLDER", folder)
    for one in (outlines.outlines, outlines.extent):
        one.cache_clear()
    yield
    for one in (outlines.outlines, outlines.extent):
        one.cache_clear()


def drawn_at(data: str) -> list[list[tuple[float, float]]]:
    """The points of path data, as a browser understands them."""
    found = []
    for part in data.split("M")[1:]:
        numbers = [float(one) for one in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", part)]
        x, y = numbers[:2]
        way = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            way.append((round(x, 1), round(y, 1)))
        found.append(way)
    return found


def test_arcs_are_sums_of_differences_on_a_grid() -> None:
    """Scale and translation turn steps of the grid into degrees; without a transform, positions are degrees."""
    transform = {"scale": [0.5, 2], "translate": [10, -20]}
    assert topology.decoded([[2, 1], [4, -1], [0, 3]], transform) == ((11, -18), (13, -20), (13, -14))
    assert topology.decoded([[2, 1], [4, -1]], None) == ((2, 1), (4, -1))


def test_an_arc_goes_on_beyond_180_degrees() -> None:
    """A leap from one edge of the sheet to the other is a step across the antimeridian."""
    assert topology.decoded([[179, 0], [-179, 1], [-178, 2], [179, 3]], None) == (
        (179, 0), (181, 1), (182, 2), (179, 3),
    )  # fmt: skip


def test_rings_are_joined_arcs_some_of_them_backwards() -> None:
    """The second country has the border of the first, the other way round."""
    read = topology.read(orjson.dumps(WORLD))
    border = read.arcs[0]
    (first,), (second,) = read.countries["004"], read.countries["008"]
    assert read.ring(first)[: len(border)] == border
    assert read.ring(second)[-len(border) :] == border[::-1]
    assert read.ring(first)[0] == read.ring(first)[-1]


def test_a_ring_around_a_pole_is_closed_beyond_it() -> None:
    """It comes back a turn further, and what it holds is all that lies beyond."""
    ring = topology.joined([(Point(-180, -70), Point(0, -65), Point(180, -70))], 360)
    assert ring[:3] == ((-180, -70), (0, -65), (180, -70))
    assert [point.x for point in ring[3:]] == [180, -180]
    assert all(point.y < -90 for point in ring[3:])


def test_arcs_of_a_ring_meet_across_180_degrees() -> None:
    """An arc that begins a turn away is moved to where the one before it ended."""
    ring = topology.joined([(Point(178, 0), Point(180, 5)), (Point(-180, 5), Point(-178, 0), Point(-182, 0))], 360)
    assert ring == ((178, 0), (180, 5), (182, 0), (178, 0))


@settings(deadline=None)
@given(near, st.floats(1, 60))
def test_a_simplified_line_is_as_near_as_asked(line: tuple[Point, ...], tolerance: float) -> None:
    """Ends stay, nothing is added, and what was left out lies no farther than the tolerance from what is drawn."""
    made = geometry.simplified(line, tolerance)
    assert (made[0], made[-1]) == (line[0], line[-1])
    rest = iter(line)
    assert all(point in rest for point in made)
    for point in line:
        assert min(distance(point, a, b) for a, b in itertools.pairwise(made)) <= tolerance + EPSILON


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a segment."""
    dx, dy = end.x - start.x, end.y - start.y
    length = dx * dx + dy * dy
    along = min(max(((point.x - start.x) * dx + (point.y - start.y) * dy) / length, 0), 1) if length else 0
    return float(((point.x - start.x - along * dx) ** 2 + (point.y - start.y - along * dy) ** 2) ** 0.5)


@settings(deadline=None)
@given(lines)
def test_what_is_cut_lies_within(line: tuple[Point, ...]) -> None:
    """Areas and lines alike."""
    for point in (*geometry.clipped(line, 800, 400), *(p for part in geometry.within(line, 800, 400) for p in part)):
        assert -EPSILON <= point.x <= 800 + EPSILON
        assert -EPSILON <= point.y <= 400 + EPSILON


@settings(deadline=None)
@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(1, 200), st.floats(1, 200))
def test_a_cut_rectangle_has_the_area_that_is_left(x: float, y: float, wide: float, tall: float) -> None:
    """Against plain arithmetic."""
    ring = (Point(x, y), Point(x + wide, y), Point(x + wide, y + tall), Point(x, y + tall))
    left = max(min(x + wide, 100) - max(x, 0), 0) * max(min(y + tall, 80) - max(y, 0), 0)
    assert abs(geometry.area(geometry.clipped(ring, 100, 80))) / 2 == pytest.approx(left, abs=1e-6)


def test_a_line_that_leaves_and_comes_back_has_two_parts() -> None:
    """Nothing is drawn along the edge."""
    line = (Point(10, 10), Point(-10, 10), Point(-10, 20), Point(10, 20))
    assert geometry.within(line, 100, 100) == [(Point(10, 10), Point(0, 10)), (Point(0, 20), Point(10, 20))]


@settings(deadline=None)
@given(st.lists(lines, max_size=4))
def test_path_data_say_where_points_are(parts: list[tuple[Point, ...]]) -> None:
    """To a tenth, without errors that add up; points that fall together are one."""
    expected = []
    for part in parts:
        places = [(round(round(x * 10) / 10, 1), round(round(y * 10) / 10, 1)) for x, y in part]
        kept = [one for n, one in enumerate(places) if n == 0 or one != places[n - 1]]
        if len(kept) > 1:
            expected.append(kept)
    made = drawn_at(path_data(parts, closed=False))
    assert [[pytest.approx(point, abs=1e-6) for point in part] for part in expected] == made


spans = st.tuples(st.floats(-180, 180), st.floats(0, 100)).map(lambda one: (one[0], one[0] + one[1]))


@settings(deadline=None)
@given(st.lists(spans, min_size=1, max_size=8))
def test_the_way_around_passes_everything_and_is_no_longer_than_from_least_to_greatest(
    some: list[tuple[float, float]],
) -> None:
    """Across 180 degrees where that is shorter."""
    west, east = around(some)
    assert east - west <= max(high for _, high in some) - min(low for low, _ in some) + EPSILON
    for low, high in some:
        turned = next(low + turn for turn in (-360, 0, 360) if west - EPSILON <= low + turn <= east + EPSILON)
        assert turned + (high - low) <= east + EPSILON


def test_neighbours_across_180_degrees_are_neighbours_on_the_map() -> None:
    """Samoa is east of Fiji, and not at the other end of the world."""
    made = plot.layout([plot.Place(Link("Fiji"), -18, 178), plot.Place(Link("Samoa"), -13.8, -172)], 800)
    fiji, samoa = made.spots
    assert 0 < samoa.x - fiji.x < 800
    assert made.frame.east - made.frame.west < 30
    assert all(-180 < long <= 180 for _, long in made.meridians)


@settings(deadline=None)
@given(st.lists(spans, min_size=1, max_size=5), st.lists(st.floats(-90, 90), min_size=1, max_size=5))
def test_a_frame_holds_what_it_is_made_for(longs: list[tuple[float, float]], lats: list[float]) -> None:
    """With air around, and within the proportions of a picture."""
    assume(around(longs)[1] - around(longs)[0] <= 360)
    frame = framed(longs, [(lat, lat) for lat in lats], 800, 0.1)
    assert frame.east - frame.west >= around(longs)[1] - around(longs)[0] - EPSILON
    assert all(-EPSILON <= frame.place(0, lat).y <= frame.height + EPSILON for lat in lats)
    assert 0.42 * 800 - EPSILON <= frame.height <= 0.9 * 800 + EPSILON


@pytest.mark.usefixtures("world")
def test_two_countries_share_their_border() -> None:
    """The same points for both, and the line of it is drawn once."""
    made = plot.layout([], 800, [plot.Area(Link("A"), "004"), plot.Area(Link("B"), "008")])
    assert made.outlines is not None
    frame = made.frame
    border = {tuple(round(value, 1) for value in frame.place(x, y)) for x, y in ((10, 0), (11, 4), (9, 7), (10, 10))}
    for code in ("004", "008"):
        ((*ring,),) = drawn_at(made.outlines.shapes[code].path)
        near = [one for one in border if any(abs(one[0] - x) + abs(one[1] - y) < 0.3 for x, y in ring)]
        assert len(near) == 4
    assert len(drawn_at(made.outlines.strong)) == 3
    assert made.outlines.borders == ""


@pytest.mark.usefixtures("world")
def test_names_stand_in_their_countries_and_do_not_meet() -> None:
    """A is west of B."""
    made = plot.layout([], 800, [plot.Area(Link("A"), "004", 1, "1"), plot.Area(Link("B"), "008", 3, "3")])
    labels = {one.area.link.text: one.label for one in made.countries}
    assert labels["A"] is not None
    assert labels["B"] is not None
    assert labels["A"].lines == ("A (1)",)
    middle = made.frame.place(10, 0).x
    assert labels["A"].box.right < middle < labels["B"].box.left


def mapped(root: Path, columns: tuple[str, ...], rows: list[tuple[Term | None, ...]]) -> dict[str, bytes]:
    """The files of a site with one map."""
    site = domain_site(root)
    answers = dict.fromkeys(("lv", "en"), Answer(columns, tuple(rows)))
    site.views = (QueryFile("v", {"en": "Map"}, {}, "SELECT *", {}, answers, view="map"),)
    return written(site)


COLUMNS = ("place", "code", "lat", "long", "size")
FIRST, SECOND = iri("event/forum"), iri("project/vet")


@pytest.mark.usefixtures("world")
def test_countries_are_found_by_their_codes(tmp_path: Path) -> None:
    """An area that leads to the country's page, with its name and number; the code may be a number without zeros."""
    rows: list[tuple[Term | None, ...]] = [
        (FIRST, typed("4", "integer"), None, None, typed("8", "integer")),
        (SECOND, text("008"), None, None, typed("2", "integer")),
        (iri("event/old"), text("999"), None, None, typed("1", "integer")),
    ]
    files = mapped(tmp_path, COLUMNS, rows)
    page = files["views/v.en.html"].decode()
    assert faults(files["views/v.en.html"]) == []
    assert re.search(r'<a href="\.\./event/forum\.en\.html" aria-label="[^"]+: 8"><path class="v-s', page)
    assert page.count('class="v-shade4 area"') == 2  # wide and narrow
    assert page.count('class="v-shade1 area"') == 2
    assert "1 row has nothing that could be drawn" in page
    assert "Nobody reads this" not in page
    assert '<a href="../assets/notices.txt" lang="en">Made with Natural Earth</a>' in page
    assert "the stronger the colour" in page
    assert b"Use it." in files["assets/notices.txt"]
    svg = ET.fromstring(files["views/v.en.svg"])
    assert "Made with Natural Earth" in "".join(svg.itertext())


@pytest.mark.usefixtures("world")
def test_places_lie_on_land(tmp_path: Path) -> None:
    """A map of places alone has outlines too, and nothing is shaded."""
    rows: list[tuple[Term | None, ...]] = [(FIRST, typed("5", "decimal"), typed("9", "decimal"))]
    page = mapped(tmp_path, ("place", "lat", "long"), rows)["views/v.en.html"].decode()
    assert page.count('<path class="v-land"') == 2
    assert "v-shade" not in page
    assert "the stronger the colour" not in page


def test_without_outlines_a_country_is_a_place_if_the_data_know_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As maps were before: places on a grid; the page says what could not be drawn, and credits nobody."""
    monkeypatch.setattr(vendor, "FOLDER", tmp_path)
    rows: list[tuple[Term | None, ...]] = [
        (FIRST, text("004"), typed("5", "decimal"), typed("5", "decimal"), None),
        (SECOND, text("008"), None, None, None),
    ]
    page = mapped(tmp_path, COLUMNS, rows)["views/v.en.html"].decode()
    assert page.count('<circle class="v-place"') == 2
    assert "v-land" not in page
    assert "1 row has nothing that could be drawn" in page
    assert "Natural Earth" not in page


CENTRAL_ASIA_AND_BALTICS = ("398", "417", "762", "795", "860", "428", "440", "233")


@pytest.mark.parametrize("room", [360, 800])
def test_a_map_of_half_a_continent_is_a_small_file(room: int) -> None:
    """With the real outlines: below 60 kB, and every country is there with its number."""
    web_assets()
    areas = [plot.Area(Link("Kazakhstan"), code, 5, "5") for code in CENTRAL_ASIA_AND_BALTICS]
    drawing = plot.draw([], areas, room, lambda value, north: f"{value:g}", inline=True)
    assert len(drawing.content.encode()) < 60_000
    assert drawing.content.count("<a ") + drawing.content.count("<g><title>") == len(areas)
    made = plot.layout([], room, areas)
    assert all(one.shape.path for one in made.countries)
    assert len([one for one in made.countries if one.label is not None]) >= 6


def test_russia_is_one_piece_and_malta_a_dot() -> None:
    """With the real outlines: nothing runs across the sheet, and what is too small to be seen is a place."""
    web_assets()
    areas = [plot.Area(Link("Russia"), "643", 1, "1"), plot.Area(Link("Malta"), "470", 1, "1")]
    made = plot.layout([], 800, areas)
    assert [one.area.code for one in made.countries] == ["643"]
    assert [spot.place.link.text for spot in made.spots] == ["Malta"]
    (across, _) = outlines.extent("643")
    assert across[1] > 180
    longest = max(len(ring) for ring in drawn_at(made.countries[0].shape.path))
    assert longest > 100
    for line in drawn_at(made.outlines.borders if made.outlines else ""):
        assert all(abs(a[0] - b[0]) < 150 for a, b in itertools.pairwise(line))
