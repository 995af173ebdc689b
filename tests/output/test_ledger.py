"""Rows come back sorted, whatever the order, however little is held in memory, and whoever noted them."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saite import manifest
from saite.errors import DataError
from saite.manifest import Entry, fold
from saite.output.ledger import Ledger, merged


def row(path: str) -> bytes:
    """A row of which only the path matters."""
    return manifest.row(path, "text/plain", "00", 1)


PATHS = st.lists(st.text("abA/.~", min_size=1, max_size=6), max_size=30)


@given(PATHS, st.integers(1, 10), st.integers(1, 3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_spilled_runs_merge_to_what_sorting_gives(tmp_path: Path, paths: list[str], run: int, ledgers: int) -> None:
    """Any paths, any run length, any number of ledgers: sorted as a whole, or a clash where two fold to one or nest."""
    many = [Ledger(tmp_path, run) for _ in range(ledgers)]
    for number, path in enumerate(paths):
        many[number % ledgers].add(path, row(path))
    keys = sorted(fold(path) for path in paths)
    clashes = len(set(keys)) < len(keys) or any(
        other.startswith(key + "\x01") for key in keys for other in keys if key != other
    )
    if clashes:
        with pytest.raises(DataError, match=r"a file would be|two files would be"):
            list(merged(many))
    else:
        assert [fold(Entry.from_json(found).path) for found in merged(many)] == keys
    for ledger in many:
        ledger.close()
    assert list(tmp_path.iterdir()) == []


@given(PATHS, st.randoms())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_which_clash_is_told_depends_on_the_paths_alone(tmp_path: Path, paths: list[str], random: Random) -> None:
    """Two paths that clash are told in the same words, in whatever order they come."""

    def told(some: list[str]) -> str:
        ledger = Ledger(tmp_path, 4)
        for path in some:
            ledger.add(path, row(path))
        try:
            list(merged([ledger]))
        except DataError as error:
            return error.message
        finally:
            ledger.close()
        return ""

    other = list(paths)
    random.shuffle(other)
    assert told(paths) == told(other)


def test_lines_longer_than_a_block_survive(tmp_path: Path) -> None:
    """A run is read in blocks; where they end does not show, be a line longer than several."""
    ledger = Ledger(tmp_path, 3)
    paths = [f"{n:03}/{'x' * (n * 997 % 90_000)}" for n in range(20)]
    for path in reversed(paths):
        ledger.add(path, row(path))
    assert list(merged([ledger])) == [row(path) for path in paths]
    ledger.close()
