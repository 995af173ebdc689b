"""Pages that a Spark cluster makes: the whole site is the same, byte for byte; what goes wrong is told in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.generate import write
from tests.programs import needed, needed_module

from saite import starter
from saite.cli.main import run
from saite.pipeline import Options, build

HANGING = """\
@prefix : <https://example.org/x/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:one rdfs:label "one" ; :has [ :deep [ :deeper [ :end "x" ] ] ] ; :list ( 1 2 ( :two "three" ) ) ; :shares _:both .
:two rdfs:label "two"@en, "divi"@lv ; :shares _:both ; :near :one .
_:both :said "of two pages" ; :by :one ; :circle _:other .
_:other :circle _:both .
_:alone a :Thing ; :said "of no page" .
<https://example.org/def#Term> rdfs:label "A term" ; rdfs:comment "in a document of which nothing is said" .
<https://example.org/def#Other> rdfs:label "Another \\u0101" ; :number 007, 7.0 .
"""
GRAPHS = """\
@prefix : <https://example.org/x/> .
:one { :one :said "in a graph" . :two :near [ :said "in a graph" ] }
:two { :one :said "in a graph" . }
"""


def sites(folder: Path) -> dict[str, Path]:
    """A site with everything that people begin with; plain resources in number; what hangs on what, in graphs."""
    made = {name: folder / name for name in ("starter", "plain", "hanging")}
    starter.write(made["starter"])
    made["plain"].mkdir()
    write(made["plain"] / "data.nt", 300)
    made["hanging"].mkdir()
    (made["hanging"] / "data.ttl").write_text(HANGING, encoding="utf-8")
    (made["hanging"] / "graphs.trig").write_text(GRAPHS, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sites, and what Spark made of them, as ``spark-NAME``; one application makes all."""
    needed("java", "the package default-jre-headless of Debian")
    needed_module("pyspark", "spark")
    folder = tmp_path_factory.mktemp("spark")
    sites(folder)
    done = subprocess.run(
        [sys.executable, "-c", _ALL, str(folder)], capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder


_ALL = """
import sys
from pathlib import Path
from saite.pipeline import Options, build
from saite.spark.publishing import Publisher
from saite.spark.session import session

folder = Path(sys.argv[1])
with session("local[2]") as started:
    for name in ("starter", "plain", "hanging"):
        build(folder / name, folder / f"spark-{name}.zip", Options(durable=False), by=Publisher(started))
    build(folder / "starter", folder / "spark-folder", Options(gzip=True, durable=False), by=Publisher(started))
"""


@pytest.mark.parametrize("name", ["starter", "plain", "hanging"])
def test_spark_makes_the_same_archive(work: Path, name: str) -> None:
    """Blank nodes, folded nodes, graphs and documents of hash IRIs included."""
    build(work / name, work / f"local-{name}.zip", Options(durable=False))
    assert (work / f"spark-{name}.zip").read_bytes() == (work / f"local-{name}.zip").read_bytes()


def test_spark_makes_the_same_folder(work: Path) -> None:
    """With compressed copies; nothing of the work is left beside it."""
    build(work / "starter", work / "local-folder", Options(gzip=True, durable=False))
    ours, theirs = (
        {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        for folder in (work / "local-folder", work / "spark-folder")
    )
    assert ours == theirs
    assert not [path.name for path in work.iterdir() if path.name.startswith(".")]


def test_without_spark_it_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is an extra; nothing is written."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyspark" or name.startswith("saite.spark")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    starter.write(tmp_path / "site")
    assert run(["build", str(tmp_path / "site"), "--spark", "local[2]"]) == 2
    assert "pip install 'saite[spark]'" in capsys.readouterr().err
    assert not (tmp_path / "site" / "site").exists()


def test_a_cluster_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    """In a line, and not as a trace of Java's; nor does a cluster make a part."""
    needed("java", "the package default-jre-headless of Debian")
    needed_module("pyspark", "spark")
    starter.write(tmp_path / "site")
    command = [sys.executable, "-m", "saite", "build", str(tmp_path / "site"), "--spark"]
    done = subprocess.run(
        [*command, "nonsense"],
        capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert "Spark does not start on nonsense: Master must" in done.stderr
    assert [path.name for path in tmp_path.glob("saite-spark-*.log") if path.name in done.stderr]
    assert "\tat org.apache" not in done.stderr
    assert not (tmp_path / "site" / "site").exists()
    done = subprocess.run(
        [*command, "local[2]", "--shard", "1/2", "-o", str(tmp_path / "p.zip")],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2
    assert "a part is made by one machine" in done.stderr
