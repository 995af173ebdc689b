"""With the keyboard alone: every control is reached in the order of the page, seen when it has the focus, and left."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .pages import worth_judging

MARK = """() => {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0'], [contenteditable='true']";
  const all = [...document.querySelectorAll(wanted)].filter((one) => one.checkVisibility() && !one.disabled);
  all.forEach((one, place) => { one.dataset.place = place; });
  return all.length;
}"""
"""Numbers what the keyboard must reach, in the order of the page."""

SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return { place: -1, fault: "" };
  const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const inside = box.bottom > 0 && box.top < innerHeight;
  const clear = top && (one.contains(top) || top.contains(one) || one.closest("svg"));
  const faults = [ring ? "" : "no ring", inside ? "" : "out of sight", clear ? "" : `below ${top?.className}`];
  const place = Number(one.dataset.place ?? -1);
  return { place, fault: faults.filter(Boolean).map((f) => `${one.outerHTML.slice(0, 90)}: ${f}`).join(),
  };
}"""
"""Which of them has the focus, and what is wrong with how that shows (WCAG 2.2, 2.4.7 and 2.4.11)."""

MOST = 400


def walked(browser: Browser, path: Path, width: int) -> list[str]:
    """What is wrong on the way through a page from its beginning to its end, by the tab key."""
    context = browser.new_context(viewport={"width": width, "height": 700}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path.as_uri())
    count = page.evaluate(MARK)
    places, faults = [], []
    for _ in range(min(count, MOST)):
        page.keyboard.press("Tab")
        seen = page.evaluate(SEEN)
        places.append(seen["place"])
        if seen["fault"]:
            faults.append(f"{path.name} at {width}: {seen['fault']}")
    context.close()
    if places != list(range(len(places))):
        faults.append(f"{path.name} at {width}: the focus goes {places[:30]}")
    return faults


@pytest.mark.parametrize(
    ("document", "width"),
    [("index.lv", 390), ("event/forum.en", 1280), ("browse/class/Event.en", 390), ("def.lv", 1280)],
)
def test_the_keyboard_goes_through_a_page(browser: Browser, sites: Path, document: str, width: int) -> None:
    """Main pages of the small site, on a phone and on a desktop."""
    assert walked(browser, sites / "small" / f"{document}.html", width) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_goes_through_every_kind_of_page(browser: Browser, sites: Path, width: int) -> None:
    """All kinds of pages of our own site."""
    pages = worth_judging(sites / "own", "lv").values()
    assert [fault for path in pages for fault in walked(browser, path, width)] == []


def test_the_walk_sees_what_it_is_for(browser: Browser, tmp_path: Path) -> None:
    """A link without a ring, one that lies under another element, and an order that is not the page's are found."""
    page = tmp_path / "bad.html"
    page.write_text(
        "<!DOCTYPE html><style>a:first-of-type{outline:none}b{position:fixed;inset:0;background:red}</style>"
        "<a href=x>x</a> <a href=y tabindex=1>y</a><b class=cover></b>",
        encoding="utf-8",
    )
    found = walked(browser, page, 390)
    assert any("no ring" in one for one in found)
    assert any("below cover" in one for one in found)
    assert "the focus goes [1, 0]" in found[-1]
