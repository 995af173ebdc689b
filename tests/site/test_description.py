"""What belongs to a page, and what it shows."""

import pytest

from saite.site.model import Site
from saite.site.page import DEEPEST, MOST_PARTS
from saite.terms import BlankNode, Literal, NamedNode, sorted_triples

from .graphs import BASE, ex, graph, links, page, pre, quads, rows, say, site_of, triples


def test_a_page_for_every_subject_and_for_nothing_else() -> None:
    """Classes, properties and foreign IRIs that are subjects have pages; objects and blank nodes have none."""
    site = site_of("""
        :a a :Class ; :p :b , [ :q :c ] . :Class a rdfs:Class . :p a rdf:Property .
        <http://other.org/x> :p :a . <urn:x:y> :p :a .""")
    assert [say(node) for node in site.pages] == ["Class", "a", "http://other.org/x", "urn:x:y", "p"]
    assert [r.document for r in site.resources()] == [
        "Class",
        "a",
        "external/other.org/x",
        "external/urn=3A/x=3Ay",
        "p",
    ]
    assert len(site) == site.counts.resources == 5
    assert site.resource(ex("b")) is None
    assert site.addresses.document(ex("b")) is None
    assert site.addresses.document(BlankNode("x")) is None
    assert site.addresses.document(Literal("a")) is None
    assert site.addresses.node("external/other.org/x") == NamedNode("http://other.org/x")
    assert site.addresses.node("b") is site.addresses.node("zzz") is None


def test_rows_leave_out_what_the_head_of_the_page_says() -> None:
    """Types and the labels that the table gives are no rows; other names of the same language are."""
    site = site_of(
        ':a a :T ; rdfs:label "A"@en , "Alpha"@en , "Ā"@lv ; skos:prefLabel "A"@en ; skos:altLabel "AA"@en ; :p 1 .'
    )
    a = page(site, "a")
    assert a.types == (ex("T"),)
    assert rows(a.rows) == {"rdfs:label": ["Alpha@en"], "skos:altLabel": ["AA@en"], "p": ["1"]}
    assert dict(site.labels.all(ex("a"))) == {"en": "A", "lv": "Ā"}


def test_values_are_in_one_order() -> None:
    """IRIs, then blank nodes, then literals, each by its text; whatever the order in the store."""
    text = ':a :p "b"@en , "a" , "a"@lv , :z , :b , _:x , "10"^^xsd:integer . _:x :q 1 .'
    site = site_of(text)
    assert rows(page(site, "a").rows) == {"p": ["b", "z", {"q": ["1"]}, "10", "a", "a@lv", "b@en"]}
    backwards = site_of(quads(text)[::-1])
    assert list(site.resources()) == list(backwards.resources())


def test_hidden_properties_stay_in_the_rdf() -> None:
    """The setting takes a property from rows and backlinks, not from the description."""
    site = site_of(':a :slug "a" ; :p :b . :b :slug "b" .', hide=("https://example.org/slug", "https://example.org/p"))
    assert rows(page(site, "a").rows) == {}
    assert page(site, "b").backlinks == ()
    assert triples(page(site, "a")) == {("a", "slug", "a"), ("a", "p", "b")}


def test_the_description_has_blank_nodes_and_nothing_of_others() -> None:
    """Nested, cyclic and shared blank nodes belong to the description; what other IRIs say does not."""
    own = ':a :p _:x , "1" . _:x :q _:y . _:y :r _:x , _:z . _:z :s :b .'
    site = site_of(own + ' :b :p _:z , "2" .')
    a, b = page(site, "a"), page(site, "b")
    assert set(a.triples) == graph(own)
    assert list(a.triples) == sorted_triples(a.triples)
    assert triples(b) == {("b", "p", "_:z"), ("b", "p", "2"), ("_:z", "s", "b")}
    assert rows(a.rows) == {"p": [{"q": [{"r": ["^_:x", {"s": ["b"]}]}]}, "1"]}


def test_a_shared_blank_node_is_shown_once() -> None:
    """The second time, the page refers to the first; an empty blank node is just itself."""
    site = site_of(":a :p _:x ; :q _:x ; :r [] . _:x :s 1 .")
    assert rows(page(site, "a").rows) == {
        "p": [{"s": ["1"]}],
        "q": ["^_:x"],
        "r": [say(page(site, "a").rows[2].values[0].term)],
    }


def test_lists() -> None:
    """RDF lists are shown as lists: nested, of blank nodes, empty, typed."""
    site = site_of(':a :p ( :x ( 1 2 ) [ :q 3 ] ) ; :q () ; :r _:l . _:l a rdf:List ; rdf:first "t" ; rdf:rest () .')
    assert rows(page(site, "a").rows) == {"p": [["x", ["1", "2"], {"q": ["3"]}]], "q": [[]], "r": [["t"]]}
    assert len(page(site, "a").triples) == 3 + 2 * 3 + 2 * 2 + 1 + 3


@pytest.mark.parametrize(
    "cells",
    [
        "rdf:first 1 ; rdf:rest _:l",
        "rdf:first 1 , 2 ; rdf:rest ()",
        "rdf:first 1",
        "rdf:rest ()",
        "rdf:first 1 ; rdf:rest () , (2)",
        "rdf:first 1 ; rdf:rest () ; :p 1",
        "rdf:first 1 ; rdf:rest :b",
        'rdf:first 1 ; rdf:rest "x"',
        "rdf:first 1 ; rdf:rest () ; a :T",
    ],
)
def test_what_is_no_list_is_shown_as_it_is(cells: str) -> None:
    """Malformed and cyclic lists are blank nodes with properties; nothing is lost."""
    site = site_of(f":a :p _:l . _:l {cells} .")
    (value,) = page(site, "a").rows[0].values
    assert value.items is None
    assert value.rows
    assert len(page(site, "a").triples) == len(graph(f":a :p _:l . _:l {cells} ."))


def test_a_long_broken_list_is_followed_once() -> None:
    """A list of thousands that does not end well is shown cell by cell, in time that grows with its length."""
    count = 5_000
    cells = " ".join(f"_:c{n} rdf:first {n} ; rdf:rest _:c{n + 1} ." for n in range(count))
    a = page(site_of(f":a :p _:c0 . {cells} _:c{count} rdf:first 0 ."), "a")
    assert len(a.triples) == 2 * count + 2
    assert len(a.deep) == count // DEEPEST


def test_a_list_within_itself_ends() -> None:
    """A list that is its own member is shown once."""
    site = site_of(":a :p _:l . _:l rdf:first _:l ; rdf:rest () .")
    assert rows(page(site, "a").rows) == {"p": [["^_:l"]]}


def test_a_short_shared_list_is_shown_again() -> None:
    """A list of plain terms that two values share is shown at both, a list of blank nodes at the first only."""
    site = site_of(
        ":a :p _:l ; :q _:l ; :r _:m ; :s _:m . _:l rdf:first 1 ; rdf:rest () . _:m rdf:first [ :t 1 ] ; rdf:rest () ."
    )
    assert rows(page(site, "a").rows) == {"p": [["1"]], "q": [["1"]], "r": [[{"t": ["1"]}]], "s": ["^_:m"]}


def test_deep_nesting_is_spread_out() -> None:
    """Blank nodes nested deeper than a page can show stand by themselves; the description has them all."""
    depth = 3 * DEEPEST + 5
    chain = ":a :p _:n0 . " + " ".join(f"_:n{n} :p _:n{n + 1} ." for n in range(depth)) + f" _:n{depth} :p 1 ."
    a = page(site_of(chain), "a")
    assert len(a.triples) == depth + 2
    assert [say(value.term) for value in a.deep] == [f"_:n{DEEPEST * k}" for k in (1, 2, 3)]
    seen = 0
    for value in (a.rows[0].values[0], *a.deep):
        while value.rows and not value.repeated:
            seen += 1
            value = value.rows[0].values[0]
    assert seen == depth + 1


def test_thousands_of_nested_blank_nodes() -> None:
    """Depth costs no stack."""
    depth = 5_000
    chain = ":a :p _:n0 . " + " ".join(f"_:n{n} :p _:n{n + 1} ." for n in range(depth))
    a = page(site_of(chain), "a")
    assert len(a.triples) == depth + 1
    assert len(a.deep) == (depth - 1) // DEEPEST


def test_a_triple_in_several_graphs_counts_once() -> None:
    """The union of the graphs makes the pages; sizes count triples, graphs count quads."""
    site = site_of(":a :p 1 . GRAPH :g { :a :p 1 ; :q 2 . } GRAPH :h { :a :q 2 . :b :p 3 . } GRAPH _:i { :b :p 4 . }")
    assert triples(page(site, "a")) == {("a", "p", "1"), ("a", "q", "2")}
    assert len(page(site, "a").triples) == 2
    assert site.counts.triples == 4
    (blank,) = [name for name in site.counts.graphs if name.startswith("_:")]
    assert site.counts.graphs == {"": 1, "https://example.org/g": 2, "https://example.org/h": 2, blank: 1}
    assert site.properties[ex("p")].count == 3


def test_deprecation_and_modification() -> None:
    """owl:deprecated and dct:modified are told apart from the other properties."""
    site = site_of(
        ':a owl:deprecated true ; dct:modified "2020-01-02"^^xsd:date , "2019"^^xsd:gYear . :b owl:deprecated false .'
    )
    assert (page(site, "a").deprecated, page(site, "a").modified) == (True, "2020-01-02")
    assert (page(site, "b").deprecated, page(site, "b").modified) == (False, "")


def test_a_hash_document_describes_its_terms() -> None:
    """The document of hash IRIs has a page, though it is no subject itself; its RDF describes all its terms."""
    site = site_of(
        "<def#A> :p 1 , [ :q 2 ] . <def#b> :p 3 . <def> a owl:Ontology . <x#me> :p 4 . <http://other.org/y#z> :p 5 ."
    )
    assert [r.document for r in site.resources()] == ["def", "def/A", "def/b", "external/other.org/y/z", "x", "x/me"]
    assert page(site, "def").parts == (ex("def#A"), ex("def#b"))
    assert len(page(site, "def").triples) == 5
    assert triples(page(site, "def#b")) == {("def#b", "p", "3")}
    x = page(site, "x")
    assert (x.parts, x.rows, triples(x)) == ((ex("x#me"),), (), {("x#me", "p", "4")})
    assert site.addresses.document(ex("x")) == "x"


def test_an_empty_fragment_is_the_document() -> None:
    """An ontology called ``...#`` is its own document."""
    site = site_of("<def#> a owl:Ontology . <def#A> :p 1 .")
    assert [r.document for r in site.resources()] == ["def", "def/A"]
    assert page(site, "def#").parts == (ex("def#A"),)


def test_a_hash_document_with_too_many_terms_lists_them_only() -> None:
    """The RDF of a document does not grow without bound."""
    site = site_of("<d> :p 0 ." + " ".join(f"<d#{n}> :p {n} ." for n in range(MOST_PARTS + 1)))
    d = page(site, "d")
    assert len(d.parts) == MOST_PARTS + 1
    assert len(d.triples) == 1


def test_types_from_the_most_specific() -> None:
    """A class comes before its superclasses, owl:Thing and its like last; cycles do no harm."""
    site = site_of("""
        :C rdfs:subClassOf :B . :B rdfs:subClassOf :A . :A rdfs:subClassOf :A .
        :X rdfs:subClassOf :Y . :Y rdfs:subClassOf :X .
        :i a :A , :B , :C , owl:Thing , owl:NamedIndividual , :X , :Y , [] .""")
    assert [say(t) for t in page(site, "i").types] == ["C", "B", "X", "Y", "A", "owl:NamedIndividual", "owl:Thing"]


def test_property_order() -> None:
    """The settings' order, then the shapes' for the class and its superclasses, then descriptions, then by IRI."""
    site = site_of(
        """
        :S a sh:NodeShape ; sh:targetClass :Super ; sh:property [ sh:path :d ; sh:order 2 ] ,
            [ sh:path :e ; sh:order 1.5 ] , [ sh:path [ sh:inversePath :b ] ; sh:order 0 ] ,
            [ sh:path :f ; sh:order "no" ] .
        :T a owl:Class , sh:NodeShape ; rdfs:subClassOf :Super ; sh:property [ sh:path :c ; sh:order -1 ] .
        :Other a sh:NodeShape ; sh:targetClass :Else ; sh:property [ sh:path :b ; sh:order 0 ] .
        :i a :T ; :a 1 ; :b 1 ; :c 1 ; :d 1 ; :e 1 ; :f 1 ; :z 1 ; rdfs:comment "!" ; dct:description "?" .
        :j :b 1 ; :a 1 .""",
        order=("https://example.org/z",),
    )
    assert list(rows(page(site, "i").rows)) == ["z", "c", "e", "d", "dct:description", "rdfs:comment", "a", "b", "f"]
    assert list(rows(page(site, "j").rows)) == ["a", "b"]


def test_nested_nodes_show_labels_and_types_first() -> None:
    """A blank node has no head, so its label and type are rows."""
    site = site_of(':a :p [ :b 1 ; a :T ; rdfs:label "x" ; rdfs:comment "y" ] .')
    assert rows(page(site, "a").rows) == {
        "p": [{"rdfs:label": ["x"], "rdf:type": ["T"], "rdfs:comment": ["y"], "b": ["1"]}]
    }


def test_zero_config_finds_the_base() -> None:
    """The base is the longest common folder of the IRIs on the commonest host."""
    site = site_of(
        "<http://a.org/x/1> :p 1 . <http://a.org/x/y/2#z> :p 1 . <http://a.org/x/3?q=/> :p 1 . <http://b.org/x> :p 1 .",
        base="",
    )
    assert site.base == "http://a.org/x/"
    assert [r.document for r in site.resources()] == ["1", "3=3Fq=3D=2F", "external/b.org/x", "y/2", "y/2/z"]


@pytest.mark.parametrize(
    ("iris", "base"),
    [
        (["urn:a:b"], ""),
        (["http://a.org"], ""),
        (["http://a.org/ns#A", "http://a.org/ns#B"], "http://a.org/"),
        (["http://a.org/ns/", "http://a.org/ns/A"], "http://a.org/ns/"),
        (["http://a.org/ab", "http://a.org/abc"], "http://a.org/"),
        (["http://b.org/1", "http://a.org/1"], "http://a.org/"),
        (["https://a.org/1", "http://a.org/1", "https://a.org/2"], "https://a.org/"),
    ],
)
def test_bases(iris: list[str], base: str) -> None:
    """Any namespace gives a base that ends with a slash, or none."""
    assert site_of(" ".join(f"<{iri}> :p 1 ." for iri in iris), base="").base == base


def test_an_empty_graph_makes_an_empty_site() -> None:
    """Nothing is a legal graph."""
    site = site_of("", base="")
    assert (len(site), list(site.resources()), site.listings, site.counts.triples) == (0, [], (), 0)


def test_backlinks() -> None:
    """Who points here by which property; not types, not oneself, not twice."""
    site = site_of("""
        :a :p :x ; :q :x . GRAPH :g { :b :p :x ; :r :x , :y . :a :p :x . }
        :x a :T ; :p :x . :T a rdfs:Class . :y :p 1 .""")
    assert links(page(site, "x").backlinks) == {"p": ["a", "b"], "q": ["a"], "r": ["b"]}
    assert [group.total for group in page(site, "x").backlinks] == [2, 1, 1]
    assert page(site, "T").backlinks == ()
    assert links(page(site, "y").backlinks) == {"r": ["b"]}


def test_blank_nodes_point_for_their_owners() -> None:
    """Nested and shared blank nodes stand for the resources that show them, list cells for what leads to the list."""
    site = site_of("""
        :x :p 1 . :a :p [ :q [ :r :x ] ] , :x . :b :p _:s . :c :p _:s . _:s :t :x , _:s .
        :d owl:unionOf ( :y :x ) . :e owl:equivalentClass [ owl:unionOf ( :y ( :x ) ) ] .
        [] :q :x . :x :self [ :q :x ] .""")
    assert links(page(site, "x").backlinks) == {
        "owl:unionOf": ["d", "e"],
        "p": ["a"],
        "r": ["a"],
        "t": ["b", "c"],
    }


def test_scheme_membership_is_no_backlink() -> None:
    """Concepts of a scheme are listed, not linked back."""
    site = site_of(":c skos:inScheme :s ; skos:topConceptOf :s ; :about :s . :s a skos:ConceptScheme .")
    assert links(page(site, "s").backlinks) == {"about": ["c"]}


def test_the_site_is_what_renderers_ask_for() -> None:
    """It has everything that the protocol names."""
    site: Site = site_of(":a :p 1 .", prefixes={"me": BASE})
    assert site.prefixes["me"] == site.base == BASE
    assert site.prefixes["rdfs"] == "http://www.w3.org/2000/01/rdf-schema#"
    assert (site.findings, site.queries, site.shapes, site.ontologies) == ((), (), (), ())


def test_resources_are_found_by_their_iri() -> None:
    """resource() gives what resources() yields."""
    site = site_of(":a :p :b . :b :p :a , [ :q :a ] .")
    assert [site.resource(r.node) for r in site.resources()] == list(site.resources())


def test_xl_labels_name_their_concepts() -> None:
    """A SKOS-XL label's literal form is the concept's label, after a plain label of the same kind."""
    site = site_of("""
        :c skosxl:prefLabel :l , [ skosxl:literalForm "tests"@lv ] . :l skosxl:literalForm "test"@en .
        :d skosxl:prefLabel :l ; rdfs:label "other"@en .""")
    assert dict(site.labels.all(ex("c"))) == {"en": "test", "lv": "tests"}
    assert dict(site.labels.all(ex("d"))) == {"en": "test"}
    assert site.labels.best(pre("skosxl:prefLabel"), "en") == ("skosxl:prefLabel", "")
