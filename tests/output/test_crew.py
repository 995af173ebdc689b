"""Several processes fill a folder as one does: the same bytes, the same errors, and nobody left behind."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("together.py")
JOBS = (2, 3)


def tree(out: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def together(folder: Path, scenario: str, jobs: int, *more: str) -> dict[str, Any]:
    """What comes of a scenario with some processes."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT), str(folder), scenario, str(jobs), *more],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        start_new_session=True,
    )
    assert done.stderr == ""
    result: dict[str, Any] = json.loads(done.stdout)
    assert result.pop("children") is False, "no process is left"
    assert result.pop("beside") == ["site"], "nothing is left beside the site"
    return result


@pytest.mark.parametrize("scenario", ["ordinary", "copies"])
def test_the_result_is_that_of_one_process(tmp_path: Path, scenario: str) -> None:
    """Byte for byte, the manifest and compressed copies included; every piece is counted once."""
    one = together(tmp_path / "1", scenario, 1)
    assert one["count"] == 40
    assert one["old"] is False
    for jobs in JOBS:
        assert together(tmp_path / str(jobs), scenario, jobs) == one
        assert tree(tmp_path / str(jobs)) == tree(tmp_path / "1")
    assert (tmp_path / "1" / "site" / "noted.txt").read_text() == "noted 20"


@pytest.mark.parametrize("jobs", JOBS)
def test_a_process_that_has_taken_its_share_of_memory_is_replaced(tmp_path: Path, jobs: int) -> None:
    """Each piece is made by a process of its own, where the share is nothing; the result is the same."""
    one = together(tmp_path / "1", "copies", 1, "enough")
    assert one["makers"] == 1
    assert together(tmp_path / "short", "copies", jobs, "short") == one | {"makers": 40}
    assert tree(tmp_path / "short") == tree(tmp_path / "1")
    assert together(tmp_path / "enough", "copies", jobs, "enough")["makers"] <= 1 + jobs


SAME = ["data_fault", "our_fault", "exit", "streamed_fault", "bad_path", "clash", "interrupted", "full_disk"]


@pytest.mark.parametrize("scenario", SAME)
def test_an_error_is_that_of_one_process(tmp_path: Path, scenario: str) -> None:
    """Kind, words and place of an error do not tell how many processes there were; the old site stays."""
    one = together(tmp_path / "1", scenario, 1)
    assert one["error"] or scenario == "interrupted"
    assert one["old"] is True
    for jobs in JOBS:
        several = together(tmp_path / str(jobs), scenario, jobs)
        if scenario == "interrupted":
            one["where"] = several["where"]  # wherever Ctrl-C finds it
        one["error"] = one["error"].replace(str(tmp_path / "1"), str(tmp_path / str(jobs)))
        assert several == one
        one["error"] = one["error"].replace(str(tmp_path / str(jobs)), str(tmp_path / "1"))


@pytest.mark.parametrize(
    ("scenario", "how"),
    [("killed", "was ended by SIGKILL"), ("terminated", "was ended by SIGTERM"), ("crashed", "ended with code 7")],
)
@pytest.mark.parametrize("jobs", JOBS)
def test_a_process_that_dies_ends_the_build(tmp_path: Path, scenario: str, how: str, jobs: int) -> None:
    """What became of it is told, and what to do; the old site stays."""
    result = together(tmp_path / "dead", scenario, jobs)
    assert result["kind"] == "EnvironmentFault"
    assert f"one of the {jobs} processes that make the site {how}; nothing was published" in result["error"]
    assert "--jobs 1" in result["error"]
    assert result["old"] is True
    assert together(tmp_path / "one", scenario, 1)["count"] == 40


def test_what_fails_only_in_another_process_is_told(tmp_path: Path) -> None:
    """An error that does not come again, as for want of memory, is not passed over."""
    result = together(tmp_path / "x", "second_try", 2)
    assert result["kind"] == "EnvironmentFault"
    assert "only at a second try: MemoryError" in result["error"]
    assert "--jobs 1" in result["error"]
    assert result["old"] is True


def test_a_disk_that_fills_with_the_last_notes_is_told(tmp_path: Path) -> None:
    """Not even the handing over of the ledgers ends in a riddle."""
    result = together(tmp_path / "x", "full_at_the_end", 2)
    assert result["kind"] == "EnvironmentFault"
    assert "no space is left on its disk" in result["error"]
    assert result["old"] is True


def test_who_is_not_told_of_the_end_of_processes_works_all_the_same(tmp_path: Path) -> None:
    """Where SIGCHLD is ignored, as some supervisors have it, the site is made, and a death is told, if not its kind."""
    assert together(tmp_path / "1", "ordinary", 2, "ignore") == together(tmp_path / "2", "ordinary", 2)
    result = together(tmp_path / "3", "killed", 2, "ignore")
    assert "one of the 2 processes that make the site ended; nothing was published" in result["error"]
    assert result["old"] is True
