"""A site in pieces: each is taken once, whoever is done when, and what belongs before something is done before it."""

from collections.abc import Iterator
from functools import partial
from random import Random
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from saite.artifact import Artifact
from saite.render.offers import Distributions
from saite.render.pieces import Part, Pieces
from saite.site.model import Resource, Site


class Maker:
    """A renderer with a file for each resource, and one for the whole."""

    def __init__(self, name: str) -> None:
        self.name = name

    def resource(self, resource: Resource) -> Iterator[Artifact]:
        """Named by the resource."""
        yield self.file(resource.document)

    def whole(self) -> Iterator[Artifact]:
        """One file."""
        yield self.file("whole")

    def file(self, name: str) -> Artifact:
        """A file by its name."""
        return Artifact(f"{self.name}/{name}", "text/plain", b"")


class PartedMaker(Maker):
    """A renderer whose whole has parts, which offers distributions."""

    distributions: Distributions = {}  # noqa: RUF012 (this one is for all)

    def parts(self) -> list[Part]:
        """Three files."""
        return [partial(self._part, n) for n in range(3)]

    def _part(self, number: int) -> Iterator[Artifact]:
        yield self.file(f"part {number}")


def pieces(count: int, jobs: int) -> Pieces:
    """The pieces of a site with some resources and three renderers."""
    site = SimpleNamespace(pages=range(count), resource=lambda n: SimpleNamespace(document=f"{n:03}"))
    return Pieces(cast(Site, site), [Maker("a"), PartedMaker("b"), Maker("c")], jobs)


@given(st.integers(0, 300), st.integers(2, 5), st.randoms())
def test_all_is_made_once_and_in_an_order_that_holds(count: int, jobs: int, random: Random) -> None:
    """Whatever is done first, every file is made once; the whole of a renderer waits for those before it."""
    work = pieces(count, jobs)
    assert work.notes is PartedMaker.distributions
    made: list[str] = []
    busy: list[int] = []
    counted = 0
    while True:
        while len(busy) < jobs and (piece := work.take()) is not None:
            files = [artifact.path for artifact in work.make(piece)]
            if files == ["c/whole"]:
                assert {"b/part 0", "b/part 1", "b/part 2"} <= set(made)
            if files[0].startswith("b/part"):
                assert "a/whole" in made
            busy.append(piece)
        if not busy:
            break
        piece = busy.pop(random.randrange(len(busy)))
        made += [artifact.path for artifact in work.make(piece)]
        counted += work.done(piece)
    assert counted == count
    assert len(made) == len(set(made)) == count * 3 + 5


def test_numbers_are_the_order_of_one_process() -> None:
    """Pieces by their numbers give what one process makes: resources by their order, then each renderer's whole."""
    work = pieces(50, 2)
    taken = []
    while (piece := work.take()) is not None:
        taken.append(piece)
        work.done(piece)
    made = [artifact.path for piece in sorted(taken) for artifact in work.make(piece)]
    resources = [f"{name}/{n:03}" for n in range(50) for name in "abc"]
    assert made == [*resources, "a/whole", "b/part 0", "b/part 1", "b/part 2", "c/whole"]
    assert taken[0] == 0, "a first run of resources, for what is made once"
    assert sorted(taken)[-5:] == taken[1:6], "then what takes long"


def test_half_of_the_processes_go_on_with_resources() -> None:
    """While there are resources, parts of the whole do not take all processes: the bar moves on."""
    work = pieces(300, 4)
    taken = [work.take() for _ in range(5)]
    work.done(taken[1] or 0)
    runs = -(-300 // 4)
    assert taken[0] == 0
    assert [piece is not None and piece >= runs for piece in taken[1:]] == [True, False, False, False]
    taken = [work.take() for _ in range(4)]
    assert [piece is not None and piece >= runs for piece in taken] == [True, True, False, False]
