"""Requests as the services of a reconciliation service get them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from saite.serve.reconcile.limits import Limits
from saite.serve.sparql.problem import Problem
from saite.serve.sparql.protocol import FORM, content_type, form_fields, received

JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Call:
    """A request.

    Attributes:
        service: which service is asked, as a path: ``suggest/entity``.
        method: of HTTP.
        draft: whether it is one of the draft.
        language: of the reader.
        address: of the whole service in this version (and language).
        home: address of the site's front page.
        root: relative reference to it.
        fields: its query string and its form.
        content: its body, if it is JSON.
    """

    service: str
    method: str
    draft: bool
    language: str
    address: str
    home: str
    root: str
    fields: Mapping[str, str]
    content: bytes | None

    def __getitem__(self, name: str) -> str:
        """A field, "" if it is not there."""
        return self.fields.get(name, "")


def allowed(service: str, *, draft: bool) -> tuple[str, ...]:
    """The methods of a service."""
    if service == "match":
        return ("POST",)
    if service == "extend":
        return ("POST",) if draft else ("GET", "HEAD", "POST")
    return ("GET", "HEAD", "POST") if service == "" and not draft else ("GET", "HEAD")


async def contents(request: Request, limits: Limits) -> tuple[dict[str, str], bytes | None]:
    """The fields of the query string and of a form, and a body of JSON.

    Raises:
        Problem: it is too long, too slow, or of another form.
    """
    found = form_fields(request.scope["query_string"], "query string")
    content: bytes | None = None
    if request.method == "POST":
        media_type, charset = content_type(request)
        if request.headers.get("content-encoding", "identity") != "identity":
            raise Problem(415, "compressed requests are not taken", "Send the request as it is.")
        if charset not in ("", "utf-8", "utf8"):
            raise Problem(415, f"the request is in {charset[:40]}", "Send it in UTF-8.")
        if media_type not in (FORM, JSON):
            told = media_type[:80] or "no Content-Type"
            raise Problem(415, f"a POST with {told} is no query", f"Send {JSON}, or a form ({FORM}).")
        try:
            async with asyncio.timeout(limits.receiving):
                content = await received(request, limits.text)
        except TimeoutError:
            message = f"the request was not here within {limits.receiving:g} seconds"
            raise Problem(408, message, "Send it anew.", headers={"Connection": "close"}) from None
        if media_type == FORM:
            found += form_fields(content, "form")
            content = None
    return dict(found), content
