"""``saite link``."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from saite.cli.help import Command
from saite.cli.options import State, as_json, base_option, common, pass_state, site_argument

if TYPE_CHECKING:
    from saite.candidates.things import Graph
    from saite.config import Config


@click.command(
    cls=Command,
    short_help="Find links to the same things elsewhere, for a person to accept.",
    examples=[
        ("saite link --with countries.ttl", "candidates from a file of RDF, into candidates-countries.tsv"),
        ("saite link --with ror.csv --class ice:Institution", "from a table with the columns id and name"),
        ("saite link --with https://wikidata.reconci.link/en/api", "from a reconciliation service"),
        ("saite link --accept candidates-ror.tsv --by https://example.org/staff", "write those that have yes"),
    ],
)
@site_argument
@click.option("--with", "with_", metavar="FILE_OR_URL", default="", help="Where to look: RDF, CSV, or a service.")
@click.option(
    "--accept",
    "review",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file of candidates: write its accepted links as Turtle.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; always new.")
@click.option("--class", "classes", metavar="CLASS", multiple=True, help="Only entities of this class; repeatable.")
@click.option("--least", type=click.FloatRange(0, 100), default=80, show_default=True, help="Least score to be told.")
@click.option("--limit", type=click.IntRange(1, 50), default=3, show_default=True, help="Candidates for each entity.")
@click.option("--again", is_flag=True, help="Entities too that have a link to what is looked in already.")
@click.option("--by", default="", metavar="IRI", help="Who accepted the links: an IRI, or a name.")
@click.option("--date", "date_", default="", metavar="DATE", help="When they were accepted.  [default: today]")
@click.option(
    "--time", "time_", type=click.FloatRange(1), default=600, show_default=True, help="Seconds for a service."
)
@click.option("--private-addresses", is_flag=True, help="The service may be at a private address.")
@base_option
@as_json
@common
@pass_state
def link(
    state: State,
    site: Path,
    with_: str,
    review: Path | None,
    output: Path | None,
    classes: tuple[str, ...],
    least: float,
    limit: int,
    again: bool,
    by: str,
    date_: str,
    time_: float,
    private_addresses: bool,
    base: str,
    json_: bool,
) -> int:
    """Find things elsewhere that may be the same as those of SITE, and write what a person has accepted.

    Names are compared in all languages, without regard to case, diacritics and scripts; types, codes, countries and
    places speak for or against. Candidates go to a tab-separated file with a column to accept them in; nothing is ever
    accepted by itself. Accepted links become a new file of Turtle, with who accepted them, when, and the score.
    """
    from saite.config import Config
    from saite.pipeline import Options, settings_of

    if bool(with_) == (review is not None):
        raise click.UsageError("say either where to look (--with) or which file of candidates to take (--accept)")
    config: Config = settings_of(site, Options(base=base))
    ours = _entities(site, config, classes)
    if review is not None:
        return _accept(state, site, config, ours, review, output, by, date_)
    return _find(state, ours, with_, output, least, limit, again, _agent(config), time_, private_addresses)


def _entities(site: Path, config: "Config", classes: Sequence[str]) -> "Graph":
    from saite.candidates.things import Graph
    from saite.check import home_of
    from saite.graph import load, public

    loaded, _ = load(site, config)
    store = public(loaded, config)
    folded = [fold.type for fold in config.fold]
    return Graph(store, config.base or home_of(store), [config.expand(name) for name in classes], folded)


def _find(
    state: State,
    ours: "Graph",
    with_: str,
    output: Path | None,
    least: float,
    limit: int,
    again: bool,
    agent: str,
    time: float,
    private: bool,
) -> int:
    from saite.candidates import Candidate, find, write
    from saite.candidates.finding import Local, Others
    from saite.candidates.service import Service
    from saite.candidates.things import linked, opened
    from saite.cli.progress import Terminal
    from saite.errors import DataError, EnvironmentFault
    from saite.web import Client, Manners

    remote = with_.startswith(("http://", "https://"))
    path = output or Path(f"candidates-{_stem(with_)}.tsv")
    if not ours.names():
        raise DataError("the site has no entities with names to look for", cure="Look at --class, and at the base.")
    others: Others
    if remote:
        others = Service(with_, Client(agent, Manners(pause=1.0, budget=time, private=private)))
    else:
        others = Local(opened(Path(with_)))
    pairs = frozenset(linked(ours.store))
    source = with_ if remote else Path(with_).name
    progress = Terminal(state)
    found: list[Candidate] = []
    fault: EnvironmentFault | None = None
    track = partial(progress.track, name="Looking for names")
    try:
        for one in find(ours, others, pairs, least=least, limit=limit, again=again, track=track):
            found.append(one)  # noqa: PERF402 (what was found before a fault is kept)
    except EnvironmentFault as error:
        fault = error
    finally:
        progress.done()
    count = write(path, found, source) if found or fault is None else 0
    if fault is not None:
        if count:
            state.note(f"{count} candidates that were found before that are in {path}.")
        raise fault
    if state.json:
        state.result({"candidates": count, "file": str(path)})
    elif count:
        click.echo(
            f"{count} candidates are in {path}: write yes in the column accept, then: saite link --accept {path}"
        )
    else:
        click.echo(f"No candidates: nothing in {with_} has a name near to one of {len(ours.names())} entities.")
    return 0


def _accept(
    state: State,
    site: Path,
    config: "Config",
    ours: "Graph",
    review: Path,
    output: Path | None,
    by: str,
    date_: str,
) -> int:
    from datetime import date

    from saite.candidates import accept, read
    from saite.candidates.things import linked
    from saite.errors import UsageError

    if output is None and not site.is_dir():
        raise UsageError(f"{site} is a file: where shall the links go?", cure="Name a file: --output links.ttl")
    lines = read(review)
    name = f"links-{review.stem.removeprefix('candidates-')}.ttl"
    folder = config.root / "data" if (config.root / "data").is_dir() else config.root
    done = accept(
        lines,
        output or folder / name,
        entities=ours.names().keys(),
        linked=frozenset(linked(ours.store)),
        by=by,
        date=date_ or date.today().isoformat(),
    )
    if done.path is not None and site.is_dir() and not _read_by(site, config, done.path):
        state.note(
            f"warning: the site does not read {done.path}\n"
            f'  -> Add a pattern that matches it to [graphs] in saite.toml, as in links = ["data/links*.ttl"] .'
        )
    if state.json:
        path = str(done.path) if done.path is not None else None
        state.result({"links": done.links, "known": done.known, "file": path})
        return 0
    if done.path is not None:
        click.echo(f"{done.links} links are in {done.path}. See what they do: saite check {site}")
    else:
        click.echo("No new links: no line has yes." if not lines else "No new links: the site has them all already.")
    return 0


def _read_by(site: Path, config: "Config", path: Path) -> bool:
    """Whether a file is one of the site's."""
    from saite.sources import discover

    return any(source.path.resolve() == path.resolve() for source in discover(site, config))


def _agent(config: "Config") -> str:
    from saite import __version__
    from saite.namespaces import SAITE

    return f"Saite/{__version__} (link discovery; +{config.url or config.base or SAITE})"


def _stem(with_: str) -> str:
    """A short name for where candidates come from: a host, or a file without its ending."""
    name = with_.split("/")[2] if "://" in with_ else Path(with_).name.partition(".")[0]
    return re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-").lower() or "links"
