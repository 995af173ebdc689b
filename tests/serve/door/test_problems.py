"""Refusals, in the form that a client reads."""

import xml.etree.ElementTree as ElementTree

import orjson
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render_html.checks import faults

from saite.artifact import HTML, N_TRIPLES, RDF_XML, TURTLE
from saite.serve.door.problems import PROBLEM_JSON, TEXT, TITLES, content, form

HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", HTML),
        ("*/*", HTML),
        ("text/html,application/xhtml+xml,*/*;q=0.8", HTML),
        ("text/turtle", TURTLE),
        ("application/n-triples", N_TRIPLES),
        ("application/rdf+xml", RDF_XML),
        ("application/ld+json", PROBLEM_JSON),
        ("application/json, text/html;q=0.1", PROBLEM_JSON),
        ("application/problem+json", PROBLEM_JSON),
        ("text/plain", TEXT),
        ("image/png", TEXT),
        ("text/html;q=0", TEXT),
        ("nonsense", HTML),
    ],
)
def test_a_problem_has_the_form_that_is_read(accept: str, wanted: str) -> None:
    """Text where the client reads none of ours."""
    assert form(accept) == wanted


def test_every_form_is_what_it_says() -> None:
    """Empty graphs with a comment, a problem by RFC 9457, and a sound page whose links begin at the root."""
    for status, title in TITLES.items():
        link = (("../a", "text/html"),)
        for media_type, syntax in (
            (TURTLE, pyoxigraph.RdfFormat.TURTLE),
            (N_TRIPLES, pyoxigraph.RdfFormat.N_TRIPLES),
            (RDF_XML, pyoxigraph.RdfFormat.RDF_XML),
        ):
            made = content(status, "Detail.", media_type, "../", link)
            assert list(pyoxigraph.parse(made, format=syntax)) == []
            assert f"{status}: {title}. Detail.".encode() in made
        assert orjson.loads(content(status, "Detail.", PROBLEM_JSON, "../", link)) == {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": "Detail.",
            "links": [{"href": "../a", "title": "text/html"}],
        }
        page = content(status, "Detail.", HTML, "../", link)
        assert faults(page) == []
        assert b'href="../assets/saite.css"' in page
        assert b'href="../a"' in page


@given(HOSTILE, HOSTILE, st.sampled_from([HTML, TURTLE, N_TRIPLES, RDF_XML, PROBLEM_JSON, TEXT]))
def test_no_address_gets_out_of_its_place(detail: str, address: str, media_type: str) -> None:
    """Whatever stands in it, it is text of a page, a string of JSON, or within the line of a comment."""
    made = content(404, detail, media_type, "", ((address, detail),))
    if media_type in (TURTLE, N_TRIPLES):
        assert all(line.startswith("# ") for line in made.decode().splitlines())
    elif media_type == RDF_XML:
        if all(char.isprintable() for char in detail + address):
            root = ElementTree.fromstring(made)
            assert (len(root), root.text) == (0, None)
    elif media_type == PROBLEM_JSON:
        assert orjson.loads(made)["links"] == [{"href": address, "title": detail}]
    elif media_type == HTML:
        assert made.count(b"<a ") == 2
        assert made.count(b"<p>") == 2
        assert b"<script" not in made
    else:
        assert len(made.decode().splitlines()) == 2
