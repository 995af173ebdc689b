"""``saite serve``."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from saite.cli.help import Command
from saite.cli.options import State, base_option, common, endpoint_option, pass_state, site_argument

if TYPE_CHECKING:
    import socket

    from saite.serve.door.application import Door, Watcher
    from saite.serve.sparql.endpoint import Endpoint


@dataclass(slots=True)
class _Asked:
    """What is to be served, and how.

    Attributes:
        state: how this run talks.
        site: what is served.
        listener: where.
        ready: called once it is.
        base, check, endpoint: see the options of a build.
        sparql: whether there is an endpoint at /sparql.
        reconcile: whether there is a service at /reconcile too.
        proxies: who tells who its clients are.
        metrics: the port of figures, if they are wanted.
        watchers: who is told of answers.
    """

    state: State
    site: Path
    listener: "socket.socket"
    ready: Callable[[], None]
    base: str
    check: bool
    endpoint: str
    sparql: bool
    reconcile: bool
    proxies: tuple[str, ...]
    metrics: int | None
    watchers: "list[Watcher]"


@click.command(
    cls=Command,
    short_help="Answer for a site on the web, or look at it while it is written.",
    examples=[
        ("saite serve", "the site built from this folder, at http://127.0.0.1:8000/"),
        ("saite serve mysite --watch --open", "look at it while you write it"),
        ("saite serve people.ttl --port 8080", "any RDF"),
        ("saite serve mysite/site --host 0.0.0.0 --proxy 10.0.0.1", "a built folder, behind a proxy"),
        ("saite serve mysite --live", "without a built folder: each page is made when somebody asks for it"),
    ],
)
@site_argument
@click.option("--port", default=8000, show_default=True, help="Port to listen at; 0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--open", "open_", is_flag=True, help="Open the browser.")
@click.option(
    "--watch", is_flag=True, help="Build SITE for yourself, again when a file changes; shows errors as pages."
)
@click.option("--live", is_flag=True, help="Build nothing: make each file of SITE when it is asked for.")
@click.option("--no-check", is_flag=True, help="Do not check the data that is built now; faster.")
@click.option("--no-sparql", is_flag=True, help="No endpoint at /sparql, and no service at /reconcile.")
@click.option("--no-reconcile", is_flag=True, help="No reconciliation service at /reconcile.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="A proxy that tells who its clients are.")
@click.option(
    "--access-log", type=click.Path(dir_okay=False), metavar="FILE", help="A line for each answer; - is stdout."
)
@click.option("--metrics", type=int, metavar="PORT", help="Figures for Prometheus at this port of 127.0.0.1.")
@base_option
@endpoint_option
@common
@pass_state
def serve(
    state: State,
    site: Path,
    port: int,
    host: str,
    open_: bool,
    watch: bool,
    live: bool,
    no_check: bool,
    no_sparql: bool,
    no_reconcile: bool,
    proxies: tuple[str, ...],
    access_log: str | None,
    metrics: int | None,
    base: str,
    endpoint: str,
) -> int:
    """Answer for SITE: its pages and files with content negotiation, SPARQL at /sparql, OpenRefine at /reconcile.

    What was built is served, and what is built later takes its place; a SITE that is not built yet is built for as
    long as it is served. With --watch it is a preview: built anew when a file changes, and nothing else is touched.
    With --live nothing is built: the same answers are made from the data as they are asked for, which suits what is
    too large to write out. Ctrl-C ends it.
    """
    from saite import pipeline
    from saite.errors import UsageError
    from saite.output import is_ours
    from saite.serve.listening import address, bind

    if live and watch:
        raise UsageError(
            "--live and --watch exclude each other: what is live is read once",
            cure="Take --watch to see changes as you write, or --live to answer for what is large.",
        )
    if endpoint and not live:
        raise UsageError(
            "a preview and a built site have their data from files",
            cure="Take --live to answer from the endpoint's data; or build from it first: saite build --endpoint URL",
        )
    if live or not is_ours(site):
        pipeline.settings_of(site)
    listener = bind(host, port)
    url = address(listener)

    def ready() -> None:
        state.note(f"Look at {url} (Ctrl-C ends this)")
        if open_:
            click.launch(url)

    with listener, _log(access_log) as watchers:
        asked = _Asked(
            state=state,
            site=site,
            listener=listener,
            ready=ready,
            base=base,
            check=not no_check,
            endpoint=endpoint,
            sparql=not no_sparql,
            reconcile=not no_reconcile,
            proxies=proxies,
            metrics=metrics,
            watchers=watchers,
        )
        (_watch if watch else _answer_live if live else _answer)(asked)
    state.note("Stopped.")
    return 0


def _watch(asked: _Asked) -> None:
    """Show a preview."""
    import asyncio
    import tempfile

    from saite import pipeline
    from saite.errors import EnvironmentFault
    from saite.serve.preview import Preview, run

    site = asked.site
    with tempfile.TemporaryDirectory(prefix="saite-") as home:  # each preview its own: several may run
        folder = Path(home) / "preview"

        def given_up() -> None:
            if preview.closing.is_set():
                raise EnvironmentFault("the build was given up")

        def build() -> str:
            return _built(asked, folder, given_up)

        watched = site if site.is_dir() else site.parent
        preview = Preview(folder, build, watched, lambda path: pipeline.is_input(site, path), _tell)
        preview.rebuild()
        asyncio.run(run(preview, asked.listener, asked.ready))


def _answer(asked: _Asked) -> None:
    """Answer for what was built."""
    import tempfile

    from saite import pipeline
    from saite.cli.progress import Terminal
    from saite.output import is_ours, recover
    from saite.query.endpoint import endpoint, renewal
    from saite.query.reconcile import reconciliation
    from saite.serve.door.application import Door

    with ExitStack() as stack:
        folder = asked.site
        if not is_ours(folder):
            if folder.is_dir():
                folder = pipeline.folder_of(folder, None, pipeline.settings_of(folder))
                recover(folder)
            if not is_ours(folder):
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="saite-"))) / "site"
                asked.state.note(_built(asked, folder))
        sparql = renewed = None
        if asked.sparql:
            progress = Terminal(asked.state)
            sparql = stack.enter_context(endpoint(asked.site, base=asked.base, progress=progress))
            progress.done()
            renewed = stack.enter_context(renewal(sparql, asked.site, asked.base))
        routes = sparql.routes() if sparql is not None else []
        if sparql is not None and asked.reconcile:
            routes += reconciliation(sparql).routes()
        _count(asked, stack, sparql)
        _run(asked, Door(folder, routes, renewed, asked.watchers, _tell), sparql)


def _answer_live(asked: _Asked) -> None:
    """Answer without a built folder."""
    from saite.cli.progress import Terminal
    from saite.query.endpoint import over
    from saite.query.live import live
    from saite.query.reconcile import reconciliation
    from saite.render import renderers
    from saite.serve.door.application import Door
    from saite.serve.live.answers import Live

    with ExitStack() as stack:
        progress = Terminal(asked.state)
        try:
            made = live(asked.site, asked.base, check=asked.check, endpoint=asked.endpoint, progress=progress)
            found = stack.enter_context(made)
            answers = Live(found.site, renderers(found.site), found.dataset.version, _tell)
        finally:
            progress.done()
        stack.callback(answers.end)
        sparql = over(found.dataset) if asked.sparql else None
        routes = sparql.routes() if sparql is not None else []
        if sparql is not None and asked.reconcile:
            routes += reconciliation(sparql, found.site).routes()
        _count(asked, stack, sparql)
        _run(asked, Door(answers, routes, None, asked.watchers, _tell), sparql)


def _run(asked: _Asked, door: "Door", sparql: "Endpoint | None") -> None:
    import asyncio
    import gc

    from saite.serve.door.server import COLLECTED, run

    gc.collect()
    gc.set_threshold(COLLECTED)
    gc.freeze()  # the site's tables are no garbage: to look through them again and again makes clients wait
    asyncio.run(run(door, asked.listener, asked.ready, sparql, asked.proxies))


def _built(asked: _Asked, folder: Path, given_up: Callable[[], None] = lambda: None) -> str:
    """Build a site for as long as it is looked at, whatever is found in it; a line about it."""
    from saite import pipeline
    from saite.cli.progress import Terminal
    from saite.cli.tell import summary
    from saite.serve.listening import address

    progress = Terminal(asked.state, given_up)
    options = pipeline.Options(check=asked.check, force=True, durable=False, base=asked.base)
    try:
        built = pipeline.build(asked.site, folder, options, progress)
    finally:
        progress.done()
    findings = summary(built.judged) if asked.check else "not checked"
    more = f": see {address(asked.listener)}report" if built.judged.findings else ""
    line = f"Built {built.resources} resources as {built.written.files} files; {findings}{more}"
    return "" if asked.state.quiet else line


@contextmanager
def _log(place: str | None) -> "Iterator[list[Watcher]]":
    """Who writes the access log, if there is to be one."""
    from saite.errors import EnvironmentFault
    from saite.serve.door.log import AccessLog

    if place is None:
        yield []
    elif place == "-":
        yield [AccessLog(sys.stdout)]
    else:
        with ExitStack() as stack:
            try:
                file = stack.enter_context(Path(place).open("a", encoding="utf-8"))
            except OSError as error:
                raise EnvironmentFault(
                    f"{place} cannot be written: {error.strerror}", cure="Name another file: --access-log FILE"
                ) from error
            yield [AccessLog(file)]


def _count(asked: _Asked, stack: ExitStack, sparql: "Endpoint | None") -> None:
    """Have answers counted, and the figures told at a port of its own, if that is wanted."""
    from saite.errors import EnvironmentFault

    if asked.metrics is None:
        return
    from saite.serve.door.metrics import Metrics

    counting = Metrics(sparql)
    try:
        end = counting.listen("127.0.0.1", asked.metrics)
    except (OSError, OverflowError) as error:
        raise EnvironmentFault(
            f"cannot tell figures at port {asked.metrics}: {error}", cure="Take another one: --metrics PORT"
        ) from error
    stack.callback(end)
    asked.watchers.append(counting)


def _tell(text: str) -> None:
    click.echo(text, err=True)
