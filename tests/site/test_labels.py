"""What things are called."""

import pytest

from saite.namespaces import PREFIXES
from saite.site.scan import LONGEST_LABEL
from saite.site.vocabulary import well_known
from saite.terms import BlankNode, Literal, NamedNode

from .graphs import ex, page, pre, rows, site_of

OF_THE_EU = ("http://publications.europa.eu/resource/authority/", "http://data.europa.eu/bna/")
LANGUAGES = {"languages": ("lv", "en"), "label_languages": ("ru",)}


@pytest.mark.parametrize(
    ("labels", "lv", "en", "de"),
    [
        ('"a"@lv , "b"@en , "c"@ru , "d"', "a@lv", "b@en", "a@lv"),
        ('"b"@en , "c"@ru , "d"', "b@en", "b@en", "b@en"),
        ('"c"@ru , "d"', "c@ru", "c@ru", "c@ru"),
        ('"d" , "e"@fi', "d@", "d@", "d@"),
        ('"e"@fi , "f"@de', "f@de", "f@de", "f@de"),
        ('"g"@de-AT , "h"@en-GB', "h@en-gb", "h@en-gb", "g@de-at"),
    ],
)
def test_languages_fall_back_visibly(labels: str, lv: str, en: str, de: str) -> None:
    """Of the labels there are, the reader gets one as near to his language as can be, with its own tag."""
    site = site_of(f":a rdfs:label {labels} .", **LANGUAGES)
    assert ["@".join(site.labels.best(ex("a"), tag)) for tag in ("lv", "en", "de")] == [lv, en, de]


def test_the_best_property_wins_in_each_language() -> None:
    """Labels are looked for property by property; within one, the first in code point order."""
    site = site_of("""
        :a skos:altLabel "alt"@en , "cits"@lv ; foaf:name "b"@en , "a"@en ; rdfs:label " "@en .
        GRAPH :g { :a dct:title "t"@ru }""")
    assert dict(site.labels.all(ex("a"))) == {"en": "a", "lv": "cits", "ru": "t"}


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (NamedNode("https://example.org/a/b%20c"), "b c"),
        (NamedNode("https://example.org/ns#Term"), "Term"),
        (NamedNode("https://example.org/a/"), "a"),
        (NamedNode("https://example.org/a#"), "a"),
        (NamedNode("https://example.org/"), "example.org"),
        (NamedNode("https://example.org/%20"), "https://example.org/%20"),
        (NamedNode("urn:isbn:1"), "urn:isbn:1"),
        (NamedNode("mailto:a@b.org"), "mailto:a@b.org"),
        (NamedNode("x:/"), "x:"),
        (NamedNode(PREFIXES["foaf"] + "nick"), "foaf:nick"),
        (NamedNode(PREFIXES["foaf"]), "foaf:"),
        (NamedNode("https://mine.org/x"), "me:x"),
        (BlankNode("b"), "_:b"),
    ],
)
def test_what_has_no_label_has_a_name(term: NamedNode | BlankNode, text: str) -> None:
    """A prefixed name, else the last segment, else the IRI; never nothing."""
    site = site_of(":a :p 1 .", prefixes={"me": "https://mine.org/"})
    assert site.labels.best(term, "en") == (text, "")


def test_literals_are_their_own_labels() -> None:
    """A literal says itself, in its own language."""
    site = site_of("")
    assert site.labels.best(Literal("vārds", language="lv"), "en") == ("vārds", "lv")
    assert site.labels.best(Literal(5), "en") == ("5", "")


def test_blank_nodes_may_have_labels() -> None:
    """A blank node that the page refers to is called by its label."""
    site = site_of(':a :p _:x . _:x rdfs:label "X"@en .')
    assert site.labels.best(BlankNode("x"), "lv") == ("X", "en")


def test_common_foreign_terms_have_names() -> None:
    """Readers see words, not dct:title, in each language that this package knows; the data's own labels win."""
    site = site_of('dct:title rdfs:label "Title"@en ; :p 1 . :a dct:title "x" .', **LANGUAGES)
    assert site.labels.best(pre("dct:title"), "en") == ("Title", "en")
    assert site.labels.best(pre("dct:title"), "lv") == ("nosaukums", "lv")
    assert site.labels.best(pre("rdf:type"), "ru") == ("тип", "ru")


def test_known_terms_are_whole() -> None:
    """Each has a name in English, Latvian and Russian, and an IRI of a known vocabulary."""
    assert len(well_known()) > 200
    for node, labels in well_known().items():
        assert sorted(tag for tag, _, _ in labels) == ["en", "lv", "ru"], node
        assert node.value.startswith((*PREFIXES.values(), *OF_THE_EU)), node


def test_a_label_of_a_megabyte_is_cut() -> None:
    """The table keeps its beginning; the page has it whole, as a property."""
    text = "a" * 1_000_000
    site = site_of(f':a rdfs:label "{text}"@en .')
    label, _ = site.labels.best(ex("a"), "en")
    assert len(label) == LONGEST_LABEL
    assert label.endswith("…")
    assert rows(page(site, "a").rows) == {"rdfs:label": [f"{text}@en"]}
