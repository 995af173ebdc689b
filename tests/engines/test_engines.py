"""Real engines: all that they hold is read, exactly; a site from their data is the site from its files."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from tests.engines.engines import Virtuoso, oxigraph, virtuoso

from saite import pipeline, starter
from saite.config import load as settings_of
from saite.errors import EnvironmentFault
from saite.graph import load
from saite.namespaces import XSD
from saite.pipeline import Options
from saite.query.live import live
from saite.render import renderers
from saite.store import RemoteStore
from saite.store.harvest import Harvest
from saite.store.transport import Overtaxed
from saite.terms import BlankNode, DefaultGraph, Graph, Literal, NamedNode, Quad, Subject, Term

ROOT = Path(__file__).parents[2]
ROWS = 150
"""Rows that Virtuoso gives, at most."""
LOST = ROOT / "docs" / "engines.md"


def node(name: object) -> NamedNode:
    """An IRI, not of ASCII alone."""
    return NamedNode(f"http://e/ķ/{name}")


def mixed(graphs: list[Graph]) -> list[Quad]:
    """Two thousand quads with all that makes reading in pages hard."""
    choose = random.Random(7)
    texts = [Literal(f"{letter}{n}") for letter in ("a", "Ā", "ģ", "日", "😀", 'b\n"\\') for n in range(4)]
    texts += [Literal(text.value, language="lv") for text in texts]
    numbers = [Literal(str(n), datatype=NamedNode(XSD + "integer")) for n in range(20)]
    dates = [Literal(f"2018-05-{day}", datatype=NamedNode(XSD + "date")) for day in range(10, 30)]
    nodes: list[Subject] = [*map(node, range(60)), *(BlankNode(f"n{n}") for n in range(40))]
    values: list[Term] = [*nodes, *texts, *numbers, *dates]
    found = {
        Quad(choose.choice(nodes), node(f"p{choose.randrange(4)}"), choose.choice(values), choose.choice(graphs))
        for _ in range(1700)
    }
    found |= {Quad(node("large"), node("p0"), Literal(f"value {n}"), graphs[0]) for n in range(2 * ROWS + 7)}
    return sorted(found, key=str)


def same(one: list[Quad], other: list[Quad]) -> bool:
    """Whether they are one dataset, whatever blank nodes are called."""
    datasets = [pyoxigraph.Dataset(quads) for quads in (one, other)]
    for dataset in datasets:
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return datasets[0] == datasets[1]


NAMED: list[Graph] = [node("g"), node("h"), NamedNode("http://e/graph")]


@pytest.fixture(scope="module")
def capped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """Virtuoso, which gives few rows at once, with mixed data."""
    with virtuoso(tmp_path_factory.mktemp("engines") / "virtuoso", ROWS) as running:
        running.load(mixed(NAMED))
        yield running


@pytest.mark.parametrize("page", [200, 100_000])
@pytest.mark.parametrize("union", [False, True])
def test_oxigraph_is_read_exactly(tmp_path: Path, union: bool, page: int) -> None:
    """Its default graph, which may be of its own or the union of all, and blank nodes that graphs share."""
    data = mixed([*NAMED, DefaultGraph()])
    with oxigraph(data, tmp_path / "oxigraph", *(["--union-default-graph"] if union else [])) as url:
        harvest = Harvest(RemoteStore(url), page=page)
        found = list(harvest.quads())
    if union:
        named = {quad.triple for quad in data if quad.graph_name != DefaultGraph()}
        data = [quad for quad in data if quad.graph_name != DefaultGraph() or quad.triple not in named]
    assert len(found) == len(data) == harvest.total
    assert same(found, data)


def test_virtuoso_is_read_exactly(capped: Virtuoso) -> None:
    """What it cuts silently, and what it fails to sort, comes in pages; its own graphs are left where they are."""
    for page in (7, 100_000):
        harvest = Harvest(RemoteStore(capped.url), page=page)
        found = list(harvest.quads())
        assert len(found) == harvest.total
        assert same(found, mixed(NAMED))
        assert NamedNode("http://www.openlinksw.com/schemas/virtrdf#") in harvest.skipped


def test_virtuoso_refuses_to_sort_many_rows(capped: Virtuoso) -> None:
    """The error that shorter pages answer to: "Sorted TOP"."""
    with pytest.raises(Overtaxed) as caught:
        RemoteStore(capped.url).query("SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s LIMIT 20000")
    assert "Sorted TOP" in (caught.value.excerpt or "")


def test_data_that_change_in_virtuoso_are_noticed(capped: Virtuoso) -> None:
    """A triple that comes while the others are read ends in an error."""
    quads = Harvest(RemoteStore(capped.url)).quads()
    next(quads)
    capped.run(f"SPARQL INSERT INTO <{NAMED[2].value}> {{ <http://e/new> <http://e/p> 1 }}")  # type: ignore[union-attr]
    try:
        with pytest.raises(EnvironmentFault, match="changed while it was read"):
            list(quads)
    finally:
        capped.run(f"SPARQL DELETE FROM <{NAMED[2].value}> {{ <http://e/new> <http://e/p> 1 }}")  # type: ignore[union-attr]


def test_what_virtuoso_loses_is_documented(capped: Virtuoso) -> None:
    """Each row of the table in docs/engines.md is so: what is loaded, and what comes back."""
    cells = [line.split("|")[1:3] for line in LOST.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    rows = [[cell.strip().strip("`").split("`, `") for cell in pair] for pair in cells]
    assert len(rows) > 8
    graph = NamedNode("http://e/lost")

    def quads(number: int, texts: list[str]) -> list[Quad]:
        lines = (f"<http://e/{number}> <http://e/p> {text} ." for text in texts if text != "nothing")
        text = (
            "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix geo: <http://www.opengis.net/ont/geosparql#> . "
        )
        text += "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . " + "\n".join(lines)
        parsed = pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE)
        return [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed]

    capped.load([quad for number, (given, _) in enumerate(rows) for quad in quads(number, given)])
    try:
        found = {quad for quad in Harvest(RemoteStore(capped.url)).quads() if quad.graph_name == graph}
    finally:
        capped.run(f"SPARQL CLEAR GRAPH <{graph.value}>")
    for number, (given, wanted) in enumerate(rows):
        back = {quad for quad in found if quad.subject == NamedNode(f"http://e/{number}")}
        assert back == set(quads(number, wanted)), given


def files(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_our_site_is_the_same_from_any_engine(tmp_path: Path) -> None:
    """Its dump loaded into Oxigraph's server and into Virtuoso, each file of it is the one that its sources make."""
    pipeline.build(ROOT, tmp_path / "files", Options(durable=False))
    wanted = files(tmp_path / "files")
    assert len(wanted) > 1000
    data = list(pyoxigraph.parse(wanted["dump/ice-edu.nq"], pyoxigraph.RdfFormat.N_QUADS))
    with oxigraph(data, tmp_path / "oxigraph") as url:
        pipeline.build(ROOT, tmp_path / "from-oxigraph", Options(durable=False, endpoint=url))
    assert files(tmp_path / "from-oxigraph") == wanted
    with virtuoso(tmp_path / "virtuoso") as running:
        running.load(data)
        pipeline.build(ROOT, tmp_path / "from-virtuoso", Options(durable=False, endpoint=running.url))
    assert files(tmp_path / "from-virtuoso") == wanted


PREFIXES = """saite = "https://w3id.org/saite/ns#"
ls = "https://example.org/library/shapes#"
"""
"""Those that the files of the small site declare."""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A small site with a private graph, and a fault in its data."""
    site = tmp_path / "library"
    starter.write(site)
    (site / "data" / "secret.ttl").write_text("<https://example.org/library/id/secret> a <https://e/Secret> .\n")
    books = (site / "data" / "books.ttl").read_text(encoding="utf-8")
    author = "lib:author <https://example.org/library/id/author/rainis> ;"
    assert author in books
    (site / "data" / "books.ttl").write_text(books.replace(author, ""), encoding="utf-8")
    settings = (site / "saite.toml").read_text(encoding="utf-8")
    settings = settings.replace("[prefixes]\n", f"[prefixes]\n{PREFIXES}")
    settings = settings.replace(
        "\n[check]", '\nsecret = ["data/secret.ttl"]\n\n[private]\ngraphs = ["secret"]\n\n[check]'
    )
    (site / "saite.toml").write_text(settings, encoding="utf-8")
    return site


def test_a_site_is_checked_and_kept_private_from_an_endpoint(tmp_path: Path, library: Path) -> None:
    """Findings have their lines, and private graphs stay private; without the files only the lines are missing."""
    store, _ = load(library, settings_of(library))
    local = pipeline.build(library, tmp_path / "files", Options(durable=False, force=True))
    alone = tmp_path / "alone"
    shutil.copytree(library, alone, ignore=shutil.ignore_patterns("data", "ontology", "shapes"))
    with oxigraph(list(store.quads()), tmp_path / "oxigraph") as url:
        options = Options(durable=False, force=True, endpoint=url)
        remote = pipeline.build(library, tmp_path / "from-endpoint", options)
        without = pipeline.build(alone, tmp_path / "without", options)
    assert files(tmp_path / "from-endpoint") == files(tmp_path / "files")
    places = [str(finding.place) for finding in local.judged.findings]
    assert places == ["data/books.ttl:13:1", "data/secret.ttl:1:1"]
    assert remote.judged.findings == local.judged.findings
    assert [finding.place for finding in without.judged.findings] == [None, None]
    one, other = files(tmp_path / "files"), files(tmp_path / "without")
    assert {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} <= {
        ".saite-manifest.json",
        "query/terms.json",  # prefixes are those of the files
        "report.html",
        "report.en.html",
    }
    assert not [name for name, content in other.items() if b"id/secret" in content]


def test_a_live_site_answers_from_an_endpoint(tmp_path: Path, library: Path) -> None:
    """What it makes of the data of an endpoint is what a build makes of the files, and nothing is kept of it."""
    store, _ = load(library, settings_of(library))
    pipeline.build(library, tmp_path / "files", Options(durable=False, force=True))
    wanted = files(tmp_path / "files")
    before = sorted(library.rglob("*"))
    with oxigraph(list(store.quads()), tmp_path / "oxigraph") as url, live(library, endpoint=url) as found:
        made = {
            artifact.path: b"".join(artifact.chunks())
            for resource in found.site.resources()
            for maker in renderers(found.site)
            for artifact in maker.resource(resource)
        }
    assert len(made) > 50
    assert {path: wanted[path] for path in made} == made
    assert sorted(library.rglob("*")) == before
