"""The worker processes of an endpoint: started, asked, ended, replaced."""

import asyncio
import contextlib
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import IO, Final, Self

from saite.errors import EnvironmentFault
from saite.serve.sparql import wire
from saite.serve.sparql.answers import Order
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.problem import Problem, ended, too_large, too_slow
from saite.serve.sparql.turns import Turns
from saite.serve.sparql.wire import Frame
from saite.serve.sparql.worker import CHUNK, Setting

_AHEAD: Final = 64
"""Pieces of an answer that are read before its client has taken those before; each has up to 64 KB."""


class Worker:
    """One process; see :mod:`saite.serve.sparql.worker`."""

    def __init__(
        self,
        setting: Setting,
        process: subprocess.Popen[bytes],
        said: IO[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.setting = setting
        self.busy = False
        self._process = process
        self._said = said
        self._reader = reader
        self._writer = writer

    @classmethod
    async def launch(cls, setting: Setting) -> Self:
        """Starts a process and waits until it can answer.

        Raises:
            EnvironmentFault: it cannot read the store, or cannot be kept from the network.
        """
        ours, theirs = socket.socketpair()
        said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  open as long as the process
        with theirs:
            process = subprocess.Popen(  # in this thread: the process ends with the thread that made it
                [sys.executable, "-P", "-m", "saite.serve.sparql.worker"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,  # a Ctrl-C is for the server alone
            )
        reader, writer = await asyncio.open_connection(sock=ours, limit=CHUNK)
        worker = cls(setting, process, said, reader, writer)
        try:
            worker.send(wire.pack(wire.SETTING, pickle.dumps(setting)))
            frame = await wire.read(reader)
            if frame is None or frame.kind != wire.READY:
                told = frame.data.decode() if frame else worker.last_words()
                raise EnvironmentFault(f"a process for queries cannot start: {told.strip() or 'it said nothing'}")
        except BaseException:
            await worker.end()
            raise
        return worker

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def fit(self) -> bool:
        """Whether it can take another query."""
        return not self.busy and self._process.poll() is None

    def send(self, data: bytes) -> None:
        """Sends a frame."""
        self._writer.write(data)

    async def receive(self) -> Frame:
        """The next frame of an answer.

        Raises:
            Problem: the query fails, or the process has ended.
        """
        frame = await wire.read(self._reader)
        if frame is None:
            raise await asyncio.to_thread(self._why)
        if frame.kind in (wire.END, wire.FAULT):
            self.busy = False
        if frame.kind == wire.FAULT:
            raise Problem.read(frame.data)
        return frame

    async def end(self) -> None:
        """Ends the process, whatever it does, and waits until it is gone."""
        self._process.kill()
        await asyncio.to_thread(self._process.wait)
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()
        self._said.close()

    def last_words(self) -> str:
        """What the process wrote to its standard error."""
        self._said.seek(0)
        return self._said.read(10_000).decode(errors="replace")

    def _why(self) -> Problem:
        """Why the process has ended."""
        limits = self.setting.limits
        try:
            code = -self._process.wait(5)
        except subprocess.TimeoutExpired:
            return ended()
        words = self.last_words()
        if code == signal.SIGXCPU:
            return too_slow(limits.seconds)
        if "memory allocation" in words or "bad_alloc" in words or code == signal.SIGKILL:  # or the system's own choice
            return too_large(limits)
        return ended()


class Running:
    """A query that runs in a worker.

    Attributes:
        form: the name of the form of its answer.
        kind: the kind of its answer.
        lasting: whether the same query will have the same answer.
        first: the beginning of the answer.
        complete: whether that is all.
    """

    def __init__(self, pool: "Pool", worker: Worker, client: str, order: Order) -> None:
        self.form = self.kind = ""
        self.lasting = False
        self.first = b""
        self.complete = False
        self._pool = pool
        self._worker: Worker | None = worker
        self._client = client
        self._order = order
        self._deadline = asyncio.get_running_loop().time() + order.seconds

    async def begin(self) -> None:
        """Starts it, and waits for the beginning of its answer.

        Raises:
            Problem: there is none.
        """
        assert self._worker is not None
        self._worker.busy = True
        self._worker.send(wire.pack(wire.ORDER, pickle.dumps(self._order)))
        head = await self._receive()
        self.form, self.kind, lasting = head.data.decode().split()
        self.lasting = lasting == "1"
        self.first = (await self._receive()).data
        if len(self.first) < CHUNK:  # the end comes along
            await self._receive()
            self.complete = True
            await self.close()

    async def rest(self) -> AsyncGenerator[bytes, None]:
        """What comes after the beginning; some of it is read ahead, so that a slow client holds no worker.

        Raises:
            Problem: it breaks off.
        """
        if self.complete:
            return
        ahead: asyncio.Queue[bytes | Problem | None] = asyncio.Queue(_AHEAD)
        reading = asyncio.create_task(self._read(ahead))
        try:
            while (part := await ahead.get()) is not None:
                if isinstance(part, Problem):
                    raise part
                yield part
        finally:
            reading.cancel()

    async def _read(self, ahead: "asyncio.Queue[bytes | Problem | None]") -> None:
        end: Problem | None = None
        try:
            async with asyncio.timeout_at(self._deadline):
                while (frame := await self._receive()).kind != wire.END:
                    await ahead.put(frame.data)
        except TimeoutError:  # the client is slower than the query
            end = too_slow(self._order.seconds)
        except Problem as problem:
            end = problem
        self.complete = end is None
        await self.close()
        await ahead.put(end)

    async def close(self) -> None:
        """Ends the query if it still runs, and lets the next one have its place."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._pool.release(worker, self._client)

    async def _receive(self) -> Frame:
        assert self._worker is not None
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._worker.receive()
        except TimeoutError as error:
            raise too_slow(self._order.seconds) from error


class Pool:
    """So many workers, each with one query at a time.

    Args:
        setting: what they work with.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        limits = setting.limits
        self.turns = Turns(limits.processes, limits.waiting, limits.patience)
        self.workers: set[Worker] = set()
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False

    @property
    def limits(self) -> Limits:
        """Of each query."""
        return self.setting.limits

    async def start(self) -> None:
        """Starts the workers, and waits until they can answer.

        Raises:
            EnvironmentFault: they cannot.
        """
        started = await asyncio.gather(*(self._launch() for _ in range(self.limits.processes)), return_exceptions=True)
        for result in started:
            if isinstance(result, BaseException):
                await self.stop()
                raise result

    async def stop(self) -> None:
        """Ends all workers, and their queries."""
        self._stopped = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self.workers))
        self.workers.clear()

    async def run(self, order: Order, client: str) -> Running:
        """Runs a query when its turn comes; :meth:`Running.close` must follow.

        Raises:
            Problem: it gets no answer.
        """
        await self.turns.take(client)
        try:
            worker = await self._fit()
        except BaseException:
            self.turns.give(client)
            raise
        running = Running(self, worker, client, order)
        try:
            await running.begin()
        except BaseException:
            await running.close()
            raise
        return running

    def release(self, worker: Worker, client: str) -> None:
        """Takes a worker back, or puts another one in its place."""
        self.turns.give(client)
        if worker.fit and worker.setting is self.setting and not self._stopped:
            self._idle.put_nowait(worker)
        else:
            self._later(worker)

    def renew(self, setting: Setting) -> None:
        """From now on queries get other data; those that run end with what they have."""
        self.setting = replace(setting)  # a setting of its own, so that older workers are known
        while not self._idle.empty():
            self._later(self._idle.get_nowait())

    async def _fit(self) -> Worker:
        while not (worker := await self._idle.get()).fit:  # ended while it was idle
            self._later(worker)
        return worker

    def _later(self, worker: Worker) -> None:
        task = asyncio.get_running_loop().create_task(self._replace(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self, worker: Worker) -> None:
        await worker.end()
        self.workers.discard(worker)
        pause = 0.1
        while not self._stopped:
            try:
                await self._launch()
            except (EnvironmentFault, OSError):  # out of processes or memory: others may end
                await asyncio.sleep(pause)
                pause = min(pause * 2, 10)
            else:
                return

    async def _launch(self) -> None:
        worker = await Worker.launch(self.setting)
        if self._stopped:
            await worker.end()
            return
        self.workers.add(worker)
        self._idle.put_nowait(worker)
