"""After an edit of texts: the files that it can have changed are made anew, all others stay as they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from saite.again.affected import pages, see_that_only_texts
from saite.again.quads import Index, KeptQuads
from saite.again.record import Record, State, Taken, Unclear
from saite.finding import Finding
from saite.output import Misfit, OutputFolder, claim, one_by_one, together
from saite.pipeline.options import Options, Progress
from saite.pipeline.publishing import following, in_turn, processes, seldom_collecting
from saite.render import renderers
from saite.render.pieces import Noting, Pieces
from saite.site import BuiltSite
from saite.site.model import Change, Renderer
from saite.sources.edits import edit
from saite.sources.formats import LINE_BASED, TURTLE
from saite.sources.source import format_of, is_compressed
from saite.terms import BlankNode, NamedNode, Quad, Subject

if TYPE_CHECKING:
    from saite.pipeline import Built, Judged

LEAST: Final = 1_000
"""Resources of a site for which a record is worth its room: a smaller one is built in a few seconds."""

_MOST: Final = 1_000
"""Resources that may say otherwise than the record's file; then a build makes another."""

_SHARE: Final = 4
"""If one in so many pages is to be made anew, the site is built."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done.

    Attributes:
        edited: how many resources say something else.
        files: how many files were made others.
        bytes: how much longer these are together.
        before: what the last build told of itself.
        judged: what was read and found, if the data were checked, or read for the queries.
        state: the record's state, as it is now but for what ``last`` knows.
    """

    edited: int
    files: int
    bytes: int
    before: Mapping[str, Any]
    judged: "Judged | None"
    state: State


def worth_keeping(built: "Built") -> bool:
    """Whether a later edit can be told from the record of a build, and whether it would help."""
    from saite.graph.derive import FILES

    config = built.site.config
    private = config.private.graphs or config.private.classes or config.private.properties
    derived = any(config.root.glob(FILES))
    return len(built.site) >= LEAST and not (private or derived or built.judged.store.repeats)


def _taken(target: Path, built: "Built", inputs: Mapping[str, str]) -> dict[str, Taken]:
    """The sources of a build, by path.

    Raises:
        ValueError: one is none of the inputs.
    """
    found = {}
    for source in built.judged.sources:
        path = source.path.relative_to(target).as_posix()
        if path not in inputs:
            raise ValueError(f"{path} is hidden")
        in_parts = format_of(source) in (TURTLE, *LINE_BASED) and not is_compressed(source)
        found[path] = Taken(source, inputs[path] if in_parts else "")
    return found


def first_state(
    target: Path,
    built: "Built",
    circumstances: str,
    inputs: Mapping[str, str],
    shape: Sequence[int],
    result: Mapping[str, Any],
) -> State:
    """What is known of a whole build; the record finds out the rest when it is written.

    Raises:
        ValueError: a source is hidden.
        SaiteError: one cannot be read any more.
    """
    return State(circumstances, inputs, shape, result, _taken(target, built, inputs), Index((), ()), "", (), {})


def mend(
    target: Path,
    out: Path,
    options: Options,
    progress: Progress,
    record: Record,
    state: State,
    changed: Mapping[str, str],
    may: Callable[[], bool],
) -> Mended:
    """Bring a site up to date.

    Args:
        target: the site folder.
        out: its output folder.
        options: how it is built.
        progress: who is told.
        record: what the last build left.
        state: the same, read.
        changed: digests of the files that are others than they were.
        may: tells, when it is asked, whether the output is what the last build has made.

    Raises:
        Unclear, NoRecord: it has to be built; nothing was changed.
        Exception: see :func:`saite.pipeline.build`.
    """
    with seldom_collecting():
        progress.stage("Comparing")
        site, notes = record.site(state)
        taken = {
            path: replace(one, source=replace(one.source, path=target / path)) for path, one in state.sources.items()
        }
        removed, added = _edits(site, record, taken, changed)
        predicates, classes = site.tables.predicate_numbers, site.classes
        before = KeptQuads(record.quads, state.index, predicates, classes, state.edited)
        site = site.relabelled(before, state.edited, ())
        edited = _said_now(site, removed, added)
        whole = {**state.edited, **edited}
        if len(whole) > _MOST:
            raise Unclear("the record is old")
        now = KeptQuads(record.quads, state.index, predicates, classes, whole)
        # what queries answer may depend on the order in which files are read, so that they are read for them
        judged = _judged(target, options, progress, state) if options.check or site.queries or site.views else None
        findings: tuple[Finding, ...] = judged.findings if judged is not None else ()
        store = judged.store if judged is not None else None
        after = site.relabelled(now, edited, findings, store)
        nodes = pages(site, after, before, edited)
        if len(nodes) * _SHARE > len(site):
            raise Unclear("most pages are to be made anew")
        change = Change(frozenset(edited), site.labels, frozenset(whole))
        makers = renderers(after)
        for place, noted in notes.items():
            if isinstance(maker := makers[place], Noting):
                maker.recall(noted)
        files, grown = _put(after, makers, change, nodes, out, options, progress, may)
    return Mended(len(edited), files, grown, state.result, judged, _state(state, taken, changed, whole))


def _edits(
    site: BuiltSite, record: Record, taken: Mapping[str, Taken], changed: Mapping[str, str]
) -> tuple[set[Quad], set[Quad]]:
    """The quads that were removed from the sources, and those that were added to them."""
    removed: set[Quad] = set()
    added: set[Quad] = set()
    for path in changed:
        known = taken.get(path)
        if known is None or not known.digest:
            raise Unclear(f"{path} is no source of which parts can be read")
        try:
            old, new = _mapped(record.copy(known.digest)), _mapped(known.source.path)
            found = edit(known.source, format_of(known.source), old, new, site.config.base)
        except OSError as error:
            raise Unclear(f"{path} cannot be read") from error
        if found is None:
            raise Unclear(f"what was changed in {path} cannot be told from a part of it")
        before, after = (_named(quads, path) for quads in found)
        more = after - before
        if any(map(_is_blank, before ^ after)) or not added.isdisjoint(more) or len(after) < len(found.new):
            raise Unclear("blank nodes were changed, or a triple stands in two places")
        removed |= before - after
        added |= more
    if not changed or removed == added:
        raise Unclear("no triple was changed")
    return removed - added, added - removed


def _mapped(path: Path) -> bytes | mmap:
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ) if path.stat().st_size else b""


def _named(quads: Sequence[Quad], file: str) -> set[Quad]:
    """The quads, with blank nodes called by what they say."""
    if not any(map(_is_blank, quads)):
        return set(quads)
    from saite.graph import Namer

    return set(Namer().name(quads, file))


def _is_blank(quad: Quad) -> bool:
    return type(quad.subject) is BlankNode or type(quad.object) is BlankNode


def _said_now(site: BuiltSite, removed: set[Quad], added: set[Quad]) -> dict[NamedNode, list[Quad]]:
    """What each of the changed resources says now."""
    changed: dict[Subject, tuple[set[Quad], set[Quad]]] = {}
    for place, quads in enumerate((removed, added)):
        for quad in quads:
            changed.setdefault(quad.subject, (set(), set()))[place].add(quad)  # type: ignore[arg-type]  # no triple terms
    if len(changed) > _MOST:
        raise Unclear("much was changed")
    said: dict[NamedNode, list[Quad]] = {}
    for node, (less, more) in changed.items():
        before = set(site.quads(node))
        if not less <= before or not more.isdisjoint(before):
            raise Unclear("a triple stands in two places")
        see_that_only_texts(site, node, less, more)
        assert type(node) is NamedNode, "it has been seen"
        said[node] = [*(before - less), *more]
    return said


def _judged(target: Path, options: Options, progress: Progress, state: State) -> "Judged":
    """The data, read and checked as a build does it.

    Raises:
        Unclear: they are not those that were compared.
        Exception: see :func:`saite.pipeline.build`.
    """
    from saite.pipeline.judging import fit_to_publish

    judged = fit_to_publish(target, options, progress)
    if len(judged.store) != state.result["quads"]:
        raise Unclear("a file was changed meanwhile")
    return judged


def _put(
    site: BuiltSite,
    makers: Sequence[Renderer],
    change: Change,
    nodes: Sequence[NamedNode],
    out: Path,
    options: Options,
    progress: Progress,
    may: Callable[[], bool],
) -> tuple[int, int]:
    """Make the files and put them into their places; how many are others, and how much longer."""
    heavy = not {"dumps", "tables", "search"}.isdisjoint(site.config.formats)
    jobs = processes(options.jobs, len(site) if heavy else len(nodes))
    pieces = Pieces(site, makers, jobs, anew=(change, nodes))
    follow = following(pieces.resources, progress)
    fill = one_by_one(in_turn(pieces, progress)) if jobs == 1 else together(pieces, jobs, follow)
    with claim(out) as folder:
        assert isinstance(folder, OutputFolder), "an archive is built whole"
        try:
            return folder.mend(fill, may, gzip=options.gzip, durable=options.durable)
        except Misfit as error:
            raise Unclear(str(error)) from error


def _state(
    state: State, taken: Mapping[str, Taken], changed: Mapping[str, str], edited: Mapping[NamedNode, Sequence[Quad]]
) -> State:
    sources = {path: Taken(one.source, changed.get(path, one.digest)) for path, one in taken.items()}
    return replace(state, sources=sources, edited=edited)
