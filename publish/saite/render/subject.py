"""What a site as a whole is about, where its settings do not say: the ontology, catalogue, scheme or data set in it."""

from collections.abc import Iterable
from typing import Final

from saite.namespaces import OWL, PREFIXES, SKOS
from saite.site.model import Site
from saite.terms import NamedNode

_SCHEME: Final = NamedNode(SKOS + "ConceptScheme")
_ONTOLOGY: Final = NamedNode(OWL + "Ontology")
_WHOLES: Final = (
    NamedNode(PREFIXES["dcat"] + "Catalog"),
    _ONTOLOGY,
    _SCHEME,
    NamedNode(PREFIXES["void"] + "Dataset"),
    NamedNode(PREFIXES["dcat"] + "Dataset"),
)
"""Classes of what describes a collection, in the order in which they are asked."""


def subject(site: Site) -> NamedNode | None:
    """The one node that describes the whole of a site; None if there is none, or several that have an equal claim.

    It has a name and is on the host of the base. Of several of one class, that which is the base itself counts.
    """
    host = _host(site.base)
    for class_ in _WHOLES:
        named = [node for node in _members(site, class_) if _host(node.value) == host and site.labels.all(node)]
        whole = [node for node in named if node.value.rstrip("#/") == site.base.rstrip("#/")] or named
        if len(whole) == 1:
            return whole[0]
    return None


def _members(site: Site, class_: NamedNode) -> Iterable[NamedNode]:
    if class_ == _SCHEME:  # also those that only their concepts name
        return [listing.node for listing in site.listings if listing.kind == "scheme"]
    if class_ == _ONTOLOGY:
        return site.ontologies
    listing = next((one for one in site.listings if one.kind == "class" and one.node == class_), None)
    return listing.members if listing is not None else ()


def _host(iri: str) -> str:
    return "/".join(iri.split("/", 3)[:3]).rstrip("#")
