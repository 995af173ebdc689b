"""What Virtuoso does otherwise, mended where that can be."""

import pytest

from saite.namespaces import XSD
from saite.store.virtuoso import VIRTRDF, is_system, mended
from saite.terms import Literal, NamedNode, Term

WKT = NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")


def typed(text: str, datatype: str) -> Literal:
    """A literal."""
    return Literal(text, datatype=NamedNode(datatype))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (typed("1", XSD + "boolean"), typed("true", XSD + "boolean")),
        (typed("0", XSD + "boolean"), typed("false", XSD + "boolean")),
        (typed("1", XSD + "integer"), typed("1", XSD + "integer")),
        (Literal("1"), Literal("1")),
        (NamedNode("http://e/1"), NamedNode("http://e/1")),
        (
            typed("POINT(24.105890274048 56.945999145508)", VIRTRDF + "Geometry"),
            Literal("POINT(24.10589 56.946)", datatype=WKT),
        ),
        (typed("POINT(-5 0)", VIRTRDF + "Geometry"), Literal("POINT(-5 0)", datatype=WKT)),
        (typed("POINT(24.1058912345 1e99)", VIRTRDF + "Geometry"), Literal("POINT(24.1058912345 1e99)", datatype=WKT)),
    ],
)
def test_terms_are_as_they_were_loaded(given: Term, wanted: Term) -> None:
    """Truth values are words, numbers of a geometry are as short as they mean the same; the rest stays."""
    assert mended(given) == wanted


@pytest.mark.parametrize(
    ("graph", "own"),
    [
        (VIRTRDF, True),
        ("http://localhost:8890/sparql", True),
        ("http://localhost:8890/DAV/home/x", True),
        ("http://localuriqaserver/sparql", True),
        ("urn:activitystreams-owl:map", True),
        ("http://localhost:8890/data", False),
        ("https://example.org/sparql", False),
        ("urn:data", False),
    ],
)
def test_its_own_graphs_are_known(graph: str, own: bool) -> None:
    """Those that each installation has; no graph of a user, though it may be called alike."""
    assert is_system(NamedNode(graph)) is own
