"""Enlarged and spaced text, as in WCAG 2.2, 1.4.10 and 1.4.12: nothing is cut, and pages scroll in one direction."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .axe import UNFOLD
from .pages import worth_judging

NARROW = 320
"""CSS pixels: a desktop of 1280 at 400 %."""
FEW = 10

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
"""The spacing of 1.4.12 with which no text may be lost."""

CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (one.closest(".unseen, .skip, svg") || !one.checkVisibility() || !one.textContent.trim()) return false;
  const style = getComputedStyle(one);
  const hides = (way) => way === "hidden" || way === "clip";
  return (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
    || (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1);
}).map((one) => `${one.tagName}.${one.className} is cut`)"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['scrolls sideways'] : []"


def lost(browser: Browser, paths: list[Path]) -> list[str]:
    """What is lost on pages, with their spacing and without."""
    context = browser.new_context(viewport={"width": NARROW, "height": 256}, bypass_csp=True)
    page = context.new_page()
    found = []
    for path in paths:
        page.goto(path.as_uri())
        page.evaluate(UNFOLD)
        plain = [*page.evaluate(CUT), *page.evaluate(SIDEWAYS)]
        page.add_style_tag(content=SPACED)
        spaced = [f"{fault} when spaced" for fault in (*page.evaluate(CUT), *page.evaluate(SIDEWAYS))]
        found += [f"{path.name} {fault}" for fault in (*plain, *spaced)]
    context.close()
    return found


def test_enlarged_and_spaced_text_is_whole(browser: Browser, sites: Path) -> None:
    """On the pages with the most in them."""
    assert lost(browser, list(worth_judging(sites / "own", "lv").values())[:FEW]) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["lv", "en"])
def test_enlarged_and_spaced_text_is_whole_everywhere(browser: Browser, sites: Path, language: str) -> None:
    """On every kind of page."""
    assert lost(browser, list(worth_judging(sites / "own", language).values())) == []


def test_the_measure_sees_what_it_is_for(browser: Browser, tmp_path: Path) -> None:
    """A line of fixed height that hides what does not fit, and a wide box, are found."""
    page = tmp_path / "bad.html"
    page.write_text(
        "<!DOCTYPE html><p style='height:20px;overflow:hidden'>x<br>y<br>z</p><div style='width:500px'>x</div>",
        encoding="utf-8",
    )
    assert lost(browser, [page])[:2] == ["bad.html P. is cut", "bad.html scrolls sideways"]
