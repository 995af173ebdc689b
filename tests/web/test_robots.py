"""What robots.txt lets us ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.web import Client, Manners, Robots
from saite.web.robots import parse

from .hosts import Page, host

TEXT = """
User-agent: other
Disallow: /

User-agent: Saite   # us
User-agent: third
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Crawl-delay: 2

User-agent: *
Disallow: /all
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open", True),
        ("/private/%6Fpen", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/all", True),
    ],
)
def test_the_group_that_names_us_counts(path: str, allowed: bool) -> None:
    """And in it, the longest pattern; octets are compared as they mean (RFC 9309, 2.2)."""
    rules = parse(TEXT, "saite")
    assert rules.allow(path) is allowed
    assert rules.pause == 2


def test_others_are_those_for_all() -> None:
    """Where no group names us."""
    rules = parse(TEXT, "somebody")
    assert (rules.allow("/all/x"), rules.allow("/private/x"), rules.pause) == (False, True, 0)


@given(st.text(), st.text())
def test_nonsense_is_as_good_as_nothing(text: str, path: str) -> None:
    """Whatever is in it, there is an answer."""
    assert parse(text, "saite").allow("/" + path) in (True, False)


@given(st.lists(st.sampled_from(["a", "*", "b", "aa"])), st.text(st.sampled_from("ab")))
def test_patterns_fit_as_regular_expressions_would(parts: list[str], path: str) -> None:
    """A star is any text, a dollar the end."""
    import re

    for end in ("", "$"):
        pattern = "/" + "".join(parts)
        fits = re.match(pattern.replace("*", ".*") + ("$" if end else ""), f"/{path}") is not None
        assert parse(f"User-agent: *\nDisallow: {pattern}{end}", "saite").allow(f"/{path}") is not fits


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        (Page(404), True),
        (Page(403), True),
        (Page(500), False),
        (Page(200, body=b"User-agent: *\nDisallow: /"), False),
        (Page(301, {"Location": "/elsewhere"}), False),
        (Page(302, {"Location": "/robots.txt"}), True),
    ],
)
def test_a_file_is_asked_once(page: Page, allowed: bool) -> None:
    """No file: all may be asked; a host that fails: nothing (RFC 9309, 2.3.1)."""
    with host() as found:
        found.pages = {"/robots.txt": page, "/elsewhere": Page(body=b"User-agent: saite\nDisallow: /")}
        robots = Robots(Client("Saite/1", Manners(pause=0, private=True)), "saite")
        assert [robots.allow(f"{found.url}/{name}") for name in "ab"] == [allowed, allowed]
        assert len(found.of("/robots.txt")) == (6 if page.fields.get("Location") == "/robots.txt" else 1)


def test_a_host_gets_the_pause_that_it_wishes_for() -> None:
    """Between all further requests."""
    with host() as found:
        found.pages = {"/robots.txt": Page(body=b"User-agent: *\nCrawl-delay: 0.3"), "/a": Page(), "/b": Page()}
        client = Client("Saite/1", Manners(pause=0, private=True))
        robots = Robots(client, "saite")
        assert robots.allow(f"{found.url}/a")
        for name in "ab":
            client.ask(f"{found.url}/{name}")
        assert found.times[-1] - found.times[-2] >= 0.3
