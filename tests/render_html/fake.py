"""A small site made by hand: what renderers are given, without the store and the floors between."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from saite import language as languages
from saite.config import Config
from saite.finding import Finding
from saite.site.model import Addresses, Backlinks, Counts, Labels, Listing, QueryFile, Resource, Row, TermUse, Value
from saite.terms import BlankNode, Graph, Literal, NamedNode, Quad, Subject, Term, Triple

BASE = "https://example.org/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
DESCRIPTION = NamedNode("http://purl.org/dc/terms/description")


def iri(name: str) -> NamedNode:
    """An IRI below the base."""
    return NamedNode(BASE + name)


def text(value: str, language: str = "") -> Literal:
    """A text, with or without a language."""
    return Literal(value, language=language) if language else Literal(value)


def typed(value: str, datatype: str) -> Literal:
    """A literal of an XML Schema datatype."""
    return Literal(value, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#" + datatype))


def row(property: NamedNode, *terms: Term | Value) -> Row:
    """A property with values."""
    return Row(property, tuple(term if isinstance(term, Value) else Value(term) for term in terms))


@dataclass
class FakeLabels:
    """Labels by node and language."""

    languages: tuple[str, ...]
    texts: dict[Term, dict[str, str]] = field(default_factory=dict)

    def best(self, term: Term, language: str) -> tuple[str, str]:
        """The label, else the last step of the IRI."""
        found = languages.choose(self.texts.get(term, {}), language, self.languages)
        return found or (term.value.rstrip("/#").replace("#", "/").rpartition("/")[2] or term.value, "")

    def all(self, term: Subject) -> Mapping[str, str]:
        """All labels."""
        return self.texts.get(term, {})


@dataclass
class FakeAddresses:
    """Documents by node."""

    documents: dict[Term, str] = field(default_factory=dict)

    def document(self, node: Term) -> str | None:
        """The document."""
        return self.documents.get(node)

    def node(self, document: str) -> NamedNode | None:
        """The node of a document."""
        found = next((node for node, one in self.documents.items() if one == document), None)
        return found if isinstance(found, NamedNode) else None


@dataclass
class FakeSite:
    """A site of resources that a test adds one by one."""

    config: Config
    base: str = BASE
    prefixes: Mapping[str, str] = field(default_factory=dict)
    listings: tuple[Listing, ...] = ()
    queries: tuple[QueryFile, ...] = ()
    views: tuple[QueryFile, ...] = ()
    ontologies: tuple[NamedNode, ...] = ()
    classes: Mapping[NamedNode, TermUse] = field(default_factory=dict)
    properties: Mapping[NamedNode, TermUse] = field(default_factory=dict)
    kinds: Mapping[NamedNode, AbstractSet[str]] = field(default_factory=dict)
    hierarchy: Mapping[NamedNode, tuple[NamedNode, ...]] = field(default_factory=dict)
    shapes: tuple[NamedNode, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: Sequence[NamedNode] = ()
    folded: Sequence[NamedNode] = ()
    counts: Counts = Counts(0, 0, {})  # noqa: RUF009  (frozen)
    made: dict[NamedNode, Resource] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.named = FakeLabels(self.config.languages)
        self.placed = FakeAddresses()
        self.labels: Labels = self.named
        self.addresses: Addresses = self.placed

    def label(self, node: Term, **texts: str) -> None:
        """Gives a node labels."""
        self.named.texts[node] = texts

    def add(
        self,
        node: NamedNode,
        *rows: Row,
        document: str = "",
        types: Sequence[NamedNode] = (),
        backlinks: Sequence[Backlinks] = (),
        triples: Sequence[Triple] = (),
    ) -> Resource:
        """Adds a resource, with its document as its IRI says it."""
        where = document or node.value.removeprefix(BASE).replace("#", "/")
        own = [Triple(node, one.property, value.term) for one in rows for value in one.values]
        resource = Resource(node, where, (*own, *triples), tuple(types), tuple(rows), backlinks=tuple(backlinks))
        self.put(resource)
        return resource

    def put(self, resource: Resource) -> None:
        """Adds or replaces a resource."""
        self.made[resource.node] = resource
        self.placed.documents[resource.node] = resource.document
        self.pages = sorted(self.made, key=lambda node: self.made[node].document)
        triples = self.counts.triples + len(resource.triples)
        self.counts = Counts(triples, len(self.made), {BASE + "graph/data": triples})

    def resources(self) -> Iterator[Resource]:
        """All resources."""
        return iter([self.made[node] for node in self.pages])

    def resource(self, node: NamedNode) -> Resource | None:
        """One resource."""
        return self.made.get(node)

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """None: no page asks for them."""
        return iter(())

    def ordered(self, properties: Iterable[NamedNode], types: Iterable[NamedNode]) -> Sequence[NamedNode]:
        """Properties by IRI."""
        return sorted(properties, key=lambda node: node.value)

    def slight(self, node: NamedNode) -> bool:
        """Whether little is said of a resource."""
        return True

    def __len__(self) -> int:
        """How many."""
        return len(self.made)


def make_config(root: Path, *used: str, **settings: object) -> Config:
    """Settings of a small site in some languages (lv and en, if none is named)."""
    values: dict[str, object] = {
        "base": BASE,
        "title": {"lv": "Sadarbība", "en": "Cooperation"},
        "tagline": {"lv": "Katrs fakts ar avotu", "en": "Every fact with its source"},
        "footer": {"lv": "Dati: CC BY 4.0", "en": "Data: CC BY 4.0"},
    }
    return Config(root=root, languages=used or ("lv", "en"), **{**values, **settings})  # type: ignore[arg-type]


__all__ = ["BASE", "BlankNode", "FakeSite", "iri", "make_config", "row", "text", "typed"]
