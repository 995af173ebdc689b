"""Which answer a request gets."""

from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signposts import Signposts, of_fields

from saite.artifact import HTML, TURTLE, Artifact
from saite.naming import Name
from saite.profile import TOKENS
from saite.serve.door.choices import LONGEST, Choice, choose, missing, not_allowed, preflight
from saite.serve.door.place import Place
from saite.serve.door.published import Published

from .folders import ARTIFACTS, put

PATHS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="#"), max_size=30)


def chosen(site: Published, target: str, accept: str = "", language: str = "") -> Choice:
    """What answers a target."""
    path, _, query = target.partition("?")
    return choose(site, Place(path, query), accept, language)


def field(choice: Choice, name: str) -> str:
    """A field of an answer."""
    return dict(choice.headers).get(name, "")


def test_a_file_is_itself_whatever_is_wanted(site: Published) -> None:
    """It names the other forms, its language, and what it tells of."""
    choice = chosen(site, "a.en.html", "text/turtle", "lv")
    assert choice.status == 200
    assert choice.file == site.file("a.en.html")
    assert field(choice, "Vary") == "Accept-Encoding"
    assert field(choice, "Content-Language") == "en"
    assert field(choice, "Content-Location") == ""
    assert field(choice, "Link") == (
        '<https://example.org/id/a>; rel="cite-as", <https://schema.org/AboutPage>; rel="type", '
        '<https://licence.example/%C4%93>; rel="license", '
        '<a.lv.html>; rel="alternate"; type="text/html", '
        '<a.ttl>; rel="alternate describedby"; type="text/turtle"'
    )
    assert chosen(site, "mark.png").headers == ()


def test_a_table_leads_to_what_its_columns_mean(tmp_path: Path) -> None:
    """A CSV file with metadata beside it links them; one without does not."""
    csv = "text/csv; charset=utf-8; header=present"
    artifacts = [
        Artifact("table/Thing.lv.csv", csv, b"IRI", language="lv"),
        Artifact("table/Thing.lv.csv-metadata.json", "application/csvm+json", b"{}", language="lv"),
        Artifact("table/other.csv", csv, b"IRI"),
    ]
    site = Published(put(tmp_path / "site", artifacts))
    assert field(chosen(site, "table/Thing.lv.csv"), "Link") == (
        '<Thing.lv.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    )
    assert field(chosen(site, "table/Thing.lv.csv"), "Content-Language") == "lv"
    assert field(chosen(site, "table/other.csv"), "Link") == ""


def test_a_document_is_the_form_that_is_wanted(site: Published) -> None:
    """With its address, and what the choice depended on."""
    for accept, language, path in (
        ("", "", "a.lv.html"),
        ("text/html", "en", "a.en.html"),
        ("text/turtle, */*;q=0.1", "", "a.ttl"),
    ):
        choice = chosen(site, "a", accept, language)
        assert choice.file == site.file(path)
        assert field(choice, "Content-Location") == path
        assert field(choice, "Vary") == "Accept, Accept-Language, Accept-Encoding"
    front = chosen(site, "")
    assert front.file == site.file("index.html")


def test_what_cannot_be_had_is_told_with_what_can(site: Published) -> None:
    """406 names each form, and its address."""
    choice = chosen(site, "a", "image/png")
    assert choice.status == 406
    assert choice.content.decode().splitlines() == [
        "406: There is no such form of this document. It can be had as text/html, text/turtle.",
        "text/html; charset=utf-8: a.lv.html",
        "text/html; charset=utf-8: a.en.html",
        "text/turtle; charset=utf-8: a.ttl",
    ]
    assert 'rel="alternate"' in field(choice, "Link")


def test_a_thing_leads_to_its_document(site: Published) -> None:
    """However its address is written; with a fragment where it is shown on another's page."""
    for target, location in (
        ("id/a", "../a"),
        ("id/%61", "../a"),
        ("id/b", "../a#b"),
        ("id/c?x=%C4%93", "../a"),
        ("id/c?x=e%CC%84", "../a"),
    ):
        choice = chosen(site, target, "image/png")
        assert (choice.status, field(choice, "Location")) == (303, location), target
    assert chosen(site, "id/c").status == 404
    assert field(chosen(site, "id/a?utm_source=x"), "Location") == "../a"


def test_what_is_no_more_is_gone_with_its_successor(site: Published) -> None:
    """The document and its files."""
    for target in ("moved", "moved.ttl"):
        choice = chosen(site, target, "text/turtle")
        assert choice.status == 410
        assert choice.file == site.file("moved.ttl")
        assert '<https://elsewhere.example/%C4%93>; rel="successor-version"' in [value for _, value in choice.headers]


def test_endless_iris_stand_in_no_field(tmp_path: Path) -> None:
    """A proxy would refuse the whole answer for a head of many kilobytes."""
    long = "https://elsewhere.example/" + "ā" * 50_000
    odd = Published(put(tmp_path / "site", names=[Name("a", iri=long, gone=True, successor=long)]))
    for target in ("a", "a.ttl"):
        choice = chosen(odd, target)
        assert choice.status == 410
        assert sum(len(name) + len(value) for name, value in choice.headers) < 2_000
        assert 'rel="alternate' in field(choice, "Link")


WHOLE = {
    "base": "https://example.org/",
    "license": "https://licence.example/cc",
    "dataset": "set/all",
    "author": "https://people.example/me https://people.example/you",
    "items": "big.nq application/n-quads dump/x.ttl.gz application/gzip",
    "linksets": "json text",
}
LEVELS = [
    Name("a", iri="https://example.org/id/a", type="Event Place"),
    Name("a.b", iri="https://example.org/id/a.b", author="https://people.example/other"),
    Name("set/all", iri="https://example.org/set"),
]


@pytest.fixture(scope="module")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A folder whose names tell a data set, with forms of all profiles of its page."""
    more = [Artifact(f"set/all{end}", kind, b"x", "set/all", profile=p) for end, kind, p in FORMS]
    return Published(put(tmp_path_factory.mktemp("posted") / "site", (*ARTIFACTS, *more), LEVELS, WHOLE))


FORMS = [
    (".html", HTML, ""),
    (".ttl", TURTLE, ""),
    (".labelled.ttl", TURTLE, TOKENS["labels"]),
    (".schema.ttl", TURTLE, TOKENS["schema"]),
]


def posts(site: Published, target: str, accept: str = "", profile: str = "") -> Signposts:
    """What an independent reader finds in the fields of an answer."""
    choice = choose(site, Place(*target.split("?")), accept, "", profile)
    return of_fields([field(choice, "Link")], f"https://host.example/{target.partition('?')[0]}")


def test_a_landing_page_leads_to_everything_that_level_1_asks(posted: Published) -> None:
    """From a thing to its data set, and from that to the dumps; authors are its own, else those of all."""
    here = "https://host.example/"
    found = posts(posted, "a")
    assert found.targets("cite-as") == {"https://example.org/id/a"}
    assert found.targets("type") == {f"https://schema.org/{name}" for name in ("AboutPage", "Event", "Place")}
    assert found.typed("collection") == {f"{here}set/all": "text/html"}
    assert found.targets("author") == {"https://people.example/me", "https://people.example/you"}
    assert found.typed("describedby") == {f"{here}a.ttl": "text/turtle"}
    assert found.linkset("application/linkset") == f"{here}a.linkset"
    assert posts(posted, "a.b", "text/turtle").targets("author") == {"https://people.example/other"}
    dataset = posts(posted, "set/all")
    assert dataset.typed("item") == {f"{here}big.nq": "application/n-quads", f"{here}dump/x.ttl.gz": "application/gzip"}
    assert dataset.linkset("application/linkset+json") == f"{here}set/all.linkset.json"
    assert "collection" not in dataset.relations


def test_metadata_and_dumps_lead_back(posted: Published) -> None:
    """To the page, and to the data set; they are no pages."""
    here = "https://host.example/"
    for target, accept in (("a.ttl", ""), ("a", "text/turtle")):
        found = posts(posted, target, accept)
        assert found.typed("describes") == {f"{here}a": "text/html"}
        assert not found.relations & {"type", "item", "describedby"}
    dump = posts(posted, "big.nq")
    assert dump.targets("type") == {"https://schema.org/DataDownload"}
    assert dump.typed("collection") == {f"{here}set/all": "text/html"}
    assert dump.targets("cite-as") == {"https://example.org/set"}
    assert dump.targets("author") == {"https://people.example/me", "https://people.example/you"}
    assert chosen(posted, "mark.png").headers == ()


def test_profiles_are_told_to_who_speaks_of_them(posted: Published) -> None:
    """For others the link set tells them, and the head stays short."""
    short = field(choose(posted, Place("set/all"), "", ""), "Link")
    assert "labelled" not in short
    for target, profile in (("set/all?_profile=labels", ""), ("set/all", f"<{TOKENS['schema']}>")):
        told = field(choose(posted, Place(*target.split("?")), "", "", profile), "Link")
        assert all(iri in told for iri in TOKENS.values())
        assert 'token="labels"' in told


def test_links_are_short_enough_together(tmp_path: Path) -> None:
    """What does not fit is left out, the least first: the link set has it."""
    many = " ".join(f"dump/{number:04}.nq application/n-quads" for number in range(500))
    names = [Name("a", iri="https://example.org/id/a", author=" ".join(f"https://p.example/{n}" for n in range(500)))]
    folder = put(tmp_path / "site", names=names, whole={**WHOLE, "dataset": "a", "items": many})
    told = field(chosen(Published(folder), "a"), "Link")
    assert 2_000 < len(told) <= 2_500
    found = posts(Published(folder), "a")
    assert {"cite-as", "linkset", "type", "license"} <= found.relations
    few = {"author": "https://p.example/1", "dataset": "a", "items": many}
    names = [Name("a", iri="https://example.org/id/a")]
    found = posts(Published(put(tmp_path / "site", names=names, whole={**WHOLE, **few})), "a")
    assert len(found.targets("item")) == 12
    assert "describedby" in found.relations


def test_what_is_missing_is_the_own_page_of_the_site_for_who_reads_pages(site: Published) -> None:
    """And a few words in their form for others."""
    assert chosen(site, "none").file == site.file("404.html")
    assert missing(site, Place("none"), "text/turtle").content.startswith(b"# 404: ")


def test_hidden_files_are_not_there(site: Published) -> None:
    """However they are asked for."""
    for target in (".saite-manifest.json", "%2esaite-names.json", "data/.saite-x", "data/%2E", "./a.ttl", "..", "."):
        assert chosen(site, target, "text/plain").status == 404, target


@pytest.mark.parametrize(
    "target",
    ["a%2Fb", "data%2flist.jsonld", "a.ttl%00", "a%00.ttl", "%ff", "%c0%ae%c0%ae/a", "%ed%a0%80", "a.ttl/", "%", "a%2"],
)
def test_what_is_written_deceptively_is_nothing(site: Published, target: str) -> None:
    """Encoded slashes, NUL, overlong UTF-8, surrogates, and broken escapes."""
    assert chosen(site, target, "text/plain").status == 404


def test_escapes_that_mean_the_same_are_the_same(site: Published) -> None:
    """Letters may be escaped; two readings of one escape are none."""
    assert chosen(site, "%61.ttl").file == site.file("a.ttl")
    assert chosen(site, "data/%C4%80ra").file == site.file("data/Āra.ttl")
    assert chosen(site, "%2561.ttl", "text/plain").status == 404


def test_long_addresses_are_not_looked_up(site: Published) -> None:
    """Path and query together."""
    assert chosen(site, "a" * LONGEST).status == 404
    assert chosen(site, "a" * (LONGEST + 1)).status == 414
    assert chosen(site, "a.ttl?" + "x" * LONGEST).status == 414


@given(PATHS, PATHS)
def test_references_lead_where_they_are_to(here: str, there: str) -> None:
    """From any address to any document or file of the site: never to another host, never by another scheme."""
    there = there.replace(";", "")  # no name of ours has it, and Python's urljoin loses one at the end
    there = "/".join(part for part in there.split("/") if part not in ("", ".", ".."))
    place = Place(quote(here.strip("/")))
    reference = place.to(there)
    assert reference.isascii()
    found = urlsplit(urljoin(f"http://host/root/{place.path}", reference))
    wanted = quote(there) if there != "index" else ""
    assert (found.netloc, quote(unquoted(found.path))) == ("host", f"/root/{wanted}")


def unquoted(path: str) -> str:
    """A path in plain text."""
    return Place(path.replace("%2F", "/").replace("%00", "\x00")).decoded or ""


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_any_request_has_an_answer(site: Published, target: str, accept: str, language: str) -> None:
    """Whatever is asked, it is a file of the list, or no file; fields are ASCII without line ends."""
    target = quote(target, safe="/%?.#:;=&")
    choice = chosen(site, target, accept, language)
    assert choice.status in (200, 303, 404, 406, 410)
    assert choice.file is None or site.file(choice.file.path) == choice.file
    for _, value in choice.headers:
        assert value.isascii()
        assert value.isprintable()


def test_other_methods_are_told_which_there_are() -> None:
    """405 with Allow; and a browser's question before a script's request."""
    refused = not_allowed("PUT", Place("a"), "text/plain")
    assert (refused.status, field(refused, "Allow")) == (405, "GET, HEAD, OPTIONS")
    assert b"PUT" not in refused.content
    assert preflight().status == 204
    assert "Range" in field(preflight(), "Access-Control-Allow-Headers")
