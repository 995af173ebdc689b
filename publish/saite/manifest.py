"""The list of a built folder's files: what the output writes, and what servers and queries read.

One JSON object in ``.saite-manifest.json``, a file to a line, sorted by :func:`fold`, so that it diffs well, can
be streamed, and is the same bytes for the same site. Its presence marks a folder as made by Saite.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from mmap import mmap
from typing import Final, NamedTuple

import orjson

FILE_NAME: Final = ".saite-manifest.json"

_HEAD: Final = b'{"generator":"saite","format":1,"files":[\n'
_TAIL: Final = b"\n]}\n"
_ROWS: Final = 1000  # in one piece of a manifest: one system call writes them


class Entry(NamedTuple):
    """One file of a built site.

    Attributes:
        path: relative POSIX path below the site's root.
        media_type: as in ``Content-Type``.
        sha256: of the content, in hexadecimal; what strong ETags are made from.
        size: length of the content in bytes.
        document: the extensionless document that the file represents, "" for an asset.
        language: BCP 47 tag of an HTML page, "" for language-neutral files.
        modified: xsd:date or xsd:dateTime of the last modification, where the data tells.
        gzip: a compressed copy stands beside it, at ``path + ".gz"``.
        profile: IRI of what the file conforms to (:mod:`saite.profile`), "" for the plain description, and for pages.
        member: of a packed site: where the file lies in the archive (:class:`saite.archive.Member`); with ``gzip`` it
            is deflated there.
    """

    path: str
    media_type: str
    sha256: str
    size: int
    document: str = ""
    language: str = ""
    modified: str = ""
    gzip: bool = False
    profile: str = ""
    member: tuple[int, ...] = ()

    def to_json(self) -> bytes:
        """The entry's row in a manifest."""
        return row(
            self.path,
            self.media_type,
            self.sha256,
            self.size,
            self.document,
            self.language,
            self.modified,
            self.gzip,
            self.profile,
            self.member,
        )

    @classmethod
    def from_json(cls, line: bytes) -> "Entry":
        """The entry of one line.

        Raises:
            ValueError: the line is not one that :meth:`to_json` writes.
        """
        row = orjson.loads(line)
        try:
            return cls(
                row["path"],
                row["type"],
                row["sha256"],
                row["bytes"],
                row.get("document", ""),
                row.get("language", ""),
                row.get("modified", ""),
                row.get("gzip", False),
                row.get("profile", ""),
                tuple(row.get("member", ())),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a manifest entry: {line[:80]!r}") from error


def row(
    path: str,
    media_type: str,
    sha256: str,
    size: int,
    document: str = "",
    language: str = "",
    modified: str = "",
    gzip: bool = False,
    profile: str = "",
    member: tuple[int, ...] = (),
) -> bytes:
    """One row of a manifest, without its line end; empty fields are left out. See :class:`Entry` for the arguments."""
    fields: dict[str, str | int | tuple[int, ...]] = {"path": path, "type": media_type}
    if document:
        fields["document"] = document
    if language:
        fields["language"] = language
    if profile:
        fields["profile"] = profile
    fields["sha256"] = sha256
    fields["bytes"] = size
    if modified:
        fields["modified"] = modified
    if gzip:
        fields["gzip"] = True
    if member:
        fields["member"] = member
    return orjson.dumps(fields)


def fold(path: str) -> str:
    """What two paths share if one of them would overwrite the other on some file system.

    Letter case and Unicode composition are levelled (macOS and Windows compare so); ``/`` becomes the lowest
    character, so that a folder's content follows the folder's name in sorted order.
    """
    folded = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
    return folded.replace("/", "\x01")


def write(rows: Iterable[bytes]) -> Iterator[bytes]:
    """The manifest's bytes in pieces; the rows (of :func:`row`) must come sorted by the :func:`fold` of their paths."""
    yield _HEAD
    left = iter(rows)
    separator = b""
    while some := list(islice(left, _ROWS)):
        yield separator + b",\n".join(some)
        separator = b",\n"
    yield _TAIL


def read(lines: Iterable[bytes]) -> Iterator[Entry]:
    """The entries of a manifest, line by line as a binary file yields them.

    Raises:
        ValueError: these are not the lines of a manifest that this version writes, or some are missing.
    """
    return map(Entry.from_json, _rows(lines))


def paths(lines: Iterable[bytes]) -> Iterator[str]:
    """Only the paths of a manifest's files, those of compressed copies too; several times as fast as :func:`read`.

    Raises:
        ValueError: as for :func:`read`.
    """
    for line in _rows(lines):
        fields = orjson.loads(line)
        try:
            yield fields["path"]
            if "gzip" in fields and "member" not in fields:
                yield fields["path"] + ".gz"
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a manifest entry: {line[:80]!r}") from error


def find(data: bytes | mmap, path: str) -> tuple[int, int] | None:
    """Where the row of a file stands in a manifest: from which byte to which, its comma left out; None: nowhere.

    Raises:
        ValueError: this is no manifest.
    """
    wanted = fold(path)
    low, high = len(_HEAD), len(data) - len(_TAIL)
    while low < high:
        middle = (low + high) // 2
        start = data.rfind(b"\n", low - 1, middle) + 1
        end = data.find(b"\n", middle, high)
        end = high if end < 0 else end
        row = data[start:end].rstrip(b",")
        found = Entry.from_json(row).path
        if found == path:
            return start, start + len(row)
        if fold(found) < wanted:
            low = end + 1
        else:
            high = start - 1
    return None


def _rows(lines: Iterable[bytes]) -> Iterator[bytes]:
    rows = iter(lines)
    if next(rows, b"") != _HEAD:
        raise ValueError("this is not a manifest of Saite's")
    for line in rows:
        if line == b"]}\n":
            return
        if line != b"\n":  # an empty site: tail directly after head
            yield line.rstrip(b",\n")
    raise ValueError("the manifest ends too early")
