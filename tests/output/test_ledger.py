"""Entries come back sorted, whatever the order and however little is held in memory."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saite.errors import DataError
from saite.manifest import Entry, fold
from saite.output.ledger import Ledger


def entry(path: str) -> Entry:
    """An entry of which only the path matters."""
    return Entry(path, "text/plain", "00", 1)


PATHS = st.lists(st.text("abA/.~", min_size=1, max_size=6), max_size=30)


@given(PATHS, st.integers(1, 10))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_spilled_runs_merge_to_what_sorting_gives(tmp_path: Path, paths: list[str], run: int) -> None:
    """Any paths, any run length: sorted as a whole, or a clash exactly where two fold to one or nest."""
    ledger = Ledger(tmp_path, run)
    for path in paths:
        ledger.add(entry(path))
    keys = sorted(fold(path) for path in paths)
    clashes = len(set(keys)) < len(keys) or any(
        other.startswith(key + "\x01") for key in keys for other in keys if key != other
    )
    if clashes:
        with pytest.raises(DataError, match=r"a file would be|two files would be"):
            list(ledger.entries())
    else:
        assert [fold(e.path) for e in ledger.entries()] == keys
    for path in paths:
        assert ledger.find(path) is not None
    assert ledger.find("elsewhere") is None
    ledger.close()
    assert list(tmp_path.iterdir()) == []
