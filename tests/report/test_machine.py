"""Findings for machines: JSON, SARIF, JUnit, Turtle."""

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, Namespace, URIRef

from saite.finding import Severity
from saite.report import write
from saite.report.sarif import LEVELS
from saite.report.turtle import RULE_COMPONENT
from saite.shacl.paths import from_sparql
from saite.shacl.shapesgraph import ShapesGraph, sh
from saite.terms import BlankNode

from .samples import FINDINGS, HOSTILE, NAMES

SH = Namespace("http://www.w3.org/ns/shacl#")


def test_json_has_all_of_a_finding() -> None:
    """The documented fields, each finding whole, hostile texts as they are."""
    report = json.loads(write(FINDINGS, "json", "lv", names=NAMES))
    assert report["conforms"] is False
    assert report["counts"] == {"violation": 2, "warning": 2, "info": 2}
    assert report["findings"][0] == {
        "severity": "violation",
        "rule": "http://e/shapes#S",
        "message": "Trūkst nosaukuma.",
        "cure": "Pievienojiet rdfs:label.",
        "focus": {"type": "uri", "value": "http://e/id/a", "label": "Pirmais"},
        "path": "<http://www.w3.org/2000/01/rdf-schema#label>",
        "value": None,
        "component": "http://www.w3.org/ns/shacl#MinCountConstraintComponent",
        "file": "data/ā b.ttl",
        "line": 12,
        "column": 3,
        "pointer": None,
        "messages": {"en": "A label is missing.", "lv": "Trūkst nosaukuma."},
        "cures": {"en": "Add rdfs:label.", "lv": "Pievienojiet rdfs:label."},
    }
    hostile = report["findings"][3]
    assert hostile["message"] == HOSTILE
    assert hostile["focus"] == {"type": "bnode", "value": "b1"}
    assert hostile["value"] == {"type": "literal", "value": HOSTILE, "xml:lang": "en"}
    assert hostile["rule"] is None
    assert report["findings"][2]["value"]["datatype"] == "http://www.w3.org/2001/XMLSchema#date"
    assert report["findings"][2]["pointer"] == "/@graph/0"
    assert {frozenset(row) for row in report["findings"]} == {frozenset(report["findings"][0])}


def test_json_of_nothing_conforms() -> None:
    """No findings: conforms, and the same fields."""
    report = json.loads(write([], "json"))
    assert report == {"conforms": True, "counts": {"violation": 0, "warning": 0, "info": 0}, "findings": []}


def sarif(**options: Any) -> dict[str, Any]:
    """The sample findings as SARIF."""
    report = json.loads(write(FINDINGS, "sarif", "lv", names=NAMES, **options))
    assert isinstance(report, dict)
    return report


def test_sarif_has_the_required_structure() -> None:
    """SARIF 2.1.0: version, one run with a named driver, rules with help, results that point to them (3.13 - 3.49)."""
    report = sarif()
    assert report["version"] == "2.1.0"
    assert report["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = report["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "Saite"
    assert run["columnKind"] == "unicodeCodePoints"
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in LEVELS.values()
        assert re.match("https?://", rule.get("helpUri", "http://"))
    assert len(run["results"]) == len(FINDINGS)
    for result, finding in zip(run["results"], FINDINGS, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == LEVELS[finding.severity]
        assert result["message"]["text"]
        for location in result["locations"]:
            assert location
            region = location.get("physicalLocation", {}).get("region", {"startLine": 1})
            assert region["startLine"] >= 1
            assert region.get("startColumn", 1) >= 1
            uri = location.get("physicalLocation", {"artifactLocation": {"uri": "x"}})["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", uri)
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "data/%C4%81%20b.ttl"},
        "region": {"startLine": 12, "startColumn": 3},
    }
    assert run["results"][0]["message"]["text"].splitlines()[0] == "Trūkst nosaukuma."
    assert rules[0]["shortDescription"]["text"] == "Nosaukums"


def test_sarif_knows_a_finding_that_moved() -> None:
    """The fingerprint does not depend on the line, and differs between findings."""
    moved = [replace(f, place=None) for f in FINDINGS]
    prints = [
        [r["partialFingerprints"]["saiteFinding/v1"] for r in json.loads(write(fs, "sarif"))["runs"][0]["results"]]
        for fs in (FINDINGS, moved)
    ]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == len(FINDINGS)


def test_sarif_of_nothing_has_a_run() -> None:
    """No findings: a run with no results, so that a code host closes its old alerts."""
    assert json.loads(write([], "sarif"))["runs"][0]["results"] == []


@pytest.mark.parametrize("fail_on", list(Severity))
def test_junit_counts_agree(fail_on: Severity) -> None:
    """Well-formed XML, hostile texts included; cases and failures as the counts say, by the limit."""
    root = ElementTree.fromstring(write(FINDINGS, "junit", "lv", names=NAMES, fail_on=fail_on))
    assert root.tag == "testsuites"
    cases = root.findall("testsuite/testcase")
    assert len(cases) == len(FINDINGS) == int(root.attrib["tests"])
    failures = root.findall("testsuite/testcase/failure")
    assert len(failures) == sum(f.severity >= fail_on for f in FINDINGS) == int(root.attrib["failures"])
    for suite in root.findall("testsuite"):
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    assert cases[0].attrib == {"name": "ex:a", "classname": "s:S", "file": "data/ā b.ttl", "line": "12"}
    legal = HOSTILE.translate({0: 0xFFFD, 7: 0xFFFD, 0x1B: 0xFFFD})
    shown = "".join(root.itertext())
    assert legal in shown
    assert "script" not in {element.tag for element in root.iter()}


def test_junit_of_nothing_has_a_case_that_passed() -> None:
    """A report without cases counts as broken with some services."""
    root = ElementTree.fromstring(write([], "junit", "lv"))
    assert root.attrib["tests"] == "1"
    assert len(root.findall("testsuite/testcase")) == 1
    assert root.findall(".//failure") == []


def test_turtle_is_the_standard_report() -> None:
    """Read by rdflib, the report has each finding whole: paths as SHACL writes them, texts with their languages."""
    graph = Graph().parse(data=write(FINDINGS, "turtle"), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) is not None
    assert bool(graph.value(report, SH.conforms)) is False
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(FINDINGS)
    assert set(graph.subjects(RDF.type, SH.ValidationResult)) == set(results)

    shapes = ShapesGraph(parse(write(FINDINGS, "turtle"), format=RdfFormat.TURTLE))
    by_message = {}
    for result in results:
        (severity,) = graph.objects(result, SH.resultSeverity)
        (component,) = graph.objects(result, SH.sourceConstraintComponent)
        assert isinstance(severity, URIRef)
        messages = tuple(sorted((m.language or "", str(m)) for m in graph.objects(result, SH.resultMessage)))  # type: ignore[attr-defined]
        cures = URIRef("https://w3id.org/saite/ns#cure")
        told = tuple(sorted((m.language or "", str(m)) for m in graph.objects(result, cures)))  # type: ignore[attr-defined]
        focus = graph.value(result, SH.focusNode)
        key = (messages, str(focus) if isinstance(focus, URIRef) else "")
        by_message[key] = (
            severity,
            component,
            told,
            graph.value(result, SH.sourceShape),
            graph.value(result, SH.value),
        )
    for finding in FINDINGS:
        focus_iri = str(finding.focus)[1:-1] if str(finding.focus).startswith("<") else ""
        severity, component, told, shape, value = by_message[(tuple(sorted(finding.messages)), focus_iri)]
        assert severity == SH[finding.severity.label.capitalize()]
        assert str(component) == (finding.component or RULE_COMPONENT)
        assert told == tuple(sorted(finding.cures))
        assert (str(shape) if shape is not None else "") == finding.rule
        if finding.value is None:
            assert value is None
        elif not isinstance(finding.value, BlankNode):
            assert str(value) == finding.value.value
    paths = {shapes.path(o).sparql() for _, o in shapes.uses(sh("resultPath"))}
    assert paths == {f.path for f in FINDINGS if from_sparql(f.path)}


def test_turtle_of_nothing_conforms() -> None:
    """No findings: one report that conforms (SHACL 3.6.1.1)."""
    graph = Graph().parse(data=write([], "turtle"), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert bool(graph.value(report, SH.conforms)) is True
    assert len(graph) == 2
