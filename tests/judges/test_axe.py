"""What axe-core says of the pages of our own site: WCAG 2.2 AA, and best practice."""

from itertools import cycle
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from .axe import UNFOLD, violations
from .pages import worth_judging

WIDTHS = (320, 768, 1280)
FEW = 5
"""Pages that have nearly all that stands on pages; they come first."""
HEIGHT = 900


def judged(page: Page, path: Path, width: int) -> list[str]:
    """What is wrong with a page at a width, all its folds open."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(path.as_uri())
    page.evaluate(UNFOLD)
    return [f"{path.name} at {width}: {fault}" for fault in violations(page)]


@pytest.mark.parametrize(("language", "scheme"), [("lv", "dark"), ("en", "light")])
def test_nearly_all_that_stands_on_pages_can_be_used(
    browser: Browser, sites: Path, language: str, scheme: Literal["dark", "light"]
) -> None:
    """The pages with the most in them, each at one of three widths."""
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    chosen = list(worth_judging(sites / "own", language).values())[:FEW]
    widths = cycle(WIDTHS if language == "lv" else reversed(WIDTHS))
    found = [fault for path, width in zip(chosen, widths, strict=False) for fault in judged(page, path, width)]
    context.close()
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_all_that_stands_on_pages_can_be_used(
    browser: Browser, sites: Path, language: str, scheme: Literal["dark", "light"], width: int
) -> None:
    """Every kind of page in every theme and width."""
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    chosen = worth_judging(sites / "own", language)
    assert len(chosen) > 30
    found = [fault for path in chosen.values() for fault in judged(page, path, width)]
    context.close()
    assert found == []


def test_what_scripts_add_can_be_used(browser: Browser, address: str) -> None:
    """Answers of the search, a narrowed list and the page where queries are written, behind the server's own rules."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": HEIGHT})
    page = context.new_page()
    page.goto(f"{address}/search.lv.html?q=uzbekist%C4%81na")
    page.locator("main ol li, main ul li").first.wait_for()
    assert violations(page) == []
    page.goto(f"{address}/query.en.html")
    page.locator("#ask").wait_for()
    assert violations(page) == []
    context.close()


def test_the_judge_sees_what_it_is_for(browser: Browser) -> None:
    """A picture without words is found."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src=x></main>")
    assert [fault.split(" ")[0] for fault in violations(page)] == ["image-alt"]
    context.close()
