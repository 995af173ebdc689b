"""One built site and what is held of it in memory: its choices of answers, and its smaller files."""

import asyncio
import gzip
import os
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from saite.manifest import Entry
from saite.serve.door.choices import Choice, Place, choose
from saite.serve.door.published import Published

SMALL: Final = 1 << 20
"""Bytes of a file that is held in memory; a larger one is read as it is sent."""

HELD: Final = 256 << 20
"""Bytes of files that are held in memory, their compressed copies included."""

_CHOICES: Final = 20_000  # answers that are kept as they were chosen
_BLOCK: Final = 256 << 10
_QUICK: Final = 64 << 10  # bytes that are compressed while others wait


class CutShort(Exception):
    """An answer that cannot be ended well: the file became shorter while it was sent."""


class Wish(NamedTuple):
    """What decides which answer a request gets.

    Attributes:
        path: the address below the site's root, as it was sent.
        query: what follows its question mark.
        accept, language: the fields ``Accept`` and ``Accept-Language``.
    """

    path: str
    query: str
    accept: str
    language: str

    @property
    def place(self) -> Place:
        """The address."""
        return Place(self.path, self.query)


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent: bytes at hand, or a file, whose descriptor is closed when it has been sent.

    Attributes:
        size: its length in bytes.
    """

    size: int
    content: bytes = b""
    descriptor: int = -1

    async def parts(self, start: int, length: int) -> AsyncIterator[bytes]:
        """Its bytes from a place on.

        Raises:
            CutShort: there are not so many.
        """
        if self.descriptor < 0:
            yield self.content if length == self.size else self.content[start : start + length]
            return
        end = start + length
        while start < end:
            block = await asyncio.to_thread(os.pread, self.descriptor, min(_BLOCK, end - start), start)
            if not block:
                raise CutShort
            start += len(block)
            yield block

    def close(self) -> None:
        """Let go of the file."""
        if self.descriptor >= 0:
            os.close(self.descriptor)


class Generation:
    """A built site, and what is held of it.

    Args:
        site: what was built.
    """

    def __init__(self, site: Published) -> None:
        self.site = site
        self._chosen: dict[Wish, Choice] = {}
        self._bodies: OrderedDict[tuple[str, bool], Body] = OrderedDict()
        self._held = 0

    def choice(self, wish: Wish) -> Choice:
        """What answers a wish."""
        found = self._chosen.get(wish)
        if found is None:
            found = choose(self.site, wish.place, wish.accept, wish.language)
            if len(self._chosen) >= _CHOICES:
                self._chosen.clear()
            self._chosen[wish] = found
        return found

    async def body(self, entry: Entry, compressed: bool = False) -> Body:
        """The content of a file, or what gzip makes of it.

        Raises:
            Changed: it is not there any more.
        """
        key = (entry.path, compressed)
        found = self._bodies.get(key)
        if found is not None:
            self._bodies.move_to_end(key)
            return found
        if compressed and not entry.gzip:
            whole = (await self.body(entry)).content
            made = _gzip(whole) if len(whole) <= _QUICK else await asyncio.to_thread(_gzip, whole)
            return self._keep(key, Body(len(made), made))
        descriptor = self.site.open(entry, ".gz" if compressed else "")
        size = os.fstat(descriptor).st_size
        if size > SMALL:
            return Body(size, descriptor=descriptor)
        with os.fdopen(descriptor, "rb") as file:
            content = file.read()
        return self._keep(key, Body(len(content), content))

    def _keep(self, key: tuple[str, bool], body: Body) -> Body:
        self._bodies[key] = body
        self._held += body.size
        while self._held > HELD:
            _, old = self._bodies.popitem(last=False)
            self._held -= old.size
        return body


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)
