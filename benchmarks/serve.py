"""``make bench-serve``: the door against Starlette's static files, and a live site against a bare handler, in one run.

All four run under the same uvicorn, with the same settings; each is asked over the same connections for the same
files, in turns, ``--repeat`` times, by a fresh process each time; the best of each counts. Ratios hold on any machine,
requests per second do not. Data are generated from a fixed seed.

The live site is asked for each entity once at most, so that nothing of what it answers was made before; then for a few
hundred again and again. The bare handler keeps nothing, and answers without ETag, links, negotiation and a readable
order.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.generate import BASE, ICE, write
from benchmarks.load import Load, load, tool
from saite.pipeline import Options, build
from saite.query.live import live

STATIC = 1.0
"""Least ratio of the door to static files."""

LIVE = 0.5
"""Least ratio of the live site, with nothing made before, to the bare handler."""

_SETTINGS = f"""
base = "{BASE}"
languages = ["lv", "en"]

[prefixes]
ice = "{ICE}"

[graphs]
data = ["data.nt"]

[[documents]]
iri = "id/"
path = ""
"""


@contextmanager
def serving(name: str, folder: Path) -> Iterator[int]:
    """The port of an application in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.served", name, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def site(folder: Path, entities: int) -> Path:
    """A site of generated data."""
    folder.mkdir()
    (folder / "saite.toml").write_text(_SETTINGS, encoding="utf-8")
    write(folder / "data.nt", entities)
    return folder


def paths(entities: int, ending: str) -> list[str]:
    """Files of events and projects, in an order that is always the same."""
    projects, institutions = entities // 3, entities // 10
    events = entities - projects - institutions - 150
    found = [f"/project/{n}{ending}" for n in range(projects)] + [f"/event/{n}{ending}" for n in range(events)]
    random.Random(1).shuffle(found)
    return found


def best(loads: Sequence[Load]) -> Load:
    """The quickest run; the worst of the figures that must not hide."""
    return max(loads)._replace(bad=max(one.bad for one in loads))


def main() -> int:
    """Measure, print, and fail if a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serve", description=__doc__)
    parser.add_argument("--built", type=int, default=2_000, help="entities of the built site")
    parser.add_argument("--live", type=int, default=30_000, help="entities of the live site")
    parser.add_argument("--seconds", type=float, default=4, help="of each run")
    parser.add_argument("--connections", type=int, default=16, help="at once")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each; the best counts")
    options = parser.parse_args()
    memory = Path("/dev/shm")
    where = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="saite-bench-", dir=where) as work:
        return measure(Path(work), options)


def measure(work: Path, options: argparse.Namespace) -> int:
    """Print the figures; 1 if a limit is not kept."""
    small, large = site(work / "small", options.built), site(work / "large", options.live)
    build(small, work / "built", Options(check=False, durable=False))
    with live(large, check=False):
        pass
    once = paths(options.live, ".ttl")
    pages = paths(options.built, ".lv.html")
    turtle = paths(options.built, ".ttl")
    runs = [
        ("static files, HTML", "static", work / "built", pages),
        ("the door, HTML", "door", work / "built", pages),
        ("static files, Turtle", "static", work / "built", turtle),
        ("the door, Turtle", "door", work / "built", turtle),
        ("bare handler, Turtle", "bare", large, once),
        ("live, Turtle, each once", "live", large, once),
        ("live, Turtle, 500 again", "live", large, once[:500]),
    ]
    found: dict[str, list[Load]] = {}
    for _ in range(options.repeat):
        for name, application, folder, wanted in runs:
            with serving(application, folder) as port:
                found.setdefault(name, []).append(load(port, wanted, options.seconds, options.connections, work))
    print(f"{tool()}, {options.connections} connections, {options.seconds:.0f} s each, best of {options.repeat}\n")
    print(f"{'':<26} {'requests/s':>10} {'median ms':>10} {'p99 ms':>8} {'requests':>9} {'bad':>5}")
    chosen = {name: best(loads) for name, loads in found.items()}
    for name, one in chosen.items():
        print(f"{name:<26} {one.rate:>10,.0f} {one.median:>10.2f} {one.p99:>8.2f} {one.requests:>9,} {one.bad:>5}")
    print()
    return judge(chosen, len(once))


def judge(found: dict[str, Load], entities: int) -> int:
    """Print the ratios; 1 if a limit is not kept."""

    def ratio(one: str, other: str) -> float:
        return found[one].rate / found[other].rate

    html = ratio("the door, HTML", "static files, HTML")
    turtle = ratio("the door, Turtle", "static files, Turtle")
    cold = ratio("live, Turtle, each once", "bare handler, Turtle")
    warm = ratio("live, Turtle, 500 again", "bare handler, Turtle")
    print(f"the door: {html:.2f} x static files for HTML, {turtle:.2f} x for Turtle (limit {STATIC})")
    print(f"live: {cold:.2f} x the bare handler (limit {LIVE}); what was made before {warm:.2f} x")
    fair = found["live, Turtle, each once"].requests <= entities and not any(one.bad for one in found.values())
    if not fair:
        print("not fair: an entity was asked for twice, or an answer was no success")
    return 0 if fair and min(html, turtle) >= STATIC and cold >= LIVE else 1


if __name__ == "__main__":
    sys.exit(main())
