"""The one door to the parser: the bytes it reads from, the base it resolves against."""

from collections.abc import Iterator
from typing import Protocol

from pyoxigraph import parse

from saite.errors import UsageError
from saite.sources.formats import Format
from saite.terms import Quad


class Readable(Protocol):
    """What the parser reads from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes, none at the end."""
        ...


def parser(
    readable: Readable, format: Format, base: str, *, lenient: bool = False, rename: bool = True
) -> Iterator[Quad]:
    """A parser over some bytes.

    Args:
        readable: where the bytes come from; what it raises comes through unchanged.
        format: the format that they are in.
        base: an absolute IRI, or "" for none.
        rename: give blank nodes names that no other file has.
        lenient: let pass what is well-formed, though its IRIs or language tags are not.

    Raises:
        UsageError: the base is no absolute IRI.
    """
    try:
        return parse(
            readable,  # type: ignore[arg-type]  # read() is all that it asks for
            format=format.parser,
            base_iri=base or None,
            rename_blank_nodes=rename,
            lenient=lenient,
        )
    except ValueError as error:
        raise UsageError(
            f"the base {base!r} is no absolute IRI", cure="Set base in saite.toml to an absolute IRI."
        ) from error
