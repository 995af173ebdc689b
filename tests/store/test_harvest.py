"""All quads of an endpoint, or an error: from engines that cut answers, fail over long ones and rename blank nodes."""

from collections.abc import Callable, Mapping

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.engines import Engine

from saite.errors import EnvironmentFault
from saite.namespaces import XSD
from saite.store.harvest import Harvest
from saite.store.paging import PAGE, Changed
from saite.store.protocol import QueryResult
from saite.store.request import request
from saite.store.transport import Overtaxed
from saite.terms import BlankNode, DefaultGraph, Graph, Literal, NamedNode, Quad, Term

P, Q = NamedNode("http://e/p"), NamedNode("http://e/q")
LTR = pyoxigraph.BaseDirection.LTR
G, H = NamedNode("http://e/g"), NamedNode("http://e/h")


def node(number: int) -> NamedNode:
    """An IRI, not of ASCII alone."""
    return NamedNode(f"http://e/ķ{number}")


def many(subjects: int, objects: int = 1, predicate: NamedNode = P, graph: Graph = G) -> list[Quad]:
    """So many subjects with so many values each."""
    return [Quad(node(s), predicate, Literal(f"v{o}"), graph) for s in range(subjects) for o in range(objects)]


def harvested(engine: Engine, page: int = PAGE) -> list[Quad]:
    """What is read, no quad twice."""
    found = list(Harvest(engine, page=page).quads())
    assert len(found) == len(set(found))
    return found


def same(one: list[Quad], other: list[Quad]) -> bool:
    """Whether they are one dataset, whatever blank nodes are called."""
    datasets = [pyoxigraph.Dataset(quads) for quads in (one, other)]
    for dataset in datasets:
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return datasets[0] == datasets[1]


LITERALS = [
    Literal("a"),
    Literal("a", language="lv"),
    Literal("a", datatype=NamedNode("http://e/type")),
    Literal("http://e/ķ1"),
    Literal('b " \\ \n ģ 😀'),
    Literal("7", datatype=NamedNode(XSD + "integer")),
    Literal("true", datatype=NamedNode(XSD + "boolean")),
    Literal(""),
]
NODES: list[NamedNode] = [node(number) for number in range(4)]
BLANK = [BlankNode(f"b{number}") for number in range(3)]
GRAPHS: list[Graph] = [DefaultGraph(), G, H, NamedNode("http://e/ģ")]


def quads(subjects: list[Term], objects: list[Term]) -> st.SearchStrategy[list[Quad]]:
    """Small datasets in which terms often meet."""
    places = [st.sampled_from(some) for some in (subjects, [P, Q, NODES[0]], objects, GRAPHS)]
    return st.lists(st.builds(Quad, *places), max_size=60, unique=True)


def expected(data: list[Quad], union: bool = False) -> list[Quad]:
    """What can be told of a dataset: a default graph that holds all of the named graphs is taken for their union."""
    default = {quad.triple for quad in data if quad.graph_name == DefaultGraph()}
    named = {quad.triple for quad in data if quad.graph_name != DefaultGraph()}
    if named and (union or named <= default):
        return [quad for quad in data if quad.graph_name != DefaultGraph() or quad.triple not in named]
    return data


@settings(max_examples=150, deadline=None)
@given(
    quads([*NODES], [*NODES, *LITERALS]),
    st.integers(4, 20),
    st.integers(100, 120),
    st.integers(1, 150),
    st.booleans(),
)
def test_no_cut_goes_unnoticed(data: list[Quad], cap: int, sortable: int, page: int, union: bool) -> None:
    """Whatever an endpoint cuts, exactly its quads are read, as long as four rows come in one answer."""
    engine = Engine(data, cap=cap, sortable=sortable, union=union)
    assert set(harvested(engine, page=page)) == set(expected(data, union))


@settings(max_examples=150, deadline=None)
@given(
    quads([*NODES, *BLANK], [*NODES, *BLANK, *LITERALS[:4]]),
    st.integers(1, 60),
    st.integers(1, 40),
    st.sampled_from(["", "oxigraph", "virtuoso"]),
)
def test_blank_nodes_are_one_dataset_or_an_error(data: list[Quad], cap: int, page: int, server: str) -> None:
    """With blank nodes and any limit the data come as they are, or an error comes: never something else."""
    if server == "virtuoso":  # it has no default graph of its own
        data = [quad for quad in data if quad.graph_name != DefaultGraph()]
    engine = Engine(data, cap=cap, server=server)
    try:
        got = harvested(engine, page=page)
    except EnvironmentFault:
        assert cap < 60
    else:
        assert same(got, expected(data))


def test_large_subjects_are_read_by_their_values() -> None:
    """A subject with more values than come in one answer is read by values, a predicate by subjects."""
    data = [*many(1, 500), *many(40, 3, Q), *many(3, 1, Q, H)]
    for server in ("", "virtuoso"):
        assert set(harvested(Engine(data, cap=50, server=server))) == set(data)


def test_few_queries_are_asked() -> None:
    """What fits is asked for once; what does not, about once a page."""
    engine = Engine(many(1000))
    harvested(engine)
    assert engine.asked < 12
    engine = Engine(many(1000), cap=100)
    harvested(engine)
    assert engine.asked < 30


def test_long_lists_of_graphs_and_predicates_are_read_whole() -> None:
    """Graphs and predicates may be more than the rows of an answer."""
    data = [Quad(node(1), node(n), node(n), NamedNode(f"http://e/graph/{n}")) for n in range(30)]
    data += [Quad(node(s), node(n), node(n), G) for n in range(30) for s in range(2)]
    assert set(harvested(Engine(data, cap=7))) == set(data)


def test_an_engine_that_fails_over_long_answers_is_asked_for_shorter_ones() -> None:
    """Where an engine fails to sort many rows, or takes too long over them, pages become shorter."""

    def fail(engine: Engine, text: str) -> None:
        if text.startswith("SELECT ?s ?p ?o"):
            raise Overtaxed("no answer within 60 s")

    data = many(900)
    assert set(harvested(Engine(data, sortable=100, before=fail), page=500)) == set(data)


def test_what_is_alike_beyond_a_page_is_refused() -> None:
    """Values with one text that do not come in one answer have no order to be read in."""
    data = [Quad(node(1), P, Literal("same", language=f"l{'abcdefghi'[n]}"), G) for n in range(9)]
    assert len(harvested(Engine(data), page=2)) == 9
    with pytest.raises(EnvironmentFault, match="counts 9 triples in the graph <http://e/g>, but gives 3") as caught:
        harvested(Engine(data, cap=3))
    assert "answers of 9 rows" in caught.value.cure


def test_blank_nodes_that_do_not_come_in_one_answer_are_refused() -> None:
    """An engine that renames blank nodes in each answer must give all that has to do with them at once."""
    data = [Quad(BlankNode(f"b{n}"), P, node(n), graph) for n in range(9) for graph in (G, H)]
    assert same(harvested(Engine(data)), data)
    with pytest.raises(
        EnvironmentFault, match="counts 18 triples in the dataset, but gives 10; they have blank"
    ) as one:
        harvested(Engine(data, cap=10))
    assert "answers of 18 rows. Or give these nodes IRIs." in one.value.cure
    with pytest.raises(EnvironmentFault, match="blank nodes"):
        harvested(Engine(data, cap=5, server="oxigraph"))
    assert same(harvested(Engine(data, cap=5, server="virtuoso")), data)


def test_a_blank_node_of_two_graphs_stays_one() -> None:
    """A dataset's graphs may share blank nodes, the default graph too; they are one after reading."""
    shared = BlankNode("b")
    data = [Quad(shared, P, node(1), G), Quad(shared, Q, node(2), H), Quad(node(3), P, shared), *many(30)]
    for server in ("", "oxigraph"):
        for page in (5, 1000):
            found = harvested(Engine(data, server=server), page=page)
            assert same(found, data)


def once(change: Callable[[Engine], None], at: int) -> Callable[[Engine, str], None]:
    """A change of the data before a certain query."""

    def before(engine: Engine, text: str) -> None:
        if engine.asked == at:
            change(engine)

    return before


def test_data_that_change_meanwhile_are_noticed() -> None:
    """Whichever query a triple comes or goes before, either all that is read was there at once, or an error comes."""
    extra = Quad(node(99), P, Literal("new"), G)
    for cap in (10, 1000):
        engine = Engine(many(30), cap=cap)
        harvested(engine)
        seen = set()
        for at in range(1, engine.asked + 1):
            for change in (lambda e: e.native.add(extra), lambda e: e.native.remove(many(30)[7])):
                changing = Engine(many(30), cap=cap, before=once(change, at))
                try:
                    got = set(harvested(changing))
                    assert got in (set(many(30)), set(changing.native))
                    seen.add("whole")
                except Changed:
                    seen.add("changed")
                except EnvironmentFault as fault:
                    seen.add(fault.cure.partition(",")[0])
        seen.discard("If nobody writes to it now")  # counts of all and by graph do not agree
        assert seen == {"whole", "changed"}


def test_graphs_that_virtuoso_keeps_for_itself_are_skipped() -> None:
    """They are skipped at Virtuoso only, known by its name or by its own graph, and not if the site names them."""
    own = NamedNode("http://www.openlinksw.com/schemas/virtrdf#")
    owl = NamedNode("http://www.w3.org/2002/07/owl#")
    data = [*many(3), *many(2, graph=owl)]
    assert set(harvested(Engine([*data, *many(4, graph=own)], server="virtuoso"))) == set(many(3))
    hidden = Harvest(Engine([*data, *many(4, graph=own)], union=True))
    assert hidden.skipped == (own, owl)
    assert hidden.total == 3
    wanted = Harvest(Engine(data, server="virtuoso"), wanted={owl.value})
    assert set(wanted.quads()) == set(data)
    assert set(harvested(Engine(data))) == set(data)


def test_what_is_no_rdf_1_1_is_refused() -> None:
    """Triple terms, texts with a direction and graphs named by blank nodes are told, with the graph."""
    for value in (pyoxigraph.Triple(node(1), P, node(2)), Literal("x", language="lv", direction=LTR)):
        with pytest.raises(EnvironmentFault, match=r"the graph <http://e/g> at .* has RDF 1\.2"):
            harvested(Engine([Quad(node(1), P, value, G)]))
    with pytest.raises(EnvironmentFault, match="blank node for its name"):
        harvested(Engine([Quad(node(1), P, node(2), BlankNode("g"))]))


def test_an_engine_that_repeats_or_forgets_its_order_is_told() -> None:
    """A triple that comes twice, and pages out of order, are no dataset."""

    class Twice(Engine):
        def query(self, text: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
            return super().query(
                text.replace("SELECT ?s ?p ?o  { GRAPH", "SELECT ?s ?p ?o { VALUES ?x {1 2} GRAPH"), bindings
            )

    class Unordered(Engine):
        def query(self, text: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
            return super().query(text.replace("ORDER BY MD5(STR(?s))", "ORDER BY DESC(MD5(STR(?s)))"), bindings)

    with pytest.raises(EnvironmentFault, match="twice"):
        harvested(Twice([Quad(node(1), P, node(2), G)]))
    with pytest.raises(EnvironmentFault, match="does not keep to an order"):
        harvested(Unordered(many(30), cap=10))


def test_an_endpoint_that_lacks_parts_of_sparql_is_told() -> None:
    """A refused query is no fault of the user's."""

    def refuse(engine: Engine, text: str) -> None:
        if "MD5" in text:
            raise request(text).fault("no such function: MD5", "http://e/sparql refuses the query")

    assert harvested(Engine(many(3), before=refuse))
    with pytest.raises(EnvironmentFault, match=r"does not take a query of SPARQL 1.1: .*no such function"):
        harvested(Engine(many(30), cap=10, before=refuse))


def test_an_empty_endpoint_gives_nothing() -> None:
    """No graphs and no triples are no error here."""
    assert harvested(Engine([])) == []
