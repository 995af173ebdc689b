"""The sentence that everything else is a word of: sources -> store -> check -> site model -> renderers -> folder.

:func:`build` says it; :func:`judge` says its first half. Findings at or above the limit stop a build before
anything is written.
"""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, TypeVar

from saite import __version__, manifest
from saite import check as checking
from saite import config as settings
from saite.archive import ENDING
from saite.artifact import Artifact
from saite.config import Config
from saite.errors import CheckFailed, DataError, SaiteError, UsageError
from saite.finding import Finding, Severity
from saite.graph import gather, load, public
from saite.links import LinkCheck, Outcome, Told
from saite.links import check as check_links
from saite.namespaces import SAITE
from saite.output import Place, Written, claim, is_ours
from saite.part import Part, Shard
from saite.processes import copies, cores, may_fork
from saite.render import renderers
from saite.render.offers import Distributions
from saite.render.pieces import TOGETHER, Pieces, files, noted
from saite.site import BuiltSite, build_site
from saite.site.model import Renderer, Site
from saite.sources import Locator, Source, discover, prefixes
from saite.store import EmbeddedStore
from saite.store.protocol import Store

_T = TypeVar("_T")

WORTH_A_PROCESS: Final = 150
"""Resources, at least, for each of several processes."""

_COLLECTED: Final = 50_000
"""Objects that wait until garbage in cycles is looked for: 700, the usual number, costs a build a tenth of its time."""


class Progress(Protocol):
    """Who is told how far the work has come; may raise to have it given up."""

    def stage(self, name: str) -> None:
        """A part of the work of which nothing is counted begins."""
        ...

    def track(self, items: Iterable[_T], total: int, name: str) -> Iterable[_T]:
        """The items, counted as they are taken."""
        ...


class Silence:
    """Nobody is told."""

    def stage(self, name: str) -> None:
        """Nothing."""

    def track(self, items: Iterable[_T], total: int, name: str) -> Iterable[_T]:
        """The items themselves."""
        return items


SILENCE: Final = Silence()


@dataclass(frozen=True, slots=True)
class Options:
    """How a build differs from what saite.toml says.

    Attributes:
        check: judge the data first.
        force: publish in spite of findings.
        fail_on: severity that stops the build; None: what saite.toml says.
        gzip: compressed copies beside text files.
        durable: see :meth:`saite.output.Place.write`.
        jobs: how many processes make the files; None: one for each core, if the memory holds them.
        base: where the IRIs live, in place of what saite.toml says.
        endpoint: address of a SPARQL 1.1 endpoint from which all data come, in place of the files.
        links: whether, and how, to ask for the addresses outside the site that its pages lead to.
        engine: what judges the data by the shapes, one of :data:`saite.shacl.ENGINES`.
        shard: make only this part of the site, for :mod:`saite.merging`.
    """

    check: bool = True
    force: bool = False
    fail_on: Severity | None = None
    gzip: bool = False
    durable: bool = True
    jobs: int | None = None
    base: str = ""
    endpoint: str = ""
    links: LinkCheck | None = None
    engine: str = "sets"
    shard: Shard | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was read, and what was found in it.

    Attributes:
        config: the settings.
        sources: the files read; where the data come from an endpoint, those of the site's that say the same.
        store: their quads, private parts included.
        findings: located and sorted, worst first.
        fail_on: the severity at which a build stops.
        links: what was done to check the links, if they were.
    """

    config: Config
    sources: Sequence[Source]
    store: EmbeddedStore
    findings: tuple[Finding, ...]
    fail_on: Severity
    links: Told | None = None

    @property
    def failed(self) -> bool:
        """Whether a finding is as bad as the limit, or worse."""
        return any(finding.severity >= self.fail_on for finding in self.findings)

    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, worst first."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.label: found[severity] for severity in sorted(Severity, reverse=True)}


class NotPublished(CheckFailed):
    """The findings stopped the build; ``judged`` has them."""

    def __init__(self, judged: Judged) -> None:
        worst = ", ".join(told(label, count) for label, count in judged.counts().items() if count)
        super().__init__(
            f"nothing was published: the data has {worst}",
            cure="Mend what is listed above; or publish all the same with --force; or see it all with: saite check",
        )
        self.judged = judged


class CheckNotMade(DataError):
    """A shape or a rule is broken, so that the data could not be judged."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    judged: Judged
    written: Written
    resources: int


def told(label: str, count: int) -> str:
    """A number of findings in words: ``1 warning``, ``2 warnings``."""
    return f"{count} {label}" if count == 1 else f"{count} {label}s"


class Publisher(Protocol):
    """What makes every file of a site and puts it into its folder: :func:`publish`, or a cluster."""

    def __call__(self, site: BuiltSite, folder: Place, options: Options, progress: Progress, /) -> Written:
        """See :func:`publish`."""
        ...


def build(
    target: Path,
    out: Path | None = None,
    options: Options = Options(),
    progress: Progress = SILENCE,
    by: Publisher | None = None,
) -> Built:
    """Publish a site folder, a folder of RDF or a single file.

    Args:
        target: what to publish.
        out: the folder to write; None: what saite.toml says, below the site folder.
        options: what differs from saite.toml.
        progress: who is told.
        by: who publishes; None: this machine.

    Raises:
        DataError: a source does not parse; two files would be one; ...
        NotPublished: the findings reach the limit, and nothing was written.
        UsageError, EnvironmentFault: see :mod:`saite.output`.
    """
    config = settings_of(target, options)
    if options.shard is not None and (out is None or out.suffix != ENDING):
        raise UsageError(
            f"part {options.shard} of a site goes into an archive",
            cure=f"Name one: -o part-{options.shard.number}{ENDING}",
        )
    with _seldom_collecting(), claim(folder_of(target, out, config)) as folder:
        try:
            judged = judge(target, options, progress)
        except CheckNotMade as error:
            error.cure = f"{error.cure} Or publish all the same: --force; or without a check: --no-check."
            raise
        if judged.failed and not options.force:
            raise NotPublished(judged)
        progress.stage("Modelling")
        store = public(judged.store, judged.config)
        site = build_site(store, judged.config, publishable(judged, store, options, progress))
        if by is not None:
            written = by(site, folder, options, progress)
        else:
            makers = renderers(site)
            last = _last(target, site, options, noted(makers)) if options.shard else None
            written = publish(site, folder, options, progress, makers, last)
    return Built(judged, written, len(site))


def _last(target: Path, site: Site, options: Options, made: Distributions) -> Callable[[], Iterator[Artifact]]:
    """What makes the file of a part that tells which it is."""
    digest = fingerprint(target, site, options)
    assert options.shard is not None
    shard = options.shard

    def last() -> Iterator[Artifact]:
        yield Part(shard, digest, tuple(made[path] for path in sorted(made))).artifact()

    return last


def fingerprint(target: Path, site: Site, options: Options) -> str:
    """A digest of all that a site is made from; two parts belong together if theirs are the same.

    Those are the settings, what was found, the files of the folder, and the quads that come from an endpoint.
    """
    config = replace(site.config, root=Path())
    digest = sha256(f"{__version__}\n{config!r}\n{site.findings!r}\n{options.gzip}\n".encode())
    known = 0
    for quad in site.quads() if options.endpoint else ():  # in any order
        known ^= int.from_bytes(sha256(str(quad).encode()).digest(), "big")
    digest.update(known.to_bytes(32, "big"))
    for line in digests(target):
        digest.update(line)
    return digest.hexdigest()


def digests(target: Path) -> Iterator[bytes]:
    """The files that can matter to a build, by name, each with the digest of its content; archives cannot."""
    for path in sorted(_inputs(target)) if target.is_dir() else [target]:
        with path.open("rb") as file:
            content = file_digest(file, "sha256").hexdigest()
        yield f"{path.relative_to(target).as_posix()}\n{content}\n".encode()


def _inputs(target: Path) -> Iterator[Path]:
    """The files below a folder for which :func:`is_input` holds; it does not look into what was built."""
    known = {target.resolve()}
    for folder, below, names in os.walk(target, followlinks=True):
        here = Path(folder)
        wanted = [here / name for name in below if not name.startswith(".")]
        new = [path for path in wanted if not (path / manifest.FILE_NAME).exists() and path.resolve() not in known]
        known.update(path.resolve() for path in new)  # links may lead in a circle
        below[:] = [path.name for path in new]
        seen = (here / name for name in names if not name.startswith(".") and not name.endswith(ENDING))
        yield from (path for path in seen if path.is_file())


def judge(target: Path, options: Options = Options(), progress: Progress = SILENCE) -> Judged:
    """Read a site and check it; findings have their places.

    Raises:
        DataError: a source does not parse, or there is none; an endpoint is empty.
        EnvironmentFault: an endpoint cannot be read completely and exactly; links are to be checked, and no network.
        CheckNotMade: a shape or a rule is broken, and the build is not forced.
        UsageError: there is no such folder or file, or its settings are wrong.
    """
    config = settings_of(target, options)
    store, sources, names = (_fetched if options.endpoint else _read)(target, config, options, progress)
    findings: list[Finding] = []
    asked = None
    if options.check:
        found = _found(store, config, options, progress)
        if options.links is not None:
            asked = Told()
            found += _outside(store, config, options.links, progress, asked)
        findings = checking.locate(found, Locator(sources, store.quads))
    fail_on = options.fail_on or Severity[config.check.fail_on.upper()]
    config = replace(config, prefixes={**names, **config.prefixes})
    return Judged(config, sources, store, tuple(findings), fail_on, asked)


_Data = tuple[EmbeddedStore, Sequence[Source], Mapping[str, str]]
"""Quads, the files in which their places are, and prefixes."""


def _read(target: Path, config: Config, options: Options, progress: Progress) -> _Data:
    """The data of files."""
    progress.stage("Reading")
    store, sources = load(target, config)
    if not sources:
        raise DataError(
            f"there is no RDF in {target}",
            cure="Name a file or folder with .ttl, .rdf, .jsonld, .nt, .nq or .trig files.",
        )
    return store, sources, declared(sources)


def _fetched(target: Path, config: Config, options: Options, progress: Progress) -> _Data:
    """The data of an endpoint; places, prefixes and how literals are written are of the site's own files, if any."""
    if not target.is_dir():
        raise UsageError(
            f"{target} is a file, but the data come from the endpoint",
            cure="Name the folder with the settings of the site; or build the file without --endpoint.",
        )
    try:
        sources = discover(target, config)
        names = declared(sources)
    except SaiteError:  # a site that has no files of data, or others than it names
        sources, names = [], {}
    progress.stage(f"Counting what {options.endpoint} holds")
    store, confirmed = gather(
        options.endpoint,
        target,
        config,
        sources,
        lambda quads, total: progress.track(quads, total, "Reading the endpoint"),
    )
    return store, confirmed, names


def declared(sources: Sequence[Source]) -> dict[str, str]:
    """The prefixes that the files declare, so that what is written reads as editors wrote it; never the empty one."""
    return {prefix: namespace for prefix, namespace in prefixes(sources).items() if prefix}


def _found(store: Store, config: Config, options: Options, progress: Progress) -> list[Finding]:
    """What the check finds; if it cannot be made and the build is forced, that is what it finds."""
    try:
        return checking.check(
            store, config, progress=lambda part: progress.stage(f"Checking {part}"), engine=options.engine
        )
    except DataError as error:
        if not options.force:
            raise CheckNotMade(
                error.message, place=error.place, cure=error.cure, excerpt=error.excerpt, caret=error.caret
            ) from error
        messages = (
            ("en", f"The check could not be made: {error.message}"),
            ("lv", f"Pārbaudi nevarēja veikt: {error.message}"),
        )
        return [
            Finding(Severity.VIOLATION, SAITE + "check-not-made", messages, (("en", error.cure),), place=error.place)
        ]


def _outside(store: Store, config: Config, check: LinkCheck, progress: Progress, told: Told) -> list[Finding]:
    """What is found of the links that lead out of the site: of those that are published, no others are asked for."""
    agent = f"Saite/{__version__} (link check; +{config.url or config.base or SAITE})"

    def track(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
        return progress.track(outcomes, total, "Asking for links")

    home = config.base or checking.home_of(store)
    return check_links(public(store, config), config, home, check, agent, track, told)


def publishable(
    judged: Judged, store: Store, options: Options = Options(), progress: Progress = SILENCE
) -> tuple[Finding, ...]:
    """The findings as the report page may show them: those of a site with private parts are found anew without them."""
    private = judged.config.private
    if not judged.findings or not (private.graphs or private.classes or private.properties):
        return judged.findings
    found = _found(store, judged.config, options, progress)
    return tuple(checking.locate(found, Locator(judged.sources, judged.store.quads)))


def publish(
    site: Site,
    folder: Place,
    options: Options = Options(),
    progress: Progress = SILENCE,
    makers: Sequence[Renderer] | None = None,
    last: Callable[[], Iterable[Artifact]] | None = None,
) -> Written:
    """Make every file of a site and put it into its folder, with several processes where that is quicker.

    Args:
        site: the site.
        folder: where its files go.
        options: how many processes, and the like.
        progress: who is told.
        makers: the renderers; None: those that the settings name.
        last: of a shard: makes further files when all others are made.

    Raises:
        DataError, UsageError, EnvironmentFault: see :meth:`saite.output.Place.write`.
    """
    share = len(site) // (options.shard.of if options.shard else 1)
    jobs = processes(options.jobs, share)
    makers = renderers(site) if makers is None else makers

    def follow(done: Iterator[int]) -> None:
        for _ in progress.track(_singly(done, total), total, "Publishing"):
            pass
        progress.stage("Finishing")
        for _ in done:
            progress.stage("Finishing")

    with _seldom_collecting():
        if jobs == 1 and options.shard is None:
            return folder.write(artifacts(site, progress, makers), gzip=options.gzip, durable=options.durable)
        pieces = Pieces(site, makers, jobs, options.shard, last)
        if jobs == 1:
            return folder.write(_in_turn(pieces, progress), gzip=options.gzip, durable=options.durable)
        total = pieces.resources
        return folder.write_together(pieces, jobs, follow, gzip=options.gzip, durable=options.durable)


def _in_turn(pieces: Pieces, progress: Progress) -> Iterator[Artifact]:
    """All files of a work, made by this process."""
    for piece in progress.track(iter(pieces.take, None), pieces.left, "Publishing"):
        yield from pieces.make(piece)
        pieces.done(piece)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Let cycles wait to be collected: a site is made of millions of values, and hardly a cycle is among them."""
    usual = gc.get_threshold()
    gc.set_threshold(max(_COLLECTED, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def processes(wanted: int | None, resources: int) -> int:
    """How many processes make a site of some size.

    As many as wanted, else as there are cores, and memory for; but none that has less to do than starting it costs.
    """
    count = min(wanted or min(cores(), copies()), resources // WORTH_A_PROCESS)
    return count if count > 1 and may_fork() else 1


def _singly(done: Iterator[int], total: int) -> Iterator[int]:
    """One for each resource, until all are there."""
    left = total
    while left:
        count = next(done)
        left -= count
        yield from range(count)


def artifacts(site: Site, progress: Progress = SILENCE, makers: Sequence[Renderer] | None = None) -> Iterator[Artifact]:
    """Every file of a site: those of resources as they are made, then those of the whole."""
    makers = renderers(site) if makers is None else makers
    resources = iter(progress.track(site.resources(), len(site), "Publishing"))
    while some := list(islice(resources, TOGETHER)):
        yield from files(some, makers)
    progress.stage("Finishing")
    for count, artifact in enumerate((artifact for maker in makers for artifact in maker.whole()), 1):
        yield artifact
        if count % 500 == 0:
            progress.stage(f"Finishing: {count} files")


def settings_of(target: Path, options: Options = Options()) -> Config:
    """The settings of a site folder; the defaults for a folder without saite.toml and for a file.

    Raises:
        UsageError: there is nothing there, or it is a built site.
        ConfigError: saite.toml is wrong.
    """
    if not target.exists():
        raise UsageError(
            f"there is no file or folder {target}", cure="Check the spelling; to start a new site: saite new DIR"
        )
    if is_ours(target):
        raise UsageError(
            f"{target} is a site that Saite built, not its sources", cure="Name the folder that it was built from."
        )
    config = settings.load(target) if target.is_dir() else Config(root=target.parent)
    return replace(config, base=options.base) if options.base else config


def folder_of(target: Path, out: Path | None, config: Config) -> Path:
    """Where the site goes.

    Raises:
        UsageError: it was not said, and for a single file nothing else says it.
    """
    if out is not None:
        return out
    if target.is_dir():
        return config.root / config.output
    raise UsageError("where shall the site go?", cure=f"Name a folder: saite build {target} -o site")


def is_input(target: Path, path: Path) -> bool:
    """Whether a file can matter to a build of the target: not if it is hidden, or in a folder that Saite built."""
    if not target.is_dir():
        return path.resolve() == target.resolve()
    root = target.resolve()
    below = path.resolve()
    if not below.is_relative_to(root) or any(part.startswith(".") for part in below.relative_to(root).parts):
        return False
    folders = (parent for parent in below.parents if parent != root and parent.is_relative_to(root))
    return not any((folder / manifest.FILE_NAME).exists() for folder in folders)
