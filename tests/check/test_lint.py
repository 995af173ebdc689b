"""Faults of the shapes themselves."""

import os
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from saite.check.lint import NO_TARGET, UNKNOWN_TERM, faults, remarks
from saite.finding import Severity
from saite.shacl.shapesgraph import ShapesGraph

from .graphs import graph_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("shapes", "message", "cure"),
    [
        ("ex:S a sh:NodeShape ; sh:path ex:p .", "<http://e/S> .* node shape has no sh:path", "PropertyShape"),
        ("ex:S a sh:PropertyShape ; sh:minCount 1 .", "<http://e/S> .* needs a sh:path", "Add sh:path"),
        ("ex:S a sh:PropertyShape ; sh:path ex:p , ex:q .", "more than one sh:path", "Split"),
        ("ex:S a sh:PropertyShape ; sh:path ( ex:p ) .", "two members", "Correct"),
        ("ex:S a sh:NodeShape ; sh:in ex:p .", "sh:in: a list needs", "as a list"),
        ("ex:S a sh:NodeShape ; sh:or () .", "sh:or has an empty list", "Put shapes"),
        ("ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount -1 ] .", "inside <http://e/S>", "whole"),
        ("ex:S a sh:PropertyShape ; sh:path ex:p ; sh:maxCount 1 , 2 .", "more than one sh:maxCount", "Keep one"),
        ('ex:S a sh:NodeShape ; sh:closed "yes" .', "sh:closed is", "without quotes"),
        ("ex:S a sh:NodeShape ; sh:nodeKind sh:Iri .", "sh:nodeKind is", "sh:IRI"),
        ('ex:S a sh:NodeShape ; sh:severity "bad" .', "where an IRI is needed", "Write an IRI"),
        ('ex:S a sh:NodeShape ; sh:pattern "(" .', "no regular expression", "fn:matches"),
        ("ex:S a sh:NodeShape ; sh:pattern 5, ex:p .", "sh:pattern is <http://e/p>", "in quotes"),
        ("ex:S a sh:NodeShape ; sh:property ex:Labl . ex:Label sh:path ex:p ; a sh:PropertyShape .", "Labl", "Label"),
        ("ex:S a sh:NodeShape ; sh:property ex:T . ex:T a sh:NodeShape .", "has no sh:path", "Add sh:path"),
        ('ex:S a sh:NodeShape ; sh:node "T" .', "is the text", "Name a shape"),
    ],
)
def test_a_broken_shape_is_named(shapes: str, message: str, cure: str) -> None:
    """A shape that cannot be judged by is an error that names it, says why and what to do."""
    found = list(faults(graph_of(shapes)))
    assert found
    with pytest.raises(type(found[0]), match=message):
        raise found[0]
    assert cure in found[0].cure


DECLARED = 'ex:O sh:declare [ sh:prefix "ex" ; sh:namespace "http://e/"^^xsd:anyURI ] . '


@pytest.mark.parametrize(
    ("select", "message", "place"),
    [
        ("SELECT $this { $this ex:p ?x MINUS { $this ex:q ?x } }", "MINUS is not allowed", "line 1, column 30"),
        ("SELECT $this {\\n VALUES ?x { 1 } $this ex:p ?x }", "VALUES is not allowed", "line 2, column 2"),
        ("SELECT $this FROM <http://x/> { $this ex:p ?x }", "FROM is not allowed", "column 14"),
        ("SELECT $this { SERVICE <http://x/> { $this ex:p ?x } }", "never open a connection", "column 16"),
        ("SELECT $this { $this exx:p ?x }", "prefix exx: is not declared", "column 22"),
        ("SELECT $this { $this ex:p }", "'}' cannot stand here", "column 27"),
        ("DELETE { $this ex:p ?x } WHERE {}", "DELETE is an update", "column 1"),
    ],
)
def test_a_broken_query_in_a_shape_is_named(select: str, message: str, place: str) -> None:
    """The text of a SPARQL constraint is read before it runs: its fault has a line and column within the text."""
    shapes = f'{DECLARED} ex:S a sh:NodeShape ; sh:sparql [ sh:prefixes ex:O ; sh:select "{select}" ] .'
    (fault,) = faults(graph_of(shapes))
    assert fault.message.startswith("sh:select at <http://e/S>: ")
    assert message in fault.message
    assert place in fault.message
    assert fault.excerpt is not None
    assert fault.cure


def test_prefixes_come_with_imports() -> None:
    """A text may use what its sh:prefixes declares, or imports (SHACL 5.2.1), and rdf, rdfs, owl."""
    shapes = DECLARED + (
        "ex:Import owl:imports ex:O . ex:S a sh:NodeShape ; sh:sparql "
        '[ sh:prefixes ex:Import ; sh:select "SELECT $this { $this ex:p ?x ; rdfs:label ?y }" ] .'
    )
    assert list(faults(graph_of(shapes))) == []


def test_a_misspelt_parameter_is_remarked() -> None:
    """What SHACL does not know has no effect, which is a warning with the likely name."""
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:mincount 1 ] ."
    (remark,) = remarks(graph_of(shapes))
    assert remark.rule == UNKNOWN_TERM
    assert remark.severity is Severity.WARNING
    assert "sh:mincount" in remark.message("en")
    assert "sh:mincount" in remark.message("lv")
    assert remark.cure("en") == "Did you mean sh:minCount?"
    assert remark.path == "<http://www.w3.org/ns/shacl#mincount>"
    assert str(remark.focus) == "<http://e/S>"  # a blank node has no place in a file


def test_a_shape_that_judges_nothing_is_remarked() -> None:
    """A shape without target that none refers to is an info; one with a target, in use, or a class is not."""
    shapes = """
        ex:Lost a sh:NodeShape . ex:Aimed a sh:NodeShape ; sh:targetClass ex:C ; sh:node ex:Used .
        ex:Used a sh:NodeShape . ex:Class a sh:NodeShape , rdfs:Class .
    """
    assert [(r.rule, str(r.focus)) for r in remarks(graph_of(shapes))] == [(NO_TARGET, "<http://e/Lost>")]


def shape_files() -> list[Path]:
    """Our shapes, and where the shared folder is at hand, those of the W3C and of DCAT-AP."""
    shared = os.environ.get("SAITE_SHARED")
    if shared is None and os.environ.get("CI") == "true":
        pytest.fail("SAITE_SHARED is not set")
    files = sorted((ROOT / "shapes").glob("*.ttl"))
    for suite in ("w3c-shacl", "dcat-ap") if shared else ():
        files += sorted(Path(str(shared), "suites", suite).rglob("*.ttl"))
    return files


def test_good_shapes_have_no_faults() -> None:
    """No shape of ours, of DCAT-AP or of the W3C's suite is called broken, but those that shall fail."""
    quads = {path: list(parse(path=path, format=RdfFormat.TURTLE, base_iri=path.as_uri())) for path in shape_files()}
    ours = [q for path, found in quads.items() if ROOT in path.parents for q in found]
    assert list(faults(ShapesGraph(ours))) == []
    assert [r for r in remarks(ShapesGraph(ours)) if r.severity > Severity.INFO] == []
    broken = {
        path.name for path, found in quads.items() if ROOT not in path.parents and list(faults(ShapesGraph(found)))
    }
    assert broken <= {"pre-binding-006.ttl", *(f"unsupported-sparql-00{n}.ttl" for n in range(1, 6))}
