"""The frame of each class, tried with PyLD: an implementation of JSON-LD 1.1 Framing that knows nothing of ours."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import RdfFormat, parse

from saite.artifact import Artifact
from saite.config import load as load_settings
from saite.graph import load, public
from saite.namespaces import RDF_TYPE, RDFS_LABEL, SKOS, XSD
from saite.render.jsonld import Context, JsonLdRenderer, JsonLdWriter
from saite.render.jsonld.frames import FOLDER, Frames
from saite.site import build_site
from saite.site.model import Site
from saite.site.reading import ReadingOrder
from saite.terms import BlankNode, Literal, NamedNode, Quad, Triple

from .contexts import CONTEXTS
from .fakes import config, fake_site
from .graphs import EX

ROOT = Path(__file__).parents[2]
YEAR = NamedNode(XSD + "gYear")


@pytest.fixture(scope="module")
def site() -> Site:
    """The repository's own site."""
    own = load_settings(ROOT)
    loaded, _ = load(ROOT, own)
    return build_site(public(loaded, own), own)


@pytest.fixture(scope="module")
def renderer(site: Site) -> JsonLdRenderer:
    """Its JSON-LD."""
    return JsonLdRenderer(site)


@pytest.fixture(scope="module")
def dump(site: Site, renderer: JsonLdRenderer) -> Any:
    """The whole dataset, expanded and flattened."""
    triples = {quad.triple: None for quad in site.quads()}
    return jsonld.flatten(json.loads(renderer.writer.document(triples)))


def frames(renderer: JsonLdRenderer) -> dict[str, Any]:
    """The frames by name."""
    return {
        artifact.path.removeprefix(FOLDER).removesuffix(".jsonld"): json.loads(b"".join(artifact.chunks()))
        for artifact in renderer.whole()
        if artifact.path.startswith(FOLDER)
    }


def nodes(tree: Any) -> list[dict[str, Any]]:
    """The instances at the top of what framing gives."""
    found = tree.get("graph", tree.get("@graph", [tree]))
    return [node for node in (found if isinstance(found, list) else [found]) if node.keys() - {"@context"}]


def rdf(tree: Any) -> set[Triple]:
    """The triples of a tree; blank nodes as they are called there."""
    text = jsonld.to_rdf(tree, {"format": "application/n-quads"})
    return {quad.triple for quad in parse(input=text, format=RdfFormat.N_QUADS)}


def shapes(triples: set[Triple]) -> set[tuple[Any, Any, Any]]:
    """Triples whose blank nodes count for one and the same."""

    def plain(term: Any) -> Any:
        return "_:" if isinstance(term, BlankNode) else term

    return {(plain(t.subject), t.predicate, plain(t.object)) for t in triples}


def test_framing_the_dump_gives_every_instance_with_its_own_values(
    site: Site, renderer: JsonLdRenderer, dump: Any
) -> None:
    """All instances of a class, all that they say of themselves, nothing that the graph does not say."""
    graph = shapes({quad.triple for quad in site.quads()})
    found = frames(renderer)
    classes = {listing.document.rpartition("/")[2]: listing for listing in site.listings if listing.kind == "class"}
    assert len(found) > 30
    for name in ("Project", "Event", "Country", "Participation", "PolicyPriority", "dcat-Dataset", "skos-Concept"):
        frame = found[name]
        class_ = classes[name].node
        tree = jsonld.frame(dump, frame)
        said = shapes(rdf(tree))
        assert said <= graph, name
        instances = {quad.subject for quad in site.quads(None, RDF_TYPE, class_)}
        named = {node for node in instances if isinstance(node, NamedNode)}
        assert {t[0] for t in said if t[1] == RDF_TYPE and t[2] == class_} >= named, name
        own = {t for t in graph if t[0] in named}
        assert own <= said, name


def test_a_tree_is_small(renderer: JsonLdRenderer, dump: Any) -> None:
    """A node with the names of what it leads to, and nothing of what that leads to: a project in 5 kB, not 160."""
    projects = nodes(jsonld.frame(dump, frames(renderer)["Project"]))
    assert len(projects) == 3
    for project in projects:
        assert len(json.dumps(project, ensure_ascii=False)) < 5000
        assert project["partOf"].keys() == {"id", "type", "label"}
        assert project["label"]["lv"]
        assert None not in project.values()


def test_framing_the_file_of_an_entity_gives_the_entity(site: Site, renderer: JsonLdRenderer) -> None:
    """Without the dump: its own values, and links without names."""
    node = NamedNode("https://w3id.org/ice-edu/id/project/digitalisation-2020")
    resource = site.resource(node)
    assert resource is not None
    (artifact,) = renderer.resource(resource)
    assert isinstance(artifact.content, bytes)
    tree = jsonld.frame(json.loads(artifact.content), frames(renderer)["Project"])
    (project,) = nodes(tree)
    assert project["id"] == node.value
    own = {triple for triple in resource.triples if triple.subject == node}
    assert own <= rdf(tree) <= set(resource.triples)


GRAPH = f"""
@prefix ex: <{EX}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:s a ex:Thing ; rdfs:label "s"@en ; ex:at [ ex:lat 1 ; ex:in ex:big ; ex:more [ ex:deep "x" ] ] ;
    ex:steps ( [ ex:n 1 ] [ ex:n 2 ] ) ; ex:order ( ex:a ex:b ) ; ex:see <https://elsewhere.example/> ; ex:none () .
ex:t a ex:Thing ; ex:at ex:place .
ex:big a ex:Place ; rdfs:label "big" ; ex:part ex:s .
ex:place ex:part ex:big ; ex:lat 3 .
[] a ex:Unnamed ; ex:n 5 .
"""


@cache
def foreign() -> tuple[Site, Any]:
    """A small graph without settings, and itself as JSON-LD."""
    quads = [Quad(*quad.triple) for quad in parse(input=GRAPH, format=RdfFormat.TURTLE)]
    site = fake_site(config(prefixes={"ex": EX}), quads)
    return site, json.loads(JsonLdRenderer(site).writer.document([quad.triple for quad in quads]))


def test_blank_nodes_come_with_what_they_say() -> None:
    """To a depth, in lists too; what they lead to has its name only; an IRI beside them is no reason for more."""
    site, document = foreign()
    found = frames(JsonLdRenderer(site))
    assert found.keys() == {"Thing", "Place"}, "instances without a name cannot be asked for"
    s, t = sorted(nodes(jsonld.frame(document, found["Thing"])), key=lambda node: str(node["@id"]))
    at = s["ex:at"]
    assert at["ex:lat"] == 1
    assert at["ex:more"]["ex:deep"] == "x"
    assert at["ex:in"] == {"@id": "ex:big", "@type": "ex:Place", "rdfs:label": "big"}
    assert [step["ex:n"] for step in s["ex:steps"]["@list"]] == [1, 2]
    assert [step["@id"] for step in s["ex:order"]["@list"]] == ["ex:a", "ex:b"]
    assert t["ex:at"] == {"@id": "ex:place", "ex:lat": 3}


def test_frames_follow_the_shapes() -> None:
    """Properties stand in the order of the class's shapes."""
    text = (
        GRAPH
        + f"""
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    ex:shape sh:targetClass ex:Thing ; sh:property ex:p1, ex:p2 .
    ex:p1 sh:path ex:see ; sh:order 1 . ex:p2 sh:path ex:at ; sh:order 2 .
    <{SKOS}x> a <{EX}Thing> .
    """
    )
    site = fake_site(
        config(prefixes={"ex": EX}), [Quad(*quad.triple) for quad in parse(input=text, format=RdfFormat.TURTLE)]
    )
    keys = [key for key in frames(JsonLdRenderer(site))["Thing"] if key.startswith("ex:")]
    assert keys == ["ex:see", "ex:at", "ex:none", "ex:order", "ex:steps"]


def test_a_class_that_the_context_cannot_say_has_a_frame() -> None:
    """Without a context."""
    quads = [Quad(NamedNode(EX + "s"), RDF_TYPE, NamedNode("geo:57,24"))]
    quads += [Quad(NamedNode("geo:x"), RDFS_LABEL, NamedNode("http://geo.example/#y"))]
    site = fake_site(config(prefixes={"geo": "http://geo.example/#"}), quads)
    (frame,) = frames(JsonLdRenderer(site)).values()
    assert frame == {"@context": {}, "@type": "geo:57,24", "@embed": "@never"}


def test_promises_are_kept(renderer: JsonLdRenderer) -> None:
    """What live sites make one by one is what a build writes."""
    (part,) = [part for part in renderer.parts() if getattr(part, "places", ()) == (FOLDER,)]

    def bytes_of(artifacts: Iterator[Artifact]) -> dict[str, bytes]:
        return {artifact.path: b"".join(artifact.chunks()) for artifact in artifacts}

    promise = getattr(part, "promise")  # noqa: B009 (a part may be any callable)
    assert bytes_of(iter(promise())) == bytes_of(iter(part()))


NODES = st.sampled_from([NamedNode(EX + name) for name in "abc"] + [BlankNode(name) for name in "xyz"])
VALUES = NODES | st.sampled_from(
    [Literal("t"), Literal("t", language="lv"), Literal(1), Literal("2018", datatype=YEAR)]
)
PREDICATES = st.sampled_from([NamedNode(EX + name) for name in "pqr"] + [RDFS_LABEL])


@settings(max_examples=10, deadline=None)
@given(graph=st.lists(st.builds(Triple, NODES, PREDICATES, VALUES), max_size=12, unique=True))
@pytest.mark.parametrize("name", ["empty", "plain terms", "lists"])
def test_any_graph_has_frames_that_say_nothing_else(name: str, graph: list[Triple]) -> None:
    """Cycles and shared blank nodes too: what framing gives is a part of the graph, with what its instances say."""
    quads = [Quad(*triple) for triple in graph]
    quads += [Quad(NamedNode(EX + name), RDF_TYPE, NamedNode(EX + "Thing")) for name in "ab"]
    site = fake_site(config(), quads)
    writer = JsonLdWriter(Context({}), ReadingOrder(config()))
    document = json.loads(writer.document({quad.triple: None for quad in quads}))
    whole = shapes(rdf(document))
    (artifact,) = Frames(site, Context(CONTEXTS[name])).files()
    said = shapes(rdf(jsonld.frame(document, json.loads(b"".join(artifact.chunks())))))
    assert said <= whole
    assert {t for t in whole if t[0] in (NamedNode(EX + "a"), NamedNode(EX + "b"))} <= said
