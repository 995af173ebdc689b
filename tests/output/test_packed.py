"""The archive door: one file, whole or not at all, the same bytes however it was made."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from saite import manifest, output
from saite.artifact import Artifact
from saite.errors import DataError, UsageError
from saite.output import claim, is_ours, unpacked, write_site

SCRIPT = Path(__file__).with_name("together.py")
TEXT = "text/plain; charset=utf-8"


def site() -> list[Artifact]:
    """Files small and large, of which some are worth compressing."""
    large = b"0123456789abcdef" * (1 << 17)
    return [
        Artifact("b/x.lv.html", "text/html; charset=utf-8", b"<p>x</p>" * 200, "b/x", "lv", "2020-01-02"),
        Artifact("a.nq", "application/n-quads", lambda: iter([large[:1000], large[1000:]])),
        Artifact("Āķis.txt", TEXT, "ķ".encode() * 900),
        Artifact("mark.png", "image/png", b"\x89PNG" * 300),
        Artifact("empty.txt", TEXT, b""),
        Artifact(".saite-names", "application/json", b'{"a":1}\n' * 200),
    ]


def together(folder: Path, scenario: str, jobs: int, *more: str) -> dict[str, Any]:
    """What comes of a scenario with some processes."""
    folder.mkdir()
    command = [sys.executable, "-W", "error", str(SCRIPT), str(folder), scenario, str(jobs), "packed", *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, start_new_session=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def content(artifact: Artifact) -> bytes:
    """What a file holds."""
    return b"".join(artifact.chunks())


@pytest.mark.parametrize("gzip", [False, True])
def test_other_programs_read_an_archive(tmp_path: Path, gzip: bool) -> None:
    """Each artifact is a member, texts are deflated if that is wanted; the manifest is one too."""
    out = tmp_path / "deep" / "site.zip"
    written = write_site(out, site(), gzip=gzip)
    with zipfile.ZipFile(out) as found:
        assert found.testzip() is None
        assert found.namelist()[0] == manifest.FILE_NAME
        for artifact in site():
            assert found.read(artifact.path) == content(artifact)
        squeezed = {info.filename for info in found.infolist() if info.compress_type == zipfile.ZIP_DEFLATED}
        assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert squeezed == ({"b/x.lv.html", "Āķis.txt"} if gzip else set())
    assert (written.files, written.kept) == (6, 0)
    assert written.bytes == sum(len(content(artifact)) for artifact in site())
    assert [path.name for path in out.parent.iterdir()] == ["site.zip"]
    assert is_ours(out)


@pytest.mark.parametrize("gzip", [False, True])
def test_an_archive_is_the_folder_that_it_unpacks_into(tmp_path: Path, gzip: bool) -> None:
    """Byte for byte, the manifest too, in whatever order the artifacts came."""
    write_site(tmp_path / "a.zip", site(), gzip=gzip)
    write_site(tmp_path / "b.zip", reversed(site()), gzip=gzip)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    write_site(tmp_path / "plain", site(), gzip=True)
    write_site(tmp_path / "unpacked", unpacked(tmp_path / "a.zip"), gzip=True)

    def tree(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert tree(tmp_path / "plain") == tree(tmp_path / "unpacked")


def test_several_processes_make_the_same_archive(tmp_path: Path) -> None:
    """Whoever made which piece, and however often another took over."""
    made = []
    for folder, jobs, more in (("one", 1, ""), ("two", 2, ""), ("three", 3, "short")):
        assert together(tmp_path / folder, "ordinary", jobs, more)["files"] == 121
        made.append((tmp_path / folder / "site.zip").read_bytes())
    assert made[0] == made[1] == made[2]
    with zipfile.ZipFile(io.BytesIO(made[0])) as found:
        assert found.testzip() is None


@pytest.mark.parametrize("scenario", ["data_fault", "our_fault", "streamed_fault", "bad_path", "clash"])
def test_errors_are_those_of_one_process(tmp_path: Path, scenario: str) -> None:
    """And the old archive stays."""
    told = []
    for jobs in (1, 2):
        told.append(together(tmp_path / str(jobs), scenario, jobs)["error"])
        assert [entry.path for entry in output.entries(tmp_path / str(jobs) / "site.zip")] == ["old.txt"]
    assert told[0] == told[1]


def test_a_process_that_dies_ends_the_build(tmp_path: Path) -> None:
    """Nothing is left of it but the old archive."""
    assert "ended by SIGKILL" in together(tmp_path / "x", "killed", 2)["error"]
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["site.zip"]


def test_what_stands_there_is_replaced_only_if_it_is_ours(tmp_path: Path) -> None:
    """A folder, a file, another archive stay as they are; an archive of ours gives way."""
    (tmp_path / "folder.zip").mkdir()
    (tmp_path / "text.zip").write_bytes(b"text")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("a", "b")
    for name in ("folder", "text", "other"):
        with pytest.raises(UsageError, match="nothing was changed"):
            write_site(tmp_path / f"{name}.zip", site())
    assert (tmp_path / "text.zip").read_bytes() == b"text"
    out = tmp_path / "site.zip"
    write_site(out, site())
    write_site(out, site()[:1])
    assert [entry.path for entry in output.entries(out)] == ["b/x.lv.html"]


def test_a_build_that_fails_leaves_the_old_archive(tmp_path: Path) -> None:
    """Two files of one path, a path that leads elsewhere, and what breaks while it is made."""
    out = tmp_path / "site.zip"
    write_site(out, site())
    before = out.read_bytes()

    def broken() -> Iterator[bytes]:
        yield b"one"
        raise DataError("it broke", cure="Mend it.")

    for artifacts in (
        [*site(), Artifact("A.nq", TEXT, b"")],
        [*site(), Artifact("empty.txt/x", TEXT, b"")],
        [Artifact("../x", TEXT, b"")],
        [Artifact("x", TEXT, broken)],
    ):
        with pytest.raises(DataError):
            write_site(out, artifacts)
        assert out.read_bytes() == before
        assert [path.name for path in tmp_path.iterdir()] == ["site.zip"]


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    """The hidden neighbour goes at the next build; the archive is whole at every moment."""
    (tmp_path / ".site.zip.saite-new").mkdir()
    (tmp_path / ".site.zip.saite-new" / "12").write_bytes(b"part")
    with claim(tmp_path / "site.zip") as place:
        place.write(site(), durable=False)
    assert [path.name for path in tmp_path.iterdir()] == ["site.zip"]


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    """A member that is not what it was, a file that is cut short."""
    out = tmp_path / "site.zip"
    write_site(out, site())
    whole = bytearray(out.read_bytes())
    entry = next(entry for entry in output.entries(out) if entry.path == "mark.png")
    whole[entry.member[0] + 5] ^= 1
    out.write_bytes(whole)
    with pytest.raises(DataError, match="damaged"):
        list(unpacked(out))
    out.write_bytes(whole[:-1])
    assert not is_ours(out)
    with pytest.raises(DataError, match="damaged"):
        list(unpacked(out))


def test_files_of_an_archive_are_opened_one_by_one(tmp_path: Path) -> None:
    """Small and large ones, compressed or not, as files that can be read anew."""
    for gzip in (False, True):
        out = tmp_path / "site.zip"
        write_site(out, site(), gzip=gzip)
        found = {entry.path: entry for entry in output.entries(out)}
        for artifact in site():
            with output.opened(out, found[artifact.path]) as file:
                assert file.read() == content(artifact)
                file.seek(0)
                assert file.read(3) == content(artifact)[:3]
