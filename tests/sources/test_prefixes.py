"""What the files call the namespaces."""

from pathlib import Path

import pytest

from saite.config import Config
from saite.errors import DataError
from saite.sources import Source, discover, prefixes


def test_prefixes_of_all_files(tmp_path: Path) -> None:
    """Turtle, TriG and RDF/XML tell their prefixes; the first file wins; what is of no use to others is left out."""
    (tmp_path / "a.ttl").write_text(
        "@prefix ex: <http://e/> . # @prefix no: <http://no/> .\nPREFIX : <http://d/>\n@prefix rel: <rel#> .\n"
        'ex:a ex:p """@prefix no: <http://no/> .""" .\n@prefix late: <urn:late:> . @prefix x.y: <http://dotted/> .'
    )
    (tmp_path / "b.trig").write_text("PREFIX ex: <http://other/> PREFIX g: <http://g/> { g:a a g:b }")
    (tmp_path / "c.rdf").write_text(
        """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY owl "http://o/">]>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s='http://s/' xmlns:owl="&owl;"
        xmlns="http://none/"/>"""
    )
    (tmp_path / "d.nt").write_text('<http://e/a> <http://e/p> "@prefix no: <http://no/>" .\n')
    assert prefixes(discover(tmp_path, Config(tmp_path))) == {
        "ex": "http://e/",
        "": "http://d/",
        "late": "urn:late:",
        "g": "http://g/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "s": "http://s/",
    }


def test_prefixes_of_no_rdf(tmp_path: Path) -> None:
    """A file in no RDF format is told here as when it is read."""
    (tmp_path / "a.csv").write_text("a,b")
    with pytest.raises(DataError, match="neither the name nor the content"):
        prefixes([Source(tmp_path / "a.csv", "a.csv")])
