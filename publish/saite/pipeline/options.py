"""How a build differs from what saite.toml says, and who is told how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from saite.finding import Severity
from saite.part import Shard

if TYPE_CHECKING:
    from saite.links import LinkCheck

_T = TypeVar("_T")


class Progress(Protocol):
    """Who is told how far the work has come; may raise to have it given up."""

    def stage(self, name: str) -> None:
        """A part of the work of which nothing is counted begins."""
        ...

    def track(self, items: Iterable[_T], total: int, name: str) -> Iterable[_T]:
        """The items, counted as they are taken."""
        ...


class Silence:
    """Nobody is told."""

    def stage(self, name: str) -> None:
        """Nothing."""

    def track(self, items: Iterable[_T], total: int, name: str) -> Iterable[_T]:
        """The items themselves."""
        return items


SILENCE: Final = Silence()


@dataclass(frozen=True, slots=True)
class Options:
    """How a build differs from what saite.toml says.

    Attributes:
        check: judge the data first.
        force: publish in spite of findings.
        fail_on: severity that stops the build; None: what saite.toml says.
        gzip: compressed copies beside text files.
        durable: see :meth:`saite.output.Place.write`.
        jobs: how many processes make the files; None: one for each core, if the memory holds them.
        base: where the IRIs live, in place of what saite.toml says.
        endpoint: address of a SPARQL 1.1 endpoint from which all data come, in place of the files.
        links: whether, and how, to ask for the addresses outside the site that its pages lead to.
        engine: what judges the data by the shapes, one of :data:`saite.shacl.ENGINES`.
        shard: make only this part of the site, for :mod:`saite.merging`.
    """

    check: bool = True
    force: bool = False
    fail_on: Severity | None = None
    gzip: bool = False
    durable: bool = True
    jobs: int | None = None
    base: str = ""
    endpoint: str = ""
    links: "LinkCheck | None" = None
    engine: str = "sets"
    shard: Shard | None = None


USUAL: Final = Options()
"""As saite.toml says."""
