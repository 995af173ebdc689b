"""Judging data that stay where they are: the same results from a SPARQL endpoint as from the store itself."""

from pathlib import Path

from tests.check.graphs import graph_of, quads_of
from tests.engines.engines import oxigraph

from saite.shacl import validate
from saite.store import EmbeddedStore, RemoteStore

SHAPES = """ex:S sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
  sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:datatype xsd:integer ] ;
  sh:property [ sh:path ( ex:next [ sh:zeroOrMorePath ex:next ] ) ; sh:class ex:C ] ;
  sh:property [ sh:path ex:next ; sh:maxCount 1 ; sh:node [ sh:property [ sh:path ex:p ; sh:maxInclusive 90 ] ] ] ;
  sh:sparql [ sh:select "SELECT $this ?value { $this <http://e/p> ?value FILTER(?value > 95) }" ] .
"""


def data() -> str:
    """A chain of a hundred, some of them wrong."""
    lines = [f"ex:n{i} a ex:C ; ex:p {i} ; ex:next ex:n{i + 1} ." for i in range(100)]
    return "\n".join([*lines, 'ex:n7 ex:q 1 . ex:n8 ex:p "eight" ; ex:next ex:n1 . ex:n100 ex:p 1 .'])


def test_an_endpoint_is_judged_as_the_store_is(tmp_path: Path) -> None:
    """Whole columns are asked for, so that the number of requests does not grow with the data."""
    quads = quads_of(data())
    here = validate(EmbeddedStore(quads), graph_of(SHAPES))
    with oxigraph(quads, tmp_path / "oxigraph") as url:
        there = validate(RemoteStore(url), graph_of(SHAPES))
    shown = [(r.component, str(r.focus), str(r.value)) for r in here.results]
    assert [(r.component, str(r.focus), str(r.value)) for r in there.results] == shown
    assert len({component for component, _, _ in shown}) == 6
