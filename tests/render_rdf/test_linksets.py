"""Link sets as files; what a reader finds in them on each host, the contract tests."""

import json
from typing import Any

from tests.site.graphs import BASE, page, site_of

from saite.render import renderers
from saite.render.linksets import Linksets, renderer
from saite.site import BuiltSite

DATA = """
:set/all a dcat:Dataset ; rdfs:label "all" ; dct:creator :me ; dct:license <https://l.example/1> .
:a/thing a schema:Event ; rdfs:label "thing" .
<def#Term> rdfs:label "term" .
""".replace(":set/all", "<set/all>").replace(":a/thing", "<a/thing>")


def made(site: BuiltSite, name: str) -> dict[str, Any]:
    """The contexts of a document's link set in JSON, by anchor."""
    [maker] = [one for one in renderers(site) if isinstance(one, Linksets)]
    [first, *_] = maker.resource(page(site, name))
    content = first.content
    assert isinstance(content, bytes)
    return {context["anchor"]: context for context in json.loads(content)["linkset"]}


def test_a_document_has_the_links_of_its_page_and_metadata() -> None:
    """Relative to itself; the pages of all languages are other forms of it."""
    found = made(site_of(DATA, languages=("lv", "en"), profiles=("labels",)), "a/thing")
    thing = found.pop("thing")
    assert thing["cite-as"] == [{"href": f"{BASE}a/thing"}]
    assert [one["href"] for one in thing["type"]] == ["https://schema.org/AboutPage", "https://schema.org/Event"]
    assert thing["collection"] == [{"href": "../set/all", "type": "text/html"}]
    assert thing["license"] == [{"href": "https://l.example/1"}]
    assert thing["author"] == [{"href": f"{BASE}me"}]
    assert [(one["href"], one["hreflang"]) for one in thing["alternate"]] == [
        ("thing.lv.html", ["lv"]),
        ("thing.en.html", ["en"]),
    ]
    described = {one["href"]: one["profile"].rpartition("/")[2] for one in thing["describedby"]}
    assert described["thing.ttl"] == described["thing.nt"] == "description"
    assert described["thing.labelled.jsonld"] == "labelled"
    assert found == {end: {"anchor": end, "describes": [{"href": "thing", "type": "text/html"}]} for end in described}


def test_the_data_set_has_its_dumps_and_where_they_lead_back() -> None:
    """Those that will be made; it belongs to no other data set, and has files for reference managers."""
    found = made(site_of(DATA), "set/all")
    dumps = {one["href"]: one["type"] for one in found["all"]["item"]}
    assert dumps["../dump/example.org.nq"] == "application/n-quads"
    assert "collection" not in found["all"]
    for dump in dumps:
        assert found[dump]["collection"] == [{"href": "../set/all", "type": "text/html"}]
        assert found[dump]["type"] == [{"href": "https://schema.org/DataDownload"}]
    cited = {"all.bib", "all.ris", "all.csl.json"}
    assert cited <= {one["href"] for one in found["all"]["describedby"]}
    assert all(found[file]["describes"] == found["all.ttl"]["describes"] for file in cited)


def test_where_the_site_is_served_references_are_absolute() -> None:
    """As RFC 9264 recommends (4.), so that the link set can be read elsewhere."""
    found = made(site_of(DATA, url="https://data.example/x/"), "def#Term")
    here = "https://data.example/x/def/Term"
    assert {here, f"{here}.ttl"} <= set(found)
    assert found[f"{here}.ttl"]["describes"][0]["href"] == here
    assert found[here]["collection"][0]["href"] == "https://data.example/x/set/all"


def test_the_settings_say_which_formats_there_are() -> None:
    """A promise has the same bytes; both formats belong to the document by name only: they are no forms of it."""
    site = site_of(DATA, linksets=("json", "text"), formats=("turtle",))
    files = list(renderer(site).resource(page(site, "a/thing")))
    assert [(file.path, file.media_type, file.document) for file in files] == [
        ("a/thing.linkset.json", "application/linkset+json", ""),
        ("a/thing.linkset", "application/linkset", ""),
    ]
    assert [b"".join(file.chunks()) for file in files] == [
        b"".join(file.chunks()) for file in renderer(site).promises(page(site, "a/thing"))
    ]
    assert b".html" not in b"".join(files[0].chunks())
