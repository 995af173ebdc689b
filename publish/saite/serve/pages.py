"""The pages that only the preview has, and the script that reloads a page when the site was built anew."""

from html import escape
from typing import Final

RELOAD_PATH: Final = "/.saite/reload"
SCRIPT_PATH: Final = "/.saite/reload.js"

SCRIPT: Final = f"""\
const shown = document.currentScript.dataset.generation;
new EventSource("{RELOAD_PATH}").addEventListener("generation", (event) => {{
  if (event.data !== shown) location.reload();
}});
"""

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:3rem auto;padding:0 1rem}"
    "h1{font-size:1.4rem;color:#a11}pre{background:#f4f4f4;padding:1rem;"
    "white-space:pre-wrap;overflow-wrap:anywhere;border-left:4px solid #a11}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}pre{background:#222}h1{color:#f77}}"
)


def with_reload(page: bytes, generation: str) -> bytes:
    """An HTML page with the reload script in it; the files on the disk never have it."""
    tag = f'<script src="{SCRIPT_PATH}" data-generation="{escape(generation)}"></script>'.encode()
    head, body, tail = page.rpartition(b"</body>")
    return head + tag + body + tail if body else page + tag


def page(title: str, text: str) -> bytes:
    """A page of the preview's own, with one message."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1><pre>{escape(text)}</pre></body></html>"
    ).encode()
