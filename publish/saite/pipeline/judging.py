"""The first half of the sentence: what is read, and what is found in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from saite import __version__
from saite import check as checking
from saite.config import Config
from saite.errors import CheckFailed, DataError, SaiteError, UsageError
from saite.finding import Finding, Severity
from saite.graph import gather, load, public
from saite.links import LinkCheck, Outcome, Told
from saite.links import check as check_links
from saite.namespaces import SAITE
from saite.pipeline.inputs import settings_of
from saite.pipeline.options import SILENCE, USUAL, Options, Progress
from saite.sources import Locator, Source, discover, prefixes
from saite.store import EmbeddedStore
from saite.store.protocol import Store


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


def told(label: str, count: int) -> str:
    """A number of findings in words: ``1 warning``, ``2 warnings``."""
    return f"{count} {label}" if count == 1 else f"{count} {label}s"


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


def judge(target: Path, options: Options = USUAL, progress: Progress = SILENCE) -> Judged:
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


def fit_to_publish(target: Path, options: Options = USUAL, progress: Progress = SILENCE) -> Judged:
    """The same, before something is published.

    Raises:
        NotPublished: the findings reach the limit, and the build is not forced.
        Exception: see :func:`judge`.
    """
    try:
        judged = judge(target, options, progress)
    except CheckNotMade as error:
        error.cure = f"{error.cure} Or publish all the same: --force; or without a check: --no-check."
        raise
    if judged.failed and not options.force:
        raise NotPublished(judged)
    return judged


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
    judged: Judged, store: Store, options: Options = USUAL, progress: Progress = SILENCE
) -> tuple[Finding, ...]:
    """The findings as the report page may show them: those of a site with private parts are found anew without them."""
    private = judged.config.private
    if not judged.findings or not (private.graphs or private.classes or private.properties):
        return judged.findings
    found = _found(store, judged.config, options, progress)
    return tuple(checking.locate(found, Locator(judged.sources, judged.store.quads)))
