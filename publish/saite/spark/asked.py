"""What a worker has in place of a store: the quads of its resources, and answers that the driver wrote down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from saite.site.build import Quads
from saite.terms import Graph, NamedNode, Quad, Subject, Term

Pattern: TypeAlias = tuple[Subject | None, NamedNode | None, Term | None, Graph | None]

_MOST: Final = 10_000
"""Quads of an answer that are kept: the tables are what is to be large."""


class Elsewhere(Exception):
    """What is asked for is not here; who has the store can tell."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered.

    Attributes:
        quads: those that somebody took.
        whole: there were no more.
    """

    quads: Sequence[Quad]
    whole: bool

    def __iter__(self) -> Iterator[Quad]:
        """The quads; who takes them all of more than these is told that they are elsewhere."""
        yield from self.quads
        if not self.whole:
            raise Elsewhere


class Recorder:
    """A store that writes down what it was asked.

    Args:
        quads: the store's.

    Attributes:
        answers: what it answered, by pattern.
    """

    def __init__(self, quads: Quads) -> None:
        self._quads = quads
        self.answers: dict[Pattern, Answer] = {}

    def __call__(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match."""
        pattern = (subject, predicate, object, graph)
        taken: list[Quad] = []
        whole = True
        try:
            for quad in self._quads(*pattern):
                if len(taken) < _MOST:
                    taken.append(quad)
                else:
                    whole = False
                yield quad
        except GeneratorExit:
            whole = False
            raise
        finally:
            known = self.answers.get(pattern)
            if known is None or len(taken) >= len(known.quads):
                self.answers[pattern] = Answer(taken, whole)


class Slice:
    """The quads of some resources, and the answers of the store that has them all.

    Args:
        answers: what :class:`Recorder` wrote down.
    """

    def __init__(self, answers: Mapping[Pattern, Answer]) -> None:
        self._answers = dict(answers)
        self._here: dict[Subject, list[Quad]] = {}

    def hold(self, quads: Iterable[Quad]) -> None:
        """Have these quads in place of others; of each subject all that are said of it."""
        self._here = {}
        for quad in quads:
            # no triple terms: the sources refuse them
            self._here.setdefault(quad.subject, []).append(quad)  # type: ignore[arg-type]

    def __call__(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match.

        Raises:
            Elsewhere: nobody knows here.
        """
        here = self._here.get(subject) if subject is not None else None
        if here is not None:
            return (
                quad
                for quad in here
                if (predicate is None or quad.predicate == predicate)
                and (object is None or quad.object == object)
                and (graph is None or quad.graph_name == graph)
            )
        answer = self._answers.get((subject, predicate, object, graph))
        if answer is None:
            raise Elsewhere
        return iter(answer)
