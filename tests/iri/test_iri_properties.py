"""What holds for every IRI."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from saite.iri import MAX_PATH, MAX_SEGMENT, SITE_FOLDERS, Paths, escape, fold, normal, safe_href, unescape

BASE = "https://w3id.org/ice-edu/"
PATHS = [
    Paths(BASE, [("id/", ""), ("kos/", "concept/"), ("http://other.org/", "other/")], ["lv", "en"], ["about"]),
    Paths(BASE[:-1] + "#", [("id/", "")], ["zh-Hant"]),
    Paths(""),
]

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PIECES = st.sampled_from(
    [
        "a",
        "A",
        "b",
        ".",
        "..",
        "...",
        "/",
        "//",
        "#",
        "?",
        "~",
        "=",
        ":",
        "@",
        "%",
        "%20",
        "%2F",
        "%2f",
        "%41",
        "%7E",
        "%C4%AB",
        "%c4%ab",
        "%ff",
        "=",
        "=41",
        "~2",
        "~links-2",
        "~x1234",
        "index",
        "INDEX",
        "con",
        "CON",
        "com1",
        "nul.txt",
        "queries",
        "assets",
        "external",
        ".lv",
        ".LV",
        ".en",
        ".html",
        ".ttl",
        ".jsonld.gz",
        "ī",
        "ī",
        "İ",
        "ı",
        "ß",
        "ẞ",
        "SS",
        "K",
        "\u202e",
        "\u0301",
        "é",
        "e",
        "\\",
        "<",
        ">",
        '"',
        "'",
        "&",
        "+",
        "\x00",
        "\n",
        "文",
        "🙂",
        "id/",
        "kos/",
        "def#",
        "about",
        "javascript:",
    ]
)
RESTS = st.lists(st.one_of(PIECES, PIECES, TEXTS), max_size=8).map("".join)
IRIS = st.one_of(
    st.builds(str.__add__, st.sampled_from([BASE, BASE[:-1], BASE + "id/", BASE + "kos/", BASE + "def#"]), RESTS),
    st.builds(
        str.__add__, st.sampled_from(["http://other.org/", "http://x.org", "https://", "urn:", "mailto:"]), RESTS
    ),
    st.builds(
        "{}{}".format, st.sampled_from([BASE, "http://x.org/"]), st.integers(0, 3000).map(lambda n: "ā:/"[n % 3] * n)
    ),
)


@given(TEXTS | RESTS)
def test_escaping_can_be_undone(text: str) -> None:
    """A segment says exactly which text it was made from."""
    assert unescape(escape(text)) == text


@given(st.sampled_from(PATHS), IRIS)
def test_an_iri_leads_to_a_path_and_back(paths: Paths, iri: str) -> None:
    """From a path that was neither cut nor marked, the IRI is found again, in its normal form."""
    path = paths.path(iri)
    assert "~" in path or normal(iri) in paths.candidates(path)
    assert paths.path(normal(iri)) == path


@given(st.sampled_from(PATHS), IRIS)
def test_a_path_is_safe(paths: Paths, iri: str) -> None:
    """Every path stays in its folder, in the system's limits, and apart from the site's own pages and files."""
    path = paths.path(iri)
    segments = path.split("/")
    assert all(s and s[0] != "." and s[-1] != "." for s in segments)
    assert all(len(s.encode()) <= MAX_SEGMENT for s in segments)
    assert len(path.encode()) <= MAX_PATH
    assert all(c.isalnum() or unicodedata.category(c)[0] == "M" or c in "-._,()=/~" for c in path)
    assert unicodedata.normalize("NFC", path) == path
    first = segments[0].lower()
    assert first not in SITE_FOLDERS or (first == "external" and not paths.inside(iri))
    assert path.lower() not in paths.reserved
    suffix = segments[-1].rpartition(".")[2].lower() if "." in segments[-1] else ""
    assert suffix not in paths.suffixes
    assert all(s.lower() != "index" for s in segments[:-1])
    assert all("~" not in s or s.rpartition("~")[2].startswith("x") for s in segments)


@given(st.sampled_from(PATHS), st.lists(IRIS, unique=True, max_size=12), st.randoms(use_true_random=False))
def test_no_two_iris_share_a_file(paths: Paths, iris: list[str], random: object) -> None:
    """Documents differ even if letter case and Unicode form are ignored, and do not depend on the IRIs' order."""
    documents = dict(zip(iris, paths.assign(iris), strict=True))
    assert len({fold(path) for path in documents.values()}) == len(iris)
    assert all(len(s.encode()) <= 255 - 40 for path in documents.values() for s in path.split("/"))
    shuffled = sorted(iris, key=lambda iri: hash((iri, repr(random))))
    assert dict(zip(shuffled, paths.assign(shuffled), strict=True)) == documents


@given(st.lists(IRIS, unique=True, max_size=6), IRIS)
def test_iris_that_share_nothing_keep_their_paths(iris: list[str], other: str) -> None:
    """An IRI whose path nobody else wants gets that path, whatever else the site describes."""
    paths = PATHS[0]
    mine = paths.path(other)
    if all(fold(paths.path(iri)) != fold(mine) for iri in iris):
        assert paths.assign([*iris, other])[-1] == mine


@given(TEXTS | RESTS | IRIS)
def test_only_known_schemes_become_links(iri: str) -> None:
    """Whatever the data holds, a link begins with a scheme of the list and has nothing that ends an attribute."""
    href = safe_href(iri)
    if href is not None:
        assert href == iri
        assert href.partition(":")[0].lower() in ("http", "https", "mailto", "tel", "ftp", "ftps")
        assert not set(href) & set('"<>\\ \n\t\x00')
