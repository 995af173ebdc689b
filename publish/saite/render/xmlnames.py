"""What RDF/XML can say and what not; every room that links to an ``.rdf`` file asks here whether there is one.

Two things keep a graph out of RDF/XML (RDF 1.1 XML Syntax): a property whose IRI does not end in an XML name, or is
one of the names that the syntax keeps for itself (section 5.1); and a text with characters that XML 1.0 does not
have, such as U+0000.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from saite.namespaces import RDF
from saite.render.names import Kept
from saite.site.triples import Triples
from saite.terms import Literal, NamedNode, Triple

# Letters that are name characters in the fourth and in the fifth edition of XML 1.0: parsers follow either.
_LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0388-\u038a\u038e-\u03a1"
    "\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e-\u0481\u05d0-\u05ea\u0621-\u063a\u3041-\u3094"
    "\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
_NAME: Final = f"[{_LETTERS}_][{_LETTERS}0-9_.-]*"
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RESERVED_NAMESPACES: Final = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")
_RESERVED: Final = frozenset(
    RDF + name
    for name in (
        *("RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "li"),
        *("aboutEach", "aboutEachPrefix", "Description"),
    )
)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first needed."""
    return re.compile(form)


def is_name(text: str) -> bool:
    """Whether a text is an XML name without a colon, for any parser."""
    return _pattern(_NAME).fullmatch(text) is not None


def split(iri: str) -> tuple[str, str] | None:
    """An IRI as namespace and XML name, the name as long as may be; None if it cannot name an element."""
    match = _pattern(_NAME + "$").search(iri)
    if match is None or match.start() == 0 or iri in _RESERVED:
        return None
    namespace = iri[: match.start()]
    return None if namespace in _RESERVED_NAMESPACES else (namespace, match[0])


class ElementNames(Kept[NamedNode, tuple[str, str] | None]):
    """IRI -> :func:`split` of it. Fills itself."""

    def __init__(self) -> None:
        super().__init__(lambda iri: split(iri.value))


_names: Final = ElementNames()


def obstacle(triples: Iterable[Triple]) -> str:
    """Why a graph cannot be written as RDF/XML, in English; "" if it can."""
    for predicate, terms in _statements(triples):
        if _names[predicate] is None:
            return f"the property <{predicate.value}> does not end in a name that XML can write"
        for term in terms:
            # what is printable has nothing that XML has not, and is known to be so sooner
            if type(term) is Literal and not term.value.isprintable():
                match = _ILLEGAL.search(term.value)
                if match is not None:
                    return f"a value of <{predicate.value}> has the character U+{ord(match[0]):04X}, which XML has not"
    return ""


def _statements(triples: Iterable[Triple]) -> Iterator[tuple[NamedNode, Iterable[object]]]:
    if isinstance(triples, Triples):
        for said in triples.about.values():
            yield from said.items()
    else:
        yield from ((triple.predicate, (triple.object,)) for triple in triples)
