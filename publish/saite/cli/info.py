"""``saite info``."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from saite.cli.help import Command
from saite.cli.options import State, as_json, base_option, common, pass_state, site_argument

_SHOWN = 20


@click.command(
    cls=Command,
    short_help="What is in a graph: classes, properties, languages, files.",
    examples=[
        ("saite info", "the site in this folder"),
        ("saite info thesaurus.rdf", "any RDF file"),
        ("saite info mysite --json", "all numbers, as JSON"),
    ],
)
@site_argument
@click.option("--all", "all_", is_flag=True, help=f"All rows; without it, the {_SHOWN} largest of each table.")
@base_option
@as_json
@common
@pass_state
def info(state: State, site: Path, all_: bool, base: str, json_: bool) -> int:
    """Count what is in SITE, without judging it.

    Resources by class, triples by property, texts by language, quads by graph and by file. Nothing is written.
    """
    from saite.cli.progress import Terminal
    from saite.query.counts import survey
    from saite.query.results import shortener

    progress = Terminal(state)
    try:
        config, counts = survey(site, base, progress)
    finally:
        progress.done()
    if state.json:
        state.result(asdict(counts))
        return 0
    names = shortener(config.prefixes)
    click.echo(
        f"{counts.triples} triples (in {counts.quads} quads) about {counts.iris} named resources "
        f"and {counts.subjects - counts.iris} blank nodes"
    )
    tables: list[tuple[str, Mapping[str, int]]] = [
        ("Classes (instances)", {names(iri): n for iri, n in counts.classes.items()}),
        ("Properties (triples)", {names(iri): n for iri, n in counts.properties.items()}),
        ("Languages (texts)", {tag or "without a language": n for tag, n in counts.languages.items()}),
        ("Datatypes (other literals)", {names(iri): n for iri, n in counts.datatypes.items()}),
        ("Graphs (quads)", {iri or "default graph": n for iri, n in counts.graphs.items()}),
        ("Files (quads)", counts.files),
    ]
    for title, rows in tables:
        if rows:
            click.echo(f"\n{title}")
        for number, (name, count) in enumerate(rows.items()):
            if number == _SHOWN and not all_:
                click.echo(f"{'':>9}  and {len(rows) - _SHOWN} more (--all)")
                break
            click.echo(f"{count:>9}  {name}")
    return 0
