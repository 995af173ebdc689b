"""Value nodes by paths: as SPARQL's own evaluation of the same path, node by node."""

from hypothesis import given
from hypothesis import strategies as st

from saite.shacl.datagraph import DataGraph
from saite.shacl.paths import ALTERNATIVE, INVERSE, MARKS, PREDICATE, SEQUENCE, Path
from saite.store import EmbeddedStore
from saite.terms import Literal, NamedNode, Quad, Term

NODES = [NamedNode(f"http://e/n{i}") for i in range(5)]
PREDICATES = [NamedNode(f"http://e/p{i}") for i in range(3)]
VALUES: list[Term] = [*NODES, Literal("a"), Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#int"))]

paths = st.recursive(
    st.sampled_from([Path(PREDICATE, p.value) for p in PREDICATES]),
    lambda inner: st.one_of(
        st.builds(lambda one: Path(INVERSE, parts=(one,)), inner),
        st.builds(lambda kind, one: Path(kind, parts=(one,)), st.sampled_from(sorted(MARKS)), inner),
        st.builds(lambda a, b: Path(SEQUENCE, parts=(a, b)), inner, inner),
        st.builds(lambda a, b: Path(ALTERNATIVE, parts=(a, b)), inner, inner),
    ),
    max_leaves=4,
)
triples = st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(VALUES))
graphs = st.lists(triples, max_size=15)


@given(graphs, paths, st.booleans())
def test_value_nodes_are_those_of_sparql(graph: list[tuple[NamedNode, NamedNode, Term]], path: Path, few: bool) -> None:
    """For any path and any node, asked for all at once or for one; SPARQL sees numbers by value, so do we here."""
    store = EmbeddedStore(Quad(*triple) for triple in graph)
    known = {node for subject, _, value in graph for node in (subject, value)}
    asked = [node for node in (NODES[:1] if few else NODES) if node in known]  # Oxigraph knows no path of others
    found = DataGraph(store).values(path, dict.fromkeys(asked))
    for node in asked:
        solutions = store.query(f"SELECT DISTINCT ?v {{ {node} {path.sparql()} ?v }}")
        expected = {str(row[0]) for row in solutions}  # type: ignore[union-attr]
        values = [str(value).replace("#int>", "#integer>") for value in found.get(node, ())]
        assert len(values) == len(set(values))
        assert set(values) == expected


def test_a_value_that_stands_in_two_graphs_is_one_value() -> None:
    """The data graph is the union of the graphs; a long list of values has each once, too."""
    some = [Literal(str(i)) for i in range(40)]
    quads = [Quad(NODES[0], PREDICATES[0], value, graph) for graph in NODES[:3] for value in some]
    column = DataGraph(EmbeddedStore(quads)).values(Path(PREDICATE, PREDICATES[0].value), dict.fromkeys(NODES))
    assert sorted(map(str, column[NODES[0]])) == sorted(map(str, some))


def test_instances_of_a_class_are_those_of_its_subclasses_too() -> None:
    """SHACL instances (SHACL 1.1), with subclasses in a circle."""
    rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#subClassOf"
    a, b, c, x, y = NODES
    data = DataGraph(
        EmbeddedStore(
            [
                Quad(b, NamedNode(rdfs), a),
                Quad(c, NamedNode(rdfs), b),
                Quad(a, NamedNode(rdfs), c),
                Quad(x, NamedNode(rdf), c),
                Quad(y, NamedNode(rdf), a),
            ]
        )
    )
    assert data.instances(b) == {x, y}
    assert data.instances(x) == frozenset()
