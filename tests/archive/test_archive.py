"""Archives that any program reads as ZIP, and in which we find the manifest at once."""

import gzip
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite import archive
from saite.archive import Archive, Section, first, gzipped, inflated

PATHS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\\/"), min_size=1, max_size=20)
FILES = st.dictionaries(PATHS.filter(lambda path: path != "manifest"), st.binary(max_size=2000), max_size=6)


def made(files: dict[str, bytes], squeeze: bool = False, manifest: bytes = b"listed") -> bytes:
    """An archive of some files."""
    whole, directory = io.BytesIO(), io.BytesIO()
    new = Archive(whole, directory)
    for path, content in files.items():
        packed = archive.deflated(content)
        data = packed if squeeze and len(packed) < len(content) else content
        member = new.begin(path, len(content), len(data), zlib.crc32(content))
        assert whole.tell() == member.at
        whole.write(data)
    new.end("manifest", io.BytesIO(manifest), len(manifest), zlib.crc32(manifest))
    return whole.getvalue()


def read(whole: bytes) -> dict[str, bytes]:
    """What another program finds in an archive; the first name first."""
    with zipfile.ZipFile(io.BytesIO(whole)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


@given(FILES, st.booleans(), st.binary(max_size=100))
def test_other_programs_read_what_was_written(files: dict[str, bytes], squeeze: bool, manifest: bytes) -> None:
    """Names in any letters, contents of any kind, deflated or not; the manifest is the first name in the directory."""
    whole = made(files, squeeze, manifest)
    assert list(read(whole).items()) == [("manifest", manifest), *files.items()]
    name, member = first(io.BytesIO(whole))
    assert (name, whole[member.at : member.at + member.packed]) == ("manifest", manifest)


@pytest.mark.parametrize("limit", [0, 100, 1000])
def test_large_archives_are_zip64(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes, places and counts beyond 32 and 16 bits; the borders are moved, so that no test writes gigabytes."""
    monkeypatch.setattr(archive, "_MANY", 2)
    files = {f"{n}.txt": b"x" * n * 50 for n in range(10)}
    plain = made(files)
    assert archive._END_64.size < len(plain)
    assert read(plain) == {"manifest": b"listed", **files}
    monkeypatch.setattr(archive, "_far", lambda at: at >= limit)
    whole = made(files)
    assert len(whole) > len(plain)
    assert read(whole) == {"manifest": b"listed", **files}
    _, member = first(io.BytesIO(whole))
    assert whole[member.at : member.at + member.packed] == b"listed"


def test_a_file_beyond_four_gigabytes(tmp_path: Path) -> None:
    """Its own lengths are in ZIP64 too; the file is one hole on the disk, and only its ends are looked at."""
    size = (1 << 32) + 5
    with (tmp_path / "large.zip").open("w+b") as whole, io.BytesIO() as directory:
        new = Archive(whole, directory)
        member = new.begin("large", size, size, 0)
        whole.seek(member.at + size)
        new.begin("after", 1, 1, zlib.crc32(b"x"))
        whole.write(b"x")
        new.end("manifest", io.BytesIO(b"m"), 1, zlib.crc32(b"m"))
        whole.flush()
        with zipfile.ZipFile(tmp_path / "large.zip") as found:
            assert found.read("after") == b"x"
            assert found.read("manifest") == b"m"
            assert found.getinfo("large").file_size == size
        assert first(whole)[0] == "manifest"


@pytest.mark.parametrize("whole", [b"", b"PK", b"x" * 1000, made({"a": b"b"})[:-1], made({"a": b"b"}) + b"!"])
def test_what_is_no_archive_of_ours_is_told(whole: bytes) -> None:
    """A file that is cut, or another one."""
    with pytest.raises(ValueError, match=r"\w"):
        first(io.BytesIO(whole))


@given(st.binary(max_size=3000))
def test_gzip_is_made_of_what_is_deflated(content: bytes) -> None:
    """The same deflated bytes serve both, and read back."""
    packed = archive.deflated(content)
    assert inflated(packed) == content
    assert gzip.decompress(gzipped(packed, zlib.crc32(content), len(content))) == content


def test_what_is_damaged_is_told() -> None:
    """Bytes that are not deflated."""
    with pytest.raises(ValueError, match="damaged"):
        inflated(b"\xff\xff")


@given(st.binary(max_size=200), st.integers(0, 50), st.integers(0, 120), st.integers(0, 130))
def test_a_section_is_a_file_of_its_own(data: bytes, at: int, length: int, where: int) -> None:
    """It reads as the part of the file alone would, from any place on."""
    part = io.BufferedReader(Section(io.BytesIO(data), at, length))
    alone = io.BytesIO(data[at : at + length])
    assert part.read() == alone.read()
    part.seek(where)
    alone.seek(where)
    assert part.read(7) == alone.read(7)
