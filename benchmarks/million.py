"""``make bench-million``: does the time per entity grow? Whole sites of a thousand to a million entities, packed.

A million entities have ten million triples; that takes a quarter of an hour, 16 GB of memory and 30 GB of disk.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from benchmarks.__main__ import run
from benchmarks.generate import write

SIZES = (1_000, 10_000, 100_000, 1_000_000)
GROWTH = 1.3
"""Most that an entity of the largest may take, where one of ten thousand entities takes 1."""


def main() -> int:
    """Measure, print, and fail if it grows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.million", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of entities")
    parser.add_argument("--dir", type=Path, default=None, help="where to write (default: the folder for such things)")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="saite-bench-", dir=options.dir))
    print(
        f"{'entities':>10} {'triples':>11} {'load s':>8} {'model s':>8} {'whole s':>8} {'per entity':>11} "
        f"{'files':>10} {'bytes':>15} {'peak MB':>8}"
    )
    times: dict[int, float] = {}
    try:
        for size in options.sizes:
            write(work / "data.nt", size)
            one = run("saite_build", work / "data.nt", work / "out.zip", 0, "whole", watched=True)
            times[size] = one["whole"] / one["entities"]
            print(
                f"{one['entities']:>10,} {one['triples']:>11,} {one['load']:>8.1f} {one['model']:>8.1f} "
                f"{one['whole']:>8.1f} {times[size] * 1e6:>8.0f} us {one['files']:>10,} {one['bytes']:>15,} "
                f"{one['peak_kb'] / 1024:>8,.0f}",
                flush=True,
            )
    finally:
        shutil.rmtree(work)
    largest = max(times)
    growth = times[largest] / times.get(10_000, times[min(times)])
    print(f"linearity: an entity of the largest takes {growth:.2f} x one of ten thousand entities (limit {GROWTH})")
    return int(growth > GROWTH)


if __name__ == "__main__":
    raise SystemExit(main())
