"""What the shapes say of our own data."""

from functools import cache

from pyshacl import validate
from rdflib import SH, Graph, Literal, Node, URIRef
from rdflib.namespace import XSD, Namespace

from .support import ICS, name, parsed, results, shapes

ICE = Namespace("https://w3id.org/ice-edu/def#")
EVENT = Namespace("https://w3id.org/ice-edu/id/event/")
CONSULTATIONS = EVENT["consultations-tashkent-2018"]
FORUM = EVENT["baltic-central-asia-forum-2018"]


@cache
def _data() -> Graph:
    return parsed("ontology") + parsed("data")


@cache
def _report() -> Graph:
    _, report, _ = validate(_data(), shacl_graph=shapes(), advanced=False)
    assert isinstance(report, Graph)
    return report


def _found(severity: URIRef) -> list[tuple[str, Node]]:
    report = _report()
    return sorted(
        (name(shape), result)
        for result in report.subjects(SH.resultSeverity, severity)
        for shape in report.objects(result, SH.sourceShape)
    )


def test_no_violation() -> None:
    """Our data has no violation."""
    report = _report()
    assert [(shape, str(report.value(node, SH.focusNode))) for shape, node in _found(SH.Violation)] == []


def test_the_two_dates_are_the_only_warnings() -> None:
    """The two events that the page dates 2020 and that were held in 2018 come out as one warning each, naming both."""
    report = _report()
    said = {}
    for shape, node in _found(SH.Warning):
        assert shape == "correctedValue"
        statement = report.value(node, SH.focusNode)
        assert report.value(node, SH.resultPath) == ICE.statedValue
        messages = sorted(str(message) for message in report.objects(node, SH.resultMessage))
        assert len(messages) == 2
        event = _data().value(statement, ICE.aboutResource)
        said[event] = (str(report.value(node, SH.value)), messages)
    assert set(said) == {CONSULTATIONS, FORUM}
    for event, day in ((CONSULTATIONS, "12-03"), (FORUM, "12-14")):
        value, messages = said[event]
        assert value == f"2020-{day}"
        assert all(f"2020-{day}" in message and f"2018-{day}" in message for message in messages)


def test_infos_are_few() -> None:
    """What is merely good to know stays short enough to be read."""
    assert len(_found(SH.Info)) <= 12


def test_the_dates_of_the_page_would_stop_publication() -> None:
    """Had we published the dates of the page, the events would lie outside their project: a violation each."""
    data = Graph() + _data()
    for event, day in ((CONSULTATIONS, "2020-12-03"), (FORUM, "2020-12-14")):
        data.set((event, ICE.startDate, Literal(day, datatype=XSD.date)))
        data.remove((event, ICE.endDate, None))
    assert {result.focus for result in results(ICS.eventWithinProject, data)} == {CONSULTATIONS, FORUM}
