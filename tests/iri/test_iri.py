"""Which IRI has which document, fact by fact."""

import pytest

from saite.errors import ConfigError
from saite.iri import MAX_PATH, MAX_SEGMENT, Paths, distinct, escape, fold, normal, safe_href, unescape

BASE = "https://w3id.org/ice-edu/"
OURS = Paths(BASE, [("id/", ""), ("kos/", "concept/")], ["lv", "en"], ["about", "contact"])


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("id/project/vet-2019", "project/vet-2019"),
        ("kos/topic-vet", "concept/topic-vet"),
        ("kos/", "concept/index"),
        ("def", "def"),
        ("def#", "def"),
        ("def#Term", "def/Term"),
        ("def/1.0.0", "def/1.0.0"),
        ("shapes#Project", "shapes/Project"),
        ("set/projects", "set/projects"),
        ("a/", "a/index"),
        ("a/index", "a/=69ndex"),
        ("a/#b", "a/b"),
        ("a//b", "a/=/b"),
        ("a/./b/../c", "a/=2E/b/=2E=2E/c"),
        ("../../etc/passwd", "=2E=2E/=2E=2E/etc/passwd"),
        (".htaccess", "=2Ehtaccess"),
        ("a.", "a=2E"),
        ("a?x=1/2&y", "a=3Fx=3D1=2F2=26y"),
        ("a#b/c", "a/b=2Fc"),
        ("a:b", "a=3Ab"),
        ("a~2", "a=7E2"),
        ("a=b", "a=3Db"),
        ("a%20b", "a=2520b"),
        ("a%2fb", "a=252Fb"),
        ("%61%7eb", "a=7Eb"),
        ("R%c4%abga", "Rīga"),
        ("R\u012bga", "R\u012bga"),
        ("Ri\u0304ga", "R\u012bga"),
        ("вет", "вет"),
        ("a\u202eb", "a=E2=80=AEb"),
        ("a b", "a=20b"),
        ("vet.lv", "vet=2Elv"),
        ("vet.EN", "vet=2EEN"),
        ("vet.html", "vet=2Ehtml"),
        ("vet.ttl/x", "vet.ttl/x"),
        ("vet.xyz", "vet.xyz"),
        ("con", "=63on"),
        ("LPT1.x/a", "=4CPT1.x/a"),
        ("queries/1", "=71ueries/1"),
        ("Index", "=49ndex"),
        ("about", "=61bout"),
        ("About", "=41bout"),
        ("id/contact/saite", "contact/saite"),
        ("sitemap", "=73itemap"),
        ("sitemap/x", "sitemap/x"),
        ("id/assets/logo", "=61ssets/logo"),
        ("kos/assets", "concept/assets"),
        ("", "index="),
        ("#", "index="),
    ],
)
def test_iris_below_the_base(iri: str, path: str) -> None:
    """The settings' rules come first; what a file system or server would misread is escaped, octet by octet."""
    assert OURS.path(BASE + iri) == path
    assert OURS.inside(BASE + iri)


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("http://other.org/a/b", "external/other.org/a/b"),
        ("https://other.org/a#b", "external/other.org/a/b"),
        ("http://other.org", "external/other.org"),
        ("http://www.izm.gov.lv", "external/www.izm.gov=2Elv"),
        ("http://other.org/", "external/other.org/index"),
        ("http://other.org:80/a", "external/other.org=3A80/a"),
        ("http://other.org?q=/a", "external/other.org/=3Fq=3D=2Fa"),
        ("http://other.org#a?b", "external/other.org/a=3Fb"),
        ("http://../../x", "external/=2E=2E/=2E=2E/x"),
        ("http:///x", "external/=/x"),
        ("https://w3id.org/ice-edu", "external/w3id.org/ice-edu"),
        ("urn:isbn:123", "external/urn=3A/isbn=3A123"),
        ("mailto:a@b.org", "external/mailto=3A/a=40b.org"),
        ("javascript:alert(1)", "external/javascript=3A/alert(1)"),
        ("tag:x.org,2024:a/b", "external/tag=3A/x.org,2024=3Aa/b"),
    ],
)
def test_iris_outside_the_base(iri: str, path: str) -> None:
    """An IRI that is not the site's has its document below external/, by host or by scheme."""
    assert OURS.path(iri) == path
    assert not OURS.inside(iri)


def test_a_base_that_ends_with_a_hash() -> None:
    """Terms of a hash namespace lie at the root, and its document is the root."""
    paths = Paths("http://example.org/ns#")
    assert paths.path("http://example.org/ns#Term") == "Term"
    assert paths.path("http://example.org/ns#") == "index="
    assert paths.path("http://example.org/ns") == "index="
    assert paths.candidates("index=") == ("http://example.org/ns#", "http://example.org/ns")


def test_without_a_base_everything_is_foreign() -> None:
    """A site whose data say nothing of a base has all documents below external/."""
    assert Paths("").path("urn:a:b") == "external/urn=3A/a=3Ab"


def test_rules_may_name_other_hosts() -> None:
    """A rule with an absolute IRI gives another host's IRIs a folder; the longest rule wins."""
    paths = Paths(BASE, [("http://other.org/", "other"), ("http://other.org/x/", "x/")])
    assert paths.path("http://other.org/a") == "other/a"
    assert paths.path("http://other.org/x/a") == "x/a"


@pytest.mark.parametrize("folder", ["../up/", "/root", "a//b", "assets/", "a~b/", "x" * (MAX_SEGMENT + 1)])
def test_a_rule_that_leaves_the_site_is_an_error(folder: str) -> None:
    """Settings cannot put documents outside the site's folder or among its own pages."""
    with pytest.raises(ConfigError) as caught:
        Paths(BASE, [("id/", folder)])
    assert "Name a folder" in caught.value.cure


def test_long_names_are_cut_and_told_apart() -> None:
    """A segment longer than a file system takes keeps its beginning and gets a hash of the whole."""
    paths = Paths(BASE)
    one, two = (paths.path(BASE + "ā" * 300 + end) for end in "ab")
    assert one != two
    assert all(len(p.encode()) <= MAX_SEGMENT for p in (one, two))
    assert one.startswith("ā" * 50)
    assert "~x" in one


def test_an_escape_is_never_cut_in_two() -> None:
    """What is left of a name that is cut has whole escapes only."""
    paths = Paths(BASE)
    for lead in range(4):
        name, _, digest = paths.path(BASE + "a" * lead + ":" * 300).partition("~x")
        assert unescape(name).strip("a:") == ""
        assert len(digest) == 16


def test_many_segments_are_cut_too() -> None:
    """A path deeper than systems take keeps its first folders and gets a hash of the whole."""
    paths = Paths(BASE)
    one, two = (paths.path(BASE + "abcdefgh/" * 900 + end) for end in "ab")
    assert one != two
    assert max(len(one), len(two)) <= MAX_PATH
    assert one.startswith("abcdefgh/abcdefgh/")


def test_a_class_keeps_the_path_that_its_property_wants_too() -> None:
    """def#Event and def#event differ by letter case only: the class, first in code point order, keeps the name."""
    iris = [BASE + "def#event", BASE + "def#Event"]
    event, class_ = OURS.assign(iris)
    assert class_ == "def/Event"
    assert event.startswith("def/event~x")
    assert OURS.assign(iris[::-1]) == [class_, event]


def test_equivalent_iris_are_told_apart() -> None:
    """The normal form keeps the path, wherever it stands; percent-encoding, NFD, hash against slash get a mark."""
    iris = [BASE + rest for rest in ("R%C4%ABga", "Ri\u0304ga", "R\u012bga", "a/b", "a#b")]
    paths = OURS.assign(iris)
    assert paths[2] == "R\u012bga"
    assert paths[4] == "a/b"
    assert [("~x" in path) for path in paths] == [True, True, False, True, False]
    assert len(set(paths)) == 5


def test_a_mark_gives_way_to_a_longer_one() -> None:
    """If what the hash makes is taken, more of the hash is used."""
    first = distinct(["a", "a"], ["x:1", "x:2"])[1]
    again = distinct(["a", "a", first], ["x:1", "x:2", "x:3"])
    assert again[1].startswith(first)
    assert len(set(again)) == 3


def test_names_of_any_script_fold() -> None:
    """Letter case and Unicode form are ignored in every script."""
    assert fold("Ri\u0304ga") == fold("R\u012aGA")
    assert fold("STRASSE") == fold("straße")


def test_a_mark_does_not_join_an_escape() -> None:
    """A combining mark after an escaped character is escaped too, for NFC would change the escape's last letter."""
    assert escape("a.\u0301") == "a.=CC=81"
    assert escape("\u0301") == "=CC=81"
    assert escape(">\u0301") == "=3E=CC=81"


def test_the_normal_form_keeps_what_means_something_else() -> None:
    """Reserved characters stay encoded, broken UTF-8 stays as it is, hexadecimal digits become capitals."""
    assert normal("http://a/%2f%3F%41%c3%28%ff") == "http://a/%2F%3FA%C3%28%FF"


def test_paths_that_no_iri_asks_for_have_no_candidates() -> None:
    """Broken escapes, marks and pages of the site itself lead to no IRI."""
    assert [OURS.candidates(path) for path in ("=FF", "a~x12345678", "queries", "A=41")] == [()] * 4


@pytest.mark.parametrize(
    "iri",
    [
        "http://a.org/",
        "https://a.org/x?y#z",
        "HTTPS://a.org",
        "mailto:a@b.org",
        "tel:+371",
        "ftp://a.org/x",
        "http://ā.lv/",
    ],
)
def test_iris_that_may_be_links(iri: str) -> None:
    """Addresses that a reader can follow become links."""
    assert safe_href(iri) == iri


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "blob:x",
        "urn:isbn:1",
        "http:javascript",
        "http:///x",
        "https://",
        "http://a.org/<script>",
        'http://a.org/"x',
        "http://a.org/a b",
        "http://a.org/\x00",
        "http://a.org\\@b.org",
        "//a.org/",
        "a.org",
        "",
    ],
)
def test_iris_that_never_become_links(iri: str) -> None:
    """Schemes that run or read something, dead ones and broken IRIs are shown as text."""
    assert safe_href(iri) is None
