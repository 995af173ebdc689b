"""Literals come back as they were written."""

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saite.namespaces import XSD
from saite.store import EmbeddedStore
from saite.store.exact import kept
from saite.terms import Literal, NamedNode, Quad

S, P, G = NamedNode("http://e/s"), NamedNode("http://e/p"), NamedNode("http://e/g")


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


DATATYPES = words(
    "integer decimal double float boolean date dateTime time gYear gYearMonth gMonth gDay gMonthDay byte short int "
    "long unsignedByte unsignedShort unsignedInt unsignedLong positiveInteger negativeInteger nonPositiveInteger "
    "nonNegativeInteger dateTimeStamp duration yearMonthDuration dayTimeDuration string anyURI token hexBinary language"
)
FORMS = st.one_of(
    st.sampled_from(
        words(
            "0 -0 +5 007 5 1.50 1.5 .5 1. 1E0 1e3 INF -INF NaN true false 1 2020 2020Z 2020-01 2020-01-02 -0.0 0.0 "
            "100 2020-01-02+00:00 2020-01-02T03:04:05 2020-01-02T03:04:05.10Z 2020-01-02T24:00:00 2020-01-02T23:59:59Z "
            "--01 24:00:00 03:04:05.0 ---31 --12-31 P1Y P12M PT60S -P1D 99999999999999999999 abc 2020-13-40 0.1 "
            "123456789.125 1234567 16777217 9007199254740993 999999999999999 1E21 1.0E-7"
        )
    ),
    st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,20})?([eE]-?[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?)?Z?", fullmatch=True),
)


def literal(form: str, datatype: str) -> Literal:
    """A typed literal of XML Schema."""
    return Literal(form, datatype=NamedNode(XSD + datatype))


LITERALS = st.builds(literal, FORMS, st.sampled_from(DATATYPES))
QUADS = st.builds(lambda o, p, g: Quad(S, p, o, g), LITERALS, st.sampled_from([P, G]), st.sampled_from([S, G]))


@settings(deadline=None)
@given(LITERALS)
def test_what_the_store_gives_back_is_known(one: Literal) -> None:
    """The forms that are taken for stable are those that Oxigraph gives back unchanged."""
    native = pyoxigraph.Store()
    native.add(Quad(S, P, one))
    assert next(iter(native)).object == kept(one)


@settings(deadline=None)
@given(st.lists(QUADS, max_size=12), st.lists(QUADS, max_size=4))
def test_quads_come_back_as_they_were_given(quads: list[Quad], more: list[Quad]) -> None:
    """Lexical form and datatype of every literal survive: two forms of one value side by side, and one added later."""
    store = EmbeddedStore(quads)
    assert set(store.quads()) == set(quads)
    store.extend(more)
    everything = set(quads) | set(more)
    found = list(store.quads())
    assert set(found) == everything
    assert len(found) == len(store) == len(everything)
    for quad in everything:
        assert isinstance(quad.object, Literal)
        assert list(store.quads(S, quad.predicate, quad.object, quad.graph_name)) == [quad]
    assert list(store.quads(object=literal("4321", "integer"))) == [
        q for q in everything if q.object == literal("4321", "integer")
    ]


@settings(max_examples=8, deadline=None)
@given(st.lists(QUADS, max_size=12))
def test_a_store_on_disk_keeps_them_too(tmp_path_factory: pytest.TempPathFactory, quads: list[Quad]) -> None:
    """Written and opened again, literals are as they were."""
    path: Path = tmp_path_factory.mktemp("exact") / "store"
    EmbeddedStore.create(path, quads)
    store = EmbeddedStore.open(path)
    assert set(store.quads()) == set(quads)
    assert len(store) == len(set(quads))


def test_queries_see_values() -> None:
    """A query compares by value, whatever the form."""
    store = EmbeddedStore([Quad(S, P, literal("007", "nonNegativeInteger"))])
    assert bool(store.query("ASK { ?s ?p 7 }"))
    assert [q.object for q in store.quads()] == [literal("007", "nonNegativeInteger")]
