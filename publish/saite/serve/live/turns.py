"""Work beside the event loop, as little of it beside each other as may be: begin at :class:`Turns`.

Threads of Python take turns at the interpreter, and each change costs; so one thread works off what is there, and the
loop hears of it once. A second one is woken only when the first is busy with something that takes long.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple, TypeVar

_BEAT: Final = 0.005  # seconds after which what is done is told, and what waits gets another thread
_Result = TypeVar("_Result")


class _Job(NamedTuple):
    work: Callable[[], Any]
    result: "asyncio.Future[Any]"


class Turns:
    """Threads for work that is mostly short.

    Args:
        threads: at most.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, "saite-live")
        self._waiting: deque[_Job] = deque()
        self._done: deque[tuple[_Job, Any, BaseException | None]] = deque()
        self._busy = 0
        self._beating = False

    async def __call__(self, work: Callable[[], _Result]) -> _Result:
        """What the work gives.

        Raises:
            Exception: what it raises.
        """
        loop = asyncio.get_running_loop()
        result: asyncio.Future[_Result] = loop.create_future()
        self._waiting.append(_Job(work, result))
        if not self._busy:
            self._wake(loop)
        if not self._beating:
            self._beating = True
            loop.call_later(_BEAT, self._beat, loop)
        return await result

    def end(self) -> None:
        """Begin nothing any more."""
        self._waiting.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _wake(self, loop: asyncio.AbstractEventLoop) -> None:
        self._busy += 1
        self._pool.submit(self._work, loop)

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Work off what waits; in a thread."""
        while True:
            try:
                job = self._waiting.popleft()
            except IndexError:
                break
            try:
                self._done.append((job, job.work(), None))
            except Exception as error:  # noqa: BLE001 (it is raised where the work was asked for)
                self._done.append((job, None, error))
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._rest, loop)

    def _rest(self, loop: asyncio.AbstractEventLoop) -> None:
        self._busy -= 1
        self._tell()
        if self._waiting and not self._busy:
            self._wake(loop)

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        self._tell()
        if self._waiting and self._busy < self._threads:
            self._wake(loop)
        self._beating = bool(self._busy)
        if self._beating:
            loop.call_later(_BEAT, self._beat, loop)

    def _tell(self) -> None:
        while self._done:
            job, result, error = self._done.popleft()
            if job.result.done():  # who asked has gone
                continue
            if error is not None:
                job.result.set_exception(error)
            else:
                job.result.set_result(result)
