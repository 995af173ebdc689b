"""From files to the dataset."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from saite.config import FILE_NAME, Config
from saite.errors import DataError, Place
from saite.graph.blanknodes import Namer
from saite.graph.derive import derive
from saite.sources import Source, discover, read
from saite.store import EmbeddedStore
from saite.terms import Quad


def assemble(sources: Iterable[Source], config: Config) -> Iterator[Quad]:
    """The quads of some sources, each in its named graph, with blank nodes named by content.

    Relative IRIs are resolved against the site's base. What has no blank nodes streams; the rest of a file comes when
    the file is read to its end.

    Raises:
        DataError: a source has a fault, or blank nodes cannot be told apart.
        EnvironmentFault: a source cannot be read.
    """
    namer = Namer()
    for source in sources:
        yield from namer.name(read(source, config.base), source.display)


def load(target: Path, config: Config) -> tuple[EmbeddedStore, list[Source]]:
    """The dataset of a site folder, a folder of RDF or a file, with derived triples; and its sources.

    Raises:
        UsageError: there is no such file or folder, or saite.toml names what is not there.
        DataError: there is no triple in all of it, or see :func:`assemble`.
        EnvironmentFault: a source cannot be read.
    """
    sources = discover(target, config)
    store = EmbeddedStore(assemble(sources, config))
    if not len(store):
        raise DataError(
            "there is not a single triple in it: every file is empty",
            place=Place(sources[0].display if len(sources) == 1 else str(target)),
            cure="Write some triples, such as: <https://example.org/a> "
            '<http://www.w3.org/2000/01/rdf-schema#label> "A thing"@en .',
        )
    if (target / FILE_NAME).is_file():
        derive(store, config)
    return store, sources
