"""The dataset of an endpoint: the same as that of the files which say the same, in whatever order it comes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.store.engines import Engine

from saite import config
from saite.config import Config
from saite.errors import DataError
from saite.graph import load
from saite.graph.gather import TRIES, gather
from saite.sources import discover
from saite.store import EmbeddedStore, RemoteStore
from saite.store.paging import Changed
from saite.terms import Literal, NamedNode, Quad

SETTINGS = """
base = "https://e/"
[graphs]
data = ["data.ttl"]
more = ["more.ttl"]
"""
DATA = """
@prefix : <https://e/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:z :size "1"^^xsd:positiveInteger ; :name "z"@lv, "a"@lv .
:a :size 1.50 ; :part [ :name "vienums" ], [ :name "otrs" ] .
"""
MORE = """
@prefix : <https://e/> .
:m :name "m", "b", "k" .
"""

Serve = Callable[[Engine], None]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with two files."""
    for name, text in (("saite.toml", SETTINGS), ("data.ttl", DATA), ("more.ttl", MORE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Puts an engine in the place of every endpoint."""

    def put(engine: Engine) -> None:
        monkeypatch.setattr(RemoteStore, "from_environment", lambda endpoint, timeout: engine)

    return put


def shuffled(store: EmbeddedStore) -> list[Quad]:
    """The quads as an engine gives them that has an order of its own, and keeps numbers by value."""
    return sorted(store.native, key=lambda quad: str(quad)[::-1])


def test_what_the_files_say_too_comes_as_they_write_it(site: Path, serve: Serve) -> None:
    """Texts of numbers, names of blank nodes and the order of answers are those of the build from files."""
    settings = config.load(site)
    local, _ = load(site, settings)
    serve(Engine(shuffled(local)))
    store, confirmed = gather("http://e/", site, settings, discover(site, settings))
    assert list(store.quads()) == list(local.quads())
    assert [source.display for source in confirmed] == ["data.ttl", "more.ttl"]
    assert [str(quad) for quad in store.native] == [str(quad) for quad in local.native]


def test_without_files_the_endpoint_alone_speaks(site: Path, serve: Serve) -> None:
    """Then numbers are as the engine keeps them, and the order does not depend on the engine's."""
    settings = config.load(site)
    local, _ = load(site, settings)
    orders = []
    for quads in (shuffled(local), shuffled(local)[::-1]):
        serve(Engine(quads, server="oxigraph"))
        store, confirmed = gather("http://e/", site, settings)
        orders.append([str(quad) for quad in store.quads()])
        assert confirmed == []
    assert orders[0] == orders[1]
    assert len(orders[0]) == len(local)
    assert any('"1"^^<http://www.w3.org/2001/XMLSchema#integer>' in line for line in orders[0])


def test_a_file_that_says_something_else_has_no_places(site: Path, serve: Serve) -> None:
    """The endpoint is right: a file with a triple that it does not have is not confirmed, and adds nothing."""
    settings = config.load(site)
    local, _ = load(site, settings)
    serve(Engine(shuffled(local)))
    (site / "data.ttl").write_text(DATA.replace('"a"@lv', '"ā"@lv'), encoding="utf-8")
    store, confirmed = gather("http://e/", site, settings, discover(site, settings))
    assert set(store.quads()) == set(local.quads())
    assert [source.display for source in confirmed] == ["more.ttl"]
    (site / "more.ttl").write_text("no Turtle", encoding="utf-8")
    store, confirmed = gather("http://e/", site, settings, discover(site, settings))
    assert len(store) == len(local)
    assert confirmed == []


def test_derived_triples_are_made_here(site: Path, serve: Serve) -> None:
    """The site's CONSTRUCT queries run over what came."""
    (site / "queries" / "derive").mkdir(parents=True)
    (site / "queries" / "derive" / "label.rq").write_text(
        "#+ title.en: Labels\nPREFIX : <https://e/>\nCONSTRUCT { ?x :label ?name } WHERE { ?x :name ?name }\n"
    )
    settings = config.load(site)
    local, _ = load(site, settings)
    without = [quad for quad in local.native if quad.graph_name != NamedNode("https://e/graph/interop")]
    serve(Engine(without))
    store, _ = gather("http://e/", site, settings, discover(site, settings))
    assert set(store.quads()) == set(local.quads())
    assert len(without) < len(local)


def test_data_that_change_are_read_anew(site: Path, serve: Serve) -> None:
    """A change while it is read begins the reading anew, some times, and then is told."""
    left = [1]

    def change(engine: Engine, text: str) -> None:
        if left[0] and text.startswith("SELECT ?s"):
            left[0] -= 1
            engine.native.add(Quad(NamedNode("http://e/x"), NamedNode("http://e/p"), Literal(f"{left[0]}")))

    quad = Quad(NamedNode("http://e/x"), NamedNode("http://e/p"), Literal("first"))
    engine = Engine([quad], before=change)
    serve(engine)
    store, _ = gather("http://e/", site, Config(root=site))
    assert set(store.quads()) == set(engine.native)
    assert len(store) == 2
    left[0] = TRIES
    serve(Engine([quad], before=change))
    with pytest.raises(Changed):
        gather("http://e/", site, Config(root=site))
    assert left[0] == 0


def test_an_empty_endpoint_is_told(site: Path, serve: Serve) -> None:
    """Nothing there is a fault of the data, not an empty site."""
    serve(Engine([]))
    with pytest.raises(DataError, match="not a single triple at http://e/"):
        gather("http://e/", site, Config(root=site))


def test_progress_sees_each_quad(site: Path, serve: Serve) -> None:
    """Who follows is told how many quads there are before they come, and may give up."""
    serve(Engine([Quad(NamedNode("http://e/x"), NamedNode("http://e/p"), Literal(f"{n}")) for n in range(7)]))
    seen: list[int] = []

    def follow(quads: Iterator[Quad], total: int) -> Iterator[Quad]:
        for quad in quads:
            seen.append(total)
            yield quad

    gather("http://e/", site, Config(root=site), follow=follow)
    assert seen == [7] * 7
