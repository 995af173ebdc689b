"""``saite info`` counts what is there."""

import json
from pathlib import Path

import pytest

from saite.cli.main import run

DATA = """\
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:g1 { ex:a a ex:City ; rdfs:label "Rīga"@lv , "Riga"@en , "RIX" ; ex:people 600000 ; ex:near [ a ex:City ] . }
ex:g2 { ex:a a ex:City . ex:b ex:near ex:a . }
"""


def test_everything_is_counted_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Triples without repetition in several graphs; instances, properties, languages, datatypes, graphs and files."""
    (tmp_path / "a.trig").write_text(DATA, encoding="utf-8")
    (tmp_path / "b.nt").write_text("<urn:x> <https://example.org/near> <urn:y> .\n")
    assert run(["info", "--json", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "quads": 10,
        "triples": 9,
        "subjects": 4,
        "iris": 3,
        "classes": {"https://example.org/City": 2},
        "properties": {
            "http://www.w3.org/2000/01/rdf-schema#label": 3,
            "https://example.org/near": 3,
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": 2,
            "https://example.org/people": 1,
        },
        "languages": {"": 1, "en": 1, "lv": 1},
        "datatypes": {"http://www.w3.org/2001/XMLSchema#integer": 1},
        "graphs": {"https://example.org/g1": 7, "https://example.org/g2": 2, "": 1},
        "files": {"a.trig": 9, "b.nt": 1},
    }


def test_people_get_tables_with_prefixes(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The largest first, the site's prefixes used, long tables cut unless --all is asked."""
    assert run(["info", str(library)]) == 0
    text = capsys.readouterr().out
    assert "        3  lib:Book\n" in text
    assert "       31  en\n" in text
    assert "  data/books.ttl\n" in text
    assert "more (--all)" in text
    assert run(["info", "--all", str(library)]) == 0
    assert "more (--all)" not in capsys.readouterr().out


def test_a_place_without_rdf_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder and a name that does not exist are told, not counted as nothing."""
    assert run(["info", str(tmp_path)]) == 1
    assert "RDF" in capsys.readouterr().err
    assert run(["info", str(tmp_path / "nowhere")]) == 2
    assert "there is no file or folder" in capsys.readouterr().err
