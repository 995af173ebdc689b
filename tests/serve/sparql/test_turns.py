"""Turns between clients."""

import asyncio

import pytest

from saite.serve.sparql.problem import Problem
from saite.serve.sparql.turns import Turns

from .served import completed


async def queued(turns: Turns, client: str, order: list[str]) -> asyncio.Task[None]:
    """A client's query in the queue, which notes when it is called."""

    async def wait() -> None:
        await turns.take(client)
        order.append(client)

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    return task


def test_one_client_leaves_a_place_to_others() -> None:
    """Whoever asks much takes all places but one; another client finds that one free at once."""

    async def run() -> None:
        turns = Turns(3, 40, 5)
        order: list[str] = []
        tasks = [await queued(turns, "greedy", order) for _ in range(5)]
        assert order == ["greedy"] * 2
        await turns.take("other")
        turns.give("greedy")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert order == ["greedy"] * 3
        for task in tasks:
            task.cancel()

    completed(run())


def test_clients_are_called_in_a_circle() -> None:
    """Ten queries of one client do not stand before the single one of another."""

    async def run() -> None:
        turns = Turns(1, 40, 5)
        order: list[str] = []
        await turns.take("first")
        for client in ("a", "a", "a", "b", "c"):
            await queued(turns, client, order)
        for client in ("first", "a", "b", "c", "a"):
            turns.give(client)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        assert order == ["a", "b", "c", "a", "a"]

    completed(run())


def test_a_full_queue_and_a_long_wait_are_503() -> None:
    """With when to come again; a client may fill a quarter of the queue, all together the whole."""

    async def run() -> None:
        turns = Turns(1, 8, 0.05)
        await turns.take("first")
        order: list[str] = []
        waiting = [await queued(turns, "a", order) for _ in range(2)]
        with pytest.raises(Problem) as full:
            await turns.take("a")
        assert full.value.status == 503
        assert int(full.value.headers["Retry-After"]) >= 1
        for client in "bcd":
            waiting += [await queued(turns, client, order) for _ in range(2)]
        with pytest.raises(Problem):
            await turns.take("e")
        found = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(one, Problem) for one in found)
        assert turns.waiting == 0

    completed(run())


def test_who_leaves_the_queue_takes_no_place() -> None:
    """A client that goes away, even in the moment of its call, keeps nobody waiting."""

    async def run() -> None:
        turns = Turns(1, 8, 5)
        order: list[str] = []
        await turns.take("first")
        gone = await queued(turns, "gone", order)
        called = await queued(turns, "called", order)
        gone.cancel()
        await asyncio.sleep(0)
        turns.give("first")
        called.cancel()
        await asyncio.gather(gone, called, return_exceptions=True)
        await asyncio.wait_for(turns.take("next"), 1)
        assert order == []

    completed(run())
