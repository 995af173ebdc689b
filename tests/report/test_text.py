"""Findings as text."""

import pytest

from saite.errors import Place, UsageError
from saite.finding import Finding, Severity
from saite.report import FORMATS, MEDIA_TYPES, Names, write
from saite.report.names import visible
from saite.report.texts import Words
from saite.store import EmbeddedStore
from saite.terms import BlankNode, Literal, NamedNode, Quad

from .samples import FINDINGS, HOSTILE, LABELS, NAMES, A


def test_findings_stand_under_their_rule() -> None:
    """Rules worst first; each finding with file, line, column, message, node with label, value; a shared cure once."""
    text = write(FINDINGS[:3], "text", "lv", names=NAMES)
    assert text.splitlines() == [
        "pārkāpums: s:S (2 atradumi)",
        "data/ā b.ttl:12:3: Trūkst nosaukuma.",
        "    ex:a  Pirmais",
        "      rdfs:label",
        "data/ā b.ttl:40: Trūkst nosaukuma.",
        f"    ex:b  Second {visible(HOSTILE)}",
        "      rdfs:label",
        "  -> Pievienojiet rdfs:label.",
        "",
        "brīdinājums: late",
        "data/x.jsonld#/@graph/0: Par vēlu.",
        "    ex:a  Pirmais",
        '      ^<http://e/p>/(<http://e/q>|<http://e/r>)* "2020-12-03"^^<http://www.w3.org/2001/XMLSchema#date>',
        "",
        "2 pārkāpumi, 1 brīdinājums 2 failos",
    ]


def test_different_cures_stand_with_their_findings() -> None:
    """What to do is said once where it is the same, else at each finding."""
    lines = write(FINDINGS[4:], "text", "en", names=NAMES).splitlines()
    assert lines[0] == "info: x (2 findings)"
    assert [line.strip() for line in lines if line.startswith("    -> ")] == ["-> Leave it.", "-> Change it."]
    assert lines[1] == "no place: Just so."


def test_languages_fall_back() -> None:
    """A message in no language asked for is told in English, else in what there is; words are English then."""
    assert "A label is missing." in write(FINDINGS[:1], "text", "de")
    assert "Par vēlu." in write(FINDINGS[2:3], "text", "de")
    assert write(FINDINGS[:1], "text", "de").startswith("violation: ")
    assert write(FINDINGS[:1], "text", "lv-LV").startswith("pārkāpums: ")


def test_hostile_texts_cannot_move_the_cursor() -> None:
    """No control or direction character of the data reaches the terminal; each finding keeps to its lines."""
    text = write(FINDINGS, "text", "lv", names=NAMES)
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "\u202e" not in text
    assert "\\u202e" in text
    assert "\\u001b[31m\\n\\r\\t" in text


def test_colours_are_for_terminals_only() -> None:
    """Colours come only when asked for, and change nothing else."""
    plain, coloured = (write(FINDINGS, "text", "en", names=NAMES, colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    for code in ("\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[1m", "\x1b[0m"):
        assert code in coloured
        coloured = coloured.replace(code, "")
    assert coloured == plain


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", "lv"])
def test_every_format_tells_of_nothing(format: str, language: str) -> None:
    """A report without findings is a whole report in each format, with a media type."""
    assert write([], format, language).endswith("\n")
    assert MEDIA_TYPES[format]


def test_nothing_wrong_is_good_news() -> None:
    """An empty text report says so."""
    assert write([], "text", "en") == "Nothing to mend: the data keeps all rules.\n"
    assert write([], "text", "lv") == "Nav ko labot: dati ievēro visus noteikumus.\n"


@pytest.mark.parametrize("format", FORMATS)
def test_every_finding_is_told(format: str) -> None:
    """A thousand findings are a thousand in each format: nothing is cut."""
    findings = [
        Finding(Severity.WARNING, f"http://e/r{i % 3}", (("en", f"number {i} end"),), place=Place("f.ttl", i + 1))
        for i in range(1000)
    ]
    text = write(findings, format, "en")
    assert [i for i in range(1000) if f"number {i} end" not in text] == []


def test_an_unknown_format_is_refused() -> None:
    """A misspelt format is told with the likely one."""
    with pytest.raises(UsageError) as caught:
        write([], "sarfi")
    assert caught.value.cure == "Did you mean sarif?"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 pārkāpumu"),
        (1, "1 pārkāpums"),
        (2, "2 pārkāpumi"),
        (10, "10 pārkāpumu"),
        (11, "11 pārkāpumu"),
        (21, "21 pārkāpums"),
        (22, "22 pārkāpumi"),
        (101, "101 pārkāpums"),
        (111, "111 pārkāpumu"),
    ],
)
def test_latvian_numbers_have_their_forms(number: int, text: str) -> None:
    """Zero, one and other, as CLDR has them for Latvian."""
    assert Words("lv").counted("violation", number) == text


def test_names_come_from_the_data() -> None:
    """Labels of focus nodes, values and rules are read in all languages, by the usual label properties."""
    label, skos = (
        NamedNode(f"http://www.w3.org/{n}") for n in ("2000/01/rdf-schema#label", "2004/02/skos/core#prefLabel")
    )
    store = EmbeddedStore(
        [
            Quad(A, label, Literal("Pirmais", language="lv")),
            Quad(A, label, Literal("Premier", language="fr")),
            Quad(A, skos, Literal("Labāks", language="lv")),
            Quad(NamedNode("http://e/shapes#S"), label, Literal("Rule")),
            Quad(NamedNode("http://e/id/unasked"), label, Literal("No")),
        ]
    )
    names = Names.of(store, FINDINGS[:1], {"ex": "http://e/id/"}, ("lv", "fr"))
    assert names.label(A, "lv") == ("Labāks", "lv")
    assert names.label(A, "en") == ("Labāks", "lv")
    assert names.label(A, "fr") == ("Premier", "fr")
    assert names.label(NamedNode("http://e/shapes#S"), "lv") == ("Rule", "")
    assert names.label(NamedNode("http://e/id/unasked"), "lv") == ("", "")
    assert names.label(None, "lv") == ("", "")
    assert names.short(A) == "ex:a"
    assert names.short(BlankNode("b")) == "_:b"
    assert names.short(Literal("x" * 500)) == '"' + "x" * 199 + '…"'
    assert names.rule("https://w3id.org/saite/ns#dangling-link") == "saite:dangling-link"
    assert names.rule("http://other/rule/late") == "late"
    assert LABELS[A]
