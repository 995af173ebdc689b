"""The catalogue as a graph."""

import pytest

from saite.config import CatalogueSettings
from saite.distribution import Distribution
from saite.namespaces import RDF_TYPE
from saite.render.catalogue.model import Catalogue, root
from saite.render.dataset import dataset
from saite.terms import BlankNode, NamedNode

from . import BASE, DUMPS, EU, catalogue, iri, one, site, texts, values

DATASET = f"""
:set a dcat:Dataset ; rdfs:label "Dati"@lv, "Data"@en ; dct:description "Visi."@lv ; dct:publisher :me ;
  dct:license <{EU}licence/CC_BY_4_0> ; dct:language <{EU}language/LAV> ; dcat:theme <{EU}data-theme/EDUC>, :odd ;
  dcat:contactPoint [ a vcard:Group ; vcard:fn "Desk" ; vcard:hasEmail <mailto:desk@example.org> ] ;
  dct:spatial :lv, "Riga" ; dct:provenance "Measured."@en ; dct:source :page ; :secret 1 .
:me a foaf:Organization ; rdfs:label "Mēs"@lv, "We"@en . :lv owl:sameAs <{EU}country/LVA> ; rdfs:label "Latvija"@lv .
:page a foaf:Document .
"""
SET = iri("set")


def test_names_come_from_labels() -> None:
    """A dataset has a title, an agent a name, a place a label in each language of the data."""
    said = catalogue(site(DATASET))
    assert texts(said, SET, "dct:title") == {"lv": "Dati", "en": "Data"}
    assert texts(said, iri("me"), "foaf:name") == {"lv": "Mēs", "en": "We"}


def test_values_have_the_classes_that_dcat_ap_wants() -> None:
    """What the dataset refers to is typed, and members of the EU's tables are said to be of their table."""
    said = catalogue(site(DATASET))
    for node, kind in (
        (iri("me"), "foaf:Agent"),
        (NamedNode(f"{EU}licence/CC_BY_4_0"), "dct:LicenseDocument"),
        (NamedNode(f"{EU}language/LAV"), "dct:LinguisticSystem"),
        (NamedNode(f"{EU}data-theme/EDUC"), "skos:Concept"),
        (NamedNode(f"{EU}country/LVA"), "dct:Location"),
    ):
        assert iri(kind) in said.of(node, RDF_TYPE)
    assert values(said, NamedNode(f"{EU}licence/CC_BY_4_0"), "skos:inScheme") == [f"{EU}licence"]


def test_a_concept_without_a_name_is_not_made_one() -> None:
    """DCAT-AP wants a name of each concept, and nobody knows that of ``:odd``."""
    said = catalogue(site(DATASET))
    assert iri("odd") in said.of(SET, iri("dcat:theme"))
    assert iri("odd") not in said


def test_a_place_is_what_the_data_say_that_it_is_in_the_eus_table() -> None:
    """Portals know the country's own IRI; its names are those of the data."""
    said = catalogue(site(DATASET))
    country = NamedNode(f"{EU}country/LVA")
    assert country in said.of(SET, iri("dct:spatial"))
    assert texts(said, country, "skos:prefLabel") == {"lv": "Latvija"}
    assert iri("lv") not in said.of(SET, iri("dct:spatial"))


def test_texts_in_place_of_things_are_kept() -> None:
    """A place or a provenance that is but a text becomes a node with that label."""
    said = catalogue(site(DATASET))
    [riga] = [node for node in said.of(SET, iri("dct:spatial")) if isinstance(node, BlankNode)]
    assert texts(said, riga, "skos:prefLabel") == {"": "Riga"}
    provenance = one(said, SET, "dct:provenance")
    assert isinstance(provenance, BlankNode)
    assert texts(said, provenance, "rdfs:label") == {"en": "Measured."}


def test_a_source_that_is_no_dataset_is_what_the_data_were_derived_from() -> None:
    """DCAT-AP's dct:source leads to a dataset, and would make one of the page."""
    said = catalogue(site(DATASET))
    assert not said.of(SET, iri("dct:source"))
    assert said.of(SET, iri("prov:wasDerivedFrom")) == (iri("page"),)


def test_only_what_dcat_ap_knows_is_told() -> None:
    """A site's own properties of its dataset stay in the data."""
    assert not catalogue(site(DATASET)).of(SET, iri("secret"))


def test_blank_nodes_come_whole() -> None:
    """A contact without an IRI has all that is said of it, and is a vcard:Kind."""
    said = catalogue(site(DATASET))
    contact = one(said, SET, "dcat:contactPoint")
    assert isinstance(contact, BlankNode)
    assert {iri("vcard:Kind"), iri("vcard:Group")} == set(said.of(contact, RDF_TYPE))
    assert values(said, contact, "vcard:hasEmail") == ["mailto:desk@example.org"]


def test_distributions_have_size_digest_formats_and_titles() -> None:
    """A dump with what packs it; each title in each language of the site."""
    said = catalogue(site(DATASET))
    plain, packed = said.of(SET, iri("dcat:distribution"))
    assert isinstance(packed, NamedNode)
    assert packed.value == f"{BASE}catalog#dump/data.ttl.gz"
    assert values(said, packed, "dcat:downloadURL") == [f"{BASE}dump/data.ttl.gz"]
    assert values(said, packed, "dcat:byteSize") == ["60"]
    assert values(said, packed, "dcat:mediaType") == ["https://www.iana.org/assignments/media-types/text/turtle"]
    assert values(said, packed, "dcat:compressFormat") == [
        "https://www.iana.org/assignments/media-types/application/gzip"
    ]
    assert values(said, packed, "dct:format") == [f"{EU}file-type/RDF_TURTLE"]
    assert values(said, packed, "dct:license") == [f"{EU}licence/CC_BY_4_0"]
    assert texts(said, packed, "dct:title") == {"lv": "Visi dati (Turtle, gzip)", "en": "All data (Turtle, gzip)"}
    checksum = one(said, packed, "spdx:checksum")
    assert values(said, checksum, "spdx:checksumValue") == ["b" * 64]  # type: ignore[arg-type]
    assert isinstance(plain, NamedNode)
    assert not said.of(plain, iri("dcat:compressFormat"))


def test_tables_are_named_after_what_they_hold() -> None:
    """A table of a class by its label, one of a query by its title; with its language and what it conforms to."""
    table = Distribution(
        *("tables/me.lv.csv", "text/csv; charset=utf-8", 9, "c" * 64),
        of=f"{BASE}Thing",
        language="lv",
        conforms=("http://www.w3.org/ns/csvw",),
    )
    query = Distribution("tables/all.csv", "text/csv", 9, "d" * 64, of="queries/all")
    said = catalogue(site(DATASET + ':Thing a owl:Class ; rdfs:label "Lietas"@lv, "Things"@en .'), (table, query))
    first, second = said.of(SET, iri("dcat:distribution"))
    assert {texts(said, node, "dct:title")["lv"] for node in (first, second)} == {"Lietas (CSV)", "all (CSV)"}  # type: ignore[arg-type]
    node = NamedNode(f"{BASE}catalog#tables/me.lv.csv")
    assert values(said, node, "dct:language") == [f"{EU}language/LAV"]
    assert values(said, node, "dct:conformsTo") == ["http://www.w3.org/ns/csvw"]
    assert said.of(NamedNode("http://www.w3.org/ns/csvw"), RDF_TYPE) == (iri("dct:Standard"),)


def test_an_unregistered_media_type_is_not_made_one_of_ianas() -> None:
    """A file of another kind has neither media type nor format, rather than a wrong one."""
    odd = Distribution("dump/data.hdt", "application/vnd.hdt", 9, "e" * 64)
    said = catalogue(site(DATASET), (odd,))
    node = NamedNode(f"{BASE}catalog#dump/data.hdt")
    assert not said.of(node, iri("dcat:mediaType"))
    assert not said.of(node, iri("dct:format"))


def test_a_site_that_describes_no_dataset_has_one_of_its_settings() -> None:
    """Title and tagline; else what the data say of their subject; else a sentence that is true of every site."""
    said = catalogue(site(":a :b 1 .", title={"lv": "Vietne", "en": "Site"}, tagline={"en": "About."}))
    made = iri("catalog#dataset")
    assert texts(said, made, "dct:title") == {"lv": "Vietne", "en": "Site"}
    assert texts(said, made, "dct:description") == {"en": "About."}
    bare = catalogue(site(":a :b 1 ."))
    assert texts(bare, made, "dct:title") == {"": "example.org/data"}
    assert texts(bare, made, "dct:description") == {"lv": "Visi šīs vietnes dati.", "en": "All data of this site."}
    subject = catalogue(
        site('<https://example.org/data/> a owl:Ontology ; rdfs:label "Words" ; rdfs:comment "Many." .')
    )
    assert texts(subject, made, "dct:title") == {"": "Words"}
    assert texts(subject, made, "dct:description") == {"": "Many."}


def test_of_several_datasets_none_is_the_whole_unless_the_settings_say_so() -> None:
    """All are in the catalogue; the files belong to the whole."""
    two = ':a a dcat:Dataset ; dct:title "A" . :b a void:Dataset ; rdfs:label "B" .'
    said = catalogue(site(two))
    assert set(said.of(iri("catalog"), iri("dcat:dataset"))) == {iri("catalog#dataset"), iri("a"), iri("b")}
    assert not said.of(iri("a"), iri("dcat:distribution"))
    assert iri("dcat:Dataset") in said.of(iri("b"), RDF_TYPE)
    named = catalogue(site(two, CatalogueSettings(dataset=f"{BASE}a")))
    assert len(named.of(iri("a"), iri("dcat:distribution"))) == len(DUMPS)


def test_datasets_of_others_are_none_of_ours() -> None:
    """What is described at another host does not stand for this site."""
    assert dataset(site(':a :b 1 . <https://other.org/set> a dcat:Dataset ; dct:title "Theirs" .')) is None


def test_a_series_is_described() -> None:
    """DCAT 3, 12: a dataset that is in a series has it in the catalogue, with its title."""
    said = catalogue(
        site(DATASET + ':set dcat:inSeries :s . :s rdfs:label "Gadi"@lv ; dct:description "Pa gadam"@lv .')
    )
    assert said.of(iri("s"), RDF_TYPE) == (iri("dcat:DatasetSeries"),)
    assert texts(said, iri("s"), "dct:title") == {"lv": "Gadi"}
    assert texts(said, iri("s"), "dct:description") == {"lv": "Pa gadam"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (':a :on "2020-05-01"^^xsd:date . :b :on "2019"^^xsd:gYear .', ("2019", "2020-05-01")),
        (':a :on "2019-01-01"^^xsd:date . :b :on "2019"^^xsd:gYear .', ("2019", "2019")),
        (':a :on "2019-12"^^xsd:gYearMonth . :b :on "2019-12-31"^^xsd:date .', ("2019-12", "2019-12")),
        (':a :on "2019-01-01T00:00:00Z"^^xsd:dateTime .', ("2019-01-01T00:00:00Z", "2019-01-01T00:00:00Z")),
        (':a :on "2019-02-30"^^xsd:date, "2018-01-01"^^xsd:date .', ("2018-01-01", "2018-01-01")),
        (':a :on "9999-12-31"^^xsd:date, "0001-01-01"^^xsd:date, "2018"^^xsd:gYear .', ("2018", "2018")),
        (':a dct:modified "2024-01-01"^^xsd:date ; :on "2001"^^xsd:gYear .', ("2001", "2001")),
    ],
)
def test_the_time_is_that_of_the_data(data: str, expected: tuple[str, str]) -> None:
    """Where the dataset does not say, the least and the greatest date; days that are none and records do not count."""
    said = catalogue(site(data))
    period = iri("catalog#period")
    assert (values(said, period, "dcat:startDate"), values(said, period, "dcat:endDate")) == (
        [expected[0]],
        [expected[1]],
    )


def test_a_time_that_the_dataset_states_wins() -> None:
    """Nothing is computed beside it."""
    said = catalogue(
        site(DATASET + ':set dct:temporal [ dcat:startDate "1990"^^xsd:gYear ] . :a :on "2001"^^xsd:gYear .')
    )
    period = one(said, SET, "dct:temporal")
    assert values(said, period, "dcat:startDate") == ["1990"]  # type: ignore[arg-type]


def test_data_without_dates_have_no_time() -> None:
    """Nothing is invented."""
    assert not catalogue(site(":a :b 1 .")).of(iri("catalog#dataset"), iri("dct:temporal"))


def test_an_endpoint_is_a_service_and_a_distribution() -> None:
    """For who knows services, and for who knows files only."""
    said = catalogue(site(DATASET, CatalogueSettings(endpoint=f"{BASE}sparql", availability="stable")))
    service = one(said, iri("catalog"), "dcat:service")
    assert isinstance(service, NamedNode)
    assert values(said, service, "dcat:endpointURL") == [f"{BASE}sparql"]
    assert values(said, service, "dcat:servesDataset") == [SET.value]
    mirror = iri("catalog#sparql-distribution")
    assert mirror in said.of(SET, iri("dcat:distribution"))
    assert said.of(mirror, iri("dcat:accessService")) == (service,)
    assert said.of(mirror, NamedNode("http://data.europa.eu/r5r/availability")) == (
        NamedNode(f"{EU}planned-availability/STABLE"),
    )
    assert not catalogue(site(DATASET)).of(iri("catalog"), iri("dcat:service"))


def test_addresses_are_where_the_documents_are_served() -> None:
    """``url`` wins over the base for files; the catalogue keeps its IRI."""
    one_site = site(DATASET, url="https://mirror.example/x/")
    said = catalogue(one_site)
    assert Catalogue(one_site).node == iri("catalog")
    node = NamedNode(f"{BASE}catalog#dump/data.ttl")
    assert values(said, node, "dcat:downloadURL") == ["https://mirror.example/x/dump/data.ttl"]


@pytest.mark.parametrize(
    ("base", "expected"),
    [("http://example.org/words#", "http://example.org/"), ("urn:x:", ""), ("", "")],
)
def test_a_site_without_an_address_has_no_catalogue(base: str, expected: str) -> None:
    """It could name no files."""
    assert root(site("<urn:a> <urn:b> 1 .", base=base)) == expected
