"""A build that would make what is there already is none; whatever may matter makes it one."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from saite import starter
from saite.again import LastBuild
from saite.cli.main import run
from saite.pipeline import Options, build

OPTIONS = Options(durable=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, built; not to be changed."""
    folder = tmp_path_factory.mktemp("unchanged") / "mysite"
    starter.write(folder)
    assert LastBuild(folder, None, OPTIONS).result() is None
    made(folder)
    return folder


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of it, with the times of its files, that is known as built."""
    folder = tmp_path / "mysite"
    shutil.copytree(built, folder)
    LastBuild(folder, None, OPTIONS).keep({"files": 200})
    assert LastBuild(folder, None, OPTIONS).result() is not None
    return folder


def made(site: Path, out: Path | None = None, options: Options = OPTIONS) -> None:
    """Build and remember."""
    last = LastBuild(site, out, options)
    written = build(site, out, options).written
    last.keep({"files": written.files})


def test_what_was_built_is_known(site: Path) -> None:
    """As a folder and as an archive; how many processes would work, does not matter."""
    known = LastBuild(site, None, Options(jobs=3)).result()
    assert known is not None
    assert known["files"] > 100
    _append("data/books.ttl")(site)
    made(site)
    assert LastBuild(site, None, OPTIONS).result() is not None
    made(site, site.parent / "out.zip")
    assert LastBuild(site, site.parent / "out.zip", OPTIONS).result() is not None
    assert LastBuild(site, None, OPTIONS).result() is None  # the last build went elsewhere


def _append(path: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        with (site / path).open("a", encoding="utf-8") as file:
            file.write("\n")

    return change


def _edit_of_same_length(site: Path) -> None:
    page = next((site / "site").rglob("*.ttl"))
    text = page.read_text(encoding="utf-8")
    page.write_text(text.swapcase(), encoding="utf-8")
    later = (site / "site" / ".saite-manifest.json").stat().st_mtime_ns + 1
    os.utime(page, ns=(later, later))


CHANGES: dict[str, Callable[[Path], object]] = {
    "data": _append("data/books.ttl"),
    "settings": _append("saite.toml"),
    "a new file": lambda site: (site / "data" / "more.ttl").write_text("<https://e/s> a <https://e/C> ."),
    "a file less": lambda site: next((site / "shapes").glob("*")).unlink(),
    "an edited page": _edit_of_same_length,
    "a page less": lambda site: next((site / "site").rglob("*.html")).unlink(),
    "a page cut": lambda site: next((site / "site").rglob("*.html")).write_text(""),
    "no memory": lambda site: (site / ".saite" / "last-build.json").unlink(),
    "a broken memory": lambda site: (site / ".saite" / "last-build.json").write_text("{"),
    "another memory": lambda site: (site / ".saite" / "last-build.json").write_text("[]"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_built(site: Path, change: str) -> None:
    """What goes in, what came out, and what was remembered."""
    CHANGES[change](site)
    assert LastBuild(site, None, OPTIONS).result() is None


@pytest.mark.parametrize(
    "options",
    [Options(gzip=True), Options(base="https://example.com/"), Options(check=False), Options(force=True)],
    ids=["gzip", "base", "check", "force"],
)
def test_other_options_are_another_build(site: Path, options: Options) -> None:
    """Each may be seen in the result."""
    assert LastBuild(site, None, options).result() is None


def test_a_folder_that_is_no_site_any_more_is_not_what_was_built(site: Path) -> None:
    """A build then says what is wrong with it."""
    (site / "site" / ".saite-manifest.json").unlink()
    assert LastBuild(site, None, OPTIONS).result() is None


def test_what_stands_in_the_folder_besides_does_not_matter(site: Path) -> None:
    """Files of others in the built site, and hidden ones beside the sources."""
    (site / "site" / "CNAME").write_text("example.org", encoding="utf-8")
    (site / ".notes").write_text("mine", encoding="utf-8")
    assert LastBuild(site, None, OPTIONS).result() is not None


def test_folders_that_are_linked_are_looked_into(site: Path) -> None:
    """And a link that leads in a circle does no harm."""
    elsewhere = site.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "more.ttl").write_text("<https://e/s> a <https://e/C> .", encoding="utf-8")
    (site / "data" / "linked").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(site / "data")
    LastBuild(site, None, OPTIONS).keep({})
    assert LastBuild(site, None, OPTIONS).result() is not None
    _append("data/linked/more.ttl")(site)
    assert LastBuild(site, None, OPTIONS).result() is None


def test_a_file_without_settings_is_always_built(tmp_path: Path) -> None:
    """Beside it nothing is to be kept."""
    data = tmp_path / "data.ttl"
    data.write_text("<https://e/s> a <https://e/C> .", encoding="utf-8")
    last = LastBuild(data, tmp_path / "out", OPTIONS)
    build(data, tmp_path / "out", OPTIONS)
    last.keep({})
    assert not (tmp_path / ".saite").exists()
    assert last.result() is None


def test_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second build says that it is none, with what the first has told; --fresh builds."""
    folder = tmp_path / "mysite"
    starter.write(folder)
    manifest = folder / "site" / ".saite-manifest.json"

    def told(*arguments: object) -> str:
        assert run(["build", str(folder), *map(str, arguments)]) == 0
        return capsys.readouterr().out

    first = json.loads(told("--json"))
    before = manifest.stat().st_ino
    second = json.loads(told("--json"))
    assert (first["unchanged"], second["unchanged"]) == (False, True)
    assert {**second, "unchanged": False} == first
    assert manifest.stat().st_ino == before
    assert "Nothing has changed" in told()
    assert "Published" in told("--fresh")
    assert manifest.stat().st_ino != before
