"""What the service answers, asked over a real socket as OpenRefine and the specification's test bench ask."""

import json
import re
from urllib.parse import quote, urljoin

import pytest
from tests.contract.doors import served
from tests.serve.reconcile.conftest import ICE, Client

from saite.render import renderers
from saite.serve.door.application import Door
from saite.serve.live.answers import Live
from saite.serve.reconcile.service import Reconciliation
from saite.site.model import Site

LATVIA = f"{ICE}id/country/latvia"
COUNTRY = f"{ICE}def#Country"
REGION = f"{ICE}def#inRegion"
BALTIC = f"{ICE}id/region/baltic-states"


def test_openrefine_goes_through_its_work(service: Client) -> None:
    """What OpenRefine sends: manifest; queries to guess the type, then with it; suggestions; preview; extension."""
    manifest = service.get().json
    assert manifest["view"]["url"].startswith(service.url)
    cells = ["Latvija", "Igaunija", "Lietuva", "Kazahstana", "Tadžikistana"]
    guess = {f"q{place}": {"query": cell, "limit": 3} for place, cell in enumerate(cells)}
    results = service.form(queries=json.dumps(guess)).json
    types = [one["id"] for result in results.values() for one in result["result"][0]["type"]]
    assert types == [COUNTRY] * 5
    batch = {
        f"q{place}": {"query": cell, "type": COUNTRY, "type_strict": "should", "limit": 5}
        for place, cell in enumerate(cells)
    }
    results = service.form(queries=json.dumps(batch)).json
    matched = {key: result["result"][0]["id"] for key, result in results.items() if result["result"][0]["match"]}
    ends = ("latvia", "estonia", "lithuania", "kazakhstan", "tajikistan")
    assert matched == {f"q{place}": f"{ICE}id/country/{name}" for place, name in enumerate(ends)}
    entity = manifest["suggest"]["entity"]
    assert entity["service_url"] + entity["service_path"] == f"{service.url}/suggest/entity"
    found = service.get("/suggest/entity", prefix="latv", type=COUNTRY).json["result"]
    assert [one["id"] for one in found] == [LATVIA]
    proposed = manifest["extend"]["propose_properties"]["service_path"]
    properties = [one["id"] for one in service.get(proposed, type=COUNTRY).json["properties"]]
    assert REGION in properties
    extension = {"ids": [LATVIA], "properties": [{"id": REGION, "settings": {"limit": "1", "language": ""}}]}
    rows = service.form(extend=json.dumps(extension)).json["rows"]
    assert rows == {LATVIA: {REGION: [{"id": f"{ICE}id/region/baltic-states", "name": "Baltijas valstis"}]}}


def test_the_test_bench_goes_through_its_work(service: Client) -> None:
    """What the test bench sends to a service of the draft: JSON to /match, prefixes, an extension by GET."""
    base = "/1.0-draft"
    assert service.get(base).json["suggest"] == {"entity": True, "property": True, "type": True}
    body = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "world bank"}]}]}
    reply = service.post(f"{base}/match", body)
    assert reply.json["results"][0]["candidates"][0]["id"] == f"{ICE}id/institution/world-bank"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert service.get(f"{base}/suggest/type", prefix="coun", limit="1").json["result"][0]["id"] == COUNTRY
    extend = json.dumps({"ids": [LATVIA], "properties": [{"id": f"{ICE}def#iso3"}]})
    rows = service.get(base, extend=extend).json["rows"]
    assert rows == [{"id": LATVIA, "properties": [{"id": f"{ICE}def#iso3", "values": [{"str": "LVA"}]}]}]
    assert service.get(f"{base}/preview", id=LATVIA).status == 200


def test_a_preflight_allows_requests_from_anywhere(service: Client) -> None:
    """CORS, on every service (section 3.4): browsers may send JSON from pages of other hosts."""
    for path in ("", "/suggest/entity", "/1.0-draft/match", "/extend", "/preview"):
        reply = service.send("OPTIONS", path)
        assert reply.status == 204
        assert "POST" in reply.headers["access-control-allow-methods"]
        assert "Content-Type" in reply.headers["access-control-allow-headers"]
        assert reply.headers["access-control-allow-origin"] == "*"


def test_there_is_no_jsonp(service: Client) -> None:
    """A callback changes nothing: no answer is a script, so that no page can be made to run one."""
    for path, fields in (("", {}), ("/suggest/entity", {"prefix": "r"}), ("", {"queries": '{"q0":{"query":"Rīga"}}'})):
        plain, wrapped = service.get(path, **fields), service.get(path, **fields, callback="alert")
        assert wrapped.body == plain.body
        assert wrapped.headers["content-type"] == "application/json"
        assert wrapped.headers["x-content-type-options"] == "nosniff"


def test_identifiers_find_their_entities(service: Client) -> None:
    """An identifier as a query gives its entity, with the greatest score (section 4.3 and 6.3)."""
    for found in (
        service.old(query=LATVIA),
        service.draft({"matchType": "id", "propertyValue": LATVIA}),
        service.draft({"matchType": "name", "propertyValue": {"id": LATVIA}}),
    ):
        assert [(one["id"], one["score"], one["match"]) for one in found] == [(LATVIA, 100, True)]
    assert [one["id"] for one in service.get("/suggest/entity", prefix=LATVIA).json["result"]] == [LATVIA]
    assert [one["id"] for one in service.get("/suggest/type", prefix=COUNTRY).json["result"]] == [COUNTRY]
    assert service.get("/suggest/property", prefix=REGION).json["result"][0]["id"] == REGION


def test_a_type_is_a_filter_with_what_is_below_it(service: Client) -> None:
    """Only instances of the class or of its subclasses are candidates; of an unknown class there are none."""
    found = service.old(query="Ministry of Foreign Affairs", type=f"{ICE}def#Institution")
    assert found[0]["id"] == f"{ICE}id/institution/ministry-of-foreign-affairs-latvia"
    assert f"{ICE}def#Ministry" in [one["id"] for one in found[0]["type"]]
    assert service.old(query="Latvija", type="https://example.org/Nothing") == []
    assert service.old(query="Latvija", type="no IRI at all") == []
    both = [COUNTRY, f"{ICE}def#Region"]
    assert service.old(query="Latvija", type=both, type_strict="all") == []
    assert {one["type"][0]["id"] for one in service.old(query="Centrālāzija", type=both)} <= set(both)


def test_terms_are_found_by_their_class_only(service: Client) -> None:
    """Who asks for a ministry is not given the class of ministries, but may ask for classes."""
    ours = f"{ICE}def#Ministry"
    assert ours not in [one["id"] for one in service.old(query="Ministrija")]
    assert service.old(query="Ministrija", type="http://www.w3.org/2002/07/owl#Class")[0]["id"] == ours


def test_properties_raise_the_score(service: Client) -> None:
    """What is known besides a name raises its score, and tells near ones apart; what is false does not."""
    bare = service.old(query="Igaunja", limit=1)[0]
    for value in (
        {"id": f"{ICE}id/region/baltic-states"},
        "Baltic States",
        "Baltijas valstis",
        f"{ICE}id/region/baltic-states",
    ):
        raised = service.old(query="Igaunja", limit=1, properties=[{"pid": REGION, "v": value}])[0]
        assert raised["score"] > bare["score"]
    false = service.old(query="Igaunja", limit=1, properties=[{"pid": REGION, "v": "Eiropa"}])[0]
    assert (false["score"], false["match"]) == (bare["score"], False)
    assert {one["id"]: one["value"] for one in false["features"]}["properties"] == 0


def test_conditions_of_the_draft(service: Client) -> None:
    """What is required filters; none of some values leaves the others; values may be asked for without a name."""
    baltic = {"matchType": "property", "propertyId": REGION, "propertyValue": "Baltijas valstis", "required": True}
    found = service.draft({"matchType": "name", "propertyValue": "Tadžikistāna"}, baltic)
    assert f"{ICE}id/country/tajikistan" not in [one["id"] for one in found]
    three = {one["id"] for one in service.draft(baltic, type=COUNTRY)}
    assert three == {f"{ICE}id/country/{name}" for name in ("estonia", "latvia", "lithuania")}
    not_latvia = {"matchType": "name", "propertyValue": "Latvija", "matchQuantifier": "none", "required": True}
    others = service.draft(baltic, not_latvia)
    assert LATVIA not in [one["id"] for one in others]
    codes = {"matchType": "property", "propertyId": f"{ICE}def#iso3", "propertyValue": ["LVA", "EST"]}
    assert len(service.draft(codes)) == 2
    assert all(one["score"] == 0 for one in service.draft({**codes, "matchQuantifier": "all"}))


def test_languages_are_those_of_the_reader(service: Client) -> None:
    """Names and texts come in the language of Accept-Language, or of the address, which OpenRefine can hold."""
    for reply in (service.get("/suggest/type", "en", prefix="coun"), service.get("/en/suggest/type", prefix="coun")):
        assert reply.json["result"][0]["name"] == "Country"
        assert reply.headers["content-language"] == "en"
        assert reply.headers["vary"] == "Accept-Language"
    assert service.get("/en").json["view"]["url"].startswith(f"{service.url}/en/view")


def test_suggestions_go_on(service: Client) -> None:
    """Limit and offset (cursor in 0.2) lead through all suggestions, none twice."""
    found: list[str] = []
    for start in range(0, 20, 5):
        part = service.get("/suggest/entity", prefix="", type=COUNTRY, limit="5", offset=str(start)).json["result"]
        found += [one["id"] for one in part]
    assert len(found) == len(set(found)) == 12
    by_cursor = service.get("/suggest/entity", prefix="", type=COUNTRY, limit="5", cursor="5").json["result"]
    assert [one["id"] for one in by_cursor] == found[5:10]


def test_suggestions_cope_with_scripts_and_errors(service: Client) -> None:
    """Prefixes in any script and without diacritics; what begins otherwise follows."""
    for prefix in ("rīg", "RIG", "риг"):
        first = service.get("/suggest/entity", prefix=prefix).json["result"][0]
        assert first["id"] == f"{ICE}id/place/riga"
    found = service.get("/suggest/entity", prefix="tehniska koledza").json["result"]
    assert f"{ICE}id/agent/riga-technical-college" in [one["id"] for one in found]


def test_a_preview_is_a_page_that_does_nothing(service: Client) -> None:
    """A small page for the frame of any site; its policy allows its own style and no script."""
    reply = service.get("/preview", "en", id=LATVIA)
    page = reply.body.decode()
    assert "<title>Latvia</title>" in page
    assert "<script" not in page
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors" not in policy
    link = re.search(r'<a href="([^"]+)"', page)
    assert link is not None
    assert urljoin("/reconcile/preview", link[1]) == "/country/latvia"
    assert service.get("/preview", id=quote(LATVIA, safe="")).status == 200, "some clients escape it twice"
    assert service.get("/preview", id="https://example.org/unknown").status == 404


@pytest.mark.parametrize("base", ["", "/en", "/1.0-draft", "/lv/1.0-draft"])
def test_view_leads_to_the_page(service: Client, base: str) -> None:
    """The address of the manifest's template leads to where the site shows the entity."""
    reply = service.get(f"{base}/view", id=LATVIA)
    assert reply.status == 303
    assert urljoin(f"/reconcile{base}/view", reply.headers["location"]) == "/country/latvia"
    for id, place in ((COUNTRY, "/def/Country"), (f"{ICE}def", "/def"), (quote(COUNTRY, safe=""), "/def/Country")):
        reply = service.get(f"{base}/view", id=id)
        assert urljoin(f"/reconcile{base}/view", reply.headers["location"]) == place
    assert service.get(f"{base}/view", id="https://example.org/unknown").status == 404


@pytest.mark.parametrize(("kind", "id"), [("entity", LATVIA), ("type", COUNTRY), ("property", REGION)])
def test_flyouts_are_pieces_of_html(service: Client, kind: str, id: str) -> None:
    """The flyouts of 0.2 tell of entities, types and properties."""
    reply = service.get(f"/flyout/{kind}", id=id).json
    assert reply["id"] == id
    assert reply["html"].startswith("<p><strong>")
    assert service.get(f"/flyout/{kind}", id="https://example.org/unknown").status == 404


def test_an_empty_cell_has_no_candidates(service: Client) -> None:
    """It does not spoil its batch."""
    batch = {"q0": {"query": ""}, "q1": {"query": "Latvija"}}
    results = service.form(queries=json.dumps(batch)).json
    assert results["q0"] == {"result": []}
    assert results["q1"]["result"][0]["id"] == LATVIA


def test_a_false_host_is_not_repeated(service: Client) -> None:
    """Addresses in the manifest are those of the request's Host, if it is one; X-Forwarded-Host is nobody's word."""
    reply = service.send("GET", "", headers={"Host": "data.example:81", "X-Forwarded-Host": "evil.example"})
    assert reply.json["view"]["url"] == "http://data.example:81/reconcile/view?id={{id}}"
    assert b"evil" not in reply.body
    for host in ('evil.example"<script>', "evil.example/x", "a b"):
        reply = service.send("GET", "", headers={"Host": host})
        assert b"evil" not in reply.body
        assert b"script" not in reply.body


def test_a_public_address_wins(own: Site) -> None:
    """Where the settings name the site's address, the manifest does."""
    service = Reconciliation(lambda: 1, lambda: own, lambda: ("lv",), address="https://data.example/set/")
    live = Live(own, renderers(own))
    try:
        with served(Door(live, service.routes())) as port:
            manifest = Client(port).get().json
    finally:
        live.end()
    assert manifest["preview"]["url"] == "https://data.example/set/reconcile/preview?id={{id}}"
    assert manifest["documentation"] == "https://data.example/set/"
