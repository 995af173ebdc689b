"""From a store to a site: one scan, small tables, and resources that are made as they are asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import replace
from typing import Final, Protocol

from saite.config import Config
from saite.finding import Finding
from saite.namespaces import OWL
from saite.site import listings as lists
from saite.site.draft import Draft
from saite.site.facets import with_facets
from saite.site.labels import told
from saite.site.model import Addresses, Counts, Labels, Listing, Resource, TermUse, Value
from saite.site.page import Describer
from saite.site.queries import Answers, example_queries
from saite.site.tables import Nodes
from saite.site.views import view_files
from saite.store.protocol import Store
from saite.terms import BlankNode, Graph, NamedNode, Quad, Subject, Term

_ONTOLOGY: Final = NamedNode(OWL + "Ontology")


class Quads(Protocol):
    """See :meth:`saite.store.protocol.Store.quads`."""

    def __call__(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match."""
        ...


def build_site(
    store: Store, config: Config, findings: Sequence[Finding] = (), answers: Answers | None = None
) -> "BuiltSite":
    """Reads a store once, and makes the tables from which every page follows.

    Args:
        store: the graph, as it may be published.
        config: the settings.
        findings: what the checks found.
        answers: what the example queries answered, if that is known.

    Raises:
        ConfigError: the settings put documents where none can be.
        SaiteError: an example query cannot be read or run.
    """
    draft = Draft(store, config)
    describer = Describer(draft.tables(), store.quads)
    return BuiltSite(describer, draft, store, tuple(findings), answers)


class BuiltSite:
    """The site of one store: a :class:`~saite.site.model.Site`.

    Attributes:
        tables: what its pages are made from, beside their own descriptions.
    """

    def __init__(
        self,
        describer: Describer,
        draft: Draft,
        store: Store,
        findings: tuple[Finding, ...],
        answers: Answers | None,
    ) -> None:
        tables, found = describer.tables, draft.found
        self._describer = describer
        self.quads: Quads = store.quads
        self.tables = tables
        self.config = tables.config
        self.base = tables.base
        self.labels: Labels = tables.labels
        self.addresses: Addresses = tables.addresses
        self.prefixes: Mapping[str, str] = tables.config.all_prefixes()
        self.findings = findings
        self.pages: Sequence[NamedNode] = Nodes(tables.nodes, tables.addresses.order)
        self.folded: Sequence[NamedNode] = sorted(
            (node for node in tables.folds.homes if isinstance(node, NamedNode)), key=lambda node: node.value
        )
        self.counts = Counts(sum(found.counts), len(self.pages), draft.graphs())
        instances = lists.Instances(found, draft.terms, draft.renumber)
        properties = lists.property_listings(tables, found, draft.renumber)
        self.listings: tuple[Listing, ...] = (
            *with_facets(
                store,
                tables,
                found,
                draft.terms,
                lists.class_listings(tables, instances, draft.roots(), self._unnamed),
            ),
            *properties,
            *lists.scheme_listings(store, tables, instances),
        )
        self.classes: Mapping[NamedNode, TermUse] = lists.class_uses(tables, instances)
        self.properties: Mapping[NamedNode, TermUse] = lists.property_uses(store, tables, instances, properties)
        self.kinds: Mapping[NamedNode, AbstractSet[str]] = found.kinds_of_values()
        self.hierarchy: Mapping[NamedNode, tuple[NamedNode, ...]] = lists.hierarchy(store).children()
        self.ontologies = lists.instances_of(tables, instances, _ONTOLOGY)
        self.shapes = lists.shapes(store, tables, instances)
        self.queries = example_queries(store, tables.config, answers)
        self.views = view_files(store, tables.config, tables.labels, tables.addresses, answers)

    def _unnamed(self, nodes: Iterable[BlankNode]) -> tuple[Value, ...]:
        return tuple(self._describer.unnamed(node) for node in nodes)

    def over(self, quads: Quads) -> "BuiltSite":
        """The same site, which takes what its resources say from elsewhere; it can be pickled if that can."""
        other = copy(self)
        other.quads = quads
        other._describer = Describer(self.tables, quads)
        return other

    def relabelled(
        self, quads: Quads, nodes: Iterable[NamedNode], findings: tuple[Finding, ...], store: Store | None = None
    ) -> "BuiltSite":
        """The same site with other texts of some resources (:class:`~saite.site.model.Change`), and other findings.

        Args:
            quads: what its resources say now.
            nodes: those that say something else than before.
            findings: what the checks find now.
            store: holds the data, as a build reads them; it may be left out if the site has no queries.
        """
        numbers = self.tables.numbers
        labels = {numbers[node]: told(quads(node)) for node in nodes}
        other = self.over(quads)
        other.tables = replace(self.tables, labels=self.tables.labels.relabelled(labels))
        other.labels = other.tables.labels
        other.findings = findings
        other._describer = Describer(other.tables, quads)
        if store is not None and (self.queries or self.views):
            other.queries = example_queries(store, self.config, None)
            other.views = view_files(store, self.config, other.labels, other.addresses, None)
        return other

    def resources(self) -> Iterator[Resource]:
        """Every resource with a page, by document path; made as they are asked for."""
        return map(self._describer.resource, self.tables.addresses.order)

    def resource(self, node: NamedNode) -> Resource | None:
        """One resource by its IRI, or None if it has no page."""
        number = self.tables.numbers.get(node)
        if number is None or node in self.tables.folds.homes:
            return None
        return self._describer.resource(number)

    def slight(self, node: NamedNode) -> bool:
        """Whether a resource is made in no time: little is said of it, on its own page, and little points to it."""
        tables = self.tables
        number = tables.numbers.get(node)
        if number is None or tables.long[number] or number in tables.parts or number in tables.guests:
            return False
        return tables.backlinks.few(number)

    def ordered(self, properties: Iterable[NamedNode], types: Iterable[NamedNode]) -> Sequence[NamedNode]:
        """Properties in the order in which pages of instances of some classes show them."""
        return self.tables.order.sorted(properties, types)

    def __len__(self) -> int:
        """How many resources have a page."""
        return len(self.pages)
