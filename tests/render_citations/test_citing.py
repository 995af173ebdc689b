"""How documents are cited, by what the data say."""

import pytest
from tests.site.graphs import BASE, page, site_of

from saite.render.citations import renderer
from saite.render.citing import Citation, Citing
from saite.site import BuiltSite

DATA = """
<set/all> a dcat:Dataset ; rdfs:label "Viss"@lv, "All"@en ;
    dct:creator <me>, "Somebody" , [ foaf:name "Nobody's  node" ] , <https://orcid.org/0000-0001> ;
    dct:publisher <us> ; dcat:version "1.2" ; dct:issued "2024-05"^^xsd:gYearMonth ;
    dct:modified "2025-01-02"^^xsd:date .
<me> rdfs:label "Es"@lv, "Me"@en . <us> foaf:name "Us" .
<a/b> rdfs:label "A\\nB" ; dct:creator "The author of a book" ; dct:issued "1990-01-01"^^xsd:date .
<def> a owl:Ontology ; rdfs:label "Terms" ; dct:publisher <us> ; owl:versionInfo "2" ; dct:modified "2023"^^xsd:gYear .
<kos> a skos:ConceptScheme ; rdfs:label "Words" .
""".replace(" dcat:version", " <http://www.w3.org/ns/dcat#version>")


def cited(site: BuiltSite, name: str, language: str = "en") -> Citation:
    """How a document is cited."""
    found = Citing(site).of(page(site, name), language)
    assert found is not None
    return found


def test_the_data_set_is_a_work() -> None:
    """Its makers by name in the reader's language, the day of its issue, its version."""
    site = site_of(DATA, languages=("lv", "en"))
    found = cited(site, "set/all")
    assert (found.title, found.language, found.within, found.dataset) == ("All", "en", None, True)
    assert set(found.authors) == {"Me", "https://orcid.org/0000-0001", "Nobody's node", "Somebody"}
    assert (found.publisher, found.version, found.iri) == ("Us", "1.2", f"{BASE}set/all")
    assert found.date is not None
    assert (found.date.year, found.date.month, found.date.day) == (2024, 5, None)
    assert cited(site, "set/all", "lv").title == "Viss"
    assert "Es" in cited(site, "set/all", "lv").authors


def test_a_document_is_a_part_of_the_data_set() -> None:
    """What is said of the thing itself, who wrote a book and when, is not who wrote of it here."""
    found = cited(site_of(DATA, languages=("en", "lv")), "a/b")
    assert (found.title, found.within, found.version) == ("A B", ("All", "en"), "1.2")
    assert "The author of a book" not in found.authors
    assert found.date is not None
    assert found.date.year == 2024
    assert found.key == "example-org-a-b"


def test_another_work_has_its_own_makers_if_they_are_told() -> None:
    """Who publishes it, where nobody else is named; without either it is a part of the data set."""
    site = site_of(DATA)
    found = cited(site, "def")
    assert (found.authors, found.version, found.within, found.dataset) == (("Us",), "2", None, False)
    assert found.date is not None
    assert found.date.year == 2023
    assert cited(site, "kos").within is not None


@pytest.mark.parametrize(
    "trig", ["<a/b> rdfs:label 'x' .", "<a/b> a dcat:Dataset ; rdfs:label 'x' .", "<a/b> dct:creator <me> ."]
)
def test_nothing_is_made_up(trig: str) -> None:
    """Without a data set that names its makers, nobody is cited."""
    site = site_of(trig)
    assert Citing(site).of(page(site, "a/b"), "en") is None
    assert list(renderer(site).resource(page(site, "a/b"))) == []


@pytest.mark.parametrize("date", ['"2024-13-01"^^xsd:date', '"soon"', '"2024-02-30"^^xsd:date', "<when>"])
def test_what_is_no_date_is_none(date: str) -> None:
    """The next property is asked."""
    data = f"<set> a dcat:Dataset ; dct:creator 'Me' ; dct:issued {date}"
    assert cited(site_of(f"{data} ."), "set").date is None
    found = cited(site_of(f"{data} ; dct:modified '2020-01-01'^^xsd:date ."), "set")
    assert found.date is not None
    assert found.date.year == 2020


def test_files_are_those_of_the_settings() -> None:
    """In each language; their names end as reference managers expect."""

    def paths(**settings: object) -> dict[str, str]:
        site = site_of(DATA, **settings)
        made = [file for name in ("set/all", "a/b") for file in renderer(site).resource(page(site, name))]
        assert all(b"".join(file.chunks()) for file in made)
        return {file.path: file.media_type.partition(";")[0] for file in made}

    assert paths() == {
        "set/all.bib": "application/x-bibtex",
        "set/all.ris": "application/x-research-info-systems",
        "set/all.csl.json": "application/vnd.citationstyles.csl+json",
    }
    assert {"a/b.ris", "set/all.ris"} <= set(paths(citations="all"))
    assert paths(citations="none") == {}
    assert set(paths(languages=("lv", "en"))) == {
        f"set/all.{tag}.{end}" for tag in ("lv", "en") for end in ("bib", "ris", "csl.json")
    }
