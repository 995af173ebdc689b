"""Names and definitions by the properties of well-known public data."""

from pathlib import Path

import pytest

from .built import page, publish, words

PROPERTIES = {
    "OBO Foundry": ("rdfs:label", "<http://purl.obolibrary.org/obo/IAO_0000115>"),
    "SKOS": ("skos:prefLabel", "skos:definition"),
    "PROV": ("rdfs:label", "<http://www.w3.org/ns/prov#definition>"),
    "Dublin Core": ("dct:title", "dct:description"),
    "schema.org": ("<http://schema.org/name>", "<http://schema.org/description>"),
    "Library of Congress": ("<http://www.loc.gov/mads/rdf/v1#authoritativeLabel>", "skos:definition"),
    "GeoNames": ("<http://www.geonames.org/ontology#name>", "rdfs:comment"),
}
HEAD = """
@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
"""


@pytest.mark.parametrize("source", PROPERTIES)
def test_things_are_called_and_described_as_their_sources_do(tmp_path: Path, source: str) -> None:
    """The heading is the name, and the definition leads the page, before what the properties say."""
    label, definition = PROPERTIES[source]
    text = f':x1 {label} "A heart"@en ; {definition} "It pumps."@en ; :p "further" . :x2 :p :x1 .'
    out = publish(HEAD + text, tmp_path)
    assert "<h1>A heart</h1>" in page(out, "x1")
    assert "A heart It pumps. p further" in words(out, "x1")
    assert "p A heart" in words(out, "x2")
