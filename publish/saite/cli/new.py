"""``saite new``."""

from pathlib import Path

import click

from saite.cli.help import Command
from saite.cli.options import State, common, pass_state


@click.command(
    cls=Command,
    short_help="Start a new site.",
    examples=[("saite new mysite", "write it"), ("saite serve mysite", "look at it")],
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@common
@pass_state
def new(state: State, folder: Path) -> int:
    """Write a small valid site into DIR, to start from.

    It has a vocabulary, some data, shapes that check them, a query and a page, each explained by comments; it
    builds with no findings. A folder that holds anything already is left alone.
    """
    from saite import starter

    files = starter.write(folder)
    for name in files:
        state.note(f"  {folder / name}")
    click.echo(f"A new site is in {folder}. Look at it with: saite serve {folder}")
    return 0
