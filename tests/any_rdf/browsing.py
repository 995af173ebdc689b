"""Opens pages of built sites in Chromium, from the folder, and tells what is wrong with them."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Playwright, Request, ViewportSize, sync_playwright
from tests.programs import chromium

ARGUMENTS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: Final = ViewportSize(width=390, height=800)

_SIDEWAYS: Final = """() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""
"""By how many pixels the page is wider than the window, with everything unfolded."""

_SQUEEZED: Final = """() => [...document.querySelectorAll("dd, dt, li")]
  .filter((one) => one.childElementCount < 3 && one.textContent.trim().length > 12)
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width < 40 && box.height > 120; })
  .slice(0, 3).map((one) => one.textContent.trim().slice(0, 40))"""
"""Texts in a column so narrow that each line has a few letters."""


class Visitor:
    """Chromium, open until :meth:`close`.

    It runs in a thread of its own, since Playwright allows one browser a thread, and other tests have theirs.
    """

    def __init__(self) -> None:
        path = chromium()
        self._thread = ThreadPoolExecutor(1)
        self._playwright, self._browser = self._thread.submit(_open, path).result()

    def faults(self, pages: Iterable[Path]) -> list[str]:
        """What is wrong with pages at the width of a phone: messages, requests, sideways scrolling, no title."""
        return self._thread.submit(_visit, self._browser, list(pages)).result()

    def close(self) -> None:
        """Ends the browser."""
        self._thread.submit(self._browser.close).result()
        self._thread.submit(self._playwright.stop).result()
        self._thread.shutdown()


def _open(path: str) -> tuple[Playwright, Browser]:
    playwright = sync_playwright().start()
    return playwright, playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


def _visit(browser: Browser, pages: Iterable[Path]) -> list[str]:
    faults: list[str] = []
    page = browser.new_page(viewport=PHONE)
    here = ""

    def missed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was asked for before the logo had come
            faults.append(f"{here}: {request.url} failed ({request.failure})")

    def asked(request: Request) -> None:
        if not request.url.startswith("file:"):
            faults.append(f"{here}: asks for {request.url}")

    page.on("console", lambda message: faults.append(f"{here}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"{here}: {error}"))
    page.on("requestfailed", missed)
    page.on("request", asked)
    for file in pages:
        here = str(file)
        page.goto(file.as_uri(), wait_until="domcontentloaded")
        if not page.title():
            faults.append(f"{here}: no title")
        over = page.evaluate(_SIDEWAYS)
        if over:  # a busy machine may be asked before a long page is laid out for good
            page.wait_for_timeout(1000)
            over = page.evaluate(_SIDEWAYS)
        if over:
            faults.append(f"{here}: scrolls sideways by {over} pixels")
        if squeezed := page.evaluate(_SQUEEZED):
            faults.append(f"{here}: squeezed: {squeezed}")
    page.close()
    return faults
