"""The block of a page for search engines: JSON-LD in the words of schema.org, in a script that no browser runs.

It is apart from the site's own JSON-LD, which says everything: here stands what search engines show. Browsers take
a script of this type for data (HTML 4.12.1), so that the policy for scripts does not concern it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from saite.render.html.table import clean, ready

_SPECIAL: Final = re.compile("[<>&\u2028\u2029]")
"""What could end the script, begin a comment in it (HTML 4.12.1.3), or break a line of a program that reads it."""


def script(nodes: Iterable[str]) -> str:
    """Encoded nodes as an element for the head of a page."""
    graph = ",".join(nodes)
    return ready(f'<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{graph}]}}</script>')


def encoded(value: object) -> str:
    """A value as JSON that may stand in a script."""
    text = clean(orjson.dumps(value).decode())
    return _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The way to a page, from the addresses and names of those above it: what stands around the page's own title."""
    items: list[dict[str, Any]] = [
        {"@type": "ListItem", "position": number, "name": name, "item": {"@id": address}}
        for number, (address, name) in enumerate(steps, 1)
    ]
    items.append({"@type": "ListItem", "position": len(steps) + 1, "name": 0})
    start, _, end = encoded({"@type": "BreadcrumbList", "itemListElement": items}).rpartition("0")
    return start, end
