"""Events and data sets that search engines cannot show are told, each with what is missing."""

import pytest
from pyoxigraph import RdfFormat, parse
from tests.render_profiles.sites import BASE, HEAD

from saite.check.found import check_found
from saite.finding import Finding, Severity
from saite.namespaces import SAITE
from saite.store import EmbeddedStore

SITE = """
    :Meeting skos:closeMatch schema:Event . :Town rdfs:subClassOf schema:Place .
    :place skos:closeMatch schema:location .
    :day skos:exactMatch schema:startDate . :Talk rdfs:subClassOf :Meeting .
    <riga> a :Town ; rdfs:label "Riga" .
"""


def found(turtle: str) -> list[Finding]:
    """The findings about a site."""
    quads = parse(f"{HEAD}@prefix : <{BASE}def#> .\n{SITE}{turtle}", RdfFormat.TURTLE, base_iri=BASE)
    return sorted(check_found(EmbeddedStore(quads)), key=lambda one: one.sort_key())


def missing(turtle: str) -> list[str]:
    """What is missing, as the rules are called."""
    return [one.rule.removeprefix(SAITE) for one in found(turtle)]


@pytest.mark.parametrize(
    ("event", "rules"),
    [
        ('rdfs:label "E" ; :day "2024-05-06"^^xsd:date ; :place <riga>', []),
        ('rdfs:label "E" ; :day "2024-05-06"^^xsd:date ; :place "Old town"', []),
        ('rdfs:label "E" ; :day "2024-05-06"^^xsd:date', ["location"]),
        ('rdfs:label "E" ; :day "2024-05"^^xsd:gYearMonth ; :place <riga>', ["startDate"]),
        ('rdfs:label "E" ; :day "2024-05-06"^^xsd:date ; :place <nowhere>', ["location"]),
        (":place <riga>", ["name", "startDate"]),
    ],
)
def test_what_an_event_lacks_is_told(event: str, rules: list[str]) -> None:
    """Its name, its day, its place: of a class that matches schema:Event, or is below one."""
    wanted = [f"event-without-{rule}" for rule in rules]
    assert missing(f"<e> a :Meeting ; {event} .") == wanted
    assert missing(f"<e> a :Talk ; {event} .") == wanted
    assert missing(f"<e> a :Meeting, :Talk ; {event} .") == wanted
    assert missing(f"<e> a :Other ; {event} .") == []


def test_what_a_dataset_lacks_is_told() -> None:
    """A name, and a description that is long enough, in any language."""
    assert missing("<d> a dcat:Dataset .") == ["dataset-without-description", "dataset-without-name"]
    assert missing('<d> a void:Dataset ; dct:title "D" ; dct:description "Short." .') == ["dataset-without-description"]
    long = "It says what it is about, in a sentence of fifty characters."
    assert missing(f'<d> a dcat:Dataset ; dct:title "D" ; dct:description "{long}"@lv .') == []


def test_it_is_an_information_with_a_cure_in_both_languages() -> None:
    """It says what to do, and that nothing is to be invented; builds do not fail for it."""
    [one] = found('<e> a :Meeting ; rdfs:label "E" ; :day "2024-05-06"^^xsd:date .')
    assert one.severity is Severity.INFO
    assert str(one.focus) == f"<{BASE}e>"
    assert "held" in one.message("en")
    assert "notiek" in one.message("lv")
    assert "Otherwise leave it" in one.cure("en")
    assert one.cure("lv") != one.cure("en")
    assert one.title("lv") == "Pasākumi bez vietas"
