"""Responses of an endpoint: what all of them have, whole ones, refusals."""

import hashlib
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from saite.artifact import HTML
from saite.serve.negotiate import media_quality, parse_accept
from saite.serve.sparql.formats import FORMATS
from saite.serve.sparql.page import POLICY
from saite.serve.sparql.problem import JSON, Problem
from saite.serve.sparql.protocol import FORM, METHODS, QUERY

ALLOW: Final = ", ".join(METHODS)
HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, ETag, Link, Retry-After, Vary",
    "Cache-Control": "no-cache",
    "Vary": "Accept, Accept-Language",
    "X-Content-Type-Options": "nosniff",
}
"""What every response has."""

_PAGE: Final = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"}
_READ_AS_JSON: Final = (JSON, "application/json", "application/sparql-results+json", "application/ld+json")


def whole(request: Request, content: bytes, media_type: str) -> Response:
    """A whole answer, or that the client has it already (RFC 9110, 13.1.2)."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = HEADERS | {"ETag": tag} | (_PAGE if media_type == HTML else {})
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if request.method in ("GET", "HEAD") and (tag in known or known == ["*"]):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers | {"Content-Type": media_type})


def preflight() -> Response:
    """What a browser asks before it sends a query from another site's page (Fetch standard, CORS)."""
    more = {
        "Allow": ALLOW,
        "Accept-Post": f"{QUERY}, {FORM}",
        "Access-Control-Allow-Methods": ALLOW,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=HEADERS | more)


def refusal_type(request: Request) -> str:
    """The media type in which a client reads of problems: text where it does not say."""
    ranges = parse_accept(request.headers.get("accept", ""))
    if not ranges:
        return "text/plain"
    wished = {
        "text/plain": media_quality("text/plain", ranges),
        HTML: media_quality(HTML, ranges),
        JSON: max(media_quality(media_type, ranges) for media_type in _READ_AS_JSON),
    }
    return max(wished, key=lambda media_type: wished[media_type])


def refusal(problem: Problem, content: bytes, media_type: str) -> Response:
    """A problem, which nobody keeps."""
    headers = HEADERS | {"Cache-Control": "no-store"} | problem.headers | (_PAGE if media_type == HTML else {})
    return Response(content, problem.status, headers | {"Content-Type": media_type})


def unacceptable(wish: str, kinds: frozenset[str]) -> Problem:
    """Nothing that could be had is wanted."""
    can = sorted({form.media_type.partition(";")[0] for form in FORMATS if form.kinds & kinds})
    return Problem(406, f"nothing here comes as {wish[:200]}", "It can be had as " + ", ".join(can) + ".")
