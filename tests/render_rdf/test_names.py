import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.render.names import CACHED, Names, local_name, namespaces
from saite.terms import NamedNode

from .graphs import EX


@pytest.mark.parametrize(
    ("local", "written"),
    [
        ("", ""),
        ("a1_-b", "a1_-b"),
        ("2018", "2018"),
        ("-a", "\\-a"),
        (".a", "\\.a"),
        ("a.b", "a.b"),
        ("a:b", "a:b"),
        ("a%41", "a%41"),
        ("a(b)", "a\\(b\\)"),
        ("~$&!'*+,;=@", "\\~\\$\\&\\!\\'\\*\\+\\,\\;\\=\\@"),
        ("Ēriks", "Ēriks"),
        ("中", "中"),
        ("a.", None),
        ("a/b", None),
        ("a#b", None),
        ("a?b", None),
        ("×", None),
        ("\u0300a", None),
        ("a\u0300", "a\u0300"),
        ("a[b", None),
    ],
)
def test_local_names_follow_the_grammar(local: str, written: str | None) -> None:
    """PN_LOCAL: escaped where it must be, None where a full IRI is the only or the better way."""
    assert local_name(local) == written


def test_the_sites_own_prefixes_win() -> None:
    """Of two prefixes for a namespace, and of two namespaces for a prefix, the site's is taken."""
    found = namespaces({"my": EX, "dct": EX + "d#"}, {"ex": EX, "dct": "http://purl.org/dc/terms/"})
    assert found == {EX: "my", EX + "d#": "dct"}


def test_what_turtle_cannot_declare_is_left_out() -> None:
    """Prefixes outside the grammar, and namespaces that are no IRIs."""
    assert namespaces({"a b": EX, "1a": EX, "a.": EX, "ok": "no iri", "sp": EX + "a b"}, {}) == {}
    assert namespaces({"": EX, "a.b": EX + "b#", "ē": EX + "e#"}, {}).keys() == {EX, EX + "b#", EX + "e#"}


def test_the_longest_namespace_names_an_iri() -> None:
    """Namespaces that end in the middle of a name win over the shorter one that ends at a slash."""
    names = Names(namespaces({"ex": EX, "foo": EX + "foo_", "urn": "urn:x:"}, {}))
    assert names[NamedNode(EX + "foo_bar")] == ("foo:bar", "foo")
    assert names[NamedNode(EX + "foobar")] == ("ex:foobar", "ex")
    assert names[NamedNode("urn:x:y:z")] == ("urn:y:z", "urn")
    assert names[NamedNode(EX + "a/b")] == (f"<{EX}a/b>", None)


def test_the_header_declares_what_was_used() -> None:
    """Sorted by prefix; nothing, not even an empty line, where no prefix is used."""
    names = Names(namespaces({"b": EX, "a": EX + "a#", "c": EX + "c#"}, {}))
    assert names.header({"b", None, "a"}) == f"@prefix a: <{EX}a#> .\n@prefix b: <{EX}> .\n\n"
    assert names.header({None}) == ""


def test_the_table_does_not_grow_without_bound() -> None:
    """It begins anew when it is full, and goes on giving the same names."""
    names = Names(namespaces({"ex": EX}, {}))
    for i in range(CACHED + 10):
        assert names[NamedNode(f"{EX}{i}")] == (f"ex:{i}", "ex")
    assert len(names) <= CACHED


@given(st.text(max_size=5))
def test_a_local_name_says_what_it_was_made_of(text: str) -> None:
    """Taking the backslashes away gives the text back."""
    name = local_name(text)
    if name is not None:
        assert name.replace("\\", "") == text
