"""What is private leaves no trace: not itself, not what speaks of it, not what hangs on it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from saite.config import Config, Fold, Private, Statements
from saite.errors import ConfigError
from saite.graph import Namer, public
from saite.namespaces import RDF_TYPE
from saite.store import EmbeddedStore
from saite.terms import BlankNode, NamedNode, Quad

EX = "http://e/"
HEAD = f"""
@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
STATEMENTS = Statements(
    EX + "Statement", EX + "about", EX + "property", EX + "value", EX + "source", accepted=EX + "accepted"
)
FOLDS = (Fold(EX + "Participation", (EX + "in", EX + "participant")), Fold(EX + "Statement", (EX + "about",)))


def published(
    turtle: str, *, graphs: tuple[str, ...] = (), classes: tuple[str, ...] = (), properties: tuple[str, ...] = ()
) -> str:
    """What is left of some TriG, as sorted lines."""
    store = EmbeddedStore(Namer().name(parse(HEAD + turtle, format=RdfFormat.TRIG)))
    private = Private(graphs, tuple(EX + name for name in classes), tuple(EX + name for name in properties))
    config = Config(
        Path(), base=EX, prefixes={"ex": EX}, statements=STATEMENTS, fold=FOLDS, private=private, graphs={"empty": ()}
    )
    return "\n".join(sorted(str(quad) for quad in public(store, config).quads()))


def test_without_private_parts_it_is_the_same_store() -> None:
    """Nothing is copied where nothing is hidden."""
    store = EmbeddedStore(parse(HEAD + "ex:a ex:p 1 .", format=RdfFormat.TRIG))
    assert public(store, Config(Path())) is store


def test_private_graphs_are_gone() -> None:
    """Its quads, its name, Statements about what only it says; what another graph says too stays."""
    left = published(
        """
        ex:a ex:p "shown" .
        <http://e/graph/secret> { ex:a ex:p "shown" , "hidden" ; ex:q "alone" , [ ex:r "nested" ] . }
        ex:data { ex:g1 a ex:Statement ; ex:about ex:a ; ex:property ex:p ; ex:value "shown" ; ex:note "stays" .
                  ex:g2 a ex:Statement ; ex:about ex:a ; ex:property ex:p ; ex:value "hidden" ; ex:note "goes" .
                  ex:g3 a ex:Statement ; ex:about ex:a ; ex:property ex:q ; ex:note "goes too" .
                  ex:g4 a ex:Statement ; ex:about ex:a ; ex:property ex:p ; ex:accepted "hidden" .
                  ex:set ex:hasPart <http://e/graph/secret> . }
        """,
        graphs=("secret",),
    )
    assert '"shown"' in left
    assert '"stays"' in left
    for word in ("hidden", "alone", "nested", "goes", "secret", "g2", "g3", "g4", "hasPart"):
        assert word not in left


def test_private_properties_are_gone() -> None:
    """Its triples, those of its subproperties, its definition, its shapes, its Statements, what hangs on it."""
    left = published(
        """
        ex:a ex:secret "hidden 1" , [ ex:deep "hidden 2" ; ex:deeper [ ex:p "hidden 3" ] ] ; ex:below "hidden 4" ;
             ex:p "shown 1" , [ ex:shared _:s ] .
        _:s ex:p "shown 2" . ex:a ex:secret _:s .
        ex:secret rdfs:label "hidden 5" . ex:below rdfs:subPropertyOf ex:secret ; rdfs:label "hidden 6" .
        ex:st a ex:Statement ; ex:about ex:a ; ex:property ex:secret ; ex:value "hidden 7" .
        ex:shape a sh:NodeShape ; sh:property ex:ps1 , ex:ps2 , [ sh:path ex:secret ; sh:name "hidden 8" ] ,
            [ sh:path ( ex:p ex:secret ) ; sh:name "hidden 9" ] ,
            [ sh:path [ sh:inversePath ex:below ] ; sh:name "hidden 10" ] ,
            [ sh:path [ sh:alternativePath ( ex:p ex:below ) ] ; sh:name "hidden 11" ] .
        ex:ps1 sh:path ex:secret ; sh:message "hidden 12" . ex:ps2 sh:path ex:p ; sh:message "shown 3" .
        ex:Class rdfs:subClassOf [ owl:onProperty ex:secret ; owl:hasValue "hidden 13" ] ; rdfs:label "shown 4" .
        ex:chain owl:propertyChainAxiom ( ex:p ex:secret ) ; rdfs:label "shown 5" .
        [] a owl:Axiom ; owl:annotatedProperty ex:secret ; rdfs:comment "hidden 14" .
        ex:reified rdf:predicate ex:secret ; rdf:object "hidden 15" .
        ex:query sh:select "SELECT * { ?s ex:secret ?o }" ; rdfs:label "shown 6" .
        ex:note rdfs:comment "see <http://e/secret>, or http://e/below." ; rdfs:label "shown 7" .
        """,
        properties=("secret",),
    )
    for number in range(1, 8):
        assert f"shown {number}" in left
    for word in ("hidden", "/secret", "/below", "ex:secret", "propertyChainAxiom", "/ps1", "/st>"):
        assert word not in left


def test_private_classes_are_gone() -> None:
    """Its instances, those of its subclasses, all triples from and to them, and what is about them."""
    left = published(
        """
        ex:x a ex:Person ; ex:name "hidden 1" ; ex:address [ ex:city "hidden 2" ] .
        ex:y a ex:Boss ; ex:name "hidden 3" .
        ex:Boss rdfs:subClassOf ex:Person ; rdfs:label "hidden 4" . ex:Person rdfs:label "hidden 5" .
        ex:a ex:knows ex:x , ex:b ; ex:staff [ a ex:Person ; ex:name "hidden 6" ] ,
                 [ ex:role "hidden 7" ; ex:who ex:y ] ;
             ex:list ( "shown 1" ex:x "shown 2" ex:y ) , ( ex:x ) .
        ex:x ex:likes ex:b . ex:b ex:name "shown 3" .
        ex:p1 a ex:Participation ; ex:in ex:a ; ex:participant ex:x ; ex:note "hidden 8" .
        ex:p2 a ex:Participation ; ex:in ex:a ; ex:participant ex:b ; ex:note "shown 4" .
        ex:s1 a ex:Statement ; ex:about ex:p1 ; ex:quote "hidden 9" .
        ex:s2 a ex:Statement ; ex:about ex:p2 ; ex:quote "shown 5" .
        ex:s3 a ex:Statement ; ex:about ex:a ; ex:property ex:knows ; ex:value ex:x ; ex:quote "hidden 10" .
        ex:shape sh:targetClass ex:Person ; sh:message "hidden 11" .
        ex:doc ex:text "written by http://e/x)." , "shown 6" ; ex:iri "http://e/y"^^xsd:anyURI .
        ex:union owl:unionOf ( ex:Person ex:Place ) ; rdfs:label "shown 7" .
        """,
        classes=("Person",),
    )
    for number in range(1, 8):
        assert f"shown {number}" in left
    for word in ("hidden", "/x>", "/y>", "/Person", "/Boss", "/p1", "/s1", "/s3", "/likes", "written", '"http://e/y"'):
        assert word not in left
    # the lists close up: two members, one cell each, and the list of one is empty
    assert left.count("#first>") == 3
    assert left.count("#rest>") == 3
    assert "<http://e/list> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>" in left


def test_names_of_blank_nodes_tell_nothing() -> None:
    """A blank node's name is no hash of what was hidden: it is that of the published content."""
    with_secret = published('ex:a ex:p [ ex:q 1 ; ex:secret "4711" ] .', properties=("secret",))
    without = published("ex:a ex:p [ ex:q 1 ] .", properties=("secret",))
    assert with_secret == without


def test_unknown_private_graph_stops() -> None:
    """A graph that is misspelt would be published: it is an error. One of [graphs] that is empty is none."""
    with pytest.raises(ConfigError, match="there is no graph 'secrt', so it cannot be hidden"):
        published("<http://e/graph/secret> { ex:a ex:p 1 }", graphs=("secrt",))
    assert published("ex:a ex:p 1 .", graphs=("empty",))
    assert "graph" not in published("<http://e/graph/secret> { ex:a ex:p 1 }", graphs=("http://e/graph/secret",))


def test_rings_of_blank_nodes_end() -> None:
    """Lists and blank nodes that lead back to themselves do not hang the build."""
    left = published(
        """
        _:a rdf:first ex:x ; rdf:rest _:b . _:b rdf:first "kept" ; rdf:rest _:a . ex:r ex:ring _:a .
        ex:x a ex:Person ; ex:p _:c . _:c ex:next _:d . _:d ex:next _:c .
        _:e ex:next _:f . _:f ex:next _:e ; ex:note "apart" .
        """,
        classes=("Person",),
    )
    assert '"kept"' in left
    assert '"apart"' in left
    assert left.count("/next>") == 2


TERMS = st.sampled_from([*(NamedNode(f"{EX}{name}") for name in "abcxy"), *(BlankNode(f"n{n}") for n in range(4))])
LINKS = st.lists(
    st.builds(
        Quad, TERMS, st.sampled_from([NamedNode(EX + "p"), NamedNode(EX + "secret"), NamedNode(EX + "q")]), TERMS
    ),
    max_size=16,
)


@given(LINKS)
def test_nothing_hidden_is_left_in_any_graph(links: list[Quad]) -> None:
    """In any graph: no private node or property is left; what has no link to them is all there; nothing is new."""
    person = NamedNode(EX + "Person")
    quads = [*links, Quad(NamedNode(EX + "x"), RDF_TYPE, person), Quad(NamedNode(EX + "y"), RDF_TYPE, person)]
    private = Private((), (person.value,), (EX + "secret",))
    left = list(public(EmbeddedStore(quads), Config(Path(), private=private)).quads())
    text = "\n".join(str(quad) for quad in left)
    assert not any(f"<{EX}{name}>" in text for name in ("x", "y", "secret", "Person"))
    hidden = {NamedNode(EX + name) for name in ("x", "y", "secret")}
    plain = {
        quad
        for quad in links
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and not {quad.subject, quad.predicate, quad.object} & hidden
    }
    assert plain <= set(left)
    assert len(left) <= len(set(links))
    # each blank node that is left hangs on something, or did not before either
    objects = {quad.object for quad in left}
    hung = {quad.object for quad in links}
    orphans = [q for q in left if isinstance(q.subject, BlankNode) and q.subject not in objects]
    free = [q for q in links if isinstance(q.subject, BlankNode) and q.subject not in hung]
    assert len(orphans) <= len(free)
