"""The trusted engine: pySHACL's results, whole."""

import warnings
from collections import Counter

import pytest
from tests.check.graphs import graph_of, quads_of

from saite.errors import DataError
from saite.shacl import Result
from saite.shacl.reference import validate
from saite.terms import Literal, NamedNode

SH = "http://www.w3.org/ns/shacl#"


def judged(data: str, shapes: str) -> tuple[Result, ...]:
    """The results of small data."""
    return validate(quads_of(data), graph_of(shapes)).results


def test_a_result_has_all_parts() -> None:
    """Focus node, severity, component, shape, path and value come back as our own terms."""
    (result,) = judged(
        'ex:a a ex:C ; ex:p "007"^^xsd:integer .',
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P ."
        " ex:P sh:path ex:p ; sh:maxInclusive 5 ; sh:severity sh:Warning .",
    )
    assert result == Result(
        focus=NamedNode("http://e/a"),
        severity=SH + "Warning",
        component=SH + "MaxInclusiveConstraintComponent",
        shape=NamedNode("http://e/P"),
        path=NamedNode("http://e/p"),
        value=Literal("007", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    )


def test_values_are_judged_as_they_were_written() -> None:
    """Lexical forms reach the engine: neither rdflib nor a store has made another number of them."""
    shapes = 'ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:pattern "^0" ; sh:datatype xsd:int ] .'
    assert judged('ex:a ex:p "007"^^xsd:int .', shapes) == ()
    assert len(judged('ex:a ex:p "7"^^xsd:int .', shapes)) == 1


def test_sparql_constraints_tell_their_whole_row() -> None:
    """What the query of a constraint selects beside this, path and value is kept, for the messages."""
    (result,) = judged(
        'ex:a a ex:C ; ex:from "b" ; ex:to "a\\\\1" .',
        """ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql ex:Q .
        ex:Q sh:message "{?from} after {?value}" ; sh:select \"\"\"SELECT $this ?from ?value {
          $this <http://e/from> ?from ; <http://e/to> ?value FILTER(?from > ?value) }\"\"\" .""",
    )
    assert result.constraint == NamedNode("http://e/Q")
    assert result.bindings["from"] == Literal("b")
    assert result.value == Literal("a\\1")


def test_a_text_is_parsed_once_for_all_focus_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A SPARQL constraint costs one parse, not one for each focus node."""
    from rdflib.plugins import sparql
    from rdflib.plugins.sparql.parser import parseQuery

    parsed: Counter[str] = Counter()
    original = sparql.prepareQuery

    def counting(text: str) -> object:
        parsed[text] += 1
        return original(text)

    assert parseQuery is not None
    monkeypatch.setattr(sparql, "prepareQuery", counting)
    data = " ".join(f"ex:n{i} a ex:C ; ex:p {i} ." for i in range(20))
    results = judged(
        data,
        """ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [
        sh:select "SELECT $this ?value { $this <http://e/p> ?value FILTER(?value > 9) }" ] .""",
    )
    assert len(results) == 10
    assert list(parsed.values()) == [1]


def test_faulty_values_are_findings_and_not_noise(capfd: pytest.CaptureFixture[str]) -> None:
    """An ill-typed literal is reported by its shape, and nothing is printed or warned."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        results = judged(
            'ex:a ex:p "x"^^xsd:integer , "none"^^xsd:boolean .',
            "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:datatype xsd:integer ] .",
        )
    assert len(results) == 2
    assert capfd.readouterr() == ("", "")
    assert [w for w in caught if "rdflib" in w.filename] == []


def test_recursion_is_remarked() -> None:
    """SHACL leaves recursive shapes open (3.4.3); what the engine says of them is kept."""
    report = validate(
        quads_of("ex:a a ex:C ; ex:p ex:a ."),
        graph_of("ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:node ex:S ] ."),
    )
    assert report.results == ()
    assert report.remarks
    assert "Recursive Shape" in report.remarks[0]


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (
            'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this '
            '{ { SELECT * { ?x ?p ?o } } $this ?p ?o }" ] .',
            "a shape without an IRI inside <http://e/S>|<http://e/S> cannot be checked: Using 'SELECT",
        ),
        (
            'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this { GRAPH $shapesGraph '
            '{ $this ?p ?o } }" ] .',
            "<http://e/S> cannot be checked: .*shapesGraph",
        ),
    ],
)
def test_a_failure_of_the_engine_names_the_shape(shapes: str, message: str) -> None:
    """Where pySHACL gives up (SHACL 3.4.1), the error says over which shape."""
    with pytest.raises(DataError, match=message):
        judged("ex:a a ex:C ; ex:p 1 .", shapes)
