"""Parts of a site that are made apart: joined, they are the whole to the byte; what does not fit is refused."""

from pathlib import Path

import pytest
from benchmarks.generate import write

from saite import starter
from saite.cli.main import run
from saite.errors import DataError, UsageError
from saite.merging import merge
from saite.output import entries, is_ours
from saite.part import FILE_NAME, Shard
from saite.pipeline import Options, build


@pytest.fixture(scope="module", params=["starter", "generated"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with pages, queries and tables; or a few hundred resources without settings."""
    folder = tmp_path_factory.mktemp("shards") / "site"
    if request.param == "starter":
        starter.write(folder)
    else:
        folder.mkdir()
        write(folder / "data.nt", 400)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """All files by their paths."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def parts(site: Path, folder: Path, of: int, *, gzip: bool = False) -> list[Path]:
    """All parts of a site, each made with another number of processes."""
    made = []
    for number in range(1, of + 1):
        path = folder / f"part-{number}.zip"
        build(site, path, Options(shard=Shard(number, of), jobs=1 + number % 2, durable=False, gzip=gzip))
        made.append(path)
    return made


@pytest.mark.parametrize(("of", "gzip"), [(1, True), (3, False)])
def test_the_union_of_all_parts_is_the_whole(site: Path, tmp_path: Path, of: int, gzip: bool) -> None:
    """As a folder and as an archive, byte for byte; the order in which parts are named does not matter."""
    options = Options(gzip=gzip, durable=False)
    made = parts(site, tmp_path, of, gzip=gzip)
    merge(site, made[::-1], tmp_path / "joined", options)
    build(site, tmp_path / "whole", options)
    joined = contents(tmp_path / "joined")
    assert joined == contents(tmp_path / "whole")
    assert FILE_NAME not in joined
    merge(site, made, tmp_path / "joined.zip", options)
    build(site, tmp_path / "whole.zip", options)
    assert (tmp_path / "joined.zip").read_bytes() == (tmp_path / "whole.zip").read_bytes()


def test_a_part_depends_on_its_number_alone(site: Path, tmp_path: Path) -> None:
    """Not on how many processes made it, and no file is in two parts."""
    first, second = parts(site, tmp_path, 2)
    build(site, tmp_path / "again.zip", Options(shard=Shard(1, 2), jobs=2, durable=False))
    assert (tmp_path / "again.zip").read_bytes() == first.read_bytes()
    names = [{entry.path for entry in entries(part)} for part in (first, second)]
    assert names[0] & names[1] == {FILE_NAME}
    assert min(map(len, names)) > 5


def test_what_is_not_all_of_one_site_is_refused(site: Path, tmp_path: Path) -> None:
    """A missing part, one named twice, a whole site, no archive; nothing is written."""
    first, second = parts(site, tmp_path, 2)
    build(site, tmp_path / "whole.zip", Options(durable=False))
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    for named, message in (
        ([first], "there is no part 2/2"),
        ([first, second, first], "are both part 1/2"),
        ([first, tmp_path / "whole.zip"], "it is a whole site"),
        ([first, tmp_path / "text.zip"], "no archive that Saite made"),
        ([first, tmp_path / "nothing.zip"], "no archive that Saite made"),
    ):
        with pytest.raises(UsageError, match=message) as caught:
            merge(site, named, tmp_path / "joined", Options(durable=False))
        assert caught.value.cure
    assert not (tmp_path / "joined").exists()


def test_parts_of_different_builds_are_refused(site: Path, tmp_path: Path) -> None:
    """The data have changed since, or another option was given."""
    made = parts(site, tmp_path, 2)
    with pytest.raises(DataError, match="other files, or with other options"):
        merge(site, made, tmp_path / "joined", Options(check=True, gzip=True, durable=False))
    more = site / "more.ttl"
    more.write_text("<https://example.org/more> a <https://example.org/More> .\n", encoding="utf-8")
    try:
        with pytest.raises(DataError, match="other files, or with other options"):
            merge(site, made, tmp_path / "joined", Options(durable=False))
    finally:
        more.unlink()
    assert not (tmp_path / "joined").exists()


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "x/3", "1/", "1/2/3", "-1/2", "1/0"])
def test_only_a_part_of_a_whole_is_a_shard(text: str) -> None:
    """What people may write by mistake."""
    with pytest.raises(UsageError, match="no part of a whole"):
        Shard.read(text)


def test_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As on several machines; a part goes into an archive and nowhere else."""
    site = tmp_path / "site"
    starter.write(site)
    for number in (1, 2):
        assert run(["build", str(site), "--shard", f"{number}/2", "-o", str(tmp_path / f"{number}.zip")]) == 0
    assert "part 2/2" in capsys.readouterr().out
    assert run(["merge", str(site), *(str(tmp_path / f"{n}.zip") for n in (1, 2)), "-o", str(tmp_path / "out")]) == 0
    assert is_ours(tmp_path / "out")
    assert run(["build", str(site), "--shard", "1/2", "-o", str(tmp_path / "folder")]) == 2
    assert "goes into an archive" in capsys.readouterr().err
