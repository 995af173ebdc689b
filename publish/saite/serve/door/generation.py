"""One built site and what is held of it in memory: its choices of answers, and its smaller files."""

import asyncio
import gzip
import os
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from saite.manifest import Entry
from saite.serve.door.choices import Choice, choose
from saite.serve.door.place import Place
from saite.serve.door.published import Published

SMALL: Final = 1 << 20
"""Bytes of a file that is held in memory; a larger one is read as it is sent."""

HELD: Final = 256 << 20
"""Bytes of files that are held in memory, their compressed copies included."""

_CHOICES: Final = 20_000  # answers that are kept as they were chosen
_WISH: Final = 1_000  # characters of a wish whose answer is kept
_BLOCK: Final = 256 << 10
_QUICK: Final = 64 << 10  # bytes that are compressed while others wait


class CutShort(Exception):
    """An answer that cannot be ended well: the file became shorter while it was sent."""


class Wish(NamedTuple):
    """What decides which answer a request gets.

    Attributes:
        path: the address below the site's root, as it was sent.
        query: what follows its question mark.
        accept, language, profile: the fields ``Accept``, ``Accept-Language`` and ``Accept-Profile``.
    """

    path: str
    query: str
    accept: str
    language: str
    profile: str = ""

    @property
    def place(self) -> Place:
        """The address."""
        return Place(self.path, self.query)


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent: bytes at hand, or a file, whose descriptor is closed when it has been sent.

    Attributes:
        size: its length in bytes.
        at: where it begins in the file.
    """

    size: int
    content: bytes = b""
    descriptor: int = -1
    at: int = 0

    async def parts(self, start: int, length: int) -> AsyncIterator[bytes]:
        """Its bytes from a place on.

        Raises:
            CutShort: there are not so many.
        """
        if self.descriptor < 0:
            yield self.content if length == self.size else self.content[start : start + length]
            return
        start += self.at
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


class Answers(Protocol):
    """What a door asks: see :mod:`saite.serve.door.joint`."""

    @property
    def version(self) -> str:
        """Another one for other content."""
        ...

    async def choice(self, wish: Wish) -> Choice:
        """What answers a wish."""
        ...

    async def body(self, entry: Entry, compressed: bool = False) -> Body:
        """The content of a file, or what gzip makes of it.

        Raises:
            Changed: it is not there any more.
        """
        ...


class Choices(dict[Wish, Choice]):
    """Answers as they were chosen; begins anew when there are too many."""

    def keep(self, wish: Wish, choice: Choice) -> Choice:
        """Keep one, unless its wish is longer than those of people and programs are: memory is not for who asks so."""
        if sum(map(len, wish)) > _WISH:
            return choice
        if len(self) >= _CHOICES:
            self.clear()
        self[wish] = choice
        return choice


class Held:
    """Contents that are held in memory, by path, and as gzip made them; who was not asked for longest goes first."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[tuple[str, bool], Body] = OrderedDict()
        self._size = 0

    def get(self, path: str, compressed: bool) -> Body | None:
        """A content, if it is held."""
        key = (path, compressed)
        found = self._bodies.get(key)
        if found is not None:
            self._bodies.move_to_end(key)
        return found

    def keep(self, path: str, compressed: bool, content: bytes) -> Body:
        """Hold a content."""
        body = Body(len(content), content)
        old = self._bodies.pop((path, compressed), None)
        self._bodies[path, compressed] = body
        self._size += body.size - (old.size if old is not None else 0)
        while self._size > HELD:
            _, old = self._bodies.popitem(last=False)
            self._size -= old.size
        return body

    async def compress(self, path: str, content: bytes) -> Body:
        """Hold what gzip makes of a content."""
        made = _gzip(content) if len(content) <= _QUICK else await asyncio.to_thread(_gzip, content)
        return self.keep(path, True, made)


class Generation:
    """A built site, and what is held of it.

    Args:
        site: what was built.
    """

    def __init__(self, site: Published) -> None:
        self.site = site
        self._chosen = Choices()
        self._held = Held()

    @property
    def version(self) -> str:
        """Another one for another build."""
        return self.site.version

    async def choice(self, wish: Wish) -> Choice:
        """What answers a wish."""
        found = self._chosen.get(wish)
        if found is None:
            found = self._chosen.keep(wish, choose(self.site, wish.place, wish.accept, wish.language, wish.profile))
        return found

    async def body(self, entry: Entry, compressed: bool = False) -> Body:
        """The content of a file, or what gzip makes of it.

        Raises:
            Changed: it is not there any more.
        """
        found = self._held.get(entry.path, compressed)
        if found is not None:
            return found
        if compressed and not entry.gzip:
            return await self._held.compress(entry.path, (await self.body(entry)).content)
        extent = self.site.open(entry, compressed)
        if extent.size > SMALL:
            return Body(extent.size, descriptor=extent.descriptor, at=extent.at)
        with os.fdopen(extent.descriptor, "rb") as file:
            data = os.pread(file.fileno(), extent.size, extent.at)
        return self._held.keep(entry.path, compressed, self.site.content(data, entry, compressed))


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)
