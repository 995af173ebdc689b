"""Queries in the reader's browser, from a plain file server: the same answers, from no other host, on every screen."""

import csv
import functools
import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.pictures import photograph
from tests.programs import web_assets

from saite import config
from saite.fields import POLICY
from saite.graph import load, public
from saite.render import dumps, html
from saite.render.html import vendor
from saite.site import build_site
from saite.site.model import Site
from saite.terms import Term

from .conftest import ROOT, put
from .test_pages import CONTRAST, DESKTOP, PHONE, WIDE, Scheme


class _Guarded(http.server.SimpleHTTPRequestHandler):
    """Serves a folder with the policy that a site is served with; says nothing of it."""

    def end_headers(self) -> None:
        """The policy with each answer."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site() -> Site:
    """Our own."""
    web_assets()
    chosen = config.load(ROOT)
    store, _ = load(ROOT, chosen)
    return build_site(public(store, chosen), chosen)


@pytest.fixture(scope="module")
def address(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A plain file server with its pages of the whole and its dumps."""
    out = tmp_path_factory.mktemp("query")
    for maker in (html.renderer(site), dumps.renderer(site)):
        for artifact in maker.whole():
            if artifact.path.startswith(("assets/", "query", "queries", "dump/ice-edu.nq")):
                put(out / artifact.path, artifact.chunks())
    handler = functools.partial(_Guarded, directory=str(out))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class Reader:
    """Somebody at the page.

    Attributes:
        asked: addresses that the browser asked for.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, language: str = "en", fragment: str = "") -> None:
        """Come to the page."""
        self.page.goto(f"{self.address}query.{language}.html{fragment}")
        expect(self.page.locator(".editor")).to_be_visible()

    def ask(self, query: str | None = None) -> None:
        """Ask, and wait for what comes of it."""
        if query is not None:
            self.page.fill("#query", query)
        self.page.focus("#query")
        self.page.keyboard.press("Control+Enter")
        expect(self.page.locator("#result > *").first).to_be_visible(timeout=30_000)
        expect(self.page.locator("#query-stop")).to_be_hidden(timeout=30_000)

    def taken(self, name: str) -> str:
        """What a link of the answer downloads."""
        with self.page.expect_download() as download:
            self.page.locator("#result .downloads a", has_text=name).click()
        return Path(download.value.path()).read_text(encoding="utf-8")


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """Somebody with a wide screen; errors of scripts fail the test."""
    context = browser.new_context(viewport={"width": DESKTOP, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield Reader(page, address)
    context.close()
    assert wrong == []


def text_of(term: Term | None) -> str:
    """A term as CSV has it."""
    return "" if term is None else term.value


def in_order(row: list[str]) -> list[str]:
    """A row without the order in which GROUP_CONCAT joins: SPARQL leaves that to the engine (18.5.1.7)."""
    return ["; ".join(sorted(cell.split("; "))) for cell in row]


@pytest.mark.parametrize("number", range(0, 23, 4))
def test_the_browser_answers_as_the_build_does(reader: Reader, site: Site, number: int) -> None:
    """Ready-made queries, by their links: the same rows, whoever is asked."""
    query = site.queries[number]
    answer = query.answers["en"]
    reader.open("en", f"#name={query.name}")
    reader.ask()
    expect(reader.page.locator("#query-status")).to_contain_text("asked in this browser")
    rows = list(csv.reader(io.StringIO(reader.taken("CSV")))) if answer.rows else [list(answer.variables)]
    assert tuple(rows[0]) == answer.variables
    wanted = sorted([text_of(term) for term in row] for row in answer.rows)
    assert sorted(map(in_order, rows[1:])) == sorted(map(in_order, wanted))


def test_no_other_host_is_asked_and_nothing_heavy_before_somebody_asks(reader: Reader) -> None:
    """The engine and the data come with the first question, from where the page came from."""
    reader.open()
    reader.page.wait_for_load_state("networkidle")
    assert not any(name in url for url in reader.asked for name in ("wasm", "dump", "oxigraph"))
    reader.ask()
    assert any(url.endswith("assets/oxigraph.wasm") for url in reader.asked)
    assert any(url.endswith("dump/ice-edu.nq.gz") for url in reader.asked)
    assert {urlsplit(url).netloc for url in reader.asked if not url.startswith("blob:")} == {
        urlsplit(reader.address).netloc
    }


def test_an_answer_has_names_that_lead_to_pages(reader: Reader) -> None:
    """In the language of the page; sorted as the reader wants; with a picture of one name and one number a row."""
    reader.open("lv")
    reader.ask(
        "PREFIX ice: <https://w3id.org/ice-edu/def#>\n"
        "SELECT ?valsts (COUNT(*) AS ?skaits) { ?x ice:representedCountry ?valsts } GROUP BY ?valsts"
    )
    table = reader.page.locator("#result table")
    link = table.get_by_role("link", name="Latvija", exact=True)
    assert link.get_attribute("href") == "country/latvia.lv.html"
    expect(reader.page.locator("#result svg rect")).to_have_count(table.locator("tbody tr").count())
    sort = table.get_by_role("button", name="Kārtot pēc skaits")
    sort.click()
    expect(table.locator("th").nth(1)).to_have_attribute("aria-sort", "ascending")
    numbers = [int(text) for text in table.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert numbers == sorted(numbers)
    sort.click()
    assert table.locator("tbody td").first.inner_text() == "Latvija"


def test_named_graphs_and_other_kinds_of_queries(reader: Reader) -> None:
    """All graphs are one for patterns outside of GRAPH; ASK is yes or no, CONSTRUCT is Turtle."""
    reader.open()
    reader.ask("ASK { GRAPH ?g { ?s a <https://w3id.org/ice-edu/def#Project> } ?s ?p ?o }")
    assert reader.page.locator("#result .verdict").inner_text() == "Yes"
    reader.ask("# SELECT\nCONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 2")
    assert reader.page.locator("#result pre").inner_text().count(" a ") == 2
    assert reader.taken("Turtle").count(" a ") == 2
    reader.ask("SELECT * { ?s <x:y> ?o }")
    assert "Nothing in the data fits" in reader.page.locator("#result").inner_text()


def test_a_mistake_is_told_with_its_place(reader: Reader) -> None:
    """Line and column, and the line is marked in the editor."""
    reader.open()
    reader.ask("SELECT * WHERE {\n  ?s ?p }\n}")
    assert reader.page.locator("#result .problem strong").inner_text().strip() == "Line 3, column 1:"
    assert reader.page.locator(".line-numbers .wrong").inner_text() == "3"
    reader.ask("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    expect(reader.page.locator("#result .problem")).to_be_visible()
    assert not any(":9/" in url for url in reader.asked)


def test_a_query_can_be_stopped_and_another_asked(reader: Reader) -> None:
    """The page goes on; what was asked is in the address, to be passed on."""
    reader.open()
    reader.ask("ASK {}")
    reader.page.fill("#query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    reader.page.keyboard.press("Control+Enter")
    stop = reader.page.locator("#query-stop")
    expect(stop).to_be_visible()
    stop.click()
    expect(reader.page.locator("#query-status")).to_have_text("Stopped.")
    reader.ask("ASK { ?s ?p ?o }")
    assert reader.page.url.endswith(f"#query={quote('ASK { ?s ?p ?o }', safe='')}")
    reader.page.reload()
    expect(reader.page.locator("#query")).to_have_value("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("word", ["projek", "ice:Proj", "Пр"])
def test_names_are_completed_by_what_people_call_them(reader: Reader, word: str) -> None:
    """In any language of the labels; the prefix is declared."""
    reader.open()
    reader.page.fill("#query", "")
    reader.page.focus("#query")
    reader.page.wait_for_load_state("networkidle")
    reader.page.wait_for_timeout(200)
    reader.page.keyboard.type(f"SELECT * {{ ?x a {word}")
    names = reader.page.locator(".names li")
    if word == "Пр":
        expect(reader.page.locator(".names")).to_be_hidden()
        return
    expect(names.first).to_contain_text("ice:Project")
    reader.page.keyboard.press("Enter")
    assert reader.page.input_value("#query").startswith("PREFIX ice: <https://w3id.org/ice-edu/def#>\nSELECT")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, PHONE, DESKTOP])
def test_the_page_fits_every_screen(browser: Browser, address: str, width: int, scheme: Scheme) -> None:
    """Nothing is wider than the screen, and everything can be read."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    reader = Reader(context.new_page(), address)
    reader.open("lv")
    reader.ask("SELECT ?tips (COUNT(*) AS ?skaits) { ?x a ?tips } GROUP BY ?tips ORDER BY DESC(?skaits) LIMIT 12")
    assert reader.page.evaluate(WIDE) == []
    # the letters of the field are transparent: those beneath it have the colours
    assert [text for text in reader.page.evaluate(CONTRAST) if "TEXTAREA." not in text] == []
    photograph(reader.page, f"query.{width}.{scheme}.png", full_page=True)
    context.close()


def test_without_scripts_the_page_leads_elsewhere(browser: Browser, address: str) -> None:
    """To the ready-made queries and to the dumps; there is no field that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}query.en.html")
    expect(page.locator("#ask")).to_be_hidden()
    assert page.locator("#no-scripts").get_by_role("link").count() == 2
    context.close()


def test_without_the_engine_the_page_says_so(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a machine where it could not be made; the site is built all the same."""
    monkeypatch.setattr(vendor, "FOLDER", tmp_path)
    files = {artifact.path: artifact for artifact in html.renderer(site).whole() if artifact.path.startswith("query.")}
    text = b"".join(files["query.en.html"].chunks()).decode()
    assert "data-able" not in text
    assert "was built without the engine" in text
