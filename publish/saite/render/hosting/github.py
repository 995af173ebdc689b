"""GitHub Pages: it has no rules. Pages in the place of things lead on to their documents; everything else is links."""

from collections.abc import Iterator
from html import escape
from typing import Final

from saite.artifact import HTML, Artifact
from saite.render.hosting.plan import TEXT, Plan

MARK: Final = ".nojekyll"
"""Its presence keeps GitHub from leaving files out."""


def artifacts(plan: Plan) -> Iterator[Artifact]:
    """The mark, and a page for each thing: the host answers ``id/project/x`` with ``id/project/x.html``."""
    yield Artifact(MARK, TEXT, b"")
    for path, see in plan.things():
        if path and not path.endswith("/") and "?" not in path and "%" not in path:
            yield Artifact(f"{path}.html", HTML, _page(plan, path, see).encode())


def _page(plan: Plan, path: str, see: str) -> str:
    target = "../" * path.count("/") + plan.at(see).removeprefix(plan.root)
    there = escape(target)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(path)}</title>\n'
        f'<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="0; url={there}">\n</head>\n'
        f'<body>\n<p>What you ask for is described at <a href="{there}">{escape(see)}</a>.</p>\n</body>\n</html>\n'
    )
