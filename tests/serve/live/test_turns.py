"""Work beside the event loop: one thread does what is short, another comes to help when something takes long."""

import asyncio
import threading

import pytest

from saite.serve.live import turns as turning
from saite.serve.live.turns import Turns


def test_short_work_is_done_by_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is asked at once, before a beat; each gets what its own work gives."""
    monkeypatch.setattr(turning, "_BEAT", 60.0)
    seen: set[str] = set()
    go = threading.Event()

    def work(number: int) -> int:
        go.wait(10)
        seen.add(threading.current_thread().name)
        return number * number

    async def run() -> list[int]:
        turns = Turns(4)
        try:
            asked = [asyncio.ensure_future(turns(lambda n=n: work(n))) for n in range(50)]  # type: ignore[misc]
            await asyncio.sleep(0)  # all of it waits
            go.set()
            return await asyncio.gather(*asked)
        finally:
            turns.end()

    assert asyncio.run(run()) == [n * n for n in range(50)]
    assert len(seen) == 1


def test_what_is_done_is_told_while_something_long_is_under_way() -> None:
    """What was done before it by the same thread, and what waits behind it."""
    go = threading.Event()

    async def run() -> None:
        turns = Turns(2)
        try:
            before = asyncio.create_task(turns(lambda: 1))
            long = asyncio.create_task(turns(lambda: go.wait(20)))
            behind = asyncio.create_task(turns(lambda: 2))
            assert list(await asyncio.wait_for(asyncio.gather(before, behind), 10)) == [1, 2]
            assert not long.done()
            go.set()
            assert await long
        finally:
            go.set()
            turns.end()

    asyncio.run(run())


def test_an_error_is_raised_where_the_work_was_asked_for() -> None:
    """The next work is done all the same; whoever has gone is not told."""

    def fail() -> None:
        raise ValueError("no")

    async def run() -> None:
        turns = Turns(1)
        try:
            with pytest.raises(ValueError, match="no"):
                await turns(fail)
            gone = asyncio.create_task(turns(fail))
            await asyncio.sleep(0)
            gone.cancel()
            assert await turns(lambda: 3) == 3
        finally:
            turns.end()

    asyncio.run(run())
