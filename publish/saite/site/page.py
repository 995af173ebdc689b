"""From a description to a :class:`~saite.site.model.Resource`: a pure function of the tables and the description."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from saite.namespaces import DCT, LABEL_PROPERTIES, OWL, RDF_FIRST, RDF_NIL, RDF_TYPE
from saite.site.content import LABEL, LEFT_OUT, ORDINARY, Content, other_names, plain
from saite.site.description import Description, Fetch, Group
from saite.site.labels import Packed
from saite.site.model import FoldedNode, FoldTable, Provenance, Resource, Row, Value
from saite.site.statements import Roles, Statement
from saite.site.tables import Tables
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term, sort_key

DEEPEST: Final = 12
"""How deeply blank nodes, lists and folded nodes are shown in one another; deeper ones stand by themselves."""

MOST_PARTS: Final = 5_000
"""How many hash IRIs a document may have for its RDF to describe them all."""

SHORT_LIST: Final = 20
"""Members of a shared list of plain terms that is shown again in full rather than referred to."""

_TRUE: Final = {"true", "1"}


class Describer:
    """Makes resources.

    Args:
        tables: the tables of the site.
        fetch: reads the quads of a subject.
    """

    def __init__(self, tables: Tables, fetch: Fetch) -> None:
        self.tables = tables
        self.fetch = fetch
        numbers = tables.predicate_numbers
        self.type = numbers.get(RDF_TYPE)
        self.first = numbers.get(RDF_FIRST)
        self.kinds = [ORDINARY] * len(tables.predicates)
        for node in LABEL_PROPERTIES:
            if node in numbers:
                self.kinds[numbers[node]] = LABEL
        for node in (RDF_TYPE, *map(NamedNode, tables.config.hide)):
            if node in numbers:
                self.kinds[numbers[node]] = LEFT_OUT
        self.hidden = frozenset(map(NamedNode, tables.config.hide))
        statements = tables.config.statements
        self.roles = Roles(statements, numbers) if statements is not None else None
        self._deprecated = numbers.get(NamedNode(OWL + "deprecated"))
        self._modified = numbers.get(NamedNode(DCT + "modified"))
        self._types: dict[tuple[Term, ...], tuple[NamedNode, ...]] = {}

    def types(self, group: Group) -> tuple[NamedNode, ...]:
        """The classes of a subject, most specific first."""
        terms = group.objects.get(self.type) if self.type is not None else None
        if not terms:
            return ()
        key = tuple(terms)
        known = self._types.get(key)
        if known is None:
            known = self.tables.classes.specific_first(t for t in terms if type(t) is NamedNode)
            if len(self._types) < 10_000:
                self._types[key] = known
        return known

    def resource(self, number: int) -> Resource:
        """The resource with a number."""
        tables = self.tables
        node = tables.nodes[number]
        assert type(node) is NamedNode
        group = Group(node, self.fetch(node), tables.predicate_numbers)
        types = self.types(group)
        parts = tables.parts.get(number, ()) if tables.parts else ()
        if group.blanks or parts or number in tables.guests:
            content = self.composed(group, types, number, parts)
        else:
            content = plain(tables, self.kinds, group, types, number)
        backlinks, pages = tables.backlinks.of(number)
        return Resource(
            node,
            tables.addresses.page(number),
            content.triples,
            types,
            content.rows,
            content.tables,
            backlinks,
            pages,
            content.heading,
            self._deprecated in group.objects and bool(_texts(group.get(self._deprecated)) & _TRUE),
            max(_texts(group.get(self._modified)), default="") if self._modified in group.objects else "",
            tuple([tables.nodes[part] for part in parts]),  # type: ignore[misc]  # parts are IRIs
            content.deep,
        )

    def composed(self, group: Group, types: tuple[NamedNode, ...], number: int, parts: Sequence[int] = ()) -> Content:
        """The content of any resource's page."""
        tables = self.tables
        page = Page(self, group)
        guests = page.description.guests(group.subject)
        if guests:
            page.claim(guests)
        rows, heading = page.rows_of_resource(group, types, tables.labels.own(number))
        folded = page.tables() if guests else ()
        deep = page.deep() if page.waiting else ()
        described = [tables.nodes[part] for part in parts] if len(parts) <= MOST_PARTS else []
        page.description.close([group.subject, *described])
        return Content(page.description.triples(), rows, folded, heading, deep)

    def unnamed(self, node: BlankNode) -> Value:
        """A blank node that no resource owns, with what it says."""
        return Page(self, Group(node, self.fetch(node), self.tables.predicate_numbers)).blank(node)


def _texts(terms: Iterable[Term]) -> set[str]:
    return {term.value for term in terms if type(term) is Literal}


class Page:
    """One page in the making: what it has shown already.

    Attributes:
        description: what the page's nodes say.
        waiting: blank nodes that are nested too deeply to be shown where they stand.
    """

    __slots__ = (
        "_claims",
        "_describer",
        "_hosts",
        "_late",
        "_node",
        "_placed",
        "_shown",
        "_told",
        "description",
        "waiting",
    )

    def __init__(self, describer: Describer, group: Group) -> None:
        self._describer = describer
        self._node = group.subject
        self.description = Description(describer.tables, describer.fetch, group)
        self.waiting: list[BlankNode] = []
        self._shown: set[Subject] = set()
        self._claims: dict[Subject, dict[NamedNode, list[Statement]]] = {}
        self._told: set[Subject] = set()
        self._hosts: dict[Subject, list[tuple[NamedNode, Subject]]] = {}
        self._placed: set[Subject] = set()
        self._late: list[Subject] = []

    # -- folded nodes and statements --

    def claim(self, guests: list[tuple[NamedNode, Subject]]) -> None:
        """Takes in the folded nodes of this page: statements speak of values, the others stand in tables."""
        hosts: dict[Subject, list[tuple[NamedNode, Subject]]] = {self._node: guests}
        waiting: list[Subject] = [self._node]
        statements: list[Subject] = []
        while waiting:
            for _, guest in hosts[waiting.pop()]:
                if guest in hosts:
                    continue
                hosts[guest] = self.description.guests(guest)
                waiting.append(guest)
                if self._is_statement(guest):
                    statements.append(guest)
        self._hosts = hosts
        for node in sorted(statements, key=sort_key):
            self._claim(node)

    def _is_statement(self, node: Subject) -> bool:
        folds, roles = self._describer.tables.folds, self._describer.roles
        return roles is not None and folds.rules[folds.rule[node]].type == roles.type.value

    def _claim(self, node: Subject) -> None:
        roles = self._describer.roles
        assert roles is not None
        group = self.description.group(node)
        about = [t for t in group.get(roles.resource) if t in self._hosts]
        properties = [t for t in group.get(roles.property) if type(t) is NamedNode]
        if not about or not properties:
            return
        self._told.add(node)
        statement = roles.statement(group, self._rest)
        for subject in about:
            for property_ in properties:
                # statements are about IRIs and blank nodes: those are the hosts
                claims = self._claims.setdefault(subject, {})  # type: ignore[arg-type]
                claims.setdefault(property_, []).append(statement)

    def _rest(self, group: Group, told: frozenset[int]) -> tuple[Row, ...]:
        return self._rows(group, told, 1)

    def tables(self) -> tuple[FoldTable, ...]:
        """The folded nodes of the page in tables."""
        found = self._tables(self._node, 0)
        for host in self._late:
            found += self._tables(host, 0)
        return tuple(found)

    def _tables(self, host: Subject, depth: int) -> list[FoldTable]:
        tables = self._describer.tables
        grouped: dict[tuple[int, int, NamedNode], list[Subject]] = {}
        for via, guest in self._hosts[host]:
            if guest not in self._told and guest not in self._placed:
                place = tables.folds.rule[guest]
                grouped.setdefault((place, tables.folds.rules[place].into.index(via.value), via), []).append(guest)
        found = []
        for place, rank, via in sorted(grouped, key=lambda key: key[:2]):
            guests = [guest for guest in grouped[place, rank, via] if guest not in self._placed]
            if guests:
                self._placed.update(guests)
                found.append(self._table(place, via, guests, depth))
        return found

    def _table(self, place: int, via: NamedNode, guests: Sequence[Subject], depth: int) -> FoldTable:
        describer = self._describer
        numbers = describer.tables.predicate_numbers
        rule = describer.tables.folds.rules[place]
        type_ = NamedNode(rule.type)
        groups = [self.description.group(guest) for guest in guests]
        used = {describer.tables.predicates[number] for group in groups for number in group.objects}
        used -= describer.hidden | {via, RDF_TYPE}
        columns = [c for c in map(NamedNode, rule.columns) if c in used]
        columns = columns or describer.tables.order.sorted(used, (type_,))
        order = [numbers[c] for c in columns]

        def reading(group: Group) -> tuple[list[tuple[int, str, str, str]], tuple[int, str, str, str]]:
            cells = [group.objects.get(number) for number in order]
            return [sort_key(cell[0]) if cell else (9, "", "", "") for cell in cells], sort_key(group.subject)

        nodes = [self._folded(group, type_, depth) for group in sorted(groups, key=reading)]
        return FoldTable(type_, via, tuple(columns), tuple(nodes))

    def _folded(self, group: Group, type_: NamedNode, depth: int) -> FoldedNode:
        describer = self._describer
        known = {type_, *describer.tables.classes.ancestors(type_)}
        plain = all(t in known for t in describer.types(group)) and describer.type is not None
        rows = self._rows(
            group, frozenset((describer.type,)) if plain and describer.type is not None else frozenset(), depth + 1
        )
        inner: list[FoldTable] = []
        if self._hosts[group.subject]:
            if depth < DEEPEST:
                inner = self._tables(group.subject, depth + 1)
            else:
                self._late.append(group.subject)
        return FoldedNode(group.subject, describer.tables.addresses.anchor(group.subject), rows, tuple(inner))

    # -- rows --

    def rows_of_resource(
        self, group: Group, types: tuple[NamedNode, ...], names: Packed
    ) -> tuple[tuple[Row, ...], tuple[Provenance, ...]]:
        """The rows of the page's own resource, and the statements about its labels and types."""
        describer = self._describer
        kinds, predicates = describer.kinds, describer.tables.predicates
        claims = self._claims.get(group.subject)
        rows: list[Row] = []
        beside = self._beside(group.subject)
        ranks = describer.tables.order.ranks(types)
        objects = group.objects
        for number in sorted(objects, key=ranks.__getitem__):
            terms: Sequence[Term] = objects[number]
            kind = kinds[number]
            if kind:
                if kind == LEFT_OUT:
                    continue
                terms = other_names(terms, names)
            property_ = predicates[number]
            if claims and kind != LABEL and property_ in claims:
                rows.append(self._claimed(property_, terms, claims[property_], 0, beside))
            elif values := self._values(terms, 0, beside):
                rows.append(Row(property_, values))
        heading: list[Provenance] = []
        if claims:
            heading = [
                statement.provenance
                for property_ in (*LABEL_PROPERTIES, RDF_TYPE)
                for statement in claims.get(property_, ())
                if property_ not in describer.hidden
            ]
            rows = self._with_unpublished(rows, claims, types, {*LABEL_PROPERTIES, RDF_TYPE})
        return tuple(rows), tuple(heading)

    def _rows(self, group: Group, without: frozenset[int], depth: int) -> tuple[Row, ...]:
        """The rows of a node that is shown inside the page."""
        describer = self._describer
        claims = self._claims.get(group.subject, {})
        beside = self._beside(group.subject)
        types = describer.types(group)
        ranks = describer.tables.order.ranks(types)
        rows: list[Row] = []
        for number in sorted(group.objects, key=ranks.__getitem__):
            property_ = describer.tables.predicates[number]
            if property_ in describer.hidden or (number in without and property_ not in claims):
                continue
            terms = group.objects[number]
            if property_ in claims:
                rows.append(self._claimed(property_, terms, claims[property_], depth, beside))
            elif values := self._values(terms, depth, beside):
                rows.append(Row(property_, values))
        return tuple(self._with_unpublished(rows, claims, types, set())) if claims else tuple(rows)

    def _claimed(
        self,
        property_: NamedNode,
        terms: Iterable[Term],
        claims: Sequence[Statement],
        depth: int,
        beside: Collection[Term],
    ) -> Row:
        """A property of which statements speak: each stands by the value that it is about, or by the property."""
        by_value: dict[Term, list[Statement]] = {}
        for statement in claims:
            for term in statement.values():
                by_value.setdefault(term, []).append(statement)
        values = []
        matched: set[Subject] = set()
        for term in terms:
            about = by_value.get(term, ())
            matched.update(statement.provenance.node for statement in about)
            told = tuple(statement.about(term) for statement in about)
            if told or term not in beside:
                values.append(self._value(term, depth, told))
        rest = (statement.provenance for statement in claims if statement.provenance.node not in matched)
        return Row(property_, tuple(values), tuple(rest))

    def _with_unpublished(
        self,
        rows: list[Row],
        claims: dict[NamedNode, list[Statement]],
        types: Sequence[NamedNode],
        elsewhere: set[NamedNode],
    ) -> list[Row]:
        """Rows with those of which only statements speak, in their order."""
        by_property = {row.property: row for row in rows}
        missing = claims.keys() - by_property.keys() - elsewhere - self._describer.hidden
        if not missing:
            return rows
        for property_ in missing:
            by_property[property_] = Row(property_, (), tuple(s.provenance for s in claims[property_]))
        return [by_property[p] for p in self._describer.tables.order.sorted(by_property, types)]

    # -- values --

    def _beside(self, subject: Subject) -> Collection[Term]:
        """The nodes that a subject need not link to, since they stand in its tables."""
        if not self._hosts:
            return ()
        return {guest for _, guest in self._hosts.get(subject, ())} - self._told

    def _values(self, terms: Iterable[Term], depth: int, beside: Collection[Term] = ()) -> tuple[Value, ...]:
        value = self._value
        return tuple([value(term, depth) for term in terms if not beside or term not in beside])

    def _value(self, term: Term, depth: int, told: tuple[Provenance, ...] = ()) -> Value:
        if type(term) is Literal:
            return Value(term, provenance=told)
        if type(term) is BlankNode:
            return self.blank(term, depth, told)
        return Value(term, items=() if term == RDF_NIL else None, provenance=told)

    def blank(self, node: BlankNode, depth: int = 0, told: tuple[Provenance, ...] = ()) -> Value:
        """A blank node with its properties or, if it is an RDF list, its members."""
        group = self.description.group(node)
        if not group.objects:
            return Value(node, provenance=told)
        items = self.description.items(node) if self._describer.first in group.objects else None
        if node in self._shown:
            again = items is not None and len(items) <= SHORT_LIST and not any(type(t) is BlankNode for t in items)
            if items is None or not again:
                return Value(node, repeated=True, provenance=told)
        elif depth >= DEEPEST:
            self._shown.add(node)
            self.waiting.append(node)
            return Value(node, repeated=True, provenance=told)
        self._shown.add(node)
        if items is not None:
            return Value(node, items=tuple([self._value(item, depth + 1) for item in items]), provenance=told)
        return Value(node, self._rows(group, frozenset(), depth + 1), provenance=told)

    def deep(self) -> tuple[Value, ...]:
        """The blank nodes that were put off, each shown by itself."""
        found = []
        for node in self.waiting:  # which grows meanwhile
            self._shown.discard(node)
            found.append(self.blank(node))
        return tuple(found)
