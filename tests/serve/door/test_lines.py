"""Rows of a file, found by their keys without being held."""

import io
import tempfile
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite import manifest, naming
from saite.manifest import Entry
from saite.naming import Name
from saite.serve.door.lines import SortedLines

PATHS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


def lines(content: bytes) -> SortedLines:
    """The rows of some bytes, by path; the file is gone when they are asked for."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return SortedLines(file, lambda line: naming.key(orjson.loads(line)["path"]))


@given(st.dictionaries(PATHS, PATHS, max_size=20), st.lists(PATHS, max_size=5))
def test_rows_are_found_as_in_a_table(table: dict[str, str], others: list[str]) -> None:
    """From each key on, whether it is there or not, come the rows of a sorted table."""
    names = [Name(path, see=see) for path, see in sorted(table.items(), key=lambda row: naming.key(row[0]))]
    found = lines(b"".join(naming.write(names, {"base": '{"path":"no row"}\n'})))
    assert len(found) == len(table)
    assert naming.whole(found.first) == {"base": '{"path":"no row"}\n'}
    for key in [*table, *others, ""]:
        expected = [name for name in names if naming.key(name.path) >= naming.key(key)]
        assert [Name.from_json(line) for line in found.since(naming.key(key))] == expected


@given(st.lists(PATHS, unique_by=manifest.fold, max_size=20), st.lists(PATHS, max_size=5))
def test_files_are_found_by_what_a_file_system_takes_them_for(paths: list[str], others: list[str]) -> None:
    """The order of a manifest, by fold, is an order of bytes too."""
    entries = [Entry(path, "text/plain", "00", 1) for path in sorted(paths, key=manifest.fold)]
    with tempfile.TemporaryFile() as file:
        file.writelines(manifest.write(entry.to_json() for entry in entries))
        file.flush()
        found = SortedLines(file, lambda line: manifest.fold(orjson.loads(line)["path"]).encode())
    for path in paths + others:
        since = next(found.since(manifest.fold(path).encode()), None)
        expected = next((entry for entry in entries if manifest.fold(entry.path) >= manifest.fold(path)), None)
        assert (Entry.from_json(since) if since is not None else None) == expected


def test_other_lines_are_no_rows() -> None:
    """Heads, tails, empty lines and what has its path elsewhere are passed over."""
    found = lines(b'head\n\n{"see":"x","path":"no"}\n{"path":"a"},\n{"path":"b"}\n]}\n')
    assert found.first == b"head\n"
    assert list(found.since(b"")) == [b'{"path":"a"}', b'{"path":"b"}']


def test_a_file_without_an_end_is_read_to_its_end() -> None:
    """A last line without a line end is a row too."""
    assert list(lines(b'head\n{"path":"a"}').since(b"a")) == [b'{"path":"a"}']


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """Nothing is no list."""
    with pytest.raises(ValueError, match="empty"):
        lines(b"")
    with (tmp_path / "x").open("wb") as file, pytest.raises((OSError, io.UnsupportedOperation, ValueError)):
        SortedLines(file, bytes)
