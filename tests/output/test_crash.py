"""A build that is killed at any point leaves the old or the new site whole."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def killed(folder: Path, mode: str) -> list[dict[str, Any]]:
    """What became of builds that were killed at each step; the last one was not."""
    script = Path(__file__).with_name("crash.py")
    done = subprocess.run(
        [sys.executable, str(script), str(folder), mode], capture_output=True, text=True, timeout=300, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("mode", ["exchange", "renames", "parent"])
def test_a_kill_at_any_step_leaves_the_old_or_the_new_site_whole(tmp_path: Path, mode: str) -> None:
    """SIGKILL before each file-system step: a whole site after recovery, and no leftovers after the next build."""
    results = killed(tmp_path, mode)
    assert len(results) > 40, "the kill points cover locking, staging, swapping and pruning"
    assert not results[-1]["killed"]
    for result in results:
        assert result["recovered"] in ("old", "new"), result
        assert result["kept"], result
        assert result["left"] == [], result
    seen = {result["raw"] for result in results}
    assert {"old", "new"} <= seen
    if mode != "renames":
        assert seen == {"old", "new"}, "with an atomic exchange a site is there at every moment"
    else:
        assert seen == {"old", "new", "none"}, "between two renames recovery is what brings the site back"


def test_a_kill_at_any_step_of_mending_leaves_the_old_or_the_new_site(tmp_path: Path) -> None:
    """Files take their places one by one: a kill between two of them is mended by whoever claims the place next."""
    results = killed(tmp_path, "mend")
    assert len(results) > 30, "the kill points cover staging, the patch, and each of its files"
    assert not results[-1]["killed"]
    for result in results:
        assert result["recovered"] in ("old", "new"), result
        assert result["kept"], result
        assert result["left"] == [], result
    order = [result["recovered"] for result in results]
    assert order == sorted(order, reverse=True), "once the patch is whole, it is the new site"
    assert "broken" in {result["raw"] for result in results}, "until then, a reader may see some of it"


def test_a_kill_of_a_worker_at_any_step_leaves_the_old_site_whole(tmp_path: Path) -> None:
    """SIGKILL before each file-system step of one of several processes: nothing is published, and nothing is left."""
    results = killed(tmp_path, "worker")
    assert len(results) > 8, "the kill points cover what a worker does: open, write and close files and folders"
    assert not results[-1]["killed"]
    for result in results[:-1]:
        assert result["killed"], result
        assert result["raw"] == result["recovered"] == "old", result
        assert result["kept"], result
        assert result["left"] == [], result
