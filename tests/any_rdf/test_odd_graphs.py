"""Small graphs of every odd kind: each is published with no settings, and nothing of it is lost or broken."""

import re
from pathlib import Path

import pytest
from pyoxigraph import parse

from saite.config import Config
from saite.graph import load
from saite.render.html import renderer
from saite.site import build_site
from saite.terms import NamedNode

from .browsing import Visitor
from .built import FORMS, dead_links, page, pages, publish, things, unlike_forms, words

EX = "http://example.org/"
HEAD = (
    "@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
)
DEEP = 40
ODD = [
    "mailto:a@example.org",
    "tel:+371-1",
    "doi:10.1000/182",
    "urn:isbn:0451450523",
    "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.org/a",
    "did:example:123#key-1",
    "info:lccn/n78-890351",
    "geo:57.0,24.1",
    "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk",
    "tag:example.org,2020:b",
    "https://[::1]:8080/x",
    "http://münchen.example/straße",
    "http://example.org:8080/x?q=a&b=c#d",
    "HTTP://OTHER.EXAMPLE/UP",
    "http://example.org/%41%2f%C3%A9",
    "about:blank",
    "ex:",
    "blob:https://example.org/x",
    "ws://example.org/",
    "x-y.z+1:a/b?c",
]


def nested(depth: int) -> str:
    """Blank nodes in blank nodes."""
    return "[ :part " * depth + '"the innermost words"' + " ]" * depth


def lists(depth: int) -> str:
    """Lists in lists, each with a word before the next."""
    return '( "word" ' * depth + '"the innermost words"' + " )" * depth


GRAPHS = {
    "foreign hosts only": """
        <urn:x:a> <urn:x:p> <tag:example.org,2020:b> .
        <tag:example.org,2020:b> <urn:x:p> <urn:x:a> .
        """,
    "no labels at all": """
        :a :p :b ; :q 1 .
        :b :p :c .
        <http://example.org/deep/er/> :p <http://example.org/deep/er/x#y> .
        """,
    "only blank nodes": """
        [] :p [ :q ( 1 2 ) ] .
        _:x :p _:y . _:y :p _:x .
        [] a :Thing ; rdfs:label "nobody"@en .
        """,
    "cyclic blank nodes": """
        :a :p _:x . :b :p _:x .
        _:x :q _:y . _:y :q _:z . _:z :q _:x ; :r "round"@en .
        _:s :q _:s .
        """,
    "a list of lists": f"""
        :a :p ( ( 1 2 ) ( ( "x"@en ) ) () ( :b [ :q ( 3 ) ] ) ) ; :q {lists(DEEP)} .
        :b :p () .
        """,
    "broken lists": """
        :a :p _:l .
        _:l rdf:first 1 ; rdf:rest _:m .
        _:m rdf:first 2, 3 ; rdf:rest _:l .
        :b rdf:rest :a .
        """,
    "containers": """
        :a :p [ a rdf:Bag ; rdf:_1 "one" ; rdf:_2 "two" ; rdf:_10 "ten" ; rdf:_11 [ a rdf:Seq ; rdf:_1 "inner" ] ] .
        :b a rdf:Alt ; rdf:_1 :a ; rdf:_2 :b .
        """,
    "deep blank nodes": f":a :p {nested(DEEP)} .",
    "a long word": f"""
        :a rdfs:label "{"word" * 90}"@en ; :p "{"x" * 900}", <http://example.org/{"y" * 300}> .
        :b :p [ :q :a ] ; <http://other.example/{"z" * 80}> 1 ; a <http://other.example/{"Z" * 80}> .
        """,
    "names of files": """
        :index :p :Index . :def :p :shapes . :a.html :p :a.en.html . :a :p :A . :A :p :a .
        <http://example.org/a/../b> :p :c . <http://example.org/con> :p <http://example.org/.> .
        """,
    "right to left": """
        :a rdfs:label "שלום"@he, "سلام"@ar, "hello"@en ; :p "كتاب"@ar, "ספר"@he-IL ; rdfs:comment "متن بلند"@fa .
        :b rdfs:label "שלום (2)"@he .
        """,
    "many languages": """
        :a rdfs:label "a"@en, "b"@de, "c"@fr, "d"@lv, "e"@zh-Hant, "no tag" .
        """,
    "not for RDF/XML": """
        :a <http://example.org/1> :b ; rdfs:label "A property that XML cannot name"@en .
        :b :p "a bell: \\u0007" .
        :c :p :a .
        """,
    "odd schemes": "".join(f"        <{iri}> :p :a, <{iri}> .\n" for iri in ODD),
}


def graph(name: str, folder: Path) -> Path:
    """One of the graphs, built."""
    return publish(HEAD + GRAPHS[name], folder)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All of them, built."""
    return {name: graph(name, tmp_path_factory.mktemp("graph")) for name in GRAPHS}


@pytest.mark.parametrize("name", GRAPHS)
def test_links_lead_somewhere_and_forms_agree(sites: dict[str, Path], name: str) -> None:
    """Every link inside the site leads to a file and a place, and the RDF forms of every page are one graph."""
    out = sites[name]
    assert dead_links(out) == []
    assert list(unlike_forms(out, things(out))) == []


def test_pages_are_sound_in_a_browser(sites: dict[str, Path], visitor: Visitor) -> None:
    """No page of any of them brings an error, a request, or sideways scrolling, at the width of a phone."""
    found = [file for name, out in sites.items() for file in pages(out) if _matters(file, out, name == "a long word")]
    assert len(found) > 60
    assert visitor.faults(found) == []


def _matters(file: Path, out: Path, whole: bool) -> bool:
    """Whether a page is one of a thing or of a class; of one of the sites, any but the indexes of properties."""
    kind = file.relative_to(out).parts
    if kind[:2] == ("browse", "property"):
        return False
    return whole or kind[0] == "browse" or file.with_name(file.name.replace(".html", ".nt")).is_file()


def test_every_subject_has_a_page_by_its_last_step(sites: dict[str, Path]) -> None:
    """Without a label, a thing is called by the end of its IRI."""
    out = sites["no labels at all"]
    assert "<h1>a</h1>" in page(out, "a")
    assert "<h1>er</h1>" in page(out, "deep/er/index")


def test_blank_nodes_that_nobody_names_are_listed(sites: dict[str, Path]) -> None:
    """A graph of blank nodes alone can be read whole, from the index of its classes."""
    out = sites["only blank nodes"]
    assert "nobody" in words(out, "browse/class/Thing")
    rest = words(out, "browse/class/rdfs-Resource")
    assert " p " in rest
    assert "1 2" in rest
    assert "the node shown elsewhere on this page" in rest


def test_a_circle_of_blank_nodes_is_told_once(sites: dict[str, Path]) -> None:
    """What leads back to itself is shown to the point where it closes, on every page that it belongs to."""
    for name in ("a", "b"):
        shown = words(sites["cyclic blank nodes"], name)
        assert shown.count("round") == 1
        assert shown.count("the node shown elsewhere on this page") == 1


def test_lists_keep_their_order_and_their_empty_members(sites: dict[str, Path]) -> None:
    """A list of lists is shown in its order, and the empty list says so."""
    shown = words(sites["a list of lists"], "a")
    assert "1 2 x empty list b" in shown
    assert shown.count("word") == DEEP + 1
    assert "the innermost words" in shown


def test_broken_lists_are_shown_as_the_nodes_that_they_are(sites: dict[str, Path]) -> None:
    """A circular list with a cell of two members is no list; nothing of it is lost."""
    shown = words(sites["broken lists"], "a")
    assert {"1", "2", "3"} <= set(shown.split())


def test_members_of_containers_stand_in_their_order(sites: dict[str, Path]) -> None:
    """rdf:_2 comes before rdf:_10 (RDF Schema 5.1)."""
    shown = words(sites["containers"], "a")
    assert shown.index(" one ") < shown.index(" two ") < shown.index(" ten ") < shown.index(" inner ")


def test_what_is_nested_deeply_can_be_read(sites: dict[str, Path]) -> None:
    """The innermost text of forty blank nodes in one another is on the page."""
    assert "the innermost words" in words(sites["deep blank nodes"], "a")


def test_texts_from_right_to_left_say_so(sites: dict[str, Path]) -> None:
    """Arabic, Persian and Hebrew texts carry their language and direction, headings too."""
    out = sites["right to left"]
    shown = page(out, "a")
    assert '<span lang="ar" dir="rtl">كتاب</span>' in shown
    assert '<span lang="he-il" dir="rtl">ספר</span>' in shown
    assert 'lang="fa" dir="rtl">متن بلند</span>' in shown
    assert '<h1 lang="he" dir="rtl">שלום (2)</h1>' in page(out, "b")


def test_names_in_all_languages_are_told(sites: dict[str, Path]) -> None:
    """With no settings, a thing's names in other languages than the page's stand on its page; many are folded."""
    few = page(sites["right to left"], "a")
    assert '<span lang="ar" dir="rtl">سلام</span>' in few
    assert '<span lang="he" dir="rtl">שלום</span>' in few
    many = page(sites["many languages"], "a")
    unfolded, folded = many.partition("</h1>")[2].partition("<details")[::2]
    assert "no tag" in unfolded
    for tag, name in {"de": "b", "fr": "c", "lv": "d", "zh-hant": "e"}.items():
        assert f'<span lang="{tag}">{name}</span>' in folded


def test_a_form_that_cannot_be_is_not_offered(sites: dict[str, Path]) -> None:
    """RDF/XML cannot write some properties and characters: such a page offers the other forms only."""
    out = sites["not for RDF/XML"]
    for name, forms in {"a": ["jsonld", "nt", "ttl"], "b": ["jsonld", "nt", "ttl"], "c": sorted(FORMS)}.items():
        assert [form for form in sorted(FORMS) if f'href="{name}.{form}"' in page(out, name)] == forms


def test_odd_iris_have_pages_and_only_safe_links(sites: dict[str, Path]) -> None:
    """An IRI of any scheme has a page; only those that a browser may follow become links out."""
    out = sites["odd schemes"]
    assert {quad.subject.value for quad in parse(path=str(next(out.glob("dump/*.nq"))))} == set(ODD)
    assert len(things(out)) == len(ODD)
    linked = {
        scheme for file in pages(out) for scheme in re.findall(r'href="([A-Za-z][A-Za-z0-9+.-]*):', file.read_text())
    }
    assert {scheme.lower() for scheme in linked} == {"http", "https", "ftp", "mailto", "tel"}
    assert "javascript:alert(1)" in words(out, "external/javascript=3A/alert(1)")


def test_a_hub_of_ten_thousand_backlinks_is_paged(tmp_path: Path) -> None:
    """What 10,000 things point to has a short page, pages of the rest, and each of them once."""
    count = 10_000
    (tmp_path / "hub.nt").write_text(
        "".join(f"<{EX}n{n}> <{EX}p> <{EX}hub> .\n" for n in range(count)) + f'<{EX}hub> <{EX}q> "hub" .\n'
    )
    config = Config(root=tmp_path)
    store, _ = load(tmp_path / "hub.nt", config)
    site = build_site(store, config)
    hub = site.resource(NamedNode(EX + "hub"))
    assert hub is not None
    files = {one.path: b"".join(one.chunks()).decode() for one in renderer(site).resource(hub)}
    found = [text for path, text in sorted(files.items()) if path.endswith(".html")]
    assert len(found) == 21
    assert max(map(len, found)) < 60_000
    linked = [name for text in found for name in re.findall(r'href="(n[0-9]+)\.html"', text)]
    assert len(linked) == len(set(linked)) == count


def test_a_literal_of_a_megabyte_is_cut_on_the_page_and_whole_in_the_data(tmp_path: Path, visitor: Visitor) -> None:
    """The page stays small and says that it cuts; every RDF form has all of the text."""
    text = "lorem " * 180_000
    out = publish(f'{HEAD}:a rdfs:label "long"@en ; :p "{text}" .', tmp_path)
    assert (out / "a.html").stat().st_size < 20_000
    assert "cut: the text has 1,080,000 characters" in words(out, "a")
    assert list(unlike_forms(out, [out / "a.html"])) == []
    assert text in (out / "a.nt").read_text(encoding="utf-8")
    assert visitor.faults([out / "a.html"]) == []
