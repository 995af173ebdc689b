"""Citations come back from independent parsers as they went in."""

import json

import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from saite.language import Moment
from saite.render.citing import Citation, one_line
from saite.render.references import bibtex, csl, ris

CHARACTERS = st.characters(exclude_categories=["Cs", "Co", "Cn"]) | st.sampled_from("\\{}$%&_#^~\"'`-,<>@= \n")
WORDS = st.text(CHARACTERS, min_size=1, max_size=30).map(one_line).filter(bool)
NONE, NOTHING = st.none(), st.just("")
DATES = st.builds(Moment, st.integers(1, 9999), NONE | st.integers(1, 12), NONE, NOTHING, NOTHING) | st.builds(
    Moment, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28), NOTHING, NOTHING
)
CITATIONS = st.builds(
    Citation,
    st.just("site-a-1"),
    WORDS,
    st.sampled_from(["", "lv", "zh-Hant"]),
    st.just("https://example.org/a%20b_c#d"),
    st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    WORDS | st.just(""),
    WORDS | st.just(""),
    st.none() | DATES,
    st.booleans(),
    st.none() | st.tuples(WORDS, st.just("lv")),
)
OURS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textasciigrave": "`",
    "textbackslash": "\\",
}


def decoder() -> LatexNodes2Text:
    """A reader of TeX that knows the names of characters which are for TeX itself."""
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in OURS.items()]
    known.add_context_category("ours", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=known, strict_latex_spaces=True)


DECODER = decoder()


def plain(text: str) -> str:
    """What TeX would set of a value, which is in braces of its own."""
    inside = text[1:-1] if text[:1] == "{" and text[-1:] == "}" else text
    return str(DECODER.latex_to_text(inside))


@given(CITATIONS)
def test_bibtex(citation: Citation) -> None:
    """One entry; every name and title means what it meant, whatever characters it has; braces are balanced."""
    library = parse_string(bibtex(citation))
    assert not library.failed_blocks
    [entry] = library.entries
    assert (entry.entry_type, entry.key) == ("incollection" if citation.within else "misc", citation.key)
    fields = {field.key: field.value for field in entry.fields}
    assert fields.pop("url") == citation.iri
    assert fields.get("langid", "") == citation.language
    for name, text in (
        ("title", citation.title),
        ("booktitle", citation.within[0] if citation.within else ""),
        ("publisher", citation.publisher),
    ):
        assert (name in fields) == bool(text)
        assert not text or plain(fields[name]) == text
    assert plain(fields.get("version", "")) == citation.version
    authors = [plain(name) for name in fields["author"].removeprefix("{").removesuffix("}").split("} and {")]
    assert authors == list(citation.authors)
    assert fields.get("year", "") == (f"{citation.date.year:04}" if citation.date else "")


@given(CITATIONS)
def test_ris(citation: Citation) -> None:
    """One record; no text begins a line of its own."""
    [record] = rispy.loads(ris(citation))
    assert record["type_of_reference"] == ("DATA" if citation.dataset else "GEN")
    assert record["authors"] == list(citation.authors)
    assert record["title"] == citation.title
    assert record.get("secondary_title", "") == (citation.within[0] if citation.within else "")
    assert record.get("publisher", "") == citation.publisher
    assert record.get("edition", "") == citation.version
    assert record.get("language", "") == citation.language
    assert record["urls"] == [citation.iri]
    assert record.get("year", "") == (f"{citation.date.year:04}" if citation.date else "")


@given(CITATIONS)
def test_csl(citation: Citation) -> None:
    """Fields of the schema of CSL-JSON with the types that it asks for, and none that is empty."""
    [item] = json.loads(csl(citation))
    assert set(item) <= SCHEMA
    assert item["type"] in {"entry", "dataset", "document"}
    assert [author["literal"] for author in item["author"]] == list(citation.authors)
    assert item["title"] == citation.title
    assert all(item.values())
    assert ("issued" in item) == (citation.date is not None)
    if citation.date:
        [parts] = item["issued"]["date-parts"]
        assert parts == [part for part in (citation.date.year, citation.date.month, citation.date.day) if part]


SCHEMA = {
    "id",
    "type",
    "title",
    "author",
    "container-title",
    "version",
    "publisher",
    "language",
    "URL",
    "issued",
}
"""Those fields of the schema (csl-data.json of CSL 1.0.2) that are used."""


def test_a_work_in_each_format() -> None:
    """As people would write it."""
    work = Citation("s-set", "A {set} & 50 %", "en", "https://e.org/set", ("Me",), "Me", "1.0", Moment(2026, 11, 3))
    assert bibtex(work) == (
        "@misc{s-set,\n  author = {{Me}},\n  title = {{A \\textbraceleft{}set\\textbraceright{} \\& 50 \\%}},\n"
        "  year = {2026},\n  date = {2026-11-03},\n  version = {1.0},\n  publisher = {{Me}},\n  langid = {en},\n"
        "  url = {https://e.org/set},\n}\n"
    )
    assert ris(work).splitlines() == [
        *("TY  - DATA", "AU  - Me", "TI  - A {set} & 50 %", "PY  - 2026", "DA  - 2026/11/03", "ET  - 1.0"),
        *("PB  - Me", "LA  - en", "UR  - https://e.org/set", "ER  - "),
    ]
