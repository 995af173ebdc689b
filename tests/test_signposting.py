"""Typed links: written so that an independent reader gets them back."""

import json
from string import ascii_letters, digits
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st
from signposting.linkset import Linkset, LinksetJSON, _parse_linkset, _parse_linkset_json

from saite.iri import quoted, uri
from saite.signposting import Link, as_json, as_text, items, listed

URL = "https://host.example/a/b.linkset.json"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
IRIS = TEXT.map(lambda text: uri(f"https://example.org/{text.translate({ord(c): None for c in '[]%#'})}"))
KINDS = st.sampled_from(["", "text/html", "application/ld+json", "application/n-quads"])
LINKS = st.lists(
    st.builds(
        Link,
        st.sampled_from(["cite-as", "describedby", "item", "type", "license", "author", "describes"]),
        IRIS,
        KINDS,
        st.sampled_from(["", "lv", "sr-Latn"]),
        st.sampled_from(["", "https://schema.org/"]),
        IRIS,
    ),
    min_size=1,
    max_size=6,
)


def told(links: list[Link]) -> set[tuple[str, ...]]:
    """Links as the reader tells them: it resolves references, and knows no languages."""
    return {
        (urljoin(URL, link.anchor), link.relation, urljoin(URL, link.target), link.media_type, link.profile)
        for link in links
    }


@given(LINKS)
def test_both_formats_say_the_same(links: list[Link]) -> None:
    """Whatever IRIs and attributes there are."""
    for found in (
        _parse_linkset_json(LinksetJSON(as_json(links).decode(), "application/linkset+json", URL, URL)),
        _parse_linkset(Linkset(as_text(links).decode(), "application/linkset", URL, URL)),
    ):
        read = {
            (str(one.context), str(one.rel), str(one.target), str(one.type or ""), " ".join(one.profiles))
            for one in found.signposts
        }
        assert read == told(links)


def test_a_link_set_in_json_is_one_object_for_each_anchor() -> None:
    """In which targets are listed by relation, their languages too (RFC 9264, 4.2)."""
    links = [
        Link("item", "x", "text/csv", "lv", anchor="a"),
        Link("item", "y", anchor="a"),
        Link("describes", "a", anchor="x"),
    ]
    assert json.loads(as_json(links)) == {
        "linkset": [
            {"anchor": "a", "item": [{"href": "x", "type": "text/csv", "hreflang": ["lv"]}, {"href": "y"}]},
            {"anchor": "x", "describes": [{"href": "a"}]},
        ]
    }
    assert as_text(links[1:]) == b'<y>; anchor="a"; rel="item",\n<a>; anchor="x"; rel="describes"\n'


PATHS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(PATHS, st.text(ascii_letters + digits + "/+.-", min_size=1)), max_size=5))
def test_what_is_listed_is_read_back(files: list[tuple[str, str]]) -> None:
    """Paths with spaces and letters of any kind, and media types without their parameters."""
    assert items({"items": listed(files)}) == files
    assert items({}) == []
    assert listed([("a", "text/turtle; charset=utf-8")]) == f"{quoted('a')} text/turtle"
