"""The picture of a view, by its kind: the marks of its answer are made once and drawn at each width."""

from collections.abc import Callable

from saite.render.html.edition import Edition
from saite.render.html.views import chart, network, plot, timeline
from saite.render.html.views.drawing import MOST_MARKS, NARROW, WIDE, Drawing
from saite.render.html.views.marks import Marks
from saite.site.model import Answer

Drawer = Callable[[float, bool], Drawing]
"""Draws at a width, for a page or a file."""


def drawer(kind: str, answer: Answer, marks: Marks, edition: Edition) -> tuple[Drawer | None, int, int]:
    """What draws an answer; None where there is nothing to draw. With it: marks left out, and rows without a mark.

    Args:
        kind: the kind of view.
        answer: the rows.
        marks: makes marks of them.
        edition: the site in the language of the page.
    """
    gettext, ngettext = edition.gettext, edition.ngettext
    if kind == "timeline":
        items, undrawn = marks.items(answer)
        shown = items[:MOST_MARKS]
        note = gettext("Dashed: the data do not say more exactly when; it was within this time.")
        language = edition.interface.language

        def draw(room: float, inline: bool) -> Drawing:
            return timeline.draw(shown, room, language, note, inline=inline)

        return (draw if shown else None), len(items) - len(shown), undrawn
    if kind == "chart":
        bars, undrawn = marks.bars(answer)
        few = bars[:MOST_MARKS]
        spaced = chart.spaced(few)
        made: Drawer = lambda room, inline: chart.draw(spaced, room, inline=inline)  # noqa: E731
        return (made if few else None), len(bars) - len(few), undrawn
    if kind == "network":
        links, ties, undrawn = marks.ties(answer)
        nodes, kept = network.strongest(links, ties, MOST_MARKS)
        counts = [sum(place in (tie.start, tie.end) for tie in kept) for place in range(len(nodes))]
        names = [
            f"{link.text}: {ngettext('%(n)s tie', '%(n)s ties', count)}"
            for link, count in zip(nodes, counts, strict=True)
        ]
        made = lambda room, inline: network.draw(nodes, kept, room, names, inline=inline)  # noqa: E731
        return (made if kept else None), len(ties) - len(kept), undrawn
    if kind == "map":
        places, undrawn = marks.places(answer)
        placed = places[:MOST_MARKS]
        made = lambda room, inline: plot.draw(placed, room, _degrees(edition), inline=inline)  # noqa: E731
        return (made if placed else None), len(places) - len(placed), undrawn
    return None, 0, 0


def widths(kind: str) -> dict[str, int]:
    """The widths at which a page has the picture, by class; names around a network have no room on a phone."""
    return {"view": WIDE} if kind == "network" else {"view wider": WIDE, "view narrower": NARROW}


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


__all__ = ["Drawer", "drawer", "widths"]
