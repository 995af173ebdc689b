"""What each page says, in site terms: no HTML, no serialization. These values are the joint between site and render."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from saite.artifact import Artifact
from saite.config import Config
from saite.finding import Finding
from saite.terms import Literal, NamedNode, Subject, Term, Triple


@dataclass(frozen=True, slots=True)
class Provenance:
    """One statement node (``[statements]`` of saite.toml) behind a value: who says so, in which words.

    Attributes:
        node: the statement node itself.
        stated: the value as the source has it, if the statement gives one.
        accepted: the value published instead, where it differs.
        quotes: verbatim words of the source.
        paraphrases: the source's content in the editors' words.
        sources: the source documents.
        status: the review status (a concept), if given.
        notes: the reason of a correction or doubt.
        rest: the statement node's other properties.
    """

    node: NamedNode
    stated: Term | None
    accepted: Term | None
    quotes: tuple[Literal, ...]
    paraphrases: tuple[Literal, ...]
    sources: tuple[NamedNode, ...]
    status: NamedNode | None
    notes: tuple[Literal, ...]
    rest: "tuple[Row, ...]" = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One object of a property.

    Attributes:
        term: the object itself.
        rows: for a blank node shown inside its parent: its own properties. Empty otherwise.
        items: for an RDF list: its members, in order. None if it is not a list.
        repeated: the blank node was shown already further up (a cycle, or a shared node): show a reference to
            its anchor ``#b-{label}`` in place of its properties.
        provenance: the statements behind this value.
    """

    term: Term
    rows: "tuple[Row, ...]" = ()
    items: "tuple[Value, ...] | None" = None
    repeated: bool = False
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One property with its values, in reading order; ``provenance``: statements that match no published value."""

    property: NamedNode
    values: tuple[Value, ...]
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class FoldedNode:
    """A node without a page of its own, shown inside this one.

    Attributes:
        node: the folded node.
        anchor: fragment of the page at which it is shown (its IRI answers 303 to page#anchor).
        rows: its properties; ``provenance`` of their values included.
    """

    node: Subject
    anchor: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FoldTable:
    """Folded nodes of one class that point to this page's resource by one property, as a table.

    Attributes:
        type: the class of the nodes.
        via: the property that led here (the table leaves its column out).
        columns: the properties that make the columns.
        nodes: one per line, in reading order.
    """

    type: NamedNode
    via: NamedNode
    columns: tuple[NamedNode, ...]
    nodes: tuple[FoldedNode, ...]


@dataclass(frozen=True, slots=True)
class Backlinks:
    """Resources that point here by one property: ``total`` of them, of which ``subjects`` are shown on this page.

    The rest is on further pages (:attr:`Resource.backlink_pages`).
    """

    property: NamedNode
    total: int
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource with a page: everything that any of its representations says.

    Attributes:
        node: its IRI (a blank node never has a page).
        document: extensionless path of its document below the site's root, e.g. ``project/vet-2019``.
        triples: its description for the RDF forms: outgoing triples, blank-node closure, folded nodes with
            theirs; sorted by :func:`saite.terms.sorted_triples`; all RDF forms are this graph.
        types: its classes, most specific first.
        rows: properties in reading order, labels and types left out.
        tables: folded nodes.
        backlinks: who points here (first page of each).
        backlink_pages: further pages of backlinks, each a tuple of groups.
        deprecated: owl:deprecated true.
        modified: dct:modified of the resource, "" where the data says nothing.
    """

    node: NamedNode
    document: str
    triples: tuple[Triple, ...]
    types: tuple[NamedNode, ...] = ()
    rows: tuple[Row, ...] = ()
    tables: tuple[FoldTable, ...] = ()
    backlinks: tuple[Backlinks, ...] = ()
    backlink_pages: tuple[tuple[Backlinks, ...], ...] = ()
    label_provenance: tuple[Provenance, ...] = ()
    deprecated: bool = False
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """An index page: the instances of a class, the uses of a property, the concepts of a scheme.

    Attributes:
        kind: ``class``, ``property`` or ``scheme``.
        node: the class, property or scheme.
        document: extensionless path of the (first) page.
        members: IRIs of what is listed, sorted by IRI; the renderer sorts by label and pages them.
        count: how many instances, triples or concepts there are (may exceed ``members`` for a property, where
            members are the subjects that use it).
    """

    kind: str
    node: NamedNode
    document: str
    members: tuple[NamedNode, ...]
    count: int


@dataclass(frozen=True, slots=True)
class TermUse:
    """How often a class or property of the vocabulary is used, with a few examples (subjects)."""

    count: int
    examples: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class QueryFile:
    """An example query of the site: a ``.rq`` file whose header of comments is its documentation.

    Attributes:
        name: file name without ``.rq``.
        titles, descriptions: by language.
        text: the query itself, header included.
        parameters: name -> (kind, default), kind one of iri, string, lang, date, integer.
        results: the rows at build time (None for a graph query): variable names and rows of terms.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    text: str
    parameters: Mapping[str, tuple[str, str]]
    variables: tuple[str, ...] = ()
    results: tuple[tuple[Term | None, ...], ...] = ()


class Labels(Protocol):
    """The one table of labels."""

    def best(self, term: Term, language: str) -> tuple[str, str]:
        """A term's label for readers of a language: (text, language tag of the text; "" if it has none).

        Falls back to other languages of the site, then any, then a prefixed or shortened IRI, never "".
        """
        ...

    def all(self, term: Subject) -> Mapping[str, str]:
        """All labels of a node by language tag."""
        ...


class Addresses(Protocol):
    """Which IRI has which document, and back (saite.iri)."""

    def document(self, node: Term) -> str | None:
        """Extensionless path of the node's document, with ``#anchor`` for a folded node; None: it has no page here."""
        ...


@dataclass(frozen=True, slots=True)
class Counts:
    """Sizes that pages tell: quads and triples in all, resources with a page, per graph."""

    triples: int
    resources: int
    graphs: Mapping[str, int]


class Site(Protocol):
    """The whole site, as renderers see it. Resources stream; everything else is small and at hand."""

    config: Config
    base: str
    labels: Labels
    addresses: Addresses
    prefixes: Mapping[str, str]
    counts: Counts
    listings: tuple[Listing, ...]
    queries: tuple[QueryFile, ...]
    ontologies: tuple[NamedNode, ...]
    classes: Mapping[NamedNode, TermUse]
    properties: Mapping[NamedNode, TermUse]
    shapes: tuple[NamedNode, ...]
    findings: tuple[Finding, ...]

    def resources(self) -> Iterator[Resource]:
        """Every resource with a page, by document path; made as they are asked for."""
        ...

    def resource(self, node: NamedNode) -> Resource | None:
        """One resource by its IRI, or None if it has no page."""
        ...

    def __len__(self) -> int:
        """How many resources have a page."""
        ...


class Renderer(Protocol):
    """One room of the render floor: pure functions from the model to artifacts.

    The entry-point group ``saite.renderers`` takes callables ``(Site) -> Renderer``.
    """

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """The files of one resource; depends on nothing but the site's tables and the resource."""
        ...

    def whole(self) -> Iterable[Artifact]:
        """The files that speak of the whole site: indexes, dumps, assets."""
        ...


__all__ = [
    "Addresses",
    "Backlinks",
    "Counts",
    "FoldTable",
    "FoldedNode",
    "Labels",
    "Listing",
    "Provenance",
    "QueryFile",
    "Renderer",
    "Resource",
    "Row",
    "Site",
    "TermUse",
    "Value",
]
