"""What Virtuoso does otherwise than other engines, as far as it can be mended when its data are read.

Its own graphs are skipped. It gives 1 for true, and keeps the text of a geometry as numbers of 32 bits under a datatype
of its own. What it loses for good is told in docs/engines.md.
"""

import re
import struct
from typing import Final

from saite.namespaces import XSD
from saite.terms import Literal, NamedNode, Term

VIRTRDF: Final = "http://www.openlinksw.com/schemas/virtrdf#"
"""A namespace of Virtuoso, and the graph by which it is known if it does not tell its name."""

_SYSTEM: Final = re.compile(
    re.escape(VIRTRDF) + r"|http://www\.w3\.org/ns/ldp#|http://www\.w3\.org/2002/07/owl#"
    r"|urn:activitystreams-owl:map|urn:core:services:sparql|http://(localhost(:\d+)?|localuriqaserver)/(sparql|DAV/.*)"
)
_BOOLEAN: Final = NamedNode(XSD + "boolean")
_TRUTH: Final = {"1": Literal("true", datatype=_BOOLEAN), "0": Literal("false", datatype=_BOOLEAN)}
_GEOMETRY: Final = NamedNode(VIRTRDF + "Geometry")
_WKT: Final = NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


def is_system(graph: NamedNode) -> bool:
    """Whether a graph is one of those that Virtuoso keeps for itself."""
    return _SYSTEM.fullmatch(graph.value) is not None


def mended(value: Term) -> Term:
    """A term as it was loaded, where that can be told."""
    if isinstance(value, Literal):
        if value.datatype == _BOOLEAN:
            return _TRUTH.get(value.value, value)
        if value.datatype == _GEOMETRY:
            return Literal(_NUMBER.sub(_shortest, value.value), datatype=_WKT)
    return value


def _shortest(number: re.Match[str]) -> str:
    """The shortest text of the number of 32 bits that is meant; the text itself if it says more than 32 bits can."""
    try:
        meant = _in_32_bits(number[0])
    except OverflowError:
        return number[0]
    if float(f"{meant:.14g}") != float(number[0]):
        return number[0]
    texts = (f"{meant:.{digits}g}" for digits in range(1, 10))
    return next((text for text in texts if "e" not in text and _in_32_bits(text) == meant), number[0])


def _in_32_bits(text: str) -> float:
    value: float = struct.unpack("f", struct.pack("f", float(text)))[0]
    return value


__all__ = ["VIRTRDF", "is_system", "mended"]
