"""Narrowing down a listing as readers do: with and without scripts, on a phone and at a desk, with the keyboard."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.graph_facts.conftest import ROOT
from tests.pictures import photograph
from tests.render_html.test_facets import selected

from saite import config
from saite.graph import load, public
from saite.store import Store

from .test_pages import CONTRAST, DESKTOP, PHONE, WIDE

EVENTS = "own/browse/class/Event"
FAULTS: list[str] = []


def opened(browser: Browser, width: int, *, scripts: bool = True, scheme: str = "light") -> Page:
    """A page of a browser; what its scripts complain of is an error of the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
        color_scheme="dark" if scheme == "dark" else "light",
        accept_downloads=True,
    )
    page = context.new_page()
    page.on("pageerror", lambda error: FAULTS.append(str(error)))
    return page


@pytest.fixture(autouse=True)
def no_faults() -> Iterator[None]:
    """No script fails."""
    FAULTS.clear()
    yield
    assert FAULTS == []


@pytest.fixture(scope="module")
def store() -> Store:
    """What our site is made from."""
    chosen = config.load(ROOT)
    return public(load(ROOT, chosen)[0], chosen)


def shown(page: Page) -> list[str]:
    """The members that a page shows."""
    return page.locator("#results .links:visible a").all_inner_texts()


def query_of(page: Page) -> str:
    """The query that selects what a page shows."""
    return page.locator(".selection code").text_content() or ""


def ready(page: Page, address: str) -> None:
    """Opens a listing and waits for its choices."""
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d"))


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_without_scripts_a_value_is_a_page(browser: Browser, address: str, width: int) -> None:
    """From the listing to a value, to another one, and back; each page says how many it shows, and a query for them."""
    page = opened(browser, width, scripts=False)
    page.goto(f"{address}/{EVENTS}.en.html")
    assert len(shown(page)) == 6
    aside = page.get_by_role("complementary", name="Narrow down")
    jump = page.locator(".jump a")
    expect(jump).to_be_visible(visible=width == PHONE)
    if width == PHONE:
        jump.click()
    aside.get_by_role("link", name="Kazakhstan").click()
    expect(page).to_have_title(re.compile(r"^Event · represented country: Kazakhstan \(5\) – "))
    assert len(shown(page)) == 5
    expect(page.locator(".lead")).to_contain_text("5 entries")
    expect(aside.locator("[aria-current]")).to_have_text("Kazakhstan")
    page.get_by_text("Select the same with SPARQL").click()
    expect(page.locator(".selection code")).to_be_visible()
    expect(page.get_by_role("link", name="Combine")).to_be_hidden()
    page.get_by_role("link", name="Latviešu").click()
    expect(page.locator("h1")).to_have_text("Pasākums · pārstāvētā valsts: Kazahstāna")
    aside = page.get_by_role("complementary", name="Sašaurināt izvēli")
    aside.get_by_role("link", name="2019").click()
    assert len(shown(page)) == 1
    page.get_by_role("link", name="Rādīt visus ierakstus").click()
    assert len(shown(page)) == 6


def test_choices_are_combined_in_place(browser: Browser, address: str, store: Store) -> None:
    """Within a facet any of the values, of several facets each; counts, address, table and query follow."""
    page = opened(browser, DESKTOP)
    ready(page, f"{address}/{EVENTS}.en.html")
    status = page.get_by_role("status")
    expect(status).to_have_text("Shown: 6 of 6")
    country = page.get_by_role("group", name="represented country")
    year = page.get_by_role("group", name="start date, by year")
    country.get_by_label("Kazakhstan").check()
    expect(status).to_have_text("Shown: 5 of 6")
    year.get_by_label("2019").check()
    expect(status).to_have_text("Shown: 1 of 6")
    year.get_by_label("2020").check()
    expect(status).to_have_text("Shown: 2 of 6")
    assert len(shown(page)) == 2
    assert page.url.endswith("Event.en.html?representedCountry=kazakhstan&startDate=2019&startDate=2020")
    expect(country.locator("label", has_text="Uzbekistan").locator(".count")).to_have_text("2")
    expect(year.locator("label", has_text="2016").locator(".count")).to_have_text("1")

    iris = [node.value for node in selected(store, query_of(page))]
    page.get_by_text("Select the same with SPARQL").click()
    photograph(page, "facets-chosen.png", full_page=True)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = table(Path(download.value.path()).read_bytes())
    assert sorted(row[0] for row in rows[1:]) == iris
    assert [row[1] for row in rows[1:]] == shown(page)

    page.reload()
    expect(page.get_by_role("status")).to_have_text("Shown: 2 of 6")
    page.get_by_role("link", name="Latviešu").click()
    expect(page.get_by_role("status")).to_have_text("Rādīti: 2 no 6")
    expect(page.get_by_role("group", name="pārstāvētā valsts").get_by_label("Kazahstāna")).to_be_checked()
    page.get_by_role("button", name="Notīrīt visu").click()
    expect(page.get_by_role("status")).to_have_text("Rādīti: 6 no 6")
    expect(page.get_by_role("status")).to_be_focused()
    assert page.url.endswith("Event.lv.html")
    assert len(shown(page)) == 6
    expect(page.get_by_role("link", name="Excel (XLSX)")).to_be_visible()


def table(content: bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode())))


@pytest.mark.parametrize(
    ("listing", "key", "token"),
    [
        ("Event", "role", "role-attendee"),
        ("Institution", "kind", "inst-eu-institution"),
        ("Event", "startDate", "2018"),
    ],
)
def test_the_script_says_what_the_page_of_a_value_says(
    browser: Browser, address: str, folder: Path, listing: str, key: str, token: str
) -> None:
    """To the letter: the same members, query and table."""
    page = opened(browser, DESKTOP)
    page.goto(f"{address}/own/browse/class/{listing}~{key}-{token}.lv.html")
    members, query = shown(page), query_of(page)
    page.get_by_role("link", name="Apvienot ar citām izvēlēm").click()
    expect(page.get_by_role("status")).to_contain_text("Rādīti: ")
    expect(page).to_have_url(f"{address}/own/browse/class/{listing}.lv.html?{key}={token}")
    assert shown(page) == members
    assert query_of(page) == query
    assert query.startswith("PREFIX ")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    written = folder / f"own/browse/class/{listing}~{key}-{token}.lv.csv"
    assert Path(download.value.path()).read_bytes() == written.read_bytes()


def test_the_keyboard_is_enough(browser: Browser, address: str) -> None:
    """Tabulator and space reach and change every choice, where they are is seen, and what is new is told."""
    page = opened(browser, DESKTOP)
    ready(page, f"{address}/own/browse/class/Institution.en.html")
    page.locator(".narrow summary").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Latvia").first).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("Shown: 8 of 36")
    more = page.get_by_role("group", name="kind").get_by_role("button", name="Show all (19)")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="kind").get_by_role("checkbox").nth(8)).to_be_focused()
    page.get_by_role("button", name="Clear all").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_be_focused()


def test_what_nothing_has_is_said(browser: Browser, address: str) -> None:
    """An address may ask for what there is not: choices that exclude one another, values and facets that are none."""
    page = opened(browser, DESKTOP)
    ready(page, f"{address}/{EVENTS}.en.html?kind=event-forum&startDate=2019&kind=nothing&x=%3Cb%3E")
    expect(page.get_by_role("status")).to_have_text("Shown: 0 of 6")
    expect(page.get_by_text("Nothing has all that is chosen.")).to_be_visible()
    ready(page, f"{address}/{EVENTS}.en.html?kind=nothing")
    expect(page.get_by_role("status")).to_have_text("Shown: 6 of 6")


def test_without_the_data_the_links_stay(browser: Browser, address: str) -> None:
    """A script that gets nothing takes nothing away."""
    page = opened(browser, DESKTOP)
    page.route("**/*.json", lambda route: route.abort())
    page.goto(f"{address}/{EVENTS}.en.html")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("complementary").get_by_role("link", name="Kazakhstan")).to_be_visible()


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_facets_are_seen_by_all(browser: Browser, address: str, width: int, scheme: str, language: str) -> None:
    """Contrast, no text beside the page, choices large enough to be hit; on a phone, they come when they are wanted."""
    for name, path in (
        ("combined", f"{EVENTS}.{language}.html?representedCountry=kazakhstan"),
        ("all", f"own/browse/class/Institution.{language}.html"),
        ("value", f"{EVENTS}~representedCountry-kazakhstan.{language}.html"),
    ):
        page = opened(browser, width, scheme=scheme)
        page.goto(f"{address}/{path}")
        if name != "value":
            expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d"))
            summary = page.locator(".narrow summary").first
            assert page.locator(".narrow details").evaluate("(one) => one.open") == (width == DESKTOP)
            assert page.locator("#facets ~ #results").count() == 1
            if width == PHONE:
                summary.click()
        found: Sequence[str] = [*page.evaluate(CONTRAST), *page.evaluate(WIDE)]
        assert found == []
        small = page.evaluate(
            "[...document.querySelectorAll('.narrow label, .narrow button, .narrowed button')]"
            ".filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24).length"
        )
        assert small == 0
        photograph(page, f"facets-{name}-{width}-{scheme}.{language}.png", full_page=True)
        page.context.close()
