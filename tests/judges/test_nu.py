"""What the Nu HTML checker, which stands behind validator.w3.org, says of the files of a site."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.programs import needed

from .fetch import judge
from .pages import worth_judging

UNKNOWN = ("“paint-order”: Property “paint-order” doesn't exist.",)
"""What SVG 2 has (13.8) and the checker of style sheets does not know."""


def said(files: Iterable[Path]) -> list[str]:
    """Errors and warnings, with file and line; folders are read through."""
    java = needed("java", "the package default-jre-headless of Debian")
    jar = judge("vnu-jar/build/dist/vnu.jar")
    options = ["--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json", "--exit-zero-always"]
    command = [java, "-Xss8m", "-jar", str(jar), *options, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    return [
        f"{message.get('url')}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"
        for message in json.loads(done.stderr)["messages"]
        if not any(known in message["message"] for known in UNKNOWN)
    ]


def test_what_can_stand_on_a_page_is_valid(sites: Path) -> None:
    """Each element of our own site, on some page; and all pages of what ``saite new`` begins."""
    own = worth_judging(sites / "own", "lv").values()
    assets = [path for path in (sites / "own" / "assets").iterdir() if path.suffix in (".css", ".svg")]
    assert len(own) > 30
    assert said([*own, *assets, sites / "starter"]) == []


@pytest.mark.slow
@pytest.mark.parametrize("site", ["own", "starter", "small", "odd"])
def test_every_page_is_valid(sites: Path, site: str) -> None:
    """No page of any site has an error or a warning."""
    assert any((sites / site).rglob("*.html"))
    assert said([sites / site]) == []


def test_the_checker_sees_what_it_is_for(tmp_path: Path) -> None:
    """A page with an element where it must not stand is told of."""
    page = tmp_path / "bad.html"
    page.write_text("<!DOCTYPE html>\n<html lang=en><title>x</title>\n<ul><p>x</ul>", encoding="utf-8")
    assert any("Element “p” not allowed as child of element “ul”" in one for one in said([page]))
