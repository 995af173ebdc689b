"""Frames between an endpoint and its workers: a kind, a length, and so many bytes."""

import asyncio
import socket
import struct
from typing import Final, NamedTuple

_HEAD: Final = struct.Struct(">cI")

SETTING, READY, ORDER = b"S", b"R", b"O"
HEAD, BODY, END, FAULT = b"H", b"B", b"E", b"F"
"""An answer is a head, bodies and an end; or, before or after the head, a fault."""


class Frame(NamedTuple):
    """One message."""

    kind: bytes
    data: bytes


def pack(kind: bytes, data: bytes = b"") -> bytes:
    """A frame as bytes."""
    return _HEAD.pack(kind, len(data)) + data


def receive(channel: socket.socket) -> Frame | None:
    """The next frame, or None where the other side has gone."""
    head = _exactly(channel, _HEAD.size)
    if head is None:
        return None
    kind, length = _HEAD.unpack(head)
    data = _exactly(channel, length)
    return None if data is None else Frame(kind, data)


async def read(reader: asyncio.StreamReader) -> Frame | None:
    """The next frame, or None where the other side has gone."""
    try:
        kind, length = _HEAD.unpack(await reader.readexactly(_HEAD.size))
        return Frame(kind, await reader.readexactly(length))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    parts = []
    while size:
        try:
            part = channel.recv(min(size, 1 << 20))
        except ConnectionError:
            return None
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
