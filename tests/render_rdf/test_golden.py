"""One small example in every format; each file is written by hand or read by a person, and then kept."""

import os
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from saite.config import Config
from saite.render import jsonld, ntriples, rdfxml, turtle
from saite.site.model import Renderer, Resource, Site
from saite.terms import BlankNode, NamedNode, sorted_triples

from .fakes import fake_site

GOLDEN = Path(__file__).parent / "golden"
PROJECT = NamedNode("https://example.org/id/project/vet-2019")
CONFIG = Config(
    GOLDEN,
    base="https://example.org/",
    languages=("lv", "en"),
    label_languages=("ru",),
    prefixes={"ex": "https://example.org/def#", "kos": "https://example.org/kos/"},
    order=("https://example.org/def#startDate", "https://example.org/def#endDate"),
    context="context.jsonld",
)


def _input() -> Resource:
    """The example, with labels for blank nodes that do not change from run to run."""
    quads = list(pyoxigraph.parse(path=GOLDEN / "input.ttl"))
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    triples = [quad.triple for quad in dataset]
    assert any(isinstance(triple.object, BlankNode) for triple in triples)
    return Resource(PROJECT, "project/vet-2019", tuple(sorted_triples(triples)), modified="2020-01-31")


@pytest.mark.parametrize(
    ("renderer", "suffix"),
    [(turtle.renderer, "ttl"), (jsonld.renderer, "jsonld"), (ntriples.renderer, "nt"), (rdfxml.renderer, "rdf")],
)
def test_each_format_writes_its_golden_file(renderer: Callable[[Site], Renderer], suffix: str) -> None:
    """The bytes are those of the golden file; SAITE_GOLDEN=write writes it anew, to be read before it is kept."""
    (artifact,) = renderer(fake_site(CONFIG)).resource(_input())
    assert (artifact.path, artifact.document) == (f"project/vet-2019.{suffix}", "project/vet-2019")
    assert artifact.modified == "2020-01-31"
    golden = GOLDEN / f"output.{suffix}"
    assert isinstance(artifact.content, bytes)
    if os.environ.get("SAITE_GOLDEN") == "write":
        golden.write_bytes(artifact.content)
    assert artifact.content.decode() == golden.read_text(encoding="utf-8")
    assert pyoxigraph.RdfFormat.from_media_type(artifact.media_type) == pyoxigraph.RdfFormat.from_extension(suffix)
