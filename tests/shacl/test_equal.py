"""The set-wide engine and pySHACL give the same results, each with all its parts, on data of every kind."""

from collections import Counter
from collections.abc import Iterable

import pytest
from tests.check.graphs import quads_of
from tests.shacl.random_graphs import Maker

from saite.check.lint import faults
from saite.shacl import Report, ShapesGraph, validate
from saite.store import EmbeddedStore
from saite.terms import Quad


def counted(report: Report) -> Counter[object]:
    """All results, each as often as it stands in a report."""
    return Counter(report.results)


def both(data: Iterable[Quad], shapes: Iterable[Quad]) -> tuple[Report, Report]:
    """What both engines say."""
    store, graph = EmbeddedStore(data), ShapesGraph(shapes)
    assert list(faults(graph)) == []
    return validate(store, graph), validate(store, graph, engine="pyshacl")


@pytest.mark.parametrize("part", range(8))
def test_random_shapes_judge_random_data_alike(part: int) -> None:
    """Hundreds of graphs: every Core component, nested in every other, on every kind of node."""
    results = 0
    for seed in range(part * 30, part * 30 + 30):
        maker = Maker(seed)
        data, shapes = maker.data(), maker.shapes()
        ours, reference = both(quads_of(data), quads_of(shapes))
        assert counted(ours) == counted(reference), f"seed {seed}"
        assert ours.handed == ()
        results += len(ours.results)
    assert results > 150


SPOILED = {
    "class": ("ex:a ex:p ex:b .", "sh:class ex:C"),
    "datatype": ("ex:a ex:p 1 .", "sh:datatype xsd:string"),
    "ill-typed": ('ex:a ex:p "one"^^xsd:integer .', "sh:datatype xsd:integer"),
    "nodeKind": ("ex:a ex:p 1 .", "sh:nodeKind sh:IRI"),
    "minCount": ("ex:a ex:q 1 .", "sh:minCount 1"),
    "maxCount": ("ex:a ex:p 1 , 2 .", "sh:maxCount 1"),
    "minExclusive": ("ex:a ex:p 5 .", "sh:minExclusive 5"),
    "minInclusive": ("ex:a ex:p 4 .", "sh:minInclusive 5"),
    "maxExclusive": ("ex:a ex:p 5 .", "sh:maxExclusive 5"),
    "maxInclusive": ("ex:a ex:p 6 .", "sh:maxInclusive 5"),
    "minLength": ('ex:a ex:p "a" .', "sh:minLength 2"),
    "maxLength": ('ex:a ex:p "abc" .', "sh:maxLength 2"),
    "pattern": ('ex:a ex:p "abc" .', 'sh:pattern "^b"'),
    "languageIn": ('ex:a ex:p "abc"@de .', 'sh:languageIn ( "en" "lv" )'),
    "uniqueLang": ('ex:a ex:p "a"@en , "b"@en .', "sh:uniqueLang true"),
    "equals": ("ex:a ex:p 1 ; ex:q 2 .", "sh:equals ex:q"),
    "disjoint": ("ex:a ex:p 1 ; ex:q 1 .", "sh:disjoint ex:q"),
    "lessThan": ("ex:a ex:p 2 ; ex:q 1 .", "sh:lessThan ex:q"),
    "lessThanOrEquals": ("ex:a ex:p 2 ; ex:q 1 .", "sh:lessThanOrEquals ex:q"),
    "not": ("ex:a ex:p 1 .", "sh:not [ sh:datatype xsd:integer ]"),
    "and": ("ex:a ex:p 1 .", "sh:and ( [ sh:datatype xsd:integer ] [ sh:minInclusive 2 ] )"),
    "or": ("ex:a ex:p 1 .", "sh:or ( [ sh:datatype xsd:string ] [ sh:minInclusive 2 ] )"),
    "xone": ("ex:a ex:p 1 .", "sh:xone ( [ sh:datatype xsd:integer ] [ sh:maxInclusive 2 ] )"),
    "node": ("ex:a ex:p ex:b .", "sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]"),
    "property": ("ex:a ex:p ex:b .", "sh:property [ sh:path ex:q ; sh:minCount 1 ]"),
    "qualifiedMinCount": ("ex:a ex:p 1 .", "sh:qualifiedValueShape [ sh:minInclusive 2 ] ; sh:qualifiedMinCount 1"),
    "qualifiedMaxCount": ("ex:a ex:p 3 , 4 .", "sh:qualifiedValueShape [ sh:minInclusive 2 ] ; sh:qualifiedMaxCount 1"),
    "hasValue": ("ex:a ex:p 1 .", "sh:hasValue 2"),
    "in": ("ex:a ex:p 1 .", "sh:in ( 2 3 )"),
    "sparql": (
        "ex:a ex:p 1 .",
        'sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value FILTER(?value < 2) }" ]',
    ),
}


@pytest.mark.parametrize("kind", SPOILED)
@pytest.mark.parametrize("twice", [False, True], ids=["alone", "among a hundred"])
def test_each_kind_of_violation_is_found_alike(kind: str, twice: bool) -> None:
    """One result for what is spoiled, alone and among much that is right; the same as pySHACL's."""
    spoiled, constraint = SPOILED[kind]
    right = "".join(f"ex:n{i} ex:other {i} ; a ex:D . " for i in range(100)) if twice else ""
    shapes = f"ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {constraint} ] ."
    more = "ex:T sh:targetClass ex:D ; sh:property [ sh:path ex:other ; sh:minCount 1 ; sh:datatype xsd:integer ] ."
    ours, reference = both(quads_of(spoiled + right), quads_of(shapes + more))
    assert counted(ours) == counted(reference)
    assert len(ours.results) == (2 if kind == "equals" else 1)


def test_closed_shapes_are_judged_alike() -> None:
    """A property that a closed shape does not name is told with its path and value."""
    shapes = (
        "ex:S sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] ."
    )
    ours, reference = both(quads_of("ex:a a ex:C ; ex:p 1 ; ex:q 2 , ex:b ."), quads_of(shapes))
    assert counted(ours) == counted(reference)
    assert len(ours.results) == 2
