"""The embedded store."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from saite.errors import EnvironmentFault, SyntaxFault
from saite.store import EmbeddedStore, Store
from saite.store.request import request
from saite.terms import DefaultGraph, Literal, NamedNode, Quad


def node(name: str) -> NamedNode:
    """An IRI of the test data."""
    return NamedNode(f"http://e/{name}")


SAME = (node("s"), node("p"), Literal("x"))
QUADS = [
    Quad(*SAME),
    Quad(*SAME, node("g")),
    Quad(*SAME, node("h")),
    Quad(node("s"), node("q"), Literal("y"), node("h")),
]


def count(store: EmbeddedStore, text: str) -> int:
    """How many solutions a query has."""
    result = store.query(text)
    assert isinstance(result, QuerySolutions)
    return len(list(result))


def test_it_is_a_store() -> None:
    """The embedded store has what the floors above may ask of a store."""
    store: Store = EmbeddedStore(QUADS)
    assert len(store) == 4
    assert store.graphs() == [node("g"), node("h")]
    assert len(list(store.quads(node("s"), node("p")))) == 3
    assert list(store.quads(graph=DefaultGraph())) == [QUADS[0]]


def test_the_union_counts_a_triple_once() -> None:
    """A triple in three graphs is one triple of the union; GRAPH still sees each."""
    store = EmbeddedStore(QUADS)
    assert count(store, "SELECT * { ?s ?p ?o }") == 2
    assert count(store, "SELECT * { GRAPH ?g { ?s ?p ?o } }") == 3
    assert count(store, "SELECT * { ?s <http://e/p> ?o . ?s <http://e/q> ?v }") == 1


@pytest.mark.parametrize(
    ("dataset", "triples", "quads"),
    [
        ("FROM <http://e/g>", 1, 0),
        ("FROM <http://e/g> FROM <http://e/h>", 2, 0),
        ("FROM :g FROM <h> FROM NAMED :g", 2, 1),
        ("FROM <http://e/g> FROM <http://e/g> FROM <http://e/none>", 1, 0),
        ("FROM NAMED <http://e/g> FROM NAMED <http://e/h>", 0, 3),
    ],
)
def test_graphs_named_by_from_are_merged(dataset: str, triples: int, quads: int) -> None:
    """A triple that stands in two graphs of FROM is one triple of their merge; prefixes and bases are heard."""
    store = EmbeddedStore(QUADS)
    select = f"PREFIX : <http://e/> BASE <http://e/> SELECT * {dataset}"
    assert count(store, f"{select} {{ ?s ?p ?o }}") == triples
    assert count(store, f"{select} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == quads


def test_a_request_may_name_the_dataset() -> None:
    """Graphs that are given beside a query win over its FROM; relative IRIs are resolved where a base is given."""
    store = EmbeddedStore(QUADS)
    asked = request("SELECT * FROM <http://e/none> { ?s ?p ?o }")
    for graphs, rows in (([node("g")], 1), ([node("g"), node("h")], 2), ([node("none")], 0)):
        result = store.answer(asked, graphs)
        assert isinstance(result, QuerySolutions)
        assert len(list(result)) == rows
    named = store.answer(request("ASK { GRAPH ?g { ?s ?p ?o } }"), named_graphs=[node("g")])
    assert bool(named)
    assert not bool(store.answer(request("ASK { ?s ?p ?o }"), named_graphs=[node("g")]))
    assert bool(store.answer(request("ASK { <s> ?p ?o }"), base="http://e/"))
    with pytest.raises(SyntaxFault, match="relative IRI"):
        store.answer(request("ASK { <s> ?p ?o }"))


def test_the_union_follows_what_is_added() -> None:
    """Quads that come after a query are in the answer to the next."""
    store = EmbeddedStore(QUADS)
    assert count(store, "SELECT * { ?s ?p ?o }") == 2
    store.extend([Quad(node("s"), node("q"), Literal("y"), node("g")), Quad(node("t"), node("q"), Literal("z"))])
    assert count(store, "SELECT * { ?s ?p ?o }") == 3


def test_from_names_the_graphs() -> None:
    """A query that says FROM asks those graphs and not the union."""
    store = EmbeddedStore(QUADS)
    assert count(store, "SELECT * FROM <http://e/g> { ?s ?p ?o }") == 1
    assert count(store, "SELECT * FROM <http://e/nowhere> { ?s ?p ?o }") == 0


def test_every_form_of_query_has_its_result() -> None:
    """SELECT, ASK, CONSTRUCT and DESCRIBE give pyoxigraph's own results."""
    store = EmbeddedStore(QUADS)
    assert isinstance(store.query("SELECT * { ?s ?p ?o }"), QuerySolutions)
    assert isinstance(store.query("ASK { ?s ?p ?o }"), QueryBoolean)
    assert isinstance(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), QueryTriples)
    described = store.query("DESCRIBE <http://e/s>")
    assert isinstance(described, QueryTriples)
    assert {t.predicate for t in described} == {node("p"), node("q")}


@pytest.mark.parametrize("quads", [QUADS, QUADS[2:], []], ids=["repeated", "plain", "empty"])
def test_a_store_on_disk_answers_as_the_one_in_memory(tmp_path: Path, quads: list[Quad]) -> None:
    """Written, opened again, and asked: the same quads, graphs and union."""
    path = tmp_path / ".saite" / "store"
    created, memory = EmbeddedStore.create(path, iter(quads)), EmbeddedStore(quads)
    for store in (created, EmbeddedStore.open(path)):
        assert sorted(map(str, store.quads())) == sorted(map(str, quads))
        assert store.graphs() == memory.graphs()
        assert count(store, "SELECT * { ?s ?p ?o }") == count(memory, "SELECT * { ?s ?p ?o }")
    assert [p.name for p in path.parent.iterdir()] == ["store"]


def test_a_store_on_disk_is_replaced_whole(tmp_path: Path) -> None:
    """Creating again replaces the store; a failure on the way leaves the old one."""
    path = tmp_path / "store"
    EmbeddedStore.create(path, QUADS)
    del_me = EmbeddedStore.create(path, QUADS[:1])
    assert len(del_me) == 1

    class Broken(Exception):
        pass

    def broken() -> object:
        yield QUADS[0]
        raise Broken

    with pytest.raises(Broken):
        EmbeddedStore.create(path, broken())  # type: ignore[arg-type]
    assert len(EmbeddedStore.open(path)) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_a_folder_that_oxigraph_wrote_can_be_opened(tmp_path: Path) -> None:
    """Any Oxigraph store is read, with the true union."""
    native = pyoxigraph.Store(str(tmp_path / "ox"))
    native.bulk_extend(QUADS)
    native.flush()
    del native
    store = EmbeddedStore.open(tmp_path / "ox")
    assert count(store, "SELECT * { ?s ?p ?o }") == 2


@pytest.mark.parametrize("name", ["missing", "file", "empty"])
def test_what_is_no_store_is_said(tmp_path: Path, name: str) -> None:
    """A missing folder, a file and an empty folder give an error with place and cure, and none is made a store."""
    (tmp_path / "file").write_text("no store")
    (tmp_path / "empty").mkdir()
    with pytest.raises(EnvironmentFault) as caught:
        EmbeddedStore.open(tmp_path / name)
    assert caught.value.place is not None
    assert caught.value.cure
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """The environment's refusal is told as such."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentFault):
        EmbeddedStore.create(tmp_path / "file" / "store", QUADS)


def test_a_bad_query_names_its_place() -> None:
    """A query that does not parse gives line, column, the line itself and what could stand there."""
    with pytest.raises(SyntaxFault) as caught:
        EmbeddedStore().query("SELECT *\n{ ?s ?p ?o }\nORDRE BY ?s")
    assert str(caught.value).splitlines() == [
        "query:3:1: 'ORDRE' cannot stand here",
        "    ORDRE BY ?s",
        "    ^",
        "  -> Did you mean ORDER?",
    ]
