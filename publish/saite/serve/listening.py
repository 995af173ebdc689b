"""Where a server listens, and how it ends: of the preview, and of the production door."""

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine
from types import FrameType
from typing import Any

import uvicorn

from saite.errors import EnvironmentFault


class Server(uvicorn.Server):
    """A server that a signal ends, and no exception.

    Args:
        config: of uvicorn.
        closing: called as soon as the server is to end, so that answers without an end end too.
    """

    def __init__(self, config: uvicorn.Config, closing: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        super().__init__(config)
        self._closing = closing
        self._loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A first signal ends gracefully, a second at once; none is passed on, for a signal is how a server ends."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True
        if self._closing is not None:
            self._loop.call_soon_threadsafe(lambda closing: self._loop.create_task(closing()), self._closing)


def bind(host: str, port: int) -> socket.socket:
    """A listening place, taken before any work is done.

    Raises:
        EnvironmentFault: it is taken, or not ours to have.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only over sockets that are said to be TCP; else each answer waits 40 ms
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(100)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "ports end at 65535"
        other = port + 1 if 0 < port < 65000 else 8000
        raise EnvironmentFault(
            f"cannot listen at {host}:{port}: {reason}",
            cure=f"End what uses the port, or take another one: saite serve --port {other}",
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    """The URL at which a listening place is reached."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
