"""``make bench``: the time per entity at three sizes, the memory, and the ratio against rdflib, in one run.

Ratios hold on any machine, seconds do not: each size is measured ``--repeat`` times in turn, the best is taken.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.generate import write

LINEAR = 1.3
FASTER = 10.0


def run(module: str, *arguments: object) -> dict[str, Any]:
    """Run a worker in a process of its own, and read what it prints."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run with the least time per entity."""
    return min(runs, key=lambda r: r["build"] / r["entities"])


def main() -> int:
    """Measure, print, and fail if a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="numbers of entities")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each size; the best counts")
    parser.add_argument("--peer-size", type=int, default=10_000, help="entities of the graph that rdflib is given")
    parser.add_argument("--peer-pages", type=int, default=2_000, help="entities that rdflib makes the files of")
    parser.add_argument("--dir", type=Path, default=None, help="where to write (default: memory, where there is any)")
    options = parser.parse_args()
    memory = Path("/dev/shm")
    where = options.dir or (memory if memory.is_dir() and os.access(memory, os.W_OK) else None)
    work = Path(tempfile.mkdtemp(prefix="saite-bench-", dir=where))
    try:
        return measure(work, options)
    finally:
        shutil.rmtree(work)


def measure(work: Path, options: argparse.Namespace) -> int:
    """Print the tables; 1 if a limit is not kept."""
    ours: dict[int, dict[str, Any]] = {}
    runs: dict[int, list[dict[str, Any]]] = {size: [] for size in options.sizes}
    peers: list[dict[str, Any]] = []
    for size in {*options.sizes, options.peer_size}:
        write(work / f"{size}.nt", size)
    for _ in range(options.repeat):
        for size in options.sizes:
            runs[size].append(run("saite_build", work / f"{size}.nt", work / "out"))
            shutil.rmtree(work / "out")
        peers.append(run("rdflib_stack", work / f"{options.peer_size}.nt", work / "peer", options.peer_pages))
        shutil.rmtree(work / "peer")
    ours = {size: best(runs[size]) for size in options.sizes}
    print("HTML in one language + Turtle + JSON-LD per entity, from the loaded store to files\n")
    print(f"{'entities':>10} {'triples':>10} {'load s':>8} {'build s':>8} {'per entity':>12} {'entities/s':>11} "
          f"{'files':>9} {'store MB':>9} {'beyond MB':>9}")  # fmt: skip
    for one in ours.values():
        per = one["build"] / one["entities"]
        print(f"{one['entities']:>10,} {one['triples']:>10,} {one['load']:>8.2f} {one['build']:>8.2f} "
              f"{per * 1e6:>9.0f} us {1 / per:>11,.0f} {one['files']:>9,} "
              f"{one['store_kb'] / 1024:>9.0f} {one['beyond_kb'] / 1024:>9.0f}")  # fmt: skip
    peer = best(peers)
    peer_per = peer["build"] / peer["entities"]
    print(f"\nrdflib stack on {options.peer_size:,} entities: load {peer['load']:.2f} s, "
          f"{peer_per * 1e6:.0f} us per entity, {1 / peer_per:,.0f} entities/s")  # fmt: skip
    smallest, largest = ours[min(ours)], ours[max(ours)]
    growth = (largest["build"] / largest["entities"]) / (smallest["build"] / smallest["entities"])
    same = ours.get(options.peer_size, largest)
    faster = peer_per / (same["build"] / same["entities"])
    print(f"\nlinearity: time per entity at {max(ours):,} is {growth:.2f} x that at {min(ours):,} (limit {LINEAR})")
    print(f"ratio: {faster:.1f} x the rdflib stack on {same['entities']:,} entities (limit {FASTER:.0f})")
    return 0 if growth <= LINEAR and faster >= FASTER else 1


if __name__ == "__main__":
    sys.exit(main())
