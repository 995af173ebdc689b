"""The index: which words lead to which resources, in files of bounded size.

============== =====================================================================================================
manifest.json  how many resources, the kinds with the number of their first, and the first key of every other file
w{n}.json      key -> how many resources have it, then these: sixteen times the number and the weight, as differences
n{n}.json      beginning of keys, with a letter left out -> keys that may have been meant (:func:`.words.near`)
r{n}.json      the resources themselves, by number
============== =====================================================================================================

A browser reads the manifest, then for each word of a question one file of keys, or two, and those that hold the
resources that it shows. Keys are in the order of UTF-16, as programs in browsers compare them.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

import orjson

from saite.iri import unescape
from saite.matching.normal import acronym, form
from saite.render.search.records import Kind, Record, shown
from saite.render.search.words import key, keys, near, words

LIMIT: Final = 32_768
"""Bytes of a file, unless a single entry is larger (none has more than :data:`MOST` resources)."""

MOST: Final = 4_000
"""Resources that a word leads to: of more, those of which it says most."""

MEANT: Final = 400
"""Keys that one beginning may mean."""

FULL: Final = 15
"""The weight of a word that is the whole name."""

_NAME_WORDS: Final = 30  # words of a name, a text, that are searched
_TEXT_WORDS: Final = 40

_Entry = TypeVar("_Entry")


class File(NamedTuple):
    """A file of the index: its name and its content."""

    name: str
    content: bytes


class Recorded(Protocol):
    """What is searched: :class:`saite.render.search.records.Records`."""

    kinds: list[Kind]
    minor: int

    def __len__(self) -> int:
        """How many records there are."""
        ...

    def __iter__(self) -> Iterator[Record]:
        """All, by number."""
        ...


def weights(record: Record) -> dict[str, int]:
    """The keys of a record, and how much of a name each is: 15 for a name of one word, 0 in a text."""
    found: dict[str, int] = {}

    def note(text: str, full: int, most: int) -> None:
        some = keys(text)[:most]
        weight = max(1, full // len(some)) if some and full else 0
        for one in some:
            found[one] = max(found.get(one, 0), weight)

    names = [*record.names.values(), *(text for _, text in record.others), *record.hidden]
    for name in names:
        note(name, FULL if name in record.names.values() else FULL - 1, _NAME_WORDS)
        short = acronym(form(name).words)
        if short:
            found[short] = max(found.get(short, 0), FULL // 2)
    for one in words(_last_step(record.document)):
        found.setdefault(key(one), 1)
    for text in record.about.values():
        note(text, 0, _TEXT_WORDS)
    return found


def _last_step(document: str) -> str:
    segment = document.rpartition("/")[2]
    try:
        return unescape(segment)
    except UnicodeDecodeError:  # shortened within an escaped character
        return segment


def files(records: Recorded, languages: Sequence[str]) -> Iterator[File]:
    """All files; the manifest last, since it names the others."""
    found: dict[str, array[int]] = {}

    def rows() -> Iterator[bytes]:
        for number, record in enumerate(records):
            for one, weight in weights(record).items():
                numbers = found.get(one)
                if numbers is None:
                    numbers = found[one] = array("I")
                numbers.append(number << 4 | weight)
            yield orjson.dumps(shown(record))

    resources = _Sharding("r", "[]")
    yield from resources.files(enumerate(rows()), lambda entry: entry[1])
    order = sorted(found, key=_utf16)
    leading = _Sharding("w", "{}")
    yield from leading.files(((one, found[one]) for one in order), lambda entry: _member(entry[0], coded(entry[1])))
    meant: dict[str, list[str]] = {}
    for one in order:
        for begin in near(one):
            meant.setdefault(begin, []).append(one)
    erring = _Sharding("n", "{}")
    ordered = ((begin, meant[begin]) for begin in sorted(meant, key=_utf16))
    yield from erring.files(ordered, lambda entry: _member(entry[0], _likely(entry[1], found)))
    manifest = {
        "count": len(records),
        "languages": languages,
        "kinds": [list(kind) for kind in records.kinds],
        "minor": records.minor,
        "words": leading.begins,
        "near": erring.begins,
        "records": resources.begins,
    }
    yield File("manifest.json", orjson.dumps(manifest) + b"\n")


def coded(numbers: "array[int]") -> list[int]:
    """How many there are, then the numbers as differences; of too many, those with the greatest weights."""
    kept = numbers.tolist()
    if len(kept) > MOST:
        kept = sorted(sorted(kept, key=lambda one: (-(one & FULL), one))[:MOST])
    last = 0
    found = [len(numbers)]
    for one in kept:
        found.append(one - (last << 4))
        last = one >> 4
    return found


def _likely(some: list[str], found: "dict[str, array[int]]") -> list[str]:
    if len(some) <= MEANT:
        return some
    return sorted(sorted(some, key=lambda one: (-len(found[one]), one))[:MEANT], key=_utf16)


def _member(name: str, value: object) -> bytes:
    return orjson.dumps(name) + b":" + orjson.dumps(value)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be")


class _Sharding:
    """Entries in files of bounded size.

    Attributes:
        begins: the key of the first entry of each file.
    """

    def __init__(self, name: str, brackets: str) -> None:
        self._name = name
        self._open, self._close = brackets[0].encode(), brackets[1].encode() + b"\n"
        self.begins: list[object] = []

    def files(self, entries: Iterable[tuple[object, _Entry]], write: Callable[..., bytes]) -> Iterator[File]:
        """The files.

        Args:
            entries: keys in order, and what they lead to.
            write: an entry as JSON.
        """
        held: list[bytes] = []
        size = 0
        for entry in entries:
            text = write(entry)
            if held and size + len(text) + 1 > LIMIT - 3:
                yield self._file(held)
                held, size = [], 0
            if not held:
                self.begins.append(entry[0])
            held.append(text)
            size += len(text) + 1
        if held:
            yield self._file(held)

    def _file(self, held: list[bytes]) -> File:
        return File(f"{self._name}{len(self.begins) - 1}.json", self._open + b",".join(held) + self._close)
