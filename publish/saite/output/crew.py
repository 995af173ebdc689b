"""Several processes fill one staged folder: each makes pieces of the site, and writes them itself.

The processes are forks of this one, so that they have the site's model without a copy being made. This one hands out
the pieces, a few at a time, and learns that they are made; the ledger of each process comes back through a file.
Nothing that goes wrong in a process is told from there: the piece is made again here, where the error is what it would
have been with one process. A process that dies ends the build; when this one dies, the others are killed.
"""

import gc
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from types import TracebackType
from typing import Any, Final, NamedTuple, NoReturn, Self, TypeAlias

from saite.errors import EnvironmentFault
from saite.output.failures import fault
from saite.output.ledger import Ledger, Run
from saite.output.staging import Stage, check_path
from saite.output.work import Work
from saite.processes import belong_to, free_memory

_Pipe: TypeAlias = "Connection[object, object]"

SHARE: Final = (256 << 20, 1 << 30)
"""Bytes of memory that a process may take for itself, at least and at most; then another takes its place.

A page of memory that both this process and its fork use is copied once either writes to it, and reading is writing: it
counts references, in Python's objects and in those of the store. So each process comes to hold a copy of whatever it
has looked at, in the end of everything. But each one has to copy anew what those before it had.
"""

_FREE: Final = 4
"""All processes together take this part of the free memory, if their shares allow it."""

_FEWER: Final = "If memory is short, let fewer processes work: --jobs 1."


class _Made(NamedTuple):
    """A piece is written; what it noted for others, and whether its process has taken as much memory as it may."""

    notes: dict[str, Any]
    full: bool


class _Refused(NamedTuple):
    """The environment refused: message and cure."""

    message: str
    cure: str


class _Failed(NamedTuple):
    """A piece could not be made: why, in short."""

    reason: str


class _Report(NamedTuple):
    """What a process has written in all: see :class:`Stage`."""

    files: int
    size: int
    taken: list[bytes]
    own: set[str]
    late: set[str]
    runs: list[Run]


@dataclass(slots=True)
class _Worker:
    """One of the processes: where to reach it, its ledger, and what it is making."""

    process: int
    pipe: _Pipe
    ledger: Ledger
    piece: int = -1


def share(jobs: int) -> int:
    """What each of some processes may take for itself (see :data:`SHARE`), by the memory that is free now."""
    least, most = SHARE
    free = free_memory()
    return least if free is None else min(max(free // (_FREE * jobs), least), most)


class Crew:
    """The processes; to be used as a context, at whose end none is left.

    Args:
        work: what is to be made. Its first piece is made by this process before it forks, so that what is made once
            for all (templates, tables) is there.
        jobs: how many processes.
        staging: what is to be filled.
    """

    def __init__(self, work: Work, jobs: int, staging: Stage) -> None:
        self._work = work
        self._jobs = jobs
        self._staging = staging
        self._share = share(jobs)
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            with suppress(ProcessLookupError):
                os.kill(worker.process, signal.SIGKILL)
            _end_of(worker.process)
            worker.pipe.close()
        self._workers.clear()
        gc.unfreeze()

    def pieces(self) -> Iterator[int]:
        """Have all pieces made; yields what each counts for, as it is done.

        Raises:
            EnvironmentFault: the file system refuses, or a process died.
            Exception: what making a piece raises; of several pieces, the first in the order of their numbers.
        """
        work = self._work
        first = work.take()
        if first is None:
            return
        for artifact in work.make(first):
            self._staging.write(artifact)
        yield work.done(first)
        idle = [self._start(Ledger(self._staging.path.parent)) for _ in range(self._jobs)]
        busy: dict[_Pipe, _Worker] = {}
        wrong: tuple[int, _Refused | _Failed] | None = None
        while True:
            while idle and (piece := self._take(wrong)) is not None:
                worker = idle.pop()
                worker.piece = piece
                self._send(worker, (piece, work.notes))
                busy[worker.pipe] = worker
            if not busy:
                break
            for pipe in wait(list(busy)):
                worker = busy.pop(pipe)  # type: ignore[call-overload]
                idle.append(worker)
                answer = self._receive(worker)
                if isinstance(answer, _Made):
                    work.notes.update(answer.notes)
                    if answer.full:
                        idle[-1] = self._relieve(worker)
                    yield work.done(worker.piece)
                elif isinstance(answer, _Refused | _Failed) and (wrong is None or worker.piece < wrong[0]):
                    wrong = (worker.piece, answer)
        if wrong is not None:
            self._tell(*wrong)
        for worker in list(self._workers):
            self._dismiss(worker)

    def _take(self, wrong: tuple[int, object] | None) -> int | None:
        """The next piece; after something went wrong, only what comes before it: there may be an earlier fault."""
        while (piece := self._work.take()) is not None:
            if wrong is None or piece < wrong[0]:
                return piece
        return None

    # -- the processes, seen from here --

    def _start(self, ledger: Ledger) -> _Worker:
        """A new process, which notes what it writes in a ledger."""
        _flush()
        gc.freeze()  # what is here already is no garbage: a look at it would copy its memory for each process
        if ledger not in self._staging.ledgers:
            self._staging.ledgers.append(ledger)
        ours, theirs = Pipe()
        others = [ours, *(worker.pipe for worker in self._workers)]
        parent = os.getpid()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            process = os.fork()
            if process == 0:
                _serve(theirs, others, parent, self._work, self._staging, ledger, self._share)
            worker = _Worker(process, ours, ledger)
            self._workers.append(worker)
        except OSError as error:
            raise EnvironmentFault(f"no process can be started: {error.strerror}", cure=_FEWER) from error
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        return worker

    def _relieve(self, worker: _Worker) -> _Worker:
        """Another process in place of one that has taken as much memory as it may."""
        self._dismiss(worker)
        return self._start(worker.ledger)

    def _send(self, worker: _Worker, message: object) -> None:
        try:
            worker.pipe.send(message)
        except OSError as error:
            raise self._lost(worker) from error

    def _receive(self, worker: _Worker) -> object:
        try:
            return worker.pipe.recv()
        except (EOFError, OSError) as error:
            raise self._lost(worker) from error

    def _dismiss(self, worker: _Worker) -> None:
        """Take over what a process has noted, and let it end."""
        self._send(worker, None)
        report = self._receive(worker)
        if isinstance(report, _Refused):
            raise EnvironmentFault(report.message, cure=report.cure)
        assert isinstance(report, _Report)
        worker.ledger.take_over(report.runs)
        staging = self._staging
        staging.files += report.files
        staging.bytes += report.size
        staging.taken += report.taken
        staging.own |= report.own
        staging.late |= report.late
        _end_of(worker.process)
        worker.pipe.close()
        self._workers.remove(worker)

    def _lost(self, worker: _Worker) -> EnvironmentFault:
        """The error that a process has died."""
        how = _end_of(worker.process)
        worker.pipe.close()
        self._workers.remove(worker)
        return EnvironmentFault(
            f"one of the {self._jobs} processes that make the site {how}; nothing was published",
            cure=f"Try again. {_FEWER}",
        )

    def _tell(self, piece: int, wrong: "_Refused | _Failed") -> NoReturn:
        """Raise what went wrong."""
        if isinstance(wrong, _Refused):
            raise EnvironmentFault(wrong.message, cure=wrong.cure)
        for artifact in self._work.make(piece):
            check_path(artifact)
            for _ in artifact.chunks():
                pass
        raise EnvironmentFault(
            f"a part of the site could be made by one of the {self._jobs} processes only at a second try: "
            f"{wrong.reason}; nothing was published",
            cure=f"Try again. {_FEWER}",
        )


def _end_of(process: int) -> str:
    """Wait for a process to end, and say how it did."""
    try:
        _, status = os.waitpid(process, 0)
    except ChildProcessError:  # who started us ignores SIGCHLD, and so do we: then the kernel tells nothing
        return "ended"
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"ended with code {code}"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"was ended by {name}"


# -- the processes themselves --


def _serve(
    pipe: _Pipe, others: Sequence[_Pipe], parent: int, work: Work, staging: Stage, ledger: Ledger, share: int
) -> NoReturn:
    """Make and write the pieces that come through the pipe, until it brings no more; then tell what was written."""
    code = 1
    try:
        belong_to(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        for other in others:  # or the end of this process's parent would not end the pipes
            other.close()
        own = staging.twin(ledger)
        most = _faults() + share // resource.getpagesize()
        while (task := pipe.recv()) is not None:
            assert isinstance(task, tuple)
            pipe.send(_attempt(task[0], task[1], work, own, most))
        pipe.send(_report(own))
        _flush()
        code = 0
    finally:
        os._exit(code)  # whatever goes wrong: the rest of this program is the parent's


def _report(staging: Stage) -> _Report | _Refused:
    try:
        staging.flush()
        runs = staging.ledgers[0].hand_over()
    except OSError as error:
        refused = fault(error, staging.display)
        return _Refused(refused.message, refused.cure)
    return _Report(staging.files, staging.bytes, staging.taken, staging.own, staging.late, runs)


def _attempt(piece: int, notes: dict[str, Any], work: Work, staging: Stage, most: int) -> _Made | _Refused | _Failed:
    """Make and write one piece; no error leaves this process."""
    work.notes.update(notes)
    try:
        for artifact in work.make(piece):
            staging.write(artifact)
    except EnvironmentFault as error:
        return _Refused(error.message, error.cure)
    except BaseException as error:  # noqa: BLE001 (whatever it is, it is raised again where it can be told)
        return _Failed(f"{type(error).__name__}: {error}")
    return _Made(work.notes, _faults() >= most)


def _faults() -> int:
    """How many pages of memory this process has been given so far (getrusage(2): ru_minflt)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # it was closed by whoever started us
            stream.flush()
