"""What a page tells search engines, on small sites."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pyoxigraph import Quad
from tests.render_html.test_escaping import TERMS, TEXTS
from tests.render_profiles.sites import BASE, site_of
from tests.render_rdf.graphs import graphs

from saite.config import Config
from saite.namespaces import RDF_TYPE
from saite.render.html import renderer
from saite.render.html.block import encoded, script
from saite.schemaorg import SCHEMA
from saite.site import build_site
from saite.site.model import Site
from saite.store import EmbeddedStore
from saite.terms import NamedNode, Triple

from .blocks import Head, Json, judge

CONFIG = Config(Path(__file__).parent / "no folder", base=BASE)

EVENT = """
    :Meeting rdfs:subClassOf schema:Event . :Town skos:broadMatch schema:City . :place skos:closeMatch schema:location .
    :day rdfs:subPropertyOf schema:startDate . :within skos:exactMatch schema:containedInPlace .
    :mode rdfs:subPropertyOf schema:eventAttendanceMode .
    <riga> a :Town ; rdfs:label "Riga"@en, "Rīga"@lv ; :within <latvia> .
    <latvia> a schema:Country ; rdfs:label "Latvia"@en, "Latvija"@lv .
    <e> a :Meeting ; rdfs:label "A meeting"@en, "Sanāksme"@lv .
"""
WHOLE = EVENT + '<e> :day "2024-05-06"^^xsd:date ; :place <riga> .'


def heads(site: Site, document: str = "e") -> dict[str, Head]:
    """The heads of a resource's pages, by path."""
    maker = renderer(site)
    node = site.addresses.node(document)
    resource = site.resource(node) if node is not None else None
    assert resource is not None
    return {one.path: Head(b"".join(one.chunks()).decode()) for one in maker.resource(resource)}


def thing(turtle: str, document: str = "e", config: Config = CONFIG) -> Json | None:
    """What a resource's page is about, in its last language; everything in the block is valid."""
    head = list(heads(site_of(turtle, config), document).values())[-1]
    for node in head.graph:
        judge(node)
    page, *rest = head.graph
    about = page.get("mainEntity")
    return next((node for node in rest if about is not None and node.get("@id") == about["@id"]), None)


def test_an_event_is_told_with_its_place_and_address() -> None:
    """The address is the name of the place, and of what it lies in."""
    assert thing(WHOLE) == {
        "@type": "Event",
        "@id": f"{BASE}e",
        "name": "A meeting",
        "startDate": "2024-05-06",
        "location": {"@type": "City", "@id": f"{BASE}riga", "name": "Riga", "address": "Riga, Latvia"},
        "url": f"{BASE}e.html",
    }


@pytest.mark.parametrize(
    "missing",
    [
        ":place <riga>",
        ':day "2024-05-06"^^xsd:date',
        ':day "2024"^^xsd:gYear ; :place <riga>',
        ':day "2024-13-06"^^xsd:date ; :place <riga>',
        ':day "soon" ; :place <riga>',
        ':day "2024-05-06"^^xsd:date ; :place <e>',
        ':day "2024-05-06"^^xsd:date ; :place <http://elsewhere.example/hall>',
        ':day "2024-05-06"^^xsd:date ; :place " "',
    ],
)
def test_an_event_without_day_or_place_is_not_called_one(missing: str) -> None:
    """No place and no day is invented: nothing is said of it but that there is a page."""
    assert thing(f"{EVENT} <e> {missing} .") is None


def test_a_place_may_be_a_text() -> None:
    """What the source calls it is its address too."""
    found = thing(f'{EVENT} <e> :day "2024-05-06T10:00:00Z"^^xsd:dateTime ; :place "Old town" .')
    assert found is not None
    assert found["location"] == {"@type": "Place", "name": "Old town", "address": "Old town"}
    assert found["startDate"] == "2024-05-06T10:00:00Z"


def test_a_mode_of_attendance_is_one_of_the_vocabularys() -> None:
    """What is the same as a member of the enumeration is told as that; another value is left out."""
    online = thing(f"{WHOLE} <e> :mode <m> . <m> skos:exactMatch schema:OnlineEventAttendanceMode .")
    other = thing(f"{WHOLE} <e> :mode <m> . <m> skos:exactMatch schema:EventScheduled .")
    assert online is not None
    assert online["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert other is not None
    assert "eventAttendanceMode" not in other


def test_a_property_that_a_type_does_not_have_is_left_out() -> None:
    """A country has no start, whatever the data match; and a value of another kind is none."""
    found = thing("<e> a schema:Country ; schema:startDate '2020-01-01'^^xsd:date ; schema:containedInPlace <e> .")
    assert found is not None
    assert "startDate" not in found
    found = thing("<e> a schema:Organization ; schema:parentOrganization <p> . <p> a schema:Place ; rdfs:label 'P' .")
    assert found is not None
    assert "parentOrganization" not in found


def test_what_schema_org_has_no_word_for_is_not_told() -> None:
    """A page of any RDF has its title and its trail; a misspelt word of schema.org counts for none."""
    assert thing("<e> a :A ; rdfs:label 'E' .") is None
    assert thing("<e> a schema:Evnt ; rdfs:label 'E' .") is None


def test_what_is_mentioned_by_name_only_is_no_event() -> None:
    """A search engine would ask for its day and place: an event that another page tells of is a thing there."""
    found = thing(f"{WHOLE} <b> a schema:Book ; schema:about <e> ; schema:workFeatured <e> .", "b")
    assert found is not None
    assert found["about"] == {"@type": "Thing", "@id": f"{BASE}e", "name": "A meeting"}


def test_terms_are_defined_terms() -> None:
    """Of vocabularies and of concept schemes; a vocabulary is the set of its terms."""
    found = thing("<e> a owl:Class ; rdfs:label 'E' ; rdfs:isDefinedBy <o> . <o> a owl:Ontology ; rdfs:label 'O' .")
    assert found is not None
    assert found["@type"] == "DefinedTerm"
    assert found["inDefinedTermSet"] == {"@type": "DefinedTermSet", "@id": f"{BASE}o", "name": "O"}
    found = thing("<e> a skos:Concept ; skos:prefLabel 'E' ; skos:notation '5.1' ; skos:inScheme <s> .")
    assert found is not None
    assert (found["@type"], found["termCode"]) == ("DefinedTerm", "5.1")


DATASET = """
    <e> a dcat:Dataset ; dct:title "Numbers"@en ; dct:license <http://example.com/by> ; dcat:keyword "a"@en, "b"@en ;
    dct:temporal [ dcat:startDate "2020-01-02"^^xsd:date ] ; dct:creator <p> .
    <p> a foaf:Person ; foaf:name "Ann" .
"""


def test_a_dataset_needs_a_description() -> None:
    """One of 50 characters; else it is a work, which search engines of data do not look at."""
    short = thing(f'{DATASET} <e> dct:description "Short."@en .')
    assert short is not None
    assert short["@type"] == "CreativeWork"
    found = thing(f'{DATASET} <e> dct:description "{"Long enough. " * 500}"@en .')
    assert found is not None
    assert found["@type"] == "Dataset"
    assert 50 <= len(found["description"]) <= 5000
    assert found["temporalCoverage"] == "2020-01-02/.."
    assert found["keywords"] == ["a", "b"]
    assert found["creator"] == {"@type": "Person", "@id": f"{BASE}p", "name": "Ann"}
    assert found["license"] == "http://example.com/by"


def test_one_of_several_datasets_is_not_the_sites() -> None:
    """Its files are told of the data set of the whole only."""
    text = f'{DATASET} <e> dct:description "{"Long enough. " * 5}"@en .'
    one = thing(text)
    assert one is not None
    assert "distribution" in one
    two = thing(f'{text} <f> a dcat:Dataset ; dct:title "Other" .')
    assert two is not None
    assert "distribution" not in two


def test_a_site_that_nobody_knows_where_to_find_has_no_absolute_addresses() -> None:
    """Links, the trail and the block are relative, or left out; no sitemap, and no Open Graph address."""
    site = site_of(WHOLE, replace(CONFIG, base="", languages=("en", "lv")))
    for path, head in heads(site).items():
        assert head.links["canonical"] == ("e.lv.html" if "lv" in path else "e.en.html")
        assert head.links["x-default"] == "e.en.html"
        assert "og:url" not in head.metas
        assert "url" not in head.graph[0]
        assert head.graph[1]["itemListElement"][0]["item"]["@id"] == f"index.{head.graph[0]['inLanguage']}.html"
    assert not any(one.path.endswith(("robots.txt", "sitemap.xml")) for one in renderer(site).whole())


def test_a_logo_is_the_picture_of_a_page(tmp_path: Path) -> None:
    """By its absolute address."""
    (tmp_path / "our logo.png").write_bytes(b"")
    config = replace(CONFIG, root=tmp_path, logo="our logo.png", url="https://www.example.org/x/")
    head = heads(site_of(WHOLE, config))["e.html"]
    assert head.metas["og:image"] == ["https://www.example.org/x/assets/our%20logo.png"]
    assert head.links["canonical"] == "https://www.example.org/x/e.html"


@given(st.lists(st.dictionaries(st.text(), st.one_of(TEXTS, st.text(), st.integers(-(2**53), 2**53), st.booleans()))))
def test_no_text_ends_the_script(graph: list[Json]) -> None:
    """Whatever texts hold, the element ends where it should, and reads back as the same block."""
    made = script(map(encoded, graph))
    inner = made.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not any(sign in inner for sign in "<>&\u2028\u2029\ufdd0\uffff")
    head = Head(f"{made}</head>")
    assert len(head.graph) == len(graph)


WORDS = "about name url location startDate keywords license image latitude sameAs isPartOf inLanguage".split()  # noqa: SIM905
TYPES = ("Event", "Dataset", "Place", "Organization", "Book", "DefinedTerm", "Library")


@given(graphs, st.lists(TERMS, max_size=6), st.sampled_from(TYPES), st.sampled_from(TYPES))
@effort(max_examples=50, deadline=None)
def test_blocks_of_any_graph_are_valid(graph: list[Triple], terms: list[Any], one: str, two: str) -> None:
    """Any values of any words of schema.org, on things of any types: what is told goes together."""
    named = dict.fromkeys(triple.subject for triple in graph if isinstance(triple.subject, NamedNode))
    nodes = list(named) or [NamedNode(BASE + "x")]
    quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in graph]
    quads += [Quad(node, RDF_TYPE, NamedNode(SCHEMA + kind)) for node, kind in zip(nodes, (one, two), strict=False)]
    quads += [Quad(nodes[0], NamedNode(SCHEMA + word), term) for word in WORDS for term in (*terms, *nodes)]
    site = build_site(EmbeddedStore(quads), CONFIG)
    maker = renderer(site)
    for resource in site.resources():
        for page in maker.resource(resource):
            for node in Head(b"".join(page.chunks()).decode()).graph:
                judge(node)
