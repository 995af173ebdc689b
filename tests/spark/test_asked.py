"""What a worker has in place of a store answers as the store does, or says that it cannot."""

import pickle
from itertools import islice

import pytest

from saite.spark.asked import Elsewhere, Recorder, Slice
from saite.store import EmbeddedStore
from saite.terms import DefaultGraph, Literal, NamedNode, Quad

LABEL, NUMBER = NamedNode("https://example.org/label"), NamedNode("https://example.org/number")


def node(number: int) -> NamedNode:
    """One of thirty."""
    return NamedNode(f"https://example.org/{number}")


QUADS = [
    Quad(node(number), property_, Literal(str(number)), DefaultGraph())
    for number in range(30)
    for property_ in (LABEL, NUMBER)
]


@pytest.fixture
def recorder() -> Recorder:
    """Of a store with all quads."""
    return Recorder(EmbeddedStore(QUADS).quads)


def test_answers_are_passed_on(recorder: Recorder) -> None:
    """What was asked once is answered elsewhere, by a copy too; nothing else is."""
    whole = sorted(recorder(None, LABEL), key=str)
    assert len(whole) == 30
    there = pickle.loads(pickle.dumps(Slice(recorder.answers)))
    assert sorted(there(None, LABEL), key=str) == whole
    with pytest.raises(Elsewhere):
        there(None, NUMBER)
    with pytest.raises(Elsewhere):
        there(node(1))


def test_who_took_a_few_is_given_no_more(recorder: Recorder) -> None:
    """One who asks whether there is any gets an answer; one who wants all is told that they are elsewhere."""
    assert next(recorder(None, LABEL)).predicate == LABEL
    there = Slice(recorder.answers)
    assert next(there(None, LABEL)).predicate == LABEL
    with pytest.raises(Elsewhere):
        list(there(None, LABEL))
    assert len(list(recorder(None, LABEL))) == 30
    assert next(recorder(None, LABEL)).predicate == LABEL  # of which the whole answer is not forgotten
    assert len(list(Slice(recorder.answers)(None, LABEL))) == 30


def test_long_answers_are_not_kept(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """They begin the same, and their end is elsewhere."""
    monkeypatch.setattr("saite.spark.asked._MOST", 10)
    assert len(list(recorder())) == 60
    there = Slice(recorder.answers)
    assert len(list(islice(there(), 10))) == 10
    with pytest.raises(Elsewhere):
        list(there())


def test_what_is_said_of_a_resource_at_hand_is_known(recorder: Recorder) -> None:
    """By any part of the pattern; of others, only what was asked before."""
    there = Slice(recorder.answers)
    there.hold(quad for quad in QUADS if quad.subject in (node(3), node(4)))
    assert [quad.predicate for quad in there(node(3))] == [LABEL, NUMBER]
    assert [quad.object for quad in there(node(4), LABEL)] == [Literal("4")]
    assert not list(there(node(4), LABEL, Literal("5")))
    assert not list(there(node(4), None, None, node(9)))
    there.hold(())
    with pytest.raises(Elsewhere):
        there(node(3))
