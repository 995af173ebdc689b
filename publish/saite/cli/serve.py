"""``saite serve``."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from saite.cli.help import Command
from saite.cli.options import State, base_option, common, pass_state, site_argument

if TYPE_CHECKING:
    import socket

    from saite.serve.door.application import Watcher
    from saite.serve.sparql.endpoint import Endpoint


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
@click.option("--no-sparql", is_flag=True, help="No endpoint at /sparql.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="A proxy that tells who its clients are.")
@click.option(
    "--access-log", type=click.Path(dir_okay=False), metavar="FILE", help="A line for each answer; - is stdout."
)
@click.option("--metrics", type=int, metavar="PORT", help="Figures for Prometheus at this port of 127.0.0.1.")
@base_option
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
    proxies: tuple[str, ...],
    access_log: str | None,
    metrics: int | None,
    base: str,
) -> int:
    """Answer for SITE: its pages and files with content negotiation, and SPARQL at /sparql.

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
    if live or not is_ours(site):
        pipeline.settings_of(site)
    listener = bind(host, port)
    url = address(listener)

    def ready() -> None:
        state.note(f"Look at {url} (Ctrl-C ends this)")
        if open_:
            click.launch(url)

    with listener:
        if watch:
            _watch(state, site, base, no_check, listener, ready)
        else:
            with _log(access_log) as watchers:
                answer = _answer_live if live else _answer
                answer(state, site, base, no_check, no_sparql, proxies, metrics, watchers, listener, ready)
    state.note("Stopped.")
    return 0


def _watch(
    state: State, site: Path, base: str, no_check: bool, listener: "socket.socket", ready: Callable[[], None]
) -> None:
    """Show a preview."""
    import asyncio
    import tempfile

    from saite import pipeline
    from saite.errors import EnvironmentFault
    from saite.serve.listening import address
    from saite.serve.preview import Preview, run

    with tempfile.TemporaryDirectory(prefix="saite-") as home:  # each preview its own: several may run
        folder = Path(home) / "preview"

        def given_up() -> None:
            if preview.closing.is_set():
                raise EnvironmentFault("the build was given up")

        def build() -> str:
            return _built(state, site, folder, base, no_check, address(listener), given_up)

        watched = site if site.is_dir() else site.parent
        preview = Preview(folder, build, watched, lambda path: pipeline.is_input(site, path), _tell)
        preview.rebuild()
        asyncio.run(run(preview, listener, ready))


def _answer(
    state: State,
    site: Path,
    base: str,
    no_check: bool,
    no_sparql: bool,
    proxies: tuple[str, ...],
    metrics: int | None,
    watchers: "list[Watcher]",
    listener: "socket.socket",
    ready: Callable[[], None],
) -> None:
    """Answer for what was built."""
    import asyncio
    import tempfile

    from saite import pipeline
    from saite.cli.progress import Terminal
    from saite.output import is_ours, recover
    from saite.query.endpoint import endpoint, renewal
    from saite.serve.door.application import Door
    from saite.serve.door.server import run
    from saite.serve.listening import address

    with ExitStack() as stack:
        folder = site
        if not is_ours(site):
            folder = pipeline.folder_of(site, None, pipeline.settings_of(site)) if site.is_dir() else site
            if site.is_dir():
                recover(folder)
            if not is_ours(folder):
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="saite-"))) / "site"
                line = _built(state, site, folder, base, no_check, address(listener))
                state.note(line)
        sparql = renewed = None
        if not no_sparql:
            progress = Terminal(state)
            sparql = stack.enter_context(endpoint(site, base=base, progress=progress))
            progress.done()
            renewed = stack.enter_context(renewal(sparql, site, base))
        if metrics is not None:
            watchers.append(_metrics(stack, sparql, metrics))
        routes = sparql.routes() if sparql is not None else []
        door = Door(folder, routes, renewed, watchers, _tell)
        asyncio.run(run(door, listener, ready, sparql, proxies))


def _answer_live(
    state: State,
    site: Path,
    base: str,
    no_check: bool,
    no_sparql: bool,
    proxies: tuple[str, ...],
    metrics: int | None,
    watchers: "list[Watcher]",
    listener: "socket.socket",
    ready: Callable[[], None],
) -> None:
    """Answer without a built folder."""
    import asyncio

    from saite.cli.progress import Terminal
    from saite.query.endpoint import over
    from saite.query.live import live
    from saite.render import renderers
    from saite.serve.door.application import Door
    from saite.serve.door.server import run
    from saite.serve.live.answers import Live

    with ExitStack() as stack:
        progress = Terminal(state)
        try:
            found = stack.enter_context(live(site, base, check=not no_check, progress=progress))
            answers = Live(found.site, renderers(found.site), found.dataset.version, _tell)
        finally:
            progress.done()
        stack.callback(answers.end)
        sparql = None if no_sparql else over(found.dataset)
        if metrics is not None:
            watchers.append(_metrics(stack, sparql, metrics))
        door = Door(answers, sparql.routes() if sparql is not None else [], None, watchers, _tell)
        asyncio.run(run(door, listener, ready, sparql, proxies))


def _built(
    state: State,
    site: Path,
    folder: Path,
    base: str,
    no_check: bool,
    url: str,
    given_up: Callable[[], None] = lambda: None,
) -> str:
    """Build a site for as long as it is looked at, whatever is found in it; a line about it."""
    from saite import pipeline
    from saite.cli.progress import Terminal
    from saite.cli.tell import summary

    progress = Terminal(state, given_up)
    options = pipeline.Options(check=not no_check, force=True, durable=False, base=base)
    try:
        built = pipeline.build(site, folder, options, progress)
    finally:
        progress.done()
    findings = "not checked" if no_check else summary(built.judged)
    more = f": see {url}report" if built.judged.findings else ""
    line = f"Built {built.resources} resources as {built.written.files} files; {findings}{more}"
    return "" if state.quiet else line


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


def _metrics(stack: ExitStack, sparql: "Endpoint | None", port: int) -> "Watcher":
    """Who counts answers, and tells the figures at a port of its own."""
    from saite.errors import EnvironmentFault
    from saite.serve.door.metrics import Metrics

    counting = Metrics(sparql)
    try:
        end = counting.listen("127.0.0.1", port)
        stack.callback(end)
    except (OSError, OverflowError) as error:
        raise EnvironmentFault(
            f"cannot tell figures at port {port}: {error}", cure="Take another one: --metrics PORT"
        ) from error
    return counting


def _tell(text: str) -> None:
    click.echo(text, err=True)
