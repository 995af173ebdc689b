"""The SPARQL editor in a real browser, under the policy that the endpoint sends."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from tests.pictures import photograph
from tests.serve.sparql.conftest import BASE, QUADS
from tests.serve.sparql.served import Served, served

from saite.config import Config
from saite.render.html.assets import FOLDER
from saite.serve.sparql.page import Example

from .test_pages import CONTRAST, DESKTOP, PHONE, WIDE, Scheme

EXAMPLES = [
    Example("all", {"lv": "Viss", "en": "Everything"}, "SELECT * WHERE { ?s ?p ?o }\n"),
    Example("five", {"lv": "Pieci", "en": "Five"}, "ASK { ?s ?p 5 }\n"),
]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An endpoint beside the style sheet of a site."""
    home = tmp_path_factory.mktemp("sparql")
    title = {"lv": "Paraugs", "en": "Sample"}
    config = Config(root=home, base=BASE, languages=("lv", "en"), title=title, prefixes={"ex": BASE})
    with served(home, QUADS, None, config, EXAMPLES, [Mount("/assets", StaticFiles(directory=FOLDER))]) as running:
        yield running


@pytest.fixture
def page(browser: Browser, endpoint: Served) -> Iterator[Page]:
    """The page in English; an error in the console fails the test, save for those that the test asks for."""
    context = browser.new_context(viewport={"width": DESKTOP, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{endpoint.url}?lang=en")
    page.wait_for_selector(".editor")
    yield page
    context.close()
    assert [text for text in said if "400 (Bad Request)" not in text] == []


def write(page: Page, text: str) -> None:
    """Types a query anew."""
    page.fill("#query", "")
    page.focus("#query")
    page.keyboard.type(text)


def test_the_editor_asks_and_shows_the_answer(page: Page) -> None:
    """Ctrl+Enter asks; the table comes without a new page, and its address can be passed on."""
    page.evaluate("window.same = true")
    write(page, "SELECT ?o { ?s ex:p ?o ")
    page.keyboard.press("Escape")
    page.fill("#query", "PREFIX ex: <http://example.org/> SELECT ?o { ?s ex:p ?o } ORDER BY ?o")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#result table")
    assert page.locator("#result tbody tr").count() == 3
    expect(page).to_have_url(re.compile("query=PREFIX"))
    assert page.evaluate("window.same") is True
    page.reload()
    expect(page.locator("#result tbody tr")).to_have_count(3)


def test_the_editor_completes_names_and_their_prefixes(page: Page) -> None:
    """A name of the vocabulary in use is offered; taking it declares its prefix."""
    page.wait_for_function("fetch('./sparql/terms.json').then((r) => r.json()).then((v) => v.terms.length > 0)")
    page.reload()
    page.wait_for_load_state("networkidle")
    write(page, "SELECT * { ?s ex:")
    page.wait_for_selector("#names li")
    assert page.locator("#names li").all_text_contents() == ["ex:p", "ex:q"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#query") == "PREFIX ex: <http://example.org/>\nSELECT * { ?s ex:q"
    page.keyboard.type(" ?o }")
    page.keyboard.press("Control+z")
    assert page.input_value("#query") != "PREFIX ex: <http://example.org/>\nSELECT * { ?s ex:q ?o }"


def test_the_editor_colours_and_numbers(page: Page) -> None:
    """Each kind of token has its colour; a line has its number, and the wrong one is marked."""
    page.fill("#query", '# who\nSELECT * {\n  ?s ex:p "x" FILTR }')
    colours = page.locator(".colours")
    assert colours.locator(".q-comment").text_content() == "# who"
    assert colours.locator(".q-keyword").all_text_contents() == ["SELECT"]
    assert colours.locator(".q-variable, .q-name, .q-string").all_text_contents() == ["?s", "ex:p", '"x"']
    assert page.locator(".line-numbers span").count() == 3
    page.press("#query", "Control+Enter")
    page.wait_for_selector(".problem")
    assert page.locator(".line-numbers .wrong").text_content() == "3"
    assert "Did you mean FILTER?" in str(page.text_content(".problem"))


def test_the_editor_lets_the_keyboard_go(page: Page) -> None:
    """Tab indents; Escape, then Tab leaves (WCAG 2.2, 2.1.2)."""
    write(page, "ASK {}")
    page.keyboard.press("Tab")
    assert page.input_value("#query") == "ASK {}  "
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "format"


def test_examples_are_taken_into_the_editor(page: Page) -> None:
    """A click on one fills the editor; Ctrl+Z brings back what was there."""
    write(page, "ASK {}")
    page.click(".examples summary")
    page.click(".examples li:nth-child(2) a")
    assert page.input_value("#query") == EXAMPLES[1].text
    page.keyboard.press("Control+Enter")
    assert page.wait_for_selector(".verdict")
    page.keyboard.press("Control+z")
    assert page.input_value("#query") == "ASK {}"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")])
def test_the_page_is_sound(browser: Browser, endpoint: Served, width: int, scheme: Scheme, scripts: bool) -> None:
    """With and without scripts: enough contrast, nothing too wide, and an answer to a query from the form."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{endpoint.url}?lang=lv")
    page.fill("#query", "SELECT * { ?s ?p ?o } ORDER BY ?s")
    page.click("button[type=submit]")
    page.wait_for_selector("#result table")
    assert page.locator("#result tbody tr").count() == 4
    if scripts:
        # the text of the field itself cannot be seen: its colours stand behind it
        assert [text for text in page.evaluate(CONTRAST) if "TEXTAREA." not in text] == []
        assert [wide for wide in page.evaluate(WIDE) if "PRE." not in wide] == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    photograph(page, f"sparql-{width}-{scheme}-{'script' if scripts else 'plain'}.png", full_page=True)
    context.close()
