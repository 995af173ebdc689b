"""Parts of a site that are made apart from each other: which one, of which build, and what it tells the others."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple, Self

import orjson

from saite.artifact import Artifact
from saite.distribution import Distribution
from saite.errors import UsageError

FILE_NAME: Final = ".saite-part.json"
"""The file of a part that says so; it is in no whole site."""


class Shard(NamedTuple):
    """One of several parts of a site, which machines can make that need not know each other.

    Attributes:
        number: which, from 1.
        of: how many there are.
    """

    number: int
    of: int

    @classmethod
    def read(cls, text: str) -> Self:
        """A shard as people write it: ``2/4``.

        Raises:
            UsageError: it is none.
        """
        number, slash, of = text.partition("/")
        if slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
            return cls(int(number), int(of))
        raise UsageError(f"{text!r} is no part of a whole", cure="Write which and of how many: --shard 2/4.")

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


class Part(NamedTuple):
    """What a part says of itself.

    Attributes:
        shard: which it is.
        build: a digest of all that the site is made from; parts of one site have the same.
        distributions: those that were made in it, of which files tell that the merge makes.
    """

    shard: Shard
    build: str
    distributions: tuple[Distribution, ...]

    def artifact(self) -> Artifact:
        """The file that says so."""
        said = {"shard": [*self.shard], "build": self.build, "distributions": [[*one] for one in self.distributions]}
        return Artifact(FILE_NAME, "application/json", orjson.dumps(said, option=orjson.OPT_INDENT_2))

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """What such a file says.

        Raises:
            ValueError: it is none.
        """
        said = orjson.loads(content)
        try:
            return cls(Shard(*said["shard"]), said["build"], tuple(_distributions(said["distributions"])))
        except (KeyError, TypeError) as error:
            raise ValueError(f"it is not what a part says: {error}") from error


def _distributions(rows: Iterable[list[Any]]) -> Iterable[Distribution]:
    for *row, conforms in rows:
        yield Distribution._make([*row, tuple(conforms)])
