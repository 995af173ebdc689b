"""The file that a person goes through, and what becomes of it."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from saite.candidates import Candidate, accept, read, write
from saite.candidates.finding import MATCH, SAME
from saite.candidates.review import COLUMNS, Reviewed
from saite.errors import DataError, EnvironmentFault, Place, SaiteError, UsageError
from saite.namespaces import DCT, OWL, PREFIXES
from saite.terms import Literal, NamedNode

A, B = "https://example.org/a", "https://example.org/b"
ONE, TWO = "https://other.example/1", "https://other.example/2"
BY = "https://example.org/staff"
CANDIDATES = (
    Candidate(A, "Alpha", SAME, ONE, "=ALPHA()", 98.04, ("same name (en)", "country LV")),
    Candidate(B, "Beta\tgamma", MATCH, TWO, "Beta\n", 81.0, ("like name",)),
)


def marked(path: Path, *marks: str, **cells: str) -> Path:
    """A file of candidates as a person leaves it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    for row, mark in zip(rows, marks, strict=False):
        row |= {"accept": mark, **cells}
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, dialect="excel-tab")
        out.writeheader()
        out.writerows(rows)
    return path


def reviewed(other: str = ONE, entity: str = A, **more: str) -> Reviewed:
    """An accepted line."""
    values = {"link": SAME, "score": "98.0", "reasons": "same name", "by": "", "date": "", "source": "o.ttl", **more}
    return Reviewed(entity=entity, other=other, place=Place("c.tsv", 2), **values)


def written(path: Path, *lines: Reviewed, by: str = BY, known: frozenset[tuple[str, str]] = frozenset()) -> str:
    """The Turtle of accepted lines."""
    done = accept(lines, path, entities={A, B}, linked=known, by=by, date="2026-11-27")
    return done.path.read_text("utf-8") if done.path else ""


def test_what_is_written_is_a_line_for_each_candidate(tmp_path: Path) -> None:
    """Readable by any table program, with no formula in it; nothing is accepted yet; nothing is ever overwritten."""
    path = tmp_path / "c.tsv"
    assert write(path, CANDIDATES, "o.ttl") == 2
    text = path.read_text("utf-8")
    assert text.splitlines()[1:] == [
        f"\t98.0\tAlpha\t'=ALPHA()\tsame name (en); country LV\t{A}\towl:sameAs\t{ONE}\t\t\to.ttl",
        f"\t81.0\tBeta gamma\tBeta\tlike name\t{B}\tskos:exactMatch\t{TWO}\t\t\to.ttl",
    ]
    assert read(path) == []
    with pytest.raises(UsageError, match="there already"):
        write(path, CANDIDATES, "o.ttl")
    assert path.read_text("utf-8") == text
    with pytest.raises(EnvironmentFault):
        write(tmp_path / "no" / "c.tsv", CANDIDATES, "o.ttl")


def test_accepted_lines_are_read_back(tmp_path: Path) -> None:
    """As spreadsheets save them too: with a mark at the beginning, quotes, CRLF, semicolons."""
    path = tmp_path / "c.tsv"
    write(path, CANDIDATES, "o.ttl")
    marked(path, "Jā", "no", date="2026-01-02")
    (line,) = read(path)
    assert (line.entity, line.link, line.other, line.score, line.date) == (A, SAME, ONE, "98.0", "2026-01-02")
    rows = list(csv.reader(path.read_text("utf-8").splitlines(), dialect="excel-tab"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    assert read(path) == [line]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"accept": "maybe"}, "neither yes nor no"),
        ({"link": "owl:sameas"}, "is no link"),
        ({"other": "not an IRI"}, "is no IRI"),
        ({"entity": "<x>"}, "is no IRI"),
        ({"date": "27.11.2026"}, "is no day"),
        ({"date": "2026-02-30"}, "is no day"),
    ],
)
def test_what_cannot_be_accepted_is_told_with_its_line(tmp_path: Path, cells: dict[str, str], message: str) -> None:
    """And how to mend it."""
    path = tmp_path / "c.tsv"
    write(path, CANDIDATES, "o.ttl")
    marked(path, "", "yes", **cells)
    if "accept" not in cells:
        marked(path, "yes", "")
    with pytest.raises(DataError, match=message) as caught:
        read(path)
    assert caught.value.place is not None
    assert caught.value.place.line in (2, 3)
    assert caught.value.cure


@pytest.mark.parametrize("text", ["", "a\tb\n", "accept\tentity\tlink\n"])
def test_another_file_is_told(tmp_path: Path, text: str) -> None:
    """The first line says what it is."""
    (tmp_path / "c.tsv").write_text(text, "utf-8")
    with pytest.raises(DataError, match="no column"):
        read(tmp_path / "c.tsv")
    with pytest.raises(UsageError, match="no file"):
        read(tmp_path / "d.tsv")


def test_links_are_written_for_diffs_with_who_said_so(tmp_path: Path) -> None:
    """The link by itself, sorted; beside it who accepted it, when, with which score and why."""
    text = written(tmp_path / "links.ttl", reviewed(TWO, B, link=MATCH, by='Zane "Z" O.'), reviewed())
    assert (
        text
        == f"""# Links that a person accepted among candidates of saite link.
# Found in: o.ttl

@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# Links

<{A}>
  owl:sameAs <{ONE}> ;
  .

<{B}>
  skos:exactMatch <{TWO}> ;
  .

# Who accepted them

[]
  a owl:Axiom ;
  owl:annotatedSource <{A}> ;
  owl:annotatedProperty owl:sameAs ;
  owl:annotatedTarget <{ONE}> ;
  dct:creator <{BY}> ;
  dct:created "2026-11-27"^^xsd:date ;
  sssom:similarity_score 0.980 ;
  rdfs:comment "same name" ;
  .

[]
  a owl:Axiom ;
  owl:annotatedSource <{B}> ;
  owl:annotatedProperty skos:exactMatch ;
  owl:annotatedTarget <{TWO}> ;
  dct:creator [ a foaf:Agent ; foaf:name "Zane \\"Z\\" O." ] ;
  dct:created "2026-11-27"^^xsd:date ;
  sssom:similarity_score 0.980 ;
  rdfs:comment "same name" ;
  .
"""
    )
    assert len(list(parse(input=text, format=RdfFormat.TURTLE))) == 20


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), st.text(max_size=8))
def test_whatever_a_line_says_is_turtle(tmp_path_factory: pytest.TempPathFactory, text: str, score: str) -> None:
    """And says just that."""
    path = tmp_path_factory.mktemp("links") / "links.ttl"
    turtle = written(path, reviewed(reasons=text, by=text or BY, score=score))
    graph = {(q.predicate, q.object) for q in parse(input=turtle, format=RdfFormat.TURTLE)}
    assert (NamedNode(OWL + "annotatedTarget"), NamedNode(ONE)) in graph
    if text:
        assert (NamedNode(PREFIXES["rdfs"] + "comment"), Literal(text)) in graph


def test_nothing_is_overwritten_and_nothing_is_said_twice(tmp_path: Path) -> None:
    """A second file has another name; what the site has already is counted only."""
    path = tmp_path / "links.ttl"
    first = written(path, reviewed())
    assert accept([reviewed(TWO, B)], path, entities={B}, linked=frozenset(), by=BY, date="2026-11-27").path == (
        tmp_path / "links-2.ttl"
    )
    assert path.read_text("utf-8") == first
    known = frozenset({(A, ONE)})
    done = accept([reviewed()], path, entities={A}, linked=known, by=BY, date="2026-11-27")
    assert (done.path, done.links, done.known) == (None, 0, 1)
    assert accept([], path, entities={A}, linked=known, by="", date="2026-11-27").path is None


@pytest.mark.parametrize(
    ("lines", "by", "message"),
    [
        ([reviewed(entity="https://example.org/gone")], BY, "the site has no"),
        ([reviewed()], "", "nobody says who"),
        ([reviewed(), reviewed(TWO)], BY, "as <https://other.example/2>"),
    ],
)
def test_what_must_not_be_written_is_not(tmp_path: Path, lines: list[Reviewed], by: str, message: str) -> None:
    """A thing that is not there, a link that nobody answers for, a thing that is two others."""
    with pytest.raises(SaiteError, match=message):
        written(tmp_path / "links.ttl", *lines, by=by)
    assert not list(tmp_path.iterdir())


def test_a_thing_may_be_the_same_as_one_of_each_source(tmp_path: Path) -> None:
    """And be close to others."""
    lines = (reviewed(), reviewed(TWO, source="p.ttl"), reviewed(TWO + "0", link=MATCH))
    graph = list(parse(input=written(tmp_path / "l.ttl", *lines), format=RdfFormat.TURTLE))
    assert sum(quad.subject == NamedNode(A) for quad in graph) == 3
    assert {q.object for q in graph if q.predicate == NamedNode(DCT + "creator")} == {NamedNode(BY)}
