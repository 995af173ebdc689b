"""The same input gives the same bytes, whatever hash seed, clock zone, locale and order of files."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from saite import starter

MORE = """\
@prefix ex: <https://example.org/library/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:shelf rdfs:label "Shelf"@en , "Plaukts"@lv ; rdfs:seeAlso [ rdfs:label "in" ; rdfs:member ( 1 2 [] ) ] , [ ] .
_:a rdfs:seeAlso _:b . _:b rdfs:seeAlso _:a ; rdfs:label "round" .
"""


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def made(folder: Path, seed: int, bare: bool, **environment: str) -> dict[str, bytes]:
    """A site with its files created in some order, built by a process with some environment."""
    starter.write(folder)
    if bare:
        (folder / "saite.toml").unlink()
    (folder / "data" / "more.ttl").write_text(MORE, encoding="utf-8")
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    for path in files:
        path.unlink()
    order = list(files)
    random.Random(seed).shuffle(order)
    for path in order:
        path.write_bytes(files[path])
        os.utime(path, (seed * 1000, seed * 1000))
    subprocess.run(
        [sys.executable, "-m", "saite", "build", "-q", "--force", str(folder)],
        env=os.environ | environment,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return tree(folder / "site")


@pytest.mark.parametrize("bare", [False, True], ids=["site", "folder without settings"])
def test_builds_in_different_environments_are_equal(tmp_path: Path, bare: bool) -> None:
    """Two builds that differ in all that must not matter: every file is the same, the manifest too."""
    one = made(tmp_path / "one", 1, bare, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C", LANG="C")
    other = made(
        tmp_path / "a folder/two",
        2,
        bare,
        PYTHONHASHSEED="4242",
        TZ="Pacific/Kiritimati",
        LC_ALL="C.UTF-8",
        LANG="lv_LV.UTF-8",
    )
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert len(one) > 50
