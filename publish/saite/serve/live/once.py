"""What several ask for at once is made once, for all of them."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Made = TypeVar("_Made")


class Once(Generic[_Key, _Made]):
    """What is being made, by what it is called; who comes meanwhile waits for it too."""

    def __init__(self) -> None:
        self._tasks: dict[_Key, asyncio.Task[_Made]] = {}

    async def __call__(self, key: _Key, make: Callable[[], Coroutine[Any, Any, _Made]]) -> _Made:
        """What is made; whoever gives up waiting, it is made for the others.

        Raises:
            Exception: what making it raises, to everybody who waits.
        """
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.create_task(make())
            task.add_done_callback(lambda done: self._done(key, done))
        return await asyncio.shield(task)

    def _done(self, key: _Key, task: "asyncio.Task[_Made]") -> None:
        del self._tasks[key]
        if not task.cancelled():
            task.exception()  # it is told where somebody waits
