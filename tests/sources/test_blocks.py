"""The blocks of a Turtle file: what is found by their subjects is what a scan of the file finds."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saite.sources import Source
from saite.sources.positions.blocks import Blocks
from saite.sources.positions.statement import Spot, Statement
from saite.sources.positions.turtle import statements
from saite.terms import BlankNode, NamedNode

from .test_turtle_positions import BASE, OURS, ROOT, SEEDS, Writer, shared

Said = tuple[NamedNode, object, Spot, Spot, Spot]


def said(statement: Statement) -> Said:
    """A statement without the names of blank nodes, which depend on how much is scanned."""
    object_ = None if isinstance(statement.object, BlankNode) else statement.object
    return statement.predicate, object_, statement.at, statement.predicate_at, statement.subject_at


def by_subject(text: str) -> dict[NamedNode, list[Said]]:
    """What a scan finds about IRIs."""
    found: dict[NamedNode, list[Said]] = {}
    for statement in statements(io.StringIO(text, newline=""), BASE):
        if isinstance(statement.subject, NamedNode):
            found.setdefault(statement.subject, []).append(said(statement))
    return found


def agree(path: Path) -> None:
    """See that each subject is found, with all that is said of it, and nothing else is."""
    wanted = by_subject(path.read_bytes().decode("utf-8-sig"))
    blocks = Blocks(Source(path, path.name, base=BASE))
    assert blocks.whole
    for subject, statements_ in wanted.items():
        assert subject in blocks
        assert [said(statement) for statement in blocks.about(subject)] == statements_
    for iri in ("http://e/nothing", "http://e/", BASE):
        node = NamedNode(iri)
        assert (node in blocks) == (node in wanted)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEEDS, st.booleans())
def test_any_turtle_has_the_blocks_that_a_scan_finds(tmp_path: Path, seed: int, marked: bool) -> None:
    """However it is written, with a byte order mark too."""
    path = tmp_path / "a.ttl"
    path.write_bytes(b"\xef\xbb\xbf" * marked + Writer(seed).document().encode())
    agree(path)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_our_files_have_them(path: Path) -> None:
    """In each of our own files."""
    agree(path)


def test_files_of_others_have_them() -> None:
    """In the files of test suites that the scanner reads to their end."""
    for path in shared():
        agree(path)


def test_compressed_files_have_them(tmp_path: Path) -> None:
    """And empty ones have none."""
    path = tmp_path / "a.ttl.gz"
    path.write_bytes(gzip.compress(b"@prefix ex: <http://e/> .\nex:a ex:p 1 .\n"))
    assert [tuple(s.at) for s in Blocks(Source(path, path.name)).about(NamedNode("http://e/a"))] == [(2, 11, None)]
    path.write_bytes(b"")
    assert Blocks(Source(path, path.name)).whole
    assert NamedNode("http://e/a") not in Blocks(Source(path, path.name))


@pytest.mark.parametrize(
    "text",
    ["<http://e/a> <http://e/p> 1", "<http://e/g> { <http://e/a> <http://e/p> 1 }", "\ud83d", "@prefix ex: ex:a ."],
)
def test_what_is_not_understood_is_told(text: str, tmp_path: Path) -> None:
    """Nobody takes a part for the whole."""
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    assert not Blocks(Source(path, path.name)).whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
def test_any_bytes_are_looked_at_without_an_error(tmp_path: Path, content: bytes) -> None:
    """What is no Turtle at all ends the search, and nothing else."""
    path = tmp_path / "a.ttl"
    path.write_bytes(content)
    assert not list(Blocks(Source(path, path.name)).about(NamedNode("http://e/a")))
