"""Every page of the repository's own site, as search engines read it."""

import gzip
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from saite.render.html.sitemap import MOST_BYTES, MOST_URLS

from .blocks import Head, Json, judge, nodes

BASE = "https://w3id.org/ice-edu/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def things(heads: dict[str, Head], name: str) -> dict[str, Json]:
    """What pages are about, of one type, by path."""
    found = {path: node for path, head in heads.items() for node in head.graph if node["@type"] == name}
    assert found, name
    return found


def test_every_block_is_valid_by_the_vocabulary(heads: dict[str, Head]) -> None:
    """Types, properties of types and values of properties: all are schema.org's, on each page."""
    met: Counter[str] = Counter()
    for head in heads.values():
        for node in head.graph:
            judge(node)
            met[node["@type"]] += 1
    pages = met["WebPage"] + met["CollectionPage"]
    assert pages == len(heads)
    assert pages - met["BreadcrumbList"] == 3  # the front page, and its copy
    named = {"Country", "Dataset", "DefinedTerm", "DefinedTermSet", "Event", "Organization", "Place", "Project"}
    assert named <= set(met)


def test_a_dataset_has_what_google_asks_and_recommends(heads: dict[str, Head]) -> None:
    """On its own page and on the front page, in each language: also where its files are, and what they are."""
    found = things(heads, "Dataset")
    assert {"index.lv.html", "index.en.html", "set/cooperation-central-asia.en.html"} <= set(found)
    for node in found.values():
        assert 50 <= len(node["description"]) <= 5000
        wanted = {"creator", "dateModified", "distribution", "identifier", "includedInDataCatalog", "keywords"}
        wanted |= {"isAccessibleForFree", "license", "name", "publisher", "spatialCoverage", "temporalCoverage"}
        assert wanted | {"url", "version"} <= set(node)
        assert node["creator"]["@type"] == "Organization"
        assert node["temporalCoverage"] == "2012/2020-12-07"
        assert all(one["encodingFormat"] for one in node["distribution"])


def test_distributions_are_files_of_the_site(heads: dict[str, Head], own: Path) -> None:
    """Each address leads to a dump."""
    urls = {one["contentUrl"] for node in things(heads, "Dataset").values() for one in node["distribution"]}
    assert len(urls) == 4
    for url in urls:
        assert (own / url.removeprefix(BASE)).is_file(), url


def test_an_event_has_what_google_asks(heads: dict[str, Head]) -> None:
    """Its name, its first day, and its place with an address. What is held nowhere is none."""
    found = things(heads, "Event")
    for node in found.values():
        assert node["name"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", node["startDate"])
        places = node["location"] if isinstance(node["location"], list) else [node["location"]]
        assert all(place["name"] and place["address"] for place in places)
    assert found["event/caep-conference-2016.en.html"]["location"]["address"] == "Riga, Latvia"
    assert not any("webinar" in path for path in found)


def test_breadcrumbs_lead_to_pages(heads: dict[str, Head]) -> None:
    """Positions count from one, each step but the last is a page that is there, and the last is the page itself."""
    for path, node in things(heads, "BreadcrumbList").items():
        items = node["itemListElement"]
        assert [one["position"] for one in items] == list(range(1, len(items) + 1))
        assert len(items) > 1
        assert all(one["item"]["@id"].removeprefix(BASE) in heads for one in items[:-1]), path
        assert items[-1]["name"] == heads[path].metas["og:title"][0]


def test_nothing_points_nowhere(heads: dict[str, Head]) -> None:
    """What a page is about stands in its block."""
    for head in heads.values():
        about = head.graph[0].get("mainEntity")
        assert about is None or about["@id"] in {node.get("@id") for node in head.graph}


def test_the_canonical_address_is_the_page_or_that_of_which_it_is_a_copy(heads: dict[str, Head], own: Path) -> None:
    """A page in a language is its own; the page without one is that of the first language, byte for byte."""
    for path, head in heads.items():
        target = head.links["canonical"].removeprefix(BASE)
        if path != target:
            assert target == path.removesuffix(".html") + ".lv.html"
            assert (own / path).read_bytes() == (own / target).read_bytes()
        assert heads[target].links["canonical"] == BASE + target


def test_alternates_are_reciprocal(heads: dict[str, Head]) -> None:
    """Each page names itself and the other languages, and these name the same; all are canonical."""
    for path, head in heads.items():
        alternates = {key: url for key, url in head.links.items() if key != "canonical"}
        assert set(alternates) == {"lv", "en", "x-default"}, path
        assert head.links["canonical"] in alternates.values()
        for url in alternates.values():
            other = heads[url.removeprefix(BASE)].links
            assert other["canonical"] == url
            assert {key: one for key, one in other.items() if key != "canonical"} == alternates


def test_the_sitemap_has_every_page_once(heads: dict[str, Head], own: Path) -> None:
    """All canonical pages but the further ones of long lists of links, each there, with the links that it has."""
    content = (own / "sitemap.xml").read_bytes()
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SITEMAP}urlset"
    urls = [one.findtext(f"{SITEMAP}loc") or "" for one in root]
    assert len(urls) == len(set(urls)) <= MOST_URLS
    assert len(content) <= MOST_BYTES
    canonical = {head.links["canonical"] for path, head in heads.items() if "~links-" not in path}
    assert set(urls) == canonical
    assert all((own / url.removeprefix(BASE)).is_file() for url in urls)
    for one, url in zip(root, urls, strict=True):
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in one.iter(f"{XHTML}link")}
        links["canonical"] = url
        assert links == heads[url.removeprefix(BASE)].links


def test_pages_were_changed_when_the_data_say_so(own: Path) -> None:
    """``dct:modified`` of a resource is that of its pages; others have no date at all."""
    root = ElementTree.fromstring((own / "sitemap.xml").read_bytes())
    dates = {one.findtext(f"{SITEMAP}loc"): one.findtext(f"{SITEMAP}lastmod") for one in root}
    assert dates[f"{BASE}set/cooperation-central-asia.lv.html"] == "2026-11-23"
    assert dates[f"{BASE}def.lv.html"] == "2026-11-23"
    assert dates[f"{BASE}place/riga.lv.html"] is None


def test_robots_lead_to_the_sitemap(own: Path) -> None:
    """By its absolute address."""
    assert f"Sitemap: {BASE}sitemap.xml" in (own / "robots.txt").read_text().splitlines()


def test_every_page_is_shared_with_a_title_and_a_description(heads: dict[str, Head]) -> None:
    """Open Graph: what and where it is, in which languages; the description is that of search engines."""
    for path, head in heads.items():
        metas = {key: values[0] for key, values in head.metas.items()}
        assert metas["og:url"] == head.links["canonical"]
        assert metas["og:type"] == "website"
        assert metas["og:title"]
        assert metas["og:site_name"]
        assert 10 <= len(metas["description"]) <= 200, path
        assert metas["og:description"] == metas["description"]
        here, there = ("en_US", "lv_LV") if head.graph[0]["inLanguage"] == "en" else ("lv_LV", "en_US")
        assert (metas["og:locale"], metas["og:locale:alternate"]) == (here, there)


def test_descriptions_tell_pages_apart(heads: dict[str, Head]) -> None:
    """Hardly two pages of resources have the same."""
    paths = (path for path in heads if path.endswith(".en.html") and "browse" not in path)
    texts = Counter(heads[path].metas["description"][0] for path in paths)
    assert sum(count - 1 for count in texts.values()) < len(texts) / 20


def test_pages_are_light(heads: dict[str, Head], own: Path) -> None:
    """A block takes less than 1.5 kB of what is transferred; a page with its style sheet, less than 30 kB."""
    style = len(gzip.compress((own / "assets/saite.css").read_bytes()))
    for path in (path for path in heads if path.split("/")[0] in ("event", "project", "institution", "country")):
        page = (own / path).read_bytes()
        bare = re.sub(rb'<script type="application/ld\+json">.*?</script>', b"", page)
        whole = len(gzip.compress(page))
        assert whole - len(gzip.compress(bare)) < 1_500, path
        assert whole + style < 30_000, path


@pytest.mark.parametrize("path", ["event/caep-conference-2016", "set/cooperation-central-asia", "index"])
def test_a_block_is_in_the_language_of_the_page(heads: dict[str, Head], path: str) -> None:
    """Names and texts are those of the page; the things are the same ones."""
    lv, en = ([*nodes(heads[f"{path}.{tag}.html"].graph)] for tag in ("lv", "en"))
    ids = [[node.get("@id") for node in some] for some in (lv, en)]
    assert ids[0] == ids[1]
    assert lv[0]["name"] != en[0]["name"]
