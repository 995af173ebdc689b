"""What a screen reader says of a page, in order: the accessibility tree of main pages of the small site, as text.

``SAITE_WRITE_TREES=1`` writes the files in ``trees/`` anew; a person reads what changed, as a reader would hear it.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

TREES = Path(__file__).parent / "trees"
PAGES = ("index", "event/forum", "browse/class/Event", "queries/events", "def", "report", "downloads")


def heard(page: Page) -> str:
    """The tree without addresses, which nobody hears."""
    lines = page.locator("body").aria_snapshot().splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("- /url:")) + "\n"


@pytest.mark.parametrize("language", ["lv", "en"])
def test_pages_read_in_order(browser: Browser, sites: Path, language: str) -> None:
    """Landmarks, headings, names of controls and texts come as they were written down."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for document in PAGES:
        page.goto((sites / "small" / f"{document}.{language}.html").as_uri())
        told = heard(page)
        kept = TREES / f"{document.replace('/', '-')}.{language}.txt"
        if os.environ.get("SAITE_WRITE_TREES"):
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(told, encoding="utf-8")
        assert told == kept.read_text(encoding="utf-8"), document
    context.close()
