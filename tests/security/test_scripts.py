"""Data that would like to be a program: all pages of a hostile site, in a real browser, as the door serves them."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, sync_playwright
from tests.any_rdf.browsing import ARGUMENTS
from tests.contract.doors import served
from tests.programs import chromium

from saite import manifest
from saite.manifest import Entry
from saite.query.endpoint import endpoint
from saite.render.xmlnames import split
from saite.serve.door.application import Door
from saite.serve.sparql.limits import Limits

from .hostile import ATTACKS, IRIS, RUN, hostile

LINKS = (
    "[...document.querySelectorAll('[href],[src],[action],[formaction],[data-query]')].flatMap((one) =>"
    " ['href', 'src', 'action', 'formaction'].map((name) => one.getAttribute(name)))"
    ".filter((at) => at && /^[\\s\\u0000-\\u0020]*(javascript|data|vbscript):/i.test(at))"
)
HANDLERS = (
    "[...document.querySelectorAll('*')].flatMap((one) => [...one.attributes].map((it) => it.name))"
    ".filter((name) => /^on|^srcdoc$/i.test(name))"
)


@dataclass
class Visited:
    """A browser before a hostile site."""

    site: Path
    url: str
    page: Page
    faults: list[str] = field(default_factory=list)

    def open(self, target: str, status: int = 200) -> None:
        """Opens a page, unfolds it, and notes whatever a page of ours must not do."""
        answer = self.page.goto(self.url + target)
        assert answer is not None
        assert answer.status == status, target
        policy = answer.headers["content-security-policy"]
        assert policy.replace(" 'wasm-unsafe-eval'", "").startswith(
            "default-src 'none'; script-src 'self'; style-src 'self'; "
        )
        assert "'unsafe-" not in policy
        self.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        self.judge(target)

    def judge(self, target: str) -> None:
        """Whether a script of the data ran or could."""
        if self.page.evaluate("'pwned' in window"):
            self.faults.append(f"{target}: a script of the data ran")
        self.faults += [f"{target}: links to {address}" for address in self.page.evaluate(LINKS)]
        self.faults += [f"{target}: has the attribute {name}" for name in self.page.evaluate(HANDLERS)]
        inline = self.page.evaluate(
            "[...document.scripts].filter((one) => !one.src && one.type !== 'application/ld+json').length"
        )
        if inline:
            self.faults.append(f"{target}: has {inline} scripts within it")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile site."""
    return hostile(tmp_path_factory.mktemp("hostile") / "source")


@pytest.fixture(scope="module")
def visited(site: Path) -> Iterator[Visited]:
    """A browser before the site and its endpoint."""
    path = chromium()
    with ExitStack() as stack:
        asked = stack.enter_context(endpoint(site.parent, Limits(processes=2)))
        port = stack.enter_context(served(Door(site, asked.routes()), asked))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        stack.callback(browser.close)
        page = browser.new_context().new_page()
        found = Visited(site, f"http://127.0.0.1:{port}/", page)
        page.on("console", lambda said: _said(found, said.text))
        page.on("pageerror", lambda error: found.faults.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: found.faults.append(f"{page.url}: dialog {dialog.message}"))
        page.on("popup", lambda popup: found.faults.append(f"{page.url}: opened {popup.url}"))
        page.on("download", lambda download: found.faults.append(f"{page.url}: download {download.url}"))
        page.on(
            "request",
            lambda request: None if request.url.startswith(found.url) else found.faults.append(request.url),
        )
        yield found


@pytest.fixture
def faults(visited: Visited) -> list[str]:
    """What was seen; empty at the beginning."""
    visited.faults.clear()
    return visited.faults


def _said(found: Visited, said: str) -> None:
    if not re.match(r"Failed to load resource: the server responded with a status of 4\d\d", said):
        found.faults.append(f"{found.page.url}: {said}")


def entries(site: Path) -> list[Entry]:
    """The files of the site."""
    with (site / manifest.FILE_NAME).open("rb") as lines:
        return list(manifest.read(lines))


def test_no_page_of_a_hostile_site_runs_anything(visited: Visited, faults: list[str]) -> None:
    """No script runs, no dialog opens, nothing is loaded from elsewhere, and the policy has nothing to refuse."""
    paths = [entry.path for entry in entries(visited.site)]
    seen: Counter[str] = Counter()
    pages = [path for path in paths if re.fullmatch(r"(?:index|report|shapes|free|r[0-3]|c1|q1)\.lv\.html", path)]
    for path in paths:
        kind = re.sub(r"\d+", "", path)
        if path.endswith(".en.html") and (seen[kind] < 5 or kind == "r.en.html"):
            seen[kind] += 1
            pages.append(path)
    kinds = {page.partition("/")[0].partition(".")[0] for page in pages}
    assert {"browse", "index", "report", "shapes", "free", "queries", "downloads", "def", "external", "scheme"} <= kinds
    assert len(pages) > 70
    for name in pages:
        visited.open(quote(name), 410 if name.startswith("gone.") else 200)
    assert faults == []


def test_the_attacks_are_there(visited: Visited, faults: list[str]) -> None:
    """The test above can fail: the texts are shown as they are, and without escaping they would run."""
    visited.open("r0.en.html")
    assert ATTACKS[0] in str(visited.page.text_content("main"))
    visited.open("report.en.html")
    assert ATTACKS[3] in str(visited.page.text_content("main"))
    visited.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.pwned=1>')")
    visited.page.wait_for_timeout(200)
    assert any("Content Security Policy" in fault for fault in faults), "the policy is what would stop it"
    other = visited.page.context.new_page()
    other.set_content(ATTACKS[0])
    assert other.evaluate("window.pwned") == 1, "a page without the policy runs it"
    other.close()


def test_no_page_of_the_endpoint_runs_anything(visited: Visited, faults: list[str]) -> None:
    """Whatever a link to it has in it: as query, language, form or example; in results, in errors, in the editor."""
    for attack in (*ATTACKS[:5], ATTACKS[12]):
        said = quote(attack, safe="")
        visited.open(f"sparql?lang=en&query={said}", 400)
        visited.open(f"sparql?lang={said}&example={said}")
        literal = quote(f"SELECT ({text_of(attack)} AS ?x) (<urn:'{RUN}> AS ?y) {{}}", safe="")
        visited.open(f"sparql?lang=en&query={literal}")
        assert attack in str(visited.page.text_content("#result"))
    visited.open("sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 400", safe=""))
    visited.open("sparql?query=" + quote("CONSTRUCT WHERE { ?s ?p ?o }", safe=""))
    visited.open("sparql?lang=en")
    visited.page.wait_for_selector(".editor")
    visited.page.fill("#query", f"SELECT * {{ ?s ?p {text_of(ATTACKS[0])} FILTER(?s != <https://example.org/x>) }}")
    visited.page.press("#query", "Control+Enter")
    visited.page.wait_for_selector("#result table")
    visited.page.focus("#query")
    visited.page.keyboard.type(" onl")
    visited.judge("the editor")
    assert faults == []


def test_no_page_of_an_error_runs_anything(visited: Visited, faults: list[str]) -> None:
    """Addresses that are markup come back as nothing at all."""
    for attack in ATTACKS[:6]:
        said = quote(attack, safe="")
        visited.open(said, 404)
        visited.open(f"a/{said}/b?{said}", 404)
        visited.open(f"{said}/x#{said}", 404)
    assert faults == []


def test_files_that_are_no_pages_are_not_taken_for_any(visited: Visited) -> None:
    """Each file has the media type that it was made for, and nosniff; pages are HTML, images and scripts ours."""
    for entry in entries(visited.site):
        assert entry.media_type.startswith("text/html") == entry.path.endswith(".html")
        assert "svg" not in entry.media_type or entry.path.startswith("assets/")
        assert "javascript" not in entry.media_type or entry.path.startswith("assets/")
    for path in ("r0.ttl", "r0.jsonld", "r0.nt", "dump/example.org.nq"):
        answer = visited.page.request.get(visited.url + path)
        assert answer.status == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]


def test_no_iri_leads_out_of_the_folder(visited: Visited) -> None:
    """Each has its page within the site; no segment is hidden (but for VoID), empty or one of dots."""
    known = (".saite-names.json", *(f".well-known/void.{form}" for form in ("ttl", "jsonld", "rdf")))
    for entry in entries(visited.site):
        segments = entry.path.split("/")
        assert all(segment and not segment.startswith(".") for segment in segments) or entry.path in known
        assert (visited.site / entry.path).resolve().is_relative_to(visited.site.resolve())
    for iri in IRIS:
        answer = visited.page.request.get(visited.url + "sparql?query=" + quote(f"ASK {{ <{iri}> ?p ?o }}", safe=""))
        assert answer.status == 200


def test_no_field_of_a_hostile_site_is_another(visited: Visited) -> None:
    """Names with line ends are encoded; links in fields are those that were meant."""
    for entry in entries(visited.site):
        if entry.document:
            headers = visited.page.request.get(visited.url + quote(entry.document), max_redirects=0).headers
            assert "set-cookie" not in headers
            assert all(value.isascii() and value.isprintable() for name, value in headers.items() if name != "link")
            for line in headers.get("link", "").splitlines():
                assert re.fullmatch(
                    r'(?:(?:, )?<[!-;=?-~]*>; rel="[a-z -]+"(?:; type="[a-z0-9+/-]+")?(?:; hreflang="[a-z-]+")?)*', line
                ), line


@given(st.sampled_from(["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"]), st.text(max_size=12))
def test_no_property_is_an_element_of_a_page(namespace: str, local: str) -> None:
    """RDF/XML that a browser shows as XML has no script: names of properties are as long as may be."""
    for iri in (namespace + local, namespace + "script"):
        found = split(iri)
        assert found is None or found[0] != namespace


def text_of(attack: str) -> str:
    """A text in SPARQL."""
    return '"' + attack.replace("\\", "\\\\").replace('"', '\\"') + '"'
