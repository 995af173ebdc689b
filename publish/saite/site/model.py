"""What each page says, in site terms: no HTML, no serialization. These values are the joint between site and render.

Values of which a page has dozens are named tuples, which are made three times as fast as frozen dataclasses.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from saite.artifact import Artifact
from saite.config import Config, Step
from saite.finding import Finding
from saite.terms import Graph, Literal, NamedNode, Quad, Subject, Term, Triple


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

    node: Subject
    stated: Term | None
    accepted: Term | None
    quotes: tuple[Literal, ...]
    paraphrases: tuple[Literal, ...]
    sources: tuple[NamedNode, ...]
    status: NamedNode | None
    notes: tuple[Literal, ...]
    rest: "tuple[Row, ...]" = ()


class Value(NamedTuple):
    """One object of a property.

    Attributes:
        term: the object itself.
        rows: for a blank node shown inside its parent: its own properties. Empty otherwise.
        items: for an RDF list: its members, in order. None if it is not a list.
        repeated: the blank node is shown elsewhere on the page (a cycle, a shared node, or one nested so deeply
            that it stands in :attr:`Resource.deep`): show a reference to its anchor ``#b-{label}`` in place of
            its properties.
        provenance: the statements behind this value.
    """

    term: Term
    rows: "tuple[Row, ...]" = ()
    items: "tuple[Value, ...] | None" = None
    repeated: bool = False
    provenance: tuple[Provenance, ...] = ()


class Row(NamedTuple):
    """One property with its values, in reading order.

    Attributes:
        property: the property.
        values: its objects; empty where only statements speak of the property (a value that nobody published).
        provenance: statements that match no published value.
    """

    property: NamedNode
    values: tuple[Value, ...]
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class FoldedNode:
    """A node without a page of its own, shown inside this one.

    Attributes:
        node: the folded node.
        anchor: fragment of the page at which it is shown (its IRI answers 303 to page#anchor).
        rows: its properties, labels included; ``provenance`` of their values included.
        tables: nodes that are folded into this one, where they are not the provenance of its values.
    """

    node: Subject
    anchor: str
    rows: tuple[Row, ...]
    tables: "tuple[FoldTable, ...]" = ()


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


class Backlinks(NamedTuple):
    """Resources that point here by one property, by IRI.

    Folded nodes and blank nodes stand for the resources on whose pages they are shown. Instances (rdf:type) and
    members of concept schemes are not backlinks: they have listings.

    Attributes:
        property: the property; for a member of an RDF list, the property that leads to the list.
        total: how many resources there are.
        subjects: those shown on this page; the rest is on further pages (:attr:`Resource.backlink_pages`).
        start: how many came on earlier pages.
    """

    property: NamedNode
    total: int
    subjects: tuple[Subject, ...]
    start: int = 0


class Resource(NamedTuple):
    """One resource with a page: everything that any of its representations says.

    Attributes:
        node: its IRI (a blank node never has a page).
        document: extensionless path of its document below the site's root, e.g. ``project/vet-2019``.
        triples: its description for the RDF forms: outgoing triples, blank-node closure, folded nodes with
            theirs; sorted by :func:`saite.terms.sorted_triples`; all RDF forms are this graph. A site gives
            :class:`~saite.site.triples.Triples`, which are arranged by subject and predicate already.
        types: its classes, most specific first.
        rows: properties in reading order; types, the labels that the table of labels gives, properties that the
            settings hide, and folded nodes shown in ``tables`` are left out; made as they are asked for.
        tables: folded nodes.
        backlinks: who points here (the first 50 of each property).
        backlink_pages: further pages of backlinks, each a tuple of groups; made as they are asked for, so that a
            hub costs no more than the pages that are read.
        label_provenance: statements about the resource's labels and types.
        deprecated: owl:deprecated true.
        modified: dct:modified of the resource, "" where the data says nothing.
        parts: the hash IRIs whose document this is (RFC 3986: the IRI without its fragment), by IRI; each has a
            page of its own too. Their descriptions are in ``triples`` (unless they are more than 5,000), since
            who asks for ``def#Term`` is given the document ``def``. Where the document itself is no subject of
            the data, ``node`` is the IRI without fragment, and ``rows`` is empty.
        deep: blank nodes that are nested too deeply to be shown where they stand (see :attr:`Value.repeated`).
    """

    node: NamedNode
    document: str
    triples: Sequence[Triple]
    types: tuple[NamedNode, ...] = ()
    rows: Sequence[Row] = ()
    tables: tuple[FoldTable, ...] = ()
    backlinks: tuple[Backlinks, ...] = ()
    backlink_pages: Sequence[tuple[Backlinks, ...]] = ()
    label_provenance: tuple[Provenance, ...] = ()
    deprecated: bool = False
    modified: str = ""
    parts: tuple[NamedNode, ...] = ()
    deep: tuple[Value, ...] = ()


class Choice(NamedTuple):
    """One value of a facet.

    Attributes:
        term: an IRI; or a year, as it is written in dates.
        members: those of the listing that have the value, by IRI.
    """

    term: NamedNode | Literal
    members: Sequence[NamedNode]


@dataclass(frozen=True, slots=True)
class Facet:
    """By what the members of a listing differ.

    Attributes:
        path: leads from a member to its values.
        years: the values are the years of dates.
        choices: the values, by IRI or year.
    """

    path: tuple[Step, ...]
    years: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """An index page: the instances of a class, the uses of a property, the concepts of a scheme.

    Attributes:
        kind: ``class``, ``property`` or ``scheme``.
        node: the class, property or scheme.
        document: extensionless path of the (first) page.
        members: IRIs of what is listed, sorted by IRI; the renderer sorts by label and pages them. Of a class:
            its instances and those of its subclasses (rdfs:subClassOf in the data), folded nodes included; of a
            property: the subjects that use it, the first 10,000; of a scheme: its concepts.
        count: how many instances (blank nodes included), triples or concepts there are.
        direct: of a class: how many of ``count`` have the class itself as type; the others are inferred.
        more: of a property: how many subjects are left out of ``members``.
        top: of a scheme: its top concepts, by IRI (``Site.hierarchy`` has the narrower ones).
        unnamed: of a class: instances that are blank nodes and stand in no resource's description, the first
            100. Untyped ones are listed under rdfs:Resource.
        facets: of a class: by what its members can be chosen.
    """

    kind: str
    node: NamedNode
    document: str
    members: Sequence[NamedNode]
    count: int
    direct: int = 0
    more: int = 0
    top: tuple[NamedNode, ...] = ()
    unnamed: tuple[Value, ...] = ()
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class TermUse:
    """How often a class or property of the vocabulary is used, with a few examples (subjects)."""

    count: int
    examples: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a query answers.

    Attributes:
        variables: what the columns are called.
        rows: the first 1,000 rows.
        truncated: there are more.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class QueryFile:
    """An example query of the site, or a view: a ``.rq`` file whose header of comments is its documentation.

    Attributes:
        name: file name without ``.rq``.
        titles, descriptions: by language.
        text: the query itself, header included.
        parameters: name -> (kind, default), kind one of iri, string, lang, date, integer.
        answers: what it answered at build time, by language of the pages: parameters of the kind lang are that
            language, the others their defaults; empty for a query that makes a graph, answers yes or no, or must be
            told something.
        view: how its answer is drawn (:data:`saite.store.queryfile.VIEWS`); "" for an example query.
        each: the variable by whose values a view falls into pages, each of which is a query file here; "" otherwise.
        of: of such a page: the name of the view.
        value: what it is about.
        columns: what readers call the variables of a view, by variable and language.
        show: where else a view is shown (:data:`saite.store.queryfile.PLACES`), "" for its own page alone.
        rank: orders what is shown in one place.
        headings: what such a page is called where it is clear what it is about, by language.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    text: str
    parameters: Mapping[str, tuple[str, str]]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    view: str = ""
    each: str = ""
    of: str = ""
    value: Term | None = None
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    show: str = ""
    rank: int = 0
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def document(self) -> str:
        """Extensionless path of its page."""
        return f"{'views' if self.view else 'queries'}/{self.name}"


IRIS: Final = "iri"
NODES: Final = "node"
TEXTS: Final = "text"
"""Kinds of values beside the datatypes: IRIs; blank nodes and lists, empty ones too; texts with a language."""


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

    def node(self, document: str) -> NamedNode | None:
        """The resource that a document describes; None if there is no such document."""
        ...


@dataclass(frozen=True, slots=True)
class Counts:
    """Sizes that pages tell: quads and triples in all, resources with a page, per graph."""

    triples: int
    resources: int
    graphs: Mapping[str, int]


class Site(Protocol):
    """The whole site, as renderers see it. Resources stream; everything else is small and at hand.

    Attributes:
        config: the settings.
        base: where the site's IRIs live; found from the data where the settings name none; "" if nowhere.
        labels, addresses: the tables of labels and documents.
        prefixes: well-known prefixes with the site's own over them.
        counts: sizes.
        pages: the nodes that have a page, by document path: what :meth:`resources` yields, for slicing.
        folded: IRIs of nodes that are shown on pages of others, by IRI.
        listings: index pages, by kind and IRI.
        queries: the example queries, by name.
        views: the queries whose answers are drawn, by name.
        ontologies: instances of owl:Ontology, by IRI.
        classes, properties: those that the data declare or use, by IRI.
        kinds: which values each property has: :data:`IRIS`, :data:`NODES`, :data:`TEXTS`, IRIs of datatypes.
        hierarchy: direct subclasses of a class, subproperties of a property, narrower concepts of a concept.
        shapes: node shapes, and property shapes that have targets of their own, by IRI.
        findings: what the checks found.

    A resource may have the document ``def`` or ``shapes`` (the ontology itself, ...), which HTML writes as a page of
    the whole: that page shows the resource's own rows too.
    """

    config: Config
    base: str
    labels: Labels
    addresses: Addresses
    prefixes: Mapping[str, str]
    counts: Counts
    pages: Sequence[NamedNode]
    folded: Sequence[NamedNode]
    listings: tuple[Listing, ...]
    queries: tuple[QueryFile, ...]
    views: tuple[QueryFile, ...]
    ontologies: tuple[NamedNode, ...]
    classes: Mapping[NamedNode, TermUse]
    properties: Mapping[NamedNode, TermUse]
    kinds: Mapping[NamedNode, AbstractSet[str]]
    hierarchy: Mapping[NamedNode, tuple[NamedNode, ...]]
    shapes: tuple[NamedNode, ...]
    findings: tuple[Finding, ...]

    def resources(self) -> Iterator[Resource]:
        """Every resource with a page, by document path; made as they are asked for."""
        ...

    def resource(self, node: NamedNode) -> Resource | None:
        """One resource by its IRI, or None if it has no page."""
        ...

    def slight(self, node: NamedNode) -> bool:
        """Whether a resource is made in no time: little is said of it, on its own page, and little points to it."""
        ...

    def ordered(self, properties: Iterable[NamedNode], types: Iterable[NamedNode]) -> Sequence[NamedNode]:
        """Properties in the order in which pages of instances of some classes show them."""
        ...

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """The published quads that match, as the store yields them (in no order): for dumps of the whole."""
        ...

    def __len__(self) -> int:
        """How many resources have a page."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """What a site says otherwise than it did: some resources have other texts, and all else is as it was.

    The resources are neither classes nor properties nor anything else that is named all over the site; each of their
    properties has as many texts in each language as before; when a resource was modified, and whether it is deprecated,
    is no text in this sense.

    Attributes:
        nodes: the resources.
        before: the labels as they were.
        since: those whose texts were changed since the renderers were asked for their notes, these included.
    """

    nodes: frozenset[NamedNode]
    before: Labels
    since: frozenset[NamedNode]


class Renderer(Protocol):
    """One room of the render floor: pure functions from the model to artifacts.

    The entry-point group ``saite.renderers`` takes callables ``(Site) -> Renderer``. Several processes may share the
    work of one: what it notes while it makes a resource is not there for others, nor for the whole.
    """

    def resource(self, resource: Resource) -> Iterable[Artifact]:
        """The files of one resource; depends on nothing but the site's tables and the resource."""
        ...

    def whole(self) -> Iterable[Artifact]:
        """The files that speak of the whole site: indexes, dumps, assets."""
        ...


__all__ = [
    "IRIS",
    "NODES",
    "TEXTS",
    "Addresses",
    "Answer",
    "Backlinks",
    "Change",
    "Choice",
    "Counts",
    "Facet",
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
