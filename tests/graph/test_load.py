"""From files to the dataset: graphs, blank nodes, derived triples, and what is wrong with them."""

import random
from pathlib import Path

import pytest

from saite import config
from saite.errors import ConfigError, DataError, SyntaxFault, UsageError
from saite.graph import assemble, load
from saite.sources import discover
from saite.store import EmbeddedStore
from saite.terms import BlankNode, NamedNode

BASE = "https://example.org/"
SETTINGS = f'base = "{BASE}"\n[graphs]\ndata = ["data/*"]\n'


def site(root: Path, files: dict[str, str], settings: str = SETTINGS) -> Path:
    """Writes a site."""
    for name, content in {**files, "saite.toml": settings}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return root


def loaded(root: Path) -> EmbeddedStore:
    """The dataset of a site."""
    store, _ = load(root, config.load(root))
    return store


def lines(store: EmbeddedStore) -> list[str]:
    """The quads as sorted lines."""
    return sorted(str(quad) for quad in store.quads())


def test_site_is_its_named_graphs(tmp_path: Path) -> None:
    """Each file fills its graph; relative IRIs start from the site's base; sources are given back in order."""
    root = site(
        tmp_path, {"data/a.ttl": "<a> <p> [ <q> 1 ] .", "data/b.nq": "<http://e/a> <http://e/p> _:x <http://e/g> .\n"}
    )
    store, sources = load(root, config.load(root))
    assert [source.display for source in sources] == ["data/a.ttl", "data/b.nq"]
    assert [graph.value for graph in store.graphs()] == ["http://e/g", BASE + "graph/data"]
    assert [str(quad.object) for quad in store.quads(None, NamedNode(BASE + "q"))] == [
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    ]


def test_same_label_in_two_files_is_two_nodes(tmp_path: Path) -> None:
    """Blank nodes never cross files, whatever their labels."""
    root = site(tmp_path, {"data/a.ttl": "<a> <p> _:x .", "data/b.ttl": "<b> <p> _:x ."})
    assert len({quad.object for quad in loaded(root).quads()}) == 2


def test_file_order_names_and_labels_do_not_matter(tmp_path: Path) -> None:
    """The same triples in other files, in another order, under other labels make the same dataset."""
    blocks = [f"<s{n}> <p> _:x{n} . _:x{n} <q> {n % 3} , [ <r> ( 1 _:x{n} ) ] ." for n in range(12)]
    one = site(tmp_path / "one", {"data/a.ttl": "\n".join(blocks[:6]), "data/b.ttl": "\n".join(blocks[6:])})
    random.Random(3).shuffle(blocks)
    text = "\n".join(blocks).replace("_:x", "_:other")
    other = site(tmp_path / "other", {"data/z.ttl": text})
    assert lines(loaded(one)) == lines(loaded(other))


def test_folder_without_settings_is_loaded(tmp_path: Path) -> None:
    """A folder of RDF needs no settings; graphs that TriG names are kept, those with blank names too."""
    (tmp_path / "a.trig").write_text(
        "_:g { <http://e/a> <http://e/p> _:g } <http://e/g> { <http://e/a> <http://e/p> 1 }"
    )
    store, _ = load(tmp_path, config.load(tmp_path))
    (blank,) = (quad for quad in store.quads() if isinstance(quad.graph_name, BlankNode))
    assert blank.graph_name == blank.object
    assert [graph.value for graph in store.graphs()] == ["http://e/g"]


def test_assembling_streams(tmp_path: Path) -> None:
    """Quads without blank nodes come before the next file is opened."""
    root = site(tmp_path, {"data/a.ttl": "<a> <p> 1 .", "data/b.ttl": "<b> <p> 'x"})
    settings = config.load(root)
    quads = assemble(discover(root, settings), settings)
    assert str(next(quads)).startswith(f"<{BASE}a>")
    with pytest.raises(SyntaxFault, match=r"data/b\.ttl:1:9"):
        next(quads)


def test_derived_triples_fill_a_graph_of_their_own(tmp_path: Path) -> None:
    """CONSTRUCT queries run in the order of their names, each on what those before it made."""
    root = site(
        tmp_path,
        {
            "data/a.ttl": "<a> <p> [ <q> 1 ] , [ <q> 2 ] .",
            "queries/derive/2-second.rq": "CONSTRUCT { ?s <https://example.org/second> ?o } "
            "WHERE { ?s <https://example.org/first> ?o }",
            "queries/derive/1-first.rq": "CONSTRUCT { ?s <https://example.org/first> ?b . "
            "?b <https://example.org/is> [ <https://example.org/new> ?n ] } "
            "WHERE { ?s <https://example.org/p> ?b . ?b <https://example.org/q> ?n }",
        },
    )
    store = loaded(root)
    graph = NamedNode(BASE + "graph/interop")
    derived = list(store.quads(graph=graph))
    assert len([q for q in derived if q.predicate.value == BASE + "second"]) == 2
    # blank nodes of the dataset stay the same; new ones are named by content too
    known = {quad.object for quad in store.quads(None, NamedNode(BASE + "p"))}
    assert {quad.subject for quad in derived if quad.predicate.value == BASE + "is"} == known
    new = {quad.subject for quad in derived if quad.predicate.value == BASE + "new"}
    assert len(new) == 2
    assert not new & known
    assert lines(loaded(root)) == lines(store)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "a query that derives triples is a CONSTRUCT"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p }", r"queries/derive/x\.rq"),
        ("CONSTRUCT { ?s ?p <<( ?s ?p ?o )>> } WHERE { ?s ?p ?o }", "RDF 1.2"),
    ],
)
def test_wrong_derivations_are_told(tmp_path: Path, query: str, message: str) -> None:
    """A query that cannot derive anything is told with its file."""
    root = site(tmp_path, {"data/a.ttl": "<a> <p> 1 .", "queries/derive/x.rq": query})
    with pytest.raises(DataError, match=message):
        loaded(root)


def test_derivation_needs_a_base(tmp_path: Path) -> None:
    """The graph of derived triples has no IRI without a base."""
    files = {"a.ttl": "<http://e/a> <http://e/p> 1 .", "queries/derive/x.rq": "CONSTRUCT WHERE { ?s ?p ?o }"}
    root = site(tmp_path, files, "")
    with pytest.raises(ConfigError, match="no IRI without a base"):
        loaded(root)


def test_nothing_at_all_is_told(tmp_path: Path) -> None:
    """Files without a single triple are legal each, and an error as a dataset."""
    (tmp_path / "a.ttl").write_text("# nothing yet\n")
    with pytest.raises(DataError, match=r"a\.ttl: there is not a single triple") as caught:
        load(tmp_path / "a.ttl", config.Config(tmp_path))
    assert "rdf-schema#label" in caught.value.cure
    (tmp_path / "b.nt").write_text("")
    with pytest.raises(DataError, match="not a single triple"):
        load(tmp_path, config.Config(tmp_path))
    with pytest.raises(UsageError):
        load(tmp_path / "c.ttl", config.Config(tmp_path))
