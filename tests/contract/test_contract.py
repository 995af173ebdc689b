"""How every URL answers, on every server: each test is a sentence of ``declared.RULES``."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.signposts import Signposts, of_fields, of_linkset, of_page

from saite.profile import TOKENS

from . import test_contract as here
from .conftest import Client, Reply, links
from .declared import EXCEPTIONS, RULES
from .site import BASE, LONG, MANY, OTHER

HTML, TURTLE, JSON_LD = "text/html", "text/turtle", "application/ld+json"
N_TRIPLES, RDF_XML = "application/n-triples", "application/rdf+xml"
ONE = "/thing/one"
DUMP = "/dump/data.nq"


def test_things(door: Client) -> None:
    """303 to the document, by a rule of the settings, to a fragment."""
    for thing, document in (
        ("/id/thing/one", ONE),
        ("/kos/topic", "/concept/topic"),
        ("/id/part/first", "/thing/one#n-part/first"),
    ):
        reply = door.get(thing, TURTLE)
        assert reply.status == 303
        assert door.resolved(thing, reply.get("Location")) == document
        assert {"accept", "accept-language"} <= reply.vary
    assert door.get("/id/thing/none").status == 404
    assert door.get("/kos/none").status == 404


def test_things_encoded(door: Client) -> None:
    """The IRI is compared as it means, not as it is written."""
    for thing in ("/id/v%C4%81rds/%C5%A1%C4%B7%C4%93le", "/id/thing/a%20b"):
        reply = door.get(thing)
        assert reply.status == 303
        document = door.resolved(thing, reply.get("Location"))
        assert document.isascii()
        assert door.get(document, TURTLE).status == 200


def test_forms(door: Client) -> None:
    """Each of the five, and HTML for whoever does not say."""
    for accept in (HTML, TURTLE, JSON_LD, N_TRIPLES, RDF_XML):
        reply = door.get(ONE, accept)
        assert (reply.status, reply.type) == (200, accept)
    for accept in ("", "*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"):
        for document in (ONE, "/", "/v%C4%81rds/%C5%A1%C4%B7%C4%93le"):
            assert door.get(document, accept).type == HTML


def test_qualities(door: Client) -> None:
    """The client's order, not the list's; the more exact range counts; 0 is never."""
    for accept, wanted in (
        ("text/turtle;q=0.4, application/ld+json;q=0.6", JSON_LD),
        ("application/rdf+xml, text/html;q=0.9", RDF_XML),
        ("text/html;q=0.5, application/*;q=0.8", JSON_LD),
        ("text/*;q=0.3, text/html;q=0.1, application/rdf+xml;q=0.2", TURTLE),
        ("text/html;q=0, */*;q=0.5, application/n-triples;q=0.7", N_TRIPLES),
        ("*/*;q=0.1, text/turtle;q=0.2", TURTLE),
        ("image/png, text/turtle;q=0.001", TURTLE),
        ("TEXT/TURTLE ; Q=1.0", TURTLE),
        ("text/turtle;charset=utf-8", TURTLE),
        ("text/turtle, text/html", HTML),
        ("text/html;q=0.0, text/turtle;q=0.8, image/*;q=0.9", TURTLE),
    ):
        reply = door.get(ONE, accept)
        assert (accept, reply.status, reply.type) == (accept, 200, wanted)


def test_qualities_fine(door: Client) -> None:
    """Three digits are compared."""
    assert door.get(ONE, "text/turtle;q=0.55, application/ld+json;q=0.54").type == TURTLE
    assert door.get(ONE, "text/turtle;q=0.541, text/html;q=0.54").type == TURTLE


def test_parameters(door: Client) -> None:
    """Not this Turtle, but another one."""
    assert door.get(ONE, 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"').type == JSON_LD
    assert door.get(ONE, "text/turtle;version=99").status == 406


def test_repeated(door: Client) -> None:
    """The second field counts as the first does."""
    reply = door.send(ONE, "GET", ("Accept", "image/png"), ("Accept", "text/turtle"))
    assert (reply.status, reply.type) == (200, TURTLE)


def test_malformed(door: Client) -> None:
    """Nonsense is as good as nothing."""
    for accept in ("garbage", ";;,", ","):
        assert (door.get(ONE, accept).status, door.get(ONE, accept).type) == (200, HTML)


def test_languages(door: Client) -> None:
    """By quality, by the beginning of the tag; and one of the site's where there is none of the client's."""
    for document in (ONE, "/"):
        for wish, language in (
            ("", "lv"),
            ("en", "en"),
            ("lv", "lv"),
            ("en-GB", "en"),
            ("lv;q=0.3, en;q=0.7", "en"),
            ("ru", "lv"),
            ("ru, en;q=0.2", "en"),
            ("*", "lv"),
            ("EN", "en"),
        ):
            reply = door.get(document, HTML, wish)
            assert (wish, f'<html lang="{language}"'.encode() in reply.body) == (wish, True)
    assert door.get(ONE, TURTLE, "en").type == TURTLE


def test_page_only(door: Client) -> None:
    """The index of indexes has no RDF; a page at a low quality beats nothing."""
    assert door.get("/browse", "text/turtle, text/html;q=0.1").type == HTML
    assert door.get("/browse", "text/turtle;q=0.9, */*;q=0.1").type == HTML
    assert door.get("/browse", TURTLE).status == 406
    assert door.get("/", TURTLE).status == 406


def test_catalogue(door: Client) -> None:
    """``/catalog`` and ``/.well-known/void`` in each of their forms."""
    for document in ("/catalog", "/.well-known/void"):
        for accept in (TURTLE, JSON_LD, RDF_XML, "application/rdf+xml, text/turtle;q=0.5"):
            reply = door.get(document, accept)
            assert (reply.status, reply.type) == (200, accept.partition(",")[0])
            assert door.resolved(document, reply.get("Content-Location")).startswith(f"{document}.")
    assert door.get("/catalog").type == HTML
    for accept in ("", "*/*"):
        reply = door.get("/.well-known/void", accept)
        assert reply.status == 200
        assert reply.type in (TURTLE, JSON_LD)
        assert b"void" in reply.content


def test_none(door: Client) -> None:
    """What can be had is told, in text or links."""
    for accept in ("image/png", "text/html;q=0", "application/x-unknown"):
        reply = door.get(ONE, accept)
        assert reply.status == 406
        assert TURTLE in reply.body.decode() + reply.get("Link")


def test_plain_json(door: Client) -> None:
    """The bytes of the JSON-LD, as another representation; whoever would rather have something else gets that."""
    reply, linked = door.get(ONE, "application/json"), door.get(ONE, JSON_LD)
    assert (reply.status, reply.type, reply.body) == (200, "application/json", linked.body)
    (context,) = links(reply)["http://www.w3.org/ns/json-ld#context"]
    assert door.get(door.resolved(ONE, context)).type == JSON_LD
    assert reply.get("ETag") != linked.get("ETag")
    assert door.get(ONE, "application/json", If_None_Match=reply.get("ETag")).status == 304
    assert door.get(ONE, "application/json", If_None_Match=linked.get("ETag")).status == 200
    assert "http://www.w3.org/ns/json-ld#context" not in links(linked)
    assert {"accept", "accept-language"} <= reply.vary
    for accept, wanted in (
        ("application/json, text/plain, */*", HTML),
        ("application/json, application/ld+json", JSON_LD),
        ("application/json, text/turtle;q=0.9", "application/json"),
        ("application/json;q=0.5, text/turtle", TURTLE),
    ):
        assert (accept, door.get(ONE, accept).type) == (accept, wanted)


def test_location(door: Client) -> None:
    """The same bytes, the same tag."""
    for accept, language in ((HTML, "lv"), (HTML, "en"), (TURTLE, ""), (JSON_LD, "")):
        for document in (ONE, "/v%C4%81rds/%C5%A1%C4%B7%C4%93le"):
            reply = door.get(document, accept, language)
            file = door.resolved(document, reply.get("Content-Location"))
            again = door.get(file)
            assert (again.status, again.body, again.get("ETag")) == (200, reply.body, reply.get("ETag"))
    assert door.resolved("/", door.get("/", HTML, "en").get("Content-Location")) == "/index.en.html"


def test_vary(door: Client) -> None:
    """Caches must not give one client's form to another."""
    both = {"accept", "accept-language"}
    first = door.get(ONE, TURTLE)
    again = door.get(ONE, TURTLE, If_None_Match=first.get("ETag"))
    replies = [first, again, door.get("/"), door.get(ONE, "image/png"), door.get("/id/thing/one"), door.get("/nothing")]
    assert [reply.status for reply in replies] == [200, 304, 200, 406, 303, 404]
    for reply in replies:
        assert both <= reply.vary


def test_tags(door: Client) -> None:
    """One for each form, good for that form only."""
    found = {accept: door.get(ONE, accept).get("ETag") for accept in (HTML, TURTLE, JSON_LD, N_TRIPLES, RDF_XML)}
    english = door.get(ONE, HTML, "en").get("ETag")
    assert len({*found.values(), english}) == 6
    assert not any(tag.startswith("W/") for tag in found.values())
    for accept, tag in found.items():
        same = door.get(ONE, accept, If_None_Match=f'"other", {tag}')
        assert (same.status, same.body, same.get("ETag")) == (304, b"", tag)
        assert door.get(ONE, accept, If_None_Match="*").status == 304
        assert door.get(ONE, accept, If_None_Match=english).status == 200
    assert door.get(ONE, TURTLE, If_None_Match=f"W/{found[TURTLE]}").status == 304


def test_tags_content(door: Client, site: Path) -> None:
    """The two names of one page have one tag, whenever they were written."""
    assert door.get("/thing/one.html").get("ETag") == door.get("/thing/one.lv.html").get("ETag")
    file = site / "thing" / "two.nt"
    before = door.get("/thing/one.nt").get("ETag")
    assert before
    touched = site / "thing" / "one.nt"
    times = touched.stat()
    file.stat()
    try:
        import os

        os.utime(touched, (times.st_atime + 100, times.st_mtime + 100))
        assert door.get("/thing/one.nt").get("ETag") == before
    finally:
        os.utime(touched, (times.st_atime, times.st_mtime))


def test_gzip(door: Client) -> None:
    """The same content in fewer bytes; not for who refuses it."""
    for target in (ONE, "/thing/one.ttl", "/assets/saite.css"):
        plain, small = door.get(target, HTML), door.get(target, HTML, Accept_Encoding="br, gzip")
        assert small.get("Content-Encoding") == "gzip"
        assert small.content == plain.body
        assert "accept-encoding" in small.vary
        assert "accept-encoding" in plain.vary
    assert not door.get(ONE, Accept_Encoding="gzip;q=0").get("Content-Encoding")


def test_gzip_tags(door: Client) -> None:
    """Not that of the bytes as they are, and good for 304."""
    plain, small = door.get(ONE, TURTLE), door.get(ONE, TURTLE, Accept_Encoding="gzip")
    tag = small.get("ETag")
    assert tag.startswith('"')
    assert tag != plain.get("ETag")
    assert door.get(ONE, TURTLE, Accept_Encoding="gzip", If_None_Match=tag).status == 304


def test_modified(door: Client) -> None:
    """dct:modified, at midnight; nothing where there is none."""
    reply = door.get(ONE, TURTLE)
    assert reply.get("Last-Modified") == "Mon, 06 May 2024 00:00:00 GMT"
    since = door.get(ONE, TURTLE, If_Modified_Since="Mon, 06 May 2024 00:00:00 GMT")
    assert since.status == 304
    assert door.get(ONE, TURTLE, If_Modified_Since="Sun, 05 May 2024 23:59:59 GMT").status == 200
    assert door.get("/thing/two", TURTLE).get("Last-Modified") == ""


def fields(reply: Reply) -> list[tuple[str, str]]:
    """What an answer has, but for its moment; what words of its own a server has for a redirect is not measured."""
    ignored = {"date", "connection", "keep-alive"} | (set() if reply.status == 200 else {"content-length"})
    return sorted((name.lower(), value) for name, value in reply.fields if name.lower() not in ignored)


def test_head(door: Client) -> None:
    """Without a body."""
    for target in (ONE, "/thing/one.ttl", "/id/thing/one", DUMP, "/"):
        get, head = door.get(target), door.send(target, "HEAD")
        assert (head.status, head.body) == (get.status, b"")
        assert fields(get) == fields(head)


def test_ranges(door: Client) -> None:
    """First, last and middle bytes; what lies beyond; a part of another version is none."""
    whole = door.get(DUMP)
    size = len(whole.body)
    assert size > MANY
    assert whole.get("Accept-Ranges") == "bytes"
    for field, first, last in (
        ("bytes=0-9", 0, 9),
        (f"bytes={size - 5}-", size - 5, size - 1),
        ("bytes=-7", size - 7, size - 1),
        (f"bytes=100-{size * 2}", 100, size - 1),
    ):
        part = door.get(DUMP, Range=field)
        assert (part.status, part.get("Content-Range")) == (206, f"bytes {first}-{last}/{size}")
        assert part.body == whole.body[first : last + 1]
    assert door.get(DUMP, Range="bytes=0-9", If_Range=whole.get("ETag")).status == 206
    assert door.get(DUMP, Range="bytes=0-9", If_Range='"another"').status == 200


def test_ranges_beyond(door: Client) -> None:
    """The client learns where the end is."""
    size = len(door.get(DUMP).body)
    beyond = door.get(DUMP, Range=f"bytes={size}-")
    assert (beyond.status, beyond.get("Content-Range")) == (416, f"bytes */{size}")


def test_missing(door: Client) -> None:
    """404, whoever asks for what; the page finds its style sheet."""
    for accept in ("", HTML, TURTLE, JSON_LD, "image/png"):
        for target in ("/nothing", "/thing/nothing", "/thing/one.pdf", "/thing/", "/thing", "/a/b/c/d"):
            assert door.get(target, accept).status == 404
    page = door.get("/a/b/c/d", HTML)
    assert page.type == HTML
    text = page.body.decode()
    assert "Page not found" in text
    begin = text.partition('<base href="')[2].partition('"')[0] if "<base " in text else ""
    style = text.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    assert door.get(door.resolved(door.resolved("/a/b/c/d", begin), style)).status == 200


def test_gone(door: Client) -> None:
    """The page, though its status is 410; that of the files too."""
    for target in ("/thing/old", "/thing/lost", "/thing/old.lv.html", "/thing/old.html"):
        reply = door.get(target, HTML, "lv")
        assert (reply.status, reply.type) == (410, HTML)
        assert ("Vecais" if "old" in target else "Zudis") in reply.body.decode()
    assert door.get("/id/thing/old").status == 303


def test_gone_forms(door: Client) -> None:
    """Turtle and the rest are told too."""
    for accept in (TURTLE, JSON_LD, N_TRIPLES, RDF_XML):
        reply = door.get("/thing/old", accept)
        assert (reply.status, reply.type) == (410, accept)
        assert b"deprecated" in reply.body
    assert door.get("/thing/old", HTML, "en").get("Content-Language") == "en"


def test_successor(door: Client) -> None:
    """A link to the document that is there now."""
    for target in ("/thing/old", "/thing/old.ttl"):
        [successor] = links(door.get(target, TURTLE))["successor-version"]
        assert door.resolved(target, successor) == ONE
    assert "successor-version" not in links(door.get("/thing/lost", TURTLE))


def test_methods(door: Client) -> None:
    """Nothing can be written here."""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        for target in (ONE, "/thing/one.ttl", "/nothing"):
            reply = door.send(target, method, body=b"x" if method != "DELETE" else b"")
            assert reply.status == 405
            assert {"GET", "HEAD"} <= {name.strip() for name in reply.get("Allow").split(",")}


def test_cors(door: Client) -> None:
    """Every answer may be read, its fields too; without credentials."""
    replies = [door.get(target) for target in (ONE, "/thing/one.ttl", "/nothing", "/id/thing/one", "/assets/saite.css")]
    ask = (("Origin", "https://app.example"), ("Access-Control-Request-Method", "GET"))
    preflight = door.send(ONE, "OPTIONS", *ask)
    assert preflight.status in (200, 204)
    assert "GET" in preflight.get("Access-Control-Allow-Methods")
    assert "accept" in preflight.get("Access-Control-Allow-Headers").lower()
    for reply in [*replies, preflight, door.get(ONE, "image/png"), door.send(ONE, "POST", body=b"x")]:
        assert reply.get("Access-Control-Allow-Origin") == "*"
        assert not reply.get("Access-Control-Allow-Credentials")
    assert "accept-profile" in preflight.get("Access-Control-Allow-Headers").lower()
    assert {"link", "etag", "content-profile"} <= {
        name.strip().lower() for name in replies[0].get("Access-Control-Expose-Headers").split(",")
    }


TYPES = {
    "/thing/one.lv.html": "text/html; charset=utf-8",
    "/thing/one.ttl": "text/turtle; charset=utf-8",
    "/thing/one.jsonld": "application/ld+json",
    "/thing/one.nt": "application/n-triples",
    "/thing/one.rdf": "application/rdf+xml",
    "/context.jsonld": "application/ld+json",
    "/dump/data.nq": "application/n-quads",
    "/dump/data.ttl.gz": "application/gzip",
    "/assets/saite.css": "text/css; charset=utf-8",
    "/assets/saite.svg": "image/svg+xml",
}


def test_files(door: Client, site: Path) -> None:
    """The bytes of the file, under the right name."""
    for target, media_type in TYPES.items():
        for accept in ("", "image/png"):
            reply = door.get(target, accept)
            assert (target, reply.status, reply.get("Content-Type")) == (target, 200, media_type)
            assert reply.body == (site / target[1:]).read_bytes()
            assert not reply.get("Content-Encoding")


def test_tables(door: Client, site: Path) -> None:
    """Spreadsheets know them by their types; metadata lie where CSV on the Web looks for them."""
    for target, media_type in (
        ("/table/Thing.lv.csv", "text/csv; charset=utf-8"),
        ("/table/Thing.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/table/Thing.lv.csv-metadata.json", "application/csvm+json"),
        ("/datapackage.json", "application/json"),
    ):
        reply = door.get(target)
        assert (target, reply.status) == (target, 200)
        assert reply.get("Content-Type").startswith(media_type)
        assert reply.body == (site / target[1:]).read_bytes()


def test_links(door: Client) -> None:
    """On documents and files; each leads somewhere."""
    for target, accept in ((ONE, HTML), (ONE, TURTLE), ("/thing/one.ttl", ""), ("/thing/one.en.html", "")):
        found = links(door.get(target, accept))
        others = {door.resolved(target, reference) for reference in found["alternate"]}
        here_ = door.resolved(target, door.get(target, accept).get("Content-Location") or target)
        every = {f"/thing/one.{ending}" for ending in ("lv.html", "en.html", "ttl", "jsonld", "nt", "rdf")}
        assert every - {here_} <= others
        assert all(door.get(other).status == 200 for other in others)
        assert found["license"] == ["http://creativecommons.org/licenses/by/4.0/"]
    assert "/thing/one.ttl" in {
        door.resolved(ONE, reference) for reference in links(door.get(ONE, HTML))["describedby"]
    }


def test_cite_as(door: Client) -> None:
    """The IRI for ever, not the address of today."""
    for target, iri in ((ONE, "id/thing/one"), ("/concept/topic.ttl", "kos/topic"), ("/def/Thing", "def#Thing")):
        assert links(door.get(target))["cite-as"] == [BASE + iri]
    assert links(door.get("/external/elsewhere.example/thing"))["cite-as"] == ["https://elsewhere.example/thing"]


def found(door: Client, target: str, accept: str = "") -> Signposts:
    """What an independent reader finds in the fields of an answer."""
    reply = door.get(target, accept)
    return of_fields([value for name, value in reply.fields if name.lower() == "link"], door.url(target))


def test_signposting(door: Client) -> None:
    """From a thing to the data set and its dumps and back, and from what describes it."""
    entity, dataset = found(door, ONE, HTML), found(door, "/set/all", HTML)
    assert "https://schema.org/AboutPage" in entity.targets("type")
    assert entity.typed("collection") == {door.url("/set/all"): HTML}
    assert entity.targets("license") == {"http://creativecommons.org/licenses/by/4.0/"}
    assert entity.targets("author") == {f"{BASE}id/thing/two"}
    metadata = entity.typed("describedby")
    assert metadata[door.url("/thing/one.ttl")] == TURTLE
    assert metadata[door.url("/thing/one.jsonld")] == JSON_LD
    for target, media_type in metadata.items():
        path = urlsplit(target).path
        assert door.get(path).type == media_type
        assert found(door, path).typed("describes") == {door.url(ONE): HTML}
        assert found(door, path).targets("collection") == {door.url("/set/all")}
        assert "type" not in found(door, path).relations
    assert "collection" not in dataset.relations
    items = dataset.typed("item")
    assert items[door.url(DUMP)] == "application/n-quads"
    assert items[door.url("/dump/data.ttl.gz")] == "application/gzip"
    for target, media_type in items.items():
        path = urlsplit(target).path
        reply = found(door, path)
        assert door.get(path).type == media_type
        assert reply.targets("collection") == {door.url("/set/all")}
        assert reply.targets("cite-as") == {f"{BASE}set/all"}
        assert reply.targets("type") == {"https://schema.org/DataDownload"}
        assert reply.targets("license") == entity.targets("license")
        assert reply.linkset("application/linkset+json") == door.url("/set/all.linkset.json")
    assert not {"collection", "item", "cite-as"} & found(door, "/browse", HTML).relations
    assert not door.get("/assets/saite.css").get("Link")


def test_signposting_pages(door: Client) -> None:
    """Complete, and with links to files, so that a folder without rules is signposted too."""
    thing, dataset = (of_page(door.url(f"/{page}.en.html")) for page in ("event/first", "set/all"))
    assert thing.targets("cite-as") == {f"{BASE}id/event/first"}
    assert thing.targets("type") == {"https://schema.org/AboutPage", "https://schema.org/Event"}
    assert thing.targets("author") == {OTHER}
    assert thing.targets("license") == dataset.targets("license") == {"http://creativecommons.org/licenses/by/4.0/"}
    assert thing.typed("collection") == {door.url("/set/all.en.html"): HTML}
    assert dataset.typed("item") == found(door, "/set/all", HTML).typed("item")
    for page in (thing, dataset):
        assert set(found(door, urlsplit(page.context).path, HTML).typed("describedby")) <= page.targets("describedby")
        for kind in ("application/linkset+json", "application/linkset"):
            assert page.linkset(kind) == found(door, urlsplit(page.context).path).linkset(kind)
        for relation in ("describedby", "linkset", "item", "collection"):
            for target, kind in page.typed(relation).items():
                assert (target, door.get(urlsplit(target).path).type) == (target, kind)
    assert not of_page(door.url("/browse.en.html")).here


def test_types(door: Client) -> None:
    """On the page only: its RDF files are no pages."""
    event = found(door, "/event/first", HTML)
    assert event.targets("type") == {"https://schema.org/AboutPage", "https://schema.org/Event"}
    assert event.targets("author") == {OTHER}
    assert "https://schema.org/Dataset" in found(door, "/set/all.en.html").targets("type")


def test_links_short(door: Client) -> None:
    """On pages, metadata and dumps; where it is longest, the link set is told all the same."""
    for document in (ONE, "/set/all", f"/thing/{LONG}"):
        for target, accept in ((document, HTML), (document, TURTLE), (f"{document}.schema.ttl", "")):
            assert 500 < len(door.get(target, accept).get("Link")) < 2_500
            assert found(door, target, accept).linkset("application/linkset+json") == door.url(
                f"{document}.linkset.json"
            )
    assert len(door.get(DUMP).get("Link")) < 2_500


def pairs(posts: Signposts) -> set[tuple[str, str]]:
    """Relations and targets of what begins here."""
    return {(post.relation, post.target) for post in posts.here}


def test_linksets(door: Client) -> None:
    """In both formats the same: what the heads of page, metadata and dumps tell, and every form."""
    kinds = ("application/linkset+json", "application/linkset")
    for target, accept in ((ONE, HTML), ("/thing/one.ttl", ""), ("/event/first.rdf", ""), ("/set/all", HTML)):
        head = found(door, target, accept)
        document = target.partition(".")[0]
        urls = [head.linkset(kind) for kind in kinds]
        assert urls == [door.url(f"{document}.linkset.json"), door.url(f"{document}.linkset")]
        for url, kind in zip(urls, kinds, strict=True):
            reply = door.get(urlsplit(url).path, HTML)
            assert (reply.status, reply.type) == (200, kind)
            told = of_linkset(url).at(door.url(document))
            assert told.targets("cite-as") <= {f"{BASE}id{document}", f"{BASE}{document[1:]}"}
            if accept:
                assert pairs(head) - {("linkset", url) for url in urls} <= pairs(told)
            else:
                assert pairs(told.at(door.url(target))) <= pairs(head)
            profiles = {post.profile for post in told.here if post.relation == "describedby"}
            assert set(TOKENS.values()) <= profiles
        assert set(of_linkset(urls[0]).posts) == set(of_linkset(urls[1]).posts)
    dumps = of_linkset(door.url("/set/all.linkset.json"))
    for dump in dumps.at(door.url("/set/all")).targets("item"):
        assert dumps.at(dump).targets("collection") == {door.url("/set/all")}


def test_safety(door: Client) -> None:
    """Browsers guess nothing, tell little, and run nothing that is not the site's own."""
    for target in (ONE, "/", "/nothing", "/thing/one.ttl", "/assets/saite.css"):
        reply = door.get(target, HTML if target != "/thing/one.ttl" else "")
        assert reply.get("X-Content-Type-Options") == "nosniff"
        assert reply.get("Referrer-Policy")
        if reply.type == HTML:
            policy = reply.get("Content-Security-Policy")
            assert "script-src 'self'" in policy
            assert "'unsafe-" not in policy


def test_profiles(door: Client) -> None:
    """By field and by argument; the answer says which it is, and what it depended on."""
    plain, labels, schema = (f"<{TOKENS[token]}>" for token in ("plain", "labels", "schema"))
    for wish, accept, profile in (
        ("", TURTLE, plain),
        (labels, TURTLE, labels),
        (f"{schema};q=0.9, {labels};q=0.2, nonsense", "", schema),
        (f"{schema};q=0.1, {plain};q=0.2", JSON_LD, plain),
        (f"<urn:unknown>, {labels};q=0.1", JSON_LD, labels),
        ("<urn:unknown>", TURTLE, plain),
        (labels, HTML, ""),
        (schema, N_TRIPLES, plain),
    ):
        reply = door.send(ONE, "GET", *([("Accept", accept)] if accept else []), ("Accept-Profile", wish))
        assert (wish, reply.status, reply.get("Content-Profile")) == (wish, 200, profile)
        assert not accept or reply.type == accept
        assert "accept-profile" in reply.vary
        assert links(reply).get("profile", []) == ([profile.strip("<>")] if profile else [])
    for argument, media_type in (("schema", JSON_LD), ("%3Chttps://schema.org/%3E", TURTLE)):
        target = f"{ONE}?_profile={argument}&_mediatype={media_type}"
        reply = door.get(target, HTML)
        assert (reply.status, reply.type, reply.get("Content-Profile")) == (200, media_type, schema)
    thing = door.get("/id/thing/one?_profile=labels")
    assert door.resolved("/id/thing/one", thing.get("Location")) == f"{ONE}?_profile=labels"
    assert door.get(f"{ONE}?_profile=nothing").status == 400
    assert door.get(f"{ONE}?_profile=labels&_mediatype=image/png").status == 406
    for argument, accept, media_type in (
        ("all", "", HTML),
        ("alt&_mediatype=application/json", HTML, "application/json"),
    ):
        reply = door.get(f"{ONE}?_profile={argument}", accept)
        assert (reply.status, reply.type) == (200, media_type)
        assert "one.labelled.ttl" in reply.body.decode()
    assert door.get("/browse?_profile=labels").status == 200
    assert "accept-profile" not in door.get("/browse").vary


def test_profiles_files(door: Client, site: Path) -> None:
    """With their media types, also where the thing is no more; each is linked from the others, and knows its thing."""
    ends = {"labelled.ttl": TURTLE, "labelled.jsonld": JSON_LD, "schema.ttl": TURTLE, "schema.jsonld": JSON_LD}
    for end, media_type in ends.items():
        target = f"/thing/one.{end}"
        reply = door.get(target)
        assert (reply.status, reply.type, reply.body) == (200, media_type, (site / target[1:]).read_bytes())
        told = (
            of_linkset(found(door, target).linkset("application/linkset+json")).at(door.url(ONE)).targets("describedby")
        )
        assert {door.url(f"/thing/one.{other}") for other in (*ends, "ttl")} <= told
        if "cite-as" not in EXCEPTIONS[door.name]:
            assert links(reply)["cite-as"] == [f"{BASE}id/thing/one"]
        assert f'href="one.{end}"' in door.get(ONE, HTML).body.decode()
        gone = door.get(f"/thing/old.{end}")
        assert (gone.status, gone.type) == (410, media_type)
        assert "successor-version" in links(gone)


def test_language_field(door: Client) -> None:
    """On pages, chosen or asked for."""
    assert door.get(ONE, HTML, "en").get("Content-Language") == "en"
    assert door.get(ONE, HTML).get("Content-Language") == "lv"
    assert door.get("/thing/one.en.html").get("Content-Language") == "en"
    assert door.get("/thing/one.html").get("Content-Language") == "lv"
    assert not door.get(ONE, TURTLE, "en").get("Content-Language")


def test_hidden(door: Client) -> None:
    """404, as if they were not there."""
    for name in (".saite-manifest.json", ".saite-names.json", ".saite-nginx.conf", ".htaccess", ".saite-Caddyfile"):
        for target in (f"/{name}", f"/%2E{name[1:]}"):
            assert door.get(target).status in (403, 404)


def test_traversal(door: Client) -> None:
    """Neither up, nor by another spelling of up."""
    for target in (
        "/../saite.toml",
        "/thing/../../saite.toml",
        "/%2e%2e/saite.toml",
        "/..%2fsaite.toml",
        "/%2e%2e%2fsaite.toml",
        "/..%5csaite.toml",
        "/thing/%252e%252e/%252e%252e/saite.toml",
        "/%c0%ae%c0%ae/saite.toml",
        "//etc/passwd",
        "/thing/one%00.ttl",
    ):
        reply = door.get(target)
        assert 400 <= reply.status < 500
        assert b"base =" not in reply.body


def test_slashes(door: Client) -> None:
    """``thing%2Fone`` is one segment, of nothing."""
    assert door.get("/thing%2Fone").status in (400, 404)


def test_everything_is_declared() -> None:
    """Each rule has its test and each test its rule; exceptions are of rules that there are."""
    tests = {name.removeprefix("test_").replace("_", "-") for name in dir(here) if name.startswith("test_")}
    assert tests - {"everything-is-declared", "contract"} == set(RULES)
    for name, exceptions in EXCEPTIONS.items():
        assert set(exceptions) <= set(RULES), name


pytestmark = pytest.mark.xdist_group("contract")
