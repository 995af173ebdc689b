"""Every resource of this repository's own site, in every format."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from pyoxigraph import RdfFormat
from tests.signposts import of_linkset_file

from saite import config as settings
from saite.graph import load, public
from saite.iri import quoted, uri
from saite.render import dumps, jsonld, ntriples, rdfxml, renderers, turtle
from saite.render.linksets import Linksets
from saite.site import build_site
from saite.site.model import Site
from saite.store import EmbeddedStore

from .graphs import canonical, read_oxigraph, read_rdflib

ROOT = Path(__file__).parents[2]
READERS = {
    "ttl": (RdfFormat.TURTLE, "turtle"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
    "nt": (RdfFormat.N_TRIPLES, "nt"),
    "rdf": (RdfFormat.RDF_XML, "xml"),
}


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """The graph of the repository's site, as it is published."""
    config = settings.load(ROOT)
    loaded, _ = load(ROOT, config)
    published = public(loaded, config)
    assert isinstance(published, EmbeddedStore)
    return published


@pytest.fixture(scope="module")
def site(store: EmbeddedStore) -> Site:
    """The site made of it."""
    return build_site(store, settings.load(ROOT))


def test_every_form_of_every_resource_is_the_same_graph(site: Site) -> None:
    """Turtle, JSON-LD, N-Triples and RDF/XML, each by two readers, say ``Resource.triples``, and all four are there."""
    renderers = [room.renderer(site) for room in (turtle, jsonld, ntriples, rdfxml)]
    seen = 0
    for resource in site.resources():
        expected = canonical(resource.triples)
        artifacts = [artifact for renderer in renderers for artifact in renderer.resource(resource)]
        assert [artifact.path for artifact in artifacts] == [f"{resource.document}.{suffix}" for suffix in READERS]
        for artifact, (oxigraph, rdflib) in zip(artifacts, READERS.values(), strict=True):
            assert isinstance(artifact.content, bytes)
            assert read_oxigraph(artifact.content, oxigraph) == expected, artifact.path
            assert read_rdflib(artifact.content, rdflib) == expected, artifact.path
        seen += 1
    assert seen == len(site) > 100


def test_the_downloads_page_knows_the_dumps(site: Site) -> None:
    """Each dump that was written is named there, with its size."""
    files = {a.path: b"".join(a.chunks()) for renderer in renderers(site) for a in renderer.whole()}
    page = files["downloads.en.html"].decode()
    written = [path for path in files if path.startswith("dump/")]
    assert len(written) == 16
    assert all(f'href="{path}"' in page for path in written)


def test_dumps_are_the_dataset(site: Site, store: EmbeddedStore) -> None:
    """The dumps of the whole site hold every quad, and every triple once."""
    plain = dumps.dump_paths(site)
    assert plain.keys() == {f"dump/ice-edu.{suffix}" for suffix in ("ttl", "trig", "jsonld", "nq")}
    files = {a.path: b"".join(a.chunks()) for a in dumps.renderer(site).whole() if a.path in plain}
    lines = files["dump/ice-edu.nq"].decode().splitlines()
    assert len(lines) == len(store)
    assert lines == sorted(f"{quad} ." for quad in store.quads())
    union = canonical({quad.triple: None for quad in store.quads()})
    assert read_oxigraph(files["dump/ice-edu.ttl"], RdfFormat.TURTLE) == union
    assert read_oxigraph(files["dump/ice-edu.jsonld"], RdfFormat.JSON_LD) == union


def test_every_document_shows_machines_the_way(site: Site) -> None:
    """FAIR Signposting, levels 1 and 2: each has what the profile asks of a landing page, all of which is there."""
    makers = renderers(site)
    [maker] = [one for one in makers if isinstance(one, Linksets)]
    files = {artifact.path for one in makers for artifact in one.whole()}
    for resource in site.resources():
        files |= {artifact.path for one in makers for artifact in one.resource(resource)}
    documents = {resource.document for resource in site.resources()}
    here = "https://host.example/"
    for resource in site.resources():
        url = f"{here}{quoted(resource.document)}"
        told = of_linkset_file(next(iter(maker.resource(resource))), f"{url}.linkset.json").at(url)
        assert told.targets("cite-as") == {uri(resource.node.value)}
        assert len(told.targets("license")) == 1
        assert told.targets("author")
        assert "https://schema.org/AboutPage" in told.targets("type")
        assert len(told.targets("describedby")) >= 4
        assert told.targets("collection") | told.targets("item")
        for post in told.posts:
            for reference in (post.anchor, post.target):
                if reference.startswith(here):
                    assert unquote(reference.removeprefix(here)) in files | documents
        for metadata in told.targets("describedby") - {f"{here}catalog.ttl"}:  # which describes all
            assert told.at(metadata).targets("describes") == {url}
