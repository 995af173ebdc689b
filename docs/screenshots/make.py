"""Makes the screenshots of our own site: ``make screenshots``, after ``make site``.

Each page in both languages, on a phone and a wide screen, light and dark; what stands far below is cut. Chromium
is found by ``SAITE_CHROMIUM`` or on the path.
"""

import functools
import http.server
import os
import shutil
import sys
import threading
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

HERE: Final = Path(__file__).parent
SITE: Final = HERE.parents[1] / "site"

PAGES: Final = {
    "front": "index",
    "project": "project/education-reforms-2018",
    "event": "event/consultations-tashkent-2018",
    "country": "country/uzbekistan",
    "country-pair": "views/with-latvia/uzbekistan",
    "timeline": "views/timeline",
    "map": "views/places",
    "network": "views/countries-network",
    "query": "query",
    "search": "search",
}
SAID: Final = {"lv": "Kazahstānā", "en": "vocational"}
WIDTHS: Final = {"phone": 390, "desktop": 1280}
TALLEST: Final = 1500


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def look(page: Page, address: str, name: str, language: str) -> None:
    """Open a page as somebody would who uses it."""
    more = f"?q={SAID[language]}" if name == "search" else "#name=topics-by-use" if name == "query" else ""
    page.goto(f"{address}/{PAGES[name]}.{language}.html{more}")
    if name == "search":
        page.locator("#search-results li").first.wait_for()
    if name == "query":
        page.click("#ask button[type=submit]")
        page.locator("#result table").wait_for(timeout=60_000)


def main() -> int:
    """Make them all."""
    chromium = os.environ.get("SAITE_CHROMIUM") or shutil.which("chromium")
    if chromium is None or not SITE.is_dir():
        print("There has to be a built site (make site) and a Chromium.", file=sys.stderr)
        return 1
    handler = functools.partial(Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in PAGES:
            for size, width in WIDTHS.items():
                for scheme in ("light", "dark"):
                    context = browser.new_context(
                        viewport={"width": width, "height": 900},
                        color_scheme="light" if scheme == "light" else "dark",
                        reduced_motion="reduce",
                    )
                    for language in SAID:
                        page = context.new_page()
                        look(page, f"http://127.0.0.1:{server.server_port}", name, language)
                        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
                        page.screenshot(
                            path=HERE / f"{name}.{language}.{size}.{scheme}.jpg",
                            type="jpeg",
                            quality=45,
                            full_page=True,
                            clip={"x": 0, "y": 0, "width": width, "height": height},
                        )
                    context.close()
        browser.close()
        server.shutdown()
    rows = "\n".join(
        f"| {name} | " + " | ".join(
            " ".join(f"[{scheme}]({name}.{language}.{size}.{scheme}.jpg)" for scheme in ("light", "dark"))
            for language in SAID
            for size in WIDTHS
        ) + " |"
        for name in PAGES
    )  # fmt: skip
    text = f"""# Screenshots

Pages of our own site, as `make screenshots` takes them; what stands below {TALLEST} pixels is cut.

| page | Latvian, phone | Latvian, desktop | English, phone | English, desktop |
|---|---|---|---|---|
{rows}
"""
    (HERE / "README.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
