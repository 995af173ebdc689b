"""``make bench-shacl``: Saite's SHACL engine beside hand-written queries, pySHACL and others, in one run.

The shapes are 44 property shapes with 4 SPARQL constraints; the data are those of ``make bench``, with one statement in
500 spoiled. Each engine runs in a process of its own, on data that it has loaded; what is timed is the validation, from
the text of the shapes to all results. Engines without SPARQL constraints are given the 44 property shapes alone, and so
is ours beside them. All have to find the same number of results.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.generate import triples
from benchmarks.shacl.rules import shapes, spoiled

FASTER = 50.0
"""Least ratio to pySHACL, with SPARQL constraints."""
BESIDE = 1.5
"""Most times of what hand-written queries take."""
MEMORY = 1 << 20
"""Kilobytes beyond the store that a million triples may take."""

NAMES = {
    "sets": "Saite",
    "queries": "hand-written queries on the same store",
    "pyshacl": "pySHACL",
    "reference": "pySHACL as Saite asks it",
    "pyrudof": "pyrudof",
    "rdf-validate-shacl": "rdf-validate-shacl (npm)",
    "shacl-engine": "shacl-engine (npm)",
}
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """What one engine did.

    Attributes:
        triples: of the data.
        shapes: ``all`` or ``core``.
        engine: its key in :data:`NAMES`.
        seconds: of the validation.
        kb: kilobytes that it took beyond the loaded data.
        results: how many it found.
    """

    triples: int
    shapes: str
    engine: str
    seconds: float
    kb: int
    results: int


def main() -> int:
    """Measure, print, and fail if a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shacl", description=__doc__)
    parser.add_argument("--entities", type=int, default=9_900, help="of the smaller graph; some ten triples each")
    parser.add_argument("--large", type=int, default=98_000, help="entities of the larger graph")
    parser.add_argument("--huge", type=int, default=0, help="entities of one more graph, for our engine alone")
    parser.add_argument("--repeat", type=int, default=3, help="runs of ours and of the queries; the best counts")
    parser.add_argument("--ours", action="store_true", help="without the other engines")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="saite-bench-") as work:
        return measure(Path(work), options)


def measure(work: Path, options: argparse.Namespace) -> int:
    """Print the table; 1 if a limit is not kept."""
    for name in ("all", "core"):
        (work / f"{name}.ttl").write_text(shapes(core=name == "core"), encoding="utf-8")
    rows: list[Row] = []
    print(f"{'triples':>10} {'shapes':<6} {'engine':<42} {'seconds':>9} {'MB beyond':>10} {'results':>8}")
    peers = {} if options.ours else others(work)
    small, large = graph(work, options.entities), graph(work, options.large)
    for size in (small, large):
        for name in ("all", "core"):
            for engine in ("sets", "queries"):
                best(rows, work, size, name, engine, options.repeat)
    if options.huge:
        best(rows, work, graph(work, options.huge), "all", "sets", 1)
    if not options.ours:
        for name, engine in (("all", "pyshacl"), ("all", "reference"), ("core", "pyshacl")):
            best(rows, work, small, name, engine, 1)
        for engine, command in peers.items():
            best(rows, work, small, "core", engine, 1, command)
        if "pyrudof" in peers:
            best(rows, work, large, "core", "pyrudof", 1, peers["pyrudof"])
    return judge(rows)


def graph(work: Path, entities: int) -> tuple[int, Path]:
    """The spoiled data of so many entities, with their number of triples."""
    path, count = work / f"{entities}.nt", 0
    with path.open("w", encoding="utf-8") as file:
        for line in spoiled(triples(entities)):
            file.write(line)
            count += 1
    return count, path


def others(work: Path) -> dict[str, list[str]]:
    """The other engines, fetched from their registries, each with its command; those that cannot be had are told."""
    found: dict[str, list[str]] = {}
    environment = work / "pyrudof"
    venv.create(environment, with_pip=True, system_site_packages=False)
    python = str(environment / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "pyrudof", "pyoxigraph"]
    if subprocess.run(install, check=False, stderr=subprocess.DEVNULL).returncode == 0:
        found["pyrudof"] = [python, "-m", "benchmarks.shacl.worker", "pyrudof"]
    else:
        print("pyrudof cannot be had here")
    npm = shutil.which("npm")
    folder = work / "npm"
    shutil.copytree(HERE / "npm", folder)
    if (
        npm
        and subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=False).returncode == 0
    ):
        for engine in ("rdf-validate-shacl", "shacl-engine"):
            found[engine] = ["node", str(folder / "run.mjs"), engine]
    else:
        print("the engines of npm cannot be had here")
    return found


def best(
    rows: list[Row],
    work: Path,
    data: tuple[int, Path],
    name: str,
    engine: str,
    repeat: int,
    command: Sequence[str] = (),
) -> None:
    """Run an engine some times, print the best run and keep it."""
    program = [*(command or (sys.executable, "-m", "benchmarks.shacl.worker", engine)), str(data[1])]
    runs: list[dict[str, Any]] = []
    for _ in range(repeat):
        done = subprocess.run([*program, str(work / f"{name}.ttl")], check=True, stdout=subprocess.PIPE, text=True)
        runs.append(json.loads(done.stdout))
    one = min(runs, key=lambda run: run["seconds"])
    row = Row(data[0], name, engine, one["seconds"], max(run["kb"] for run in runs), one["results"])
    rows.append(row)
    print(f"{row.triples:>10,} {name:<6} {NAMES[engine]:<42} {row.seconds:>9.2f} {row.kb / 1024:>10.0f} "
          f"{row.results:>8,}", flush=True)  # fmt: skip


def judge(rows: list[Row]) -> int:
    """Print the ratios; 1 if a limit is not kept, or if the engines do not agree."""
    print()
    kept = True
    at = {(row.triples, row.shapes, row.engine): row for row in rows}
    for row in rows:
        ours = at[row.triples, row.shapes, "sets"]
        if row.engine == "sets":
            if row.kb > MEMORY * max(1, row.triples / 1e6):
                kept = False
            continue
        ratio = row.seconds / ours.seconds
        limit = ""
        if row.engine == "pyshacl" and row.shapes == "all":
            limit = f" (limit {FASTER:.0f})"
            kept = kept and ratio >= FASTER
        if row.engine == "queries":
            limit = f" (limit {1 / BESIDE:.2f})"
            kept = kept and ratio >= 1 / BESIDE
        print(f"{row.triples:,} triples, {row.shapes}: {ratio:.2f} x as fast as {NAMES[row.engine]}{limit}")
        if row.results != ours.results:
            print(f"  which finds {row.results:,} results in the place of {ours.results:,}")
            kept = kept and row.engine not in ("queries", "pyshacl", "reference")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
