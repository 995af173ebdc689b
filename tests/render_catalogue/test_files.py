"""The files of the catalogue and of VoID."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from pyoxigraph import RdfFormat
from tests.render_rdf.graphs import graphs, read_oxigraph, read_rdflib

from saite.artifact import Artifact
from saite.render import catalogue
from saite.render.pieces import Placed
from saite.terms import DefaultGraph, Quad, Triple

from . import DUMPS, site
from .test_model import DATASET

READERS = {
    "ttl": (RdfFormat.TURTLE, "turtle"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
    "rdf": (RdfFormat.RDF_XML, "xml"),
}


def made(data: object) -> dict[str, Artifact]:
    """The files by path."""
    renderer = catalogue.renderer(site(data))  # type: ignore[arg-type]
    renderer.distributions.update({one.path: one for one in DUMPS})
    return {one.path: one for one in renderer.whole()}


def test_the_documents_have_three_forms_each() -> None:
    """They are representations of ``catalog`` and of ``.well-known/void``, so that the door negotiates them."""
    files = made(DATASET)
    assert set(files) == {f"{name}.{form}" for name in ("catalog", ".well-known/void") for form in READERS}
    assert {one.document for one in files.values()} == {"catalog", ".well-known/void"}


@pytest.mark.parametrize("name", ["catalog", ".well-known/void"])
def test_all_forms_are_one_graph(name: str) -> None:
    """By pyoxigraph's readers and by rdflib's."""
    files = made(DATASET)
    read = []
    for form, (oxigraph, rdflib) in READERS.items():
        content = b"".join(files[f"{name}.{form}"].chunks())
        read += [read_oxigraph(content, oxigraph), read_rdflib(content, rdflib)]
    assert all(one == read[0] for one in read)
    assert len(read[0]) > 40


@settings(max_examples=60, deadline=None)
@given(graphs)
def test_any_data_have_a_catalogue(graph: list[Triple]) -> None:
    """It is valid Turtle, and the same however the data were given."""
    quads = [Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in graph]
    first, second = made(quads), made(quads[::-1])
    assert {path: one.content for path, one in first.items()} == {path: one.content for path, one in second.items()}
    for path in ("catalog.ttl", ".well-known/void.ttl"):
        assert read_oxigraph(b"".join(first[path].chunks()), RdfFormat.TURTLE)


def test_they_wait_for_the_distributions() -> None:
    """Both tell of what was made before them, and say so."""
    parts = catalogue.renderer(site(DATASET)).parts()
    assert all(isinstance(part, Placed) and part.measured for part in parts)


def test_without_an_address_there_are_no_files(tmp_path: Path) -> None:
    """Nobody could say where the data are."""
    assert not list(catalogue.renderer(site("<urn:a> <urn:b> 1 .", base="")).whole())
