"""One pass over the store: who is a subject, who points to whom, which labels and classes there are.

Terms get numbers in the order in which they come; nothing that depends on this order leaves the site's tables.
"""

import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from saite.namespaces import LABEL_PROPERTIES, RDF_NIL, RDF_TYPE
from saite.site.model import IRIS, NODES, TEXTS
from saite.terms import BlankNode, Graph, Literal, NamedNode, Quad, Subject

LONGEST_LABEL: Final = 500
"""Characters of a label that the table keeps; a longer one is cut, and stays whole among the properties."""

MANY: Final = 200
"""Quads of a subject beyond which it counts as long."""

TYPE: Final = 0
"""The number of rdf:type."""

LABEL_RANKS: Final = {node: rank for rank, node in enumerate(LABEL_PROPERTIES)}
"""The properties that give labels, the best first."""

Labels = tuple[tuple[str, str, int], ...]
"""The best label of each language: its tag, the text, and the rank of its property."""


@dataclass(slots=True)
class Scan:
    """What one pass found.

    Attributes:
        numbers: IRIs (subjects and objects) and blank nodes, with their numbers.
        described: by number, 1 + the number of the graph that first has the term as subject; 0: it is none.
        predicates: predicates in the order of their numbers; rdf:type is the first, used or not.
        counts: quads by predicate.
        kinds: kinds of its objects by predicate: those of :mod:`saite.site.model`, and datatypes.
        users: the subjects that use a predicate; repeated where a subject's quads do not stand together.
        sources, links, targets: quads whose object is an IRI or blank node, rdf:type left out, as numbers.
        instances, classes: quads of rdf:type whose object is an IRI.
        labels: labels of subjects by number.
        graphs: quads by graph, in the order of their numbers.
        several: subjects that are described in several graphs.
        long: by number, 1 for subjects with many quads that stand together, or with blank nodes as objects.
    """

    numbers: dict[Subject, int] = field(default_factory=dict)
    described: "array[int]" = field(default_factory=lambda: array("I"))
    predicates: dict[NamedNode, int] = field(default_factory=lambda: {RDF_TYPE: TYPE})
    counts: list[int] = field(default_factory=lambda: [0])
    kinds: list[set[str | NamedNode]] = field(default_factory=lambda: [set()])
    users: list["array[int]"] = field(default_factory=lambda: [array("I")])
    sources: "array[int]" = field(default_factory=lambda: array("I"))
    links: "array[int]" = field(default_factory=lambda: array("I"))
    targets: "array[int]" = field(default_factory=lambda: array("I"))
    instances: "array[int]" = field(default_factory=lambda: array("I"))
    classes: "array[int]" = field(default_factory=lambda: array("I"))
    labels: dict[int, Labels] = field(default_factory=dict)
    graphs: dict[Graph, int] = field(default_factory=dict)
    several: set[int] = field(default_factory=set)
    long: bytearray = field(default_factory=bytearray)

    def kinds_of_values(self) -> dict[NamedNode, set[str]]:
        """Kinds of the values of the predicates that are used: see :class:`saite.site.model.Site`."""
        return {
            node: {kind.value if isinstance(kind, NamedNode) else kind for kind in self.kinds[number]}
            for node, number in self.predicates.items()
            if self.counts[number]
        }


def scan(quads: Iterable[Quad]) -> Scan:
    """Number and note all quads, once."""
    found = Scan()
    numbers, described, labels = found.numbers, found.described, found.labels
    predicates, counts, kinds, users = found.predicates, found.counts, found.kinds, found.users
    source, link, target = found.sources.append, found.links.append, found.targets.append
    instance, class_ = found.instances.append, found.classes.append
    long = found.long
    ranks = [LABEL_RANKS.get(RDF_TYPE, -1)]
    latest = [-1]  # the latest subject to use a predicate
    graphs: dict[Graph, int] = {}
    places: dict[Graph, int] = {}
    subject: Subject | None = None
    graph: Graph | None = None
    number = place = -1
    total = begun = first = 0
    for total, (s, p, o, g) in enumerate(quads, 1):
        if g != graph:
            if graph is not None:
                graphs[graph] = graphs.get(graph, 0) + total - 1 - begun
            graph, begun, subject = g, total - 1, None
            place = places.setdefault(g, len(places) + 1)
        if s != subject:
            if total - first > MANY and number >= 0:
                long[number] = 1
            subject, first = s, total
            known = numbers.get(s)
            if known is None:
                known = numbers[s] = len(numbers)
                described.append(place)
                long.append(0)
            elif not described[known]:
                described[known] = place
            elif described[known] != place:
                found.several.add(known)
            number = known
        predicate = predicates.get(p)
        if predicate is None:
            predicate = predicates[p] = len(predicates)
            counts.append(0)
            kinds.append(set())
            users.append(array("I"))
            ranks.append(LABEL_RANKS.get(p, -1))
            latest.append(-1)
        counts[predicate] += 1
        if latest[predicate] != number:
            latest[predicate] = number
            users[predicate].append(number)
        if type(o) is Literal:
            kinds[predicate].add(o.datatype if o.language is None else TEXTS)
            if ranks[predicate] >= 0:
                _label(labels, number, o, ranks[predicate])
            continue
        if type(o) is not NamedNode and type(o) is not BlankNode:
            continue  # a triple term of RDF 1.2: refused by the sources, shown by no page
        known = numbers.get(o)
        if known is None:
            known = numbers[o] = len(numbers)
            described.append(0)
            long.append(0)
        if type(o) is BlankNode:
            long[number] = 1
        kinds[predicate].add(IRIS if type(o) is NamedNode and o != RDF_NIL else NODES)
        if predicate != TYPE:
            source(number)
            link(predicate)
            target(known)
        elif type(o) is NamedNode:
            instance(number)
            class_(known)
    if graph is not None:
        graphs[graph] = graphs.get(graph, 0) + total - begun
        long[number] |= total + 1 - first > MANY
    found.graphs = graphs
    return found


def _label(labels: dict[int, Labels], number: int, literal: Literal, rank: int) -> None:
    text = literal.value
    if not text.strip():
        return
    labels[number] = merged(labels.get(number, ()), sys.intern(literal.language or ""), text, rank)


def merged(labels: Labels, tag: str, text: str, rank: int) -> Labels:
    """Labels with one more: of a language, the best property's wins, then the first text in code point order."""
    if len(text) > LONGEST_LABEL:
        text = text[: LONGEST_LABEL - 1] + "…"
    for place, (other, known, best) in enumerate(labels):
        if other == tag:
            if (rank, text) < (best, known):
                return (*labels[:place], (tag, text, rank), *labels[place + 1 :])
            return labels
    return (*labels, (tag, text, rank))
