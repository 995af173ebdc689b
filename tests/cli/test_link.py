"""``saite link``: from names to links that a person has accepted."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from tests.web.hosts import Page, host

from saite.cli.main import run

OTHERS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://authority.example/1> skos:prefLabel "Rainis"@lv, "Райнис"@ru .
<https://authority.example/2> skos:prefLabel "Somebody else" .
"""


@pytest.fixture
def home(library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter site in the current folder, with another file beside it."""
    (library.parent / "authority.ttl").write_text(OTHERS, "utf-8")
    monkeypatch.chdir(library.parent)
    return library


def test_the_whole_way(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Find, go through it, accept, build: the link is in the site; a second time there is nothing left to do."""
    assert run(["link", "library", "--with", "authority.ttl"]) == 0
    out = capsys.readouterr().out
    assert "candidates-authority.tsv" in out
    path = Path("candidates-authority.tsv")
    text = path.read_text("utf-8")
    assert "https://authority.example/1" in text
    assert "https://authority.example/2" not in text
    assert run(["link", "library", "--with", "authority.ttl"]) == 2
    assert "gone through it" in capsys.readouterr().err
    assert run(["link", "library", "--accept", str(path), "--by", "https://example.org/me"]) == 0
    assert "no line has yes" in capsys.readouterr().out
    path.write_text(text.replace("\n\t", "\nyes\t"), "utf-8")
    command = ["link", "library", "--accept", str(path), "--by", "https://example.org/me", "--date", "2026-11-27"]
    assert run([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"links": 1, "known": 0, "file": "library/data/links-authority.ttl"}
    assert run(["check", "-q", "library"]) == 0
    assert run(["build", "-q", "library", "-o", "out"]) == 0
    assert any("authority.example/1" in page.read_text("utf-8") for page in Path("out").rglob("*.ttl"))
    capsys.readouterr()
    assert run(command) == 0
    assert "has them all already" in capsys.readouterr().out
    assert run(["link", "library", "--with", "authority.ttl", "-o", "again.tsv"]) == 0
    assert "No candidates" in capsys.readouterr().out


def test_a_file_that_the_site_does_not_read_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else accepted links would be nowhere."""
    assert run(["link", "library", "--with", "authority.ttl", "-o", "c.tsv"]) == 0
    Path("c.tsv").write_text(Path("c.tsv").read_text("utf-8").replace("\n\t", "\nx\t"), "utf-8")
    assert run(["link", "library", "--accept", "c.tsv", "--by", "https://example.org/me", "-o", "l.ttl"]) == 0
    assert "does not read l.ttl" in capsys.readouterr().err


def test_what_was_found_before_a_service_failed_is_kept(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its fault is told, with exit 2."""
    with host() as found:

        def answers() -> Iterator[bytes]:
            if not found.bodies[-1]:
                yield b'{"name": "Fake", "identifierSpace": "https://ids.example/"}'
                return
            (text,) = parse_qs(found.bodies[-1].decode())["queries"]
            rows = {key: {"result": [{"id": "1", "name": one["query"]}]} for key, one in json.loads(text).items()}
            found.pages["/"].status = 500
            yield json.dumps(rows).encode()

        found.pages["/"] = Page(stream=answers)
        command = ["link", "library", "--with", found.url + "/", "--private-addresses", "-o", "c.tsv"]
        assert run(command) == 2
    err = capsys.readouterr().err
    assert "1 candidates that were found before that are in c.tsv" in err
    assert "status 500" in err
    assert len(Path("c.tsv").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--with"),
        (["--with", "authority.ttl", "--accept", "c.tsv"], "--accept"),
        (["--with", "missing.ttl"], "there is no file"),
        (["--accept", "missing.tsv"], "there is no file"),
        (["--with", "authority.ttl", "--class", "lib:Nothing"], "no entities"),
        (["--with", "http://127.0.0.1:9/"], "--private-addresses"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    home: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a cure, and no traceback."""
    assert run(["link", "library", *arguments]) in (1, 2)
    err = capsys.readouterr().err
    assert message in err
    assert "Traceback" not in err
