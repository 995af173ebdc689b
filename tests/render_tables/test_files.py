"""The files themselves: the same in every run, safe to open, complete, and as large as their format lets them be."""

import csv
import io
import json
import re
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.programs import needed_module

from saite.errors import EnvironmentFault
from saite.namespaces import RDF_TYPE, XSD
from saite.render import datapackage
from saite.render.tables import parquet, renderer, workbook
from saite.render.tables.cells import fits, formula, guarded
from saite.render.tables.columns import distinct
from saite.site.model import Answer, QueryFile, Site
from saite.terms import BlankNode, Literal, NamedNode, Triple

from .sites import EX, LABEL, THING, files_of, site_of
from .test_round_trip import statements, texts, typed

THINGS = [NamedNode(f"{EX}id/{name}") for name in "abc"]
NUMBER, DAY, YEAR, YES = (NamedNode(EX + f"def#{name}") for name in ("number", "day", "year", "yes"))


def literal(text: str, name: str) -> Literal:
    """A literal of a datatype of XML Schema."""
    return Literal(text, datatype=NamedNode(XSD + name))


def some() -> list[Triple]:
    """Things with values that spreadsheets have types for."""
    a, b, _ = THINGS
    return typed(
        [
            *(Triple(a, LABEL, Literal(text, language=tag)) for text, tag in (("Ābols", "lv"), ("Apple", "en"))),
            Triple(a, NUMBER, literal("1.50", "decimal")),
            Triple(b, NUMBER, literal("123456789012345678901.5", "decimal")),
            Triple(a, DAY, literal("2019-12-11", "date")),
            Triple(b, DAY, literal("1800-01-01", "date")),
            Triple(a, YEAR, literal("2019", "gYear")),
            Triple(a, YES, literal("true", "boolean")),
            Triple(b, LABEL, Literal("=1+1")),
        ]
    )


def rows(content: bytes) -> list[list[str]]:
    """A CSV file as Python's reader has it."""
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def sheets(content: bytes) -> Any:
    """An XLSX file as openpyxl has it."""
    needed_module("openpyxl")
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content))


@settings(max_examples=40, deadline=None)
@given(statements, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_show(triples: list[Triple], chance: Any) -> None:
    """Two stores that were filled in different orders give the same bytes: no clock, no chance."""
    graph = list(dict.fromkeys(typed(triples)))
    shuffled = list(graph)
    chance.shuffle(shuffled)
    assert files_of(site_of(graph)) == files_of(site_of(shuffled))


@settings(max_examples=60, deadline=None)
@given(statements)
def test_no_cell_is_a_formula(triples: list[Triple]) -> None:
    """Whatever the data say, no cell of a CSV file begins as a formula that could do something."""
    for path, content in files_of(site_of(typed(triples))).items():
        if path.endswith(".csv"):
            table = rows(content)
            assert all(len(row) == len(table[0]) for row in table)
            for cell in (cell for row in table for cell in row if formula(cell)):
                # several numbers: no part of it does anything, and the first is no text
                assert all(not formula(one) or fits(literal(one, "double")) for one in re.split(r" \|+ ", cell))


def test_a_cell_of_several_begins_with_what_has_no_sign() -> None:
    """A telephone number alone is no formula, but must not begin a cell with other texts."""
    phone = "+371 67226209"
    graph = typed([Triple(THINGS[0], LABEL, Literal(text)) for text in (phone, "cmd|' /C calc'!A0")])
    assert rows(files_of(site_of(graph))["table/Thing.en.csv"])[1][2] == f"cmd|' /C calc'!A0 || {phone}"


@given(texts)
def test_a_guarded_text_is_the_text_or_has_an_apostrophe(text: str) -> None:
    """Nothing else is changed."""
    assert guarded(text) in (text, f"'{text}")
    assert not formula(guarded(text))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("=1", True),
        ("@a", True),
        ("-a", True),
        ("\t", True),
        ("+371 6", False),
        ("-5", False),
        ("- 5", False),
        ("＝1", True),
        ("a=1", False),
    ],
)
def test_numbers_and_telephones_are_no_formulas(text: str, is_one: bool) -> None:
    """What begins with a sign and goes on with digits can do no harm."""
    assert formula(text) is is_one


def test_csv_is_utf8_without_a_mark_and_ends_lines_with_cr_lf() -> None:
    """RFC 4180; the byte order mark is left out, since readers of CSV on the Web trip over it."""
    content = files_of(site_of(some()))["table/Thing.lv.csv"]
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert "Ābols" in content.decode("utf-8")


def test_headers_and_names_are_in_the_language_of_the_file() -> None:
    """Labels of properties, and of things; the site's languages first."""
    names = [Triple(NUMBER, LABEL, Literal(text, language=tag)) for text, tag in (("skaits", "lv"), ("number", "en"))]
    files = files_of(site_of([*some(), *names]))
    assert "skaits" in rows(files["table/Thing.lv.csv"])[0]
    assert "number" in rows(files["table/Thing.en.csv"])[0]
    assert [rows(files[f"table/Thing.{tag}.csv"])[1][0] for tag in ("lv", "en")] == ["Ābols", "Apple"]


def test_a_workbook_has_a_sheet_for_each_language_and_types() -> None:
    """Numbers, days and yes or no are what they are; a number with many digits, a day before 1900 are texts."""
    book = sheets(files_of(site_of(some()))["table/Thing.xlsx"])
    assert book.sheetnames == ["Latviešu", "English", "Piezīmes"]
    head, first, second = book["English"].iter_rows(values_only=True)
    said = dict(zip(head, first, strict=True))
    assert (said["Name"], said["number"], said["year"], said["yes"]) == ("Apple", 1.5, 2019, True)
    assert said["day"] == datetime(2019, 12, 11)
    said = dict(zip(head, second, strict=True))
    assert (said["number"], said["day"]) == ("123456789012345678901.5", "1800-01-01")
    assert said["label (in words)"] == "=1+1"
    assert book["English"].freeze_panes == "B2"
    assert "1 " in book["Piezīmes"]["A1"].value


def test_what_does_not_fit_into_a_sheet_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, columns and long texts are cut, and a sheet of notes says how many."""
    monkeypatch.setattr(workbook, "ROWS", 3)
    monkeypatch.setattr(workbook, "COLUMNS", 3)
    monkeypatch.setattr(workbook, "TEXT", 20)
    graph = typed([Triple(thing, LABEL, Literal("𝄞" * 40)) for thing in THINGS])
    more = [Triple(THINGS[0], NUMBER, Literal("1"))]
    book = sheets(files_of(site_of([*graph, *more]))["table/Thing.xlsx"])
    assert [sheet.max_row for sheet in book][:2] == [3, 3]
    assert [sheet.max_column for sheet in book][:2] == [3, 3]
    assert book["English"]["A2"].value == "𝄞" * 9 + "…"
    notes = " ".join(row[0] for row in book["Piezīmes"].iter_rows(values_only=True))
    assert "1 more row does not fit" in notes
    assert "1 more column does not fit" in notes
    assert "texts are too long" in notes


def test_parquet_has_types_and_lists() -> None:
    """Names for programs, numbers and days as such, lists where a cell has several values; what it means beside it."""
    needed_module("pyarrow")
    import pyarrow.parquet as reader

    several = [Triple(THINGS[0], NUMBER, literal("2", "decimal"))]
    files = files_of(site_of([*some(), *several], tables=("parquet",)))
    assert sorted(files) == ["table/Thing.en.parquet", "table/Thing.lv.parquet"]
    table = reader.read_table(io.BytesIO(files["table/Thing.lv.parquet"]))
    first = table.to_pylist()[0]
    assert (first["name"], first["number"], first["yes"], first["year"]) == ("Ābols", [1.5, 2.0], True, 2019)
    assert first["day"].isoformat() == "2019-12-11"
    assert table.schema.field("number").metadata[b"property"] == NUMBER.value.encode()


def test_without_pyarrow_parquet_is_refused_with_a_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is made."""
    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    with pytest.raises(EnvironmentFault, match="pyarrow") as refused:
        renderer(site_of(some(), tables=("csv", "parquet")))
    assert "saite[parquet]" in refused.value.cure


def asked(site: Site, *queries: QueryFile) -> Site:
    """A site with queries that have been answered."""
    site.queries = queries
    return site


def test_queries_have_tables_too() -> None:
    """Variables, with the names of things beside their IRIs; formulas are guarded; converters make nothing of them."""
    a, b, c = THINGS
    answer = Answer(
        ("thing", "page", "n"),
        ((a, NamedNode("https://a.example/x"), literal("1", "integer")), (b, None, literal("2", "integer"))),
        truncated=True,
    )
    text = Answer(("x",), ((Literal("=1+1"),), (BlankNode("x"),), (c,)))
    queries = (
        QueryFile("one", {"en": "One"}, {}, "", {}, dict.fromkeys(("lv", "en"), answer)),
        QueryFile("two", {}, {}, "", {}, dict.fromkeys(("lv", "en"), text)),
        QueryFile("none", {}, {}, "", {}, dict.fromkeys(("lv", "en"), Answer(("x",), ()))),
    )
    files = files_of(asked(site_of(some()), *queries))
    assert rows(files["table/query/one.en.csv"]) == [
        ["thing", "thing (IRI)", "page", "n"],
        ["Apple", a.value, "https://a.example/x", "1"],
        ["=1+1".replace("=", "'="), b.value, "", "2"],
    ]
    (table,) = json.loads(files["table/query/one.en.csv-metadata.json"])["tables"]
    assert table["suppressOutput"] is True
    assert table["rdfs:comment"]["@value"] == "Only the first 2 rows are given."
    assert table["tableSchema"]["columns"][3]["datatype"] == "integer"
    assert rows(files["table/query/two.en.csv"])[1:] == [["'=1+1"], ["[]"], [c.value]]
    assert not any(path.startswith("table/query/none") for path in files)


def test_hidden_properties_and_blank_nodes_have_no_column_and_no_row() -> None:
    """As on pages; how many things have no IRI is told."""
    graph = [*some(), Triple(BlankNode("x"), RDF_TYPE, THING), Triple(THINGS[0], YES, literal("true", "boolean"))]
    files = files_of(site_of(graph, hide=(YES.value,)))
    assert "yes" not in rows(files["table/Thing.en.csv"])[0]
    assert len(rows(files["table/Thing.en.csv"])) == 3
    notes = json.loads(files["table/Thing.en.csv-metadata.json"])["tables"][0]["rdfs:comment"]["@value"]
    assert "1 entry has no IRI" in notes


def test_names_are_told_apart() -> None:
    """Also where only the case of letters differs."""
    assert distinct(["a", "A", "a 2", "a"]) == ["a", "A 2", "a 2 2", "a 3"]


def test_the_data_package_names_every_csv_file() -> None:
    """With the types of the fields, and what has been made known of size and digest."""
    site = site_of(some())
    made = renderer(site)
    contents = {artifact.path: b"".join(artifact.chunks()) for artifact in made.whole()}
    package = datapackage.renderer(site)
    package.distributions = made.distributions
    (file,) = package.whole()
    said = json.loads(b"".join(file.chunks()))
    of_path = {one["path"]: one for one in said["resources"]}
    assert of_path.keys() == {path for path in contents if path.endswith(".csv")}
    one = of_path["table/Thing.en.csv"]
    assert one["bytes"] == len(contents["table/Thing.en.csv"])
    assert {field["name"]: field["type"] for field in one["schema"]["fields"]} == {
        **dict.fromkeys(("Name", "IRI", "label (lv)", "label (en)", "label (in words)"), "string"),
        **{"day": "date", "number": "number", "year": "year", "yes": "boolean"},
    }
