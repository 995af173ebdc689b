"""Runs builds that are killed before their n-th file-system step, and says what is found afterwards.

Used by test_crash.py as ``python crash.py FOLDER exchange|renames``; prints one JSON line per n. A process of its
own, so that it can fork freely.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from saite.artifact import Artifact
from saite.output import claim, kernel, write_site

OLD = [Artifact(f"a/{n}.txt", "text/plain", f"old {n}".encode()) for n in range(4)] + [
    Artifact("gone/away.txt", "text/plain", b"old only")
]
NEW = [Artifact(f"a/{n}.txt", "text/plain", f"new {n}".encode()) for n in range(4)] + [
    Artifact("b/c/new.txt", "text/plain", b"new only")
]
STEPS = ("open", "write", "mkdir", "rename", "unlink", "rmdir", "link", "fsync", "ftruncate", "close", "chmod")


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def killed_at(step: int) -> None:
    """Let this process be killed, without notice, right before its n-th file-system step."""
    count = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **options)

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    kernel.exchange = counted(kernel.exchange)
    kernel.sync_file_system = counted(kernel.sync_file_system)


def attempt(out: Path, step: int) -> dict[str, object]:
    """One killed build over an old site; what is there right after, after recovery, and after the next build."""
    write_site(out, OLD)
    (out / "CNAME").write_text("ours.example")
    write_site(out, OLD)
    before = tree(out)
    child = os.fork()
    if child == 0:
        killed_at(step)
        write_site(out, NEW)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    raw = tree(out) if out.exists() else None
    with claim(out):
        pass
    recovered = tree(out)
    write_site(out, NEW)
    after = tree(out)
    return {
        "step": step,
        "killed": os.WIFSIGNALED(status),
        "raw": "none" if raw is None else "old" if raw == before else "new" if raw == after else "broken",
        "recovered": "old" if recovered == before else "new" if recovered == after else "broken",
        "kept": after.get("CNAME") == b"ours.example",
        "left": sorted(p.name for p in out.parent.iterdir() if p != out),
    }


def main() -> None:
    """Kill ever later until a build gets through."""
    out = Path(sys.argv[1]) / "site"
    if sys.argv[2] == "renames":
        kernel.exchange = lambda one, other: False
    step = 1
    while True:
        result = attempt(out, step)
        sys.stdout.write(json.dumps(result) + "\n")
        if not result["killed"]:
            return
        step += 1


if __name__ == "__main__":
    main()
