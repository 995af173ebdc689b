"""RDFC-1.0, by the tests of its own specification."""

import csv
import json
import os
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from saite.graph import rdfc
from saite.terms import Quad


def cases() -> list[tuple[str, str, Path]]:
    """The tests: name, hash function and input."""
    folder = os.environ.get("SAITE_SHARED")
    if folder is None:
        return []
    suite = Path(folder) / "suites" / "w3c-rdf-canon"
    with (suite / "manifest.csv").open(encoding="utf-8") as rows:
        return [
            (row["test"], row["hashAlgorithm"].lower() or "sha256", suite / "rdfc10" / f"{row['test']}-in.nq")
            for row in csv.DictReader(rows)
        ]


def read(path: Path) -> list[Quad]:
    """The quads of a file, without repetition."""
    return list(dict.fromkeys(pyoxigraph.parse(path.read_bytes(), RdfFormat.N_QUADS)))


@pytest.mark.skipif(not os.environ.get("SAITE_SHARED") and not os.environ.get("CI"), reason="SAITE_SHARED is not set")
def test_the_suite_is_there() -> None:
    """All of it is run below."""
    assert len(cases()) > 60, "SAITE_SHARED has no RDFC-1.0 tests"


@pytest.mark.parametrize(("name", "digest", "path"), cases())
def test_the_suite(name: str, digest: str, path: Path) -> None:
    """Canonical N-Quads and identifiers are those expected; a poisoned dataset is given up."""
    quads = read(path)
    wanted = path.with_name(f"{name}-rdfc10.nq")
    if not wanted.exists():
        with pytest.raises(rdfc.TooMuchWork):
            rdfc.names(quads, digest)
        return
    names = rdfc.names(quads, digest)
    lines = sorted(rdfc.line(quad, names) for quad in quads)
    assert "".join(f"{line}\n" for line in lines) == wanted.read_text(encoding="utf-8")
    issued = path.with_name(f"{name}-rdfc10map.json")
    if issued.exists():
        assert {node.value: name for node, name in names.items()} == json.loads(issued.read_text())


def test_long_rows_of_blank_nodes_are_given_up() -> None:
    """Two rows of a thousand nodes that look alike neither crash the algorithm, which recurses, nor keep it busy."""
    lines = [f"_:{row}{number} <http://e/next> _:{row}{number + 1} ." for row in "ab" for number in range(1000)]
    with pytest.raises(rdfc.TooMuchWork):
        rdfc.names(pyoxigraph.parse("\n".join(lines), RdfFormat.N_QUADS))
