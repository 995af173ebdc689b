"""Listings with facets: pages of values, the data for the script, and queries that select what is shown."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.site.graphs import BASE, ex, listing, quads, site_of
from tests.site.graphs import settings as site_settings

from saite import config
from saite.artifact import Artifact
from saite.graph import load, public
from saite.render import facets as render
from saite.render.facets import Named, Selection, linked, named, narrowed
from saite.render.html import renderer
from saite.render.pieces import Placed
from saite.site import BuiltSite, build_site
from saite.site.model import Choice, Facet, Listing, Site
from saite.store import EmbeddedStore, Store
from saite.terms import NamedNode

ROOT = Path(__file__).parents[2]
LANGUAGES = ("lv", "en")


@pytest.fixture(scope="module")
def own() -> tuple[BuiltSite, Store]:
    """Our site and what it was made from."""
    chosen = config.load(ROOT)
    store, _ = load(ROOT, chosen)
    published = public(store, chosen)
    return build_site(published, chosen), published


@pytest.fixture(scope="module")
def files(own: tuple[BuiltSite, Store]) -> dict[str, Artifact]:
    """Its listings of classes."""
    return made(own[0])


def made(site: Site) -> dict[str, Artifact]:
    """The files of the listings of classes; a path that is made twice raises."""
    found: dict[str, Artifact] = {}
    for part in renderer(site).parts():
        if isinstance(part, Placed) and part.places and part.places[0].startswith("browse/class/"):
            for one in part():
                assert one.path not in found, one.path
                found[one.path] = one
    return found


def text(files: Mapping[str, Artifact], path: str) -> str:
    """A file as text."""
    return b"".join(files[path].chunks()).decode()


def selection(site: BuiltSite, one: Listing) -> tuple[tuple[Named, ...], Selection]:
    """The facets of a listing with what writes its queries."""
    facets = named(one)
    return facets, Selection(one, facets, site.config.all_prefixes(), inherits=one.node in site.hierarchy)


def selected(store: Store, query: str) -> list[NamedNode]:
    """What a query selects, in its order."""
    result: Any = store.query(query)
    return [row[0] for row in result]


def check(site: BuiltSite, store: Store, *, pairs: bool = False) -> int:
    """Compares what queries select with the members that are shown: nothing chosen, each value, several."""
    count = 0
    for one in site.listings:
        if not one.facets:
            continue
        facets, writer = selection(site, one)
        assert selected(store, writer.query({})) == list(one.members), one.document
        for facet in facets:
            for token, choice in facet.choices():
                query = writer.query({facet.key: [token]})
                assert selected(store, query) == list(choice.members), query
                count += 1
            some = list(facet.choices())[:3]
            query = writer.query({facet.key: [token for token, _ in some]})
            either = {node for _, choice in some for node in choice.members}
            assert selected(store, query) == [node for node in one.members if node in either], query
        for a, b in combinations(facets, 2) if pairs else ():
            (left, of_left), (right, of_right) = next(a.choices()), next(b.choices())
            query = writer.query({a.key: [left], b.key: [right]})
            assert selected(store, query) == [node for node in of_left.members if node in set(of_right.members)]
    return count


def test_queries_select_what_our_site_shows(own: tuple[BuiltSite, Store]) -> None:
    """Each listing, each value, several values of a facet, and values of two facets."""
    assert check(*own, pairs=True) > 100


ODD = """
    :Sub rdfs:subClassOf :P . :P rdfs:subClassOf :P .
    :a a :P ; :of <http://other.org/x?a=1&b=(2)> , :v-1. ; :d "2019"^^xsd:gYear .
    :b a :Sub , :P ; :of <http://other.org/x?a=1&b=(2)> ; :d "2019-05-01T00:00:00+02:00"^^xsd:dateTime .
    :c a :Sub ; :of :v-1. ; :d "20190-01-01"^^xsd:date . <http://x.org/ē> a :P ; :of :v-1. ; :d "2019-05-01"^^xsd:date .
    :e a :P ; :of <urn:x:Y> ; :d "-2019-01-01"^^xsd:date . [] a :P ; :of <urn:x:Y> . :f a :Sub ; :of <urn:x:Y> .
    :v-1. rdfs:label "1" . <urn:x:Y> rdfs:label "Y" . <http://other.org/x?a=1&b=(2)> rdfs:label "<b>X</b>" .
    """.replace(":v-1.", "<v-1.>")


def test_queries_select_what_an_odd_site_shows() -> None:
    """Subclasses, blank nodes, IRIs that have no short form, years of any precision and zone."""
    site = site_of(ODD)
    assert {len(one.choices) for one in listing(site, "class", "P").facets} == {3}
    assert check(site, EmbeddedStore(quads(ODD)), pairs=True) == 6


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "C"]),
            st.sets(st.sampled_from("vwxyz"), max_size=3),
            st.sampled_from(["2018-01-01", "2019", "2019-12-31T23:59:59-05:00", "0019-01-01", "x"]),
        ),
        min_size=5,
        max_size=14,
    )
)
def test_queries_select_what_is_shown(members: list[tuple[str, set[str], str]]) -> None:
    """Whatever the data."""
    labels = " ".join(f':{value} rdfs:label "{value}" .' for value in "vwxyz")
    data = f":A rdfs:subClassOf :B . :B rdfs:subClassOf :A . {labels}" + " ".join(
        f":m{n} a :{class_} ; :d {json.dumps(date)}^^xsd:dateTime . " + " ".join(f":m{n} :of :{v} ." for v in values)
        for n, (class_, values, date) in enumerate(members)
    )
    check(site_of(data), EmbeddedStore(quads(data)), pairs=True)


def test_a_value_has_a_page_in_each_language(files: dict[str, Artifact]) -> None:
    """With its name, the way back, what it has, the query and the table; its links lead to pages that are there."""
    page = text(files, "browse/class/Event~representedCountry-kazakhstan.en.html")
    assert "<title>Event · represented country: Kazakhstan (5) – " in page
    assert re.search(r"<h1>Event · represented country: Kazakhstan</h1>", page)
    assert '<a href="../../browse/class/Event.en.html">Event</a>' in page
    assert '"@type":"BreadcrumbList"' in page
    assert '"@type":"CollectionPage"' in page
    assert "VALUES" in page
    assert 'href="../../browse/class/Event~representedCountry-kazakhstan.en.csv"' in page
    assert "Kazahstāna" in text(files, "browse/class/Event~representedCountry-kazakhstan.lv.html")
    for path in files:
        if path.endswith(".html"):
            for link in re.findall(r'href="\.\./\.\./(browse/class/[^"?]+)"', text(files, path)):
                assert link in files, (path, link)


def test_a_listing_leads_to_the_pages_of_values(files: dict[str, Artifact]) -> None:
    """Plain links with counts; what it says otherwise it says as before."""
    page = text(files, "browse/class/Event.lv.html")
    link = '<a href="../../browse/class/Event~representedCountry-kazakhstan.lv.html">Kazahstāna</a>'
    assert f'{link} <span class="count">5</span>' in page
    assert 'data-facets="Event.facets.lv.json"' in page
    assert "SELECT" in page


def test_the_table_of_a_value_has_what_its_page_shows(files: dict[str, Artifact]) -> None:
    """IRI, name, and the names of the values of each facet."""
    found = list(csv.reader(io.StringIO(text(files, "browse/class/Event~startDate-2019.en.csv"))))
    assert found[0] == ["IRI", "Name", "kind", "topic", "represented country", "role", "held in", "start date, by year"]
    (row,) = found[1:]
    assert row[0].endswith("/event/vet-seminar-2019")
    assert "Kazakhstan" in row[4].split(" | ")
    assert row[-1] == "2019"


def test_the_data_for_the_script_are_the_listing(own: tuple[BuiltSite, Store], files: dict[str, Artifact]) -> None:
    """The same members by value as on the pages, by the name of each language."""
    event = next(one for one in own[0].listings if one.document == "browse/class/Event")
    for language in LANGUAGES:
        data = json.loads(text(files, f"browse/class/Event.facets.{language}.json"))
        iris = [member[3] for member in data["members"]]
        assert sorted(iris) == [node.value for node in event.members]
        for facet, of_site in zip(data["facets"], named(event), strict=True):
            assert facet["key"] == of_site.key
            told = {value[0]: sorted(iris[n] for n in value[4]) for value in facet["values"]}
            assert told == {token: [node.value for node in one.members] for token, one in of_site.choices()}


def test_promised_files_are_those_that_are_made(own: tuple[BuiltSite, Store]) -> None:
    """Live mode has the same bytes."""
    for part in renderer(own[0]).parts():
        if isinstance(part, Placed) and part.places == ("browse/class/Agreement",):
            assert part.promise is not None
            promised = {one.path: b"".join(one.chunks()) for one in part.promise()}
            assert promised == {one.path: b"".join(one.chunks()) for one in part()}


def test_a_listing_without_facets_is_as_it_was(files: dict[str, Artifact]) -> None:
    """No aside, no script."""
    page = text(files, "browse/class/Policy.en.html")
    assert "<script src" not in page
    assert "<aside" not in page


def test_tables_that_are_not_published_are_not_offered() -> None:
    """Without CSV in the settings there is none of values either."""
    assert any(path.endswith(".csv") for path in made(site_of(ODD)))
    without = made(site_of(ODD, formats=("html",)))
    assert not any(path.endswith(".csv") for path in without)
    assert ".csv" not in "".join(text(without, path) for path in without if path.endswith(".html"))
    (data,) = {path for path in without if path.endswith(".json")}
    assert json.loads(text(without, data))["csv"] is False


def test_what_the_data_say_is_no_markup() -> None:
    """Labels are escaped wherever they stand."""
    pages = made(site_of(ODD))
    for path, artifact in pages.items():
        if path.endswith(".html"):
            assert b"<b>X" not in b"".join(artifact.chunks())
    assert any(b"&lt;b&gt;X" in b"".join(one.chunks()) for path, one in pages.items() if path.endswith(".html"))


def test_large_listings_have_pages_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What browsers would have to load is too much then; tables have names only."""
    monkeypatch.setattr("saite.render.html.facets.MOST_MEMBERS", 4)
    found = made(site_of(ODD))
    assert not any(path.endswith(".json") for path in found)
    page = text(found, "browse/class/P.html")
    assert "<script src" not in page
    assert "browse/class/P~of-urn-x-y.html" in page
    table = text(found, "browse/class/P~of-urn-x-y.en.csv")
    assert table.splitlines()[0] == "IRI,Name"


def test_long_values_have_several_pages() -> None:
    """As long listings have; all of them stand in the sitemap."""
    data = ':v0 rdfs:label "0" . :v1 rdfs:label "1" .' + " ".join(
        f":m{n:03} a :P ; :of :v{n < 250:d} ." for n in range(260)
    )
    site = site_of(data)
    found = made(site)
    pages = ["browse/class/P~of-v1.html", "browse/class/P~of-v1~2.html"]
    shown = [re.findall(r'<li><a href="[^"]*">(m\d+)</a></li>', text(found, page)) for page in pages]
    assert [len(one) for one in shown] == [200, 50]
    assert "P~of-v1~2.html" in text(found, pages[0])
    sitemap = next(part for part in renderer(site).parts() if isinstance(part, Placed) and part.places == ("sitemap",))
    urls = b"".join(chunk for one in sitemap() for chunk in one.chunks()).decode()
    assert all(f"<loc>{BASE}{page}</loc>" in urls for page in pages)


def many(sizes: Iterator[int], facets: int = 1) -> Listing:
    """A listing whose facets have so many values."""
    member = (ex("m"),)
    return Listing(
        "class",
        ex("P"),
        "browse/class/P",
        member,
        1,
        facets=tuple(
            Facet((config.Step(ex(f"p{n}").value),), False, tuple(Choice(ex(f"v{v}"), member) for v in range(size)))
            for n, size in zip(range(facets), sizes, strict=False)
        ),
    )


def test_the_number_of_pages_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A facet with many values has no pages; nor has one for which the site has no room left, the last ones first."""
    monkeypatch.setattr(render, "MOST_PAGES", 30)
    found = linked([many(iter((26, 20, 11, 10)), 4)])[ex("P")]
    assert [one.linked for one in found] == [False, True, False, True]


@given(st.lists(st.from_regex("[-aA/é1.]{0,4}#?[aA1]?", fullmatch=True), unique=True, max_size=12))
def test_names_in_addresses_are_apart_and_plain(endings: list[str]) -> None:
    """No two differ by letter case only; they are letters, digits and hyphens."""
    choices = tuple(Choice(ex(f"x/{ending}"), ()) for ending in endings)
    facet = Facet((config.Step(ex("a").value),), False, choices)
    (one,) = named(Listing("class", ex("P"), "browse/class/P", (), 0, facets=(facet,)))
    assert len({token.lower() for token in one.tokens}) == len(endings)
    assert all(re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", token) for token in one.tokens)


def test_facets_by_one_property_have_names_of_their_own() -> None:
    """By several paths, a property has a name for each; pages say by what they differ."""
    path = [(config.Step(ex("of").value),), (config.Step(ex("in").value), config.Step(ex("of").value))]
    rule = config.Facets(ex("P").value, tuple(path))
    data = ODD + ' :a :in :b . :of rdfs:label "member of" . :in rdfs:label "inside" .'
    site = site_of(data, facets=(rule,))
    assert [one.key for one in named(listing(site, "class", "P"))] == ["of", "of2"]
    page = text(made(site), "browse/class/P.html")
    assert ">member of</h2>" in page
    assert ">inside: member of</h2>" in page
    assert narrowed(listing(site, "class", "P"), "of2", "y", 3) == "browse/class/P~of2-y~3"
    assert site_settings().facets == ()
