"""SVG (SVG 2) written by hand: shapes, texts that are broken into lines, links.

A picture is written twice: within a page, where classes take their colours from the style sheet and marks are links,
and as a file of its own, which has to look right in any program and so carries presentation attributes.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from saite.render.html.table import clean, escaped

TEXT: Final = 14
"""Size of ordinary text, in units of the picture."""

SMALL: Final = 13
"""Size of dates and of what stands on axes."""

_LINE: Final = 1.3  # from one line of text to the next
_INK, _SOFT, _GRID, _MARK, _PALE, _RING = "#1a2026", "#55606b", "#dce1e6", "#12507e", "#dbe7f1", "#fff"
_HALO: Final = f'stroke="{_RING}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
_STYLES: Final = {
    "grid": f'stroke="{_GRID}" fill="none"',
    "axis": f'stroke="{_SOFT}" fill="none"',
    "mark": f'fill="{_MARK}"',
    "vague": f'fill="{_PALE}" stroke="{_MARK}" stroke-dasharray="4 3"',
    "node": f'fill="{_MARK}" stroke="{_RING}" stroke-width="2"',
    "edge": f'fill="none" stroke="{_MARK}" stroke-opacity="0.45"',
    "place": f'fill="{_MARK}" fill-opacity="0.8" stroke="{_RING}" stroke-width="2"',
    "land": 'fill="#e9ecef"',
    "border": 'fill="none" stroke="#b4bcc4" stroke-width="0.75" stroke-linejoin="round"',
    "strong": f'fill="none" stroke="{_MARK}" stroke-width="1.25" stroke-linejoin="round"',
    "shade1": 'fill="#dbe5ec"',
    "shade2": 'fill="#bfd1df"',
    "shade3": 'fill="#a4bed0"',
    "shade4": 'fill="#88aac2"',
    "paper": f'fill="{_RING}"',
    "text": f'fill="{_INK}" {_HALO}',
    "soft": f'fill="{_SOFT}" {_HALO}',
    "head": f'fill="{_INK}" {_HALO} font-weight="600"',
}
"""How things look in a file of its own."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name, and where it leads.

    Attributes:
        text: the name.
        lang: tag of its language, "" if it is that of the page, or none.
        href: where its page is; "" if it has none.
    """

    text: str
    lang: str = ""
    href: str = ""


class Pen:
    """Writes the content of one picture.

    Args:
        inline: for a page; else for a file of its own.
    """

    def __init__(self, *, inline: bool) -> None:
        self._inline = inline
        self._parts: list[str] = []
        self._linked = False

    def content(self) -> str:
        """What was written."""
        return "".join(self._parts)

    def rect(self, style: str, x: float, y: float, width: float, height: float, round_: float = 0) -> None:
        """A rectangle, perhaps with round corners."""
        corners = f' rx="{number(round_)}"' if round_ else ""
        size = f'width="{number(width)}" height="{number(height)}"'
        self._parts.append(f'<rect {self._style(style)} x="{number(x)}" y="{number(y)}" {size}{corners}/>')

    def line(self, style: str, x: float, y: float, x2: float, y2: float) -> None:
        """A straight line."""
        ends = f'x1="{number(x)}" y1="{number(y)}" x2="{number(x2)}" y2="{number(y2)}"'
        self._parts.append(f"<line {self._style(style)} {ends}/>")

    def circle(self, style: str, x: float, y: float, radius: float) -> None:
        """A circle."""
        self._parts.append(f'<circle {self._style(style)} cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')

    def curve(self, style: str, points: Sequence[float], width: float, dashes: str = "", title: str = "") -> None:
        """A quadratic curve through a control point, with a title that pointers are shown."""
        x, y, x1, y1, x2, y2 = map(number, points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        path = f'<path {self._style(style)} d="M{x} {y}Q{x1} {y1} {x2} {y2}" stroke-width="{number(width)}"{dashed}'
        self._parts.append(f"{path}><title>{_text(title)}</title></path>" if title else f"{path}/>")

    def path(self, style: str, data: str) -> None:
        """Lines, or areas that are filled by the even-odd rule; none without data."""
        if data:
            self._parts.append(f'<path {self._style(style)} fill-rule="evenodd" d="{data}"/>')

    def text(
        self,
        style: str,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: int = TEXT,
        anchor: str = "start",
        lang: str = "",
        said: bool = False,
    ) -> None:
        """Lines of text; the base line of the first is at ``y``.

        What is ``said`` by the name of a link is not read again.
        """
        tag = f' lang="{escaped(lang)}"' if lang else ""
        tag += ' aria-hidden="true"' if said and self._inline else ""
        turned = f' text-anchor="{anchor}"' if anchor != "start" else ""
        head = f'<text {self._style(style)} font-size="{size}"{turned}{tag}'
        if len(lines) == 1:
            self._parts.append(f'{head} x="{number(x)}" y="{number(y)}">{_text(lines[0])}</text>')
            return
        spans = (
            f'<tspan x="{number(x)}" y="{number(y + place * line_height(size))}">{_text(line)} </tspan>'
            for place, line in enumerate(lines)
        )
        self._parts.append(f"{head}>{''.join(spans)}</text>")

    def aside(self) -> None:
        """What follows is said elsewhere already, up to :meth:`end`; it takes no clicks."""
        self._parts.append('<g aria-hidden="true" pointer-events="none">')
        self._linked = False

    def begin(self, link: Link, name: str) -> None:
        """What follows belongs together, up to :meth:`end`; in a page it is a link, if it leads anywhere."""
        self._linked = self._inline and bool(link.href)
        if self._linked:  # a title would count as text that can be seen, and the name would not be what is read
            self._parts.append(f'<a href="{escaped(link.href)}" aria-label="{_text(name)}">')
        else:
            self._parts.append(f"<g><title>{_text(name)}</title>")

    def end(self) -> None:
        """See :meth:`begin`."""
        self._parts.append("</a>" if self._linked else "</g>")

    def _style(self, style: str) -> str:
        return f'class="v-{style}"' if self._inline else _STYLES[style.partition(" ")[0]]


def path_data(parts: Iterable[Sequence[tuple[float, float]]], *, closed: bool = True) -> str:
    """Path data (SVG 2, 9.3), to a tenth: the first point of each part, and the way from each to the next."""
    found: list[str] = []
    for part in parts:
        places = [(round(x * 10), round(y * 10)) for x, y in part]
        (x, y) = places[0]
        steps: list[str] = []
        for x2, y2 in places[1:]:
            if (x2, y2) != (x, y):
                steps.append(_step(x2 - x) + _after(_step(y2 - y)))
                x, y = x2, y2
        if steps:
            way = steps[0] + "".join(_after(step) for step in steps[1:])
            found.append(f"M{_step(places[0][0])}{_after(_step(places[0][1]))}l{way}{'z' if closed else ''}")
    return "".join(found)


def line_height(size: int = TEXT) -> float:
    """From one base line to the next."""
    return round(size * _LINE, 1)


def number(value: float) -> str:
    """A length, to a tenth: what no eye sees need not be written."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def width(text: str, size: int = TEXT) -> float:
    """About how wide a text is in a common sans serif; rather too wide than too narrow."""
    units = 0.0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            units += 1.05
        elif unicodedata.combining(character):
            continue
        elif character in "iljtfrI.,:;'!|()[]- ":
            units += 0.38
        elif character in "mwMW@—%" or character.isupper():
            units += 0.82
        else:
            units += 0.6
    return units * size


def wrapped(text: str, room: float, lines: int, size: int = TEXT) -> list[str]:
    """A text in at most so many lines that fit; one that is cut ends in an ellipsis. At least one line."""
    words = clean(" ".join(text[:2_000].split())).split(" ")
    made: list[str] = []
    while words:
        line = words.pop(0)
        if width(line, size) > room:
            kept = _fitting(line, room, size)
            words.insert(0, line[len(kept) :])
            line = kept
        else:
            while words and width(f"{line} {words[0]}", size) <= room:
                line += f" {words.pop(0)}"
        if len(made) == lines - 1 and words:
            shorter = line
            while shorter and width(f"{shorter}…", size) > room:
                shorter = shorter[:-1]
            if line[len(shorter) :].strip() and " " in shorter and line[len(shorter)] != " ":
                shorter = shorter.rpartition(" ")[0]  # half a word is not said, nor found by voice control
            return [*made, f"{shorter.rstrip(' ,;:–—-')}…"]
        made.append(line)
    return made or [""]


def _fitting(word: str, room: float, size: int) -> str:
    """The beginning of a word that fits into a line; a character at least."""
    end = 1
    while end < len(word) and width(word[: end + 1], size) <= room:
        end += 1
    return word[:end]


def _text(text: str) -> str:
    return escaped(clean(text))


def _step(tenths: int) -> str:
    """Tenths as a number in its shortest form: ``.5``, ``-12``, ``3.4``."""
    whole, rest = divmod(abs(tenths), 10)
    text = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{text}" if tenths < 0 else text


def _after(number: str) -> str:
    """A number behind another: a minus sign parts them, else a space does."""
    return number if number.startswith("-") else f" {number}"
