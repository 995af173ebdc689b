"""The description with labels."""

from hypothesis import given, settings
from tests.render_rdf.graphs import graphs

from saite.namespaces import LABEL_PROPERTIES, RDFS_LABEL
from saite.render.profiles.labelled import labelled
from saite.site import build_site
from saite.store import EmbeddedStore
from saite.terms import Literal, NamedNode, Quad, Triple

from .sites import BASE, CONFIG, site_of


@given(graphs)
@settings(max_examples=100, deadline=None)
def test_it_is_the_description_and_labels(graph: list[Triple]) -> None:
    """Of any graph: all of it, and nothing but labels of what it mentions beside it."""
    site = build_site(EmbeddedStore(Quad(t.subject, t.predicate, t.object) for t in graph), CONFIG)
    for resource in site.resources():
        plain, more = set(resource.triples), labelled(resource, site.labels)
        assert plain <= set(more)
        assert len(more) == len(set(more))
        mentioned = {node for triple in plain for node in (triple.subject, triple.predicate, triple.object)}
        for triple in set(more) - plain:
            assert triple.predicate == RDFS_LABEL
            assert triple.subject in mentioned
            assert isinstance(triple.object, Literal)


def test_labels_are_of_subjects_predicates_and_objects() -> None:
    """In every language, by whichever property the data give them, and those of well-known terms too."""
    site = site_of("""
        <a> a :Thing ; skos:prefLabel "A"@en ; :near <b> ; dct:license <http://elsewhere.example/x> .
        <b> skos:prefLabel "B"@en, "Б"@ru . :near rdfs:label "near"@en . :Thing rdfs:label "Thing" .
    """)
    resource = site.resource(NamedNode(f"{BASE}a"))
    assert resource is not None
    found = set(labelled(resource, site.labels)) - set(resource.triples)
    said = {(t.subject.value.removeprefix(BASE), t.object) for t in found if isinstance(t.subject, NamedNode)}
    assert {
        ("b", Literal("B", language="en")),
        ("b", Literal("Б", language="ru")),
        ("def#near", Literal("near", language="en")),
        ("def#Thing", Literal("Thing")),
    } <= said
    assert not any(subject == "a" for subject, _ in said), "its label is there already"
    assert any(subject.endswith("license") for subject, _ in said)
    assert RDFS_LABEL in LABEL_PROPERTIES


def test_a_label_that_was_cut_is_not_repeated() -> None:
    """The table keeps the beginning of a long label; nobody has said that beginning."""
    site = site_of(f'<a> :near <b> . <b> rdfs:label "{"long " * 200}"@en .')
    resource = site.resource(NamedNode(f"{BASE}a"))
    assert resource is not None
    assert not [t for t in labelled(resource, site.labels) if t.subject == NamedNode(f"{BASE}b")]
