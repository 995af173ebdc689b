"""Refusals and what was not found, in the form that a client reads, and with nothing of the machine in them."""

from collections.abc import Sequence
from html import escape
from typing import Final

import orjson

from saite.artifact import HTML, N_TRIPLES, RDF_XML, TURTLE
from saite.serve.negotiate import media_quality, parse_accept

PROBLEM_JSON: Final = "application/problem+json"
TEXT: Final = "text/plain; charset=utf-8"

TITLES: Final = {
    400: "The request makes no sense",
    404: "There is nothing at this address",
    405: "This method does nothing here",
    406: "There is no such form of this document",
    410: "What was here is no more",
    412: "The document is not what the request expects",
    414: "The address is too long",
    416: "The document ends before the range begins",
    500: "The server has failed",
    503: "The site is being published anew",
}

_JSON: Final = ("application/ld+json", "application/json", PROBLEM_JSON)
_FORMS: Final = (HTML, TURTLE, N_TRIPLES, RDF_XML, PROBLEM_JSON, TEXT)


def form(accept: str) -> str:
    """The media type in which a client reads of a problem: HTML if it says nothing, text if it takes none of ours."""
    ranges = parse_accept(accept)
    if not ranges:
        return HTML
    wished = {media_type: media_quality(media_type, ranges) for media_type in _FORMS}
    wished[PROBLEM_JSON] = max(media_quality(media_type, ranges) for media_type in _JSON)
    best = max(_FORMS, key=lambda media_type: wished[media_type])
    return best if wished[best] > 0 else TEXT


def content(status: int, detail: str, media_type: str, root: str, links: Sequence[tuple[str, str]] = ()) -> bytes:
    """The body that tells of a problem.

    RDF has it in comments: the graph says nothing, for there is nothing to say.

    Args:
        status: see :data:`TITLES`.
        detail: what to do, in a sentence.
        media_type: of :func:`form`.
        root: relative reference to the site's front page.
        links: addresses that help, with the names by which they are told.
    """
    title = TITLES[status]
    if media_type == HTML:
        items = "".join(f'<li><a href="{escape(address)}">{escape(name)}</a></li>' for address, name in links)
        listed = f"<ul>{items}</ul>" if items else ""
        return (
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{status}: {escape(title)}</title>\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="robots" content="noindex">\n<link rel="stylesheet" href="{root}assets/saite.css">\n</head>\n'
            f'<body>\n<main id="main" class="wide"><section class="prose">\n<h1>{escape(title)}</h1>\n'
            f"<p>{escape(detail)}</p>\n{listed}\n"
            f'<p><a class="button" href="{root or "./"}">Go to the front page</a></p>\n'
            "</section></main>\n</body>\n</html>\n"
        ).encode()
    if media_type == PROBLEM_JSON:  # RFC 9457
        problem: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        if links:
            problem["links"] = [{"href": address, "title": name} for address, name in links]
        return orjson.dumps(problem, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    lines = [f"{status}: {title}. {detail}", *(f"{name}: {address}" for address, name in links)]
    plain = [line.translate(_BREAKS) for line in lines]
    if media_type == RDF_XML:
        comment = "\n".join(plain).replace("--", "- -")
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {comment} -->\n'
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>\n'
        ).encode()
    mark = "# " if media_type in (TURTLE, N_TRIPLES) else ""
    return "".join(f"{mark}{line}\n" for line in plain).encode()


_BREAKS: Final = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ")
