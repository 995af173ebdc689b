"""Relative IRIs, resolved as the parser does (RFC 3986, section 5)."""

import re
from functools import lru_cache

from pyoxigraph import RdfFormat, parse

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@lru_cache(maxsize=65536)
def resolve(reference: str, base: str) -> str:
    """An absolute IRI; the reference itself where there is no base.

    Raises:
        ValueError: it is no IRI reference.
    """
    if _SCHEME.match(reference) or not base:
        return reference
    try:
        quad = next(parse(f"<{reference}> a <x:> .", format=RdfFormat.TURTLE, base_iri=base))
    except SyntaxError as error:
        raise ValueError(str(error)) from error
    return str(quad.subject)[1:-1]
