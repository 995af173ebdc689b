"""What has names: a site's entities, another graph's things, a table's rows."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from saite.candidates.finding import MATCH, SAME, Candidate, Local, find
from saite.candidates.scoring import distance, points
from saite.candidates.things import Graph, Hints, Table, linked, opened
from saite.errors import DataError, SyntaxFault, UsageError
from saite.store import EmbeddedStore

PREFIXES = """
@prefix : <https://example.org/> . @prefix o: <https://other.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix gsp: <http://www.opengis.net/ont/geosparql#> .
"""
BASE = "https://example.org/"


def store(turtle: str) -> EmbeddedStore:
    """A graph."""
    return EmbeddedStore(parse(input=PREFIXES + turtle, format=RdfFormat.TURTLE))


def candidates(ours: str, theirs: str, **options: object) -> list[Candidate]:
    """What is found between two graphs."""
    graph = store(ours)
    local = Local(Graph(store(theirs)))
    return list(find(Graph(graph, BASE), local, frozenset(linked(graph)), **options))  # type: ignore[arg-type]


def test_names_in_any_language_lead_to_a_thing() -> None:
    """With the names that are nearest, the reasons, and the link that fits; what is not alike is not told."""
    ours = """:riga a :City ; rdfs:label "Rīga"@lv, "Riga"@en . :x a :City ; rdfs:label "Unknown place" .
    :vet a skos:Concept ; skos:prefLabel "vocational education"@en ."""
    theirs = """o:1 a o:City ; rdfs:label "Рига"@ru, "RIGA"@de . o:2 a o:City ; rdfs:label "Rome"@en .
    o:3 a skos:Concept ; skos:prefLabel "Vocational education" ; skos:altLabel "VET" ."""
    first, second = candidates(ours, theirs)
    assert (first.entity, first.other, first.link, first.score) == (BASE + "riga", "https://other.example/1", SAME, 100)
    assert first.reasons[0] in ("same name (en)", "same name (lv)")
    assert "type city" in first.reasons
    assert (second.other, second.link) == ("https://other.example/3", MATCH)


def test_what_is_linked_is_left_alone() -> None:
    """The pair itself always; the entity too, unless it is asked for."""
    ours = ':a rdfs:label "Alpha" ; owl:sameAs o:1 . :b rdfs:label "Beta" .'
    theirs = 'o:1 rdfs:label "Alpha" . o:2 rdfs:label "Alpha" . o:3 rdfs:label "Beta" .'
    assert [one.other[-1] for one in candidates(ours, theirs)] == ["3"]
    assert [one.other[-1] for one in candidates(ours, theirs, again=True)] == ["2", "3"]


def test_only_entities_are_looked_for() -> None:
    """No classes, properties, shapes; nothing of others; nothing without a name; of a class, if it is said."""
    graph = store(
        """:C a owl:Class ; rdfs:label "C" . :p a owl:ObjectProperty ; rdfs:label "p" . o:x rdfs:label "x" .
        :a a :C ; rdfs:label "a" . :b a :D ; rdfs:label "b" . :c a :C . :f a :F ; rdfs:label "f" ."""
    )
    assert list(Graph(graph, BASE, without=[BASE + "F"]).names()) == [BASE + "a", BASE + "b"]
    assert list(Graph(graph, BASE, classes=[BASE + "C"]).names()) == [BASE + "a"]


def test_codes_countries_and_places_speak() -> None:
    """For a pair, or against it; they are told, and change the score a little."""
    ours = """:m rdfs:label "Ministry of Education" ; :in :lv . :lv rdfs:label "Latvia" ; skos:notation "LV" ."""
    theirs = """o:1 rdfs:label "Ministry of Education" ; o:in o:ee . o:ee skos:notation "EE" .
    o:2 rdfs:label "Ministry of Education" ; o:in o:lv . o:lv skos:notation "LV" ; rdfs:label "Latvija" ."""
    found = [one for one in candidates(ours, theirs) if one.entity == BASE + "m"]
    assert [(one.other[-1], one.score) for one in found] == [("2", 100), ("1", 90)]
    assert found[0].reasons[-1] == "country LV"
    assert found[1].reasons[-1] == "another country: EE"
    near = Hints(codes=frozenset(["428"]), point=(56.95, 24.1))
    assert list(points(near, near)) == [(4.0, "code 428"), (3.0, "0 km apart")]
    assert [value for value, _ in points(near, Hints(point=(41.3, 69.3)))] == [-5.0]
    assert list(points(near, Hints(point=(56.0, 24.1)))) == []


def test_points_are_read_as_they_are_written() -> None:
    """Latitude and longitude, or WKT; what is no place is none."""
    graph = store(
        """:a rdfs:label "a" ; geo:lat 56.95 ; geo:long 24.1 .
        :b rdfs:label "b" ; gsp:asWKT "POINT(24.1 56.95)"^^gsp:wktLiteral . :c geo:lat 156 ; geo:long "x" ."""
    )
    hints = Graph(graph).hints
    assert hints(BASE + "a").point == hints(BASE + "b").point == (56.95, 24.1)
    assert hints(BASE + "c").point is None
    assert distance((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
    assert distance((56.95, 24.1), (59.44, 24.75)) == pytest.approx(279, abs=2)


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    """In CSV and TSV; an IRI may stand in several rows; other columns help."""
    path = tmp_path / "a.csv"
    path.write_text(
        "\ufeffror,Name,lang,country,lat,lon,types,aliases\r\n"
        'https://ror.example/1,"Riga, Technical University",EN,lv,56.9,24.1,education|funder,RTU | RTU2\r\n'
        "https://ror.example/1,Rīgas Tehniskā universitāte,lv,LV,,,,\r\n"
        "https://ror.example/2,,,,,,,\r\n",
        encoding="utf-8",
    )
    table = Table(path)
    assert table.names() == {
        "https://ror.example/1": [
            ("Riga, Technical University", "en"),
            ("RTU", ""),
            ("RTU2", ""),
            ("Rīgas Tehniskā universitāte", "lv"),
        ]
    }
    assert table.hints("https://ror.example/1") == Hints(
        frozenset(["education", "funder"]), frozenset(), frozenset(["LV"]), (56.9, 24.1)
    )
    (tmp_path / "a.tsv").write_text("id\ttitle\nhttps://a.example/1\tOne, two\n", "utf-8")
    assert opened(tmp_path / "a.tsv").names() == {"https://a.example/1": [("One, two", "")]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no rows"),
        ("id,name\n", "no rows"),
        ("id,label2\nhttps://a.example/1,x\n", "no column of names"),
        ("x,name\n1,One\n", "no column of IRIs"),
        ("id,name\n1,One\n", "'1' is not an IRI"),
        ("id,name\njavascript:x,One\n", "is not an IRI"),
        ('id,name\nhttps://a.example/1,"open\n', "no table"),
    ],
)
def test_bad_tables_are_told_with_a_cure(tmp_path: Path, text: str, message: str) -> None:
    """And with the line, where there is one."""
    (tmp_path / "a.csv").write_text(text, "utf-8")
    with pytest.raises(DataError, match=message) as caught:
        Table(tmp_path / "a.csv")
    assert caught.value.cure


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    """Another encoding; nothing at all."""
    (tmp_path / "a.csv").write_bytes(b"id,name\nhttps://a.example/1,\xff\xfe\n")
    with pytest.raises(SyntaxFault, match="utf-8"):
        opened(tmp_path / "a.csv")
    with pytest.raises(UsageError, match="no file"):
        opened(tmp_path / "b.csv")
