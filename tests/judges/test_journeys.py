"""What each kind of reader comes for, done as they do it: by the names of what is on the page, through ``saite serve``.

Each journey is made in Latvian and in English, with scripts and without, on a phone and on a desktop; its last page is
kept as a picture in ``test-output/screenshots/journeys/`` for a person to look at.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect
from tests.browser.conftest import ROOT
from tests.pictures import photograph

FORUM = "event/baltic-central-asia-forum-2018"

ENGLISH = {
    "report": "Validation report",
    "where": re.compile(r"^data/statements-page\.ttl:(\d+):\d+$"),
    "said": "2020-12-14",
    "catalogue": "Catalogue",
    "files": re.compile("^Distributions"),
    "queries": "Queries",
    "by date": "All events, newest first",
    "data": "Download this page as data",
    "browse": "Browse",
    "event": "Events",
    "narrow": "Narrow down",
    "forum kind": "forum",
    "cite": "How to cite",
    "skip": "Skip to the content",
    "search": "What are you looking for?",
    "find": "Find",
    "all": "Everything from A to Z",
    "forum": "Cross-border cooperation of the Baltic",
    "landmarks": ["Language", "Main menu", "You are here"],
    "other": "Latviešu",
    "vocabulary": "Vocabulary",
    "classes": "Classes",
}
LATVIAN = {
    "report": "Pārbaudes pārskats",
    "where": ENGLISH["where"],
    "said": "2020-12-14",
    "catalogue": "Katalogs",
    "files": re.compile("^Izplatījumi"),
    "queries": "Vaicājumi",
    "by date": "Visi pasākumi",
    "data": "Lejupielādēt šo lapu kā datus",
    "browse": "Pārlūkot",
    "event": "Pasākumi",
    "narrow": "Sašaurināt",
    "forum kind": "forums",
    "cite": "Kā atsaukties",
    "skip": "Pāriet uz saturu",
    "search": "Ko meklējat?",
    "find": "Meklēt",
    "all": "Viss no A līdz Ž",
    "forum": "Baltijas un Centrālāzijas valstu pārrobežu",
    "landmarks": ["Valoda", "Galvenā izvēlne", "Jūs esat šeit"],
    "other": "English",
    "vocabulary": "Vārdnīca",
    "classes": "Klases",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads the site in a language, with a certain browser.

    Attributes:
        page: what they have open; it begins at the front page.
        words: what things are called in their language.
        language: theirs.
        scripts: whether their browser runs scripts.
        home: the address of the site.
    """

    page: Page
    words: dict[str, object]
    language: str
    scripts: bool
    home: str

    def word(self, key: str) -> str:
        """What something is called."""
        found = self.words[key]
        assert isinstance(found, str)
        return found

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Go through the first link of a name."""
        place: Page | Locator = self.page if within is None else within
        place.get_by_role("link", name=name).first.click()

    def loaded(self, link: Locator) -> bytes:
        """What a link leads to, as a program gets it."""
        address = link.evaluate("(one) => one.href")
        with urlopen(Request(address), timeout=10) as answer:  # an address of the test's own server
            body: bytes = answer.read()
            return body

    def unfolded(self, holder: Locator) -> None:
        """Open a fold if it is shut, as on a phone."""
        if not holder.evaluate("(one) => one.open"):
            holder.locator("summary").first.click()


FEW = [("lv", True, 390), ("en", False, 390), ("en", True, 1280), ("lv", False, 1280)]
REST = [("lv", False, 390), ("en", True, 390), ("en", False, 1280), ("lv", True, 1280)]
READERS = [*FEW, *(pytest.param(one, marks=pytest.mark.slow) for one in REST)]


@pytest.fixture(params=READERS, ids=lambda one: f"{one[0]}-{'with' if one[1] else 'without'}-scripts-{one[2]}")
def reader(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Reader]:
    """A reader at the front page; no page they come to may have an error."""
    language, scripts, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, reduced_motion="reduce"
    )
    context.set_default_timeout(8_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    page.goto(f"{address}/index.{language}.html")
    yield Reader(page, LATVIAN if language == "lv" else ENGLISH, language, scripts, address)
    photograph(page, f"journeys/{re.sub(r'[^a-z0-9]+', '-', request.node.name.lower())}.png")
    context.close()
    assert faults == []


def _is_fault(message: ConsoleMessage) -> bool:
    return message.type == "error" and "/event/nothing" not in message.location["url"]  # which one journey asks for


def test_a_data_steward_finds_the_place_that_the_report_tells(reader: Reader) -> None:
    """From the foot of the front page to the report, to the file and line that a finding names; the data are there."""
    reader.follow(reader.word("report"))
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(reader.word("report"))
    row = reader.page.get_by_role("row").filter(has_text=reader.word("said"))
    place = row.get_by_role("cell").last.inner_text()
    told = re.fullmatch(r"(data/statements-page\.ttl):(\d+):(\d+)", place)
    assert told is not None, place
    line = (ROOT / told[1]).read_text(encoding="utf-8").splitlines()[int(told[2]) - 1]
    assert "2020-12-14" in line
    row.get_by_role("link").first.click()
    expect(reader.page).to_have_url(re.compile(rf"/{FORUM}\.{reader.language}\.html#"))
    expect(reader.page.get_by_role("heading", level=1)).to_contain_text(reader.word("forum"))


def test_a_visitor_of_a_portal_gets_from_the_catalogue_to_a_dump(reader: Reader) -> None:
    """All data in Turtle are where the catalogue says, and are what it is called."""
    reader.follow(reader.word("catalogue"))
    files = reader.page.get_by_role("row").get_by_role("link", name="ice-edu.ttl", exact=True).first
    body = reader.loaded(files)
    assert body.startswith(b"@prefix")
    assert b"baltic-central-asia-forum-2018" in body


def test_a_developer_takes_an_answer_as_a_table_and_a_thing_as_turtle(reader: Reader) -> None:
    """From the list of queries to the rows of one, from a row to a thing, and from there to its triples."""
    page = reader.page
    reader.follow(reader.word("queries"))
    reader.follow(reader.word("by date"))
    rows = list(
        csv.DictReader(StringIO(reader.loaded(page.get_by_role("link", name="CSV", exact=True)).decode("utf-8-sig")))
    )
    shown = page.get_by_role("table").last.get_by_role("row")
    assert len(rows) == shown.count() - 1 > 5
    reader.follow(reader.word("forum"), page.get_by_role("table").last)
    expect(page).to_have_url(re.compile(f"/{FORUM}"))
    expect(page.get_by_role("heading", name=reader.word("data"))).to_be_visible()
    triples = reader.loaded(page.get_by_role("link", name="Turtle", exact=True))
    assert b'"2018-12-14"^^xsd:date' in triples
    described = json.loads(reader.loaded(page.get_by_role("link", name="JSON-LD", exact=True)))
    assert "@context" in described


def test_a_journalist_finds_an_event_its_source_and_how_to_cite_it(reader: Reader) -> None:
    """Looks through events, narrows them to forums, reads one, opens the source of its date, takes the reference."""
    page = reader.page
    reader.follow(reader.word("browse"))
    page.get_by_role("link", name=reader.word("event"), exact=True).first.click()
    aside = page.get_by_role("complementary", name=reader.word("narrow"))
    if reader.scripts:
        expect(aside.get_by_role("checkbox", include_hidden=True).first).to_be_attached()
    reader.unfolded(aside.locator("details").first)
    choice = aside.get_by_role(
        "checkbox" if reader.scripts else "link", name=re.compile(rf"^{reader.word('forum kind')}\b")
    )
    choice.first.click()
    found = page.locator("main ul.links a:visible")
    expect(found.filter(has_text=reader.word("forum"))).to_have_count(1)
    found.filter(has_text=reader.word("forum")).click()
    dated = page.locator("dd").filter(has=page.locator("time[datetime='2018-12-14']")).first
    reader.unfolded(dated.locator("details").first)
    quote = dated.locator("blockquote").first
    expect(quote).to_be_visible()
    assert "2020" in quote.inner_text()
    reference = page.get_by_role("heading", name=reader.word("cite")).locator("xpath=following-sibling::p").first
    assert "https://w3id.org/ice-edu/" in reference.inner_text()
    assert reader.word("forum") in reference.inner_text()


def test_a_journalist_searches(reader: Reader) -> None:
    """With scripts a name in another alphabet finds the country; without them the page leads to all names."""
    page = reader.page
    head = page.get_by_role("banner")
    head.get_by_role("searchbox", name=reader.word("search")).fill("Казахстан")
    head.get_by_role("button", name=reader.word("find")).click()
    expect(page).to_have_url(re.compile("/search"))
    if reader.scripts:
        first = page.locator("#search-results a").first
        expect(first).to_have_attribute("href", f"country/kazakhstan.{reader.language}.html")
        first.click()
    else:
        reader.follow(reader.word("all"))
        country = page.locator(f"main a[href$='country/kazakhstan.{reader.language}.html']")
        while not country.count():
            page.locator("main a[rel='next']").click()
            page.wait_for_load_state()
        country.first.click()
    expect(page).to_have_url(re.compile(rf"/country/kazakhstan\.{reader.language}\.html$"))


def test_a_listener_knows_where_they_are_and_skips_what_they_know(reader: Reader) -> None:
    """Names of landmarks differ, the outline has no gap, the skip link leads past the menus, controls have names."""
    page = reader.page
    page.goto(f"{reader.home}/{FORUM}.{reader.language}.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=reader.word("skip"))
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    main = page.get_by_role("main")
    expect(main.get_by_role("link").first).to_be_focused()
    landmarks = reader.words["landmarks"]
    assert isinstance(landmarks, list)
    for name in landmarks:
        expect(page.get_by_role("navigation", name=name)).to_have_count(1)
    tree = page.locator("body").aria_snapshot()
    levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", tree)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not re.search(r"^\s*- (link|button|searchbox)(:| *$)", tree, re.MULTILINE)
    reader.follow(reader.word("other"))
    assert page.locator("html").get_attribute("lang") != reader.language


def test_a_reader_who_is_lost_gets_on(reader: Reader) -> None:
    """What is not there answers with a page that leads on."""
    answer = reader.page.goto(f"{reader.home}/event/nothing.{reader.language}.html")
    assert answer is not None
    assert answer.status == 404
    main = reader.page.get_by_role("main")
    assert main.get_by_role("link").count() > 0


@pytest.mark.parametrize("site", ["starter", "odd"])
def test_an_editor_of_another_graph_sees_their_own_words(browser: Browser, sites: Path, site: str) -> None:
    """Another site has its own title, its things are listed, and nothing in it tells of ours."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    fronts = sorted((sites / site).glob("index*.html"))
    assert fronts
    for front in fronts:
        page.goto(front.as_uri())
        assert "Central" not in page.content()
        page.locator("main a[href*='browse/class/']").first.click()
        page.locator("main ul.links a").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()
