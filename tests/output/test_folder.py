"""The folder door: staged, swapped whole, pruned, with a manifest; and nothing lost."""

import errno
import gzip
import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from saite import manifest
from saite.artifact import Artifact
from saite.errors import DataError, EnvironmentFault, UsageError
from saite.output import claim, is_ours, kernel, recover, write_site


def artifact(path: str, text: str = "text", document: str = "") -> Artifact:
    """A small text file."""
    return Artifact(path, "text/plain; charset=utf-8", text.encode(), document)


def tree(out: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def entries(out: Path) -> list[manifest.Entry]:
    """The entries of a folder's manifest."""
    with (out / manifest.FILE_NAME).open("rb") as lines:
        return list(manifest.read(lines))


def neighbours(out: Path) -> list[str]:
    """What stands beside a folder."""
    return sorted(p.name for p in out.parent.iterdir() if p != out)


def test_artifacts_become_files_with_a_sorted_manifest(tmp_path: Path) -> None:
    """Each artifact is a file; the manifest tells path, type, document, language, digest, length and date."""
    out = tmp_path / "deep" / "site"
    page = Artifact("b/x.lv.html", "text/html; charset=utf-8", b"<p>", "b/x", "lv", "2020-01-02")
    streamed = Artifact("a.nq", "application/n-quads", lambda: iter([b"one ", b"two"]))
    written = write_site(out, [page, streamed])
    assert (out / "b/x.lv.html").read_bytes() == b"<p>"
    assert (out / "a.nq").read_bytes() == b"one two"
    assert entries(out) == [
        manifest.Entry("a.nq", "application/n-quads", hashlib.sha256(b"one two").hexdigest(), 7),
        manifest.Entry(
            "b/x.lv.html", page.media_type, hashlib.sha256(b"<p>").hexdigest(), 3, "b/x", "lv", "2020-01-02"
        ),
    ]
    assert (written.files, written.bytes, written.kept) == (2, 10, 0)
    assert neighbours(out) == []


def test_order_of_artifacts_does_not_show(tmp_path: Path) -> None:
    """The same artifacts in another order give the same bytes, manifest included."""
    artifacts = [artifact(f"{kind}/{n}.html", f"{kind}{n}") for kind in "ab" for n in range(5)]
    write_site(tmp_path / "one", artifacts)
    write_site(tmp_path / "two", reversed(artifacts))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_what_is_no_longer_made_is_pruned(tmp_path: Path) -> None:
    """Files and folders of the last build that this one does not make are gone."""
    out = tmp_path / "site"
    write_site(out, [artifact("old/page.html"), artifact("index.html")])
    write_site(out, [artifact("index.html", "again")])
    assert set(tree(out)) == {"index.html", manifest.FILE_NAME}
    assert not (out / "old").exists()


def test_files_put_there_by_hand_are_kept(tmp_path: Path) -> None:
    """CNAME, an empty folder, a link and a repository in a built site survive the next builds."""
    out = tmp_path / "site"
    write_site(out, [artifact("index.html"), artifact("kind/a.html")])
    (out / "CNAME").write_text("example.org")
    (out / ".git" / "refs").mkdir(parents=True)
    (out / ".git" / "HEAD").write_text("ref")
    (out / "kind" / "note.txt").write_text("mine")
    (out / "link").symlink_to("CNAME")
    for _ in range(2):
        written = write_site(out, [artifact("index.html", "2")])
        assert written.kept == 4
    assert (out / "CNAME").read_text() == "example.org"
    assert (out / ".git" / "HEAD").read_text() == "ref"
    assert (out / ".git" / "refs").is_dir()
    assert (out / "kind" / "note.txt").read_text() == "mine"
    assert not (out / "kind" / "a.html").exists()
    assert (out / "link").is_symlink()


def test_files_are_kept_where_hard_links_are_not_to_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system without hard links the kept files are copied."""

    def no_links(*args: object, **options: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    out = tmp_path / "site"
    write_site(out, [artifact("index.html")])
    (out / "CNAME").write_text("example.org")
    monkeypatch.setattr(os, "link", no_links)
    assert write_site(out, [artifact("index.html")]).kept == 1
    assert (out / "CNAME").read_text() == "example.org"


@pytest.mark.parametrize("path", ["robots.txt", "robots.txt/inner.html"])
def test_a_file_put_there_by_hand_is_never_overwritten(tmp_path: Path, path: str) -> None:
    """If the site comes to have a file of the same name, the build stops and says so."""
    out = tmp_path / "site"
    write_site(out, [artifact("index.html")])
    (out / "robots.txt").write_text("mine")
    before = tree(out)
    with pytest.raises(UsageError, match=r"robots\.txt was not made by Saite"):
        write_site(out, [artifact("index.html"), artifact(path)])
    assert tree(out) == before
    assert neighbours(out) == []


def test_a_folder_that_is_not_ours_is_never_wiped(tmp_path: Path) -> None:
    """No manifest, not empty: refused, with a cure, and nothing has changed."""
    out = tmp_path / "photos"
    out.mkdir()
    (out / "wedding.jpg").write_bytes(b"precious")
    with pytest.raises(UsageError, match="did not make; nothing was changed") as caught:
        write_site(out, [artifact("index.html")])
    assert "-o" in caught.value.cure
    assert tree(out) == {"wedding.jpg": b"precious"}
    assert neighbours(out) == []


def test_a_folder_with_somebody_elses_manifest_is_not_ours(tmp_path: Path) -> None:
    """A file that only bears the manifest's name does not open the folder."""
    out = tmp_path / "site"
    out.mkdir()
    (out / manifest.FILE_NAME).write_text("{}")
    assert not is_ours(out)
    with pytest.raises(UsageError, match="did not make"):
        write_site(out, [artifact("index.html")])


def test_a_damaged_manifest_stops_the_build(tmp_path: Path) -> None:
    """If the manifest is cut off, nobody can tell whose the files are: nothing is replaced."""
    out = tmp_path / "site"
    write_site(out, [artifact(f"{n}.html") for n in range(3)])
    listed = out / manifest.FILE_NAME
    listed.write_bytes(listed.read_bytes()[:-3])
    before = tree(out)
    with pytest.raises(UsageError, match="damaged"):
        write_site(out, [artifact("index.html")])
    assert tree(out) == before


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    """A folder that somebody made for the site is taken, with its permissions."""
    out = tmp_path / "site"
    out.mkdir(mode=0o750)
    write_site(out, [artifact("index.html")])
    assert is_ours(out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o750


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """The folder behind a symbolic link is replaced, not the link."""
    (tmp_path / "real").mkdir()
    link = tmp_path / "www"
    link.symlink_to("real")
    write_site(link, [artifact("index.html")])
    assert link.is_symlink()
    assert (tmp_path / "real" / "index.html").exists()


def test_a_file_is_not_an_output_folder(tmp_path: Path) -> None:
    """The output folder's name may be a file's by mistake."""
    out = tmp_path / "site"
    out.write_text("text")
    with pytest.raises(UsageError, match="is a file"):
        write_site(out, [artifact("index.html")])
    assert out.read_text() == "text"


def test_the_root_is_not_an_output_folder() -> None:
    """The root of the file system has no place beside it where a site could be staged."""
    with pytest.raises(UsageError, match="cannot be an output folder"):
        write_site(Path("/"), [])


def test_a_mount_point_is_refused_with_a_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mount point (a container's volume) cannot be renamed; the message names a folder below it."""
    out = tmp_path / "volume"
    out.mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda self: self == out)
    with pytest.raises(EnvironmentFault, match="mount point") as caught:
        write_site(out, [artifact("index.html")])
    assert str(out / "site") in caught.value.cure


CLASHES = [
    ("x/a.html", "x/a.html", "two files would be one"),
    ("x/A.html", "x/a.html", "two files would be one"),
    ("x/stra\u00dfe.html", "x/STRASSE.html", "two files would be one"),
    ("x/\u0101.html", "x/a\u0304.html", "two files would be one"),
    ("x/a", "x/a/b.html", "a file would be a folder too"),
    ("x/a/b.html", "x/a", "a file would be a folder too"),
    ("x/A", "x/a/b.html", "a file would be a folder too"),
    ("x/a/b/c.html", "x/a", "a file would be a folder too"),
]


@pytest.mark.parametrize(("one", "other", "message"), CLASHES)
def test_two_artifacts_that_share_a_file_stop_the_build(tmp_path: Path, one: str, other: str, message: str) -> None:
    """Equal paths, paths equal but for case or composition, and file against folder: named both, nothing visible."""
    out = tmp_path / "site"
    write_site(out, [artifact("index.html")])
    before = tree(out)
    with pytest.raises(DataError, match=message) as caught:
        write_site(out, [artifact(one, document="one"), artifact("x/between.html"), artifact(other, document="two")])
    assert one in caught.value.message
    assert other in caught.value.message
    assert "'one'" in caught.value.message
    assert "'two'" in caught.value.message
    assert tree(out) == before
    assert neighbours(out) == []


BAD_PATHS = ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a\\b", "a\nb", "a\0b", "\ud800", "x" * 256]


@pytest.mark.parametrize("path", [*BAD_PATHS, manifest.FILE_NAME, manifest.FILE_NAME.upper()])
def test_a_path_that_is_not_one_file_below_the_root_is_refused(tmp_path: Path, path: str) -> None:
    """Nothing is ever written outside the output folder, nor over the manifest."""
    out = tmp_path / "site"
    with pytest.raises(DataError, match="cannot write the file") as caught:
        write_site(out, [artifact(path, document="the-document")])
    assert "the-document" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_an_error_while_rendering_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """A renderer that fails half-way is told as it is, and the old site stays."""

    def rendered() -> Iterator[Artifact]:
        yield artifact("index.html", "new")
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "logo.svg")

    out = tmp_path / "site"
    write_site(out, [artifact("index.html", "old")])
    with pytest.raises(FileNotFoundError, match=r"logo\.svg"):
        write_site(out, rendered())
    assert (out / "index.html").read_text() == "old"
    assert neighbours(out) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_full_disk_is_told_and_nothing_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """When the disk refuses in the middle of a file: a clear message, the old site whole, the staging removed."""
    out = tmp_path / "site"
    write_site(out, [artifact("index.html", "old")])
    before = tree(out)
    write, written = os.write, 0

    def full(descriptor: int, data: bytes) -> int:
        nonlocal written
        if written > 100:
            raise OSError(code, os.strerror(code))
        count = write(descriptor, data[:40])
        written += count
        return count

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(EnvironmentFault, match="cannot write to") as caught:
        write_site(out, [artifact(f"{n}.html", "new" * 20) for n in range(5)])
    monkeypatch.undo()
    assert caught.value.cure
    assert tree(out) == before
    assert neighbours(out) == []


def test_a_really_full_disk_is_told(tmp_path: Path) -> None:
    """A build into a file system of 200 kB, in a mount namespace of its own, ends with a cure and the old site."""
    script = f"""
import pathlib, sys
from saite.artifact import Artifact
from saite.errors import EnvironmentFault
from saite.output import write_site
out = pathlib.Path({str(tmp_path)!r}) / "disk" / "site"
write_site(out, [Artifact("index.html", "text/html", b"old")])
try:
    write_site(out, [Artifact(f"{{n}}.html", "text/html", b"x" * 9000) for n in range(100)])
except EnvironmentFault as fault:
    print(fault.message, "|", fault.cure)
print((out / "index.html").read_bytes(), [p.name for p in out.parent.iterdir()])
"""
    (tmp_path / "disk").mkdir()
    (tmp_path / "fill.py").write_text(script)
    mounted = f'mount -t tmpfs -o size=200k none "{tmp_path}/disk" && exec "$0" "{tmp_path}/fill.py"'
    probe = subprocess.run(
        ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs none "{tmp_path}/disk"'], capture_output=True, check=False
    )
    if probe.returncode != 0:
        pytest.skip("this machine lets no user mount a file system of his own")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mounted, sys.executable], capture_output=True, text=True, check=True
    )
    assert "no space is left on its disk | Free some space" in done.stdout
    assert "b'old' ['site']" in done.stdout


def test_a_folder_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one may not write, the message says so before any work is done."""

    def refused(*args: object, **options: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(EnvironmentFault, match="permission denied"), claim(tmp_path / "site"):
        pytest.fail("the folder must not be handed out")


def test_a_renames_only_swap_that_fails_half_way_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the second of the two renames fails, the old site returns to its place."""
    out = tmp_path / "site"
    write_site(out, [artifact("index.html", "old")])
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.endswith("-new"):
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(kernel, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(EnvironmentFault, match="Input/output error"):
        write_site(out, [artifact("index.html", "new")])
    assert (out / "index.html").read_text() == "old"
    assert neighbours(out) == []


def test_a_reader_can_bring_the_old_site_back(tmp_path: Path) -> None:
    """After a kill between two renames, whoever reads the site next has it again."""
    out = tmp_path / "site"
    write_site(out, [artifact("index.html", "old")])
    out.rename(tmp_path / ".site.saite-old")
    recover(out)
    assert (out / "index.html").read_text() == "old"
    recover(out)
    assert neighbours(out) == []


def test_a_reader_does_not_disturb_a_build(tmp_path: Path) -> None:
    """While a build holds the folder, recovery for a reader does nothing."""
    out = tmp_path / "site"
    write_site(out, [artifact("index.html", "old")])
    with claim(out):
        out.rename(tmp_path / ".site.saite-old")
        recover(out)
        assert not out.exists()
    assert (out / "index.html").read_text() == "old"


def test_durable_writing_flushes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One flush of the file system before the swap, and none where durability is not asked for."""
    flushes: list[int] = []
    monkeypatch.setattr(kernel, "sync_file_system", flushes.append)
    write_site(tmp_path / "site", [artifact(f"{n}.html") for n in range(20)], durable=False)
    assert flushes == []
    write_site(tmp_path / "site", [artifact(f"{n}.html") for n in range(20)])
    assert len(flushes) == 1


def test_gzip_copies_stand_beside_text_files_where_asked(tmp_path: Path) -> None:
    """Text of some size gets a copy without a time in it; pictures, small files and what is there already do not."""
    out = tmp_path / "site"
    big = "text " * 500
    own = Artifact("dump/d.ttl.gz", "application/gzip", b"the site's own")
    picture = Artifact("p.png", "image/png", b"\0" * 5000)
    artifacts = [artifact("big.html", big), artifact("small.html"), artifact("dump/d.ttl", big), own, picture]
    write_site(out, artifacts, gzip=True)
    assert gzip.decompress((out / "big.html.gz").read_bytes()).decode() == big
    assert (out / "big.html.gz").read_bytes()[4:8] == b"\0\0\0\0"
    assert (out / "dump/d.ttl.gz").read_bytes() == b"the site's own"
    assert not (out / "small.html.gz").exists()
    assert not (out / "p.png.gz").exists()
    assert [entry.path for entry in entries(out) if entry.gzip] == ["big.html"]
    written = write_site(out, artifacts)
    assert written.kept == 0
    assert not (out / "big.html.gz").exists()


def test_more_folders_than_open_descriptors(tmp_path: Path) -> None:
    """Only a few folders are held open at once, whatever order the artifacts come in."""
    out = tmp_path / "site"
    write_site(out, [artifact(f"{n % 150}/deep/{n}.txt", str(n)) for n in range(300)])
    assert len(tree(out)) == 301
    assert (out / "7/deep/157.txt").read_text() == "157"
    assert is_ours(out)
