"""The door behind a server, from its start to its end: begin at :func:`run`."""

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from saite.serve.door.application import Door
from saite.serve.listening import Server
from saite.serve.sparql.endpoint import Endpoint

HEAD: Final = 32 << 10
"""Bytes that the head of a request may have; more is refused."""

CONNECTIONS: Final = 1000
"""Connections at once; further requests are told to come later."""

_TOO_LONG: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_HEAD_SECONDS: Final = 15.0  # in which the head of a request must be there
_KEEP_ALIVE: Final = 30  # seconds that a connection may be idle
_GRACE: Final = 20  # seconds in which answers may end when the server is to


class Patient(H11Protocol):
    """HTTP/1.1 that waits for the head of a request, but not for ever: who sends it by drops holds a connection."""

    _late: asyncio.TimerHandle | None = None
    _ignored = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come, and is expected to say something."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Something came; if no request is being answered, it begins one."""
        if self.conn.their_state is h11.IDLE and self._too_long(data):
            self.transport.write(_TOO_LONG)
            self.transport.close()
            return
        if self.cycle is not None and self.cycle.response_complete and self.conn.their_state is h11.SEND_BODY:
            self._ignored += len(data)
            if self._ignored > HEAD:  # it has its answer, and goes on with what nobody reads
                self.transport.close()
                return
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            if self._late is None:
                self._expect()
        else:
            self._forget()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has left."""
        self._forget()
        super().connection_lost(exc)

    def _too_long(self, data: bytes) -> bool:
        """Whether a head is longer than it may be; the library looks only at heads that come in several parts."""
        begun = self.conn.trailing_data[0]
        return len(begun) + len(data) > HEAD and (begun + data).find(b"\r\n\r\n", 0, HEAD + 4) < 0

    def _expect(self) -> None:
        self._late = self.loop.call_later(_HEAD_SECONDS, self.transport.close)

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


async def run(
    door: Door,
    listener: socket.socket,
    ready: Callable[[], None],
    endpoint: Endpoint | None = None,
    trusted: Sequence[str] = (),
) -> None:
    """Serve until SIGINT or SIGTERM; answers that are under way are brought to their end.

    Args:
        door: what answers.
        listener: from :func:`saite.serve.listening.bind`.
        ready: called once requests are answered.
        endpoint: the endpoint among the door's routes.
        trusted: addresses of proxies whose word (X-Forwarded-For, X-Forwarded-Proto) is taken for who the client is.

    Raises:
        EnvironmentFault: the endpoint's processes cannot start.
    """
    _quiet()
    config = uvicorn.Config(
        door,
        http=Patient,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=list(trusted),
        limit_concurrency=CONNECTIONS,
        backlog=1024,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=HEAD,
    )
    async with AsyncExitStack() as running:
        if endpoint is not None:
            await running.enter_async_context(endpoint.running())
        following = asyncio.create_task(door.follow())
        asyncio.get_running_loop().call_later(0, ready)
        try:
            await Server(config).serve(sockets=[listener])
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following


def _quiet() -> None:
    """What the server says of every broken request is for its makers; the door tells what matters."""
    logger = logging.getLogger("uvicorn.error")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(_Faults())
    logger.setLevel(logging.ERROR)


class _Faults(logging.StreamHandler):  # type: ignore[type-arg]
    """Shows faults of ours, with their traceback, to who runs the server."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(lambda record: record.exc_info is not None)
