import gzip
import hashlib
import io
import random
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pyoxigraph
import pytest
from backports.zstd import ZstdFile
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from saite.artifact import Artifact
from saite.config import Statements
from saite.namespaces import XSD
from saite.render import dumps, sums
from saite.site.model import Resource, Site
from saite.terms import BlankNode, DefaultGraph, Graph, Literal, NamedNode, Quad, Triple

from .fakes import config, fake_site
from .graphs import (
    EX,
    PREFIXES,
    canonical,
    canonical_dataset,
    graphs,
    parse,
    read_oxigraph,
    read_rdflib,
    read_rdflib_dataset,
)

CONFIG = config(base=EX, languages=("lv", "en"), prefixes=PREFIXES)
GRAPHS: list[Graph] = [DefaultGraph(), NamedNode(EX + "graph/a"), NamedNode(EX + "graph/b")]

datasets = st.lists(st.tuples(st.sampled_from(GRAPHS), graphs), max_size=3).map(
    lambda parts: list(
        dict.fromkeys(Quad(t.subject, t.predicate, t.object, name) for name, graph in parts for t in graph)
    )
)


def written(site: Site) -> dict[str, bytes]:
    """All dumps of a site by path."""
    makers = (dumps.renderer(site), sums.renderer(site))
    return {artifact.path: b"".join(artifact.chunks()) for maker in makers for artifact in maker.whole()}


def quads_of(triples: list[Triple], graph: Graph | None = None) -> list[Quad]:
    """A graph as quads."""
    return [Quad(t.subject, t.predicate, t.object, graph or DefaultGraph()) for t in triples]


@settings(max_examples=60, deadline=None)
@given(datasets)
def test_any_dataset_reads_back_the_same(quads: list[Quad]) -> None:
    """N-Quads and TriG are the dataset; Turtle and JSON-LD its union, by pyoxigraph's readers and by rdflib's."""
    files = written(fake_site(CONFIG, quads))
    dataset = canonical_dataset(quads)
    assert canonical_dataset(pyoxigraph.parse(files["dump/example.org.nq"], RdfFormat.N_QUADS)) == dataset
    assert canonical_dataset(pyoxigraph.parse(files["dump/example.org.trig"], RdfFormat.TRIG)) == dataset
    assert read_rdflib_dataset(files["dump/example.org.trig"], "trig") == dataset
    union = canonical({quad.triple: None for quad in quads})
    assert read_oxigraph(files["dump/example.org.ttl"], RdfFormat.TURTLE) == union
    assert read_rdflib(files["dump/example.org.ttl"], "turtle") == union
    assert read_oxigraph(files["dump/example.org.jsonld"], RdfFormat.JSON_LD) == union
    assert read_rdflib(files["dump/example.org.jsonld"], "json-ld") == union


@settings(max_examples=50, deadline=None)
@given(datasets, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_show(quads: list[Quad], chance: random.Random) -> None:
    """Two stores that were filled in different orders give the same bytes, compressed ones too."""
    shuffled = list(quads)
    chance.shuffle(shuffled)
    assert written(fake_site(CONFIG, shuffled)) == written(fake_site(CONFIG, quads))


@settings(max_examples=50, deadline=None)
@given(datasets)
def test_nquads_are_sorted_by_code_point(quads: list[Quad]) -> None:
    """As RDFC-1.0 sorts them, though they are written subject by subject."""
    lines = written(fake_site(CONFIG, quads))["dump/example.org.nq"].decode().split("\n")[:-1]
    assert lines == sorted(lines)


@settings(max_examples=50, deadline=None)
@given(datasets)
def test_the_hash_is_that_of_everybody(quads: list[Quad]) -> None:
    """Another implementation of RDFC-1.0 comes to the same hash, whatever blank nodes are called."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = "".join(sorted(f"{quad} .\n" for quad in dataset))
    told = written(fake_site(CONFIG, quads))["dump/example.org.rdfc10.txt"].decode()
    assert told.split("\n")[0] == hashlib.sha256(lines.encode()).hexdigest()


def test_a_poisoned_dataset_has_no_hash() -> None:
    """Ten blank nodes that all know each other: instead of a hash, the file says why there is none."""
    nodes = [BlankNode(f"n{number}") for number in range(10)]
    knows = NamedNode(EX + "knows")
    quads = [Quad(one, knows, other) for one in nodes for other in nodes if one != other]
    told = written(fake_site(CONFIG, quads))["dump/example.org.rdfc10.txt"].decode()
    assert told.startswith("The dataset has no hash by RDFC-1.0")


def test_a_graph_keeps_the_labels_that_others_need() -> None:
    """A blank node that two graphs speak of, or that names a graph, is written with its label in TriG."""
    quads = [
        *quads_of(parse("ex:a ex:p _:shared , [ ex:q 1 ] ."), GRAPHS[1]),
        *quads_of(parse("_:shared ex:q 2 ."), GRAPHS[2]),
        *quads_of(parse("ex:a ex:p _:g ."), GRAPHS[1]),
        *quads_of(parse("ex:b ex:p 3 ."), BlankNode("g")),
        *quads_of(parse("ex:c a ex:T .")),
    ]
    site = fake_site(config(base=EX, prefixes={"ex": EX, "graph": EX + "graph/"}), quads)
    assert written(site)["dump/example.org.trig"].decode().split("\n\n", 1)[1] == (
        "ex:c a ex:T .\n\n"
        "<http://example.org/graph/a> {\nex:a\n    ex:p\n        [ ex:q 1 ] ,\n        _:g ,\n        _:shared .\n}\n\n"
        "<http://example.org/graph/b> {\n_:shared\n    ex:q 2 .\n}\n\n"
        "_:g {\nex:b\n    ex:p 3 .\n}\n"
    )


STATED = Statements(EX + "Statement", EX + "about", EX + "property", EX + "value", EX + "source", EX + "accepted")


def test_statements_reify_their_triples() -> None:
    """In RDF 1.2: those with the stated value, or with the accepted one; not what nobody publishes."""
    triples = parse(
        "ex:a ex:date 2018 . ex:b ex:date 2019 ."
        "ex:s1 a ex:Statement ; ex:about ex:a ; ex:property ex:date ; ex:value 2018 ."
        "ex:s2 a ex:Statement ; ex:about ex:a ; ex:property ex:date ; ex:value 2020 ; ex:accepted 2018 ."
        "ex:s3 a ex:Statement ; ex:about ex:b ; ex:property ex:date ; ex:value 2020 ."
        "ex:s4 ex:about ex:a ; ex:property ex:date ; ex:value 2018 ."
    )
    settings = replace(CONFIG, statements=replace(STATED, rdf12=True))
    text = written(fake_site(settings, quads_of(triples)))["dump/example.org.rdf12.nt"]
    read = [quad.triple for quad in pyoxigraph.parse(text, RdfFormat.N_TRIPLES)]
    wanted = Triple(NamedNode(EX + "a"), NamedNode(EX + "date"), Literal("2018", datatype=NamedNode(XSD + "integer")))
    reifies = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
    assert [t for t in read if t.predicate == reifies] == [
        Triple(NamedNode(EX + name), reifies, wanted) for name in ("s1", "s2")
    ]
    assert {t for t in read if t.predicate != reifies} == set(triples)
    assert "dump/example.org.rdf12.nt" not in written(fake_site(replace(CONFIG, statements=STATED), quads_of(triples)))


def test_turtle_is_grouped_by_subject() -> None:
    """Prefixes in use, IRIs in order, blank nodes where they belong, those of several subjects with a label."""
    quads = [
        *quads_of(parse("ex:b a ex:T ; ex:p [ ex:q 1 ], _:s ."), GRAPHS[1]),
        *quads_of(parse("ex:a ex:p _:s, (1 2) . _:s ex:p 2 . ex:b a ex:T ."), GRAPHS[2]),
        *quads_of(parse("_:x ex:q _:y . _:y ex:q _:x ; ex:p _:z . _:z ex:p 3 . _:n ex:p 4 ; ex:q _:n . _:t ex:p 5 .")),
    ]
    site = fake_site(config(base=EX, prefixes={"ex": EX, "other": EX + "other#"}), quads)
    text = written(site)["dump/example.org.ttl"].decode()
    blocks = text.split("\n\n")
    assert blocks[0] == f"@prefix ex: <{EX}> .\n@prefix xsd: <{XSD}> ."
    assert blocks[1:] == [
        "ex:a\n    ex:p\n        ( 1 2 ) ,\n        _:s .",
        "ex:b a ex:T ;\n    ex:p\n        [ ex:q 1 ] ,\n        _:s .",
        "_:s\n    ex:p 2 .",
        "[]\n    ex:p 5 .",
        "_:n\n    ex:p 4 ;\n    ex:q _:n .",
        "_:x\n    ex:q [\n        ex:p [ ex:p 3 ] ;\n        ex:q _:x\n    ] .\n",
    ]


def test_json_has_a_node_on_a_line() -> None:
    """So that a dump can be read by those who read lines; and a confusing IRI is told without the context."""
    quads = quads_of(parse("ex:a ex:p [ ex:q 1 ] . <geo:1,2> ex:p ex:o . ex:z ex:p ex:o ."))
    site = fake_site(config(base=EX, prefixes={"ex": EX, "geo": EX + "geo#"}), quads)
    text = written(site)["dump/example.org.jsonld"].decode()
    assert text == (
        '{\n  "@context": {\n'
        '    "ex": "http://example.org/",\n'
        '    "geo": "http://example.org/geo#",\n'
        '    "xsd": "http://www.w3.org/2001/XMLSchema#",\n'
        '    "ex:p": {"@id": "http://example.org/p", "@type": "@id"},\n'
        '    "ex:q": {"@id": "http://example.org/q", "@type": "xsd:integer"}\n'
        '  },\n  "@graph": [\n'
        '{"@context":null,"@id":"geo:1,2","http://example.org/p":{"@id":"http://example.org/o"}},\n'
        '{"@id":"ex:a","ex:p":{"ex:q":1}},\n'
        '{"@id":"ex:z","ex:p":"ex:o"}\n'
        "  ]\n}\n"
    )


@pytest.mark.parametrize("alone", [False, True])
def test_compressed_dumps_are_the_dumps(alone: bool) -> None:
    """The same content and the same bytes, whether made beside the plain file or alone; no time, no name."""
    quads = quads_of([Triple(NamedNode(f"{EX}s{i}"), NamedNode(EX + "p"), Literal(str(i) * 9)) for i in range(5000)])
    artifacts = {artifact.path: artifact for artifact in dumps.renderer(fake_site(CONFIG, quads)).whole()}
    assert len(artifacts) == 4 * 3
    for path in (f"dump/example.org.{ending}" for ending in ("ttl", "trig", "jsonld", "nq")):
        plain = b"" if alone else content(artifacts[path])
        packed = content(artifacts[path + ".gz"])
        plain = plain or content(artifacts[path])
        assert gzip.decompress(packed) == plain
        assert packed[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
        assert content(artifacts[path + ".gz"]) == packed
        assert content(artifacts[path]) == plain
        assert artifacts[path + ".gz"].media_type == "application/gzip"
        zstd = content(artifacts[path + ".zst"])
        assert ZstdFile(io.BytesIO(zstd)).read() == plain
        assert content(artifacts[path + ".zst"]) == zstd
        assert artifacts[path + ".zst"].media_type == "application/zstd"


def content(artifact: Artifact) -> bytes:
    """The bytes of an artifact."""
    return b"".join(artifact.chunks())


def test_dumps_stream() -> None:
    """The first piece is out before the data are read to the end, and sizes are told as files are finished."""
    quads = quads_of([Triple(NamedNode(f"{EX}s{i:05}"), NamedNode(EX + "p"), Literal("x" * 99)) for i in range(3000)])
    site = fake_site(CONFIG, quads)
    asked: list[object] = []

    def watched(
        subject: object = None, predicate: object = None, object: object = None, graph: object = None
    ) -> Iterator[Quad]:
        asked.append(subject)
        return site.quads(subject, predicate, object, graph)  # type: ignore[arg-type]

    seen = cast(Site, SimpleNamespace(**{**vars(site), "quads": watched}))
    renderer = dumps.renderer(seen)
    for artifact in renderer.whole():
        if artifact.path not in dumps.dump_paths(seen):
            continue
        asked.clear()
        chunks = iter(artifact.chunks())
        size = len(next(chunks))
        assert NamedNode(f"{EX}s02999") not in asked
        assert artifact.path not in renderer.distributions
        size += sum(map(len, chunks))
        assert renderer.distributions[artifact.path].size == size


@pytest.mark.parametrize(
    ("base", "name"),
    [
        ("https://w3id.org/ice-edu/", "ice-edu"),
        ("http://www.w3.org/2004/02/skos/core#", "core"),
        ("https://example.org/", "example.org"),
        ("http://localhost:8000/", "localhost"),
        ("https://example.org/a b%20c/", "a-b-20c"),
        ("https://example.org/../", "dataset"),
        ("", "dataset"),
    ],
)
def test_dumps_are_named_after_the_site(base: str, name: str) -> None:
    """The last name in the base IRI, made safe for every file system."""
    assert dumps.dump_name(fake_site(config(base=base))) == name


def test_an_empty_dataset_has_empty_dumps() -> None:
    """They are files all the same, and valid."""
    files = written(fake_site(config()))
    assert files["dump/dataset.ttl"] == f"@prefix xsd: <{XSD}> .\n\n".encode()
    assert files["dump/dataset.nq"] == b""
    assert read_oxigraph(files["dump/dataset.jsonld"], RdfFormat.JSON_LD) == []


def test_resources_have_no_dump_of_their_own() -> None:
    """Dumps are of the whole."""
    node = NamedNode(EX + "s")
    assert list(dumps.renderer(fake_site(CONFIG)).resource(Resource(node, "s", ()))) == []
