"""How much a page weighs on its way to a phone: HTML and style sheets, packed; scripts aside."""

import gzip
import re
from functools import cache
from pathlib import Path

from .pages import THING, documents

MOST = 30_000
"""Bytes."""

LISTS = ("catalog",)
"""Pages that list every file of the site: as long as there are files."""

_SHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')


@cache
def packed(path: Path) -> int:
    """Bytes of a file as a server sends it."""
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def weight(page: Path) -> int:
    """Bytes of a page with its style sheets."""
    sheets = _SHEET.findall(page.read_bytes())
    assert sheets, page
    return packed(page) + sum(packed((page.parent / sheet.decode()).resolve()) for sheet in sheets)


def test_every_page_of_a_thing_is_light(sites: Path) -> None:
    """In both languages, none weighs more than 30 KB; that of the ministry, of which most is said, is among them."""
    things = [
        page
        for language in ("lv", "en")
        for page in documents(sites / "own", language).values()
        if THING in page.read_bytes() and page.name.partition(".")[0] not in LISTS
    ]
    assert len(things) > 500
    weights = {str(page.relative_to(sites)): weight(page) for page in things}
    assert {name: bytes_ for name, bytes_ in weights.items() if bytes_ > MOST} == {}
