"""Clients that leave: their queries end with them."""

import asyncio
import ipaddress
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.types import Receive, Scope

from saite.serve.sparql.problem import Problem

_Result = TypeVar("_Result")


class Gone(Exception):
    """The client has left."""


class BrokenOff(Exception):
    """An answer that cannot be ended well: the server closes the connection, so that the client sees it.

    Args:
        problem: why.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"an answer broke off: {problem.message}")


async def unless_gone(receive: Receive, work: Coroutine[Any, Any, _Result]) -> _Result:
    """The result of some work, which is cancelled when the client leaves; its request has been read.

    Raises:
        Gone: it has left.
    """
    working = asyncio.ensure_future(work)
    watching = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((working, watching), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise Gone
    finally:
        for task in (working, watching):
            task.cancel()
        await asyncio.gather(working, watching, return_exceptions=True)


def address(scope: Scope) -> str:
    """What stands for a client when turns are shared out: its address, of IPv6 the network (RFC 6177)."""
    host = str((scope.get("client") or ("", 0))[0])
    try:
        return str(ipaddress.ip_network((host, 64), strict=False)) if ":" in host else host
    except ValueError:  # a name of the server's own
        return host


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
