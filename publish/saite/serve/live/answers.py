"""Answers from a model: begin at :class:`Live`."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from saite.iri import MAX_PATH, MAX_SEGMENT
from saite.manifest import Entry
from saite.render.naming import Lookup
from saite.render.pieces import Promising, offered
from saite.serve.door.choices import Choice, choose
from saite.serve.door.generation import Body, Choices, Held, Wish
from saite.serve.door.place import Place
from saite.serve.live.around import Around, promises
from saite.serve.live.making import Made, Maker
from saite.serve.live.once import Once
from saite.serve.live.turns import Turns
from saite.serve.live.whole import Whole
from saite.site.model import Renderer, Site

THREADS: Final = 4
"""Resources that are looked at, and whose files are made, at once: a page that takes long keeps few others waiting."""

_KNOWN: Final = 20_000  # rows of files that were made
_LONGEST: Final = MAX_PATH + MAX_SEGMENT  # no file of ours has a longer path
_FRONT: Final = "index"
_MISSING: Final = "404.html"


class Live:
    """Answers for a site whose files are made when they are asked for; see :class:`~saite.serve.door.application.Door`.

    What was made is held as a built folder's files are: so many bytes, those last that were asked for last. An answer
    is the one that a door before the built site would give, to the byte.

    Args:
        site: the site; several threads read it.
        makers: its renderers.
        version: another one for other data.
        tell: takes a line for who runs the server.

    Attributes:
        version: as given.
    """

    def __init__(
        self,
        site: Site,
        makers: Sequence[Renderer],
        version: str = "",
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.version = version
        self._site = site
        self._maker = Maker()
        self._promises = promises(makers)
        self._quick = all(isinstance(maker, Promising) for maker in makers)  # who cannot promise may take its time
        self._names = Lookup(site, offered(makers))
        self._whole = Whole(makers, self._maker, tell)
        self._turns = Turns(THREADS)
        self._chosen = Choices()
        self._held = Held()
        self._known: dict[str, Entry] = {}
        self._choosing: Once[Wish, Choice] = Once()
        self._making: Once[str, Made] = Once()

    async def choice(self, wish: Wish) -> Choice:
        """What answers a wish.

        Raises:
            Exception: what making the file that answers raises.
        """
        return self._chosen.get(wish) or self._at_once(wish) or await self._choosing(wish, partial(self._choose, wish))

    async def body(self, entry: Entry, compressed: bool = False) -> Body:
        """The content of a file that was chosen, or what gzip makes of it.

        Raises:
            Exception: what making it raises.
        """
        found = self._held.get(entry.path, compressed)
        if found is not None:
            return found
        if compressed:
            return await self._held.compress(entry.path, (await self.body(entry)).content)
        return self._hold(await self._making(entry.path, partial(self._make, entry.path)))

    def end(self) -> None:
        """Make nothing any more."""
        self._maker.end()
        self._whole.end()
        self._turns.end()

    def _at_once(self, wish: Wish) -> Choice | None:
        """What answers a wish for a slight resource: looked at, and written, sooner than a thread is woken."""
        place = wish.place
        path = place.decoded
        if not self._quick or path is None or len(path) > _LONGEST or not self._whole.opened(path or _FRONT):
            return None
        around = self._around()
        node = around.node(path)
        if node is None or not self._site.slight(node):
            return None
        choice, made = self._look(wish, place, around)
        if choice.file.sha256 if choice.file is not None else choice.status != 404:
            return self._chosen.keep(wish, choice)
        if made is None:  # it is a file of the whole, or nothing is there
            return None
        self._hold(made)
        return self._chosen.keep(wish, replace(choice, file=made.entry))

    async def _choose(self, wish: Wish) -> Choice:
        place = wish.place
        path = place.decoded
        if path is not None and len(path) <= _LONGEST:
            await self._whole.open(path or _FRONT)
        ready = self._whole.file(_MISSING) is not None  # another request may make it so meanwhile
        choice, made = await self._turns(partial(self._look, wish, place, self._around()))
        if choice.status == 404 and choice.file is None and not ready:
            await self._whole.open(_MISSING)
            choice, made = await self._turns(partial(self._look, wish, place, self._around()))
        if choice.file is not None:
            if not choice.file.sha256:
                made = made or await self._whole.made(choice.file.path)
                choice = replace(choice, file=made.entry)
            if made is not None and made.file is None:
                self._hold(made)
        return self._chosen.keep(wish, choice)

    def _around(self) -> Around:
        return Around(self._site, self._promises, self._names, self._whole)

    def _look(self, wish: Wish, place: Place, around: Around) -> tuple[Choice, Made | None]:
        """What answers a wish; if it is a file of a resource that is not known yet, with that file."""
        choice = choose(around, place, wish.accept, wish.language, wish.profile)
        if choice.file is None:
            return choice, None
        known = self._known.get(choice.file.path)
        if known is not None:
            return replace(choice, file=known), None
        promise = around.promise(choice.file.path)
        return choice, self._maker.make(promise) if promise is not None else None

    async def _make(self, path: str) -> Made:
        if self._whole.file(path) is not None:
            return await self._whole.made(path)
        return await self._turns(partial(self._anew, path))

    def _anew(self, path: str) -> Made:
        promise = self._around().promise(path)
        assert promise is not None, "it was chosen"
        return self._maker.make(promise)

    def _hold(self, made: Made) -> Body:
        entry = made.entry
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[entry.path] = entry
        if made.file is not None:
            return Body(entry.size, descriptor=os.dup(made.file.fileno()))
        return self._held.get(entry.path, False) or self._held.keep(entry.path, False, made.content)
