"""Small sites with tables, and how triples are compared that a converter has had in its hands."""

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from saite.config import Config
from saite.iri import uri
from saite.namespaces import RDFS_LABEL, XSD
from saite.render.tables import renderer
from saite.render.tables.cells import BOOLEAN, FRACTIONS, INTEGERS
from saite.site import build_site
from saite.site.model import Site
from saite.store import EmbeddedStore
from saite.terms import BlankNode, Literal, NamedNode, Quad, Term, Triple

EX = "https://example.org/"
THING = NamedNode(EX + "def#Thing")
LABEL = RDFS_LABEL

_FRACTION = re.compile(r"(\.\d*?)0+(?=\D|$)")


def config(**settings: object) -> Config:
    """Settings of a site that has no folder."""
    return Config(Path(), **{"base": EX, "languages": ("lv", "en"), **settings})  # type: ignore[arg-type]  # as given


def site_of(triples: Iterable[Triple], **settings: object) -> Site:
    """A site of some triples."""
    return build_site(EmbeddedStore(Quad(t.subject, t.predicate, t.object) for t in triples), config(**settings))


def files_of(site: Site) -> dict[str, bytes]:
    """The files of its tables, by path."""
    return {artifact.path: b"".join(artifact.chunks()) for artifact in renderer(site).whole()}


def alike(triples: Iterable[Triple]) -> set[tuple[str, str, str]]:
    """Triples as CSV on the Web has them: IRIs are URIs (RFC 3987 section 3.1), numbers are values, not spellings."""
    return {(_text(t.subject), _text(t.predicate), _text(t.object)) for t in triples}  # type: ignore[arg-type]


def _text(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<{uri(term.value)}>"
    if isinstance(term, BlankNode):
        return str(term)
    datatype, value = term.datatype.value, term.value
    if datatype in INTEGERS or datatype == XSD + "decimal":
        return f"{Decimal(value).normalize() + 0}^{datatype}"
    if datatype in FRACTIONS:
        return f"{float(value) + 0.0!r}^{datatype}"
    if datatype == BOOLEAN:
        return f"{value in ('true', '1')}^{datatype}"
    if datatype in (XSD + "dateTime", XSD + "dateTimeStamp", XSD + "time"):
        return str(Literal(_FRACTION.sub(_shorter, value), datatype=term.datatype)).replace("+00:00", "Z")
    return str(term)


def _shorter(match: re.Match[str]) -> str:
    return "" if match[1] == "." else match[1]
