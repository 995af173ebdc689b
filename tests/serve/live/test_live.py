"""How a live site makes its answers: when, how often, in how much memory, and what happens when it cannot."""

import asyncio
import threading
from collections.abc import Iterable, Iterator

import pytest
from tests.serve.live.asking import Answer, ask
from tests.serve.live.conftest import Both

from saite.artifact import Artifact
from saite.render import renderers
from saite.render.pieces import Placed
from saite.serve.door import generation
from saite.serve.door.application import Door
from saite.serve.live.answers import Live
from saite.site.model import Resource

TEXT = "text/plain; charset=utf-8"


class Notes:
    """A renderer of a user's: it says neither what it will make nor where its files of the whole lie."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.slow = threading.Event()

    def resource(self, resource: Resource) -> Iterator[Artifact]:
        """A file for each resource; that of ``old`` cannot be made, that of ``older`` is long in coming."""
        yield Artifact(f"{resource.document}.txt", TEXT, lambda: self.text(resource.document), resource.document)

    def text(self, document: str) -> Iterable[bytes]:
        """The content of a file."""
        self.made.append(document)
        if document == "old":
            raise RuntimeError("no words")
        if document == "older":
            assert self.slow.wait(20)
        return (document.encode(),)

    def whole(self) -> Iterator[Artifact]:
        """One file."""
        self.made.append("whole")
        yield Artifact("notes/all.txt", TEXT, b"all", "notes/all")


class Failing(Notes):
    """A renderer whose whole cannot be made."""

    def whole(self) -> Iterator[Artifact]:
        """Nothing."""
        raise RuntimeError("no whole")


class Place(Notes):
    """A renderer that says where its files of the whole lie, and fails to make one."""

    def parts(self) -> list[Placed]:
        """Two parts."""
        return [Placed(self.whole, ("notes/",)), Placed(self.broken, ("broken",))]

    def broken(self) -> Iterator[Artifact]:
        """Nothing."""
        raise RuntimeError("no part")


def answered(both: Both, notes: Notes, *paths: str) -> tuple[list[Answer], list[str]]:
    """The answers of a live site with one more renderer, one after another, and what the server told."""
    told: list[str] = []

    async def run() -> list[Answer]:
        live = Live(both.site, [*renderers(both.site), notes], tell=told.append)
        try:
            return [await ask(Door(live, tell=told.append), path) for path in paths]
        finally:
            live.end()

    return asyncio.run(run()), told


def test_what_cannot_be_made_concerns_no_other(both: Both) -> None:
    """The file whose making fails answers 500, again and again; the other forms of its document are there."""
    answers, told = answered(both, Notes(), "/old.txt", "/old.txt", "/old.ttl", "/hub.txt")
    assert [answer.status for answer in answers] == [500, 500, 410, 200]
    assert "no words" in told[0]
    assert b"no words" not in answers[0].body


def test_a_renderer_of_a_user_is_asked_for_all_that_it_has(both: Both) -> None:
    """Its files of the whole are made at the first request, once, since they may lie anywhere."""
    notes = Notes()
    answers, _ = answered(both, notes, "/hub", "/notes/all", "/notes/all.txt", "/hub.txt")
    assert [answer.status for answer in answers] == [200, 200, 200, 200]
    assert answers[2].body == b"all"
    assert notes.made == ["whole", "hub"]


def test_a_renderer_that_fails_is_told_and_left_out(both: Both) -> None:
    """The site is there without the files of a renderer that cannot make them."""
    answers, told = answered(both, Failing(), "/hub", "/notes/all.txt")
    assert [answer.status for answer in answers] == [200, 404]
    assert told == ["A renderer fails, and its files are missing: RuntimeError: no whole"]


def test_only_the_part_is_made_to_which_an_address_belongs(both: Both) -> None:
    """Where a renderer tells its places, nothing is made for other addresses, and no fault of it is met there."""
    notes = Place()
    answers, _ = answered(both, notes, "/hub", "/broken.txt", "/notes/all.txt")
    assert [answer.status for answer in answers] == [200, 500, 200]
    assert notes.made == ["whole"]


def test_a_page_that_takes_long_keeps_no_other_waiting(both: Both) -> None:
    """While one file is made, others are answered; whoever asks for it meanwhile waits for the same making."""

    async def run() -> list[Answer]:
        notes = Notes()
        live = Live(both.site, [*renderers(both.site), notes])
        door = Door(live)
        try:
            waiting = [asyncio.create_task(ask(door, "/older.txt")) for _ in range(10)]
            waiting[0].add_done_callback(lambda _: None)
            others = await asyncio.gather(*(ask(door, f"/n{n}.ttl") for n in range(20)))
            assert not any(task.done() for task in waiting)
            waiting[3].cancel()
            notes.slow.set()
            found = await asyncio.gather(*waiting[:3], *waiting[4:])
            assert notes.made == ["whole", "older"]
            return [*others, *found]
        finally:
            notes.slow.set()
            live.end()

    assert {answer.status for answer in asyncio.run(run())} == {200, 410}


def test_memory_is_bounded(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound, what nobody asked for longest is let go, and made again when somebody asks."""
    monkeypatch.setattr(generation, "HELD", 50_000)

    async def run() -> None:
        live = both.live()
        door = Door(live)
        try:
            first = await ask(door, "/n0.lv.html")
            for n in range(1, 30):
                await ask(door, f"/n{n}.lv.html")
            assert live._held._size <= 50_000
            assert await ask(door, "/n0.lv.html") == first
        finally:
            live.end()

    asyncio.run(run())
