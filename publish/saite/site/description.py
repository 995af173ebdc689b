"""The description of resources: outgoing triples, blank-node closure, folded nodes."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from saite.namespaces import RDF_FIRST, RDF_LIST, RDF_NIL, RDF_REST, RDF_TYPE
from saite.site.tables import Tables
from saite.site.triples import Triples, ordered
from saite.terms import BlankNode, NamedNode, Quad, Subject, Term

Fetch = Callable[[Subject], Iterable[Quad]]
"""The quads of a subject, in all graphs."""

_NO_TERMS: Sequence[Term] = ()


class Group:
    """What one subject says.

    Attributes:
        subject: the subject.
        objects: objects by predicate number (in no order), in the order of :func:`saite.terms.sort_key`, none twice.
        blanks: the objects that are blank nodes; in no order, repeated where they stand in several graphs.
    """

    __slots__ = ("blanks", "objects", "subject")

    def __init__(self, subject: Subject, quads: Iterable[Quad], numbers: Mapping[NamedNode, int]) -> None:
        self.subject = subject
        self.objects = objects = dict[int, list[Term]]()
        self.blanks = blanks = list[BlankNode]()
        for quad in quads:
            number = numbers[quad.predicate]
            term: Term = quad.object  # type: ignore[assignment]  # no triple terms: the sources refuse them
            if number in objects:
                objects[number].append(term)
            else:
                objects[number] = [term]
            if type(term) is BlankNode:
                blanks.append(term)
        for number, terms in objects.items():
            if len(terms) > 1:
                objects[number] = ordered(terms)

    def get(self, number: int | None) -> Sequence[Term]:
        """The objects of a predicate; none if the data does not know it."""
        return self.objects.get(number, _NO_TERMS) if number is not None else _NO_TERMS

    def about(self, tables: Tables) -> dict[NamedNode, Sequence[Term]]:
        """The objects by predicate as :attr:`saite.site.triples.Triples.about` has them."""
        objects, predicates, values = self.objects, tables.predicates, tables.reading.values
        return {
            predicates[number]: values(objects[number])
            for number in sorted(objects, key=tables.reading_ranks.__getitem__)
        }


class Description:
    """The groups that make up the descriptions of one page, read as they are needed.

    Attributes:
        groups: what each subject says, by subject.
    """

    __slots__ = ("_broken", "_fetch", "_tables", "groups")

    def __init__(self, tables: Tables, fetch: Fetch, first: Group) -> None:
        self._tables = tables
        self._fetch = fetch
        self.groups: dict[Subject, Group] = {first.subject: first}
        self._broken: set[Term] = set()

    def group(self, subject: Subject) -> Group:
        """What a subject says."""
        known = self.groups.get(subject)
        if known is None:
            known = self.groups[subject] = Group(subject, self._fetch(subject), self._tables.predicate_numbers)
        return known

    def close(self, roots: Iterable[Subject]) -> None:
        """Reads everything that belongs to the roots' descriptions."""
        waiting = list(roots)
        reached = set(waiting)
        while waiting:
            subject = waiting.pop()
            for node in (*self.group(subject).blanks, *(guest for _, guest in self.guests(subject))):
                if node not in reached:
                    reached.add(node)
                    waiting.append(node)

    def guests(self, host: Subject) -> list[tuple[NamedNode, Subject]]:
        """The nodes that are folded into a node, each with the property that leads from it."""
        tables = self._tables
        number = tables.numbers.get(host) if len(tables.guests) else None
        if number is None:
            return []
        return [
            (tables.predicates[span.predicate], tables.nodes[source])
            for span in tables.guests.spans(number)
            for source in tables.guests.sources(span.begin, span.end)
        ]

    def triples(self) -> Triples:
        """All that was read."""
        groups, tables = self.groups, self._tables
        said = [group for subject in ordered(groups) if (group := groups[subject]).objects]
        plain = not any(group.blanks or type(group.subject) is BlankNode for group in said)
        return Triples({group.subject: group.about(tables) for group in said}, plain)

    def items(self, head: BlankNode) -> list[Term] | None:
        """The members of an RDF list; None if the node begins no well-formed list (RDF Schema 5.2).

        Each cell is a blank node with one rdf:first and one rdf:rest, and nothing else but the type rdf:List.
        """
        numbers = self._tables.predicate_numbers
        first, rest, type_ = numbers.get(RDF_FIRST), numbers.get(RDF_REST), numbers.get(RDF_TYPE)
        found: list[Term] = []
        seen: set[Term] = set()
        cell: Term = head
        while cell != RDF_NIL:
            if type(cell) is not BlankNode or cell in seen or cell in self._broken:
                self._broken |= seen  # so that a long broken list is not followed anew from each of its cells
                return None
            seen.add(cell)
            group = self.group(cell)
            firsts, rests, types = group.get(first), group.get(rest), group.get(type_)
            others = len(group.objects) - 2 - bool(types)
            if len(firsts) != 1 or len(rests) != 1 or others or any(t != RDF_LIST for t in types):
                self._broken |= seen
                return None
            found.append(firsts[0])
            cell = rests[0]
        return found
