"""The picture of a view, by its kind: the marks of its answer are made once and drawn at each width."""

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from saite.render.html.edition import Edition
from saite.render.html.views import chart, network, outlines, plot, timeline
from saite.render.html.views.drawing import MOST_MARKS, NARROW, WIDE, Drawing
from saite.render.html.views.marks import Marks
from saite.site.model import Answer

DRAWN: Final = ("timeline", "chart", "network", "map")
"""The kinds of views that have a picture."""


class Drawer(Protocol):
    """Draws marks at a width, for a page or a file."""

    def __call__(self, room: float, *, inline: bool) -> Drawing:
        """The picture."""
        ...


def drawer(kind: str, answer: Answer, marks: Marks, edition: Edition) -> tuple[Drawer | None, int, int]:
    """What draws an answer; None where there is nothing to draw. With it: marks left out, and rows without a mark.

    Args:
        kind: the kind of view.
        answer: the rows.
        marks: makes marks of them.
        edition: the site in the language of the page.
    """
    make = {"timeline": _timeline, "chart": _chart, "network": _network, "map": _map}.get(kind)
    return make(answer, marks, edition) if make is not None else (None, 0, 0)


_Made = tuple[Drawer | None, int, int]


def _timeline(answer: Answer, marks: Marks, edition: Edition) -> _Made:
    items, undrawn = marks.items(answer)
    shown = items[:MOST_MARKS]
    note = edition.gettext("Dashed: the data do not say more exactly when; it was within this time.")
    draw = partial(timeline.draw, shown, language=edition.interface.language, note=note)
    return (draw if shown else None), len(items) - len(shown), undrawn


def _chart(answer: Answer, marks: Marks, edition: Edition) -> _Made:
    bars, undrawn = marks.bars(answer)
    shown = bars[:MOST_MARKS]
    return (partial(chart.draw, chart.spaced(shown)) if shown else None), len(bars) - len(shown), undrawn


def _network(answer: Answer, marks: Marks, edition: Edition) -> _Made:
    links, ties, undrawn = marks.ties(answer)
    nodes, kept = network.strongest(links, ties, MOST_MARKS)
    counts = [0] * len(nodes)
    for tie in kept:
        counts[tie.start] += 1
        counts[tie.end] += 1
    said = [edition.ngettext("%(n)s tie", "%(n)s ties", count) for count in counts]
    names = [f"{link.text}: {ties_of}" for link, ties_of in zip(nodes, said, strict=True)]
    return (partial(network.draw, nodes, kept, names=names) if kept else None), len(ties) - len(kept), undrawn


def _map(answer: Answer, marks: Marks, edition: Edition) -> _Made:
    places, areas, undrawn = marks.places(answer, outlines.codes())
    shown = places[:MOST_MARKS]
    draw = partial(plot.draw, shown, areas, degrees=_degrees(edition))
    return (draw if shown or areas else None), len(places) - len(shown), undrawn


WIDTHS: Final = {"view wider": WIDE, "view narrower": NARROW}
"""The widths at which a page has the picture, by class."""


def _degrees(edition: Edition) -> Callable[[float, bool], str]:
    gettext = edition.gettext

    def said(value: float, north: bool) -> str:
        text = edition.number(f"{abs(value):g}")
        if value == 0:
            return f"{text}°"
        if north:
            pattern = gettext("%(degrees)s° N") if value > 0 else gettext("%(degrees)s° S")
        else:
            pattern = gettext("%(degrees)s° E") if value > 0 else gettext("%(degrees)s° W")
        return pattern % {"degrees": text}

    return said


__all__ = ["DRAWN", "WIDTHS", "Drawer", "drawer"]
