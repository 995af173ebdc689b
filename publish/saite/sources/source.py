"""A file of RDF, and how its bytes are got at; what the operating system says of it, told as faults of the file."""

import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from saite.errors import DataError, EnvironmentFault, Place
from saite.sources.formats import EXTENSIONS, HEAD, Format, tell
from saite.terms import NamedNode

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of RDF.

    Attributes:
        path: where it is.
        display: the path as the user would write it.
        graph: the named graph that the file fills; None: the default graph, and the graphs that the file names.
        base: what relative IRIs are resolved against unless the file has a base of its own; "" for none.
        contexts: files that stand for JSON-LD contexts, by the URL that the data give them.
    """

    path: Path
    display: str
    graph: NamedNode | None = None
    base: str = ""
    contexts: Mapping[str, Path] = field(default_factory=dict, compare=False, repr=False)

    @property
    def place(self) -> Place:
        """The whole file."""
        return Place(self.display)


@contextlib.contextmanager
def environment(source: Source) -> Iterator[None]:
    """Turns what the operating system says of a file into a fault that names the file.

    Raises:
        EnvironmentFault: the file cannot be read.
        DataError: it is compressed, and damaged.
    """
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError(
            f"the compressed file is damaged: {error}",
            place=source.place,
            cure="Compress it anew, or give the uncompressed file.",
        ) from error
    except OSError as error:
        raise EnvironmentFault(
            f"cannot be read: {error.strerror or error}",
            place=source.place,
            cure="Check that the file is there and that you may read it.",
        ) from error


def open_bytes(source: Source) -> gzip.GzipFile | io.BufferedReader:
    """The file's bytes, decompressed if they are gzip (told by the first two of them, not by the name)."""
    with environment(source):
        if not source.path.is_file() and source.path.exists():
            raise EnvironmentFault(
                "is not a regular file",
                place=source.place,
                cure="Give a file or a folder; save what a pipe or a device yields into a file first.",
            )
        return gzip.GzipFile(source.path, "rb") if is_compressed(source) else source.path.open("rb")


def is_compressed(source: Source) -> bool:
    """Whether a file is gzip.

    Raises:
        OSError: it cannot be read.
    """
    with source.path.open("rb") as stream:
        return stream.read(2) == _GZIP


def head_of(source: Source) -> bytes:
    """The first bytes of a file, decompressed."""
    with open_bytes(source) as stream, environment(source):
        return stream.read(HEAD)


def format_of(source: Source) -> Format:
    """The format of a file, by its name, else by its content.

    Raises:
        DataError: it is none of ours; the cure says which are.
    """
    found = tell(source.path.name, head_of(source))
    if isinstance(found, Format):
        return found
    known = ", ".join("." + ending for ending in sorted(EXTENSIONS))
    cure = f"Convert it to Turtle (.ttl); or, if it is RDF already, give the name the right ending: {known}."
    if found.startswith("OWL"):
        cure = "Save it as Turtle or RDF/XML in your ontology editor, or: robot convert --input OLD --output NEW.ttl"
    message = f"the file is {found}" if found else "neither the name nor the content of the file"
    message += ", which is no RDF format that Saite reads" if found else " is that of an RDF format"
    raise DataError(message, place=source.place, cure=cure)


def text_of(source: Source) -> io.TextIOWrapper:
    """The file as text, for looking at: what is not UTF-8 becomes U+FFFD, line ends stay as they are."""
    head = head_of(source)[:4]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return io.TextIOWrapper(open_bytes(source), encoding=encoding, errors="replace", newline="")
