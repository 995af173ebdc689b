"""Layouts of pictures: nothing lies above anything else, everything lies within, dates are as precise as they are."""

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saite.language import Moment
from saite.render.html.views import chart, network, plot, timeline
from saite.render.html.views.drawing import NARROW, WIDE
from saite.render.html.views.pen import Link, width, wrapped

texts = st.text(max_size=120)
links = st.builds(Link, texts)
rooms = st.sampled_from((WIDE, NARROW))
days = st.dates()
EPSILON = 1e-6


def test_a_date_stands_for_the_days_that_it_may_mean() -> None:
    """A year is 365 days or 366, a month its own, a day itself."""
    assert timeline.days(Moment(2019, 12, 11)) == (date(2019, 12, 11).toordinal(), date(2019, 12, 12).toordinal())
    assert timeline.days(Moment(2019, 12)) == (date(2019, 12, 1).toordinal(), date(2020, 1, 1).toordinal())
    assert timeline.days(Moment(2020)) == (date(2020, 1, 1).toordinal(), date(2021, 1, 1).toordinal())
    assert timeline.days(Moment(9999))[1] == date.max.toordinal() + 1


def test_no_day_is_made_up() -> None:
    """From one year to another only what lies between is sure; of a year alone, nothing; of a day, that day."""
    extent, sure = timeline.spans(Moment(2014), Moment(2019))
    assert extent == (date(2014, 1, 1).toordinal(), date(2020, 1, 1).toordinal())
    assert sure == (date(2014, 12, 31).toordinal(), date(2019, 1, 2).toordinal())
    assert timeline.spans(Moment(2014), None)[1] is None
    assert timeline.spans(Moment(2014), Moment(2014))[1] is None
    day = timeline.days(Moment(2019, 12, 11))
    assert timeline.spans(Moment(2019, 12, 11), None) == (day, day)


def test_an_end_before_the_start_is_none() -> None:
    """Wrong data make no bar that runs backwards."""
    assert timeline.spans(Moment(2019, 5, 2), Moment(2018)) == timeline.spans(Moment(2019, 5, 2), None)


@st.composite
def items(draw: st.DrawFn) -> timeline.Item:
    """Things with a date, or two in their order, of any precision."""
    first = draw(days)
    last = first + timedelta(draw(st.integers(0, min(400_000, date.max.toordinal() - first.toordinal()))))

    def moment(day: date) -> Moment:
        parts = draw(st.integers(1, 3))
        return Moment(day.year, day.month if parts > 1 else None, day.day if parts > 2 else None)

    extent, sure = timeline.spans(moment(first), draw(st.none() | st.just(moment(last))))
    return timeline.Item(draw(links), extent, sure, draw(st.sampled_from(("", "A", "B"))), draw(texts))


@settings(deadline=None)
@given(st.lists(items(), min_size=1, max_size=25), rooms)
def test_nothing_on_a_timeline_lies_above_anything_else(some: list[timeline.Item], room: float) -> None:
    """Bars and labels have places of their own, all of them within the picture; so have the ticks, in their order."""
    made = timeline.layout(some, room, "en")
    assert len(made.placed) == len(some)
    for one in made.placed:
        assert one.box.left >= -EPSILON
        assert one.box.right <= room + EPSILON
        assert one.box.bottom <= made.height
        assert 0 <= one.left < one.right <= room + EPSILON
    assert not any(a.box.meets(b.box) for a, b in combinations(made.placed, 2))
    assert all(a < b for (a, _), (b, _) in pairwise(made.ticks))
    assert all(0 <= x <= room for x, _ in made.ticks)


@settings(deadline=None)
@given(st.lists(items(), min_size=1, max_size=8))
def test_a_timeline_does_not_depend_on_the_order_of_equal_groups(some: list[timeline.Item]) -> None:
    """Rows of one group may come in any order."""
    alike = [timeline.Item(one.link, one.extent, one.sure, "", one.when) for one in some]
    assert {(p.left, p.top) for p in timeline.layout(alike, WIDE, "lv").placed} == {
        (p.left, p.top) for p in timeline.layout(alike[::-1], WIDE, "lv").placed
    }


values = st.floats(-1e14, 1e14)
bars = st.builds(chart.Bar, links, values, st.text("0123456789.,", max_size=12), st.sampled_from(("", "x", "y")))


@settings(deadline=None)
@given(st.lists(bars, min_size=1, max_size=25), rooms)
def test_bars_lie_one_below_the_other(some: list[chart.Bar], room: float) -> None:
    """Each has a place of its own, and ends within the picture; its length follows its value."""
    made = chart.layout(some, room)
    assert not any(a.box.meets(b.box) for a, b in combinations(made.placed, 2))
    for one in made.placed:
        assert -EPSILON <= one.left <= made.zero + EPSILON
        assert made.zero - EPSILON <= one.right <= room + EPSILON
        assert one.box.bottom <= made.height


def test_years_without_a_row_keep_their_place() -> None:
    """A chart by year does not hide that a year has nothing; it does not say that it has none either."""
    some = [chart.Bar(Link("2015"), 1, "1"), chart.Bar(Link("2018"), 2, "2")]
    assert [(bar.link.text, bar.value) for bar in chart.spaced(some)] == [
        ("2015", 1),
        ("2016", None),
        ("2017", None),
        ("2018", 2),
    ]
    assert chart.spaced(some[::-1]) == some[::-1]
    assert len(chart.spaced([chart.Bar(Link("0001"), 1, "1"), chart.Bar(Link("2018"), 2, "2")])) == 2


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Link], list[network.Tie]]:
    """Things and ties among them."""
    some = draw(st.lists(links, min_size=2, max_size=70))
    place = st.integers(0, len(some) - 1)
    return some, draw(st.lists(st.builds(network.Tie, place, place, st.floats(0, 1e9)), max_size=60))


@settings(deadline=None)
@given(networks(), rooms)
def test_names_of_a_network_do_not_meet(found: tuple[list[Link], list[network.Tie]], room: float) -> None:
    """Each thing has a place within the picture, and a name that no other name touches."""
    some, ties = network.strongest(*found, 300)
    assert len(some) == min(len(found[0]), network.MOST_NODES)
    made = network.layout(some, ties, room)
    assert sorted(made.order) == [*range(len(some))]
    for node in made.nodes:
        assert node.box.left >= -EPSILON
        assert node.box.right <= room + EPSILON
        assert -EPSILON <= node.box.top <= node.box.bottom <= made.height + EPSILON
    for side in (True, False):
        members = [node for node in made.nodes if node.right is side]
        assert not any(a.box.meets(b.box) for a, b in combinations(members, 2))


def test_the_strongest_ties_are_kept() -> None:
    """Of more ties than have room, the weakest go; a thing is not tied to itself."""
    some = [Link("a"), Link("b"), Link("c")]
    ties = [network.Tie(0, 1, 1), network.Tie(1, 2, 5), network.Tie(2, 2, 9)]
    kept_links, kept = network.strongest(some, ties, 1)
    (tie,) = kept
    assert {kept_links[tie.start].text, kept_links[tie.end].text} == {"b", "c"}


places = st.builds(
    plot.Place, links, st.floats(-90, 90), st.floats(-180, 180), st.none() | st.floats(0, 1e9), st.just("")
)


@settings(deadline=None)
@given(st.lists(places, min_size=1, max_size=25), rooms)
def test_places_lie_where_they_are(some: list[plot.Place], room: float) -> None:
    """All lie within; what is further north lies higher, what is further east more to the right; names do not meet."""
    made = plot.layout(some, room)
    assert len(made.spots) == len(some)
    for spot in made.spots:
        assert -EPSILON <= spot.x <= room + EPSILON
        assert -EPSILON <= spot.y <= made.frame.height + EPSILON
    for one, other in pairwise(sorted(made.spots, key=lambda spot: spot.place.lat)):
        assert one.y >= other.y - EPSILON
    for one, other in pairwise(sorted(made.spots, key=lambda spot: (spot.place.long - made.frame.west) % 360)):
        assert one.x <= other.x + EPSILON
    named = [spot.label.box for spot in made.spots if spot.label is not None]
    assert not any(a.meets(b) for a, b in combinations(named, 2))


@settings(deadline=None)
@given(texts, st.floats(30, 400), st.integers(1, 4))
def test_broken_texts_fit(text: str, room: float, lines: int) -> None:
    """No line is too wide, none is lost but behind an ellipsis."""
    made = wrapped(text, room, lines)
    assert 1 <= len(made) <= lines
    assert all(width(line) <= room for line in made)
    if not made[-1].endswith("…"):
        assert "".join("".join(made).split()) == "".join(wrapped(text, 1e9, 1)[0].split())


@pytest.mark.parametrize("language", ["lv", "en"])
def test_a_short_time_has_months_at_its_axis(language: str) -> None:
    """Days of one spring are not told by years."""
    some = [timeline.Item(Link("x"), *timeline.spans(Moment(2019, month, 3), None), "", "") for month in (3, 5)]
    ticks = [text for _, text in timeline.layout(some, WIDE, language).ticks]
    assert ticks[0] == {"lv": "2019. gada marts", "en": "March 2019"}[language]
