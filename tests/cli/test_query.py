"""``saite query``: which data answer, in which form; and safely by several at a time."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from saite.cli.main import PIPE_CLOSED, run
from saite.store import EmbeddedStore

Edit = Callable[[str, str, str], None]

TITLES = "SELECT ?title { ?book a <https://example.org/library/def#Book> ; rdfs:label ?title } ORDER BY ?title"
TITLES = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + TITLES


def answers(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The titles of a JSON answer."""
    return [row["title"]["value"] for row in json.loads(capsys.readouterr().out)["results"]["bindings"]]


def test_sources_answer_until_something_is_built(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first build the sources answer, and a note says so; nothing is written."""
    before = sorted(library.rglob("*"))
    assert run(["query", "-s", str(library), TITLES]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "title",
        "------------------",
        "Emma @en",
        "Fire and Night @en",
        "Persuasion @en",
        "Uguns un nakts @lv",
    ]
    assert err == "asked: the sources, for nothing is built yet\n"
    assert sorted(library.rglob("*")) == before


def test_the_built_site_answers_until_it_is_built_anew(
    library: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a build its data answer, from a store kept under .saite/; the next build's data make a new one."""
    run(["build", "-q", str(library)])
    edit("data/books.ttl", '"Emma"@en', '"Emma, a novel"@en')
    capsys.readouterr()
    assert run(["query", "--json", "-s", str(library), TITLES]) == 0
    assert "Emma" in answers(capsys)
    (first,) = (library / ".saite").glob("query-*")
    run(["build", "-q", str(library)])
    capsys.readouterr()
    assert run(["query", "--json", "-s", str(library), TITLES]) == 0
    assert "Emma, a novel" in answers(capsys)
    (second,) = (library / ".saite").glob("query-*")
    assert first != second


def test_the_built_folder_can_be_named(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A site without its sources answers too."""
    assert run(["query", "-q", "--json", "-s", str(built / "site"), TITLES]) == 0
    assert len(answers(capsys)) == 4


def test_the_kept_store_is_used_again(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second query opens the store and does not make it again."""
    assert run(["query", "-q", "-s", str(built), TITLES]) == 0
    monkeypatch.setattr(EmbeddedStore, "create", None)
    assert run(["query", "-q", "-s", str(built), TITLES]) == 0


def test_a_site_that_cannot_be_written_answers_from_memory(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no store can be kept, the dump is read each time."""

    def refused(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    assert run(["query", "-q", "--json", "-s", str(built), TITLES]) == 0
    assert len(answers(capsys)) == 4


def test_a_damaged_store_is_made_again(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If what is kept cannot be opened, the dump answers, and the next query keeps a new store."""
    run(["build", "-q", str(library)])
    run(["query", "-q", "-s", str(library), TITLES])
    (kept,) = (library / ".saite").glob("query-*")
    for file in kept.rglob("*.sst"):
        file.write_bytes(b"damaged")
    capsys.readouterr()
    for _ in range(2):
        assert run(["query", "-q", "--json", "-s", str(library), TITLES]) == 0
        assert len(answers(capsys)) == 4
    assert all(file.read_bytes() != b"damaged" for file in kept.rglob("*.sst"))


def test_a_dump_that_was_changed_does_not_answer(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not what the manifest says (a build took its place, or a hand changed it) is told, and not kept."""
    run(["build", "-q", str(library)])
    (dump,) = (library / "site" / "dump").glob("*.nq")
    dump.write_bytes(dump.read_bytes().replace(b"Emma", b"Emmy"))
    assert run(["query", "-s", str(library), TITLES]) == 2
    assert "is not what its manifest says" in capsys.readouterr().err
    dump.unlink()
    assert run(["query", "-s", str(library), TITLES]) == 2
    assert "cannot be read: No such file or directory" in capsys.readouterr().err
    assert not list((library / ".saite").glob("*query-*"))


def test_several_queries_at_once_on_a_fresh_build(library: Path) -> None:
    """Processes that start together, with nothing kept yet, all get the whole answer."""
    assert run(["build", "-q", str(library)]) == 0
    command = [sys.executable, "-m", "saite", "query", "-q", "--json", "-s", str(library), TITLES]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert len(json.loads(out)["results"]["bindings"]) == 4
    assert len(list((library / ".saite").glob("*query-*"))) == 1


def test_named_queries_take_values(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A query of the site by its name, with the default value and with another one."""
    base = ["query", "-q", "--json", "-s", str(built), "--name", "books-of-author"]
    assert run(base) == 0
    assert answers(capsys) == ["Emma", "Persuasion"]
    assert run([*base, "--param", "author=https://example.org/library/id/author/rainis"]) == 0
    assert sorted(answers(capsys)) == ["Fire and Night", "Uguns un nakts"]
    assert run([*base, "--param", "author=no iri"]) == 2
    assert "author: 'no iri' is not an IRI" in capsys.readouterr().err
    assert run([*base, "--param", "writer=x"]) == 2
    assert "no parameter 'writer'" in capsys.readouterr().err


def test_the_sites_queries_are_listed(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--list tells names, titles and parameters, for people and for programs."""
    assert run(["query", "--list", "-s", str(library)]) == 0
    out = capsys.readouterr().out
    assert "books-by-year: Books by year\n" in out
    assert "--param author=...  iri, default https://example.org/library/id/author/jane-austen" in out
    assert run(["query", "--list", "--json", "-s", str(library)]) == 0
    assert [query["name"] for query in json.loads(capsys.readouterr().out)] == ["books-by-year", "books-of-author"]


def test_a_query_comes_from_a_file_or_standard_input(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path is read; - reads stdin."""
    path = library / "queries" / "examples" / "books-by-year.rq"
    assert run(["query", "-q", "--json", "-s", str(library), str(path)]) == 0
    assert answers(capsys) == ["Emma", "Persuasion", "Fire and Night"], "by year"
    done = subprocess.run(
        [sys.executable, "-m", "saite", "query", "-q", "--json", "-s", str(library), "-"],
        input=TITLES,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(json.loads(done.stdout)["results"]["bindings"]) == 4


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["SELECT ?x { ?x"], 1, "query:1:"),
        (["DELETE WHERE { ?s ?p ?o }"], 2, "update"),
        (["SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"], 2, "SERVICE"),
        (["nowhere.rq"], 2, "neither a query nor a file"),
        (["--name", "nothing"], 2, "There are: books-by-year, books-of-author."),
        ([], 2, "what shall be asked?"),
        (["--name", "books-by-year", "ASK {}"], 2, "what shall be asked?"),
        (["--json", "--format", "csv", "ASK {}"], 2, "two formats at once"),
        (["--format", "turtle", "SELECT * { ?s ?p ?o }"], 2, "answers with rows"),
        (["--endpoint", "http://127.0.0.1:1/", "ASK {}"], 2, "127.0.0.1:1"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    library: Path, arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each fault has its exit code, its words and no traceback; stdout stays empty."""
    assert run(["query", "-s", str(library), *arguments]) == code
    out, err = capsys.readouterr()
    assert words in err
    assert "Traceback" not in err
    assert out == ""


def test_a_reader_that_goes_away_is_no_error(library: Path, tmp_path: Path) -> None:
    """``saite query ... | head -1`` ends quietly."""
    many = tmp_path / "many.nt"
    many.write_text("".join(f"<urn:{n}> <urn:p> <urn:o{n}> .\n" for n in range(50_000)))
    command = [
        sys.executable,
        "-m",
        "saite",
        "query",
        "-q",
        "-s",
        str(many),
        "SELECT ?s ?p ?o { ?s ?p ?o }",
        "-f",
        "csv",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"s,p,o\r\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == PIPE_CLOSED
