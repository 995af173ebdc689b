"""How much memory a program and the processes that it forks take together, while it runs."""

import subprocess
import time
from pathlib import Path

_PAUSE = 0.5


def peak(program: "subprocess.Popen[str]") -> int:
    """Kilobytes at the worst moment of a program, until it ends; 0 where the system does not tell (it is not Linux).

    What several processes share is counted once: each page by its share (proc(5): Pss).
    """
    most = 0
    while program.poll() is None:
        most = max(most, sum(map(share, family(program.pid))))
        time.sleep(_PAUSE)
    return most


def family(process: int) -> list[int]:
    """A process and those that it has forked."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        text = ""
    return [process, *map(int, text.split())]


def share(process: int) -> int:
    """Kilobytes of one process, of what it shares its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
