"""What is known of a store while the tables of its site are made."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from saite.config import Config
from saite.iri import Paths
from saite.namespaces import PREFIXES, RDF_FIRST, RDF_REST, RDF_TYPE
from saite.profile import MARKS
from saite.site import listings as lists
from saite.site.addresses import AddressTable, find_base
from saite.site.blanks import Owners
from saite.site.folds import resolve
from saite.site.labels import LabelTable, Packed, pack
from saite.site.links import BacklinkTable, LinkIndex
from saite.site.order import SUBCLASS, Hierarchy, PropertyOrder, pairs, shape_orders
from saite.site.reading import ReadingOrder
from saite.site.scan import Scan, merged, scan
from saite.site.tables import Tables
from saite.site.vocabulary import well_known
from saite.store.protocol import Store
from saite.terms import BlankNode, Literal, NamedNode, Subject

_XL_LABEL: Final = NamedNode(PREFIXES["skosxl"] + "prefLabel")


class Draft:
    """What is known of a store while the tables are made, and no longer.

    Attributes:
        found: the scan.
        terms: its terms by number.
        renumber: the site's numbers of the scan's terms; -1 for what the site does not number.
    """

    def __init__(self, store: Store, config: Config) -> None:
        self._store = store
        self._config = config
        self.found = scan(store.quads())
        _forget_repetitions(store, self.found)
        self.terms: list[Subject] = list(self.found.numbers)
        self._classes = Hierarchy(pairs(store, SUBCLASS))
        self._folds = resolve(store, config, self._classes, self._described)
        self._number()
        self._own_links()

    def _described(self, node: Subject) -> bool:
        number = self.found.numbers.get(node)
        return number is not None and self.found.described[number] > 0

    def _number(self) -> None:
        """Numbers the nodes of the site: IRIs by IRI, then folded blank nodes by label."""
        config, found = self._config, self.found
        iris = [
            term for term, place in zip(self.terms, found.described, strict=True) if place and type(term) is NamedNode
        ]
        self._base = config.base or find_base([node.value for node in iris])
        self._paths = Paths(
            self._base,
            [(rule.iri, rule.path) for rule in config.documents],
            (*config.languages, *config.label_languages, *(MARKS[name] for name in config.profiles)),
            _free_pages(config),
        )
        documents = self._hash_documents(iris)
        iris += [document for document in documents if not self._described(document)]
        iris.sort(key=_text)
        self._iris = len(iris)
        self._nodes: list[Subject] = [*iris, *sorted((n for n in self._folds.homes if type(n) is BlankNode), key=_text)]
        self._numbers = {node: number for number, node in enumerate(self._nodes)}
        self.renumber = array("i", (self._numbers.get(term, -1) for term in self.terms))
        self._parts = {
            self._numbers[document]: array("I", sorted(self._numbers[part] for part in parts))
            for document, parts in documents.items()
        }

    def _hash_documents(self, iris: Iterable[NamedNode]) -> dict[NamedNode, list[NamedNode]]:
        """The site's documents that hash IRIs name, with these IRIs."""
        found: dict[NamedNode, list[NamedNode]] = {}
        known: dict[str, NamedNode | None] = {}
        for node in iris:
            document, _, fragment = node.value.partition("#")
            if fragment and node not in self._folds.homes and self._paths.inside(node.value):
                if document not in known:
                    known[document] = self._document(document)
                if (target := known[document]) is not None:
                    found.setdefault(target, []).append(node)
        return found

    def _document(self, iri: str) -> NamedNode | None:
        for node in (NamedNode(iri), NamedNode(iri + "#")):
            if self._described(node):
                return None if node in self._folds.homes else node
        return NamedNode(iri)

    def _own_links(self) -> None:
        """Finds out on whose pages the links of folded and blank nodes are shown."""
        numbers, folds = self._numbers, self._folds
        self._shown = {numbers[node]: tuple(numbers[page] for page in folds.pages(node)) for node in folds.homes}
        first, rest = (self.found.predicates.get(node, -1) for node in (RDF_FIRST, RDF_REST))
        self._owners = Owners(self.found, self.terms, first, rest, self._pages_of)

    def _pages_of(self, number: int) -> tuple[int, ...]:
        """The resources on whose pages an IRI or a folded node is shown; the argument is a number of the scan."""
        own = self.renumber[number]
        return self._shown.get(own, (own,)) if own >= 0 else ()

    def tables(self) -> Tables:
        """The tables of the site."""
        config = self._config
        predicates = sorted(self.found.predicates, key=_text)
        predicate_numbers = {node: number for number, node in enumerate(predicates)}
        reading = ReadingOrder(config)
        ranks = {node: rank for rank, node in enumerate(sorted(predicates, key=reading.properties.__getitem__))}
        nodes, numbers, folds = self._nodes, self._numbers, self._folds
        links = LinkIndex(self._links(predicate_numbers), len(nodes), len(predicates))
        guests = (
            (numbers[host], predicate_numbers[via], numbers[node])
            for node, hosts in folds.hosts.items()
            for via, host in hosts
        )
        return Tables(
            config=config,
            base=self._base,
            paths=self._paths,
            nodes=nodes,
            numbers=numbers,
            predicates=predicates,
            predicate_numbers=predicate_numbers,
            reading=reading,
            reading_ranks=[ranks[node] for node in predicates],
            classes=self._classes,
            labels=self._labels(),
            addresses=AddressTable(numbers, nodes, self._documents(), folds.homes),
            folds=folds,
            order=PropertyOrder(config.order, shape_orders(self._store), predicates, self._classes),
            backlinks=BacklinkTable(links, nodes, predicates),
            guests=LinkIndex(guests, len(nodes), len(predicates)),
            parts=self._parts,
            long=self._long(),
        )

    def _long(self) -> bytearray:
        found = bytearray(len(self._nodes))
        for number, long in enumerate(self.found.long):
            if long and (own := self.renumber[number]) >= 0:
                found[own] = 1
        return found

    def _documents(self) -> list[str]:
        documents = self._paths.assign([node.value for node in self._nodes[: self._iris]])
        return documents + [""] * (len(self._nodes) - self._iris)

    def _labels(self) -> LabelTable:
        config, found = self._config, self.found
        languages = (*config.languages, *config.label_languages)
        spoken = {tag.partition("-")[0].lower() for tag in languages}
        labels = found.labels
        for subject, _, label, _ in self._store.quads(None, _XL_LABEL):
            if type(label) is not Literal and label in found.numbers:
                number = found.numbers[subject]
                for tag, text, _ in labels.get(found.numbers[label], ()):
                    labels[number] = merged(labels.get(number, ()), tag, text, 0)
        others: dict[Subject, Packed] = {}
        for node, known in well_known().items():
            number = found.numbers.get(node, -1)
            if number < 0 or self.renumber[number] < 0:
                others[node] = pack(known)
                continue
            # what has a page is given no names in languages that nobody asks for, as if the data had them
            asked = tuple(one for one in known if one[0] in spoken)
            for tag, text, rank in asked or (() if number in labels else known):
                labels[number] = merged(labels.get(number, ()), tag, text, rank)
        packed: list[Packed | None] = [None] * len(self._nodes)
        for number, known in labels.items():
            own = self.renumber[number]
            if own >= 0:
                packed[own] = pack(known)
            else:
                others[self.terms[number]] = pack(known)
        return LabelTable(self._numbers, packed, others, languages, config.all_prefixes())

    def _links(self, predicate_numbers: Mapping[NamedNode, int]) -> Iterator[tuple[int, int, int]]:
        """Links between pages: those of folded and blank nodes are their pages' own."""
        found, renumber = self.found, self.renumber
        predicates = [predicate_numbers[node] for node in found.predicates]
        left_out = {lists.IN_SCHEME, lists.TOP_CONCEPT_OF, RDF_REST, *map(NamedNode, self._config.hide)}
        said = self._config.statements
        if said is not None:  # what a statement says links by itself where it is published; saying so is no link
            left_out |= {NamedNode(iri) for iri in (said.property, said.value, said.accepted) if iri}
        excluded = {found.predicates[node] for node in left_out if node in found.predicates}
        simple = bytearray(type(node) is NamedNode and node not in self._folds.homes for node in self._nodes)
        for source, predicate, target in zip(found.sources, found.links, found.targets, strict=True):
            to = renumber[target]
            if to < 0 or predicate in excluded or not simple[to]:
                continue
            own = renumber[source]
            if own >= 0 and simple[own]:
                if own != to:
                    yield to, predicates[predicate], own
            elif own >= 0:
                pages = self._shown[own]
                if to not in pages:
                    yield from ((to, predicates[predicate], page) for page in pages)
            else:
                yield from self._blank_links(source, predicate, to, predicates)

    def _blank_links(
        self, source: int, predicate: int, to: int, predicates: Sequence[int]
    ) -> Iterator[tuple[int, int, int]]:
        for origin, through in self._owners.origins(source, predicate):
            pages = self._pages_of(origin) or self._owners.of(origin)
            yield from ((to, predicates[through], page) for page in pages if page != to)

    def graphs(self) -> dict[str, int]:
        """Quads by name of the graph, "" for the default graph; sorted."""
        counts: dict[str, int] = {}
        for graph, count in self.found.graphs.items():
            name = graph.value if type(graph) is NamedNode else f"_:{graph.value}" if type(graph) is BlankNode else ""
            counts[name] = count
        return dict(sorted(counts.items()))

    def roots(self) -> dict[NamedNode, list[BlankNode]]:
        """Blank nodes that no resource owns, by class; those without a type under rdfs:Resource."""
        terms = self.terms
        blanks = (
            number
            for number, (term, place) in enumerate(zip(terms, self.found.described, strict=True))
            if place and type(term) is BlankNode and self.renumber[number] < 0
        )
        found: dict[NamedNode, list[BlankNode]] = {}
        for number in self._owners.roots(blanks, lambda n: terms[n].value):
            node = terms[number]
            assert type(node) is BlankNode
            types = {o for _, _, o, _ in self._store.quads(node, RDF_TYPE) if type(o) is NamedNode}
            for class_ in types or {lists.RESOURCE}:
                found.setdefault(class_, []).append(node)
        return found


def _text(node: Subject) -> str:
    return node.value


def _free_pages(config: Config) -> list[str]:
    folder = config.root / config.pages
    return sorted({path.name.partition(".")[0] for path in folder.glob("*.md")}) if folder.is_dir() else []


def _forget_repetitions(store: Store, found: Scan) -> None:
    """Counts a triple once that stands in several graphs."""
    terms: list[Subject] = list(found.numbers) if found.several else []
    for number in found.several:
        seen: set[tuple[NamedNode, object]] = set()
        for _, predicate, object_, _ in store.quads(terms[number]):
            if (predicate, object_) in seen:
                found.counts[found.predicates[predicate]] -= 1
            seen.add((predicate, object_))
