"""The data set that a site as a whole is, if the data describe it as one: what dumps and pages belong to."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final
from urllib.parse import urlsplit

from saite.namespaces import DCT, PREFIXES, RDF_TYPE
from saite.site.model import Site
from saite.terms import NamedNode

_CLASSES: Final = tuple(
    map(NamedNode, (PREFIXES["dcat"] + "Dataset", PREFIXES["void"] + "Dataset", PREFIXES["schema"] + "Dataset"))
)
CREATOR: Final = NamedNode(DCT + "creator")


def dataset(site: Site) -> NamedNode | None:
    """The one that the settings name; else the one on the host of the site's base; of several, that which is the base.

    It has a page. A site that lists many data sets is none itself: then there is no such node.
    """
    if site.config.catalogue.dataset:
        return NamedNode(site.config.catalogue.dataset)
    whole = [node for node in _of_base(site) if _is_one(site, node)]
    if whole:
        return whole[0]
    some = list(islice(_here(site), 2))
    return some[0] if len(some) == 1 else None


def creators(site: Site, node: NamedNode) -> list[str]:
    """IRIs of who has made what a node stands for (dct:creator), sorted."""
    return sorted(quad.object.value for quad in site.quads(node, CREATOR) if isinstance(quad.object, NamedNode))


def _of_base(site: Site) -> Iterator[NamedNode]:
    """The spellings of the base as a node."""
    plain = site.base.rstrip("#/")
    for end in ("", "/", "#") if plain else ():
        yield NamedNode(plain + end)


def _is_one(site: Site, node: NamedNode) -> bool:
    return site.addresses.document(node) is not None and any(
        quad.object in _CLASSES for quad in site.quads(node, RDF_TYPE)
    )


def _here(site: Site) -> Iterator[NamedNode]:
    host = _host(site.base)
    met: set[NamedNode] = set()
    for quad in chain.from_iterable(site.quads(None, RDF_TYPE, class_) for class_ in _CLASSES):
        node = quad.subject
        if isinstance(node, NamedNode) and node not in met and _host(node.value) == host:
            document = site.addresses.document(node)
            if document is not None and "#" not in document:
                met.add(node)
                yield node


def _host(iri: str) -> str:
    try:
        return urlsplit(iri).netloc
    except ValueError:  # brackets that enclose no IPv6 address
        return ""
