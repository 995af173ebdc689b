"""``saite unpack``, and the other commands with an archive."""

import json
from pathlib import Path

import pytest

from saite.cli.main import run


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_packed_site_unpacks_into_the_built_folder(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Byte for byte; its name is that of the archive."""
    packed = library / "packed.zip"
    assert run(["build", str(library), "-o", str(packed)]) == 0
    assert run(["build", str(library)]) == 0
    capsys.readouterr()
    assert run(["unpack", str(packed)]) == 0
    assert capsys.readouterr().out.startswith("Unpacked ")
    assert tree(library / "packed") == tree(library / "site")
    assert run(["unpack", str(packed), "-o", str(library / "other"), "--gzip", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["out"] == str(library / "other")
    assert (library / "other" / "index.html.gz").exists()


def test_a_packed_site_answers_queries(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the built folder does, from the dump in it."""
    packed = library / "packed.zip"
    assert run(["build", str(library), "-o", str(packed), "--gzip"]) == 0
    assert run(["build", str(library)]) == 0
    capsys.readouterr()
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    counted = []
    for site in (packed, library / "site"):
        assert run(["query", "--site", str(site), text, "--format", "csv"]) == 0
        counted.append(capsys.readouterr().out)
    assert counted[0] == counted[1]


@pytest.mark.parametrize("name", ["missing.zip", "text.zip", "folder"])
def test_what_is_no_packed_site_is_told(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With how to make one; exit code 2."""
    (tmp_path / "text.zip").write_text("text")
    (tmp_path / "folder").mkdir()
    assert run(["unpack", str(tmp_path / name)]) == 2
    assert "saite build SITE -o site.zip" in capsys.readouterr().err


def test_an_archive_is_not_the_sources_of_a_site(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To build from it is refused, and so is to unpack into a name that ends as an archive's."""
    packed = library / "packed.zip"
    assert run(["build", str(library), "-o", str(packed)]) == 0
    assert run(["build", str(packed), "-o", str(library / "x")]) == 2
    assert run(["unpack", str(packed), "-o", str(library / "y.zip")]) == 2
    assert "name of a folder" in capsys.readouterr().err
