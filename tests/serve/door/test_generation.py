"""What is held of a site in memory, and what is read as it is sent."""

import asyncio
import gzip
import os
from pathlib import Path

import pytest

from saite.artifact import Artifact
from saite.manifest import Entry
from saite.serve.door import generation
from saite.serve.door.choices import Choice
from saite.serve.door.generation import Body, Choices, CutShort, Generation, Held, Wish
from saite.serve.door.published import Published
from saite.serve.door.storage import Changed

from .folders import ARTIFACTS, descriptors, put


def entry_of(made: Generation, path: str) -> Entry:
    """A file that is there."""
    entry = made.site.file(path)
    assert entry is not None
    return entry


def body(made: Generation, path: str, compressed: bool = False) -> Body:
    """A content."""
    return asyncio.run(made.body(entry_of(made, path), compressed))


async def joined(found: Body, start: int, length: int) -> bytes:
    """A range of it."""
    return b"".join([part async for part in found.parts(start, length)])


def test_small_files_are_read_once(tmp_path: Path) -> None:
    """And are still there when they have gone from the disk."""
    folder = put(tmp_path / "site")
    made = Generation(Published(folder))
    first = body(made, "a.ttl")
    (folder / "a.ttl").unlink()
    assert body(made, "a.ttl") is first
    assert first.content == b"# a\n" * 1000
    (folder / "a.b.ttl").unlink()
    with pytest.raises(Changed):
        body(made, "a.b.ttl")


def test_large_files_are_read_as_they_are_sent(folder: Path) -> None:
    """In blocks, from any place on, by a descriptor that is given back."""
    made = Generation(Published(folder))
    before = descriptors()
    found = body(made, "big.nq")
    assert (found.content, found.size) == (b"", 1 << 21)
    assert asyncio.run(joined(found, 0, found.size)) == b"0123456789abcdef" * (1 << 17)
    assert asyncio.run(joined(found, 17, 300_000)) == (b"0123456789abcdef" * 20_000)[17:300_017]
    assert asyncio.run(joined(found, found.size - 1, 1)) == b"f"
    found.close()
    assert descriptors() == before


def test_a_file_that_becomes_shorter_is_no_answer(tmp_path: Path) -> None:
    """The sending ends with a fault, not with fewer bytes than were told."""
    folder = put(tmp_path / "site")
    found = body(Generation(Published(folder)), "big.nq")
    os.truncate(folder / "big.nq", 1000)
    with pytest.raises(CutShort):
        asyncio.run(joined(found, 0, found.size))
    found.close()


def test_a_compressed_copy_is_that_of_the_build_or_is_made(tmp_path: Path) -> None:
    """Either way it is the content, and made only once."""
    for folder in (put(tmp_path / "with", gzip=True), put(tmp_path / "without")):
        made = Generation(Published(folder))
        found = body(made, "a.ttl", compressed=True)
        assert gzip.decompress(found.content) == b"# a\n" * 1000
        assert body(made, "a.ttl", compressed=True) is found


def test_the_same_compressed_copy_is_made_each_time() -> None:
    """Its tag is strong, so that its bytes must not depend on the time."""
    assert (
        asyncio.run(Held().compress("a", b"x" * 100)).content == asyncio.run(Held().compress("a", b"x" * 100)).content
    )
    large = asyncio.run(Held().compress("a", bytes(1 << 18)))
    assert gzip.decompress(large.content) == bytes(1 << 18)


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not asked for longest goes first; what is kept anew takes the place of what was there."""
    monkeypatch.setattr(generation, "HELD", 100)
    held = Held()
    for path in "abc":
        held.keep(path, False, b"x" * 30)
    assert held.get("a", False) is not None
    held.keep("d", False, b"x" * 30)
    assert [held.get(path, False) is None for path in "abcd"] == [False, True, False, False]
    for _ in range(10):
        held.keep("a", False, b"y" * 30)
    assert [held.get(path, False) is None for path in "acd"] == [False] * 3
    held.keep("e", False, b"x" * 500)
    assert [held.get(path, False) for path in "acde"] == [None] * 4
    held.keep("f", True, b"x" * 100)
    assert held.get("f", True) is not None
    assert held.get("f", False) is None


def test_answers_are_chosen_once_but_not_kept_for_who_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty thousand of ordinary length; none of a long address or a long field."""
    monkeypatch.setattr(generation, "_CHOICES", 10)
    kept = Choices()
    for number in range(25):
        wish, choice = Wish(str(number), "", "*/*", ""), Choice(404)
        assert kept.keep(wish, choice) is choice
        assert kept[wish] is choice
    assert len(kept) == 5
    for wish in (Wish("a" * 2000, "", "", ""), Wish("a", "b" * 2000, "", ""), Wish("a", "", "c" * 2000, "")):
        kept.keep(wish, Choice(404))
        assert wish not in kept


def test_a_choice_is_that_of_the_wish(folder: Path) -> None:
    """Whoever wants another form gets another file."""
    made = Generation(Published(folder))

    async def paths() -> list[str]:
        wishes = [Wish("a", "", accept, "en") for accept in ("text/html", "text/turtle", "text/html")]
        return [choice.file.path for wish in wishes if (choice := await made.choice(wish)).file is not None]

    assert asyncio.run(paths()) == ["a.en.html", "a.ttl", "a.en.html"]


def test_every_file_is_what_its_entry_says(folder: Path) -> None:
    """Size and content."""
    made = Generation(Published(folder))
    for artifact in ARTIFACTS:
        found = body(made, artifact.path)
        assert isinstance(artifact, Artifact)
        assert found.size == len(artifact.content if isinstance(artifact.content, bytes) else b"")
        assert asyncio.run(joined(found, 0, found.size)) == artifact.content
        found.close()
