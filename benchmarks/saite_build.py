"""One build by Saite in a program of its own: HTML in one language, Turtle and JSON-LD per entity; prints JSON.

With 0 jobs it is the default build, with as many processes as there are cores.
"""

import json
import sys
import time
from pathlib import Path

from benchmarks.generate import BASE, ICE
from saite.config import Config
from saite.graph import load
from saite.output import claim
from saite.pipeline import Options, processes, publish
from saite.site import build_site


def memory(key: str) -> int:
    """Kilobytes of this process by a key of /proc/self/status: VmRSS is now, VmHWM the peak; 0 where there is none."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    lines = (line.split() for line in status.read_text(encoding="ascii").splitlines())
    return next((int(words[1]) for words in lines if words[0] == f"{key}:"), 0)


def forget_peak() -> None:
    """Let the peak count from now (Linux: proc(5), clear_refs)."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", encoding="ascii")


def main(data: Path, out: Path, jobs: int) -> None:
    """Load, model, render and write."""
    options = Options(durable=False, jobs=jobs or None)
    config = Config(
        root=data.parent,
        base=BASE,
        languages=("lv",),
        prefixes={"ice": ICE},
        formats=("html", "turtle", "jsonld"),
    )
    began = time.perf_counter()
    store, _ = load(data, config)
    loaded = time.perf_counter()
    with_store = memory("VmRSS")
    forget_peak()
    site = build_site(store, config)
    modelled = time.perf_counter()
    with claim(out) as folder:
        written = publish(site, folder, options)
    ended = time.perf_counter()
    print(
        json.dumps(
            {
                "jobs": processes(options.jobs, len(site)),
                "triples": len(store),
                "entities": len(site),
                "load": loaded - began,
                "model": modelled - loaded,
                "build": ended - loaded,
                "files": written.files,
                "bytes": written.bytes,
                "store_kb": with_store,
                "beyond_kb": memory("VmHWM") - with_store,
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
