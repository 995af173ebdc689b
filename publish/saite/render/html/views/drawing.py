"""What all pictures have in common: how much fits, what is left out, and the picture as an element or a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from saite.render.html.table import clean, escaped, ready
from saite.render.html.views.pen import number

WIDE: Final = 800
"""Width of a picture for wide screens, and as a file; about as many CSS pixels when it is shown."""

NARROW: Final = 360
"""Width of a picture for phones."""

MOST_MARKS: Final = 300
"""How many marks a picture has at most; tables and data files have all."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture.

    Attributes:
        width, height: its size; everything lies within.
        content: the elements within ``<svg>``.
        drawn: how many rows of the answer it shows.
        undrawn: how many it cannot show, since a date, number or place is missing.
    """

    width: float
    height: float
    content: str
    drawn: int
    undrawn: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A place that something takes, for those who try that nothing lies above something else."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two places have more than an edge in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def element(drawing: Drawing, name: str, title: str, about: str, style: str) -> Markup:
    """A picture within a page: a group of links with a name and a description (SVG Accessibility API Mappings).

    It is no ``role="img"``, whose content browsers keep from assistive technology: the marks are links.

    Args:
        drawing: the picture.
        name: beginning of the ids.
        title: what it is called.
        about: what can be seen.
        style: classes.
    """
    return ready(
        f'<svg class="{style}" viewBox="0 0 {number(drawing.width)} {number(drawing.height)}" '
        f'role="group" aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        f'<title id="{name}-title">{escaped(clean(title))}</title><desc id="{name}-desc">{escaped(clean(about))}</desc>'
        f"{drawing.content}</svg>"
    )


def file(drawing: Drawing, title: str, about: str, language: str, heading: Sequence[str], source: str) -> bytes:
    """A picture as a file: an image with its title above and its source below, on paper of its own.

    Args:
        drawing: the picture, written for a file.
        title: what it is called.
        about: what can be seen.
        language: tag of its texts.
        heading: the title in lines that fit.
        source: the address of its page, or whose it is.
    """
    top = 20 + 26 * len(heading)
    height = top + drawing.height + 40
    width = drawing.width + 40
    lines = "".join(
        f'<text x="20" y="{38 + 26 * place}" font-size="20" font-weight="600" fill="#1a2026">'
        f"{escaped(clean(line))}</text>"
        for place, line in enumerate(heading)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{escaped(language)}" width="{number(width)}" '
        f'height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}" role="img" '
        'aria-labelledby="title" aria-describedby="desc" font-family="system-ui, \'Noto Sans\', Arial, sans-serif">'
        f'<title id="title">{escaped(clean(title))}</title><desc id="desc">{escaped(clean(about))}</desc>'
        f'<rect width="{number(width)}" height="{number(height)}" fill="#fff"/>{lines}'
        f'<g transform="translate(20 {top})">{drawing.content}</g>'
        f'<text x="20" y="{number(height - 16)}" font-size="12" fill="#55606b">{escaped(clean(source))}</text></svg>\n'
    ).encode()
