"""Bad input at the command line: a clear error with a cure, or a safe page where it is legal data; nothing lost."""

import errno
import os
import re
from pathlib import Path

import pytest

from saite.cli.main import run

PREFIX = "@prefix ex: <https://example.org/> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"

ERRORS: dict[str, tuple[str, bytes, int, tuple[str, ...]]] = {
    "syntax error": (
        "a.ttl",
        (PREFIX + 'ex:a rdfs:label "A" ;;\n  rdfs:label ex:b ex:c ex:d .\n').encode(),
        1,
        ("a.ttl:4:", "rdfs:label ex:b ex:c"),
    ),
    "wrong encoding": ("a.ttl", (PREFIX + 'ex:a rdfs:label "Café" .').encode("latin-1"), 1, ("a.ttl:3:", "UTF-8")),
    "empty file": ("a.ttl", b"", 1, ("a.ttl",)),
    "unknown format": ("a.pdf", b"%PDF-1.7 \xff\xfe", 1, ("a.pdf", ".ttl")),
    "relative IRI without base": ("a.ttl", b"<a> <b> <c> .\n", 1, ("a.ttl:1:", "base")),
    "IRI with a space": ("a.ttl", b"<https://example.org/a b> <urn:p> <urn:o> .\n", 1, ("a.ttl:1:", "%20")),
    "entity bomb": (
        "a.rdf",
        b"<!DOCTYPE r ["
        + b"".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">'.encode() for n in range(9)).replace(b"&e0;", b"ha")
        + b"]>\n"
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
        b'<rdf:Description rdf:about="urn:x"><e:p>&e9;</e:p></rdf:Description></rdf:RDF>',
        1,
        ("a.rdf", "entit"),
    ),
    "external entity": (
        "a.rdf",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
        b'<rdf:Description rdf:about="urn:x"><e:p>&x;</e:p></rdf:Description></rdf:RDF>',
        1,
        ("a.rdf", "entit"),
    ),
    "remote context": (
        "a.jsonld",
        b'{"@context": "https://schema.org/", "@id": "urn:x", "name": "x"}',
        1,
        ("a.jsonld", "https://schema.org/", "context"),
    ),
    "triple term": ("a.ttl", b"<urn:a> <urn:b> <<( <urn:s> <urn:p> <urn:o> )>> .\n", 1, ("a.ttl", "1.2")),
    "base direction": ("a.ttl", b'<urn:a> <urn:b> "x"@ar--rtl .\n', 1, ("a.ttl", "1.2")),
}


@pytest.mark.parametrize("name", ERRORS)
def test_bad_data_is_told_with_place_and_cure(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Build and check both stop with the data's exit code, name the file, and say how to mend it; nothing is made."""
    file, content, code, words = ERRORS[name]
    source = tmp_path / file
    source.write_bytes(content)
    for command in (["build", str(source), "-o", str(tmp_path / "out")], ["check", str(source)]):
        assert run(command) == code
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("error: ")
        assert "\n  -> " in err, "a cure"
        assert "Traceback" not in err
        for word in words:
            assert word in err
    assert sorted(p.name for p in tmp_path.iterdir()) == [file]


def test_an_unreadable_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder without permission is named; exit 2, for it is the environment that refuses."""
    scandir = os.scandir

    def refused(path: str | os.PathLike[str] = ".") -> object:
        if Path(path).name == "secret":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    (tmp_path / "secret").mkdir()
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    monkeypatch.setattr(os, "scandir", refused)
    assert run(["check", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert "secret" in err
    assert "Traceback" not in err


def published(tmp_path: Path, text: str) -> dict[str, str]:
    """The HTML pages of a site made from Turtle."""
    source = tmp_path / "a.ttl"
    source.write_text(PREFIX + text, encoding="utf-8")
    out = tmp_path / "out"
    assert run(["build", "-q", "--force", str(source), "-o", str(out)]) == 0
    pages = {p.relative_to(out).as_posix(): p.read_text(encoding="utf-8") for p in sorted(out.rglob("*.html"))}
    assert pages
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.ttl", "out"]
    return pages


def test_a_literal_of_a_megabyte_is_published(tmp_path: Path) -> None:
    """A long text is legal: it is in the RDF whole."""
    published(tmp_path, f'ex:a rdfs:label "A" ; rdfs:comment "{"word " * 200_000}" .')
    (turtle,) = (tmp_path / "out").rglob("a.ttl")
    assert turtle.stat().st_size > 1_000_000


def test_markup_in_literals_is_text(tmp_path: Path) -> None:
    """HTML and script in labels and texts never become markup, on any page."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    pages = published(
        tmp_path, f"ex:a a ex:T ; rdfs:label '{evil}' ; rdfs:comment '{evil}'@en . ex:T rdfs:label '{evil}' ."
    )
    for name, page in pages.items():
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name
    assert any("&lt;script&gt;alert(1)" in page for page in pages.values())


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"])
def test_iris_that_run_are_never_links(tmp_path: Path, iri: str) -> None:
    """An IRI with a scheme that a browser would run is shown as text only."""
    pages = published(tmp_path, f'ex:a rdfs:label "A" ; rdfs:seeAlso <{iri}> . <{iri}> rdfs:label "B" .')
    for name, page in pages.items():
        for link in re.findall(r"""(?:href|src|action)\s*=\s*["']?([^"'\s>]*)""", page):
            assert not link.lower().startswith(("javascript:", "data:text", "vbscript:")), name


def test_an_iri_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    """Dots, encoded dots and slashes in IRIs stay below the output folder, each IRI with a page of its own."""
    iris = [
        "https://example.org/../../../etc/passwd",
        "https://example.org/%2e%2e/%2e%2e/x",
        "https://example.org/a/..",
        "https://example.org//etc//passwd",
        "https://example.org/.saite-manifest.json",
        "https://example.org/index",
        "https://example.org/assets/x",
    ]
    text = "".join(f'<{iri}> rdfs:label "page {n}" .\n' for n, iri in enumerate(iris))
    pages = published(tmp_path, text)
    for number in range(len(iris)):
        assert any(f"<h1>page {number}</h1>" in re.sub(r"<(\w+)[^>]*>", r"<\1>", page) for page in pages.values())


def test_iris_that_would_share_a_file_each_have_their_own(tmp_path: Path) -> None:
    """Letter case, a slash at the end, encoding and 300 letters: no page overwrites another."""
    iris = [
        "https://example.org/Thing",
        "https://example.org/thing",
        "https://example.org/thing/",
        "https://example.org/thing#",
        "https://example.org/th%69ng",
        "https://example.org/" + "x" * 300,
        "https://example.org/" + "x" * 299 + "y",
    ]
    text = "".join(f'<{iri}> rdfs:label "page {n}" .\n' for n, iri in enumerate(iris))
    pages = published(tmp_path, text)
    for number in range(len(iris)):
        titled = [name for name, page in pages.items() if re.search(rf"<h1[^>]*>\s*page {number}\b", page)]
        assert titled, f"{iris[number]} has a page"


def test_a_full_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 with a cure; nothing half-written stays."""

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: full(fd, data) if len(data) > 100 else write(fd, data))
    assert run(["build", "-q", str(tmp_path / "a.ttl"), "-o", str(tmp_path / "out")]) == 2
    monkeypatch.undo()
    err = capsys.readouterr().err
    assert "no space is left on its disk" in err
    assert "-> Free some space" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.ttl"]


def test_settings_that_are_wrong_are_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown key of saite.toml is told with its line and what may have been meant; exit 2."""
    path = library / "saite.toml"
    path.write_text(path.read_text().replace("output =", "ouput ="))
    assert run(["build", str(library)]) == 2
    err = capsys.readouterr().err
    assert "saite.toml:5" in err
    assert 'Did you mean "output"?' in err


def test_a_base_can_be_given_to_every_command_that_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Relative IRIs that stop a command are resolved where --base says."""
    source = tmp_path / "a.ttl"
    source.write_text("<a> <b> <c> .")
    base = ["--base", "https://example.org/x/"]
    assert run(["check", str(source)]) == 1
    assert run(["check", str(source), *base]) == 0
    assert run(["build", "-q", str(source), "-o", str(tmp_path / "out"), *base]) == 0
    assert (tmp_path / "out" / "a.ttl").is_file()
    assert run(["info", str(source), *base]) == 0
    capsys.readouterr()
    assert run(["query", "-q", "-s", str(source), "SELECT ?s { ?s ?p ?o }", "-f", "csv", *base]) == 0
    assert capsys.readouterr().out.split() == ["s", "https://example.org/x/a"]
