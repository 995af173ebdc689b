"""Pages in a real browser: at the width of a phone and of a desktop, in the light and in the dark."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from tests.pictures import photograph

PHONE, DESKTOP = 390, 1280
Scheme = Literal["dark", "light"]

SMALL = [
    "small/404",
    "small/about",
    "small/browse",
    "small/browse/class/Event",
    "small/browse/scheme/topics",
    "small/def",
    "small/downloads",
    "small/event/forum",
    "small/event/old",
    "small/index",
    "small/project/vet",
    "small/project/vet~links-2",
    "small/queries",
    "small/queries/events",
    "small/report",
    "small/shapes",
]
OWN = [
    "own/index",
    "own/about",
    "own/browse",
    "own/browse/class/Event",
    "own/browse/scheme/topic",
    "own/country/uzbekistan",
    "own/def/Event",
    "own/event/baltic-central-asia-forum-2018",
    "own/event/vet-seminar-2019",
    "own/institution/ministry-of-education-and-science-latvia",
    "own/queries",
    "own/views",
    "own/views/countries-network",
    "own/views/events-by-year",
    "own/views/institutions-network",
    "own/views/places",
    "own/views/timeline",
    "own/views/with-latvia",
    "own/views/with-latvia/uzbekistan",
]

SHOWN = [
    "own/index",
    "own/event/baltic-central-asia-forum-2018",
    "own/institution/ministry-of-education-and-science-latvia",
    "own/country/uzbekistan",
    "own/def/Event",
    "own/views/timeline",
    "own/views/countries-network",
    "own/views/places",
    "own/views/events-by-year",
    "own/views/with-latvia/uzbekistan",
]

CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const found = {};
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || element.closest(".unseen, .skip") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    let below = element, ground = [0, 0, 0, 0];
    while (below && (ground[3] ?? 1) === 0) {
      ground = parts(getComputedStyle(below).backgroundColor);
      below = below.parentElement;
    }
    if (ground[3] === 0) ground = parts(getComputedStyle(document.documentElement).backgroundColor);
    const [light, dark] = [luminance(parts(style.color)), luminance(ground)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) found[`${element.tagName}.${element.className} ${ratio.toFixed(2)}`] = true;
  }
  return Object.keys(found);
}"""
"""Texts whose contrast with what is behind them is below WCAG 2.2, 1.4.3 (level AA)."""

WIDE = """() => {
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll("body *")]
    .filter((e) => !e.closest(".scroll, pre, .unseen, .skip") && e.checkVisibility())
    .filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => `${e.tagName}.${e.className}`);
}"""
"""Elements that stick out of the page, other than what scrolls by itself."""


def opened(browser: Browser, address: str, width: int, scheme: Scheme) -> Page:
    """A page open at an address."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")])
@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_kind_of_page_is_sound(
    browser: Browser, address: str, language: str, width: int, scheme: Scheme, faults: list[str]
) -> None:
    """No error, no other host, no sideways scrolling, enough contrast, and the language that the page says it has."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.on("console", lambda message: faults.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: _expect_answer(request, faults))
    page.on("request", lambda request: _expect_host(request.url, address, faults))
    for document in (*SMALL, *OWN):
        ending = "html" if document.endswith("404") else f"{language}.html"
        response = page.goto(f"{address}/{document}.{ending}")
        assert response is not None
        assert response.ok, document
        if not document.endswith("404"):
            assert page.evaluate("document.documentElement.lang") == language
        assert page.title().endswith((" – Sadarbība", " – Cooperation", "Centrālāziju", "Central Asia", "ība", "tion"))
        for sort, script in (("contrast", CONTRAST), ("too wide", WIDE)):
            found = page.evaluate(script)
            if found:
                faults.append(f"{document} {sort}: {found[:5]}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"{document} scrolls sideways")
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        for sort, script in (("open contrast", CONTRAST), ("open too wide", WIDE)):
            found = page.evaluate(script)
            if found:
                faults.append(f"{document} {sort}: {found[:5]}")
    context.close()
    assert faults == []


@pytest.fixture
def faults() -> list[str]:
    """What was found wrong, on whichever page."""
    return []


def _expect_answer(request: Request, faults: list[str]) -> None:
    if request.failure != "net::ERR_ABORTED":  # an icon that the next page no longer waits for
        faults.append(f"{request.url}: {request.failure}")


def _expect_host(url: str, address: str, faults: list[str]) -> None:
    if not url.startswith(f"{address}/"):
        faults.append(f"asks another host: {url}")


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("lv", DESKTOP, "light"), ("lv", PHONE, "dark"), ("en", PHONE, "light")]
)
def test_screenshots_for_a_person_to_look_at(
    browser: Browser, address: str, language: str, width: int, scheme: Scheme
) -> None:
    """The pages of our site that a minister would be shown are kept as pictures."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for document in SHOWN:
        page.goto(f"{address}/{document}.{language}.html")
        name = f"{document.replace('/', '-')}.{language}-{width}-{scheme}.png"
        picture = photograph(page, name, full_page=True)
        assert picture.stat().st_size > 10_000
    context.close()


def test_the_measures_see_what_they_are_for(browser: Browser) -> None:
    """Grey on grey, and a box wider than the page, are found."""
    page = opened(browser, "data:text/html,<p style='color:%23999;background:%23aaa'>x</p>", PHONE, "light")
    assert len(page.evaluate(CONTRAST)) == 1
    assert page.evaluate(WIDE) == []
    page.set_content("<div style='width:500px'>x</div>")
    assert page.evaluate(WIDE) == ["DIV."]
    page.context.close()


def test_a_folder_of_pages_works_without_a_server(browser: Browser, folder: Path) -> None:
    """From a folder, the style sheet applies, and links lead from page to page and to the other language."""
    page = opened(browser, (folder / "own" / "index.lv.html").as_uri(), DESKTOP, "light")
    assert page.evaluate("getComputedStyle(document.querySelector('header.site')).borderTopWidth") == "4px"
    page.get_by_role("link", name="Pasākumi", exact=True).first.click()
    page.get_by_role("link", name="Baltijas un Centrālāzijas valstu pārrobežu sadarbība").click()
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url((folder / "own" / "event" / "baltic-central-asia-forum-2018.en.html").as_uri())
    expect(page.locator("h1")).to_contain_text("Cross-border cooperation")
    page.context.close()


def test_the_keyboard_reaches_content_links_and_sources(browser: Browser, address: str) -> None:
    """The first stop is the skip link, which shows; a fold opens with Enter, and its quote can be read."""
    page = opened(browser, f"{address}/small/event/forum.lv.html", DESKTOP, "light")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Pāriet uz saturu")
    assert skip.evaluate("(e) => e === document.activeElement && e.getBoundingClientRect().width > 50")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    source = page.locator("summary", has_text="2 avoti")
    source.focus()
    assert source.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    expect(page.get_by_text("tika organizēts forums").first).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#forum-date blockquote")).to_be_visible()
    page.context.close()


def test_a_fragment_opens_the_fold_that_it_is_in(browser: Browser, address: str) -> None:
    """The IRI of a statement leads to its place on the page; the browser unfolds it (HTML 7.4.6.4)."""
    page = opened(browser, f"{address}/small/event/forum.lv.html#forum-date", DESKTOP, "light")
    expect(page.locator("#forum-date")).to_be_visible()
    page.context.close()


def test_enlarged_text_needs_no_sideways_scrolling(browser: Browser, address: str) -> None:
    """WCAG 2.2, 1.4.10: at 320 CSS pixels, which is 400 % of a desktop, only tables scroll, by themselves."""
    page = opened(browser, f"{address}/own/event/vet-seminar-2019.lv.html", 320, "light")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.context.close()


@pytest.mark.parametrize(("document", "width"), [(OWN[2], PHONE), (OWN[9], DESKTOP)])
@pytest.mark.parametrize("language", ["lv", "en"])
def test_tables_that_readers_need_whole_do_not_scroll(
    browser: Browser, address: str, document: str, width: int, language: str
) -> None:
    """How many there are of each kind shows on a phone, and whose word a participation is on a desktop."""
    page = opened(browser, f"{address}/{document}.{language}.html", width, "light")
    boxes = "[...document.querySelectorAll('.scroll')].map((e) => e.scrollWidth - e.clientWidth)"
    assert set(page.evaluate(boxes)) == {0}
    page.context.close()
