"""Where a term stands: what is above it, itself, and what is below, each on a line, the deeper the further in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from saite.render.html.views.drawing import Drawing
from saite.render.html.views.pen import TEXT, Link, Pen, width, wrapped

_ROW: Final = 40.0
_BOX: Final = 30.0
_STEP: Final = 28.0
_PAD: Final = 10.0


@dataclass(frozen=True, slots=True)
class Line:
    """One term.

    Attributes:
        link: its name, and where its page is.
        depth: how far in it stands.
        above: the lines of the terms directly above it.
        own: it is the one that the picture is about.
    """

    link: Link
    depth: int
    above: tuple[int, ...] = ()
    own: bool = False


def draw(lines: Sequence[Line], room: float, more: str = "") -> Drawing:
    """The picture.

    Args:
        lines: the terms, those above before those below.
        room: width.
        more: says that there are more than are shown; "" if there are not.
    """
    pen = Pen(inline=True)
    step = min(_STEP, room / 3 / max(1, max((line.depth for line in lines), default=1)))
    for number, line in enumerate(lines):
        for above in line.above:
            x = lines[above].depth * step + step / 2
            y = number * _ROW + _BOX / 2
            pen.line("edge", x, above * _ROW + _BOX, x, y)
            pen.line("edge", x, y, line.depth * step, y)
    for number, line in enumerate(lines):
        x, y = line.depth * step, number * _ROW
        (text,) = wrapped(line.link.text, room - x - 2 * _PAD, 1)
        pen.begin(line.link, line.link.text)
        pen.rect("own" if line.own else "box", x + 0.5, y + 0.5, min(width(text) + 2 * _PAD, room - x - 1), _BOX, 4)
        pen.text("inside" if line.own else "name", x + _PAD, y + 20, [text], lang=line.link.lang)
        pen.end()
    height = len(lines) * _ROW
    if more:
        pen.text("soft", lines[-1].depth * step + _PAD, height + TEXT, [more])
        height += 24
    return Drawing(room, height, pen.content(), len(lines))
