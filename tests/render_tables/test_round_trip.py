"""CSV on the Web gives back the triples of the graph, by a library that is not ours."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saite.namespaces import RDF_TYPE, XSD
from saite.render.tables import cells
from saite.terms import BlankNode, Literal, NamedNode, Triple

from .converter import converted
from .sites import EX, LABEL, THING, alike, files_of, site_of

TABLE = "table/Thing.lv.csv"

nodes = st.sampled_from(
    [
        *(NamedNode(f"{EX}id/{name}") for name in ("a", "b", "c", "ā%20b?q=1&r=x@y#z", "(d);e,f'g!$*+")),
        NamedNode("urn:isbn:0451450523"),
        NamedNode("mailto:someone@example.org"),
    ]
)
properties = st.sampled_from([NamedNode(EX + f"def#{name}") for name in ("one", "two", "Ūdens")])
texts = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        [
            *(
                "",
                " ",
                '"',
                '""',
                "a,b;c\td",
                "a | b",
                "a |",
                "| a",
                "||",
                " || ",
                "line\r\nline",
                "\n",
                "\r",
                "#",
                "'",
            ),
            *("=1+1", "+371 67226209", "-", "- item", "@someone", "\t=1", "007", "1E5", "2019-12-11", "NULL", "NaN"),
            *("עברית | ערך", "\u202eright to left\u202c", "back\\slash\\", "{+iri}", "e\u0301", "é", "\ufeff", "𝄞"),
        ]
    ),
)
numbers = st.one_of(
    st.integers(-(10**14), 10**14).map(lambda n: Literal(str(n), datatype=NamedNode(XSD + "integer"))),
    st.sampled_from(["007", "+7", "-0", "x", "1.5", ""]).map(
        lambda text: Literal(text, datatype=NamedNode(XSD + "integer"))
    ),
    st.decimals(-1000, 1000, places=3).map(lambda n: Literal(str(n), datatype=NamedNode(XSD + "decimal"))),
    st.sampled_from(["1E5", "1.0E0", "-1.5e-3", "INF", "-INF", "NaN", "0.1", "1E", ".5"]).map(
        lambda text: Literal(text, datatype=NamedNode(XSD + "double"))
    ),
    st.sampled_from(["true", "false", "1", "0", "yes"]).map(
        lambda text: Literal(text, datatype=NamedNode(XSD + "boolean"))
    ),
    st.sampled_from([("300", "byte"), ("-1", "nonNegativeInteger"), ("5", "byte"), ("1", "positiveInteger")]).map(
        lambda one: Literal(one[0], datatype=NamedNode(XSD + one[1]))
    ),
)
moments = st.one_of(
    st.dates().map(lambda day: Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))),
    st.sampled_from(
        [
            *(("2019-12-11Z", "date"), ("2019-12-11+02:00", "date"), ("2019-02-30", "date"), ("soon", "date")),
            *(("2019", "gYear"), ("2019-05", "gYearMonth"), ("2019-12-11T10:00:00", "dateTime")),
            *(("2019-12-11T10:00:00.5+02:00", "dateTime"), ("10:00:00", "time"), ("P1Y2M3DT4H5M6S", "duration")),
            *(("https://example.org/a?b=c", "anyURI"), ("0aFF", "hexBinary"), ("lv", "language")),
        ]
    ).map(lambda one: Literal(one[0], datatype=NamedNode(XSD + one[1]))),
)
objects = st.one_of(
    nodes,
    st.sampled_from([BlankNode("x"), NamedNode("https://example.org/a/../b"), NamedNode("dc:odd")]),
    texts.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["lv", "en", "zh-hant"])),
    st.builds(lambda text: Literal(text, datatype=NamedNode(EX + "def#code")), texts),
    numbers,
    moments,
)
statements = st.lists(st.builds(Triple, nodes, st.one_of(properties, st.just(LABEL)), objects), max_size=25)


def typed(triples: list[Triple]) -> list[Triple]:
    """Some triples, and what makes their subjects things."""
    subjects = dict.fromkeys(t.subject for t in triples)
    return [*triples, *(Triple(subject, RDF_TYPE, THING) for subject in subjects)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statements)
def test_any_values_come_back(triples: list[Triple]) -> None:
    """A converter gives the triples of the graph and no others; what is missing is what the table counts as words."""
    if not triples:
        return
    graph = typed(triples)
    site = site_of(graph)
    files = files_of(site)
    given_back = alike(converted(files, TABLE))
    held = {t for t in graph if cells.fits(t.object)}  # type: ignore[arg-type]  # no triple terms
    assert given_back == alike(held)
    lost = len(set(graph) - held)
    told = json.loads(files[f"{TABLE}-metadata.json"])["tables"][0].get("rdfs:comment", {}).get("@value", "")
    assert told.startswith(f"{lost} ") if lost else not told


def test_numbers_dates_and_texts_keep_their_spelling_in_the_file() -> None:
    """What a person reads is what the data says: 007 is 007."""
    thing = NamedNode(EX + "id/a")
    values = [
        Literal("007"),
        Literal("1E5"),
        Literal("2019-12-11"),
        Literal("007", datatype=NamedNode(EX + "def#code")),
    ]
    graph = typed([Triple(thing, NamedNode(f"{EX}def#p{n}"), value) for n, value in enumerate(values)])
    files = files_of(site_of(graph))
    header, row = csv.reader(io.StringIO(files[TABLE].decode(), newline=""))
    assert header == ["Nosaukums", "IRI", "p0", "p1", "p2", "p3"]
    assert row[2:] == ["007", "1E5", "2019-12-11", "007"]
    assert alike(converted(files, TABLE)) == alike(graph)


def test_values_in_one_cell_are_parted_by_what_none_of_them_has() -> None:
    """The bar between values is longer than any bar in them."""
    thing, property_ = NamedNode(EX + "id/a"), NamedNode(EX + "def#p")
    graph = typed([Triple(thing, property_, Literal(text)) for text in ("a | b", "c |", "|| d")])
    files = files_of(site_of(graph))
    rows = list(csv.reader(io.StringIO(files[TABLE].decode(), newline="")))
    assert rows[1][2] == "a | b ||| c | ||| || d"
    assert alike(converted(files, TABLE)) == alike(graph)


def test_several_links_have_a_table_of_their_own() -> None:
    """A cell leads to one thing; the second table, in the same metadata, has a row for each link."""
    thing, property_ = NamedNode(EX + "id/a"), NamedNode(EX + "def#p")
    others = [NamedNode(EX + "id/b"), NamedNode(EX + "id/c")]
    names = [Triple(other, LABEL, Literal(other.value[-1].upper(), language="lv")) for other in others]
    graph = typed([Triple(thing, property_, other) for other in others])
    files = files_of(site_of([*graph, *names]))
    (_, row) = csv.reader(io.StringIO(files[TABLE].decode(), newline=""))
    assert row[2:] == ["B | C", " | ".join(other.value for other in others)]
    assert alike(converted(files, TABLE)) == alike(graph)
    links = alike(converted(files, "table/Thing.links.lv.csv"))
    assert links == alike(graph[:2])


def test_classes_that_differ_are_a_column() -> None:
    """Where all things are of the same classes no column says so; where they are not, one does; all come back."""
    a, b = NamedNode(EX + "id/a"), NamedNode(EX + "id/b")
    other = NamedNode(EX + "def#Other")
    graph = [Triple(a, RDF_TYPE, THING), Triple(b, RDF_TYPE, THING), Triple(b, RDF_TYPE, other)]
    assert alike(converted(files_of(site_of(graph)), TABLE)) == alike(graph)
    same = [*graph, Triple(a, RDF_TYPE, other)]
    files = files_of(site_of(same))
    assert files[TABLE].splitlines()[0] == b"Nosaukums,IRI"
    assert alike(converted(files, TABLE)) == alike(same)


@pytest.mark.parametrize("mode", ["minimal", "standard"])
def test_standard_mode_gives_them_too(mode: str) -> None:
    """What the standard mode adds speaks of the table and its rows, not of the things."""
    graph = typed([Triple(NamedNode(EX + "id/a"), LABEL, Literal("A", language="lv"))])
    assert alike(graph) <= alike(converted(files_of(site_of(graph)), TABLE, mode))
