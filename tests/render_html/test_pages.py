"""Every page of a small site: valid, complete in each language, and linked to what exists."""

import posixpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from saite.errors import ConfigError, DataError
from saite.render.html import renderer
from saite.site.model import Listing
from saite.terms import NamedNode

from .checks import elements, faults, parse, text_of
from .conftest import artifacts, files, make_root
from .domain import EVENT, INSTITUTION, MINISTRY, PROJECT, domain_site
from .fake import FakeSite, iri, make_config

KINDS = [
    "404.html",
    "about.lv.html",
    "browse.en.html",
    "browse/class/Event.lv.html",
    "browse/property/startDate.lv.html",
    "browse/scheme/topics.en.html",
    "def.lv.html",
    "def/Project.en.html",
    "downloads.lv.html",
    "event/forum.lv.html",
    "event/old.lv.html",
    "index.lv.html",
    "project/vet.en.html",
    "project/vet~links-2.lv.html",
    "queries.lv.html",
    "queries/events.lv.html",
    "report.lv.html",
    "shapes.lv.html",
    "shapes/Project.en.html",
    "shapes/Project-start.lv.html",
]


def html(pages: dict[str, bytes]) -> dict[str, bytes]:
    """The HTML pages alone."""
    return {path: content for path, content in pages.items() if path.endswith(".html")}


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_is_there_and_valid(pages: dict[str, bytes], path: str) -> None:
    """Each kind parses without an error, has one h1, a language, a title, and no script or style of its own."""
    assert faults(pages[path]) == []


def test_no_page_at_all_is_faulty(pages: dict[str, bytes]) -> None:
    """What holds for the examples holds for every page."""
    assert {path: found for path, content in html(pages).items() if (found := faults(content))} == {}


def test_every_page_exists_in_every_language_and_as_the_first_languages_copy(pages: dict[str, bytes]) -> None:
    """``x.lv.html``, ``x.en.html`` and ``x.html``, the last the same bytes as the first."""
    stems = {path.removesuffix(".lv.html") for path in pages if path.endswith(".lv.html")}
    assert len(stems) > 30
    for stem in stems:
        assert pages[f"{stem}.html"] == pages[f"{stem}.lv.html"]
        assert f"{stem}.en.html" in pages


def test_a_site_of_one_language_has_each_page_once(tmp_path: Path) -> None:
    """``x.html`` alone: links, canonical address and menu lead there, and nothing tells of other languages."""
    site = FakeSite(make_config(tmp_path, "lv"))
    thing = iri("thing/a")
    site.label(thing, lv="Lieta")
    made = [a for resource in (site.add(thing),) for a in renderer(site).resource(resource)]
    made += renderer(site).whole()
    written = {one.path for one in made if one.path.endswith(".html")}
    wholes = ("404", "browse", "catalog", "def", "downloads", "index", "queries", "query", "report", "shapes")
    assert written == {*(f"{document}.html" for document in wholes), "search.html", "search/all.html", "thing/a.html"}
    page = next(one for one in made if one.path == "thing/a.html")
    assert (page.document, page.language) == ("thing/a", "lv")
    text = b"".join(page.chunks()).decode()
    assert '<link rel="canonical" href="https://example.org/thing/a.html">' in text
    assert '<a href="../browse.html"' in text
    assert "hreflang" not in text
    assert not [one.path for one in made if b".lv.html" in b"".join(one.chunks())]


def test_every_link_leads_to_a_file_and_every_fragment_to_an_element(pages: dict[str, bytes]) -> None:
    """Relative references resolve in the folder of pages itself, so that the site works from anywhere."""
    data = (".ttl", ".jsonld", ".nt", ".rdf", ".linkset.json", ".bib", ".ris", ".csl.json")
    anchors = {
        path: {e.attrib["id"] for e in parse(content).iter() if "id" in e.attrib}
        for path, content in html(pages).items()
    }
    broken = []
    for path, content in html(pages).items():
        for element in parse(content).iter():
            for key in ("href", "src"):
                link = urlsplit(element.attrib.get(key, "#"))
                if link.scheme or element.attrib.get("rel") == "canonical":
                    continue
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.path)))
                target = target if link.path else path
                if target.startswith("query.") and link.fragment.startswith(
                    ("query=", "name=")
                ):  # for its script to read
                    link = link._replace(fragment="")
                if target.startswith(("dump/", "table/", "datapackage.json", "SHA256SUMS")) or target.endswith(data):
                    continue
                if target not in pages or (link.fragment and unquote(link.fragment) not in anchors[target]):
                    broken.append((path, element.attrib[key]))
    assert broken == []


def test_pages_say_their_language_and_lead_to_the_same_page_in_the_other(pages: dict[str, bytes]) -> None:
    """``lang``, ``hreflang`` and the language switch agree."""
    root = parse(pages["event/forum.en.html"])
    html_element = next(elements(root, "html"))
    assert html_element.attrib["lang"] == "en"
    alternates = {e.attrib.get("hreflang"): e.attrib["href"] for e in elements(root, "link") if "hreflang" in e.attrib}
    forum = "https://example.org/event/forum"
    assert alternates == {"lv": f"{forum}.lv.html", "en": f"{forum}.en.html", "x-default": f"{forum}.lv.html"}
    switch = [e.attrib for e in elements(root, "a") if e.attrib.get("hreflang")]
    assert switch == [{"href": "forum.lv.html", "lang": "lv", "hreflang": "lv"}]


def test_a_resources_page_offers_its_data_in_every_form(pages: dict[str, bytes]) -> None:
    """The head has typed alternates, the page visible links to the same files."""
    root = parse(pages["event/forum.lv.html"])
    typed = {
        e.attrib["type"]: e.attrib["href"]
        for e in elements(root, "link")
        if e.attrib.get("rel") == "alternate" and "type" in e.attrib
    }
    assert typed == {
        "text/turtle": "forum.ttl",
        "application/ld+json": "forum.jsonld",
        "application/n-triples": "forum.nt",
        "application/rdf+xml": "forum.rdf",
    }
    shown = {e.attrib.get("type"): e.attrib["href"] for e in elements(root, "a") if e.attrib.get("type")}
    assert shown == typed


def test_the_canonical_address_is_the_published_one(pages: dict[str, bytes]) -> None:
    """Without ``url``, documents are served at the base."""
    for path in ("event/forum.html", "event/forum.lv.html"):
        root = parse(pages[path])
        canonical = [e.attrib["href"] for e in elements(root, "link") if e.attrib.get("rel") == "canonical"]
        assert canonical == ["https://example.org/event/forum.lv.html"]


def test_only_the_forms_that_the_site_publishes_are_offered(tmp_path: Path) -> None:
    """``formats`` in the settings rules what pages link to."""
    site = domain_site(tmp_path, formats=("html", "turtle"))
    made = next(iter(renderer(site).resource(site.made[next(iter(site.made))])))
    content = b"".join(made.chunks())
    assert b".ttl" in content
    assert b".jsonld" not in content


def test_the_front_page_has_a_text_numbers_and_ways_in(pages: dict[str, bytes]) -> None:
    """Its own text comes from ``pages/index.*.md``; classes of the vocabulary are no ways in."""
    text = text_of(next(elements(parse(pages["index.lv.html"]), "main")))
    assert "Sveiki!" in text
    assert "2 lietu veidi" in text
    assert "Pasākums 2" in text
    assert "Class" not in text


def test_an_index_is_sorted_by_the_languages_alphabet_and_paged(tmp_path: Path) -> None:
    """Of 450 members 200 stand on a page, Latvian letters in their place, every member once."""
    site = FakeSite(make_config(tmp_path))
    members = []
    for number in range(450):
        node = NamedNode(f"https://example.org/x/{number:03}")
        site.add(node)
        site.label(node, lv=f"{'ČCĀ'[number % 3]} {number:03}")
        members.append(node)
    site.label(NamedNode("https://example.org/X"), lv="Viss")
    site.listings = (Listing("class", NamedNode("https://example.org/X"), "browse/class/X", tuple(members), 450),)
    made = {a.path: b"".join(a.chunks()) for a in renderer(site).whole()}
    parts = [made[f"browse/class/X{page}.lv.html"] for page in ("", "~2", "~3")]
    assert "browse/class/X~4.lv.html" not in made
    shown = []
    for part in parts:
        assert faults(part) == []
        items = [e for e in elements(parse(part), "ul") if e.attrib.get("class") == "links"]
        shown += [text_of(link) for one in items for link in elements(one, "a")]
    assert len(shown) == 450
    assert [label[0] for label in shown] == ["Ā"] * 150 + ["C"] * 150 + ["Č"] * 150
    assert "3. lapa no 3" in text_of(next(elements(parse(parts[2]), "title")))


def test_the_same_site_gives_the_same_bytes(pages: dict[str, bytes], tmp_path: Path) -> None:
    """Rendering again, from another folder, changes nothing."""
    assert files(make_root(tmp_path)) == pages


def test_artifacts_say_document_language_and_date(tmp_path: Path) -> None:
    """What the folder and the server need to know about a page stands on its artifact."""
    made = {a.path: a for a in artifacts(tmp_path)}
    page = made["event/forum.en.html"]
    assert (page.media_type, page.document, page.language, page.modified) == (
        "text/html; charset=utf-8",
        "event/forum",
        "en",
        "2026-11-23",
    )
    assert made["assets/saite.css"].media_type == "text/css; charset=utf-8"


def test_a_menu_names_pages_of_any_kind_and_a_wrong_name_is_told(tmp_path: Path) -> None:
    """``navigation`` takes fixed pages, free pages, resources and indexes; a slip gets a hint."""
    root = make_root(tmp_path)
    wanted = ("about", "browse/class/Event", "project/vet", "report")
    site = domain_site(root, navigation=wanted)
    made = {a.path: b"".join(a.chunks()) for a in renderer(site).whole()}
    menu = next(e for e in elements(parse(made["about.lv.html"]), "nav") if e.attrib.get("class") == "menu")
    assert [(text_of(e), e.attrib.get("aria-current")) for e in elements(menu, "a")] == [
        ("Par vietni", "page"),
        ("Pasākums", None),
        ("Atbalsts profesionālajai izglītībai", None),
        ("Pārbaudes pārskats", None),
    ]
    with pytest.raises(ConfigError, match="abuot") as caught:
        renderer(domain_site(root, navigation=("abuot",)))
    assert 'Did you mean "about"?' in caught.value.cure


def test_the_front_page_leads_to_the_classes_of_the_settings_in_their_order(tmp_path: Path) -> None:
    """``featured`` says what a site is about, in numbers too; the index of indexes begins with it; a slip is told."""
    root = make_root(tmp_path)
    site = domain_site(root, featured=(PROJECT.value, EVENT.value, MINISTRY.value))
    told = Listing("class", iri("def#Statement"), "browse/class/Statement", (), 456, 456)
    site.listings = (*site.listings, told)
    made = {a.path: b"".join(a.chunks()) for a in renderer(site).whole()}
    front = parse(made["index.en.html"])
    cards = next(e for e in elements(front, "ul") if e.attrib.get("class") == "cards")
    assert [text_of(e) for e in elements(cards, "a")] == ["Project", "Event"]
    numbers = next(e for e in elements(front, "ul") if e.attrib.get("class") == "numbers")
    assert [text_of(e) for e in numbers] == ["456 statements with their sources", "24 pages", "1 ready-made query"]
    table = next(elements(parse(made["browse.en.html"]), "table"))
    assert [text_of(e) for e in elements(table, "a")][:2] == ["Project", "Event"]
    with pytest.raises(ConfigError, match="def#Porject") as caught:
        renderer(domain_site(root, featured=("https://example.org/def#Porject",)))
    assert caught.value.cure == f"Did you mean <{PROJECT.value}>?"


def test_without_settings_own_classes_are_ways_in_before_those_of_others(tmp_path: Path) -> None:
    """Folded nodes, classes that only subclasses fill, and classes of classes are no ways in."""
    site = domain_site(make_root(tmp_path))
    foreign = NamedNode("http://xmlns.com/foaf/0.1/Agent")
    site.listings = (
        *site.listings,
        Listing("class", foreign, "browse/class/foaf-Agent", (), 7, 7),
        Listing("class", iri("def#Statement"), "browse/class/Statement", (), 456, 456),
        Listing("class", INSTITUTION, "browse/class/Institution", (), 9, 0),
    )
    made = {a.path: b"".join(a.chunks()) for a in renderer(site).whole()}
    cards = next(e for e in elements(parse(made["index.en.html"]), "ul") if e.attrib.get("class") == "cards")
    assert [text_of(e) for e in elements(cards, "a")] == ["Event", "Project", "Agent"]


def test_free_pages_have_no_raw_html_and_only_safe_links(pages: dict[str, bytes]) -> None:
    """Markup in Markdown shows as text; links lead to documents of the site in the page's language."""
    root = parse(pages["about.en.html"])
    prose = next(e for e in elements(root, "div") if e.attrib.get("class") == "prose")
    assert "<script>alert(1)</script>" in text_of(prose)
    assert [e.attrib["href"] for e in elements(prose, "a")] == ["event/forum.en.html#forum-1", "queries/events.rq"]
    assert not list(elements(prose, "img"))
    assert len(list(elements(prose, "table"))) == 1


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("about.md", "# About", "languages"),
        ("about.de.md", "# Über", "languages"),
        ("about.lv.md", "Bez virsraksta", "title"),
        ("about.lv.md", b"# \xff\xfe", "UTF-8"),
    ],
)
def test_a_faulty_free_page_is_told_with_its_file(tmp_path: Path, name: str, text: str | bytes, message: str) -> None:
    """A missing language, a missing title and a wrong encoding each say where and how to mend."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DataError, match=message) as caught:
        renderer(domain_site(tmp_path))
    assert caught.value.place is not None
    assert caught.value.place.file == f"pages/{name}"
    assert caught.value.cure


def test_a_free_page_in_one_language_serves_the_others_marked(tmp_path: Path) -> None:
    """A page without a translation shows the text that there is, with its language."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "about.lv.md").write_text("# Par\n\nTeksts.\n", encoding="utf-8")
    made = {a.path: b"".join(a.chunks()) for a in renderer(domain_site(tmp_path)).whole()}
    prose = next(e for e in elements(parse(made["about.en.html"]), "div") if e.attrib.get("class") == "prose")
    assert prose.attrib["lang"] == "lv"


def test_the_logo_joins_the_assets(tmp_path: Path) -> None:
    """A site's own picture is published and shown; what is no picture, or is not there, is told."""
    (tmp_path / "mark.png").write_bytes(b"\x89PNG")
    made = {a.path: a for a in renderer(domain_site(tmp_path, logo="mark.png")).whole()}
    assert made["assets/mark.png"].media_type == "image/png"
    assert b"assets/mark.png" in b"".join(made["index.lv.html"].chunks())
    for logo, message in (("none.svg", "no logo"), ("saite.toml", "no picture")):
        with pytest.raises(ConfigError, match=message):
            list(renderer(domain_site(tmp_path, logo=logo)).whole())


def test_the_page_for_what_is_missing_speaks_all_languages(tmp_path: Path) -> None:
    """One file, since nobody knows who asks; with ``url`` set, its links work at any depth."""
    made = {
        a.path: b"".join(a.chunks()) for a in renderer(domain_site(tmp_path, url="https://example.com/ice/")).whole()
    }
    root = parse(made["404.html"])
    text = text_of(next(elements(root, "main")))
    assert "Lapa nav atrasta" in text
    assert "Page not found" in text
    assert [e.attrib["href"] for e in elements(root, "base")] == ["/ice/"]
    assert "404.lv.html" not in made


def test_without_a_tagline_the_front_page_says_what_the_ontology_says_of_itself(tmp_path: Path) -> None:
    """A vocabulary that is published as it is still introduces itself, and leads to its classes."""
    site = domain_site(tmp_path, title={}, tagline={})
    site.listings = tuple(listing for listing in site.listings if listing.document.endswith("owl-Class"))
    made = {a.path: b"".join(a.chunks()) for a in renderer(site).whole()}
    text = text_of(next(elements(parse(made["index.en.html"]), "main")))
    assert text.startswith("Cooperation vocabulary A small vocabulary.")
    assert "Class 2" in text


def test_a_site_without_settings_has_a_title_and_english_texts(tmp_path: Path) -> None:
    """Any RDF gives a whole site: the title comes from the base."""
    from saite.config import Config

    site = FakeSite(Config(root=tmp_path))
    made = {a.path: b"".join(a.chunks()) for a in renderer(site).whole()}
    assert all(faults(content) == [] for content in html(made).values())
    assert text_of(next(elements(parse(made["index.html"]), "h1"))) == "example.org"


def test_tables_are_among_the_downloads(pages: dict[str, bytes]) -> None:
    """Of each class and query that has one: rows, all forms with sizes, that of the page's language first; metadata."""
    root = parse(pages["downloads.en.html"])
    tables = {e.attrib["aria-labelledby"]: e for e in elements(root, "div") if "tables-" in str(e.attrib)}
    assert list(tables) == ["tables-kinds", "tables-queries"]
    kinds = text_of(tables["tables-kinds"])
    assert kinds == (
        "Table Rows Excel CSV CSV of several links Metadata (CSVW) Event 2 XLSX 2 kB en 2 kB · lv 2 kB en 3 kB en · lv"
    )
    links = [e.attrib["href"] for e in elements(tables["tables-queries"], "a")]
    stem = "table/query/events"
    assert links[1:4] == [f"{stem}.xlsx", f"{stem}.en.csv", f"{stem}.lv.csv"]
    assert links[4:] == [f"{stem}.{tag}.csv-metadata.json" for tag in ("en", "lv")]
    assert any(e.attrib["href"] == "datapackage.json" for e in elements(root, "a"))


def test_indexes_and_queries_lead_to_their_tables(pages: dict[str, bytes]) -> None:
    """In the language of the page; what has no table has no link."""
    for path, stem in (("browse/class/Event", "../../table/Event"), ("queries/events", "../table/query/events")):
        links = {e.attrib.get("href") for e in elements(parse(pages[f"{path}.lv.html"]), "a")}
        assert {f"{stem}.xlsx", f"{stem}.lv.csv"} <= links
    assert b"table/" not in pages["browse/property/startDate.lv.html"]
