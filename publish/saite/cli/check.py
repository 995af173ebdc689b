"""``saite check``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from saite.links import LinkCheck, Told


@click.command(
    cls=Command,
    short_help="Judge the data: what is wrong, where, and how to mend it.",
    examples=[
        ("saite check", "the site in this folder"),
        ("saite check mysite --lang lv", "messages in Latvian, where the shapes have them"),
        ("saite check data.ttl --json", "findings as JSON"),
        ("saite check --format sarif --output findings.sarif", "for a code host's annotations"),
        ("saite check --fail-on warning", "for continuous integration: warnings fail too"),
        ("saite check --links", "ask for the addresses that pages lead to, too"),
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
@click.option(
    "--engine",
    type=click.Choice(["sets", "pyshacl"]),
    default="sets",
    help="What judges by the shapes: Saite's own engine, which takes all nodes of a shape at once, or pySHACL, the "
    "slow reference. Both find the same.  [default: sets]",
)
@click.option("--links", is_flag=True, help="Ask whether the addresses outside the site are still there.")
@click.option(
    "--link-kind",
    "link_kinds",
    type=click.Choice(["same", "page", "source", "vocabulary", "other"]),
    multiple=True,
    help="Only links of this kind: to the same or like things (owl:sameAs, skos:exactMatch ...), to pages "
    "(rdfs:seeAlso, foaf:page ...), to sources, to vocabularies, or others; may be repeated.  [default: all]",
)
@click.option(
    "--max-age", type=click.IntRange(0), metavar="DAYS", help="How long an earlier answer counts.  [default: 7]"
)
@click.option(
    "--link-pause",
    type=click.FloatRange(0, 60),
    metavar="SECONDS",
    help="Between two requests to a host.  [default: 1]",
)
@click.option(
    "--link-time", type=click.FloatRange(1), metavar="SECONDS", help="For all requests together.  [default: 600]"
)
@click.option("--private-addresses", is_flag=True, help="Ask hosts at private addresses too, behind your firewall.")
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
    engine: str,
    links: bool,
    link_kinds: tuple[str, ...],
    max_age: int | None,
    link_pause: float | None,
    link_time: float | None,
    private_addresses: bool,
    language: str | None,
    json_: bool,
) -> int:
    """Judge the data of SITE by its shapes, its rule queries and its links.

    Tells file and line of each finding, what is wrong, the value, and how to mend it. With --catalog, it is the DCAT
    catalogue of SITE that is judged, by the shapes that --shapes names. Nothing is written but the report. The exit
    code is 1 if a finding is as bad as --fail-on says, or worse.

    With --links, hosts elsewhere are asked, one request at a time for each, as their robots.txt lets programs; what
    they answer is kept in .saite/links.json. Links that are dead or have moved are warnings.
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
    if not links and (link_kinds or max_age is not None or link_pause is not None or link_time or private_addresses):
        raise click.UsageError("--link-kind, --max-age, --link-pause, --link-time and --private-addresses need --links")
    asked = _link_check(link_kinds, max_age, link_pause, link_time, private_addresses) if links else None
    limit = Severity[fail_on.upper()] if fail_on else None
    options = pipeline.Options(fail_on=limit, base=base, endpoint=endpoint, links=asked, engine=engine)
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
    if judged.links is not None:
        _tell_links(state, judged.links)
    chosen = "json" if state.json else format_ or "text"
    colour = output is None and shows_colour(sys.stdout.isatty())
    text = reported(judged, chosen, message_language(language), colour=colour)
    if output is not None:
        output.write_text(text, encoding="utf-8")
        state.note(f"{summary(judged)}; the report is in {output}")
    else:
        click.echo(text, nl=not text.endswith("\n"))
    return 1 if judged.failed else 0


def _link_check(
    kinds: tuple[str, ...], max_age: int | None, pause: float | None, time: float | None, private: bool
) -> "LinkCheck":
    from datetime import date

    from saite.links import KINDS, LinkCheck
    from saite.web import Manners

    manners = Manners(pause=1.0 if pause is None else pause, budget=time or 600.0, private=private)
    return LinkCheck(date.today(), kinds or KINDS, 7 if max_age is None else max_age, manners)


def _tell_links(state: State, told: "Told") -> None:
    state.note(f"Links: {told.addresses} addresses, {told.asked} asked for now.")
    if told.left:
        state.note(f"{told.left} are left for another time: --link-time is over. What was answered is kept.")
