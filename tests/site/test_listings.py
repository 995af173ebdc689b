"""The index pages, and what is told of the vocabulary."""

from saite.site.model import IRIS, NODES, TEXTS

from .graphs import listing, page, pre, rows, say, site_of, tell

VOCABULARY = """
    :A a owl:Class ; rdfs:subClassOf :Top . :B a owl:Class ; rdfs:subClassOf :A , owl:Thing . :Unused a rdfs:Class .
    :p a owl:ObjectProperty ; rdfs:subPropertyOf :super . :unused a owl:DatatypeProperty . :o a owl:Ontology .
    :a a :A ; :p :b . :b a :B , :A ; :p :a , [ a :B ] . :c a foaf:Person ; :p "x" ."""


def test_listings_of_classes() -> None:
    """Direct instances, and for superclasses those of subclasses, once; blank nodes are counted."""
    site = site_of(VOCABULARY)
    a, b, top = (listing(site, "class", name) for name in ("A", "B", "Top"))
    assert [say(n) for n in a.members] == ["a", "b"]
    assert (a.count, a.direct) == (3, 2)
    assert ([say(n) for n in b.members], b.count, b.direct) == (["b"], 2, 2)
    assert ([say(n) for n in top.members], top.count, top.direct) == (["a", "b"], 3, 0)
    assert (a.document, top.document) == ("browse/class/A", "browse/class/Top")
    assert listing(site, "class", "foaf:Person").document == "browse/class/foaf-Person"
    assert all(say(one.node) not in ("owl:Thing", "Unused") for one in site.listings)


def test_listings_of_properties() -> None:
    """The subjects that use it, and how many triples have it."""
    site = site_of(VOCABULARY)
    p = listing(site, "property", "p")
    assert ([say(n) for n in p.members], p.count, p.more, p.document) == (["a", "b", "c"], 4, 0, "browse/property/p")
    assert listing(site, "property", "rdf:type").document == "browse/property/rdf-type"


def test_long_listings_of_properties_are_cut() -> None:
    """A property that everything has names its first 10,000 subjects, and says how many more there are."""
    site = site_of(" ".join(f":n{n:05} :p {n} ." for n in range(10_003)))
    p = listing(site, "property", "p")
    assert (len(p.members), p.more, p.count) == (10_000, 3, 10_003)
    assert say(p.members[-1]) == "n09999"
    assert [say(n) for n in p.members[2:4]] == ["n00002", "n00003"]


def test_listings_of_schemes() -> None:
    """Concepts by inScheme and by top concept in either direction; an empty scheme is listed too."""
    site = site_of("""
        :s a skos:ConceptScheme ; skos:hasTopConcept :t . :t a skos:Concept . :u skos:topConceptOf :s .
        :c skos:inScheme :s ; skos:broader :t . :t skos:narrower :d . :d skos:inScheme :s , :foreign .
        :e skos:inScheme _:x .
        :empty a skos:ConceptScheme . :s skos:hasTopConcept :nowhere .""")
    s = listing(site, "scheme", "s")
    assert [say(n) for n in s.members] == ["c", "d", "t", "u"]
    assert (s.count, [say(n) for n in s.top], s.document) == (5, ["nowhere", "t", "u"], "browse/scheme/s")
    assert [say(one.node) for one in site.listings if one.kind == "scheme"] == ["empty", "foreign", "s"]
    assert {say(n): [say(c) for c in below] for n, below in site.hierarchy.items()} == {"t": ["c", "d"]}


def test_names_of_listings_are_apart() -> None:
    """Terms with one local name, or names that differ by letter case, have listings of their own."""
    site = site_of("<x/T> a <x/C>, <y/C>, <y/c>, <http://other.org/C>, <z/a%2Fb>, <z/index> .")
    documents = [one.document for one in site.listings if one.kind == "class"]
    assert len({d.lower() for d in documents}) == 6
    assert "browse/class/C" in documents
    assert "browse/class/a=252Fb" in documents
    assert "browse/class/=69ndex" in documents


def test_blank_nodes_without_an_owner_are_listed() -> None:
    """What stands in no resource's description stands in the listing of its class, or of rdfs:Resource."""
    site = site_of("""
        [] a owl:AllDisjointClasses ; owl:members ( :A :B ) . [] :p [ a :Inner ; :q 1 ] . :a :p [ a :Owned ] .
        _:x a :Circle ; :p _:y . _:y a :Circle ; :p _:x . _:z a :Circle ; :p _:z .""")
    disjoint = listing(site, "class", "owl:AllDisjointClasses")
    assert (disjoint.count, len(disjoint.members)) == (1, 0)
    assert [tell(v) for v in disjoint.unnamed] == [
        {"rdf:type": ["owl:AllDisjointClasses"], "owl:members": [["A", "B"]]}
    ]
    everything = listing(site, "class", "rdfs:Resource")
    assert [tell(v) for v in everything.unnamed] == [{"p": [{"rdf:type": ["Inner"], "q": ["1"]}]}]
    assert everything.count == 1
    circle = listing(site, "class", "Circle")
    assert [tell(v) for v in circle.unnamed] == [
        {"rdf:type": ["Circle"], "p": [{"rdf:type": ["Circle"], "p": ["^_:x"]}]},
        {"rdf:type": ["Circle"], "p": ["^_:z"]},
    ]
    assert circle.count == 3
    assert listing(site, "class", "Owned").unnamed == listing(site, "class", "Inner").unnamed == ()


def test_only_so_many_unnamed_nodes_are_shown() -> None:
    """A listing does not grow without bound; the count does."""
    site = site_of(" ".join("[] a :T ." for _ in range(150)))
    assert (len(listing(site, "class", "T").unnamed), listing(site, "class", "T").count) == (100, 150)


def test_vocabulary() -> None:
    """Classes and properties that the data declare or use, with counts and examples; hierarchy; ontologies."""
    site = site_of(VOCABULARY)
    classes = {say(n): (use.count, [say(e) for e in use.examples]) for n, use in site.classes.items()}
    assert classes["A"] == (2, ["a", "b"])
    assert classes["B"] == (2, ["b"])
    assert classes["Unused"] == classes["Top"] == (0, [])
    assert classes["owl:Class"] == (2, ["A", "B"])
    properties = {say(n): (use.count, [say(e) for e in use.examples]) for n, use in site.properties.items()}
    assert properties["p"] == (4, ["a", "b", "c"])
    assert properties["unused"] == properties["super"] == (0, [])
    assert "rdf:type" in properties
    assert list(properties) == sorted(
        properties, key=lambda name: pre(name).value if ":" in name else "https://example.org/" + name
    )
    assert {say(n): [say(c) for c in below] for n, below in site.hierarchy.items()} == {
        "owl:Thing": ["B"],
        "A": ["B"],
        "Top": ["A"],
        "super": ["p"],
    }
    assert [say(n) for n in site.ontologies] == ["o"]


def test_shapes() -> None:
    """Node shapes however they are told, and property shapes that have targets; those inside others are not listed."""
    site = site_of("""
        :a a sh:NodeShape ; sh:property :inside . :b sh:property [ sh:path :p ] . :c sh:targetClass :T .
        :inside a sh:PropertyShape ; sh:path :p .""")
    assert [say(n) for n in site.shapes] == ["a", "b", "c"]


def test_classes_and_properties_have_pages_too() -> None:
    """A term of the vocabulary is a resource like any other."""
    site = site_of(VOCABULARY)
    assert rows(page(site, "p").rows) == {"rdfs:subPropertyOf": ["super"]}
    assert [say(t) for t in page(site, "p").types] == ["owl:ObjectProperty"]


def test_kinds_of_values() -> None:
    """IRIs, nodes and lists, texts with a language, and datatypes; of each property that the data use."""
    site = site_of(""":s a :T ; :iri :o ; :node [] , () ; :text "a"@en ; :plain "x" ; :mixed 1 , "a"@lv , :o .""")
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert {say(node): kinds for node, kinds in site.kinds.items()} == {
        "rdf:type": {IRIS},
        "iri": {IRIS},
        "node": {NODES},
        "text": {TEXTS},
        "plain": {xsd + "string"},
        "mixed": {xsd + "integer", TEXTS, IRIS},
    }
