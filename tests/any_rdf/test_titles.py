"""What a site is called that has no settings."""

from pathlib import Path

import pytest

from .built import page, publish, words

HEAD = """
@prefix : <http://example.org/ns/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
"""
GRAPHS = {
    "one ontology": (':o a owl:Ontology ; dct:title "Birds"@en . :Owl a owl:Class .', "Birds"),
    "an ontology without a name": (":r5r a owl:Ontology . :Owl a owl:Class .", "example.org/ns"),
    "several ontologies": (
        ':o a owl:Ontology ; rdfs:label "Birds"@en . :p a owl:Ontology ; rdfs:label "Fishes"@en .',
        "example.org/ns",
    ),
    "several, of which one is the base": (
        '<http://example.org/ns/> a owl:Ontology ; rdfs:label "All"@en . :p a owl:Ontology ; rdfs:label "Fishes"@en .',
        "All",
    ),
    "an ontology of others": (
        '<http://other.example/o> a owl:Ontology ; rdfs:label "Theirs"@en . :a rdfs:label "a" . :b rdfs:label "b" .',
        "example.org/ns",
    ),
    "one scheme": (
        '<http://example.org/s> a skos:ConceptScheme ; skos:prefLabel "Topics"@en . :a skos:inScheme :s .',
        "Topics",
    ),
    "a catalogue with data sets": (
        ':c a dcat:Catalog ; dct:title "Open data"@en ; dcat:dataset :d . :d a dcat:Dataset ; dct:title "Rain"@en .',
        "Open data",
    ),
    "no host": ("<urn:a> <urn:p> <urn:b> .", "Linked data"),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_a_site_is_called_after_what_describes_it(tmp_path: Path, name: str) -> None:
    """The one ontology, scheme or catalogue with a name; else the address at which the things live."""
    text, title = GRAPHS[name]
    out = publish(HEAD + text, tmp_path)
    assert f"<title>{title}</title>" in page(out, "index")


def test_a_site_is_introduced_by_what_describes_it(tmp_path: Path) -> None:
    """Its description stands on the front page, and is that of the one that gives the title."""
    text = (
        ':a a owl:Ontology ; rdfs:label "Fishes"@en ; rdfs:comment "Of fishes."@en .'
        '<http://example.org/ns/> a owl:Ontology ; rdfs:label "Birds"@en ; dct:description "Of birds."@en .'
    )
    shown = words(publish(HEAD + text, tmp_path), "index")
    assert "Of birds." in shown
    assert "Of fishes." not in shown


def test_a_term_that_the_data_names_has_only_the_names_of_the_data(tmp_path: Path) -> None:
    """Saite knows what common terms are called in some languages; it does not put that into the data's mouth."""
    text = 'owl:Class a owl:Class ; rdfs:label "A class, as they say"@en . owl:Thing a owl:Class .'
    shown = words(publish(HEAD + text, tmp_path), "owl/Class")
    assert "A class, as they say" in shown
    assert "Klase" not in shown


def test_the_front_page_of_a_vocabulary_leads_to_its_terms(tmp_path: Path) -> None:
    """Where hardly anything is an instance of the site's own classes, the classes of terms are ways in too."""
    terms = "".join(f':C{n} a owl:Class ; rdfs:label "Class {n}"@en .\n' for n in range(30))
    few = words(publish(HEAD + terms + ":monday a :C1 .", tmp_path), "index")
    assert "2 kinds of things" in few
    assert few.index("Class 1 1") < few.index("Class 30")
    (tmp_path / "many").mkdir()
    many = words(publish(HEAD + terms + "".join(f":day{n} a :C1 ." for n in range(9)), tmp_path / "many"), "index")
    assert "1 kind of things" in many


def test_a_title_in_another_language_says_so(tmp_path: Path) -> None:
    """A thesaurus with a French name, on pages in English, is read aloud in French (WCAG 2.2, 3.1.2)."""
    text = '<http://example.org/ns/s> a skos:ConceptScheme ; skos:prefLabel "Thésaurus"@fr . :a skos:inScheme :s .'
    out = publish(HEAD + text, tmp_path)
    assert '<h1 lang="fr">Thésaurus</h1>' in page(out, "index")
    assert '<span lang="fr">Thésaurus</span>' in page(out, "a")
