"""``saite build``: what it writes, what it refuses, and how it says so."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from saite import manifest
from saite.cli.main import run
from saite.output import claim, is_ours

Edit = Callable[[str, str, str], None]

BROKEN = ("data/books.ttl", "lib:author <https://example.org/library/id/author/rainis> ;", "")
"""An edit that takes a book's author away: a violation."""
DOUBTFUL = ("data/books.ttl", '"1815"^^xsd:gYear', '"1815"')
"""An edit that makes a year a text: a warning."""


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_starter_site_is_published_without_findings(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The site of ``saite new`` builds into its site/ folder; one line on stdout, nothing on a piped stderr."""
    assert run(["build", str(library)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Published ")
    assert out.endswith(f"in {library / 'site'}.\n")
    assert err == ""
    files = tree(library / "site")
    for name in ("index.html", "book/emma.html", "book/emma.ttl", "book/emma.jsonld", "book/emma.nt", "book/emma.rdf"):
        assert name in files
    assert is_ours(library / "site")


def test_the_result_is_told_as_json(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json gives counts for programs."""
    assert run(["build", "--json", str(library), "-o", str(library / "public")]) == 0
    result = json.loads(capsys.readouterr().out)
    files = tree(library / "public")
    assert result["out"] == str((library / "public").resolve())
    assert result["files"] == len(files) - 1
    assert result["bytes"] == sum(len(data) for name, data in files.items() if name != manifest.FILE_NAME)
    assert result["kept"] == 0
    assert result["checked"] is True


def test_quiet_says_only_the_result(library: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """-q leaves the findings out too; they are in the report."""
    edit(*DOUBTFUL)
    assert run(["build", "-q", str(library)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Published ")
    assert err == ""


def test_a_violation_stops_the_build_before_anything_is_written(
    library: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old site stays; the finding is told with file, line and cure; exit 1; --force publishes all the same."""
    run(["build", "-q", str(library)])
    before = tree(library / "site")
    edit(*BROKEN)
    capsys.readouterr()
    assert run(["build", str(library)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "data/books.ttl:13" in err
    assert "A book needs an author" in err
    assert "Add lib:author" in err
    assert "nothing was published: the data has 1 violation" in err
    assert "--force" in err
    assert tree(library / "site") == before
    assert run(["build", "--force", str(library)]) == 0
    out, err = capsys.readouterr()
    assert "A book needs an author" in err
    assert tree(library / "site") != before


def test_no_check_does_not_look(library: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """--no-check publishes without judging."""
    edit(*BROKEN)
    assert run(["build", "--no-check", str(library)]) == 0
    assert capsys.readouterr().err == ""


def test_warnings_stop_where_asked(library: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """--fail-on warning, and fail-on in saite.toml, make a warning stop the build."""
    edit(*DOUBTFUL)
    assert run(["build", str(library)]) == 0
    assert run(["build", str(library), "--fail-on", "warning"]) == 1
    assert "the data has 1 warning" in capsys.readouterr().err
    edit("saite.toml", 'fail-on = "violation"', 'fail-on = "warning"')
    assert run(["build", str(library)]) == 1
    assert run(["build", str(library), "--fail-on", "violation"]) == 0


def test_one_file_is_published_where_it_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A single file needs -o; with it, it needs no settings."""
    source = library / "data" / "books.ttl"
    assert run(["build", str(source)]) == 2
    err = capsys.readouterr().err
    assert "where shall the site go?" in err
    assert f"saite build {source} -o site" in err
    out = library.parent / "out"
    assert run(["build", str(source), "-o", str(out)]) == 0
    assert (out / "index.html").is_file()


def test_a_folder_that_is_not_ours_is_never_wiped(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Building into a folder with other files stops with a cure; exit 2."""
    before = tree(library)
    assert run(["build", str(library), "-o", str(library / "data")]) == 2
    err = capsys.readouterr().err
    assert "holds files that Saite did not make; nothing was changed" in err
    assert "-> Name another folder with -o" in err
    assert tree(library) == before


def test_a_built_site_is_not_a_source(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Naming the output by mistake is told."""
    run(["build", "-q", str(library)])
    assert run(["build", str(library / "site")]) == 2
    assert "is a site that Saite built" in capsys.readouterr().err


def test_a_second_build_is_refused(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While one process builds, another is told so, with the process's number; exit 2."""
    with claim(library / "site"):
        assert run(["build", str(library)]) == 2
    err = capsys.readouterr().err
    assert f"another build is writing to {library / 'site'} (process {os.getpid()} " in err


def test_a_terminal_shows_progress(library: Path) -> None:
    """On a terminal stderr has a bar with counts; stdout stays clean."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "saite", "build", str(library)], stdout=subprocess.PIPE, stderr=theirs, text=True
    )
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            shown += os.read(ours, 4096)
        except OSError:  # the other end was closed
            break
    out, _ = process.communicate(timeout=30)
    os.close(ours)
    assert process.returncode == 0
    assert b"Checking shapes ..." in shown
    assert b"Publishing" in shown
    assert b"/" in shown.partition(b"Publishing")[2], "counts: done/total"
    assert out.startswith("Published ")


def test_a_killed_build_is_recovered_by_the_next(library: Path, edit: Edit) -> None:
    """SIGKILL while the command stages or swaps: the old or the new site is whole, and nothing is left by the next."""
    assert run(["build", "-q", str(library)]) == 0
    old = tree(library / "site")
    edit("data/books.ttl", '"Emma"@en', '"Emma, a novel"@en')
    staging = library / ".site.saite-new"
    for delay in (0.0, 0.02, 0.1):
        with subprocess.Popen([sys.executable, "-m", "saite", "build", "-q", str(library)]) as process:
            while not staging.exists() and process.poll() is None:
                time.sleep(0.002)
            time.sleep(delay)
            process.kill()
        found = tree(library / "site")
        assert found == old or "Emma, a novel" in found["book/emma.html"].decode()
    assert run(["build", "-q", str(library)]) == 0
    assert "Emma, a novel" in (library / "site" / "book" / "emma.html").read_text(encoding="utf-8")
    assert [path.name for path in library.iterdir() if path.name.startswith(".site")] == []


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    """A build interrupted in the middle ends with 130, without a traceback, and removes what it staged."""
    source = tmp_path / "many.nt"
    with source.open("w") as lines:
        for number in range(30_000):
            lines.write(f'<https://example.org/{number}> <http://www.w3.org/2000/01/rdf-schema#label> "{number}" .\n')
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "saite", "build", "--no-check", str(source), "-o", str(out)],
        stderr=subprocess.PIPE,
        text=True,
    )
    staging = tmp_path / ".out.saite-new"
    deadline = time.monotonic() + 60
    while not staging.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["many.nt"]
