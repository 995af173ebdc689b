"""Texts with line breaks, as public data has them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saite.render.html.wrapping import NARROWEST, unwrapped

from .built import page, publish

TEXT = """
An LV2 Atom has a 32-bit size and type, followed by a body of size bytes, which MUST be
64-bit aligned. The type says what the body is. Atoms are copied without a change of it.
Nobody may

All concrete Atom types (subclasses of this class) MUST define a precise binary layout:

- The size field says how many bytes follow, which may be none at all, but it never goes
below zero
- the type field

| a table | has lines that are as long as they must be, and say nothing of the width of the rest |

Short lines
stay.
"""


def test_lines_broken_for_a_terminal_are_paragraphs() -> None:
    """Breaks go that a line's width made; empty lines, lists and short lines stay."""
    assert unwrapped(TEXT).split("\n") == [
        "An LV2 Atom has a 32-bit size and type, followed by a body of size bytes, which MUST be 64-bit aligned. "
        "The type says what the body is. Atoms are copied without a change of it.",
        "Nobody may",
        "",
        "All concrete Atom types (subclasses of this class) MUST define a precise binary layout:",
        "",
        "- The size field says how many bytes follow, which may be none at all, but it never goes below zero",
        "- the type field",
        "",
        "| a table | has lines that are as long as they must be, and say nothing of the width of the rest |",
        "",
        "Short lines",
        "stay.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Brīvības bulvāris 32\nRīga\nLV-1050",
        "A paragraph that is one long line, as most are that people write into forms.\nThe next one.\nAnd a third.",
        "one line",
        "",
    ],
)
def test_lines_that_somebody_meant_stay(text: str) -> None:
    """An address, and paragraphs of one line each, are left as they are."""
    assert unwrapped(text) == text


@given(st.lists(st.text("ab -*1.", max_size=2 * NARROWEST), max_size=8).map("\n".join))
def test_nothing_but_white_space_changes(text: str) -> None:
    """Whatever is unwrapped has the same words in the same order."""
    assert unwrapped(text).split() == text.split()


def test_a_page_shows_paragraphs(tmp_path: Path) -> None:
    """No empty line at the beginning, and no ragged lines."""
    out = publish(f'<http://example.org/a> <http://example.org/p> """{TEXT}"""@en, """{TEXT}x""" .', tmp_path)
    assert page(out, "a").count('<span class="text">An LV2 Atom') == 2
    assert "which MUST be 64-bit aligned." in page(out, "a")
