"""A build that is killed at any point leaves the old or the new site whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("swap", ["exchange", "renames"])
def test_a_kill_at_any_step_leaves_the_old_or_the_new_site_whole(tmp_path: Path, swap: str) -> None:
    """SIGKILL before each file-system step: a whole site after recovery, and no leftovers after the next build."""
    script = Path(__file__).with_name("crash.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), swap], capture_output=True, text=True, timeout=300, check=True
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) > 60, "the kill points cover locking, staging, swapping and pruning"
    assert not results[-1]["killed"]
    for result in results:
        assert result["recovered"] in ("old", "new"), result
        assert result["kept"], result
        assert result["left"] == [], result
    seen = {result["raw"] for result in results}
    assert {"old", "new"} <= seen
    if swap == "exchange":
        assert seen == {"old", "new"}, "with an atomic exchange a site is there at every moment"
    else:
        assert seen == {"old", "new", "none"}, "between two renames recovery is what brings the site back"
