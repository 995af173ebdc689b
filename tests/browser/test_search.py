"""Search in a real browser: what is found, by keyboard, on a phone, in both languages, and without scripts."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect
from tests.pictures import photograph

from saite import config
from saite.fields import POLICY
from saite.graph import load, public
from saite.matching.names import NAME_PROPERTIES
from saite.matching.normal import _CYRILLIC, _LATIN
from saite.render import html, search
from saite.render.search.words import key, keys, near, words
from saite.site import build_site
from saite.site.model import Site
from saite.terms import Literal

from .conftest import ROOT, put
from .test_pages import CONTRAST, DESKTOP, PHONE, WIDE, Scheme

VET_PROJECT, VET_EVENT = "project/vet-2019", "event/vet-seminar-2019"
COUNTRY, CONCEPT = "country/kazakhstan", "concept/topic-vocational-education"

SEARCHES = [
    ("Kazahstana", COUNTRY),
    ("kazahstān", COUNTRY),
    ("Казахстан", COUNTRY),
    ("Kazakstan", COUNTRY),
    ("KAZAKHSTAN", COUNTRY),
    ("azahstana", COUNTRY),
    ("profesionālā izglītība", CONCEPT),
    ("profesionālās izglītības jomā", VET_PROJECT),
    ("profesionālās izglītības jomā", CONCEPT),
    ("VET", VET_PROJECT),
    ("VET", VET_EVENT),
    ("IZM", "institution/ministry-of-education-and-science-latvia"),
    ("vet qqqqq", VET_PROJECT),
    ("ministries educatoin", "institution/ministry-of-education-and-science-latvia"),
]
"""What is asked for, and what is to be among the first five."""


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
    chosen = config.load(ROOT)
    store, _ = load(ROOT, chosen)
    return build_site(public(store, chosen), chosen)


@pytest.fixture(scope="module")
def home(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its pages of the whole, one of a country, and its index, below a path of a plain file server."""
    out: Path = tmp_path_factory.mktemp("search")
    for made in (html.renderer(site), search.renderer(site)):
        for artifact in made.whole():
            put(out / "own" / artifact.path, artifact.chunks())
    country = site.addresses.node(COUNTRY)
    resource = site.resource(country) if country is not None else None
    assert resource is not None
    for artifact in html.renderer(site).resource(resource):
        put(out / "own" / artifact.path, artifact.chunks())
    handler = functools.partial(_Guarded, directory=str(out))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/own"
        server.shutdown()
        thread.join()


@pytest.fixture(params=[("lv", DESKTOP), ("en", PHONE)], ids=lambda one: f"{one[0]}-{one[1]}")
def page(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Page]:
    """The search page in a language, at a width; an error in the console, or another host, fails the test."""
    language, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith(home) else None)
    page.goto(f"{home}/search.{language}.html")
    yield page
    context.close()
    assert said == []


def language_of(page: Page) -> str:
    """The language that the page says it has."""
    return str(page.evaluate("document.documentElement.lang"))


def documents(page: Page) -> list[str]:
    """What was found, in order."""
    end = f".{language_of(page)}.html"
    return [str(link.get_attribute("href")).removesuffix(end) for link in page.locator("#search-results a").all()]


def status(page: Page) -> str:
    """What is announced."""
    return page.locator("#search-status").inner_text()


def asked(page: Page) -> dict[str, list[str]]:
    """What the address of the page says."""
    return parse_qs(urlsplit(page.url).query)


def see_asked(page: Page, wanted: dict[str, list[str]]) -> None:
    """Waits until that is what the address says."""
    page.wait_for_function(
        "(wanted) => `${new URLSearchParams(location.search)}` === wanted", arg=urlencode(wanted, True)
    )


def look_for(page: Page, text: str) -> None:
    """Types a question and waits for what is found."""
    page.fill("#search-text", text)
    expect(page.locator("#search-status")).not_to_have_text("")
    page.wait_for_function("text => new URL(location).searchParams.get('q') === text.trim()", arg=text)
    page.wait_for_selector("#search-results[aria-busy=false]", state="attached")


@pytest.mark.parametrize(("text", "document"), SEARCHES)
def test_it_finds(page: Page, text: str, document: str) -> None:
    """Other forms, scripts and spellings, typing errors, short names: what one expects is among the first five."""
    look_for(page, text)
    page.wait_for_selector("#search-results a")
    assert document in documents(page)[:5]
    assert page.locator("#search-results mark").count()


def test_a_country_comes_before_what_mentions_it(page: Page) -> None:
    """Who writes the name of a thing finds the thing first."""
    look_for(page, "Kazahstāna")
    expect(page.locator("#search-results a").first).to_have_attribute("href", f"{COUNTRY}.{language_of(page)}.html")


def test_it_finds_while_somebody_types(page: Page) -> None:
    """Each letter more narrows what is found; nothing has to be sent."""
    page.focus("#search-text")
    page.keyboard.type("uzbek", delay=20)
    first = page.locator("#search-results a").first
    expect(first).to_have_attribute("href", f"country/uzbekistan.{language_of(page)}.html")
    expect(page).to_have_url(re.compile(r"\?q=uzbek$"))


def test_the_reason_is_told(page: Page) -> None:
    """Found by another name, or by its address: it says so, in the words that were found."""
    latvian = language_of(page) == "lv"
    look_for(page, "vocational education" if latvian else "profesionālā izglītība")
    also = page.locator("#search-results li", has=page.locator(f"a[href^='{CONCEPT}']")).locator(".also")
    expect(also).to_contain_text(
        "Saukts arī: vocational education" if latvian else "Also called: profesionālā izglītība"
    )
    assert also.locator("span").get_attribute("lang") == ("en" if latvian else "lv")
    look_for(page, "VET")
    expect(page.locator(".also").first).to_contain_text("Adresē: " if latvian else "In the address: ")


def test_what_is_found_is_announced(page: Page) -> None:
    """The number stands in a region that programs read aloud, in the plural form that it wants."""
    assert page.locator("#search-status").get_attribute("role") == "status"
    look_for(page, "VET")
    assert status(page) == ("2 rezultāti" if language_of(page) == "lv" else "2 results")


def test_what_is_typed_while_the_index_comes_is_what_is_told_of(page: Page) -> None:
    """The look that was under way does not tell that nothing was found of a question that it was not asked."""
    held: list[Route] = []
    page.route("**/search/data/manifest.json", lambda route: held.append(route))
    page.reload(wait_until="domcontentloaded")
    page.evaluate(
        """() => {
            window.told = [];
            const status = document.getElementById("search-status");
            new MutationObserver(() => window.told.push(status.textContent)).observe(status, { childList: true });
        }"""
    )
    while not held:
        page.wait_for_timeout(20)
    page.locator("#search-text").press_sequentially("VET")
    held[0].continue_()
    page.wait_for_selector("#search-results a")
    assert page.evaluate("window.told") == [status(page)]


def test_kinds_narrow_what_is_found(page: Page) -> None:
    """Each kind tells how many there are; a chosen one is pressed and in the address, and can be let go."""
    look_for(page, "Kazahstāna")
    every = documents(page)
    button = page.locator("#search-kinds button[value=Country]")
    expect(button).to_contain_text("1")
    button.click()
    expect(page.locator("#search-results li")).to_have_count(1)
    assert documents(page) == [COUNTRY]
    see_asked(page, {"q": ["Kazahstāna"], "type": ["Country"]})
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    expect(page.locator("#search-results li")).to_have_count(len(every))
    see_asked(page, {"q": ["Kazahstāna"]})


def test_an_address_can_be_passed_on(page: Page) -> None:
    """It brings back the question, the kind and what was found; the other language has the same."""
    look_for(page, "izglītības")
    page.locator("#search-kinds button[value=Country]").or_(page.locator("#search-kinds button").nth(1)).first.click()
    expect(page.locator("#search-kinds [aria-pressed=true]")).to_have_count(1)
    expect(page).to_have_url(re.compile("&type="))
    before = documents(page)
    question = asked(page)
    page.reload()
    page.wait_for_selector("#search-results a")
    assert documents(page) == before
    page.click(".languages a")
    page.wait_for_selector("#search-results a")
    see_asked(page, question)


def test_the_keyboard_is_enough(page: Page) -> None:
    """Slash goes to the field, arrows among what was found, Escape back and then empties, Enter opens."""
    page.keyboard.press("/")
    focus = "document.activeElement.id || document.activeElement.getAttribute('href')"
    assert page.evaluate(focus) == "search-text"
    page.keyboard.type("kazahstana")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results a")
    first, second = documents(page)[:2]
    end = f".{language_of(page)}.html"
    for press, wanted in (
        ("ArrowDown", first + end), ("ArrowDown", second + end), ("ArrowUp", first + end), ("ArrowUp", "search-text"),
        ("ArrowDown", first + end), ("Escape", "search-text"),
    ):  # fmt: skip
        page.keyboard.press(press)
        assert page.evaluate(focus) == wanted
    page.keyboard.press("Escape")
    expect(page.locator("#search-results")).to_be_hidden()
    assert page.input_value("#search-text") == ""
    see_asked(page, {})
    page.keyboard.type("kazahstana")
    page.wait_for_selector("#search-results a")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(url=f"**/{first}{end}"):
        page.keyboard.press("Enter")
    page.go_back()
    page.wait_for_selector("#search-results a")


def test_long_lists_come_in_parts(page: Page) -> None:
    """Twenty at a time; the focus goes on to the first that is new."""
    look_for(page, "a")
    expect(page.locator("#search-results li")).to_have_count(20)
    page.click("#search-more")
    expect(page.locator("#search-results li")).to_have_count(40)
    assert page.evaluate("[...document.querySelectorAll('#search-results a')].indexOf(document.activeElement)") == 20


def test_nothing_found_comes_with_help(page: Page) -> None:
    """It says so and what to try, and the lists stand below; a question is a text and never markup."""
    expect(page.locator("#search-help")).to_be_visible()
    look_for(page, "<b>qwqwq</b> vbvbv")
    assert "„<b>qwqwq</b> vbvbv”" in status(page) or "“<b>qwqwq</b> vbvbv”" in status(page)
    assert page.locator("#search-status b").count() == 0
    expect(page.locator("#search-help")).to_be_visible()
    look_for(page, "VET")
    expect(page.locator("#search-help")).to_be_hidden()


def test_only_what_is_needed_is_loaded(browser: Browser, home: str) -> None:
    """Other pages load no script; the page itself reads the manifest first, and of the index what a word needs."""
    page = browser.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url.removeprefix(f"{home}/")))
    page.goto(f"{home}/index.lv.html")
    page.wait_for_load_state("networkidle")
    assert not [path for path in asked_for if path.endswith((".js", ".json"))]
    page.fill("header input[name=q]", "Kazahstāna")
    page.press("header input[name=q]", "Enter")
    page.wait_for_selector("#search-results a")
    page.wait_for_load_state("networkidle")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["Kazahstāna"]}
    read = sorted({path.partition("?")[0] for path in asked_for if path.endswith(".json")})
    assert "search/data/manifest.json" in read
    assert not [path for path in read if path.startswith("search/data/n")]
    page.context.close()


def test_scripts_are_small() -> None:
    """Less than 16 kB together, as they lie there."""
    assert sum(path.stat().st_size for path in (Path(html.__file__).parent / "assets").glob("search*.js")) < 16_000


def test_an_index_that_cannot_be_read_is_told(browser: Browser, home: str) -> None:
    """The page says so, and its lists lead on."""
    page = browser.new_page()
    page.route("**/search/data/*", lambda route: route.abort())
    page.goto(f"{home}/search.en.html?q=VET")
    expect(page.locator("#search-status")).to_contain_text("cannot be loaded")
    expect(page.locator("#search-help")).to_be_visible()
    page.unroute("**/search/data/*")
    page.fill("#search-text", "VET ")
    page.wait_for_selector("#search-results a")
    page.context.close()


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_without_scripts_there_are_lists(browser: Browser, home: str, language: str, width: int) -> None:
    """The form in the header leads to a page that says what it cannot, and to all things from A to Z."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}/browse/class/Event.{language}.html")
    page.fill("header input[name=q]", "Kazahstāna")
    page.press("header input[name=q]", "Enter")
    expect(page).to_have_url(f"{home}/search.{language}.html?q=Kazahst%C4%81na")
    expect(page.locator("noscript .note, .note").first).to_be_visible()
    expect(page.locator("#search-more")).to_be_hidden()
    page.click("#search-help p a")
    expect(page).to_have_url(f"{home}/search/all.{language}.html")
    page.click(".letters >> text=K")
    expect(page).to_have_url(re.compile("#letter-"))
    expect(page.locator(f"main a[href='../{COUNTRY}.{language}.html']")).to_be_visible()
    photograph(page, f"search-all-{language}-{width}.png")
    context.close()


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("lv", DESKTOP, "light"), ("lv", PHONE, "dark"), ("en", DESKTOP, "dark"), ("en", PHONE, "light")],
)
@pytest.mark.parametrize("text", ["", "profesionālās izglītības jomā", "VET", "qqqqq"])
def test_the_page_is_sound(browser: Browser, home: str, language: str, width: int, scheme: Scheme, text: str) -> None:
    """Enough contrast, nothing too wide, everything named, in each state; a picture is kept for a person to look at."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{home}/search.{language}.html?q={quote(text)}")
    if text:
        expect(page.locator("#search-status")).not_to_have_text("")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate(WIDE) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    unnamed = "[...document.querySelectorAll('input, button')].filter((e) => e.checkVisibility() && !(e.ariaLabel ||"
    assert page.evaluate(f"{unnamed} e.labels?.length || e.textContent.trim())).length") == 0
    photograph(page, f"search-{text.partition(' ')[0] or 'empty'}-{language}-{width}-{scheme}.png")
    context.close()


# -- the program in the browser makes of words what the one that builds makes of them --

_SAME = """async ([at, texts]) => {
  const { words, key, near } = await import(at);
  return texts.map((text) => words(text).map((word) => [word, key(word), near(key(word))]));
}"""


@pytest.fixture(scope="module")
def plain(browser: Browser, home: str) -> Iterator[Page]:
    """A page beside the programs."""
    page = browser.new_page()
    page.goto(f"{home}/assets/saite.svg")
    yield page
    page.context.close()


def same(page: Page, texts: list[str]) -> None:
    """Both make the same of some texts."""
    at = page.url.replace("saite.svg", "search-words.js")
    found: list[Any] = page.evaluate(_SAME, [at, texts])
    for text, made in zip(texts, found, strict=True):
        assert made == [[word, key(word), list(near(key(word)))] for word in words(text)], text


def test_labels_are_the_same_in_python_and_in_the_browser(plain: Page, site: Site) -> None:
    """All names of our site, in all languages."""
    texts = {
        quad.object.value
        for predicate in NAME_PROPERTIES
        for quad in site.quads(None, predicate)
        if isinstance(quad.object, Literal)
    }
    assert len(texts) > 500
    same(plain, sorted(texts))
    assert keys("Казахстан") == keys("Kazahstānas")


def test_all_letters_are_the_same(plain: Page) -> None:
    """Those that have a Latin letter of their own, and all of the scripts from Latin to Arabic, alone and in a word."""
    letters = [*_CYRILLIC, *_LATIN, *map(chr, range(0x21, 0x600)), *map(chr, range(0x1E00, 0x2000))]
    same(plain, [f"{before}{letter}{after}" for letter in letters for before, after in (("", ""), ("ab", "cd"))])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=30),
            st.text("aābcčdeēijksšzžtuūvy' ", max_size=40),
            st.text("абвгжзийхцчшщьэюяқғ ", max_size=40),
        ),
        max_size=40,
    )
)
def test_any_text_is_the_same(plain: Page, texts: list[str]) -> None:
    """Whatever is written, in whichever script."""
    same(plain, texts)
