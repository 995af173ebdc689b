"""Named queries."""

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from saite.errors import DataError, EnvironmentFault, SyntaxFault, UsageError
from saite.finding import Severity
from saite.store import EmbeddedStore
from saite.store.parameters import Parameter
from saite.store.queryfile import find, load, parse
from saite.terms import Literal, NamedNode, Quad

TEXT = """\
# free words
#+ title.lv: Nosaukumi
#+ title.en: Labels: all of them
#+ description.en: What a thing
#+   is called.
#+ severity: info
#+ message.lv: {?value}
#+ cure.en: Rename it.
#+ param: thing iri ex:s
#+ param: lang lang

PREFIX ex: <http://e/>
SELECT ?label { ?thing ex:label ?label FILTER(LANG(?label) = ?lang) }
"""


def test_the_header_is_read() -> None:
    """Texts by language, severity and parameters come from the ``#+`` lines; the query stays as it is."""
    query = parse(TEXT, "labels", "queries/labels.rq")
    assert query.titles == {"lv": "Nosaukumi", "en": "Labels: all of them"}
    assert query.descriptions == {"en": "What a thing is called."}
    assert query.messages == {"lv": "{?value}"}
    assert query.cures == {"en": "Rename it."}
    assert query.severity is Severity.INFO
    assert query.parameters == (Parameter("thing", "iri", "ex:s"), Parameter("lang", "lang"))
    assert query.prefixes == {"ex": "http://e/"}
    assert (query.name, query.form, query.text) == ("labels", "SELECT", TEXT)


def test_a_query_runs_with_what_a_user_typed() -> None:
    """Values are bound, defaults hold, and names may use the query's own prefixes."""
    label = NamedNode("http://e/label")
    store = EmbeddedStore(
        [
            Quad(NamedNode("http://e/s"), label, Literal("esmu", language="lv")),
            Quad(NamedNode("http://e/t"), label, Literal("tu", language="lv")),
        ]
    )
    query = parse(TEXT, "labels", "labels.rq")
    for given, expected in (({"lang": "lv"}, "esmu"), ({"lang": "lv", "thing": "ex:t"}, "tu")):
        result = query.run(store, given)
        assert isinstance(result, QuerySolutions)
        assert [str(row["label"]) for row in result] == [f'"{expected}"@lv']


@pytest.mark.parametrize(
    ("lines", "line", "message", "cure"),
    [
        ("#+ titel.lv: x", 1, "unknown header key 'titel'", "Did you mean title?"),
        ("#+ author: x", 1, "unknown header key 'author'", "Known keys: title"),
        ("#+ nothing", 1, "unknown header key 'nothing'", "key: value"),
        ("#+ title: x", 1, "title needs a language", "title.en"),
        ("#\n#+ severity.lv: info", 2, "takes no language", "severity:"),
        ("#+ severity: bad", 1, "severity is 'bad'", "violation, warning or info"),
        ("#+ title.lv: a\n#+ title.lv: b", 2, "said twice", "one text"),
        ("#+ title.lv:", 1, "is empty", "one text"),
        ("#+ param: x", 1, "a name and a kind", "iri, string, lang, date, integer"),
        ("#+ param: s uri", 1, "a name and a kind", "iri, string"),
        ("#+ param: s iri http://e/\n#+ param: s iri", 2, "declared twice", "Remove"),
        ("#+ param: z iri", 1, "no variable ?z", "Use ?z"),
        ("#+ param: thng iri", 1, "no variable ?thng", "Did you mean ?thing?"),
        ("#+ param: s iri not an iri", 1, "default of s: 'not an iri'", "in full"),
    ],
)
def test_a_wrong_header_line_is_named(lines: str, line: int, message: str, cure: str) -> None:
    """An unknown key, a wrong value or a parameter that the query lacks is an error at its line."""
    with pytest.raises(SyntaxFault) as caught:
        parse(f"{lines}\nASK {{ ?s ?thing ?o }}", "x", "queries/x.rq")
    assert message in caught.value.message
    assert cure in caught.value.cure
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == ("queries/x.rq", line)
    assert caught.value.excerpt == lines.split("\n")[line - 1]


def test_header_lines_below_the_query_are_errors() -> None:
    """A header line that nobody would read is not left in silence."""
    with pytest.raises(SyntaxFault, match="below the beginning"):
        parse("ASK { ?s ?p ?o }\n#+ title.en: late", "x", "x.rq")


@pytest.mark.parametrize("text", ["", "#+ title.en: x\n", "?s ?p ?o"])
def test_a_file_without_a_query_is_said(text: str) -> None:
    """An empty file, or one with a header only, is no query."""
    with pytest.raises(SyntaxFault, match="no query"):
        parse(text, "x", "x.rq")


def test_faults_of_the_query_itself_are_placed_in_the_file() -> None:
    """A token that SPARQL lacks, a refusal of the store and an update all name file and line."""
    with pytest.raises(SyntaxFault) as caught:
        parse('#+ title.en: x\nASK { ?s ?p "a }', "x", "queries/x.rq")
    assert str(caught.value.place) == "queries/x.rq:2:13"
    query = parse("#+ title.en: x\nASK { ?s ?p }", "x", "queries/x.rq")
    with pytest.raises(SyntaxFault) as caught:
        query.run(EmbeddedStore())
    assert str(caught.value.place) == "queries/x.rq:2:13"
    with pytest.raises(UsageError) as refused:
        parse("\nDROP ALL", "x", "queries/x.rq")
    assert str(refused.value.place) == "queries/x.rq:2:1"


def test_files_are_found_and_sorted(tmp_path: Path) -> None:
    """Globs are relative to the site; a byte order mark and Windows line ends do no harm."""
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "b.rq").write_bytes(b"\xef\xbb\xbf#+ title.en: B\r\nASK {}\r\n")
    (folder / "a.rq").write_text("ASK {}")
    (folder / "note.txt").write_text("no query")
    queries = find(tmp_path, ["queries/*.rq", "queries/a.rq"])
    assert [(q.name, q.file) for q in queries] == [("a", "queries/a.rq"), ("b", "queries/b.rq")]
    assert queries[1].titles == {"en": "B"}
    assert find(tmp_path, ["none/*.rq"]) == []


def test_what_cannot_be_found_or_read_is_said(tmp_path: Path) -> None:
    """A missing file, two files of one name, a wrong encoding and a path out of the site are errors."""
    with pytest.raises(UsageError, match="no file"):
        find(tmp_path, ["queries/x.rq"])
    with pytest.raises(UsageError, match="out of the site"):
        find(tmp_path, ["../*.rq"])
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.rq").write_text("ASK {}")
    with pytest.raises(DataError, match="two queries are called same"):
        find(tmp_path, ["*/*.rq"])
    (tmp_path / "latin.rq").write_bytes(b"# \xe9\nASK {}")
    with pytest.raises(SyntaxFault, match="UTF-8"):
        load(tmp_path / "latin.rq", "latin.rq")
    with pytest.raises(EnvironmentFault):
        load(tmp_path / "missing.rq")


def test_the_queries_of_this_repository_are_named_queries() -> None:
    """Every example and rule query of our site has a header that can be read, with a title in both languages."""
    root = Path(__file__).parents[2]
    queries = find(root, ["queries/examples/*.rq", "queries/checks/*.rq"])
    assert len(queries) >= 20
    assert [q.name for q in queries if not {"lv", "en"} <= set(q.titles)] == []
