"""The catalogue in the eyes of the official shapes of DCAT-AP 3.0.1, and of those for high-value datasets."""

import json
from collections.abc import Mapping
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import SH
from tests.shared import suite

from saite import portal
from saite.cli.main import run
from saite.errors import UsageError
from saite.pipeline import Options

ROOT = Path(__file__).parents[2]
OPTIONS = Options()
SHAPES = ("shapes.ttl", "shapes_recommended.ttl", "range.ttl", "mdr-vocabularies.shape.ttl")
HVD = """
base = "https://example.org/hvd/"
languages = ["en", "lv"]
title = { en = "Weather", lv = "Laikapstākļi" }
tagline = { en = "Measured by the hour.", lv = "Mērīts ik stundu." }
[catalogue]
endpoint = "https://example.org/hvd/sparql"
availability = "stable"
hvd = ["http://data.europa.eu/bna/c_164e0bf5"]
"""
DATA = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://example.org/hvd/> .
:set a dcat:Dataset ; dct:title "Weather"@en ; dct:description "Measured."@en ; dct:publisher :bureau ;
  dcat:contactPoint [ a vcard:Organization ; vcard:fn "Desk" ; vcard:hasEmail <mailto:desk@example.org> ] ;
  dct:license <http://publications.europa.eu/resource/authority/licence/CC0> ; dcat:inSeries :years ;
  dct:spatial "Riga"@en ; dct:provenance "Read from thermometers."@en .
:years a dcat:DatasetSeries ; dct:title "Years"@en ; dct:description "One a year."@en .
:bureau a foaf:Organization ; foaf:name "Bureau"@en .
:m1 :at "2020-01-05"^^xsd:date .
"""
QUERY = "# title: All\nSELECT * { ?s ?p ?o } LIMIT 5\n"


@pytest.fixture
def valuable(tmp_path: Path) -> Path:
    """A site of high-value data with an endpoint."""
    for name, text in (("saite.toml", HVD), ("data.ttl", DATA), ("queries/examples/all.rq", QUERY)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def judged(target: Path, *shapes: Path) -> tuple[dict[str, int], list[str]]:
    """How many findings there are, and which shapes were left out."""
    found, left_out = portal.judge(target, shapes, OPTIONS)
    return found.counts(), left_out


def test_our_catalogue_has_no_violation() -> None:
    """By the base shapes, the recommended ones, the ranges and the controlled vocabularies; those for others' aside."""
    counts, left_out = judged(ROOT, suite("dcat-ap"))
    assert counts["violation"] == 0
    assert left_out == ["hvd-SHACL.ttl"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # that is rdflib within itself
@pytest.mark.parametrize("form", ["ttl", "jsonld", "rdf"])
def test_pyshacl_alone_says_the_same(files: Mapping[str, bytes], form: str) -> None:
    """The command of the docs, on each form of the catalogue: nothing else is added to it."""
    shapes = rdflib.Graph()
    for name in SHAPES:
        shapes.parse(suite("dcat-ap") / name)
    formats = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
    data = rdflib.Graph().parse(data=files[f"catalog.{form}"], format=formats[form])
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, do_owl_imports=False, allow_warnings=True)
    assert conforms
    assert isinstance(report, rdflib.Graph)
    severities = {report.value(result, SH.resultSeverity) for result in report.objects(None, SH.result)}
    assert severities == {SH.Warning}, "the shapes were applied"


def test_a_catalogue_of_high_value_data_has_no_violation(valuable: Path) -> None:
    """With the shapes of DCAT-AP HVD 3.0.0 too: category and legislation on dataset, files and service."""
    counts, left_out = judged(valuable, suite("dcat-ap"))
    assert counts["violation"] == 0
    assert left_out == []


def test_what_lacks_is_found(tmp_path: Path) -> None:
    """Data without a publisher: the catalogue's shape says so, and the command fails."""
    (tmp_path / "data.ttl").write_text('<https://example.org/a/b> <https://example.org/a/c> "x" .')
    found, _ = portal.judge(tmp_path, [suite("dcat-ap") / "shapes.ttl"], OPTIONS)
    assert {finding.path for finding in found.findings if finding.severity.label == "violation"} == {
        "<http://purl.org/dc/terms/publisher>"
    }
    assert run(["check", "-q", "--catalog", "--shapes", str(suite("dcat-ap") / "shapes.ttl"), str(tmp_path)]) == 1


def test_the_command_tells_findings_as_others_do(capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON, with exit code 0 where nothing is violated; which shapes it left out stands on stderr."""
    assert run(["check", "--catalog", "--shapes", str(suite("dcat-ap")), "--json", str(ROOT)]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["counts"]["violation"] == 0
    assert "hvd-SHACL.ttl" in told.err


SHAPE = "<urn:s> a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#targetNode> <urn:x> ."


@pytest.mark.parametrize(
    ("settings", "data", "shapes", "message"),
    [
        ("", '<https://e.org/a> <https://e.org/b> "x" .', "nothing", "there are no shapes at"),
        ("", '<https://e.org/a> <https://e.org/b> "x" .', "empty", "there is no .ttl file in"),
        ("", '<urn:a> <urn:b> "x" .', "shapes.ttl", "no address"),
        ('formats = ["html", "dumps"]', '<https://e.org/a> <https://e.org/b> "x" .', "shapes.ttl", "has no catalogue"),
    ],
)
def test_what_cannot_be_judged_is_said(tmp_path: Path, settings: str, data: str, shapes: str, message: str) -> None:
    """No shapes, no address, no catalogue: each with its cure."""
    (tmp_path / "site" / "data").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    (tmp_path / "shapes.ttl").write_text(SHAPE)
    (tmp_path / "site" / "saite.toml").write_text(settings)
    (tmp_path / "site" / "data" / "a.ttl").write_text(data)
    with pytest.raises(UsageError, match=message) as caught:
        portal.judge(tmp_path / "site", [tmp_path / shapes], OPTIONS)
    assert caught.value.cure


def test_catalog_and_shapes_go_together(tmp_path: Path) -> None:
    """One without the other is asked wrongly."""
    assert run(["check", "--catalog", str(tmp_path)]) == 2
    assert run(["check", "--shapes", str(tmp_path), str(tmp_path)]) == 2
