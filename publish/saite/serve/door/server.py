"""The door behind a server, from its start to its end: begin at :func:`run`."""

import asyncio
import logging
import resource
import socket
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from saite.fields import ALWAYS
from saite.serve.door.application import Door
from saite.serve.listening import Server
from saite.serve.sparql.endpoint import Endpoint

HEAD: Final = 32 << 10
"""Bytes that the head of a request may have; more is refused."""

CONNECTIONS: Final = 1000
"""Connections at once; who comes then is told to come later."""

TAKEN: Final = 256 << 10
"""Bytes of an answer that its client must take in :data:`_SLOWEST`."""

COLLECTED: Final = 50_000
"""Objects that wait until garbage in cycles is looked for: answers leave hardly any, and a look makes clients wait."""

_HEAD_SECONDS: Final = 15.0  # in which the head of a request must be there
_SLOWEST: Final = 60.0
_TOLD: Final = 64  # connections beyond the limit that are told so; more are closed
_QUEUE: Final = 1024  # connections that the system keeps until they are taken
_AT_ONCE: Final = 32  # connections that are taken before any of them is looked at
_FILES: Final = 400  # that are open beside connections, those that are taken at once among them
_KEEP_ALIVE: Final = 30  # seconds that a connection may be idle
_GRACE: Final = 20  # seconds in which answers may end when the server is to


class Patient(H11Protocol):
    """HTTP/1.1 that waits for clients, but not for ever.

    Who sends the head of a request by drops, or a body that nobody reads, or takes an answer by drops, holds a
    connection, and would hold all of them.
    """

    most = CONNECTIONS
    _late: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None
    _ignored = 0
    _crowded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come, and is expected to say something."""
        super().connection_made(transport)
        if len(self.connections) > self.most + _TOLD:
            transport.abort()
        self._crowded = len(self.connections) > self.most
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Something came; if no request is being answered, it begins one."""
        if self._crowded:
            self._refuse("503 Service Unavailable", "retry-after: 5\r\n")
            return
        if self.conn.their_state is h11.IDLE and self._too_long(data):
            self._refuse("431 Request Header Fields Too Large")
            return
        if self._body_of_nobody():
            self._ignored += len(data)
            if self._ignored > HEAD:
                self.transport.close()
                return
        super().data_received(data)
        if self._body_of_nobody() or (self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]):
            if self._late is None:
                self._expect()
        else:
            self._forget()

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP."""
        self._refuse("400 Bad Request")

    def on_response_complete(self) -> None:
        """An answer was given; its client may still have to take it."""
        super().on_response_complete()
        if self._taking is not None:
            self._taking.cancel()
        self._look(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has left."""
        self._forget()
        if self._taking is not None:
            self._taking.cancel()
        super().connection_lost(exc)

    def _refuse(self, status: str, more: str = "") -> None:
        """Close the connection; tell why, unless the client is being told something else."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            fields = "".join(f"{name}: {value}\r\n" for name, value in ALWAYS.items())
            head = f"HTTP/1.1 {status}\r\n{fields}{more}content-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(head.encode())
        self.transport.close()

    def _body_of_nobody(self) -> bool:
        """Whether the client has its answer, and goes on with what nobody reads."""
        return self.cycle is not None and self.cycle.response_complete and self.conn.their_state is h11.SEND_BODY

    def _look(self, before: int | None) -> None:
        """Whether an answer is being taken, now and as long as there is something left of it."""
        left = self.transport.get_write_buffer_size()
        self._taking = None
        if left and before is not None and before - left < TAKEN:
            self.transport.abort()
        elif left:
            self._taking = self.loop.call_later(_SLOWEST, self._look, left)

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

    class Limited(Patient):
        most = _room()

    def begun() -> None:
        listener.listen(_QUEUE)  # which the library has set to what it takes at once
        ready()

    config = uvicorn.Config(
        door,
        http=Limited,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=list(trusted),
        backlog=_AT_ONCE,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=HEAD,
    )
    async with AsyncExitStack() as running:
        if endpoint is not None:
            await running.enter_async_context(endpoint.running())
        following = asyncio.create_task(door.follow())
        asyncio.get_running_loop().call_later(0, begun)
        try:
            await Server(config).serve(sockets=[listener])
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following


def _room() -> int:
    """How many connections there may be: this process gets as many open files as it needs, if the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = CONNECTIONS + _TOLD + _FILES
    allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return min(CONNECTIONS, max(allowed - _TOLD - _FILES, allowed // 4))


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
        self.addFilter(lambda record: _is_fault(record.exc_info))


def _is_fault(info: "logging._SysExcInfoType | tuple[None, None, None] | None") -> bool:
    """Whether there is a traceback; a request that is cancelled when the server ends is no fault."""
    return info is not None and not isinstance(info[1], asyncio.CancelledError)
