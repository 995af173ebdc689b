"""What was found of addresses, and when: kept in ``.saite/links.json``, so that nobody is asked again too soon."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson

from saite.links.follow import Outcome
from saite.web import Reason

_FORMAT: Final = 1
_FORGOTTEN: Final = 365  # days


class Memory:
    """The outcomes of earlier checks.

    Args:
        path: the file; what cannot be read there is forgotten.
        today: the day.
        max_age: days for which an outcome counts.
    """

    def __init__(self, path: Path, today: date, max_age: int) -> None:
        self._path = path
        self._today = today
        self._max_age = max_age
        self._rows: dict[str, dict[str, Any]] = {}
        try:
            found = orjson.loads(path.read_bytes())
            if found["format"] == _FORMAT:
                self._rows = {url: row for url, row in found["links"].items() if self._age(row) <= _FORGOTTEN}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._rows = {}

    def _age(self, row: dict[str, Any]) -> int:
        return (self._today - date.fromisoformat(row["asked"])).days

    def get(self, url: str) -> Outcome | None:
        """What was found of an address, if it is young enough."""
        row = self._rows.get(url)
        if row is None:
            return None
        try:
            if not 0 <= self._age(row) < self._max_age:
                return None
            reason = Reason(row["reason"]) if row["reason"] else None
            return Outcome(url, int(row["status"]), reason, str(row["detail"]), str(row["moved"]))
        except (KeyError, TypeError, ValueError):
            return None

    def keep(self, outcomes: Iterable[Outcome]) -> None:
        """Add outcomes that last; where the file cannot be written, they are asked for again next time."""
        found = list(outcomes)
        if not found:
            return
        for outcome in found:
            if outcome.lasting:
                self._rows[outcome.url] = {
                    "asked": self._today.isoformat(),
                    "status": outcome.status,
                    "reason": outcome.reason.value if outcome.reason else "",
                    "detail": outcome.detail,
                    "moved": outcome.moved,
                }
            else:
                self._rows.pop(outcome.url, None)
        content = orjson.dumps(
            {"format": _FORMAT, "links": self._rows}, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
        )
        beside = self._path.with_name(f".{self._path.name}.new")
        try:
            self._path.parent.mkdir(exist_ok=True)
            beside.write_bytes(content)
            beside.replace(self._path)
        except OSError:
            return
