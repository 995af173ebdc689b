"""Triples arranged for readers, and the order in which they are read."""

import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.namespaces import DCT, RDF_NIL, RDF_TYPE, RDFS_LABEL, SKOS
from saite.site.reading import ReadingOrder
from saite.site.triples import Triples, objects, ordered
from saite.terms import BlankNode, Literal, NamedNode, Quad, Term, Triple, sort_key, sorted_triples

from .graphs import ex, graph, settings

TERMS: Sequence[Term] = (
    *(ex(name) for name in ("a", "B", "ā", "b#c")),
    *(BlankNode(name) for name in ("b", "x", "10", "9")),
    *(Literal("a", language=tag) for tag in ("en", "lv", "ru", "lv-x-a")),
    *(Literal("b", language=tag) for tag in ("en", "lv")),
    *(Literal("a"), Literal(""), Literal(1), Literal("1"), Literal(f"{ex('a').value}"), RDF_NIL),
)
SUBJECTS = [term for term in TERMS if not isinstance(term, Literal)]
PREDICATES = (RDF_TYPE, RDFS_LABEL, ex("z"), ex("p"), ex("q"), NamedNode(SKOS + "definition"), NamedNode(DCT + "title"))
TRIPLES = st.lists(
    st.builds(Triple, st.sampled_from(SUBJECTS), st.sampled_from(PREDICATES), st.sampled_from(TERMS)), max_size=20
)
ORDER = ReadingOrder(settings(languages=("lv", "EN"), label_languages=("ru", "lv"), order=(ex("z").value,)))


def reading_key(term: Term) -> tuple[object, ...]:
    """The order of values, word by word."""
    if isinstance(term, Literal):
        tag = term.language or ""
        rank = {"": -1, "lv": 0, "en": 1, "ru": 2}.get(tag, 9)
        return (1, rank, tag, term.value, term.datatype.value)
    return (0 if isinstance(term, NamedNode) else 2, 0, "", term.value, "")


@given(st.lists(st.sampled_from(TERMS), max_size=6))
def test_terms_are_ordered_by_their_key(terms: list[Term]) -> None:
    """Also by the short way for two terms; each stands there once."""
    assert ordered(terms) == sorted(set(terms), key=sort_key)


@given(st.sets(st.sampled_from(TERMS), min_size=1, max_size=6))
def test_values_are_read_by_kind_and_language(terms: set[Term]) -> None:
    """IRIs, texts without a language, those in the site's languages, those in others, blank nodes; then by text."""
    assert list(ORDER.values(sorted(terms, key=sort_key))) == sorted(terms, key=reading_key)


def test_properties_are_read_as_the_settings_have_them() -> None:
    """Type, labels, the settings' order, descriptions, the rest by IRI."""
    read = [RDF_TYPE, RDFS_LABEL, NamedNode(DCT + "title"), ex("z"), NamedNode(SKOS + "definition"), ex("p"), ex("q")]
    assert sorted(PREDICATES, key=ORDER.properties.__getitem__) == read


@given(TRIPLES, st.booleans())
def test_triples_are_a_sequence_and_an_arrangement(triples: list[Triple], named: bool) -> None:
    """Of the same set, in the order of :func:`saite.terms.sorted_triples` and in that of readers."""
    given = [Quad(t.subject, t.predicate, t.object, ex("graph")) for t in triples] if named else triples
    arranged = Triples.of(given, ORDER)
    expected = sorted_triples(triples)
    assert list(arranged) == expected
    assert [arranged[n] for n in range(len(arranged))] == expected
    assert arranged[1:3] == tuple(expected[1:3])
    assert [*arranged.about] == ordered({t.subject for t in triples})  # type: ignore[type-var]
    for subject, said in arranged.about.items():
        own = [t for t in expected if t.subject == subject]
        assert [*said] == sorted({t.predicate for t in own}, key=ORDER.properties.__getitem__)
        for predicate, terms in said.items():
            wanted: set[Term] = {t.object for t in own if t.predicate == predicate}  # type: ignore[misc]
            assert list(terms) == sorted(wanted, key=reading_key)
    assert arranged.plain is not any(isinstance(term, BlankNode) for t in triples for term in (t.subject, t.object))


@given(TRIPLES, TRIPLES)
def test_triples_are_equal_by_what_they_say(some: list[Triple], others: list[Triple]) -> None:
    """However they are given, and to any sequence of triples; also after a journey to another process."""
    arranged = Triples.of(some, ORDER)
    assert (arranged == Triples.of(others, ORDER)) is (set(some) == set(others))
    assert arranged == sorted_triples(some)
    again = Triples.of(reversed(some), ORDER)
    assert (again, hash(again)) == (arranged, hash(arranged))
    assert pickle.loads(pickle.dumps(arranged)) == arranged
    assert arranged != "triples"


def test_arranged_triples_are_not_arranged_again() -> None:
    """They are what they are."""
    arranged = Triples.of(graph(":a :p 1 ."), ORDER)
    assert Triples.of(arranged, ORDER) is arranged
    assert repr(arranged) == "<1 triples about 1 subjects>"


@pytest.mark.parametrize("arrange", [lambda triples: Triples.of(triples, ORDER), tuple])
def test_objects_of_a_property_are_found(arrange: type[tuple[Triple, ...]]) -> None:
    """In arranged triples and in any others."""
    triples = arrange(sorted_triples(graph(":a :p 1, 2 ; :q 3 . :b :p 4 .")))
    assert [term.value for term in objects(triples, ex("a"), ex("p"))] == ["1", "2"]
    assert list(objects(triples, ex("a"), ex("r"))) == list(objects(triples, ex("c"), ex("p"))) == []
