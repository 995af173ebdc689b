"""``python -m benchmarks.again ENTITIES FOLDER``: a site that was built before, and a label changed in it; prints JSON.

The site lies in many files of Turtle, as people keep large ones. Each step is the program as users run it, from its
start to its end; the data are not checked, in either case. Each label is another resource's, and comes to stand where
it stood in the lists, or not far from it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.__main__ import SETTINGS
from benchmarks.generate import ICE, triples

FILES = 50
TURNS = 5


def write(folder: Path, entities: int) -> None:
    """A site in many files, a subject whole in one of them."""
    (folder / "data").mkdir(parents=True)
    (folder / "saite.toml").write_text(
        SETTINGS.replace('["data.ttl"]', '["data/*.ttl"]').replace('shapes = ["shapes.ttl"]\n', ""), encoding="utf-8"
    )
    subjects = ["".join(lines) for _, lines in groupby(triples(entities), key=lambda line: line.split(" ", 1)[0])]
    share = -(-len(subjects) // FILES)
    for number in range(FILES):
        some = subjects[number * share : (number + 1) * share]
        text = f"@prefix ice: <{ICE}> .\n" + "".join(some)
        (folder / "data" / f"part-{number:02}.ttl").write_text(text, encoding="utf-8")


def build(folder: Path, *options: str) -> tuple[float, dict[str, Any]]:
    """Seconds of a build, and what it tells of itself."""
    command = [sys.executable, "-m", "saite", "build", str(folder), "--no-check", "--json", *options]
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, env=usual | {"XDG_STATE_HOME": f"{folder}-state"})
    return time.perf_counter() - begin, json.loads(done.stdout)


def edits(folder: Path) -> Iterator[None]:
    """Change a label, each time that of another resource."""
    for turn in range(TURNS):
        path = folder / "data" / f"part-{5 + turn * 9:02}.ttl"
        text = path.read_text(encoding="utf-8")
        place = text.index('"@lv', len(text) // 2)
        path.write_text(f"{text[:place]} nr.{text[place:]}", encoding="utf-8")
        yield


def main(entities: int, folder: Path) -> None:
    """Build, build again, change labels, change nothing."""
    write(folder, entities)
    cold, told = build(folder)
    over, _ = build(folder, "--fresh")
    again, files = [], []
    for _ in edits(folder):
        seconds, result = build(folder)
        assert result["rewritten"] < result["files"], "the site was built whole"
        again.append(seconds)
        files.append(result["rewritten"])
    nothing, _ = build(folder)
    print(
        json.dumps(
            {
                "resources": told["resources"],
                "files": told["files"],
                "cold": cold,
                "over": over,
                "again": sorted(again)[TURNS // 2],
                "rewritten": sorted(files)[TURNS // 2],
                "nothing": nothing,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
