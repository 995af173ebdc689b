"""The list of names (:mod:`saite.naming`): which paths name things, and which documents tell of what is no more."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Final

from saite import naming
from saite.artifact import Artifact
from saite.iri import normal, uri
from saite.namespaces import DCT, OWL, PREFIXES, RDF_TYPE, SKOS
from saite.naming import Name
from saite.render.catalogue.model import DOCUMENT as CATALOGUE
from saite.render.catalogue.model import root
from saite.render.dataset import CREATOR, creators, dataset
from saite.render.offers import Offered, nothing
from saite.render.pieces import OfWhole, Part, Placed, untouched
from saite.schemaorg import SCHEMA, Vocabulary
from saite.schemaorg.mapping import THING
from saite.signposting import listed
from saite.site.model import Site
from saite.terms import Literal, NamedNode, Subject

_DEPRECATED: Final = NamedNode(OWL + "deprecated")
_IS_REPLACED_BY: Final = NamedNode(DCT + "isReplacedBy")
_LICENSE: Final = NamedNode(DCT + "license")
_TRUE: Final = ("true", "1")
_MOST_TYPES: Final = 3  # of a node that is many things
_TOGETHER: Final = 10_000  # sets of classes of which the words are kept
_WHOLES: Final = tuple(
    map(
        NamedNode,
        (PREFIXES["dcat"] + "Dataset", PREFIXES["void"] + "Dataset", OWL + "Ontology", SKOS + "ConceptScheme"),
    )
)


def renderer(site: Site) -> "Names":
    """The renderer of the list of names."""
    return Names(site)


class Names(OfWhole):
    """Writes one file; see :func:`renderer`.

    Attributes:
        offered: tells the dumps and tables of the whole.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.offered: Offered = nothing

    def parts(self) -> Sequence[Part]:
        """The list, with its place."""
        return (Placed(self._list, (naming.FILE_NAME,), after=untouched),)

    def _list(self) -> Iterator[Artifact]:
        yield Artifact(naming.FILE_NAME, "application/json", self._rows)

    def _rows(self) -> Iterator[bytes]:
        return naming.write(names(self._site), about(self._site, self.offered()))


def about(site: Site, offered: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """What holds for the whole site: see :func:`saite.naming.write`.

    The licence is there if what is published has just one; what is offered, if there is a data set that it is part of.

    Args:
        site: the site.
        offered: paths and media types of the dumps and tables of the whole.
    """
    found = {"base": site.base, **_licence(site)}
    node = dataset(site)
    if node is not None:
        authors = " ".join(map(uri, creators(site, node)))
        items = listed(offered)
        found["dataset"] = site.addresses.document(node) or ""
        found |= {key: value for key, value in (("author", authors), ("items", items)) if value}
        if "catalogue" in site.config.formats and root(site):
            found["catalogue"] = f"{CATALOGUE}.ttl"
    if site.config.linksets:
        found["linksets"] = " ".join(site.config.linksets)
    return found


def _licence(site: Site) -> dict[str, str]:
    for kind in _WHOLES:
        of_kind = [node for quad in site.quads(None, RDF_TYPE, kind) if isinstance(node := quad.subject, NamedNode)]
        licences = {licence.value for node in of_kind for licence in _nodes(site, node, _LICENSE)}
        if licences:
            return {"license": licences.pop()} if len(licences) == 1 else {}
    return {}


def names(site: Site) -> Iterator[Name]:
    """Every name of a site, sorted; a path that a document has, and an IRI of another document too, is the former's."""
    lost = gone(site)
    kinds = Kinds(site)
    documents = (_document(node, site.addresses.document(node) or "", lost, kinds) for node in site.pages)
    last = ""
    for name in heapq.merge(documents, _things(site), key=lambda name: naming.key(name.path)):
        if name.path != last:
            yield name
        last = name.path


class Lookup:
    """The same names, found one at a time: what a server asks that has no list.

    Args:
        site: the site.
        offered: see :func:`about`.

    Attributes:
        whole: see :func:`about`.
    """

    def __init__(self, site: Site, offered: Iterable[tuple[str, str]] = ()) -> None:
        self._site = site
        self._base = normal(site.base)
        self.whole: Mapping[str, str] = about(site, offered)
        self._kinds = Kinds(site)
        self._some_gone = next(iter(site.quads(None, _DEPRECATED)), None) is not None

    def name(self, path: str, classes: Sequence[NamedNode] | None = None) -> Name | None:
        """What a path names, as the row of :func:`names` has it.

        Args:
            path: the path.
            classes: those of what the document of that path describes; None: they are looked up.
        """
        node = self._site.addresses.node(path)
        if node is not None:
            lost = gone(self._site, node) if self._some_gone else {}
            return _document(node, path, lost, self._kinds, classes)
        things = [(self._rank(node), see) for node in self._asking(path) if (see := self._document_of(node))]
        return Name(path, see=min(things)[1]) if things else None

    def _asking(self, path: str) -> Iterator[NamedNode]:
        """The nodes whose IRIs ask for a path."""
        yield from self._unusual.get(path, ())
        if path and self._base:
            try:
                node = NamedNode(self._base + path)
            except ValueError:  # no IRI has such characters
                return
            if requested(self._site, node) == path:
                yield node

    def _document_of(self, node: NamedNode) -> str:
        return self._site.addresses.document(node) or ""

    def _rank(self, node: NamedNode) -> tuple[bool, str]:
        """Pages come before folded nodes, the former by document, the latter by IRI."""
        document = self._document_of(node)
        return ("#" in document, node.value if "#" in document else document)

    @cached_property
    def _unusual(self) -> Mapping[str, Sequence[NamedNode]]:
        """The nodes that are not written as their IRIs are looked up, by the paths that they ask for."""
        found: dict[str, list[NamedNode]] = {}
        for node in (*self._site.pages, *self._site.folded):
            iri = node.value
            if not (iri.isascii() and "%" not in iri) and normal(iri) != iri and (path := requested(self._site, node)):
                found.setdefault(path, []).append(node)
        return found


class Kinds:
    """What nodes are in the words of schema.org, and who has made them.

    Args:
        site: the site; it is asked for two properties of a node at most.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._vocabulary = Vocabulary(site.quads)
        self._authored = next(iter(site.quads(None, CREATOR)), None) is not None
        self.type = lru_cache(maxsize=_TOGETHER)(self._type)

    def _type(self, classes: tuple[object, ...]) -> str:
        """What has some classes, see :class:`saite.naming.Name`; that it is a thing is not worth saying."""
        words = self._vocabulary.types(classes)
        return " ".join(word.value.removeprefix(SCHEMA) for word in words[:_MOST_TYPES] if word != THING)

    def author(self, node: NamedNode) -> str:
        """See :class:`saite.naming.Name`."""
        return " ".join(map(uri, creators(self._site, node))) if self._authored else ""

    def name(self, node: NamedNode, document: str, classes: Sequence[object] | None = None) -> Name:
        """The name of a node's document, but for whether it is gone; its classes are looked up if not given."""
        if classes is None:
            classes = [quad.object for quad in self._site.quads(node, RDF_TYPE)]
        return Name(document, iri=node.value, type=self.type(tuple(classes)), author=self.author(node))


def _document(
    node: NamedNode,
    document: str,
    lost: Mapping[NamedNode, str],
    kinds: Kinds,
    classes: Sequence[NamedNode] | None = None,
) -> Name:
    name = kinds.name(node, document, classes)
    return replace(name, gone=True, successor=lost[node]) if node in lost else name


def _things(site: Site) -> Iterator[Name]:
    asked = ((path, node) for node in (*site.pages, *site.folded) if (path := requested(site, node)))
    for path, node in sorted(asked, key=lambda thing: naming.key(thing[0])):
        document = site.addresses.document(node)
        if document is not None and document != path:
            yield Name(path, see=document)


def requested(site: Site, node: NamedNode) -> str:
    """The path by which an IRI asks the site's server; "" if it asks another, or for another document first."""
    base = normal(site.base)
    iri = normal(node.value)
    return iri[len(base) :] if base and iri.startswith(base) and "#" not in iri else ""


def gone(site: Site, about: NamedNode | None = None) -> dict[NamedNode, str]:
    """What is no more, and what has taken its place; of one node, or of all."""
    found: dict[NamedNode, str] = {}
    for quad in site.quads(about, _DEPRECATED):
        if isinstance(quad.object, Literal) and quad.object.value in _TRUE and isinstance(quad.subject, NamedNode):
            successors = _nodes(site, quad.subject, _IS_REPLACED_BY)
            one = min(successors, key=lambda node: node.value, default=None)
            found[quad.subject] = (site.addresses.document(one) or one.value) if one is not None else ""
    return found


def _nodes(site: Site, subject: Subject, predicate: NamedNode) -> set[NamedNode]:
    return {quad.object for quad in site.quads(subject, predicate) if isinstance(quad.object, NamedNode)}
