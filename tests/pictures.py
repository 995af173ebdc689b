"""Screenshots that tests leave in ``test-output/screenshots`` for a person to look at."""

from pathlib import Path

from playwright.sync_api import Error, Page

SHOTS = Path(__file__).parents[1] / "test-output" / "screenshots"


def photograph(page: Page, name: str, *, full_page: bool = False) -> Path:
    """Keep a picture of the page under a name; a browser that has no frame to give yet is asked once more.

    Raises:
        Error: if the browser gives none twice.
    """
    picture = SHOTS / name
    picture.parent.mkdir(parents=True, exist_ok=True)
    try:
        page.screenshot(path=picture, full_page=full_page)
    except Error as error:
        if "Unable to capture" not in error.message:
            raise
        page.wait_for_timeout(500)
        page.screenshot(path=picture, full_page=full_page)
    return picture
