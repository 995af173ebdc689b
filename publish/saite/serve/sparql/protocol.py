"""What a request asks, by the SPARQL 1.1 Protocol (W3C Recommendation, 2013; section numbers are its)."""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from saite.serve.sparql.limits import Limits
from saite.serve.sparql.problem import Problem

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_FIELDS: Final = 1_000

_READ_ONLY: Final = Problem(
    403,
    "this endpoint is read-only, and takes no updates",
    "Ask with query=; whoever wants to change the data changes the files of the site.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks.

    Attributes:
        query: the query, or None where there is none.
        default_graphs: values of ``default-graph-uri``.
        named_graphs: values of ``named-graph-uri``.
        format: value of ``format``, "" for none.
        seconds: value of ``timeout``, no more than the limit.
        language: value of ``lang``: the language of a page, "" for none.
        example: value of ``example``: the name of an example query, "" for none.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str
    seconds: float
    language: str
    example: str


async def read(request: Request, limits: Limits) -> Asked:
    """What a request asks (section 2.1).

    Raises:
        Problem: it is no request of the protocol, or one for an update.
    """
    pairs = form_fields(request.scope["query_string"], "query string")
    direct: str | None = None
    if request.method == "POST":
        media_type, charset = content_type(request)
        if request.headers.get("content-encoding", "identity") != "identity":
            raise Problem(415, "compressed requests are not taken", "Send the query as it is.")
        if media_type == UPDATE:
            raise _READ_ONLY
        if media_type not in (FORM, QUERY):
            raise Problem(
                415,
                f"a POST with {media_type or 'no Content-Type'} is no query",
                f"Send the query as {QUERY}, or as the field query of {FORM}.",
                headers={"Accept-Post": f"{QUERY}, {FORM}"},
            )
        if charset not in ("", "utf-8", "utf8"):
            raise Problem(415, f"the query is in {charset}", "Send it in UTF-8 (section 2.1.3 of the protocol).")
        try:
            async with asyncio.timeout(limits.receiving):
                body = await received(request, limits.text)
        except TimeoutError:
            raise Problem(
                408,
                f"the query was not here within {limits.receiving:g} seconds",
                "Send it anew.",
                limit="receiving",
                headers={"Connection": "close"},
            ) from None
        if media_type == FORM:
            pairs += form_fields(body, "form")
        else:
            direct = _decoded(body, "query")
    if any(name == "update" for name, _ in pairs):
        raise _READ_ONLY
    queries = [value for name, value in pairs if name == "query"]
    if direct is not None:
        queries.append(direct)
    if len(queries) > 1:
        raise Problem(400, "there are several queries in one request", "Send one query.")
    if request.method == "POST" and not queries:
        raise Problem(400, "there is no query in this POST", "Send one as the field query.")
    if queries and len(queries[0]) > limits.text:
        raise _too_long(limits.text)
    return Asked(
        query=queries[0] if queries else None,
        default_graphs=_all(pairs, "default-graph-uri"),
        named_graphs=_all(pairs, "named-graph-uri"),
        format=_last(pairs, "format"),
        seconds=_seconds(_last(pairs, "timeout"), limits.seconds),
        language=_last(pairs, "lang"),
        example=_last(pairs, "example"),
    )


def content_type(request: Request) -> tuple[str, str]:
    """The media type and the charset of a request's body."""
    media_type, *parameters = (part.strip() for part in request.headers.get("content-type", "").split(";"))
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return media_type.lower(), charset


async def received(request: Request, most: int) -> bytes:
    """The body, of which no more is read than a query may have.

    Raises:
        Problem: it is longer.
    """
    parts: list[bytes] = []
    size = 0
    most *= 3  # in a form, each byte may be written as three
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise _too_long(most)
            parts.append(part)
    except ClientDisconnect:
        return b""
    return b"".join(parts)


def _too_long(most: int) -> Problem:
    return Problem(413, f"the query is longer than the limit of {most} bytes", "Shorten it.", limit="text")


def form_fields(data: bytes, what: str) -> list[tuple[str, str]]:
    """Names and values of a query string or a form.

    Raises:
        Problem: they are not in UTF-8, or too many.
    """
    try:
        return parse_qsl(
            data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS, strict_parsing=False
        )
    except UnicodeDecodeError as error:
        raise Problem(400, f"the {what} is not UTF-8 in percent-encoding", "Encode it so.") from error
    except ValueError as error:
        raise Problem(400, f"the {what} has too many fields", "Send what is needed.") from error


def _decoded(data: bytes, what: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"the {what} is not UTF-8", "Send it in UTF-8.") from error


def _all(pairs: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in pairs if name == wanted)


def _last(pairs: Sequence[tuple[str, str]], wanted: str) -> str:
    return next((value for name, value in reversed(pairs) if name == wanted), "")


def _seconds(text: str, most: float) -> float:
    if not text:
        return most
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise Problem(400, f"timeout={text[:40]!r} is no number of seconds", f"Give a number up to {most:g}.")
    return min(seconds, most)
