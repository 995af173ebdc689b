"""``make bench``: the time per entity at three sizes, the memory, and the ratio against rdflib, in one run.

Ratios hold on any machine, seconds do not: each size is measured ``--repeat`` times in turn, the best is taken. What is
compared are the files of entities, three for each: HTML in one language, Turtle, JSON-LD; from the loaded store (ours:
and its tables) to files. Beside it stands the whole build, with its tables, listings and indexes, which the peer does
not make. The limits are those of the build as users have it, with a process for each core; beside it, one process.

The rdflib stack walks the graph for each page, as one writes it; beside it, the same with every label, link and date
kept once it has been looked up. The bare loop (:mod:`benchmarks.bare`) is no peer but a measure of the machine.

A million triples in Turtle, with shapes, become a complete and validated site; beside it stands the time that rdflib
takes to read them and do nothing else. The start of the program is measured, too.

Beyond the store, memory grows by the table of labels alone; each of several processes has a share on top that does not
grow.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyoxigraph

from benchmarks.generate import BASE, ICE, write
from benchmarks.memory import peak
from benchmarks.shacl.rules import shapes
from saite.output.crew import SHARE

PEERS = {"walking": "a walk for each page", "keeping": "labels kept"}
LINEAR = 1.3
FASTER = 10.0
AIMED = 20.0
BARE = (0.6, 1.4)
"""How fast the files of entities are to be made beside the bare loop: by one process, and by two."""
WHOLE = 2.0
"""Most times of rdflib's reading that a million triples may take to be a site."""
START = 0.15
"""Seconds until ``saite --help`` has told."""
AGAIN, AGAIN_AIMED = 25.0, 50.0
"""How many times as fast as a build a site is brought up to date after a label was changed."""
HUB = 1.5
"""Most that the page of a hub may grow with its backlinks, and the time of a backlink."""
BESIDE = 256 << 10
"""Kilobytes of links, names and the like that a process keeps at hand."""
LABELS = 2

SETTINGS = f"""base = "{BASE}"
languages = ["lv"]
formats = ["html", "turtle", "jsonld"]
linksets = []

[graphs]
data = ["data.ttl"]
shapes = ["shapes.ttl"]

[prefixes]
ice = "{ICE}"

[title]
lv = "Miljons"
"""


def run(module: str, *arguments: object, watched: bool = False) -> dict[str, Any]:
    """Run a worker in a process of its own, and read what it prints; if watched, with the memory that it took."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        most = peak(program) if watched else 0
        output, _ = program.communicate()
    if program.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    result: dict[str, Any] = json.loads(output)
    return result | {"peak_kb": most}


def per_entity(one: dict[str, Any]) -> float:
    """Seconds of a build by entity."""
    seconds: float = one["build"] / one["entities"]
    return seconds


def best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run with the least time per entity."""
    return min(runs, key=per_entity) | {"peak_kb": max(one["peak_kb"] for one in runs)}


def main() -> int:
    """Measure, print, and fail if a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="numbers of entities")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each size; the best counts")
    parser.add_argument("--peer-size", type=int, default=10_000, help="entities of the graph that rdflib is given")
    parser.add_argument("--peer-pages", type=int, default=2_000, help="entities that rdflib makes the files of")
    parser.add_argument("--whole-size", type=int, default=98_000, help="entities of the graph in Turtle; 0: none")
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
    runs: dict[tuple[int, int], list[dict[str, Any]]] = {}
    peers: dict[str, list[dict[str, Any]]] = {peer: [] for peer in PEERS}
    bare: list[dict[str, Any]] = []
    packed: dict[int, list[dict[str, Any]]] = {}
    for size in {*options.sizes, options.peer_size}:
        write(work / f"{size}.nt", size)
    for turn in range(options.repeat):
        for size in options.sizes:
            for jobs in (1, 0):
                last = turn == options.repeat - 1  # to look at the memory takes time, which the other turns do not lose
                one = run("saite_build", work / f"{size}.nt", work / "out", jobs, watched=last)
                runs.setdefault((size, jobs), []).append(one)
                shutil.rmtree(work / "out-entities")
            one = run("saite_build", work / f"{size}.nt", work / "out.zip", 0)
            packed.setdefault(size, []).append(one)
            (work / "out-entities.zip").unlink()
        bare.append(run("bare", work / f"{max(options.sizes)}.nt", work / "bare"))
        shutil.rmtree(work / "bare")
        for peer in PEERS:
            made = run("rdflib_stack", work / f"{options.peer_size}.nt", work / "peer", options.peer_pages, peer)
            peers[peer].append(made)
            shutil.rmtree(work / "peer")
    alone = {size: best(runs[size, 1]) for size in options.sizes}
    ours = {size: best(runs[size, 0]) for size in options.sizes}
    print(
        "HTML in one language + Turtle + JSON-LD per entity, from the loaded store to files; 'whole': all of the site\n"
    )
    print_table(alone)
    print_table(ours)
    print_table({size: best(found) for size, found in packed.items()}, "Into one archive,")
    found = {peer: best(runs) for peer, runs in peers.items()}
    for peer, one in found.items():
        print(f"rdflib stack, {PEERS[peer]}, on {options.peer_size:,} entities: load {one['load']:.2f} s, "
              f"{per_entity(one) * 1e6:.0f} us per entity, {1 / per_entity(one):,.0f} entities/s")  # fmt: skip
    print()
    largest = max(options.sizes)
    beside = per_entity(best([one | {"peak_kb": 0} for one in bare]))
    for name, one, aim in (("one process", alone[largest], BARE[0]), ("the default", ours[largest], BARE[1])):
        ratio = beside / per_entity(one)
        print(f"bare loop: {beside * 1e6:.0f} us per entity; {name} is {ratio:.2f} x as fast (aim {aim})")
    print(f"start: saite --help takes {started() * 1000:.0f} ms (limit {START * 1000:.0f})")
    flat = hubs()
    edited = again(work, largest)
    small = whole(work, options.whole_size) if options.whole_size else 0.0
    kept = judge(ours, alone, found, options.peer_size)
    return kept if flat and edited and started() <= START and small <= WHOLE else 1


def started() -> float:
    """Seconds of ``saite --help``, the best of five."""
    command = [sys.executable, "-m", "saite", "--help"]
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begin)
    return min(times)


def hubs() -> bool:
    """Print how long the pages of much-linked resources take; whether that grows no more than it may."""
    found: dict[int, dict[str, float]] = {int(links): one for links, one in run("hub").items() if links.isdecimal()}
    print(f"\n{'backlinks':>10} {'own page':>10} {'all pages':>10} {'files':>6}, of a resource that so many point to")
    for links, one in found.items():
        print(f"{links:>10,} {one['own'] * 1000:>7.2f} ms {one['whole'] * 1000:>7.1f} ms {one['files']:>6.0f}")
    few, some, many = 100, 1_000, 10_000
    page = found[many]["own"] / found[few]["own"]
    rest = found[many]["whole"] / many / (found[some]["whole"] / some)
    print(f"hub: {many:,} backlinks make the own page take {page:.2f} x, and each link on further pages {rest:.2f} x "
          f"(limit {HUB} each)\n")  # fmt: skip
    return page <= HUB and rest <= HUB


def again(work: Path, entities: int) -> bool:
    """Print what a build takes after a label was changed, and after nothing was; whether the former keeps its limit."""
    one = run("again", entities, work / "again")
    print(f"again: a site of {one['resources']:,} resources, {one['files']:,} files, not checked: built in "
          f"{one['cold']:.1f} s, built anew over the old one in {one['over']:.1f} s; after a label was changed, "
          f"{one['rewritten']} files in {one['again']:.2f} s: {one['cold'] / one['again']:.0f} x and "
          f"{one['over'] / one['again']:.0f} x as fast (limit {AGAIN:.0f}, aim {AGAIN_AIMED:.0f}); "
          f"nothing changed: {one['nothing']:.2f} s\n")  # fmt: skip
    shutil.rmtree(work / "again")
    return bool(one["cold"] / one["again"] >= AGAIN)


def whole(work: Path, entities: int) -> float:
    """How many times of rdflib's reading it takes to make a validated site of Turtle."""
    site = work / "site"
    site.mkdir()
    triples = write(work / "whole.nt", entities)
    with (site / "data.ttl").open("wb") as file:
        quads = pyoxigraph.parse(path=work / "whole.nt", format=pyoxigraph.RdfFormat.N_TRIPLES)
        pyoxigraph.serialize((quad.triple for quad in quads), file, pyoxigraph.RdfFormat.TURTLE)
    (site / "shapes.ttl").write_text(shapes(), encoding="utf-8")
    (site / "saite.toml").write_text(SETTINGS, encoding="utf-8")
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-m", "saite", "build", str(site), "--quiet", "--force"], check=True)
    ours = time.perf_counter() - begin
    reading = "import rdflib, sys; rdflib.Graph().parse(sys.argv[1], format='turtle')"
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", reading, str(site / "data.ttl")], check=True)
    theirs = time.perf_counter() - begin
    print(f"whole: {triples:,} triples from Turtle to a complete, validated site in {ours:.1f} s; rdflib reads them in "
          f"{theirs:.1f} s, so that is {ours / theirs:.2f} x (limit {WHOLE:.0f})")  # fmt: skip
    return ours / theirs


def print_table(found: dict[int, dict[str, Any]], what: str = "") -> None:
    """A line for each size."""
    jobs = max(one["jobs"] for one in found.values())
    print(f"{what} one process:".strip() if jobs == 1 else f"{what} {jobs} processes, the default here:".strip())
    print(f"{'entities':>10} {'triples':>10} {'load s':>8} {'files s':>8} {'per entity':>12} {'entities/s':>11} "
          f"{'whole s':>8} {'files':>9} {'store MB':>9} {'beyond MB':>9}")  # fmt: skip
    for one in found.values():
        print(f"{one['entities']:>10,} {one['triples']:>10,} {one['load']:>8.2f} {one['build']:>8.2f} "
              f"{per_entity(one) * 1e6:>9.0f} us {1 / per_entity(one):>11,.0f} {one['whole']:>8.2f} {one['files']:>9,} "
              f"{one['store_kb'] / 1024:>9.0f} {beyond(one) / 1024:>9.0f}")  # fmt: skip
    print()


def beyond(one: dict[str, Any]) -> int:
    """Kilobytes that a build takes beyond the store, with all its processes."""
    return int(max(one["beyond_kb"], one["peak_kb"] - one["store_kb"]))


def bound(one: dict[str, Any]) -> int:
    """Kilobytes that a build may take beyond the store: the table of labels, and what each process may have."""
    shares = one["jobs"] * (SHARE[1] >> 10) if one["jobs"] > 1 else 0
    return BESIDE + LABELS * int(one["entities"]) + shares


def judge(
    ours: dict[int, dict[str, Any]],
    alone: dict[int, dict[str, Any]],
    peers: dict[str, dict[str, Any]],
    peer_size: int,
) -> int:
    """Print the ratios; 1 if the default build does not keep a limit."""

    def growth(found: dict[int, dict[str, Any]], key: str = "build") -> float:
        small, large = found[min(found)], found[max(found)]
        return float((large[key] / large["entities"]) / (small[key] / small["entities"]))

    def faster(found: dict[int, dict[str, Any]], peer: str) -> float:
        return per_entity(peers[peer]) / per_entity(found.get(peer_size, found[max(found)]))

    largest, smallest = max(ours), min(ours)
    worst = max(growth(ours), growth(ours, "whole"))
    print(f"linearity: time per entity at {largest:,} is {growth(ours):.2f} x that at {smallest:,}, of the whole build "
          f"{growth(ours, 'whole'):.2f} x (limit {LINEAR}); with one process {growth(alone):.2f} x")  # fmt: skip
    for peer, name in PEERS.items():
        limit = f" (limit {FASTER:.0f}, aim {AIMED:.0f})" if peer == "walking" else ""
        print(f"ratio: {faster(ours, peer):.1f} x the rdflib stack with {name}, on {peer_size:,} entities{limit}; "
              f"with one process {faster(alone, peer):.1f} x")  # fmt: skip
    print(f"processes: {per_entity(alone[largest]) / per_entity(ours[largest]):.2f} x one process "
          f"at {largest:,} entities")  # fmt: skip
    builds = [*alone.values(), *ours.values()]
    fullest = max(builds, key=lambda one: beyond(one) / bound(one))
    print(f"memory: beyond the store at most {beyond(fullest) / bound(fullest):.2f} x what is allowed: "
          f"{BESIDE >> 10} MB, "
          f"{LABELS} KB of labels for each entity, and {SHARE[1] >> 20} MB for each of several processes")  # fmt: skip
    kept = worst <= LINEAR and faster(ours, "walking") >= FASTER and beyond(fullest) <= bound(fullest)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
