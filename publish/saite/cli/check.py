"""``saite check``."""

import sys
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
    site_argument,
)


@click.command(
    cls=Command,
    short_help="Judge the data: what is wrong, where, and how to mend it.",
    examples=[
        ("saite check", "the site in this folder"),
        ("saite check mysite --lang lv", "messages in Latvian, where the shapes have them"),
        ("saite check data.ttl --json", "findings as JSON"),
        ("saite check --format sarif --output findings.sarif", "for a code host's annotations"),
        ("saite check --fail-on warning", "for continuous integration: warnings fail too"),
        ("saite check mysite --endpoint http://localhost:7878/query", "the data of a SPARQL store"),
        ("saite check --catalog --shapes dcat-ap", "the catalogue, by the shapes of DCAT-AP in a folder"),
    ],
)
@site_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "html", "sarif", "junit", "turtle"]),
    help="How findings are told; turtle is the standard sh:ValidationReport.  [default: text]",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file, not to stdout.")
@click.option(
    "--catalog", is_flag=True, help="Judge the catalogue that a build would make, not the data; see --shapes."
)
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="With --catalog: a file of shapes, or a folder of such (*.ttl), as DCAT-AP has them; can be repeated.",
)
@fail_on_option
@base_option
@endpoint_option
@language_option
@as_json
@common
@pass_state
def check(
    state: State,
    site: Path,
    format_: str | None,
    output: Path | None,
    catalog: bool,
    shapes: tuple[Path, ...],
    fail_on: str | None,
    base: str,
    endpoint: str,
    language: str | None,
    json_: bool,
) -> int:
    """Judge the data of SITE by its shapes, its rule queries and its links.

    Tells file and line of each finding, what is wrong, the value, and how to mend it. With --catalog, it is the DCAT
    catalogue of SITE that is judged, by the shapes that --shapes names. Nothing is written but the report. The exit
    code is 1 if a finding is as bad as --fail-on says, or worse.
    """
    from saite import pipeline, portal
    from saite.cli.progress import Terminal
    from saite.cli.tell import reported, shows_colour, summary
    from saite.finding import Severity

    if json_ and format_ not in (None, "json"):
        raise click.UsageError(f"--json and --format {format_} ask for two formats at once")
    if catalog != bool(shapes):
        raise click.UsageError("--catalog and --shapes go together: saite check --catalog --shapes DIR")
    state.json = state.json or format_ == "json"
    options = pipeline.Options(fail_on=Severity[fail_on.upper()] if fail_on else None, base=base, endpoint=endpoint)
    progress = Terminal(state)
    try:
        if catalog:
            judged, left_out = portal.judge(site, shapes, options, progress)
        else:
            judged, left_out = pipeline.judge(site, options, progress), []
    finally:
        progress.done()
    for name in left_out:
        state.note(
            f"{name} is for high-value datasets, which hvd of [catalogue] in saite.toml would say that these are"
        )
    chosen = "json" if state.json else format_ or "text"
    colour = output is None and shows_colour(sys.stdout.isatty())
    text = reported(judged, chosen, message_language(language), colour=colour)
    if output is not None:
        output.write_text(text, encoding="utf-8")
        state.note(f"{summary(judged)}; the report is in {output}")
    else:
        click.echo(text, nl=not text.endswith("\n"))
    return 1 if judged.failed else 0
