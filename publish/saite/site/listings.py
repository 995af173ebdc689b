"""The index pages: instances of classes, uses of properties, concepts of schemes; and how often terms are used."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

from saite.namespaces import OWL, RDF, RDFS, SH, SKOS
from saite.site.addresses import listing_documents
from saite.site.model import Listing, TermUse, Value
from saite.site.order import SUBCLASS, SUBPROPERTY, Hierarchy, pairs
from saite.site.scan import Scan
from saite.site.tables import Nodes, Tables
from saite.store.protocol import Store
from saite.terms import BlankNode, NamedNode, Subject, sort_key

MOST_USERS: Final = 10_000
"""How many subjects the listing of a property names."""

MOST_UNNAMED: Final = 100
"""How many blank nodes the listing of a class shows."""

EXAMPLES: Final = 5
"""How many examples of a term's use are given."""

RESOURCE: Final = NamedNode(RDFS + "Resource")
_EVERYTHING: Final = frozenset((RESOURCE, NamedNode(OWL + "Thing")))
_CLASS_TYPES: Final = tuple(NamedNode(iri) for iri in (RDFS + "Class", OWL + "Class", RDFS + "Datatype"))
_PROPERTY_TYPES: Final = tuple(
    NamedNode(iri)
    for iri in (
        RDF + "Property",
        OWL + "ObjectProperty",
        OWL + "DatatypeProperty",
        OWL + "AnnotationProperty",
        OWL + "OntologyProperty",
    )
)
_TARGETS: Final = tuple(
    NamedNode(SH + name) for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "property")
)
IN_SCHEME: Final = NamedNode(SKOS + "inScheme")
TOP_CONCEPT_OF: Final = NamedNode(SKOS + "topConceptOf")
HAS_TOP_CONCEPT: Final = NamedNode(SKOS + "hasTopConcept")
BROADER: Final = NamedNode(SKOS + "broader")
NARROWER: Final = NamedNode(SKOS + "narrower")

Unnamed = Callable[[Iterable[BlankNode]], tuple[Value, ...]]
"""Shows blank nodes that no resource owns."""


class Instances:
    """The instances of each class, by number; blank nodes are only counted.

    Args:
        found: the scan.
        terms: its terms by number.
        renumber: the site's number of each of the scan's terms; negative for those without one.
    """

    def __init__(self, found: Scan, terms: Sequence[Subject], renumber: Sequence[int]) -> None:
        members: dict[int, set[int]] = {}
        for instance, class_ in zip(found.instances, found.classes, strict=True):
            members.setdefault(class_, set()).add(instance)
        self.named: dict[NamedNode, array[int]] = {}
        self.blank: dict[NamedNode, list[int]] = {}
        for class_, numbers in members.items():
            node = terms[class_]
            assert type(node) is NamedNode
            self.named[node] = array("I", sorted(renumber[n] for n in numbers if type(terms[n]) is NamedNode))
            self.blank[node] = [n for n in numbers if type(terms[n]) is BlankNode]

    def count(self, class_: NamedNode) -> int:
        """How many nodes have the class itself as type."""
        return len(self.named.get(class_, ())) + len(self.blank.get(class_, ()))


def class_listings(
    tables: Tables, instances: Instances, roots: Mapping[NamedNode, Sequence[BlankNode]], show: Unnamed
) -> list[Listing]:
    """One listing for each class that has instances, its own or those of subclasses.

    Args:
        tables: the tables of the site.
        instances: the instances of the classes.
        roots: blank nodes that no resource owns, by class.
        show: makes values of blank nodes.
    """
    below: dict[NamedNode, list[NamedNode]] = {}
    for class_ in instances.named:
        for above in tables.classes.ancestors(class_) - _EVERYTHING:
            below.setdefault(above, []).append(class_)
    classes = sorted({*instances.named, *below, *roots}, key=sort_key)
    documents = listing_documents("class", classes, tables.paths, tables.labels.short)
    listings = []
    for class_, document in zip(classes, documents, strict=True):
        direct = instances.count(class_)
        named: Sequence[int] = instances.named.get(class_, ())
        blank = len(instances.blank.get(class_, ()))
        if class_ in below:
            every = (class_, *below[class_])
            named = sorted(set(chain.from_iterable(instances.named.get(c, ()) for c in every)))
            blank = len(set(chain.from_iterable(instances.blank.get(c, ()) for c in every)))
        unnamed = roots.get(class_, ())
        listings.append(
            Listing(
                "class",
                class_,
                document,
                Nodes(tables.nodes, named),
                max(len(named) + blank, len(unnamed)),
                direct=max(direct, len(unnamed)),
                unnamed=show(unnamed[:MOST_UNNAMED]) if unnamed else (),
            )
        )
    return listings


def property_listings(tables: Tables, found: Scan, renumber: Sequence[int]) -> list[Listing]:
    """One listing for each property in use."""
    used = [node for node in tables.predicates if found.counts[found.predicates[node]]]
    documents = listing_documents("property", used, tables.paths, tables.labels.short)
    listings = []
    for node, document in zip(used, documents, strict=True):
        number = found.predicates[node]
        users = sorted({renumber[n] for n in found.users[number]} - {-1})
        named = [n for n in users if type(tables.nodes[n]) is NamedNode]
        listings.append(
            Listing(
                "property",
                node,
                document,
                Nodes(tables.nodes, named[:MOST_USERS]),
                found.counts[number],
                more=max(0, len(named) - MOST_USERS),
            )
        )
    return listings


def scheme_listings(store: Store, tables: Tables, instances: Instances) -> list[Listing]:
    """One listing for each concept scheme (SKOS Reference 4)."""
    members: dict[NamedNode, set[NamedNode]] = {}
    top: dict[NamedNode, set[NamedNode]] = {}
    for concept, scheme in pairs(store, IN_SCHEME):
        members.setdefault(scheme, set()).add(concept)
    for concept, scheme in chain(pairs(store, TOP_CONCEPT_OF), ((c, s) for s, c in pairs(store, HAS_TOP_CONCEPT))):
        members.setdefault(scheme, set()).add(concept)
        top.setdefault(scheme, set()).add(concept)
    for number in instances.named.get(NamedNode(SKOS + "ConceptScheme"), ()):
        members.setdefault(tables.nodes[number], set())  # type: ignore[arg-type]  # named
    schemes = sorted(members, key=sort_key)
    documents = listing_documents("scheme", schemes, tables.paths, tables.labels.short)
    return [
        Listing(
            "scheme",
            scheme,
            document,
            Nodes(tables.nodes, sorted(tables.numbers[c] for c in members[scheme] if c in tables.numbers)),
            len(members[scheme]),
            top=tuple(sorted(top.get(scheme, ()), key=sort_key)),
        )
        for scheme, document in zip(schemes, documents, strict=True)
    ]


def class_uses(tables: Tables, instances: Instances) -> dict[NamedNode, TermUse]:
    """Classes that the data declare or use, by IRI, with their direct instances."""
    named = {*instances.named, *tables.classes, *_declared(tables, instances, _CLASS_TYPES)}
    return {
        node: TermUse(
            instances.count(node), tuple(Nodes(tables.nodes, instances.named.get(node, array("I"))[:EXAMPLES]))
        )
        for node in sorted(named, key=sort_key)
    }


def property_uses(
    store: Store, tables: Tables, instances: Instances, listings: Iterable[Listing]
) -> dict[NamedNode, TermUse]:
    """Properties that the data declare or use, by IRI, with the triples that have them."""
    used = {listing.node: listing for listing in listings}
    named = {*used, *_declared(tables, instances, _PROPERTY_TYPES), *chain.from_iterable(pairs(store, SUBPROPERTY))}
    return {
        node: TermUse(used[node].count, tuple(used[node].members[:EXAMPLES])) if node in used else TermUse(0, ())
        for node in sorted(named, key=sort_key)
    }


def _declared(tables: Tables, instances: Instances, types: Iterable[NamedNode]) -> Iterable[NamedNode]:
    return chain.from_iterable(Nodes(tables.nodes, instances.named.get(t, array("I"))) for t in types)


def hierarchy(store: Store) -> Hierarchy:
    """Subclasses, subproperties and narrower concepts, all in one."""
    narrower = ((narrow, broad) for broad, narrow in pairs(store, NARROWER))
    edges = (pairs(store, SUBCLASS), pairs(store, SUBPROPERTY), pairs(store, BROADER), narrower)
    return Hierarchy(chain.from_iterable(edges))


def shapes(store: Store, tables: Tables, instances: Instances) -> tuple[NamedNode, ...]:
    """Node shapes, and property shapes that have targets of their own (SHACL 2.1, 2.2), by IRI."""
    found = set(_declared(tables, instances, (NamedNode(SH + "NodeShape"),)))
    for predicate in _TARGETS:
        found.update(s for s, _, _, _ in store.quads(None, predicate) if type(s) is NamedNode)
    return tuple(sorted(found, key=sort_key))


def instances_of(tables: Tables, instances: Instances, class_: NamedNode) -> tuple[NamedNode, ...]:
    """The IRIs that have a class as type, by IRI."""
    return tuple(_declared(tables, instances, (class_,)))
