"""Draws the figures of docs/performance.md: ``python -m benchmarks.chart`` writes docs/images/performance.svg.

A table after a comment ``<!-- chart: TITLE | UNIT -->`` becomes a group of bars: its first column names them, its
second is how long they are, on a logarithmic scale. A bar whose name is in bold is ours.
"""

import math
import re
from html import escape
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
SOURCE, TARGET = DOCS / "performance.md", DOCS / "images" / "performance.svg"

_CHART = re.compile(r"<!-- chart: (.+?) \| (.+?) -->\n\n\|[^\n]*\n\|[-| ]*\n((?:\|[^\n]*\n)+)")
_WIDTH, _NAMES, _LINE = 760, 300, 26
_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#222}.t{font-weight:600;font-size:15px}.o{fill:#0b6e4f}.p{fill:#8a8f98}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.o{fill:#4cc38a}.p{fill:#7b8088}}"
)


def groups(text: str) -> list[tuple[str, str, list[tuple[str, str, float]]]]:
    """The charts of a document: title, unit, and of each bar its name, its figure as written and its length."""
    found = []
    for title, unit, rows in _CHART.findall(text):
        bars = []
        for row in rows.splitlines():
            name, figure = (cell.strip() for cell in row.strip("|").split("|")[:2])
            bars.append((name, figure.strip("*"), float(re.sub(r"[^0-9.]", "", figure))))
        found.append((title, unit, bars))
    return found


def drawn(charts: list[tuple[str, str, list[tuple[str, str, float]]]]) -> str:
    """The picture; its text tells all that it shows."""
    parts, y = [], 10
    told = []
    for title, unit, bars in charts:
        lowest, highest = (pick(value for _, _, value in bars) for pick in (min, max))
        y += _LINE
        parts.append(f'<text class="t" x="0" y="{y}">{escape(title)} ({escape(unit)}, logarithmic)</text>')
        for name, figure, value in bars:
            y += _LINE
            own = name.startswith("**")
            share = 0.06 + 0.94 * math.log(value / lowest) / (math.log(highest / lowest) or 1)
            length = (_WIDTH - _NAMES - 90) * share
            shown = escape(re.sub("[*`]", "", name))
            told.append(f"{shown}: {escape(figure)} {escape(unit)}")
            parts.append(f'<text x="{_NAMES - 10}" y="{y}" text-anchor="end">{shown}</text>')
            parts.append(
                f'<rect class="{"o" if own else "p"}" x="{_NAMES}" y="{y - 14}" width="{length:.0f}" height="18"/>'
            )
            parts.append(f'<text x="{_NAMES + length + 6:.0f}" y="{y}">{escape(figure)}</text>')
        y += 14
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y + 10}" role="img" aria-labelledby="t d">'
    described = f'<title id="t">Performance</title><desc id="d">{"; ".join(told)}</desc>'
    return f"{head}{described}<style>{_STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"


if __name__ == "__main__":
    TARGET.write_text(drawn(groups(SOURCE.read_text(encoding="utf-8"))), encoding="utf-8")
