"""The sites that are judged, built as their users build them, once for all processes of the tests."""

import fcntl
import subprocess
import sys
from pathlib import Path

from tests.browser.conftest import write
from tests.render_html.conftest import make_root
from tests.render_html.domain import domain_site
from tests.serve.live import odd

from saite import starter

ROOT = Path(__file__).parents[2]


def saite(*arguments: str | Path) -> list[str]:
    """The command line of ``saite`` under this Python."""
    return [sys.executable, "-m", "saite", *map(str, arguments)]


def built(shared: Path) -> Path:
    """A folder with ``own``, ``starter``, ``small`` and ``odd``; whoever comes first builds, the others wait.

    Args:
        shared: a folder that all processes of one run of the tests have.
    """
    out = shared / "judged"
    with (shared / "judged.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            new = shared / "judged-new"
            new.mkdir()
            _build(new)
            new.rename(out)
    return out


def _build(out: Path) -> None:
    starter.write(out / "starter.source")
    odd.write(out / "odd.source")
    for source, name in ((ROOT, "own"), (out / "starter.source", "starter"), (out / "odd.source", "odd")):
        command = saite("build", source, "--out", out / name, "--force", "--quiet")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr  # 1: the data have findings, which is what a report shows
    (out / "small.source").mkdir()
    write(domain_site(make_root(out / "small.source")), out / "small")
