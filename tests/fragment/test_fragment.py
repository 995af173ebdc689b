"""Links that lead to words: encoded as they should be, and to the right place for every quote of ours."""

import html
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from tests.shared import seed

from saite import config
from saite.fragment import to_words
from saite.graph import load
from saite.terms import Literal, NamedNode

ROOT = Path(__file__).parents[2]
ICE = "https://w3id.org/ice-edu/def#"
SEED = "cooperation-with-central-asia.lv.txt"


def parts(address: str) -> list[str]:
    """The words that a link looks for: the whole text, or its beginning and its end."""
    return [unquote(part) for part in address.partition(":~:text=")[2].split(",")]


def found(page: str, address: str) -> tuple[int, int] | None:
    """Where a browser finds the words: the first place between borders of words (section 3.5 of the specification)."""
    first, *last = parts(address)
    begin = re.search(rf"(?<!\w){re.escape(first)}" + ("" if last else r"(?!\w)"), page)
    if begin is None or not last:
        return begin.span() if begin else None
    end = re.compile(rf"{re.escape(last[0])}(?!\w)").search(page, begin.end())
    return (begin.start(), end.end()) if end else None


@given(st.text(), st.sampled_from(["https://example.org/", "http://example.org/x#y"]))
def test_the_words_come_back(words: str, address: str) -> None:
    """Nothing in them is taken for a sign of the directive, and nothing else of the address changes."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return
    link = to_words(address, words)
    text = " ".join(words.split())
    if not re.sub(r"\s+", " ", words).strip():
        assert link == address
        return
    assert link.startswith(f"{address}:~:" if "#" in address else f"{address}#:~:text=")
    directive = link.partition(":~:text=")[2]
    assert not set(directive.replace(",", "", 1)) & set('-&,# <>"')
    assert len(parts(link)) == 2 or parts(link)[0].split() == text.split()
    assert all(part in re.sub(r"\s+", " ", words) for part in parts(link))


@pytest.mark.parametrize("address", ["", "urn:x", "javascript:alert(1)", "ftp://example.org/"])
def test_other_addresses_stay_as_they_are(address: str) -> None:
    """Only pages of the web have words to lead to."""
    assert to_words(address, "words") == address


def quotes() -> list[tuple[str, str]]:
    """The quotes of our data, each with which occurrence it is."""
    store, _ = load(ROOT, config.load(ROOT))
    found = []
    for quad in store.quads(None, NamedNode(f"{ICE}quote")):
        assert isinstance(quad.object, Literal)
        assert isinstance(quad.subject, NamedNode)
        places = [q.object for q in store.quads(quad.subject, NamedNode(f"{ICE}quotePosition"))]
        place = next((one.value for one in places if isinstance(one, Literal)), "1")
        found.append((quad.object.value, place))
    return found


def test_every_quote_of_ours_is_found_where_it_stands() -> None:
    """By the rules of browsers, over the text of the page: the first occurrence, and from end to end."""
    page = re.sub(r"\s+", " ", seed(SEED).read_text(encoding="utf-8"))
    ours = [text for text, place in quotes() if place == "1"]
    assert len(ours) > 300
    for text in ours:
        plain = re.sub(r"\s+", " ", text).strip()
        assert found(page, to_words("https://example.org/", text)) == (
            page.index(plain),
            page.index(plain) + len(plain),
        ), text


@pytest.fixture
def page() -> Iterator[str]:
    """The page of the ministry as a file server has it; every sentence is a screen below the last one."""
    lines = seed(SEED).read_text(encoding="utf-8").split("\n")
    body = "".join(f"<p style='height: 1500px'>{html.escape(line)}</p>" for line in lines if line.strip())
    content = f"<!DOCTYPE html><meta charset=utf-8><title>x</title>{body}".encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_browser_goes_to_the_words(browser: Browser, page: str) -> None:
    """Chromium scrolls to the paragraph in which a quote stands, far below the top."""
    text = next(text for text, place in quotes() if place == "1" and "Taškent" in text and len(text) > 20)
    opened = browser.new_page()
    opened.goto(to_words(page, text))
    opened.wait_for_function("scrollY > 500")
    shown = opened.evaluate("document.elementFromPoint(100, innerHeight / 2).innerText")
    assert " ".join(text.split()) in " ".join(shown.split())
    opened.close()
    assert quote("–", safe="") in to_words(page, "2018–2020")
