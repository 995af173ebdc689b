"""The process in which queries run, one at a time: ``python -m saite.serve.sparql.worker``.

It talks to the server over standard input, a socket, and over nothing else. Ending it ends its query.
"""

import io
import pickle
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from saite.config import Config
from saite.errors import EnvironmentFault, SaiteError
from saite.serve.sparql import fence, wire
from saite.serve.sparql.answers import Answerer, Order
from saite.serve.sparql.limits import Limits
from saite.serve.sparql.problem import Problem, too_large
from saite.store.embedded import EmbeddedStore

CHUNK: Final = 1 << 16
"""Bytes of an answer that are gathered before its head goes out: until then, a failure has a status of its own."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a worker works with.

    Attributes:
        store: the folder of a store, as :meth:`EmbeddedStore.create` makes it.
        config: the settings of the site.
        limits: of a query.
    """

    store: Path
    config: Config
    limits: Limits


class FrameSink:
    """Sends an answer in frames."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._head = b""
        self._parts = io.BytesIO()

    def begin(self, form: str, kind: str, lasting: bool) -> None:
        """Keeps the head back until there is something to go with it."""
        self._head = wire.pack(wire.HEAD, f"{form} {kind} {int(lasting)}".encode())

    def write(self, data: bytes) -> int:
        """Takes bytes of the answer."""
        view = memoryview(data)
        while view:
            room = CHUNK - self._parts.tell()
            self._parts.write(view[:room])
            view = view[room:]
            if self._parts.tell() == CHUNK:
                self._send(b"")
        return len(data)

    def end(self) -> None:
        """Sends what is left, and that it is all."""
        self._send(wire.pack(wire.END))

    def fail(self, problem: Problem) -> None:
        """Sends why there is no more."""
        self._channel.sendall(wire.pack(wire.FAULT, problem.to_wire()))

    def _send(self, after: bytes) -> None:
        self._channel.sendall(self._head + wire.pack(wire.BODY, self._parts.getvalue()) + after)
        self._head = b""
        self._parts = io.BytesIO()


def serve(channel: socket.socket, answerer: Answerer, limits: Limits) -> None:
    """Answers orders until the server goes away."""
    while (frame := wire.receive(channel)) is not None:
        order: Order = pickle.loads(frame.data)  # noqa: S301  our own server's
        fence.limit_time(order.seconds)
        sink = FrameSink(channel)
        try:
            answerer.answer(order, sink)
            sink.end()
        except Problem as problem:
            sink.fail(problem)
        except MemoryError:
            sink.fail(too_large(limits))
            return  # nobody knows what is left of this process
        except SaiteError as error:
            sink.fail(Problem.of(error))
        except (OSError, RuntimeError, ValueError) as error:  # the engine's own, while it evaluates
            if isinstance(error, ConnectionError):
                return
            sink.fail(Problem(500, "the query cannot be evaluated", "Write it in another way."))


def main() -> None:
    """Prepares the process, and serves."""
    fence.end_with_parent()
    channel = socket.socket(fileno=0)
    frame = wire.receive(channel)
    if frame is None:
        return
    setting: Setting = pickle.loads(frame.data)  # noqa: S301  our own server's
    try:
        store = EmbeddedStore.open(setting.store)
        fence.close(setting.store)
    except EnvironmentFault as error:
        channel.sendall(wire.pack(wire.FAULT, str(error).encode()))
        return
    fence.limit_memory(setting.limits.memory)
    answerer = Answerer(store, setting.config, setting.limits)
    channel.sendall(wire.pack(wire.READY))
    serve(channel, answerer, setting.limits)


if __name__ == "__main__":
    main()
