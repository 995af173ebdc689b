"""The pages and pictures of views: names, links, tables, files; and nothing of hostile data but its text."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from saite.render.html import renderer
from saite.site.model import Answer, QueryFile
from saite.terms import Literal, NamedNode, Term

from .checks import faults
from .domain import EVENT, domain_site
from .fake import FakeSite, iri, text, typed

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert(1)</script>\" onload='x' & \x0b\ufffe ]]> " + "w" * 300
FORUM, OLD, VET = iri("event/forum"), iri("event/old"), iri("project/vet")
OUTSIDE = NamedNode("https://elsewhere.example/x")
SCRIPTED = NamedNode("javascript:alert(1)")


def number(value: float) -> Literal:
    """A decimal."""
    return typed(str(value), "decimal")


ROWS: dict[str, tuple[tuple[str, ...], list[tuple[Term | None, ...]]]] = {
    "timeline": (
        ("item", "start", "end", "group"),
        [
            (FORUM, typed("2018-12-14", "date"), None, EVENT),
            (VET, typed("2014", "gYear"), typed("2019-06", "gYearMonth"), text("Projects", "en")),
            (OLD, typed("soon", "date"), None, EVENT),
            (OUTSIDE, text("2016-02"), None, EVENT),
            (text(EVIL), typed("2015", "gYear"), None, text(EVIL)),
            (SCRIPTED, typed("2015-01-01T10:00:00Z", "dateTime"), None, None),
        ],
    ),
    "network": (
        ("from", "to", "weight", "kind"),
        [
            (FORUM, VET, number(3), text(EVIL)),
            (VET, FORUM, number(2), text(EVIL)),
            (text(EVIL), SCRIPTED, None, text("b")),
            (OLD, None, None, None),
        ],
    ),
    "chart": (
        ("label", "value", "series"),
        [(FORUM, number(3), None), (text(EVIL), number(-2.5), text(EVIL)), (OLD, text("many"), None)],
    ),
    "map": (
        ("place", "lat", "long", "label", "size"),
        [
            (FORUM, number(56.95), number(24.1), text(EVIL), number(4)),
            (FORUM, number(56.95), number(24.1), None, number(1)),
            (OLD, number(-41.3), number(-69.2), None, None),
            (SCRIPTED, number(95), number(0), None, None),
        ],
    ),
    "table": (("a", "b"), [(FORUM, text(EVIL)), (SCRIPTED, None)]),
    "list": (
        ("item", "start", "end", "note", "group", "mark"),
        [
            (
                FORUM,
                typed("2018-12-14", "date"),
                typed("2018-12-16", "date"),
                text(EVIL),
                EVENT,
                text("corrected", "en"),
            ),
            (SCRIPTED, typed("2015", "gYear"), None, OUTSIDE, EVENT, None),
            (text(EVIL), None, None, None, text(EVIL), SCRIPTED),
            (None, typed("2015", "gYear"), None, None, None, None),
        ],
    ),
    "index": (("item", "count"), [(FORUM, number(3)), (SCRIPTED, number(1)), (text(EVIL), None), (None, number(1))]),
    "numbers": (("label", "value"), [(EVENT, number(12345)), (text(EVIL), number(1)), (FORUM, text("many"))]),
}
DRAWN = ("timeline", "network", "chart", "map")


def viewed(root: Path, kind: str, rows: list[tuple[Term | None, ...]] | None = None) -> FakeSite:
    """A site with one view."""
    site = domain_site(root)
    columns, usual = ROWS[kind]
    answer = Answer(columns, tuple(usual if rows is None else rows))
    site.views = (
        QueryFile(
            "v",
            {"en": f"What {EVIL}", "lv": "Kas"},
            {"en": EVIL},
            "SELECT *",
            {},
            dict.fromkeys(("lv", "en"), answer),
            view=kind,
            columns={columns[0]: {"en": "First column"}},
        ),
    )
    return site


def written(site: FakeSite) -> dict[str, bytes]:
    """The files of the whole, by path."""
    return {artifact.path: b"".join(artifact.chunks()) for artifact in renderer(site).whole()}


@pytest.mark.parametrize("kind", ROWS)
def test_hostile_rows_are_texts_and_nothing_else(tmp_path: Path, kind: str) -> None:
    """Pages parse strictly; pictures are XML; no script, no handler, no address that runs anything."""
    files = written(viewed(tmp_path, kind))
    for path in ("views.en.html", "views/v.en.html", "views/v.lv.html"):
        assert faults(files[path]) == []
        assert b"<script>alert" not in files[path]
        assert b'href="javascript' not in files[path]
    assert ("views/v.en.svg" in files) == (kind in DRAWN)
    if kind in DRAWN:
        root = ET.fromstring(files["views/v.en.svg"])
        assert not [one.tag for one in root.iter() if one.tag in (f"{SVG}script", f"{SVG}a", f"{SVG}style")]
        assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]


@pytest.mark.parametrize("kind", DRAWN)
def test_a_picture_has_a_name_a_description_and_links(tmp_path: Path, kind: str) -> None:
    """In a page it is a group, whose marks lead to their pages; as a file it is an image with its title."""
    files = written(viewed(tmp_path, kind))
    page = files["views/v.en.html"].decode()
    assert 'role="group" aria-labelledby="picture-800-title" aria-describedby="picture-800-desc"' in page
    assert '<title id="picture-800-title">What &lt;script' in page
    assert 'href="../event/forum.en.html" aria-label="' in page
    root = ET.fromstring(files["views/v.lv.svg"])
    assert root.attrib["role"] == "img"
    assert [one.text for one in root.findall(f"{SVG}title")] == ["Kas"]
    assert root.find(f"{SVG}desc") is not None


def test_a_page_has_all_rows_and_says_what_is_not_drawn(tmp_path: Path) -> None:
    """The table has the row without a date; its first column has the name that the header gives it."""
    page = written(viewed(tmp_path, "timeline"))["views/v.en.html"].decode()
    assert "1 row has nothing that could be drawn, and stands in the table only." in page
    assert '<th scope="col">First column</th><th scope="col">start</th>' in page
    assert page.count("<tr>") == 1 + len(ROWS["timeline"][1])
    assert "Dashed: the data do not say more exactly when" in page


def test_dates_are_told_at_their_precision(tmp_path: Path) -> None:
    """A month stays a month, in the words of the page's language."""
    files = written(viewed(tmp_path, "timeline"))
    assert ", 2014 – June 2019" in files["views/v.en.html"].decode()
    assert "2014. gads – 2019. gada jūnijs" in files["views/v.lv.html"].decode()


def test_a_pair_that_is_told_both_ways_is_one_tie(tmp_path: Path) -> None:
    """Symmetrical answers are not drawn twice; the stronger value holds."""
    page = written(viewed(tmp_path, "network"))["views/v.en.html"].decode()
    assert page.count('<path class="v-edge"') == 2 * (2 + 2)  # for two widths; and two kinds below
    assert page.count(": 1 tie") >= 4


def test_the_sizes_of_a_place_are_added(tmp_path: Path) -> None:
    """Two rows of one place are one circle."""
    page = written(viewed(tmp_path, "map"))["views/v.en.html"].decode()
    assert page.count('<circle class="v-place"') == 2 * 2  # wide and narrow
    assert page.count(': 5"') == 2


def test_an_empty_answer_is_told_kindly(tmp_path: Path) -> None:
    """No picture, no table, but a sentence."""
    files = written(viewed(tmp_path, "timeline", []))
    assert "the query finds nothing in the data" in files["views/v.en.html"].decode()
    assert faults(files["views/v.en.html"]) == []
    assert "views/v.en.svg" not in files


def test_rows_of_which_none_can_be_drawn_are_a_table(tmp_path: Path) -> None:
    """The file that was promised holds the title."""
    files = written(viewed(tmp_path, "chart", [(FORUM, text("many"), None)]))
    assert "<svg" not in files["views/v.en.html"].decode()
    assert "many" in files["views/v.en.html"].decode()
    assert ET.fromstring(files["views/v.en.svg"]).tag == f"{SVG}svg"


def test_marks_are_bounded(tmp_path: Path) -> None:
    """Of very many rows a picture shows 300, and the page says that there are more."""
    rows: list[tuple[Term | None, ...]] = [(text(f"n{n}"), number(n), None) for n in range(400)]
    page = written(viewed(tmp_path, "chart", rows))["views/v.en.html"].decode()
    assert page.count('<rect class="v-mark"') == 2 * 299  # the first is of no length
    assert "There is more than the picture has room for" in page
    assert "400 rows, of which the first 300 are shown" in page


@pytest.mark.parametrize("kind", ROWS)
def test_pages_and_pictures_are_the_same_every_time(tmp_path: Path, kind: str) -> None:
    """Nothing depends on chance."""
    site = viewed(tmp_path, kind)
    first, second = written(site), written(viewed(tmp_path, kind))
    assert {path: first[path] for path in first if "view" in path} == {
        path: second[path] for path in second if "view" in path
    }


def test_pages_are_promised_as_they_are_made(tmp_path: Path) -> None:
    """Whoever asks for one file has the same bytes, and no other is made for it."""
    made = renderer(viewed(tmp_path, "map"))
    (part, _) = [part for part in made.parts() if "views" in (getattr(part, "places", None) or ())]
    promised = {artifact.path: b"".join(artifact.chunks()) for artifact in part.promise()}  # type: ignore[attr-defined]
    assert promised == {artifact.path: b"".join(artifact.chunks()) for artifact in part()}
    assert "views/v.lv.svg" in promised


def test_a_view_in_pages_has_an_index(tmp_path: Path) -> None:
    """The index of views leads to that of the pages, and that to each; the query is there once."""
    site = viewed(tmp_path, "timeline")
    (one,) = site.views
    whole = QueryFile("v", {"en": "All"}, {}, "SELECT *", {}, view="timeline", each="x")
    page = QueryFile("v/forum", {"en": "One"}, {}, "SELECT *", {}, one.answers, view="timeline", of="v", value=FORUM)
    site.views = (whole, page)
    files = written(site)
    assert 'href="v.en.html"' not in files["views.en.html"].decode()
    assert 'href="views/v.en.html"' in files["views.en.html"].decode()
    assert 'href="../views/v/forum.en.html"' in files["views/v.en.html"].decode()
    assert 'href="../../views/v.rq"' in files["views/v/forum.en.html"].decode()
    assert "views/v.rq" in files
    assert "views/v/forum.rq" not in files
    assert all(faults(files[path]) == [] for path in files if path.startswith("views") and path.endswith(".html"))


def test_a_site_without_views_says_nothing_of_them(tmp_path: Path) -> None:
    """No page, and no entry in the menu."""
    files = written(domain_site(tmp_path))
    assert not [path for path in files if path.startswith("views")]
    assert b"views.en.html" not in files["index.en.html"]


@pytest.mark.parametrize("kind", ROWS)
def test_a_view_stands_on_the_front_page(tmp_path: Path, kind: str) -> None:
    """With a heading, and a link to its own page; as strictly as there."""
    site = viewed(tmp_path, kind)
    site.views = (replace(site.views[0], show="front"),)
    page = written(site)["index.en.html"]
    assert faults(page) == []
    assert b"<script>alert" not in page
    assert b'href="javascript' not in page
    assert b'<h2 id="view-v"' in page
    assert b'href="views/v.en.html">' in page
    assert (b'class="numbers" aria-label="The site in numbers"' in page) == (kind != "numbers")


@pytest.mark.parametrize("place", ["top", "page"])
@pytest.mark.parametrize("kind", ROWS)
def test_a_view_stands_on_the_page_of_what_it_is_about(tmp_path: Path, kind: str, place: str) -> None:
    """Above or below the facts, and on no other page; what links there is folded away beneath."""
    site = viewed(tmp_path, kind)
    (one,) = site.views
    site.views = (
        replace(one, each="x", show=place, answers={}),
        replace(one, name="v/forum", of="v", value=FORUM, show=place),
    )
    maker = renderer(site)
    pages = {a.path: b"".join(a.chunks()) for resource in site.resources() for a in maker.resource(resource)}
    page = pages["event/forum.en.html"].decode()
    assert faults(pages["event/forum.en.html"]) == []
    assert (page.index('id="view-v"') < page.index('<dl class="facts">')) == (place == "top")
    assert ('<details class="more backlinks">' in page) == ("What links here" in page)
    assert all("view-v" not in text.decode() for path, text in pages.items() if not path.startswith("event/forum."))
    assert all(b'<details class="more backlinks">' not in text for path, text in pages.items() if "forum" not in path)


def test_a_list_tells_when_and_what_below_its_headings(tmp_path: Path) -> None:
    """In the order in which rows and headings come; an interval is one time."""
    page = written(viewed(tmp_path, "list"))["views/v.en.html"].decode()
    assert '<span class="when">14–16 December 2018</span>' in page
    assert '<span class="badge">corrected</span>' in page
    assert page.count('<ul class="dated">') == 2
    assert "2018. gada 14.–16. decembris" in written(viewed(tmp_path, "list"))["views/v.lv.html"].decode()


def test_numbers_of_classes_lead_to_their_lists(tmp_path: Path) -> None:
    """By what several things are called, where the settings say that."""
    site = viewed(tmp_path, "numbers")
    site.config = replace(site.config, plurals={EVENT.value: {"en": "Events"}})
    page = written(site)["views/v.en.html"].decode()
    assert '<dt><a href="../browse/class/Event.en.html">Events</a></dt><dd>12,345</dd>' in page
    assert "<h1>Events" in written(site)["browse/class/Event.en.html"].decode()


def test_a_block_shows_some_rows_and_leads_to_all(tmp_path: Path) -> None:
    """The front page stays light."""
    rows: list[tuple[Term | None, ...]] = [(text(f"n{n}"), number(n)) for n in range(100)]
    site = viewed(tmp_path, "index", rows)
    site.views = (replace(site.views[0], show="front"),)
    page = written(site)["index.en.html"].decode()
    assert "n39" in page
    assert "n40" not in page
    assert "60 more rows; Query and data" in page
