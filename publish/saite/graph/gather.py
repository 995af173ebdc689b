"""From an endpoint to the dataset."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from saite.config import FILE_NAME, Config
from saite.errors import DataError, SaiteError
from saite.graph.blanknodes import Namer
from saite.graph.derive import derive
from saite.sources import Source, read
from saite.store import EmbeddedStore, RemoteStore
from saite.store.harvest import Harvest
from saite.store.paging import Changed
from saite.terms import Quad

TRIES: Final = 3
"""How often is begun anew when the data change while they are read."""
TIMEOUT: Final = 120
"""Seconds to wait for a page; then shorter ones are asked for."""

Follow = Callable[[Iterator[Quad], int], Iterable[Quad]]
"""The quads as they come, and how many there are: the same quads, so that somebody can count them."""


def gather(
    endpoint: str,
    target: Path,
    config: Config,
    sources: Sequence[Source] = (),
    follow: Follow = lambda quads, total: quads,
) -> tuple[EmbeddedStore, list[Source]]:
    """All quads of an endpoint, with blank nodes named by content, and with the triples that the site derives.

    What the site's own files say too is taken as they write it: an engine may keep numbers and times by value, and give
    ``"1"^^xsd:integer`` for ``"1"^^xsd:positiveInteger``. It comes in their order, and the rest by its text, so that
    the store answers alike whatever order the endpoint keeps.

    Args:
        endpoint: its address.
        target: the site folder.
        config: its settings; graphs that they name are read even if the engine has such of its own.
        sources: the site's own files.
        follow: who sees the quads pass.

    Returns:
        The store, and the files of which all is in it, so that a place in them is one of what the store says.

    Raises:
        DataError: there is not a single triple, or blank nodes cannot be told apart.
        EnvironmentFault: it cannot be read completely and exactly.
        UsageError: the address is none.
    """
    came = _harvested(endpoint, config, follow)
    if not len(came):
        raise DataError(
            f"there is not a single triple at {endpoint}",
            cure="Load the data there; or, if they are there, ask whether this user may read them.",
        )
    common = _Common(sources, came, config)
    store = EmbeddedStore(common.quads())
    store.extend(sorted((quad for quad in came.quads() if quad not in store.native), key=_by_text))
    if (target / FILE_NAME).is_file():
        derive(store, config)
    return store, common.confirmed


def _harvested(endpoint: str, config: Config, follow: Follow) -> EmbeddedStore:
    remote = RemoteStore.from_environment(endpoint, TIMEOUT)
    wanted = {config.graph_iri(key) for key in config.graphs}
    left = TRIES
    while True:
        left -= 1
        try:
            harvest = Harvest(remote, wanted)
            return EmbeddedStore(Namer().name(follow(harvest.quads(), harvest.total), endpoint))
        except Changed:
            if not left:
                raise


def _by_text(quad: Quad) -> tuple[str, ...]:
    return str(quad.graph_name), str(quad.subject), quad.predicate.value, str(quad.object)


class _Common:
    """What files and a store both say, by value; then ``confirmed`` has the files of which that is all.

    A file that cannot be read says nothing.
    """

    def __init__(self, sources: Sequence[Source], store: EmbeddedStore, config: Config) -> None:
        self.confirmed: list[Source] = []
        self._sources = sources
        self._store = store
        self._base = config.base

    def quads(self) -> Iterator[Quad]:
        """The quads as the files have them."""
        namer = Namer()
        for source in self._sources:
            whole = True
            try:
                for quad in namer.name(read(source, self._base), source.display):
                    if quad in self._store.native:
                        yield quad
                    else:
                        whole = False
            except SaiteError:
                continue
            if whole:
                self.confirmed.append(source)
