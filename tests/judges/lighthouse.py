"""Lets Lighthouse judge our own site as a phone would meet it, and writes the figures into docs/accessibility.md.

``make lighthouse`` builds the site, serves it with ``saite serve``, and takes the median of five measurements of each
kind of page. It says which page falls short and ends with 1 if one does.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.programs import chromium

from npm.make import environment, npm
from saite.iri import SITE_FOLDERS

from .conftest import served
from .fetch import judge
from .pages import documents
from .sites import ROOT, saite

TIMES: Final = 5
LANGUAGE: Final = "lv"
CATEGORIES: Final = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}
LEAST: Final = 95
SLOWEST: Final = 1_500
"""Milliseconds until the largest paint, at most."""

DOCUMENT: Final = ROOT / "docs" / "accessibility.md"
BEGIN: Final = "<!-- lighthouse: begin, written by make lighthouse -->"
END: Final = "<!-- lighthouse: end -->"
_FLAGS: Final = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of a page once, or the medians.

    Attributes:
        scores: of the categories, of 100.
        paint: milliseconds until the largest paint.
        shift: cumulative layout shift.
        weight: bytes transferred.
    """

    scores: tuple[int, ...]
    paint: float
    shift: float
    weight: float

    def falls_short(self) -> bool:
        """Whether a figure is not as good as it must be."""
        return min(self.scores) < LEAST or self.paint > SLOWEST or self.shift > 0


def read(report: dict[str, Any]) -> Figures:
    """The figures of a report of Lighthouse.

    Raises:
        ValueError: Lighthouse could not measure.
    """
    if error := report.get("runtimeError"):
        raise ValueError(error.get("message"))
    scores = tuple(round(100 * report["categories"][name]["score"]) for name in CATEGORIES)
    audits = report["audits"]
    paint, shift, weight = (
        audits[name]["numericValue"]
        for name in ("largest-contentful-paint", "cumulative-layout-shift", "total-byte-weight")
    )
    return Figures(scores, paint, shift, weight)


def middle(measured: Sequence[Figures]) -> Figures:
    """The median of each figure."""
    scores = tuple(round(median(column)) for column in zip(*(one.scores for one in measured), strict=True))
    return Figures(
        scores,
        median(one.paint for one in measured),
        median(one.shift for one in measured),
        median(one.weight for one in measured),
    )


def measured(address: str) -> Figures:
    """One measurement of a page."""
    command = npm()
    with tempfile.TemporaryDirectory(prefix="saite-lighthouse-") as folder:
        out = Path(folder) / "report.json"
        subprocess.run(
            [
                *(command[:1] if len(command) > 1 else ["node"]),
                str(judge("lighthouse/cli/index.js")),
                address,
                "--output=json",
                f"--output-path={out}",
                "--quiet",
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={_FLAGS}",
            ],
            env=environment(command) | {"CHROME_PATH": chromium()},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return read(json.loads(out.read_bytes()))


def kind(document: str) -> str:
    """What kind of page a document is: itself at the top, or else one of a folder of the site, or of a thing."""
    folder, _, name = document.rpartition("/")
    if not folder:
        return name
    return folder if folder.partition("/")[0] in SITE_FOLDERS else "a thing"


def heaviest(folder: Path) -> Iterator[str]:
    """The heaviest document of each kind, without pages that go on with another one."""
    kinds: dict[str, tuple[int, str]] = {}
    for document, path in documents(folder, LANGUAGE).items():
        if document != "404" and "~" not in document:
            own = kind(document)
            kinds[own] = max(kinds.get(own, (0, "")), (path.stat().st_size, document))
    yield from sorted(document for _, document in kinds.values())


def table(figures: dict[str, Figures]) -> str:
    """The figures in Markdown."""
    lines = [f"| page | {' | '.join(CATEGORIES.values())} | largest paint | layout shift | transferred |"]
    lines.append("|---|" + "--:|" * (len(CATEGORIES) + 3))
    for page, one in figures.items():
        scores = " | ".join(map(str, one.scores))
        lines.append(
            f"| `{page}` | {scores} | {one.paint / 1000:.2f} s | {one.shift:.3g} | {one.weight / 1024:.0f} KiB |"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure, write, and tell."""
    with tempfile.TemporaryDirectory(prefix="saite-judged-") as name:
        folder = Path(name) / "site"
        subprocess.run(saite("build", ROOT, "--out", folder, "--quiet"), check=True, stdout=subprocess.DEVNULL)
        pages = sys.argv[1:] or list(heaviest(folder))
        figures: dict[str, Figures] = {}
        with served(folder) as address:
            for page in pages:
                figures[page] = middle([measured(f"{address}/{page}.{LANGUAGE}.html") for _ in range(TIMES)])
                sys.stderr.write(f"{page}: {figures[page]}\n")
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{table(figures)}\n\n{END}{after}", encoding="utf-8")
    short = [page for page, one in figures.items() if one.falls_short()]
    sys.stderr.write("".join(f"{page} falls short\n" for page in short))
    return 1 if short else 0


if __name__ == "__main__":
    os.environ.setdefault("CI", "true")  # what is not there is an error here
    sys.exit(main())
