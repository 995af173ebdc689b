"""Relative IRIs in files that nobody wrote for Saite: a file's own address is its base (RFC 3986 section 5.1.3)."""

from pathlib import Path

import pytest

from saite.cli.main import run
from saite.config import Config
from saite.graph import load

BASE = "https://example.org/tests/"
SAYS = "<> a <http://example.org/ns#Manifest> ; <http://example.org/ns#data> <data> .\n"


def subjects(target: Path, config: Config) -> set[str]:
    """The IRIs that are subjects in what is read."""
    store, _ = load(target, config)
    return {str(quad.subject).strip("<>") for quad in store.quads()}


def test_files_of_a_folder_lie_below_its_base(tmp_path: Path) -> None:
    """Two files that speak of themselves (<>) stay two things, and their neighbours too."""
    for name in ("core", "core/a b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.ttl").write_text(SAYS)
    store, _ = load(tmp_path, Config(root=tmp_path, base=BASE))
    terms = {str(term).strip("<>") for quad in store.quads() for term in (quad.subject, quad.object)}
    assert terms == {
        "http://example.org/ns#Manifest",
        BASE + "core/manifest.ttl",
        BASE + "core/data",
        BASE + "core/a%20b/manifest.ttl",
        BASE + "core/a%20b/data",
    }


def test_the_base_of_one_file_is_what_was_given(tmp_path: Path) -> None:
    """Who names one file names its base too."""
    (tmp_path / "a.ttl").write_text(SAYS)
    assert subjects(tmp_path / "a.ttl", Config(root=tmp_path, base=BASE)) == {BASE}


def test_the_files_of_a_site_share_its_base(tmp_path: Path) -> None:
    """In a folder with settings, relative IRIs are relative to the base that they name, wherever the file lies."""
    (tmp_path / "data").mkdir()
    (tmp_path / "saite.toml").write_text(f'base = "{BASE}"\n')
    (tmp_path / "data" / "a.ttl").write_text("<id/x> a <http://example.org/ns#Thing> .\n")
    assert subjects(tmp_path, Config(root=tmp_path, base=BASE)) == {BASE + "id/x"}


def test_a_hash_base_is_shared(tmp_path: Path) -> None:
    """A base that ends in # has nothing below it."""
    (tmp_path / "a.ttl").write_text("<#x> a <#Thing> .\n")
    assert subjects(tmp_path, Config(root=tmp_path, base="https://example.org/ns#")) == {"https://example.org/ns#x"}


def test_the_cure_for_a_missing_base_works_without_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who has no saite.toml is told of --base."""
    (tmp_path / "a.ttl").write_text(SAYS)
    assert run(["build", str(tmp_path / "a.ttl"), "-o", str(tmp_path / "out")]) == 1
    assert "--base" in capsys.readouterr().err
