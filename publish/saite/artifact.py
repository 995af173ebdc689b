"""One published file: what every renderer makes, and what the folder and the server take."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

ENTRY_POINTS: Final = "saite.renderers"
"""The group of entry points by which users join renderers of their own."""


class Artifact(NamedTuple):
    """One representation, ready to be written or served.

    Attributes:
        path: relative POSIX path below the site's root, made safe by :mod:`saite.iri`.
        media_type: media type with parameters, as it stands in ``Content-Type``.
        content: the bytes, or (for what is too large to hold) a function that yields them anew at each call.
        document: the extensionless document that this file represents ("" for an asset).
        language: BCP 47 tag of an HTML page's language, "" for language-neutral files.
        modified: xsd:date or xsd:dateTime that the data gives as last modification, "" where it says nothing.
        profile: IRI of what the file conforms to (:mod:`saite.profile`), "" for the plain description, and for pages.
    """

    path: str
    media_type: str
    content: bytes | Callable[[], Iterable[bytes]]
    document: str = ""
    language: str = ""
    modified: str = ""
    profile: str = ""

    def chunks(self) -> Iterable[bytes]:
        """The content in pieces."""
        if isinstance(self.content, bytes):
            return (self.content,)
        return self.content()


HTML = "text/html; charset=utf-8"
TURTLE = "text/turtle; charset=utf-8"
TRIG = "application/trig; charset=utf-8"
JSON_LD = "application/ld+json"
N_TRIPLES = "application/n-triples"
N_QUADS = "application/n-quads"
RDF_XML = "application/rdf+xml"
