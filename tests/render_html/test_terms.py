"""Pages of classes and properties: where they stand, what must hold, how they are written in JSON-LD."""

import pytest

from saite.config import Config
from saite.graph import load
from saite.render.html import renderer
from saite.site import build_site

from .checks import faults, parse, text_of

DATA = """
@prefix : <https://example.org/def#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Thing a owl:Class ; rdfs:label "Thing"@en .
:Place a owl:Class ; rdfs:subClassOf :Thing ; rdfs:label "Place"@en , "Vieta"@lv .
:Town a owl:Class ; rdfs:subClassOf :Place ; rdfs:label "Town <b>&"@en .
:Left a owl:Class ; rdfs:subClassOf :Right . :Right a owl:Class ; rdfs:subClassOf :Left .
:since a owl:DatatypeProperty ; rdfs:label "since"@en .
:PlaceShape a sh:NodeShape ; sh:targetClass :Place ; sh:property :sinceShape .
:sinceShape a sh:PropertyShape ; sh:path :since ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date .
<https://example.org/riga> a :Place ; rdfs:label "Riga"@en ; :since "1201-01-01"^^xsd:date .
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of a small vocabulary with a shape and a circle."""
    root = tmp_path_factory.mktemp("terms")
    many = "".join(f":Kind{n:02} a owl:Class ; rdfs:subClassOf :Town .\n" for n in range(20))
    (root / "data.ttl").write_text(DATA + many, encoding="utf-8")
    config = Config(root=root, base="https://example.org/", languages=("en", "lv"))
    store, _ = load(root, config)
    site = build_site(store, config)
    maker = renderer(site)
    files = (artifact for resource in site.resources() for artifact in maker.resource(resource))
    return {artifact.path: b"".join(artifact.chunks()).decode() for artifact in files}


def said(page: str) -> str:
    """Its text."""
    return text_of(parse(page.encode()))


def test_every_page_is_valid(pages: dict[str, str]) -> None:
    """In both languages; labels are texts and nothing else."""
    assert {path: found for path, page in pages.items() if (found := faults(page.encode()))} == {}


def test_a_class_stands_between_what_is_above_and_below(pages: dict[str, str]) -> None:
    """As a picture of links, in the order from the top."""
    page = pages["def/Place.en.html"]
    picture = page.split("<svg")[1].split("</svg>")[0]
    places = [picture.index(f'aria-label="{name}"') for name in ("Thing", "Place", "Town &lt;b&gt;&amp;")]
    assert places == sorted(places)
    assert 'Thing.en.html" aria-label="Thing"' in picture
    assert picture.count('class="v-own"') == 1
    assert "Where “Place” stands" in picture


def test_a_picture_is_bounded_and_ends_where_a_circle_closes(pages: dict[str, str]) -> None:
    """Of twenty classes below sixteen are shown, and it says that there are more."""
    assert "and 4 more" in pages["def/Town.en.html"].split("<svg")[1]
    assert pages["def/Left.en.html"].split("<svg")[1].split("</svg>")[0].count("<a ") == 2


def test_what_has_nothing_above_or_below_has_no_picture(pages: dict[str, str]) -> None:
    """A property by itself."""
    assert "<svg" not in pages["def/since.en.html"].split("<main")[1]


def test_rules_are_said_in_plain_words(pages: dict[str, str]) -> None:
    """On the page of the class, and on that of the property, in the language of the page."""
    assert "What must hold" in said(pages["def/Place.en.html"])
    for path in ("def/Place.en.html", "def/since.en.html"):
        assert "exactly 1 value" in said(pages[path])
    assert "What must hold" not in said(pages["def/Thing.en.html"])
    assert "Kam jābūt spēkā" in said(pages["def/Place.lv.html"])


def test_the_key_in_json_and_a_query_are_told(pages: dict[str, str]) -> None:
    """The definition is that of the site's context."""
    page = pages["def/since.en.html"]
    assert "In JSON-LD" in said(page)
    assert "xsd:date" in page.split('id="json-key"')[1]
    assert "query.en.html#query=SELECT%20%2A%20WHERE%20%7B%20%3Fthing%20%3Chttps" in page
