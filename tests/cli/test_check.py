"""``saite check``: formats, languages, exit codes."""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from saite.cli.main import run

Edit = Callable[[str, str, str], None]


@pytest.fixture
def faulty(library: Path, edit: Edit) -> Path:
    """The starter site with one violation (a book without author) and one warning (a year that is a text)."""
    edit("data/books.ttl", "lib:author <https://example.org/library/id/author/rainis> ;", "")
    edit("data/books.ttl", '"1815"^^xsd:gYear', '"1815"')
    return library


def test_a_good_site_has_no_findings(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0; nothing is written."""
    before = sorted(library.rglob("*"))
    assert run(["check", str(library)]) == 0
    assert run(["check", str(library), "--fail-on", "info"]) == 0
    assert sorted(library.rglob("*")) == before


def test_findings_are_told_with_file_line_and_cure(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text for people on stdout: place, severity, message, value, cure; exit 1 for the violation."""
    assert run(["check", str(faulty)]) == 1
    out, err = capsys.readouterr()
    assert "data/books.ttl:13" in out
    assert "A book needs an author" in out
    assert "Add lib:author" in out
    assert "data/books.ttl:11" in out
    assert "The year of publication is one year." in out
    assert err == ""


def test_findings_are_told_as_json(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json and --format json are the same, with severities, files and lines."""
    assert run(["check", "--json", str(faulty)]) == 1
    text = capsys.readouterr().out
    assert run(["check", "--format", "json", str(faulty)]) == 1
    assert capsys.readouterr().out == text
    assert json.loads(text)
    assert '"data/books.ttl"' in text


def test_the_exit_code_follows_the_limit(library: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning alone is exit 0, and 1 with --fail-on warning or info."""
    edit("data/books.ttl", '"1815"^^xsd:gYear', '"1815"')
    assert run(["check", str(library)]) == 0
    assert run(["check", str(library), "--fail-on", "warning"]) == 1
    assert run(["check", str(library), "--fail-on", "info"]) == 1


def test_reports_for_programs_are_well_formed(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """SARIF is JSON, JUnit is XML, Turtle is a sh:ValidationReport, HTML is a page."""
    reports = {}
    for name in ("sarif", "junit", "turtle", "html"):
        assert run(["check", "--format", name, str(faulty)]) == 1
        reports[name] = capsys.readouterr().out
    assert json.loads(reports["sarif"])["version"] == "2.1.0"
    assert ElementTree.fromstring(reports["junit"]).iter("testcase")
    graph = rdflib.Graph().parse(data=reports["turtle"], format="turtle")
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))) == 2
    assert reports["html"].lstrip().lower().startswith("<!doctype html>")


def test_a_report_is_written_to_a_file(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--output takes the report; a summary stays on stderr, stdout is empty; the exit code is the same."""
    path = tmp_path / "report.sarif"
    assert run(["check", "--format", "sarif", "--output", str(path), str(faulty)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"1 violation, 1 warning; the report is in {path}\n"
    assert json.loads(path.read_text(encoding="utf-8"))
    assert run(["check", "--output", str(tmp_path / "no" / "such" / "folder"), str(faulty)]) == 2
    assert "No such file or directory" in capsys.readouterr().err


def test_messages_come_in_the_language_that_is_asked_for(
    faulty: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """--lang lv tells messages that have a Latvian text in Latvian, others in English."""
    edit(
        "shapes/shapes.ttl",
        '"A book needs an author who is described in the data."@en',
        '"A book needs an author who is described in the data."@en , "Grāmatai vajag autoru."@lv',
    )
    assert run(["check", "--lang", "lv", str(faulty)]) == 1
    out = capsys.readouterr().out
    assert "Grāmatai vajag autoru." in out
    assert "The year of publication is one year." in out


def test_two_formats_at_once_are_refused(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json together with another --format is asked wrongly."""
    assert run(["check", "--json", "--format", "html", str(library)]) == 2
    assert "two formats at once" in capsys.readouterr().err
