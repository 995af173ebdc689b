"""Files of profiles: which there are, and that all forms of one profile are one graph."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as effort
from pyoxigraph import RdfFormat
from tests.render_rdf.graphs import EX, graphs, read_oxigraph

from saite import config as settings
from saite.artifact import Artifact
from saite.config import Config
from saite.graph import load, public
from saite.namespaces import RDFS
from saite.profile import LABELLED, SCHEMA_ORG
from saite.render import profiles, renderers
from saite.site import build_site
from saite.site.model import Site
from saite.store import EmbeddedStore
from saite.terms import NamedNode, Quad, Triple

from .sites import site_of

ROOT = Path(__file__).parents[2]
FORMATS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def own() -> Site:
    """The site of this repository."""
    config = settings.load(ROOT)
    return build_site(public(load(ROOT, config)[0], config), config)


def same(made: Iterable[Artifact]) -> bool:
    """Whether the two forms of each profile are one graph."""
    found: dict[str, list[list[str]]] = {}
    for file in made:
        form = FORMATS[file.path.rpartition(".")[2]]
        found.setdefault(file.profile, []).append(read_oxigraph(b"".join(file.chunks()), form))
    return all(turtle == json for turtle, json in found.values())


def test_the_forms_of_a_profile_are_one_graph(own: Site) -> None:
    """Turtle and JSON-LD of every resource of our own site; what is promised is what is made."""
    maker = profiles.renderer(own)
    for resource in own.resources():
        made = list(maker.resource(resource))
        ends = [".labelled.ttl", ".labelled.jsonld", ".schema.ttl", ".schema.jsonld"]
        assert [file.path for file in made] == [resource.document + end for end in ends]
        assert [file.profile for file in made] == [LABELLED, LABELLED, SCHEMA_ORG, SCHEMA_ORG]
        assert same(made), resource.document
        promised = {file.path: b"".join(file.chunks()) for file in maker.promises(resource)}
        assert promised == {file.path: file.content for file in made}


@given(graphs)
@effort(max_examples=100, deadline=None)
def test_the_forms_of_a_profile_of_any_graph_are_one_graph(graph: list[Triple]) -> None:
    """Words of schema.org, lists, odd IRIs and blank nodes read back from JSON-LD as from Turtle."""
    words = [
        Quad(NamedNode(f"{EX}{name}"), NamedNode(RDFS + "subPropertyOf"), NamedNode(SCHEMA_ORG + word))
        for name, word in (("p", "about"), ("q", "name"), ("r", "url"))
    ]
    config = Config(Path(), base=EX, profiles=("labels", "schema"))
    site = build_site(EmbeddedStore([*words, *(Quad(t.subject, t.predicate, t.object) for t in graph)]), config)
    for resource in site.resources():
        assert same(profiles.renderer(site).resource(resource))


def test_a_profile_is_written_in_the_formats_of_the_site() -> None:
    """None without the setting; no Turtle where the site publishes none."""
    site = site_of("<#a> <#b> <#c> .", Config(Path(), formats=("jsonld",), profiles=("schema",)))
    resource = next(site.resources())
    assert [file.path for file in profiles.renderer(site).resource(resource)] == [f"{resource.document}.schema.jsonld"]
    plain = site_of("<#a> <#b> <#c> .", Config(Path(), formats=("jsonld",)))
    assert not any(isinstance(maker, profiles.Profiles) for maker in renderers(plain))
    assert any(isinstance(maker, profiles.Profiles) for maker in renderers(site))


def test_a_document_is_not_called_like_a_file_of_a_profile() -> None:
    """``v1.schema`` gives way to the files of ``v1``; only where the site has such files."""
    data = "<http://example.org/v1.schema> <#b> <#c> ."
    config = Config(Path(), base="http://example.org/")
    assert next(site_of(data, config).resources()).document == "v1.schema"
    config = Config(Path(), base="http://example.org/", profiles=("schema",))
    assert next(site_of(data, config).resources()).document == "v1=2Eschema"
