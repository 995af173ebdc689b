"""A site of another domain by configuration alone: languages, search, facets, views, and no violation."""

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.render_html.checks import elements, faults, parse, text_of

from saite.cli.main import run

SITE = Path(__file__).parents[1] / "sites" / "resource-types"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as an editor does it."""
    folder = tmp_path_factory.mktemp("second")
    shutil.copytree(SITE, folder / "source")  # a build leaves a note beside what it was made from
    assert run(["build", str(folder / "source"), "-o", str(folder / "site")]) == 0
    return folder / "site"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """A plain file server over it."""
    handler = functools.partial(_Quiet, directory=str(built))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def heading(built: Path, path: str) -> str:
    """What a page is called."""
    return text_of(next(elements(parse((built / path).read_bytes()), "h1")))


def test_it_needs_no_program_and_has_no_violation(capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing but settings, data and queries; the check finds nothing to mend."""
    endings = {path.suffix for path in SITE.rglob("*") if path.is_file()}
    assert endings == {".toml", ".ttl", ".rq", ".md"}
    assert run(["check", str(SITE), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["violation"] == 0


def test_pages_are_in_its_three_languages(built: Path) -> None:
    """Each concept by its name in the language of the page; every page is valid."""
    names = [heading(built, f"resource_type/c_0040.{tag}.html") for tag in ("en", "es", "ru")]
    assert names == ["manuscript", "manuscrito", "рукопись"]
    assert heading(built, "index.es.html") == "Tipos de recursos"
    for path in built.rglob("*.html"):
        assert faults(path.read_bytes()) == [], path


def test_names_in_other_languages_have_their_direction(built: Path) -> None:
    """Arabic is written from right to left, on a page that is not."""
    page = (built / "resource_type/c_18cf.en.html").read_text(encoding="utf-8")
    assert '<span lang="ar" dir="rtl">' in page


def test_lists_are_narrowed_by_what_the_settings_name(built: Path) -> None:
    """By the broader concept, with counts; a page for each value, which works without scripts."""
    page = parse((built / "browse/class/skos-Concept.en.html").read_bytes())
    links = {
        text_of(item): item.get("href") for item in elements(page, "a") if "skos-Concept~" in (item.get("href") or "")
    }
    assert "text" in links
    chosen = (built / "browse/class" / str(links["text"])).read_text(encoding="utf-8")
    below = (
        (SITE / "data/resource-types.ttl")
        .read_text(encoding="utf-8")
        .count("core#broader> <http://purl.org/coar/resource_type/c_18cf>")
    )
    assert below > 10
    assert f"{below} entries" in chosen


def test_views_are_drawn_and_stand_where_the_settings_want_them(built: Path) -> None:
    """A network with a picture; a list on the page of each concept; figures on the front page."""
    assert "<svg" in (built / "views/tree.en.html").read_text(encoding="utf-8")
    assert (built / "views/tree.es.svg").exists()
    page = (built / "resource_type/c_18cf.es.html").read_text(encoding="utf-8")
    assert "Más específicos que texto" in page
    assert "carta al director" not in page.split("Más específicos")[1].split("</section>")[0]
    front = (built / "index.ru.html").read_text(encoding="utf-8")
    assert "С чего начать" in front
    assert "Типы по году добавления" in front


@pytest.mark.parametrize(
    ("language", "said", "found"),
    [
        ("en", "journal article", "c_6501"),
        ("en", "manuscirpt", "c_0040"),
        ("es", "articulo de revista", "c_6501"),
        ("es", "тезис", "c_46ec"),
        ("ru", "рукопись", "c_0040"),
        ("ru", "Yazma eser", "c_0040"),
    ],
)
def test_search_finds_names_in_any_language(
    browser: Browser,
    address: str,
    language: str,
    said: str,
    found: str,
) -> None:
    """Without diacritics, with a typing error, in a language that no page is in."""
    page: Page = browser.new_page()
    page.goto(f"{address}search.{language}.html?q={quote(said)}")
    results = page.locator("#search-results a")
    expect(results.first).to_be_visible()
    assert any(found in str(link.get_attribute("href")) for link in results.all()[:5])
    page.close()
