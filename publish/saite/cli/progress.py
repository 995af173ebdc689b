"""How far the work has come, on stderr: a bar with counts and time left on a terminal, nothing when piped."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import click

from saite.cli.options import State, is_terminal

_T = TypeVar("_T")


class Terminal:
    """Progress for a person.

    Args:
        state: says whether to be quiet.
        given_up: asked now and then whether to stop; raises to stop.
    """

    def __init__(self, state: State, given_up: Callable[[], None] = lambda: None) -> None:
        self._shown = is_terminal() and not state.quiet
        self._given_up: Callable[[], None] = given_up

    def stage(self, name: str) -> None:
        """A line that the next one replaces."""
        self._given_up()
        if self._shown:
            click.echo(f"\r\x1b[K{name} ...", err=True, nl=False)

    def track(self, items: Iterable[_T], total: int, name: str) -> Iterator[_T]:
        """The items, with a bar above which nothing scrolls."""
        if not self._shown:
            for item in items:
                self._given_up()
                yield item
            return
        click.echo("\r\x1b[K", err=True, nl=False)
        step = max(total // 200, 1)  # a bar has no more than some hundred positions; drawing costs time
        with click.progressbar(
            items, length=total, label=name, file=sys.stderr, show_pos=True, show_eta=True, update_min_steps=step
        ) as bar:
            for item in bar:
                self._given_up()
                yield item

    def done(self) -> None:
        """Leave the line empty for what comes."""
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
