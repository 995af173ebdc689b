"""Help texts that end with examples: what is shown is also what tests run and what the docs are made from."""

from collections.abc import Sequence
from typing import Any

import click


class Explained(click.Command):
    """A command whose help ends with examples.

    Args:
        examples: a command line, and what it does.
    """

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, after the options."""
        with formatter.section("Examples"):
            formatter.write_dl(self.examples)


class Command(Explained):
    """One command of ``saite``."""
