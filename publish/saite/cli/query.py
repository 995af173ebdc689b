"""``saite query``."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from saite.cli.help import Command
from saite.cli.options import State, as_json, base_option, common, pass_state, write_bytes
from saite.errors import UsageError

_FORMATS = ["table", "json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld", "rdfxml"]
_NOTES = {
    "built": "asked: the built site",
    "sources": "asked: the sources, for nothing is built yet",
    "endpoint": "asked: the endpoint",
}


@click.command(
    cls=Command,
    short_help="Ask the data in SPARQL.",
    examples=[
        ("saite query 'SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type'", "a query as text"),
        ("saite query questions/who.rq --format csv", "a query from a file"),
        ("saite query --list", "the queries that the site offers"),
        ("saite query --name people-by-role --param role=ex:editor", "one of them, with a value for ?role"),
        ("saite query --site data.ttl 'DESCRIBE <https://example.org/x>'", "any RDF"),
        ("saite query --endpoint http://localhost:7878/query 'ASK { ?s ?p ?o }'", "a store elsewhere"),
    ],
)
@click.argument("query", required=False)
@click.option("--name", help="Name of one of the site's queries, in place of QUERY.")
@click.option("-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A value for a variable.")
@click.option(
    "-s", "--site", type=click.Path(path_type=Path), default=".", help="Site folder, built site, folder of RDF or file."
)
@click.option("--endpoint", default="", metavar="URL", help="Ask a SPARQL 1.1 endpoint in place of the site.")
@click.option(
    "-f", "--format", "format_", type=click.Choice(_FORMATS), help="Form of the answer.  [default: table, or Turtle]"
)
@click.option("--list", "list_", is_flag=True, help="List the site's queries with their parameters, and ask none.")
@base_option
@as_json
@common
@pass_state
def query(
    state: State,
    query: str | None,
    name: str | None,
    parameters: tuple[str, ...],
    site: Path,
    endpoint: str,
    format_: str | None,
    list_: bool,
    base: str,
    json_: bool,
) -> int:
    """Ask the data of a site in SPARQL 1.1.

    QUERY is the text of a query, the path of a file, or - for standard input. The built site answers, or its
    sources where nothing is built yet; SELECT and ASK see all its graphs as one. Values given with --param are
    terms, and can never change what the query does. Nothing is written, and no other server is asked unless
    --endpoint says so. On a terminal a table is cut to its width; csv has all.
    """
    from saite.cli.progress import Terminal
    from saite.query import asked, dataset, results

    if json_ and format_ not in (None, "json", "jsonld"):
        raise click.UsageError(f"--json and --format {format_} ask for two formats at once")
    if list_:
        return _list(state, site)
    if (query is None) == (name is None):
        raise UsageError(
            "what shall be asked?", cure="Give a query, a file, or the --name of a query; see: saite query -h"
        )
    if query == "-":
        query = sys.stdin.read()
    progress = Terminal(state)
    with dataset.opened(site, endpoint, base, progress) as data:
        chosen = asked.by_name(name, data.config) if name else asked.by_text(query or "", data.config)
        progress.done()
        state.note(_NOTES[data.origin])
        answer = asked.run(chosen, parameters, data.store, data.config)
        chosen_format = format_ or ("json" if json_ else "table")
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for piece in results.write(answer, chosen_format, data.config.prefixes, width):
            write_bytes(piece)
    return 0


def _list(state: State, site: Path) -> int:
    """The site's queries: name, title and parameters."""
    from saite.cli.options import message_language
    from saite.pipeline import settings_of
    from saite.query.asked import named

    queries = named(settings_of(site))
    language = message_language(None)
    if state.json:
        state.result(
            [
                {"name": q.name, "title": _title(q.titles, language), "parameters": [asdict(p) for p in q.parameters]}
                for q in queries
            ]
        )
        return 0
    for query in queries:
        click.echo(f"{query.name}: {_title(query.titles, language)}")
        for parameter in query.parameters:
            default = f", default {parameter.default}" if parameter.default is not None else ""
            click.echo(f"    --param {parameter.name}=...  {parameter.kind}{default}")
    return 0


def _title(titles: Mapping[str, str], language: str) -> str:
    return titles.get(language) or titles.get("en") or next(iter(titles.values()), "")
