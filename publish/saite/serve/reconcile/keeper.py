"""Who keeps what is known of a site, and lets requests work with it in turn."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from saite.errors import SaiteError
from saite.serve.reconcile.knowledge import Knowledge
from saite.serve.sparql.problem import Problem, too_busy
from saite.site.model import Site

_Result = TypeVar("_Result")
_SOON: Final = 5  # seconds after which who was one too many may come again


class Keeper:
    """Makes what is known at the first request, in a thread; and anew when the site is another.

    Until that is made, what was known answers.

    Args:
        version: another value for another site.
        site: the site as it is now.
        waiting: how many may wait for their turn.
    """

    def __init__(self, version: Callable[[], object], site: Callable[[], Site], waiting: int) -> None:
        self._version = version
        self._site = site
        self._most = waiting
        self._known: Knowledge | None = None
        self._of: object = None
        self._making: asyncio.Task[None] | None = None
        self._turn = asyncio.Semaphore(1)  # Python computes one thing at a time; more threads would not be quicker
        self._waiting = 0

    async def work(self, task: Callable[[Knowledge], _Result]) -> _Result:
        """The result of some work, in a thread, when it is its turn.

        Raises:
            Problem: too many wait, or the data cannot be read; or what the work raises.
        """
        if self._waiting >= self._most:
            raise too_busy(_SOON)
        self._waiting += 1
        try:
            known = await self._now()
            async with self._turn:
                return await asyncio.to_thread(task, known)
        finally:
            self._waiting -= 1

    @property
    def making(self) -> bool:
        """Whether something new is being made."""
        return self._making is not None

    async def _now(self) -> Knowledge:
        """What is known now; the first who asks waits until it is made."""
        version = self._version()
        if self._making is None and (self._known is None or self._of != version):
            self._making = asyncio.create_task(self._make(version))
        if self._known is None and self._making is not None:
            await asyncio.shield(self._making)
        assert self._known is not None, "it was made, or why not was raised"
        return self._known

    async def _make(self, version: object) -> None:
        try:
            self._known = await asyncio.to_thread(lambda: Knowledge(self._site()))
            self._of = version
        except SaiteError as error:
            if self._known is None:
                raise Problem.of(error) from error
        finally:
            self._making = None
