"""Sitemaps by the rules of the protocol (sitemaps.org 0.9), of small sites and of a very large one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import overload
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests.render_profiles.sites import BASE, site_of

from saite.artifact import Artifact
from saite.config import Config
from saite.errors import EnvironmentFault
from saite.render.html import renderer
from saite.render.html.sitemap import MOST_BYTES, MOST_URLS, Sitemap, robots
from saite.terms import NamedNode, Quad

CONFIG = Config(Path(__file__).parent / "no folder", base=BASE)
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def content(artifact: Artifact) -> bytes:
    """The bytes of a file."""
    return b"".join(artifact.chunks())


def found(turtle: str, config: Config = CONFIG) -> dict[str, bytes]:
    """The sitemap of a site, and what else search engines look for."""
    files = renderer(site_of(turtle, config)).whole()
    return {one.path: content(one) for one in files if one.path.startswith(("sitemap", "robots"))}


def entries(xml: bytes) -> dict[str, str | None]:
    """The addresses of a sitemap, with the dates of their last changes; the file keeps the protocol's rules."""
    assert len(xml) <= MOST_BYTES
    root = ElementTree.fromstring(xml)
    assert root.tag == f"{SPACE}urlset"
    assert 0 < len(root) <= MOST_URLS
    told = {}
    for one in root:
        assert one.tag == f"{SPACE}url"
        loc = one.findtext(f"{SPACE}loc") or ""
        assert loc.startswith(("http://", "https://"))
        assert len(loc) < 2048
        assert re.fullmatch(r"[!-~]+", loc), "escaped as URIs are"
        day = one.findtext(f"{SPACE}lastmod")
        assert day is None or re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", day)
        assert loc not in told
        told[loc] = day
    return told


def test_dates_are_those_of_the_data() -> None:
    """The last of several; a day, a moment; what is no date is none."""
    told = entries(
        found("""
            <a> dct:modified "2020-01-02"^^xsd:date, "2021-01-02+02:00"^^xsd:date . <b> dct:modified "soon" .
            <c> dct:modified "2021-01-02T03:04:05Z"^^xsd:dateTime .
            <d> dct:modified "2021-01-02T03:04:05"^^xsd:dateTime .
        """)["sitemap.xml"]
    )
    days = {url.removeprefix(BASE): day for url, day in told.items() if len(url) == len(f"{BASE}a.html")}
    assert days == {"a.html": "2021-01-02", "b.html": None, "c.html": "2021-01-02T03:04:05Z", "d.html": "2021-01-02"}


def test_what_is_no_more_is_not_listed() -> None:
    """A deprecated resource keeps its page, which says so; nobody need look for it."""
    told = entries(found("<a> owl:deprecated true . <b> rdfs:label 'B' .")["sitemap.xml"])
    assert f"{BASE}b.html" in told
    assert f"{BASE}a.html" not in told


@given(st.text(alphabet="ab&<>'\"%~ āЖ/#?;:🙂", min_size=1, max_size=12))
@effort(max_examples=100, deadline=None)
def test_addresses_are_escaped(name: str) -> None:
    """Whatever stands in an IRI, the XML is well formed, and the address is that of the page."""
    try:
        node = NamedNode(BASE + re.sub(r"[<>\" ]", "", name))
    except ValueError:
        return
    site = site_of(f"{node} rdfs:label 'x' .", CONFIG)
    made = {one.path: content(one) for one in Sitemap(site, lambda: ["index"]).files()}
    resource = next(site.resources())
    (page,) = (one for one in renderer(site).resource(resource))
    canonical = re.search(rb'<link rel="canonical" href="([^"]*)"', content(page))
    assert canonical is not None
    assert canonical[1].decode() in set(entries(made["sitemap.xml"]))


def test_the_sites_own_robots_are_left_alone(tmp_path: Path) -> None:
    """A ``robots.txt`` beside the settings is published as it is, with or without an address of the site."""
    (tmp_path / "robots.txt").write_bytes(b"User-agent: *\r\nDisallow: /\r\n")
    config = replace(CONFIG, root=tmp_path)
    assert found("<a> <b> <c> .", config)["robots.txt"] == b"User-agent: *\r\nDisallow: /\r\n"
    assert found("<a> <b> <c> .", replace(config, base=""))["robots.txt"] == b"User-agent: *\r\nDisallow: /\r\n"
    assert "sitemap.xml" not in found("<a> <b> <c> .", replace(config, base=""))


def test_robots_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    """The message names the file."""
    (tmp_path / "robots.txt").mkdir()
    with pytest.raises(EnvironmentFault, match=r"robots\.txt"):
        list(robots(replace(CONFIG, root=tmp_path)))


class Many(Sequence[NamedNode]):
    """Very many nodes, of which none is held; how many were asked for is counted."""

    def __init__(self, whole: range, asked: "Counter[str]") -> None:
        self._range, self._asked = whole, asked

    def __len__(self) -> int:
        return len(self._range)

    @overload
    def __getitem__(self, index: int) -> NamedNode: ...
    @overload
    def __getitem__(self, index: slice) -> "Many": ...
    def __getitem__(self, index: int | slice) -> "NamedNode | Many":
        if isinstance(index, slice):
            return Many(self._range[index], self._asked)
        self._asked["node"] += 1
        return NamedNode(f"{BASE}{self._range[index]:06}")

    def __iter__(self) -> Iterator[NamedNode]:
        for number in self._range:
            self._asked["node"] += 1
            yield NamedNode(f"{BASE}{number:06}")


@dataclass
class Large:
    """As much of a site as a sitemap asks for."""

    config: Config
    pages: Sequence[NamedNode]
    asked: "Counter[str]" = field(default_factory=Counter)

    @property
    def addresses(self) -> "Large":
        """The table of documents."""
        return self

    def document(self, node: NamedNode) -> str:
        """A long path."""
        return node.value.removeprefix(BASE) + "-" + "x" * 200

    def node(self, document: str) -> None:
        """Nothing has the document of a page of the whole."""

    def quads(self, *pattern: object) -> Iterator[Quad]:
        """The data give no dates."""
        self.asked["quads"] += 1
        return iter(())


def parts(site: Large, most: int = MOST_URLS) -> list[Artifact]:
    """The sitemaps of a site that has more than one."""
    sitemap = Sitemap(site, lambda: ["index", "browse"], most)  # type: ignore[arg-type]
    files = {one.path: one for one in sitemap.files()}
    root = ElementTree.fromstring(content(files.pop("sitemap.xml")))
    assert root.tag == f"{SPACE}sitemapindex"
    assert [one.findtext(f"{SPACE}loc") for one in root] == [BASE + path for path in files]
    return list(files.values())


def test_very_many_pages_have_an_index() -> None:
    """120,000 pages: each stands in one of three files, which are written as they are made, in work that grows so."""
    count = 120_000
    asked: Counter[str] = Counter()
    files = parts(Large(CONFIG, Many(range(count), asked), asked))
    assert len(files) == 3
    told = 0
    for artifact in files:
        assert callable(artifact.content)
        chunks = list(artifact.chunks())
        assert max(map(len, chunks)) < 100_000
        told += b"".join(chunks).count(b"<loc>")
    assert told == count + 2
    assert asked["node"] <= 2 * count  # to see where the files begin, and to write them
    assert asked["quads"] < 10


def test_files_keep_the_rules_whatever_ends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of addresses, all languages counted, or of bytes; a page is not torn apart."""
    asked: Counter[str] = Counter()
    site = Large(replace(CONFIG, languages=("lv", "en", "ru")), Many(range(998), asked), asked)
    by_count = [entries(content(one)) for one in parts(site, 1_000)]
    assert [len(some) for some in by_count] == [999, 999, 999, 3]
    monkeypatch.setattr("saite.render.html.sitemap.MOST_BYTES", 1_000_000)
    files = [content(one) for one in parts(site)]
    assert max(map(len, files)) <= 1_000_000
    assert len(files) == 5
    assert {url for one in files for url in entries(one)} == {url for some in by_count for url in some}
