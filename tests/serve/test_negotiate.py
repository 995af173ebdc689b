"""Negotiation gives what the client wants most, by RFC 9110."""

import pytest

from saite.manifest import Entry
from saite.serve.negotiate import choose


def entry(path: str, media_type: str, language: str = "") -> Entry:
    """A representation of one document."""
    return Entry(path, media_type, "00", 1, "x", language)


VARIANTS = [
    entry("x.html", "text/html; charset=utf-8", "lv"),
    entry("x.lv.html", "text/html; charset=utf-8", "lv"),
    entry("x.en.html", "text/html; charset=utf-8", "en"),
    entry("x.jsonld", "application/ld+json"),
    entry("x.nt", "application/n-triples"),
    entry("x.rdf", "application/rdf+xml"),
    entry("x.ttl", "text/turtle; charset=utf-8"),
]

CASES = [
    ("", "", "x.html", "no field at all: the page in the site's first language"),
    ("*/*", "", "x.html", "anything: the page"),
    ("text/html", "en", "x.en.html", "the page in the language that was asked for"),
    ("text/html", "en-GB, lv;q=0.5", "x.en.html", "a regional range is served by its language"),
    ("text/html", "de, fr", "x.html", "no language in common: the first language, not an error"),
    ("text/html", "de, *;q=0.5, lv;q=0.1", "x.en.html", "a wildcard stands for the languages not named"),
    ("text/html", "en;q=0, lv", "x.html", "q=0 refuses a language"),
    ("text/turtle", "en", "x.ttl", "an exact type; a language-neutral file fits any language"),
    ("text/turtle;q=0.5, application/ld+json", "", "x.jsonld", "qualities decide, not the order"),
    ("text/*", "", "x.html", "a range by main type: the page first"),
    ("text/*, text/html;q=0", "", "x.ttl", "the more specific range decides"),
    ("*/*;q=0.1, application/rdf+xml", "", "x.rdf", "a wildcard does not outdo what was named"),
    ('text/turtle;charset="UTF-8"', "", "x.ttl", "parameters are compared without quotes and case"),
    ("text/turtle;charset=latin-1, */*;q=0.1", "", "x.html", "a range with a parameter that no file has matches none"),
    ("TEXT/TURTLE", "", "x.ttl", "types are compared without case"),
    ("nonsense, text/turtle;q=0.3, */*;q=2", "", "x.ttl", "malformed elements are left out"),
    ("text/turtle;q=0.1234, application/ld+json;q=0.2", "", "x.jsonld", "a quality has three digits at most"),
    ("*/html, application/ld+json", "", "x.jsonld", "*/html is not a range"),
    ("image/png", "", None, "nothing that can be had"),
    ("*/*;q=0", "", None, "everything refused"),
]


@pytest.mark.parametrize(("accept", "language", "expected", "fact"), CASES)
def test_the_best_representation_is_chosen(accept: str, language: str, expected: str | None, fact: str) -> None:
    """Each case is a sentence of RFC 9110 (12.4, 12.5) or of the site's contract."""
    chosen = choose(VARIANTS, accept, language)
    assert (chosen.path if chosen else None) == expected, fact
