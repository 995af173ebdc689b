"""``saite new`` writes a small valid site, and never over anything."""

from pathlib import Path

import pytest

from saite import config
from saite.cli.main import run


def test_a_new_site_has_all_its_rooms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings, words, facts, rules, questions and a page; the folder is told on stdout, the files on stderr."""
    folder = tmp_path / "deep" / "mysite"
    assert run(["new", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert str(folder) in out
    assert "saite serve" in out
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"saite.toml", ".gitignore", "README.md"} <= files
    assert {file.split("/")[0] for file in files if "/" in file} == {"data", "ontology", "pages", "queries", "shapes"}
    assert all(name in err for name in files)
    assert config.load(folder).title == {"en": "A small library"}


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_there_already_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """A file of that name, or a folder that holds anything, stops it with a cure."""
    folder = tmp_path / "mysite"
    if kind == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
    assert run(["new", str(folder)]) == 2
    err = capsys.readouterr().err
    assert "nothing was changed" in err
    assert "Name another folder" in err
    assert [p.read_text() for p in tmp_path.rglob("*") if p.is_file()] == ["mine"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder that was made for the site is used."""
    assert run(["new", "-q", str(tmp_path)]) == 0
    assert (tmp_path / "saite.toml").is_file()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a file stands in the way, the environment refuses."""
    (tmp_path / "file").write_text("")
    assert run(["new", str(tmp_path / "file" / "site")]) == 2
    assert "cannot write to" in capsys.readouterr().err
