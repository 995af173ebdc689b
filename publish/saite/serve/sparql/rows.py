"""How many rows an answer has so far, counted in its bytes: the engine writes them and tells nobody."""

import re
from typing import Final

_MARKS: Final = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n", "ntriples": b"\n"}
"""What stands once for each row, outside of quotes (in JSON, between two rows)."""
_QUOTES: Final = ("json", "csv")
_BACKSLASHES: Final = re.compile(rb"\\+\Z")


class RowCounter:
    """Counts rows in the bytes of one answer, given in any pieces.

    Args:
        format: ``json``, ``xml``, ``csv``, ``tsv`` or ``ntriples``, as the engine writes them.
    """

    def __init__(self, format: str) -> None:
        self._mark = _MARKS[format]
        self._quotes = format in _QUOTES
        self._escapes = format == "json"
        self._inside = False
        self._held = b""
        self._tail = b""
        self._found = {"csv": -1, "tsv": -1, "json": 1}.get(format, 0)  # the line of names is no row

    def add(self, data: bytes) -> int:
        """Takes the next bytes; returns how many rows there are so far (in JSON, one even where there is none)."""
        text = self._outside(data) if self._quotes else data
        text = self._tail + text
        self._found += text.count(self._mark)
        self._tail = text[max(0, len(text) - len(self._mark) + 1) :] if len(self._mark) > 1 else b""
        return self._found

    def _outside(self, data: bytes) -> bytes:
        """What stands outside of quotes, a quote in place of what stands within them."""
        if self._escapes:
            data = self._held + data
            run = _BACKSLASHES.search(data)
            held = len(run[0]) % 2 if run else 0  # half an escape
            data, self._held = data[: len(data) - held], data[len(data) - held :]
            data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
        pieces = data.split(b'"')
        outside = b'"'.join(pieces[self._inside :: 2])
        if self._inside and len(pieces) > 1:
            outside = b'"' + outside
        self._inside ^= len(pieces) % 2 == 0
        return outside
