"""``saite merge``."""

from pathlib import Path

import click

from saite.cli.help import Command
from saite.cli.options import (
    State,
    as_json,
    base_option,
    common,
    endpoint_option,
    fail_on_option,
    language_option,
    message_language,
    pass_state,
)


@click.command(
    cls=Command,
    short_help="Join the parts of a site that several machines built.",
    examples=[
        ("saite merge mysite part-1.zip part-2.zip", "into mysite/site/"),
        ("saite merge mysite part-*.zip -o site.zip", "into one archive"),
    ],
)
@click.argument("site", type=click.Path(path_type=Path))
@click.argument("parts", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write, or an archive if the name ends in .zip; default: saite.toml's output, or SITE/site.",
)
@click.option("--force", is_flag=True, help="As the parts were built: publish in spite of findings.")
@click.option("--no-check", is_flag=True, help="As the parts were built: without a check.")
@fail_on_option
@base_option
@endpoint_option
@click.option("--gzip", is_flag=True, help="As the parts were built: with compressed text files.")
@language_option
@as_json
@common
@pass_state
def merge(
    state: State,
    site: Path,
    parts: tuple[Path, ...],
    out: Path | None,
    force: bool,
    no_check: bool,
    fail_on: str | None,
    base: str,
    endpoint: str,
    gzip: bool,
    language: str | None,
    json_: bool,
) -> int:
    """Join PARTS, which saite build SITE --shard made, into the whole site.

    It is the same, byte for byte, as if one machine had built it. All parts are needed, and the files and options that
    they were built from. The files that tell of all others (digests, downloads, the catalogue) are made now.
    """
    from saite import merging, pipeline
    from saite.cli.progress import Terminal
    from saite.cli.tell import size, tell_findings
    from saite.finding import Severity

    options = pipeline.Options(
        check=not no_check,
        force=force,
        fail_on=Severity[fail_on.upper()] if fail_on else None,
        gzip=gzip,
        base=base,
        endpoint=endpoint,
    )
    progress = Terminal(state)
    try:
        written = merging.merge(site, parts, out, options, progress)
    except pipeline.NotPublished as stopped:
        progress.done()
        tell_findings(state, stopped.judged, message_language(language))
        raise
    finally:
        progress.done()
    if state.json:
        state.result({"out": str(written.out), "files": written.files, "bytes": written.bytes, "kept": written.kept})
    else:
        click.echo(f"Joined {len(parts)} parts: {written.files} files ({size(written.bytes)}) in {written.out}.")
    return 0
