"""The files of the whole site, part by part: a part is opened when an address may be one of its files."""

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from saite.artifact import Artifact
from saite.render.pieces import Parted, Placed
from saite.serve.live.making import Made, Maker
from saite.serve.live.once import Once
from saite.site.model import Renderer

_ENDS: Final = re.compile("[.~]")


def places(path: str) -> Iterator[str]:
    """The places (see :class:`~saite.render.pieces.Placed`) to which a document or a file can belong."""
    yield path
    folder, slash, name = path.rpartition("/")
    for end in _ENDS.finditer(name):
        yield f"{folder}{slash}{name[: end.start()]}"
    for number, character in enumerate(path):
        if character == "/":
            yield path[: number + 1]


class _Part:
    """A part, and whether its files are known, and how large they are."""

    def __init__(self, placed: Placed, lane: ThreadPoolExecutor, maker: int) -> None:
        self.placed = placed
        self.lane = lane
        self.maker = maker
        self.paths: list[str] | None = None
        self.measured = False


class Whole:
    """The files of the whole.

    Each renderer has a thread of its own for them, so that a dump, which takes long, keeps no page waiting. What has
    been made of a small file is not kept here; a large one is, in a temporary file.

    Args:
        makers: the renderers.
        maker: makes files.
        tell: takes a line for who runs the server.
    """

    def __init__(self, makers: Sequence[Renderer], maker: Maker, tell: Callable[[str], None]) -> None:
        self._makers = makers
        self._maker = maker
        self._tell = tell
        self._lanes = [ThreadPoolExecutor(1, "saite-whole") for _ in makers]
        self._parts: list[_Part] = []
        self._at: dict[str, list[_Part]] = {}
        self._anywhere: list[_Part] = []
        for number, one in enumerate(makers):
            for make in one.parts() if isinstance(one, Parted) else (one.whole,):
                placed = make if isinstance(make, Placed) else Placed(make)
                part = _Part(placed, self._lanes[number], number)
                self._parts.append(part)
                if placed.places is None:
                    self._anywhere.append(part)
                for place in placed.places or ():
                    self._at.setdefault(place, []).append(part)
        self._files: dict[str, tuple[Artifact, _Part]] = {}
        self._documents: dict[str, dict[str, Artifact]] = {}
        self._large: dict[str, Made] = {}
        self._opening: Once[int, None] = Once()
        self._making: Once[str, Made] = Once()

    def file(self, path: str) -> Artifact | None:
        """A file of the parts that are open."""
        found = self._files.get(path)
        return found[0] if found is not None else None

    def of(self, document: str) -> list[Artifact]:
        """The files that represent a document, of the parts that are open."""
        return list(self._documents.get(document, {}).values())

    async def open(self, path: str) -> None:
        """Get to know the files that may lie at a path, or represent a document.

        Raises:
            Exception: what making a part raises.
        """
        for part in self._around(path):
            if part.paths is None:
                await self._opened(part)

    def opened(self, path: str) -> bool:
        """Whether they are known."""
        return all(part.paths is not None for part in self._around(path))

    def _around(self, path: str) -> Iterator[_Part]:
        """The parts whose files may lie at a path, or represent a document."""
        yield from self._anywhere
        for place in places(path):
            yield from self._at.get(place, ())

    async def made(self, path: str) -> Made:
        """A file of an open part.

        Raises:
            Exception: what making it raises.
        """
        return self._large.get(path) or await self._making(path, partial(self._make, path))

    def end(self) -> None:
        """Begin nothing any more, and let go of temporary files."""
        for lane in self._lanes:
            lane.shutdown(wait=False, cancel_futures=True)
        for made in self._large.values():
            if made.file is not None:
                made.file.close()

    async def _opened(self, part: _Part) -> None:
        await self._opening(id(part), partial(self._open, part))

    async def _open(self, part: _Part) -> None:
        placed = part.placed
        if placed.measured:
            await self._measure(part.maker)
        try:
            promise = placed.promise or placed.make
            artifacts = await asyncio.get_running_loop().run_in_executor(part.lane, lambda: list(promise()))
        except Exception as error:  # (a renderer of a user's may raise anything)
            if placed.places is not None:
                raise
            self._tell(f"A renderer fails, and its files are missing: {type(error).__name__}: {error}")
            artifacts = []
        for artifact in artifacts:
            self._files[artifact.path] = artifact, part
            if artifact.document:
                self._documents.setdefault(artifact.document, {})[artifact.path] = artifact
        part.paths = [artifact.path for artifact in artifacts]

    async def _measure(self, before: int) -> None:
        """Let the renderers before one make their distributions, which it tells of."""
        for part in self._parts:
            if part.maker < before and part.placed.offers and not part.measured:
                await self._opened(part) if part.paths is None else None
                for path in part.paths or ():
                    await self.made(path)
                part.measured = True

    async def _make(self, path: str) -> Made:
        artifact, part = self._files[path]
        made = await asyncio.get_running_loop().run_in_executor(part.lane, self._maker.spool, artifact)
        if made.file is not None:
            self._large[path] = made
        return made
