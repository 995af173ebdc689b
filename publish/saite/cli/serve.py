"""``saite serve``."""

from pathlib import Path

import click

from saite.cli.help import Command
from saite.cli.options import State, base_option, common, pass_state, site_argument


@click.command(
    cls=Command,
    short_help="Look at a site while it is written.",
    examples=[
        ("saite serve", "the site in this folder, at http://127.0.0.1:8000/"),
        ("saite serve mysite --open", "and open the browser"),
        ("saite serve people.ttl --port 8080", "any RDF"),
    ],
)
@site_argument
@click.option("--port", default=8000, show_default=True, help="Port to listen at; 0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--open", "open_", is_flag=True, help="Open the browser.")
@click.option("--no-check", is_flag=True, help="Do not check the data; faster.")
@base_option
@common
@pass_state
def serve(state: State, site: Path, port: int, host: str, open_: bool, no_check: bool, base: str) -> int:
    """Build SITE for yourself and show it in the browser; when a file changes, build and show it again.

    What is wrong is told here and shown as a page; findings do not stop a preview. The published folder is not
    touched. Ctrl-C ends it.
    """
    import asyncio
    import tempfile

    from saite import pipeline
    from saite.cli.progress import Terminal
    from saite.cli.tell import summary
    from saite.errors import EnvironmentFault
    from saite.serve.preview import Preview, address, bind, run

    pipeline.settings_of(site)
    listener = bind(host, port)
    url = address(listener)
    with listener, tempfile.TemporaryDirectory(prefix="saite-") as home:  # each preview its own: several may run
        folder = Path(home) / "preview"

        def given_up() -> None:
            if preview.closing.is_set():
                raise EnvironmentFault("the build was given up")

        def build() -> str:
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

        def ready() -> None:
            state.note(f"Look at {url} (Ctrl-C ends this)")
            if open_:
                click.launch(url)

        watched = site if site.is_dir() else site.parent
        preview = Preview(folder, build, watched, lambda path: pipeline.is_input(site, path), _tell)
        preview.rebuild()
        asyncio.run(run(preview, listener, ready))
    state.note("Stopped.")
    return 0


def _tell(text: str) -> None:
    click.echo(text, err=True)
