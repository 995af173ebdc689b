"""What a build has left: files, documents and names, and whether they are still there."""

import gc
import os
import shutil
from pathlib import Path

import pytest

from saite import manifest, naming
from saite.artifact import HTML, Artifact
from saite.errors import UsageError
from saite.manifest import Entry
from saite.serve.door.published import Published
from saite.serve.door.storage import Changed, current

from .folders import ARTIFACTS, NAMES, WHOLE, descriptors, put


def read(site: Published, entry: Entry) -> bytes:
    """The content of a file."""
    with os.fdopen(site.open(entry).descriptor, "rb") as file:
        return file.read()


def refusal(folder: Path) -> str:
    """What is said of a folder that is no built site."""
    with pytest.raises(UsageError) as refused:
        Published(folder)
    return str(refused.value)


def entry_of(site: Published, path: str) -> Entry:
    """A file that is there."""
    entry = site.file(path)
    assert entry is not None
    return entry


def test_every_file_is_found_and_no_other(site: Published) -> None:
    """By its exact path: not in other letters, not below, not above."""
    assert len(site) == len(ARTIFACTS) + 1
    for artifact in ARTIFACTS:
        entry = entry_of(site, artifact.path)
        assert (entry.media_type, entry.document, entry.language) == artifact[1:2] + artifact[3:5]
        assert read(site, entry) == artifact.content
    for path in (
        "",
        "A.ttl",
        "a",
        "a.tt",
        "a.ttl/",
        "/a.ttl",
        "data",
        "data/",
        "data/āra.ttl",
        "zzz",
        "\x00",
        "\U0010ffff",
    ):
        assert site.file(path) is None


def test_a_document_has_its_forms_pages_first(site: Published) -> None:
    """That of the first language, which has a short name too, before others; other documents are others."""
    assert [entry.path for entry in site.variants("a")] == ["a.lv.html", "a.en.html", "a.ttl"]
    assert [entry.path for entry in site.variants("a.b")] == ["a.b.ttl"]
    assert [entry.path for entry in site.variants("data/list")] == ["data/list.jsonld"]
    for document in ("A", "b", "a.ttl", "data", "mark"):
        assert site.variants(document) == ()


def test_every_name_is_found_and_no_other(site: Published) -> None:
    """And what holds for the whole site."""
    for name in NAMES:
        assert site.name(name.path) == name
    for path in ("", "id", "id/", "id/A", "ID/a", "id/c", "zzz"):
        assert site.name(path) is None
    assert site.whole == WHOLE


def test_what_was_found_is_found_again(folder: Path) -> None:
    """Also when more was asked for than is kept, and when it was asked for by addresses of any length."""
    site = Published(folder)
    first = site.file("a.ttl")
    for number in range(20_010):
        site.file(f"none{number}")
    for number in range(100):
        assert site.file("long" * 1000 + str(number)) is None
        assert site.name("long" * 1000 + str(number)) is None
    assert site.file("a.ttl") == first
    assert len(site._entries) < 100
    assert not any(len(path) > 1000 for path in [*site._entries, *site._named])


def test_a_generation_stays_what_it_was(tmp_path: Path) -> None:
    """When another build has taken its place, a file is the old one, or is said to have changed; never the new one."""
    folder = put(tmp_path / "site")
    old, before = Published(folder), current(folder)
    entry = entry_of(old, "a.ttl")
    put(folder, [Artifact("a.ttl", entry.media_type, b"# b\n" * 1000, "a")], ())
    assert old.version == before != current(folder)
    assert old.file("a.en.html") is not None
    assert Published(folder).file("a.en.html") is None
    with pytest.raises(Changed):
        read(old, entry)
    new = Published(folder)
    assert read(new, entry_of(new, "a.ttl")) == b"# b\n" * 1000


def test_the_same_site_built_again_is_another_version(tmp_path: Path) -> None:
    """The version tells builds apart, not contents; a folder that is not there has none."""
    folder = put(tmp_path / "site")
    first = current(folder)
    assert first == Published(folder).version
    put(folder)
    assert current(folder) not in ("", first)
    shutil.rmtree(folder)
    assert current(folder) == ""


@pytest.mark.parametrize("name", [manifest.FILE_NAME, naming.FILE_NAME])
@pytest.mark.parametrize("content", [None, b"", b"{}\n", b'{"generator":"saite","format":9,"names":[\n]}\n', b"\xff\n"])
def test_what_is_no_built_site_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    """With how to build it, and without a file that stays open."""
    folder = put(tmp_path / "site")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    before = descriptors()
    assert "saite build" in refusal(folder)
    gc.collect()
    assert descriptors() == before


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """So is a file in its place."""
    with pytest.raises(UsageError):
        Published(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError):
        Published(tmp_path / "file")


def test_nothing_else_stands_in_for_a_file(tmp_path: Path) -> None:
    """A link, a link in the place of a folder, a pipe, a folder, and what has another length are no files of ours."""
    folder = put(tmp_path / "site")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "list.jsonld").write_bytes(b"{}")  # as long as what it stands for
    site = Published(folder)
    entry = entry_of(site, "data/list.jsonld")
    assert read(site, entry) == b"[]"
    path = folder / "data" / "list.jsonld"
    path.unlink()
    path.symlink_to(secret / "list.jsonld")
    with pytest.raises(Changed):
        site.open(entry)
    path.unlink()
    path.write_bytes(b"[1]")
    with pytest.raises(Changed):
        site.open(entry)
    shutil.rmtree(folder / "data")
    (folder / "data").symlink_to(secret)
    with pytest.raises(Changed):
        site.open(entry)
    empty = entry_of(site, "empty.txt")
    assert read(site, empty) == b""
    (folder / "empty.txt").unlink()
    os.mkfifo(folder / "empty.txt")
    with pytest.raises(Changed):
        site.open(empty)
    (folder / "empty.txt").unlink()
    (folder / "empty.txt").mkdir()
    with pytest.raises(Changed):
        site.open(Entry("empty.txt", HTML, "00", (folder / "empty.txt").stat().st_size))


def test_descriptors_are_given_back(tmp_path: Path) -> None:
    """A generation that nobody asks any more has nothing open; looking in folders leaves nothing open."""
    folder = put(tmp_path / "site")
    before = descriptors()
    site = Published(folder)
    for _ in range(5):
        read(site, entry_of(site, "data/list.jsonld"))
        with pytest.raises(Changed):
            site.open(Entry("data/none.ttl", HTML, "00", 1))
    held = descriptors()
    assert before < held <= before + 3
    read(site, entry_of(site, "a.ttl"))
    assert descriptors() == held
    del site
    assert descriptors() == before
