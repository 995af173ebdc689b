"""Findings as a page."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from saite.report import write
from saite.report.names import visible
from saite.terms import NamedNode

from .samples import FINDINGS, HOSTILE, NAMES

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Elements with their attributes, in order; texts by element; complains of what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, the one that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """A text."""
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self) -> str:
        """All texts but styles."""
        return "".join(data for tag, data in self.texts if tag != "style")


@pytest.mark.parametrize("language", ["en", "lv"])
def test_the_page_stands_alone_and_is_accessible(language: str) -> None:
    """Complete HTML: language, title, one h1, headings in order, main, skip link, table headers; nothing fetched."""
    page = Page(write(FINDINGS, "html", language, names=NAMES, title="Mana vietne"))
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main")) == 1
    assert page.all("meta")[1]["name"] == "viewport"
    headings = [tag for tag, _ in page.elements if tag in ("h1", "h2", "h3")]
    assert headings == ["h1", *["h2"] * len(page.all("section"))]
    assert page.all("a")[0]["href"] == "#findings"
    assert {th["scope"] for th in page.all("th")} == {"col"}
    assert len(page.all("caption")) == 1
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    targets = {str(a["href"])[1:] for a in page.all("a") if str(a["href"]).startswith("#")}
    assert targets <= ids
    assert {s["aria-labelledby"] for s in page.all("section")} <= ids
    assert not {"script", "img", "link", "iframe", "form"} & {tag for tag, _ in page.elements}
    assert all("src" not in attributes for _, attributes in page.elements)
    assert "url(" not in write(FINDINGS, "html", language)


def test_all_of_a_finding_is_on_the_page() -> None:
    """Message, place, node with label and link, property, value, cure; severity in words and not by colour alone."""
    page = Page(write(FINDINGS[:3], "html", "lv", names=NAMES))
    text = page.text()
    for expected in (
        "Trūkst nosaukuma.",
        "data/ā b.ttl:12:3",
        "ex:a",
        "Pirmais",
        "rdfs:label",
        "Pievienojiet rdfs:label.",
        "pārkāpums",
        "brīdinājums",
        '"2020-12-03"^^<http://www.w3.org/2001/XMLSchema#date>',
        "2 pārkāpumi, 1 brīdinājums",
    ):
        assert expected in text
    assert {"href": "http://e/id/a"} in page.all("a")
    assert {"href": "http://e/shapes#S"} in page.all("a")


def test_texts_in_another_language_say_so() -> None:
    """A Latvian message on an English page is marked as Latvian."""
    page = Page(write(FINDINGS[2:3], "html", "en", names=NAMES))
    assert {"lang": "lv"} in page.all("bdi")
    assert {"lang": "en"} not in page.all("bdi")


def test_hostile_texts_are_only_texts() -> None:
    """Markup in messages, labels, literals and file names is shown, not obeyed; control characters show as codes."""
    page = Page(write(FINDINGS, "html", "en", names=NAMES, title=HOSTILE))
    assert page.all("script") == []
    assert visible(HOSTILE) in page.text()
    assert "\x1b" not in page.text()
    assert "\u202e" not in page.text()


def test_an_iri_with_script_is_no_link() -> None:
    """javascript: IRIs are shown, never linked."""
    bad = replace(FINDINGS[0], focus=NamedNode("javascript:alert(1)"), rule="javascript:alert(2)")
    page = Page(write([bad], "html"))
    assert "javascript:alert(1)" in page.text()
    assert [a for a in page.all("a") if "javascript" in str(a["href"])] == []


def test_the_page_of_nothing_is_good_news() -> None:
    """Without findings there is a whole page that says so."""
    page = Page(write([], "html", "lv", title="Vietne"))
    assert "Nav ko labot: dati ievēro visus noteikumus." in page.text()
    assert page.all("table") == []
    assert len(page.all("h1")) == 1
