"""What an edit of a file has changed, found without reading the rest of it.

What the two versions have in common at their beginning and at their end is left aside; of what lies between, whole
blocks (of Turtle) or whole lines (of N-Triples and N-Quads) are parsed. Where that is not certain to tell the quads as
reading both files would, nothing is told: the file is to be read.
"""

from collections.abc import Callable, Sequence
from mmap import mmap
from typing import Final, NamedTuple, TypeAlias

from saite.errors import SaiteError
from saite.sources.formats import LINE_BASED, TURTLE, Format
from saite.sources.positions.blocks import is_end, pieces
from saite.sources.reader import read_bytes
from saite.sources.source import Source
from saite.terms import Quad

_Bytes: TypeAlias = bytes | mmap

_SPACE: Final = b" \t\r\n"
_STEP: Final = 1 << 20


class Edit(NamedTuple):
    """The quads of those parts of two versions of a file that are not alike; the parts may have quads in common.

    A blank node that stands in such a part stands nowhere else.

    Attributes:
        old: those of the old version, as often as they stand there.
        new: those of the new one.
    """

    old: Sequence[Quad]
    new: Sequence[Quad]


class _Region(NamedTuple):
    """What of two versions is to be compared: ``old[start:old_end]`` and ``new[start:new_end]``."""

    start: int
    old_end: int
    new_end: int
    prologue: bytes = b""


def edit(source: Source, format: Format, old: _Bytes, new: _Bytes, base: str = "") -> Edit | None:
    """What an edit has changed.

    Args:
        source: the file.
        format: what both versions are in.
        old: the version that was read before, without a fault.
        new: the version that is there now.
        base: see :func:`saite.sources.read`.

    Returns:
        None if it cannot be told from a part of the file; also if blank nodes have labels there.
    """
    if format is TURTLE:
        region = _blocks(old, new)
    elif format in LINE_BASED:
        region = _lines(old, new)
    else:
        return None
    if region is None:
        return None
    start, old_end, new_end, prologue = region
    parts = old[start:old_end], new[start:new_end]
    if any(b"_:" in part for part in parts):
        return None
    try:
        return Edit(*(list(read_bytes(source, format, prologue + part, base)) for part in parts))
    except SaiteError:
        return None


def _common(old: _Bytes, new: _Bytes) -> tuple[int, int]:
    """How many bytes the two begin with alike, and end with alike; the two parts do not overlap."""
    most = min(len(old), len(new))
    begin = _alike(most, lambda at, size: old[at : at + size] == new[at : at + size])
    ends = len(old), len(new)
    end = _alike(
        most - begin,
        lambda at, size: old[ends[0] - at - size : ends[0] - at] == new[ends[1] - at - size : ends[1] - at],
    )
    return begin, end


def _alike(most: int, same: Callable[[int, int], bool]) -> int:
    found, step = 0, _STEP
    while step:
        while found + step <= most and same(found, step):
            found += step
        step //= 2
    return found


def _lines(old: _Bytes, new: _Bytes) -> _Region:
    begin, end = _common(old, new)
    feed = old.find(b"\n", len(old) - end)
    left = 0 if feed < 0 else len(old) - feed - 1
    return _Region(old.rfind(b"\n", 0, begin) + 1, len(old) - left, len(new) - left)


def _blocks(old: _Bytes, new: _Bytes) -> _Region | None:
    """The blocks in which the two differ; None if directives do, or where blocks begin and end is not certain."""
    begin, end = _common(old, new)
    directives: list[bytes] = []
    start = last = 0
    for piece in pieces(old):
        last = piece.end
        certain = old[piece.end : piece.end + 1] in _ENDS
        if certain and piece.end < begin:
            start = piece.end
            if piece.told is not None:
                directives.append(old[piece.start : piece.end])
        elif piece.told is not None:
            return None
        elif certain and piece.end >= len(old) - end:
            found = _Region(start, piece.end, len(new) - (len(old) - piece.end), b"\n".join(directives))
            return found if _is_whole(new[start : found.new_end]) else None
    if is_end(old, last) and _is_whole(new[start:], to_end=True):  # what was added stands at the end
        return _Region(start, len(old), len(new), b"\n".join(directives))
    return None


_ENDS: Final = frozenset((b"", *(bytes((one,)) for one in _SPACE)))
"""What may follow a full stop so that it is one, and no part of a name or a number."""


def _is_whole(part: bytes, *, to_end: bool = False) -> bool:
    """Whether a part of a file is blocks and nothing else, so that what follows is read as if they were not there.

    Args:
        part: the part.
        to_end: nothing follows.
    """
    end = 0
    for piece in pieces(part):
        if piece.told is not None:
            return False
        end = piece.end
    return is_end(part, end) if to_end else not part[end:].strip(_SPACE)
