"""Header fields that every answer has, whoever gives it: the door, and the rules for other hosts."""

from functools import cache
from typing import Final

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'"
)
"""What browsers let a page do (Content-Security-Policy): nothing that is not the site's own, no script within it.

The site's own scripts may compile WebAssembly: the engine with which the query page answers in the browser.
"""

ALWAYS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Allow, Content-Language, Content-Location, Content-Profile, Content-Range, ETag, Link, Location, "
        "Retry-After, Vary"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
"""Fields of every answer."""

ALLOW: Final = "GET, HEAD, OPTIONS"
"""The methods that do something."""

PREFLIGHT: Final = {
    "Allow": ALLOW,
    "Access-Control-Allow-Methods": ALLOW,
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Accept-Profile, If-Match, If-Modified-Since, If-None-Match, Range"
    ),
    "Access-Control-Max-Age": "86400",
}
"""Fields of the answer to OPTIONS (Fetch standard, CORS protocol)."""

_COMPRESSIBLE: Final = ("text/", "application/ld+json", "application/json", "application/n-", "application/rdf+xml")
_COMPRESSIBLE_TOO: Final = (
    "image/svg+xml",
    "application/trig",
    "application/xml",
    "application/problem+json",
    "application/linkset",
    "application/csvm+json",
)

VARY: Final = "Accept, Accept-Language"
"""What the answer for a document depends on."""

VARY_BY_PROFILE: Final = "Accept, Accept-Language, Accept-Profile"
"""What it depends on where the document has several profiles."""


@cache
def compressible(media_type: str) -> bool:
    """Whether compressing what is of a media type is worth its while."""
    return media_type.startswith(_COMPRESSIBLE + _COMPRESSIBLE_TOO)


CSV_METADATA: Final = "-metadata.json"
"""What follows the name of a CSV file in that of its metadata (Model for Tabular Data and Metadata on the Web, 5.3)."""
