"""The catalogue as portals will judge it: made as a build makes it, and validated by the shapes of a profile.

:func:`judge` is what ``saite check --catalog`` does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from saite import pipeline
from saite.check import check_shapes
from saite.check.locate import in_order
from saite.config import Config
from saite.errors import UsageError
from saite.finding import Severity
from saite.graph import Namer, public
from saite.namespaces import RDF_TYPE, RDFS, SH
from saite.pipeline import SILENCE, Judged, Options, Progress
from saite.render import renderers
from saite.render.catalogue import CatalogueRenderer
from saite.render.catalogue.authority import DCATAP
from saite.render.catalogue.model import root
from saite.render.pieces import Parted, Placed
from saite.site import build_site
from saite.site.model import Renderer, Site
from saite.sources import Source, read
from saite.store import EmbeddedStore
from saite.terms import NamedNode, Quad, Triple

_RESOURCE: Final = NamedNode(RDFS + "Resource")
_PATH: Final = NamedNode(SH + "path")
_CATEGORY: Final = NamedNode(DCATAP + "hvdCategory")


def judge(
    target: Path, shapes: Sequence[Path], options: Options, progress: Progress = SILENCE
) -> tuple[Judged, list[str]]:
    """Make a site's catalogue and validate it.

    Args:
        target: the site: a folder, or a file.
        shapes: files of shapes, and folders with such (``*.ttl``).
        options: what differs from saite.toml.
        progress: who is told.

    Returns:
        The catalogue with what was found in it, and the names of files of shapes that were left out: those for
        high-value datasets, unless the settings say that the data are such.

    Raises:
        UsageError: there are no shapes; or the site has no catalogue.
        DataError: a source or a shape is broken.
    """
    files = list(_files(shapes))
    read_ = pipeline.judge(target, replace(options, check=False), progress)
    progress.stage("Making the catalogue")
    site = build_site(public(read_.store, read_.config), read_.config)
    store = EmbeddedStore(Quad(*triple) for triple in _entailed(catalogue(site)))
    quads, left_out = _shapes(files, read_.config)
    progress.stage("Checking the catalogue")
    found = in_order(check_shapes(store, quads, read_.config, engine=options.engine))
    fail_on = options.fail_on or Severity[read_.config.check.fail_on.upper()]
    return Judged(read_.config, (), store, tuple(found), fail_on), left_out


def catalogue(site: Site) -> list[Triple]:
    """The catalogue of a site, as a build writes it; its distributions are made, and thrown away.

    Raises:
        UsageError: the site has none.
    """
    makers = renderers(site)
    maker = next((one for one in makers if isinstance(one, CatalogueRenderer)), None)
    if maker is None:
        raise UsageError("the site has no catalogue", cure='Add "catalogue" to formats in saite.toml.')
    if not root(site):
        raise UsageError(
            "the site has no address, so that its catalogue could name no files",
            cure='Say where it is published: url = "https://.../" in saite.toml.',
        )
    _make(makers[: makers.index(maker)])
    return maker.catalogue.triples(maker.distributions.values())


def _entailed(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Some triples, and that each IRI in their object places is a resource (RDF 1.1 Semantics, rdfs4b).

    The shapes for high-value datasets ask for it, and do without entailment.
    """
    for triple in triples:
        yield triple
        if isinstance(triple.object, NamedNode):
            yield Triple(triple.object, RDF_TYPE, _RESOURCE)


def _make(makers: Iterable[Renderer]) -> None:
    """Have distributions made, so that they are measured."""
    for maker in makers:
        for part in maker.parts() if isinstance(maker, Parted) else ():
            if isinstance(part, Placed) and part.offers:
                for artifact in part():
                    for _ in artifact.chunks():
                        pass


def _files(shapes: Iterable[Path]) -> Iterator[Path]:
    for path in shapes:
        if not path.exists():
            raise UsageError(f"there are no shapes at {path}", cure="Name a file, or a folder with .ttl files.")
        found = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
        if not found:
            raise UsageError(f"there is no .ttl file in {path}", cure="Name a folder with shapes in Turtle.")
        yield from found


def _shapes(files: Iterable[Path], config: Config) -> tuple[list[Quad], list[str]]:
    """The shapes of some files, and which files were left out."""
    namer = Namer()
    quads: list[Quad] = []
    left_out: list[str] = []
    for path in files:
        source = Source(path, str(path))
        found = list(namer.name(read(source), source.display))
        if not config.catalogue.hvd and any(q.predicate == _PATH and q.object == _CATEGORY for q in found):
            left_out.append(path.name)
        else:
            quads += found
    return quads, left_out
