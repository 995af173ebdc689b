"""What there is in a dataset, counted: the numbers of VoID (Describing Linked Datasets with the VoID Vocabulary, 4)."""

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from saite.namespaces import OWL, RDF, RDF_TYPE, RDFS, SH
from saite.site.model import Site
from saite.terms import Graph, NamedNode, Quad, Subject, Term

_BUCKETS: Final = 256
_OF_SCHEMAS: Final = (RDF, RDFS, OWL, SH)
_LINKING: Final = (OWL + "sameAs", OWL + "differentFrom", RDFS + "seeAlso")


class Distinct:
    """Counts different terms by their hashes: eight bytes for each that comes, none of them is kept.

    Of ten million terms, two share a hash of 64 bits once in some hundred thousand datasets.
    """

    def __init__(self) -> None:
        self._buckets = [array("q") for _ in range(_BUCKETS)]

    def add(self, term: Term) -> None:
        """One more."""
        key = hash((type(term) is NamedNode, term))
        self._buckets[key % _BUCKETS].append(key)

    def __len__(self) -> int:
        return sum(len(set(bucket)) for bucket in self._buckets)


@dataclass(slots=True)
class Linkset:
    """Links to one other host (VoID 5): how many there are, by property."""

    triples: int = 0
    predicates: Counter[NamedNode] = field(default_factory=Counter)


class Statistics:
    """What one pass over a dataset counts; a triple that stands in several graphs counts once.

    Args:
        site: the site.

    Attributes:
        triples: of the union of all graphs.
        subjects: different subjects.
        objects: different objects.
        entities: different IRIs below the site's base that are described.
        classes: instances by class, without those of subclasses.
        properties: triples by property.
        linksets: links from what lies below the site's base to other hosts, by scheme and host.
    """

    def __init__(self, site: Site) -> None:
        self.triples = self.subjects = self.objects = self.entities = 0
        self.classes: Counter[NamedNode] = Counter()
        self.properties: Counter[NamedNode] = Counter()
        self.linksets: dict[str, Linkset] = {}
        self._base = site.base
        self._own = _host(site.base)
        several = self._pass(site.quads(), len(site.counts.graphs) > 1)
        for node in several:
            seen: set[tuple[NamedNode, Term]] = set()
            for quad in site.quads(node):
                said = (quad.predicate, quad.object)
                if said in seen:
                    self._count(quad, -1)
                seen.add(said)  # type: ignore[arg-type]  # no triple terms: the sources refuse them

    def _pass(self, quads: Iterable[Quad], graphs: bool) -> list[Subject]:
        """Count all quads; the subjects that stand in several graphs."""
        objects = Distinct()
        first: dict[Subject, Graph | None] = {}
        several: dict[Subject, None] = {}
        for quad in quads:
            subject: Subject = quad.subject  # type: ignore[assignment]
            graph = quad.graph_name if graphs else None
            if first.setdefault(subject, graph) != graph:
                several[subject] = None
            objects.add(quad.object)  # type: ignore[arg-type]
            self._count(quad, 1)
        self.objects = len(objects)
        self.subjects = len(first)
        self.entities = sum(type(s) is NamedNode and s.value.startswith(self._base) for s in first)
        return list(several)

    def _count(self, quad: Quad, by: int) -> None:
        predicate, value = quad.predicate, quad.object
        self.triples += by
        self.properties[predicate] += by
        if type(value) is not NamedNode:
            return
        if predicate == RDF_TYPE:
            self.classes[value] += by
            return
        if self._base and type(quad.subject) is NamedNode and quad.subject.value.startswith(self._base):
            self._link(predicate, value, by)

    def _link(self, predicate: NamedNode, value: NamedNode, by: int) -> None:
        iri = value.value
        if self._own and iri.startswith(self._own):
            return
        host, name = _host(iri), predicate.value
        if not host or host == self._own:
            return
        if name.startswith(_OF_SCHEMAS) and name not in _LINKING:
            return  # what schemas say of terms links no datasets
        links = self.linksets.setdefault(host, Linkset())
        links.triples += by
        links.predicates[predicate] += by


def _host(iri: str) -> str:
    scheme, empty, host, *_ = *iri.split("/", 3), "", "", ""
    if scheme not in ("http:", "https:") or empty:
        return ""
    host = host.partition("#")[0].partition("?")[0]
    return f"{scheme}//{host}/" if host else ""
