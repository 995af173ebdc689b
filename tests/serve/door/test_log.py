"""The access log: what a client sends stays within its line, and within its field."""

import io
import re

from hypothesis import given
from hypothesis import strategies as st

from saite.serve.door.log import AccessLog

from .folders import scope

LINE = re.compile(
    r'(\S+) - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (\d+) '
    r'"((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)" (\d+\.\d{3})\n'
)
ANY = st.text(st.characters(max_codepoint=255), max_size=30)


def logged(target: str, client: str = "192.0.2.1", **fields: str) -> str:
    """The line of an answer."""
    out = io.StringIO()
    AccessLog(out)({**scope(target, fields=fields), "client": (client, 1)}, 200, 17, 0.12345)
    return out.getvalue()


def test_a_line_is_one_of_the_combined_format() -> None:
    """With the seconds at its end; what is not there is a hyphen."""
    line = logged("/a?b=c", referer="https://e/", **{"user-agent": "curl"})
    found = LINE.fullmatch(line)
    assert found is not None
    assert found.groups() == ("192.0.2.1", "GET /a?b=c HTTP/1.1", "200", "17", "https://e/", "curl", "0.123")
    out = io.StringIO()
    AccessLog(out)({**scope("/"), "client": None}, 0, 0, 0)
    found = LINE.fullmatch(out.getvalue())
    assert found is not None
    assert found.groups() == ("-", "GET / HTTP/1.1", "-", "0", "-", "-", "0.000")


@given(ANY, ANY, ANY, ANY)
def test_what_a_client_sends_makes_no_line(target: str, agent: str, referrer: str, client: str) -> None:
    """No line end, no control character of a terminal, no quotation mark, no space in a name that a proxy passed on."""
    line = logged("/" + target, client, referer=referrer, **{"user-agent": agent})
    assert line.isascii()
    assert line.rstrip("\n").isprintable()
    found = LINE.fullmatch(line)
    assert found is not None
    for part, sent in ((found[5], referrer), (found[6], agent)):
        assert part.encode("ascii").decode("unicode_escape") == sent
