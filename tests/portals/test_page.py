"""The page of the catalogue says what its RDF says."""

import html
import re
from collections.abc import Mapping

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from tests.render_catalogue import iri

from saite.namespaces import RDF_TYPE
from saite.terms import Literal, Term


def objects(files: Mapping[str, bytes], predicate: str, kind: str = "") -> list[Term]:
    """The values of a property in the Turtle; of things of one class, or of all."""
    quads = list(pyoxigraph.parse(files["catalog.ttl"], RdfFormat.TURTLE))
    those = {quad.subject for quad in quads if kind and quad.predicate == RDF_TYPE and quad.object == iri(kind)}
    found = (q.object for q in quads if q.predicate == iri(predicate) and (q.subject in those or not kind))
    return list(found)


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize(
    ("predicate", "kind"),
    [
        ("dct:title", "dcat:Dataset"),
        ("dct:description", "dcat:Dataset"),
        ("dcat:keyword", "dcat:Dataset"),
        ("dct:title", "dcat:Distribution"),
        ("foaf:name", "foaf:Agent"),
        ("rdfs:label", "dct:ProvenanceStatement"),
        ("skos:prefLabel", "dct:Location"),
    ],
)
def test_texts_are_those_of_the_page_s_language(
    files: Mapping[str, bytes], language: str, predicate: str, kind: str
) -> None:
    """Of the dataset, its publisher, places, provenance and files."""
    page = html.unescape(files[f"catalog.{language}.html"].decode())
    told = [one for one in objects(files, predicate, kind) if isinstance(one, Literal) and one.language == language]
    assert told
    assert [one.value for one in told if one.value not in page] == []


@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_file_is_there(files: Mapping[str, bytes], language: str) -> None:
    """With its checksum, at the fragment that its IRI has."""
    page = files[f"catalog.{language}.html"].decode()
    for checksum in objects(files, "spdx:checksumValue"):
        assert f"<code>{checksum.value}</code>" in page
    for node in objects(files, "dcat:distribution"):
        assert f'id="{node.value.partition("#")[2]}"' in page
    assert len(re.findall("<tr id=", page)) == len(objects(files, "dcat:distribution")) >= 6


def test_the_page_leads_to_the_rdf(files: Mapping[str, bytes]) -> None:
    """By links in its head, and by the addresses that are for harvesters."""
    page = files["catalog.lv.html"].decode()
    for form, media_type in (("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("rdf", "application/rdf+xml")):
        assert f'rel="alternate" type="{media_type}"' in page.partition("</head>")[0]
        assert f">https://w3id.org/ice-edu/catalog.{form}</a>" in page
