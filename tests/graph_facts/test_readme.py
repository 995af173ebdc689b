"""What data/README.md teaches is right: its example is written as it says, and the shapes let it pass."""

import re
from functools import cache

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode
from rdflib import Node
from rdflib.namespace import SH
from tests.graph_facts.conftest import PREFIXES, ROOT, Statement, files, read

README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```turtle\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def example() -> list[Statement]:
    """The triples of the example."""
    return [triple for block in BLOCKS for triple in read(block)]


def test_the_readme_names_every_file_and_no_other() -> None:
    """The table has each Turtle file of the folder."""
    table = README[README.index("| File |") : README.index("Topics, roles")]
    named = set(re.findall(r"`([a-z-]+\.ttl)`", table))
    assert named == {path.name for path in files("data/*.ttl")}


def test_the_example_is_written_as_the_readme_says() -> None:
    """Each step has its block: a line for each statement, each block closed by a line of its own."""
    assert len(BLOCKS) == 5
    for block in BLOCKS:
        for line in block.splitlines():
            assert re.fullmatch(r"|\S+|  a \S+ ;|  \S+:\S+ .* ;|  \.", line), line


def test_the_example_is_new(example: list[Statement]) -> None:
    """The example's own things are not in the data already, so that it can be followed from the beginning."""
    held = {str(subject) for path in files("data/*.ttl") for subject in rdflib.Graph().parse(path).subjects()}
    new = {subject.value for subject, _, _ in example if isinstance(subject, NamedNode)} - held
    assert len(new) >= 12
    assert len({subject.value for subject, _, _ in example if isinstance(subject, NamedNode)} & held) == 1


@cache
def parsed(*globs: str) -> rdflib.Graph:
    """Turtle files of the repository as one graph. Not to be changed."""
    graph = rdflib.Graph()
    for path in files(*globs):
        graph.parse(path)
    return graph


def judged(blocks: list[str], things: list[str]) -> list[tuple[Node, str]]:
    """What the shapes say of some things, if the blocks are added to the data: severities and messages."""
    added = rdflib.Graph()
    head = "".join(f"@prefix {prefix}: <{value}> .\n" for prefix, value in PREFIXES.items())
    for block in blocks:
        added.parse(data=head + block, format="turtle")
    data = parsed("data/*.ttl", "ontology/*.ttl") + added
    _, report, _ = pyshacl.validate(
        data, shacl_graph=parsed("shapes/*.ttl"), advanced=False, inplace=True, focus_nodes=things
    )
    assert isinstance(report, rdflib.Graph)
    return [
        (severity, str(report.value(result, SH.resultMessage)))
        for result, severity in report.subject_objects(SH.resultSeverity)
    ]


def test_the_shapes_let_the_example_pass(example: list[Statement]) -> None:
    """With the example added to the data, its things have neither a violation nor a warning nor an info."""
    things = sorted({subject.value for subject, _, _ in example if isinstance(subject, NamedNode)})
    assert judged(BLOCKS, things) == []


@pytest.mark.parametrize(
    ("step", "severity"),
    [(1, SH.Violation), (2, SH.Violation), (3, SH.Violation), (4, SH.Violation), (5, SH.Warning)],
)
def test_the_shapes_find_a_forgotten_step(step: int, severity: Node, example: list[Statement]) -> None:
    """Each of the five steps is needed: without it the rest of the example does not pass."""
    things = sorted({subject.value for subject, _, _ in example if isinstance(subject, NamedNode)})
    assert severity in {found for found, _ in judged(BLOCKS[: step - 1] + BLOCKS[step:], things)}
