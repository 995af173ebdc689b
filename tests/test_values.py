"""The values that floors hand each other: errors, findings, terms, artifacts."""

from hypothesis import given
from hypothesis import strategies as st

from saite.artifact import Artifact
from saite.errors import Place, SaiteError
from saite.finding import Finding, Severity
from saite.terms import BlankNode, Literal, NamedNode, Term, Triple, sort_key, sorted_triples

TERMS: st.SearchStrategy[Term] = st.one_of(
    st.sampled_from([NamedNode("http://example.org/a"), NamedNode("http://example.org/b"), BlankNode("a")]),
    st.builds(Literal, st.text(max_size=3)),
    st.builds(lambda text: Literal(text, language="lv"), st.text(max_size=3)),
)


def test_error_shows_place_line_caret_and_cure() -> None:
    """An error's text holds everything that its reader needs, in the order in which editors read it."""
    error = SaiteError("a dot is missing", place=Place("data/a.ttl", 3, 5), excerpt="<a> <b>", cure="Add it.")
    assert str(error) == "data/a.ttl:3:5: a dot is missing\n    <a> <b>\n        ^\n  -> Add it."


def test_place_in_json_has_a_pointer() -> None:
    """A place in JSON-LD is a JSON pointer behind the file."""
    assert str(Place("a.jsonld", pointer="/@graph/0")) == "a.jsonld#/@graph/0"


def test_severities_are_ordered() -> None:
    """Severities compare as "at least as bad as"."""
    assert Severity.VIOLATION > Severity.WARNING > Severity.INFO
    assert Severity.WARNING.label == "warning"


def test_messages_fall_back() -> None:
    """A message is given in the language asked for, else in English, else in any."""
    finding = Finding(Severity.INFO, "urn:r", (("lv", "Trūkst."), ("en", "Missing.")), cures=(("lv", "Pievieno."),))
    assert finding.message("lv") == "Trūkst."
    assert finding.message("ru") == "Missing."
    assert finding.message("lv-LV") == "Trūkst."
    assert finding.cure("en") == "Pievieno."
    assert Finding(Severity.INFO, "urn:r", ()).message("lv") == ""


def test_findings_are_sorted_worst_first() -> None:
    """The worst come first, then by file and line."""
    late = Finding(Severity.WARNING, "urn:r", (), place=Place("a", 9))
    early = Finding(Severity.WARNING, "urn:r", (), place=Place("a", 2))
    worst = Finding(Severity.VIOLATION, "urn:z", (), place=Place("z", 99))
    assert sorted([late, early, worst], key=Finding.sort_key) == [worst, early, late]


@given(st.lists(TERMS))
def test_terms_have_one_order(terms: list[Term]) -> None:
    """The order of terms is total: shuffling changes nothing, and only equal terms share a key."""
    backwards = terms[::-1]
    assert sorted(terms, key=sort_key) == sorted(backwards, key=sort_key)
    assert len({sort_key(term) for term in terms}) == len(set(terms))


@given(st.lists(TERMS))
def test_triples_are_sorted_without_repetition(objects: list[Term]) -> None:
    """sorted_triples is the set in one order."""
    triples = [Triple(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), o) for o in objects]
    assert sorted_triples(triples + triples) == sorted_triples(reversed(triples))
    assert set(sorted_triples(triples)) == set(triples)


def test_artifact_gives_its_content_again_and_again() -> None:
    """Large content is a function, so that both doors can read it as often as they need."""
    small = Artifact("a.txt", "text/plain", b"ab")
    large = Artifact("b.txt", "text/plain", lambda: iter((b"a", b"b")))
    assert b"".join(small.chunks()) == b"".join(large.chunks()) == b"".join(large.chunks()) == b"ab"
