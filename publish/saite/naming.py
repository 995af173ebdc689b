"""The list of what a site's addresses name, beside its files: things with the documents that tell of them.

One JSON object in ``.saite-names.json``, a row to a line, sorted by :func:`key` of the paths like the manifest's rows.
Servers answer from it, and rules for hosts are made of it. The first line tells what holds for the whole site.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import orjson

FILE_NAME: Final = ".saite-names.json"

_TAIL: Final = b"\n]}\n"


@dataclass(frozen=True, slots=True)
class Name:
    """What one path, below where a site is served, names.

    Attributes:
        path: the path, without the slash at its beginning, in the normal form of :func:`saite.iri.normal`; it is
            that of a document, or of an IRI of the site.
        see: of a thing: its document, with ``#fragment`` where it is shown on another's page (303 See Other).
        iri: of a document: the IRI of what it describes.
        gone: of a document: what it describes is no more (owl:deprecated; 410 Gone).
        successor: what has taken its place: a document of the site, or an absolute IRI; "" if nothing has.
        type: of a document: what it describes in the words of schema.org, as ``Event``; several with a space between.
        author: of a document: IRIs (as URIs) of who has made what it describes, with a space between; "" if that is
            not said of it.
    """

    path: str
    see: str = ""
    iri: str = ""
    gone: bool = False
    successor: str = ""
    type: str = ""
    author: str = ""

    def to_json(self) -> bytes:
        """The row; fields without a value are left out."""
        fields = (
            ("see", self.see),
            ("iri", self.iri),
            ("gone", self.gone),
            ("successor", self.successor),
            ("type", self.type),
            ("author", self.author),
        )
        return orjson.dumps({"path": self.path, **{field: value for field, value in fields if value}})

    @classmethod
    def from_json(cls, line: bytes) -> "Name":
        """The name of one line.

        Raises:
            ValueError: the line is not one that :meth:`to_json` writes.
        """
        try:
            return cls(**orjson.loads(line))
        except TypeError as error:
            raise ValueError(f"not a row of names: {line[:80]!r}") from error


def key(path: str) -> bytes:
    """What rows are sorted by."""
    return path.encode()


def write(names: Iterable[Name], whole: Mapping[str, str]) -> Iterator[bytes]:
    """The list's bytes in pieces, a row each.

    Args:
        names: sorted by :func:`key`.
        whole: what holds for the whole site: ``base`` (of its IRIs), ``license``, ``dataset`` (the document that
            describes all of it), ``author`` (as of a name), ``items`` (see :func:`saite.signposting.items`),
            ``linksets`` (formats of the documents' link sets), ``catalogue`` (the file of the catalogue in Turtle).
    """
    head = orjson.dumps({"generator": "saite", "format": 1, **whole}).removesuffix(b"}")
    yield head + b',"names":['
    separator = b"\n"
    for name in names:
        yield separator + name.to_json()
        separator = b",\n"
    yield _TAIL


def whole(first: bytes) -> dict[str, str]:
    """What the first line of the list says of the whole site.

    Raises:
        ValueError: it is no such line.
    """
    found = orjson.loads(first.strip().removesuffix(b"[") + b"[]}")
    if not isinstance(found, dict) or found.get("format") != 1:
        raise ValueError("these are not names of Saite's")
    return {field: value for field, value in found.items() if isinstance(value, str) and field != "generator"}
