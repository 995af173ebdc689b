"""Which addresses outside the site its pages lead to, and what kind of link does."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from saite.config import Config
from saite.iri import safe_href
from saite.namespaces import DCT, OWL, PREFIXES, RDF, RDFS, SH, SKOS, XSD
from saite.store.protocol import Store
from saite.terms import Literal, NamedNode, Subject, Term, Triple

KINDS: Final = ("same", "page", "source", "vocabulary", "other")
"""Kinds of links: to the same or like things; to pages; to sources; to terms of vocabularies; all others."""

_OLD_SCHEMA: Final = "http://schema.org/"
_SAME: Final = frozenset(
    NamedNode(iri)
    for iri in (
        OWL + "sameAs",
        *(SKOS + f"{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
        PREFIXES["schema"] + "sameAs",
        _OLD_SCHEMA + "sameAs",
    )
)
_PAGES: Final = frozenset(
    NamedNode(iri)
    for iri in (
        RDFS + "seeAlso",
        *(PREFIXES["foaf"] + name for name in ("page", "homepage", "isPrimaryTopicOf", "depiction", "logo", "img")),
        *(PREFIXES["dcat"] + name for name in ("landingPage", "accessURL", "downloadURL", "endpointURL")),
        *(DCT + name for name in ("license", "rights", "references")),
        *(base + name for base in (PREFIXES["schema"], _OLD_SCHEMA) for name in ("url", "image", "license")),
        *(PREFIXES["vcard"] + name for name in ("url", "hasURL")),
    )
)
_SOURCES: Final = frozenset(
    NamedNode(iri)
    for iri in (
        DCT + "source",
        PREFIXES["dc"] + "source",
        *(PREFIXES["prov"] + name for name in ("wasDerivedFrom", "hadPrimarySource", "wasQuotedFrom")),
        *(base + "citation" for base in (PREFIXES["schema"], _OLD_SCHEMA)),
    )
)
_VOCABULARIES: Final = (RDF, RDFS, OWL, SH)
"""What these say, they say of classes and properties; what is a page or the same thing is told before."""

_ANY_URI: Final = NamedNode(XSD + "anyURI")


@dataclass(frozen=True, slots=True)
class Target:
    """A statement that leads out of the site.

    Attributes:
        url: what is asked for: the IRI without its fragment.
        kind: of the link.
        subject, predicate, value: the statement.
    """

    url: str
    kind: str
    subject: Subject
    predicate: NamedNode
    value: Term

    @property
    def names(self) -> bool:
        """Whether the IRI is a name first, and only then an address."""
        return self.kind in ("same", "vocabulary")


def targets(store: Store, config: Config, home: str, kinds: Sequence[str] = KINDS) -> Iterator[Target]:
    """The statements whose objects are addresses outside a site: IRIs and texts of the type ``xsd:anyURI``.

    Args:
        store: the data.
        config: the settings: which property leads from statements to their sources.
        home: where the site's IRIs live.
        kinds: of links, as many as are wanted.
    """
    sources = _SOURCES | ({NamedNode(config.statements.source)} if config.statements else set())
    homes = tuple(filter(None, (home, config.url)))
    seen: set[tuple[Subject, NamedNode, Term]] = set()
    for quad in store.quads():
        subject, value = quad.subject, quad.object
        assert not isinstance(subject, Triple), "sources refuse triple terms"
        if type(value) is Literal:
            if value.datatype != _ANY_URI:
                continue
        elif type(value) is not NamedNode:
            continue
        url = value.value.partition("#")[0]
        if not url.lower().startswith(("http://", "https://")) or safe_href(url) is None:
            continue
        if homes and value.value.startswith(homes):
            continue
        kind = _kind(quad.predicate, sources)
        statement = (subject, quad.predicate, value)
        if kind in kinds and statement not in seen:
            seen.add(statement)
            yield Target(url, kind, *statement)


def _kind(predicate: NamedNode, sources: AbstractSet[NamedNode]) -> str:
    if predicate in _SAME:
        return "same"
    if predicate in sources:
        return "source"
    if predicate in _PAGES:
        return "page"
    return "vocabulary" if predicate.value.startswith(_VOCABULARIES) else "other"
