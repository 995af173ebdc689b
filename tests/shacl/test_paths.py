"""SHACL property paths."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from tests.check.graphs import PREFIXES, graph_of

from saite.shacl.paths import Path, from_sparql
from saite.shacl.shapesgraph import ShapesGraph
from saite.terms import NamedNode

SHAPE, PATH = NamedNode("http://e/shape"), NamedNode("http://www.w3.org/ns/shacl#path")

PATHS: st.SearchStrategy[Path] = st.recursive(
    st.sampled_from(["http://e/p", "http://e/q", "urn:x:r"]).map(lambda iri: Path("predicate", iri)),
    lambda inner: st.one_of(
        st.builds(
            lambda kind, part: Path(kind, parts=(part,)),
            st.sampled_from(["inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"]),
            inner,
        ),
        st.builds(
            lambda kind, parts: Path(kind, parts=tuple(parts)),
            st.sampled_from(["sequence", "alternativePath"]),
            st.lists(inner, min_size=2, max_size=3),
        ),
    ),
    max_leaves=6,
)


def read(turtle: str) -> Path:
    """The path that a Turtle object says."""
    graph = graph_of(f"ex:shape sh:path {turtle} .")
    return graph.path(graph.objects(SHAPE, PATH)[0])


@pytest.mark.parametrize(
    ("turtle", "sparql"),
    [
        ("ex:p", "<http://e/p>"),
        ("[ sh:inversePath ex:p ]", "^<http://e/p>"),
        ("( ex:p ex:q )", "<http://e/p>/<http://e/q>"),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", "<http://e/p>|<http://e/q>"),
        ("( ex:p [ sh:alternativePath ( ex:p ex:q ) ] )", "<http://e/p>/(<http://e/p>|<http://e/q>)"),
        ("( [ sh:zeroOrMorePath rdf:rest ] rdf:first )", f"<{PREFIXES.split('rdf: <')[1].split('>')[0]}rest>*/<"),
        ("[ sh:oneOrMorePath [ sh:inversePath ex:p ] ]", "(^<http://e/p>)+"),
        ("[ sh:inversePath [ sh:zeroOrOnePath ex:p ] ]", "^(<http://e/p>?)"),
    ],
)
def test_paths_are_written_as_sparql(turtle: str, sparql: str) -> None:
    """Each form of SHACL 2.3.1 has its SPARQL 1.1 text."""
    assert read(turtle).sparql().startswith(sparql)


@settings(deadline=None)
@given(PATHS)
def test_paths_survive_both_ways(path: Path) -> None:
    """SPARQL text and Turtle both say the same path again; sequences within sequences are one."""
    sparql = path.sparql()
    again = from_sparql(sparql)
    assert again is not None
    assert again.sparql() == sparql
    graph = ShapesGraph(parse(f"<http://e/shape> <{PATH.value}> {path.turtle()} .", RdfFormat.TURTLE))
    assert graph.path(graph.objects(SHAPE, PATH)[0]) == path


@settings(deadline=None)
@given(st.text(alphabet="<>^*+?/|()abc :"))
def test_what_is_no_path_is_none(text: str) -> None:
    """A text that is no path is said to be none, and never fails otherwise."""
    path = from_sparql(text)
    assert path is None or path.sparql()


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ('"p"', "literal"),
        ("( ex:p )", "two members"),
        ("()", "two members"),
        ("[ sh:inversePath ex:p , ex:q ]", "2 values"),
        ("[ sh:alternativePath ( ex:p ) ]", "two members"),
        ("[ sh:alternativePath ex:p ]", "one rdf:first"),
        ("[ ex:other ex:p ]", "a path is an IRI"),
        ("[ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ]", "a path is an IRI"),
        ("_:a . _:a sh:inversePath _:a", "contains itself"),
        ("_:a . _:a rdf:first ex:p ; rdf:rest _:a", "rdf:nil"),
    ],
)
def test_a_broken_path_says_why(turtle: str, message: str) -> None:
    """What SHACL 2.3.1 does not allow is told, also where it would never end."""
    with pytest.raises(ValueError, match=message):
        read(turtle)
