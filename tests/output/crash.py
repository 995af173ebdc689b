"""Runs builds that are killed before their n-th file-system step, and says what is found afterwards.

Used by test_crash.py as ``python crash.py FOLDER MODE``; prints one JSON line per n. A process of its own, so that it
can fork freely. The modes: ``exchange`` and ``renames`` swap in these ways, with one process; with ``parent`` and
``worker`` two processes make the site, and the one that started them is killed, or each of them; ``mend`` gives some
files of the old site other contents.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from saite.artifact import Artifact
from saite.errors import EnvironmentFault
from saite.output import OutputFolder, claim, kernel, one_by_one, write_site

OLD = [Artifact(f"a/{n}.txt", "text/plain", f"old {n}".encode()) for n in range(4)] + [
    Artifact("gone/away.txt", "text/plain", b"old only")
]
NEW = [Artifact(f"a/{n}.txt", "text/plain", f"new {n}".encode()) for n in range(4)] + [
    Artifact("b/c/new.txt", "text/plain", b"new only")
]
MENDED = [Artifact("a/1.txt", "text/plain", b"mended, longer"), *OLD[2:4], Artifact("gone/away.txt", "text/plain", b"")]
STEPS = (
    "open",
    "write",
    "mkdir",
    "rename",
    "replace",
    "utime",
    "unlink",
    "rmdir",
    "link",
    "fsync",
    "ftruncate",
    "close",
    "chmod",
    "fork",
    "waitpid",
)


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Pieces:
    """The new site, a file to a piece."""

    def __init__(self) -> None:
        self.notes: dict[str, Any] = {}
        self._left = list(range(len(NEW)))

    def take(self) -> int | None:
        """The next."""
        return self._left.pop(0) if self._left else None

    def make(self, piece: int) -> Iterable[Artifact]:
        """Its file."""
        return [NEW[piece]]

    def done(self, piece: int) -> int:
        """One each."""
        return 1


def write_new(out: Path, mode: str) -> None:
    """The new site, by one process or two; or the old one, mended."""
    if mode == "mend":
        with claim(out) as folder:
            assert isinstance(folder, OutputFolder)
            folder.mend(one_by_one(MENDED), lambda: True)
        return
    if mode not in ("parent", "worker"):
        write_site(out, NEW)
        return

    def follow(done: Iterable[int]) -> None:
        for _ in done:
            pass

    with claim(out) as folder:
        folder.write_together(Pieces(), 2, follow)


def killed_at(step: int, mode: str) -> None:
    """Let this process, or any that it forks, be killed, without notice, right before its n-th file-system step."""
    count = 0
    this = os.getpid()

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal count
            count += (os.getpid() == this) != (mode == "worker")
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **options)

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    kernel.exchange = counted(kernel.exchange)
    kernel.sync_file_system = counted(kernel.sync_file_system)


def attempt(out: Path, step: int, mode: str) -> dict[str, object]:
    """One killed build over an old site; what is there right after, after recovery, and after the next build."""
    write_site(out, OLD)
    (out / "CNAME").write_text("ours.example")
    write_site(out, OLD)
    before = tree(out)
    child = os.fork()
    if child == 0:
        killed_at(step, mode)
        try:
            write_new(out, mode)
        except EnvironmentFault as fault:
            os._exit(9 if "was ended by SIGKILL" in fault.message else 1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    raw = tree(out) if out.exists() else None
    with claim(out):
        pass
    recovered = tree(out)
    write_new(out, mode)
    after = tree(out)
    return {
        "step": step,
        "killed": status == signal.SIGKILL or os.waitstatus_to_exitcode(status) == 9,
        "raw": "none" if raw is None else "old" if raw == before else "new" if raw == after else "broken",
        "recovered": "old" if recovered == before else "new" if recovered == after else "broken",
        "kept": after.get("CNAME") == b"ours.example",
        "left": sorted(p.name for p in out.parent.iterdir() if p != out),
    }


def main() -> None:
    """Kill ever later until a build gets through."""
    out = Path(sys.argv[1]) / "site"
    mode = sys.argv[2]
    if mode == "renames":
        kernel.exchange = lambda one, other: False
    step = 1
    while True:
        result = attempt(out, step, mode)
        sys.stdout.write(json.dumps(result) + "\n")
        if not result["killed"]:
            return
        step += 1


if __name__ == "__main__":
    main()
