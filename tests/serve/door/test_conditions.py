"""Preconditions, ranges and codings, by RFC 9110."""

import string
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.serve.door.conditions import Unsatisfiable, last_modified, matches, span, unchanged, wants_gzip

ANY = st.one_of(
    st.text(st.characters(max_codepoint=255), max_size=60),
    st.text('bytes=-0123456789,"W/*; qgzip.identity', max_size=60),
)
TAGS = st.text(string.ascii_letters + string.digits + "-,/*'", max_size=8).map(lambda text: f'"{text}"')


@given(st.lists(st.tuples(st.sampled_from(["", "W/"]), TAGS), max_size=5), TAGS, st.sampled_from([",", ", ", " ,\t"]))
def test_a_tag_is_found_in_a_list(given_: list[tuple[str, str]], tag: str, between: str) -> None:
    """Strongly only if it stands there as strong, weakly in any case (8.8.3.2); commas within tags part nothing."""
    field = between.join(weak + one for weak, one in given_)
    assert matches(field, tag, weakly=True) == (tag in [one for _, one in given_])
    assert matches(field, tag, weakly=False) == (("", tag) in given_)


def test_a_star_is_any_tag() -> None:
    """Alone, not in a list."""
    assert matches(" * ", '"x"', weakly=False)
    assert not matches('*, "y"', '"x"', weakly=True)
    assert not matches("x", '"x"', weakly=True)


DATES = st.datetimes(datetime(1, 1, 2), datetime(9998, 12, 30)).map(
    lambda found: found.replace(tzinfo=UTC, microsecond=0)
)


@given(DATES, DATES)
def test_dates_are_compared_by_the_second(then: datetime, since: datetime) -> None:
    """What was modified at that moment has not been since."""
    if min(then.year, since.year) < 1900:  # the format of mails, which takes years of two digits for those of our time
        then, since = (
            then.replace(year=then.year % 100 + 2000, day=1),
            since.replace(year=since.year % 100 + 2000, day=1),
        )
    modified = format_datetime(then, usegmt=True)
    assert unchanged(format_datetime(since, usegmt=True), modified) == (then <= since)
    assert unchanged(modified, modified)


def test_all_forms_of_dates_are_read() -> None:
    """The two obsolete ones too (5.6.7)."""
    for field in ("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"):
        assert unchanged(field, "Sun, 06 Nov 1994 08:49:37 GMT")
        assert not unchanged(field, "Sun, 06 Nov 1994 08:49:38 GMT")


@pytest.mark.parametrize(
    "field",
    [
        "",
        "yesterday",
        "0",
        "Mon, 32 May 2024 00:00:00 GMT",
        "Mon, 06 May 99999999999999999 00:00:00 GMT",
        "Mon, 06 May 2024 99999999999999999999:00:00 GMT",
        "Mon, 06 May 2024 00:00:00 +99999999999",
        "Mon, 06 May " + "9" * 5000 + " 00:00:00 GMT",
    ],
)
def test_what_is_no_date_is_no_condition(field: str) -> None:
    """However long its numbers are."""
    assert not unchanged(field, "Sun, 06 Nov 1994 08:49:37 GMT")


@given(ANY)
def test_any_condition_is_read(field: str) -> None:
    """Nothing that a client may send raises."""
    matches(field, '"x"', weakly=True)
    unchanged(field, "Sun, 06 Nov 1994 08:49:37 GMT")
    last_modified(field)
    assert wants_gzip(field) in (True, False)
    try:
        found = span(field, 100)
    except Unsatisfiable:
        return
    assert found is None or (0 <= found[0] < sum(found) <= 100)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("2024-05-06", "Mon, 06 May 2024 00:00:00 GMT"),
        ("2024-05-06+03:00", "Mon, 06 May 2024 00:00:00 GMT"),
        ("2024-05-06Z", "Mon, 06 May 2024 00:00:00 GMT"),
        ("2024-05-06T10:20:30", "Mon, 06 May 2024 10:20:30 GMT"),
        ("2024-05-06T10:20:30.999Z", "Mon, 06 May 2024 10:20:30 GMT"),
        ("2024-05-06T01:00:00+03:00", "Sun, 05 May 2024 22:00:00 GMT"),
        ("0001-01-01T00:00:00+03:00", ""),
        ("-0044-03-15", ""),
        ("12024-05-06", ""),
        ("2024-13-01", ""),
        ("T", ""),
        ("", ""),
    ],
)
def test_a_date_of_the_data_is_a_date_of_http(value: str, field: str) -> None:
    """In GMT, to the second; "" where HTTP has none."""
    assert last_modified(value) == field


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 200))
def test_a_range_is_the_slice_that_it_says(first: int, last: int, size: int) -> None:
    """From, from to, and the last so many: what Python's slices give, or nothing to give."""
    content = bytes(range(200))[:size]
    for field, wanted in (
        (f"bytes={first}-{last}", content[first : last + 1]),
        (f"Bytes={first}-", content[first:]),
        (f" bytes=-{last} ", content[max(size - last, 0) :] if last else b""),
    ):
        try:
            found = span(field, size)
        except Unsatisfiable:
            assert wanted == b""
            continue
        if found is None:
            assert "bytes=" in field
            assert last < first
        else:
            assert content[found[0] : sum(found)] == wanted != b""


def test_what_is_no_single_range_of_bytes_gets_everything() -> None:
    """Several, other units, nonsense, and numbers that no file reaches."""
    long = "9" * 5000
    for field in ("", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b", "bytes 0-1", "bytes=²-", f"bytes={long}-"):
        assert span(field, 10) is None
    assert span(f"bytes=0-{'9' * 18}", 10) == (0, 10)


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("", False),
        ("gzip", True),
        ("GZip ; Q=0.5", True),
        ("x-gzip", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
        ("gzip;q=0.5, identity", False),
        ("gzip, identity;q=0.5", True),
        ("gzip;q=nan", False),
        ("gzip;q=x", False),
        ("br", False),
        (";q=1,,", False),
        (",".join(["a"] * 16_000) + ",gzip", False),
    ],
)
def test_gzip_is_for_who_likes_it(field: str, wanted: bool) -> None:
    """No less than the bytes as they are (12.5.3); of endless lists the beginning is read."""
    assert wants_gzip(field) is wanted
