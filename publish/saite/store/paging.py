"""All triples of a part of an endpoint's data, though it may cut its answers: in pages, of which every row is counted.

An endpoint may have a limit on rows and apply it silently (Virtuoso: ``ResultSetMaxRows``), or refuse to sort many
(Virtuoso: "Sorted TOP"). So a part is counted first. If it does not come whole in one answer, it is read by its
predicates, of these the large ones by subjects, and of these the large ones by objects. Subjects and objects are put in
order by the MD5 of their text: its letters are in the same order everywhere, whatever collation an engine has. Where
a page ends within a subject, that subject is left to the next page. What came must be as much as was counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Final

from pyoxigraph import QuerySolutions

from saite.errors import EnvironmentFault, SyntaxFault
from saite.store.remote import NODE_ID, RemoteStore
from saite.store.transport import Overtaxed
from saite.terms import BlankNode, Literal, NamedNode, Term, Triple

PAGE: Final = 100_000
"""Rows that are asked for at once, as long as the endpoint gives so many."""
SMALLEST: Final = 100
"""Rows of a page that is not made smaller when the endpoint fails over it."""

Row = tuple[Term, NamedNode, Term]
"""Subject, predicate and object."""


class Changed(EnvironmentFault):
    """The data changed while they were read."""


@dataclass(frozen=True, slots=True)
class Part:
    """Triples that are read together.

    Attributes:
        name: what errors call it.
        where: a pattern with ?s, ?p and ?o.
        fixed: terms for some of its variables.
        whole: it has blank nodes, by which no page can begin: what has one predicate must come in one answer.
    """

    name: str
    where: str
    fixed: Mapping[str, Term] = field(default_factory=dict)
    whole: bool = False

    def fix(self, variable: str, term: Term) -> "Part":
        """The triples with a term in a place."""
        return replace(self, fixed={**self.fixed, variable: term})


class Pages:
    """Reads parts.

    Args:
        remote: the endpoint.
        virtuoso: it is Virtuoso: blank nodes have names to ask by, and some triples look alike when they have left it
            (``"x"`` and ``"x"^^xsd:string`` are two texts there).
        page: rows to ask for at once.
    """

    def __init__(self, remote: RemoteStore, virtuoso: bool = False, page: int = PAGE) -> None:
        self.remote = remote
        self.virtuoso = virtuoso
        self.page = page

    def count(self, where: str, fixed: Mapping[str, Term] | None = None) -> int:
        """How many solutions a pattern has."""
        row = next(self.ask(f"SELECT (COUNT(*) AS ?n) {{ {where} }}", fixed), None)
        number = row["n"] if row is not None else None
        if not isinstance(number, Literal) or not number.value.isdecimal():
            raise EnvironmentFault(
                f"{self.remote.endpoint} counts, but gives no number: {number}", cure="Does it speak SPARQL 1.1?"
            )
        return int(number.value)

    def ask(self, text: str, fixed: Mapping[str, Term] | None = None) -> QuerySolutions:
        """The solutions of a query.

        Raises:
            EnvironmentFault: the endpoint refuses it, or see :meth:`saite.store.RemoteStore.query`.
        """
        try:
            found = self.remote.query(text, fixed)
        except SyntaxFault as error:  # the query is ours, so that the user has nothing to mend in it
            raise EnvironmentFault(
                f"{self.remote.endpoint} does not take a query of SPARQL 1.1: {error.message}",
                cure="Ask who runs it; or load its dump as files.",
                excerpt=text,
            ) from error
        assert isinstance(found, QuerySolutions)  # the store sees to it
        return found

    def read(self, part: Part, count: int) -> Iterator[Row]:
        """Every triple of a part, once.

        Args:
            part: what is read.
            count: how many triples it has.

        Raises:
            Changed: there are now more or fewer.
            EnvironmentFault: they cannot be read completely.
        """
        if not count:
            return
        if count <= self.page or (part.whole and "p" in part.fixed):
            rows = self.at_once(part, count)
            if rows is not None:
                yield from rows
                return
        if "p" in part.fixed:
            yield from self._in_order(part, count, "o" if "s" in part.fixed else "s")
            return
        predicates = self._predicates(part)
        if sum(predicates.values()) == count:
            for predicate, number in predicates.items():
                yield from self.read(part.fix("p", predicate), number)
        elif part.whole:
            raise self.cut(part, count, len(predicates))
        else:  # the list of predicates was cut
            yield from self._in_order(part, count, "p")

    def at_once(self, part: Part, count: int) -> list[Row] | None:
        """A part as one answer; None if it must be taken in pages, which are shorter from then on.

        Raises:
            Changed, EnvironmentFault: see :meth:`read`.
        """
        whole = part.whole and "p" in part.fixed
        try:
            rows = [row for _, row in self._rows(part)]
        except Overtaxed:
            if whole or count <= SMALLEST:
                raise
            self.page = max(SMALLEST, min(self.page, count) // 10)
            return None
        if len(rows) == count:
            return rows
        self.unchanged(part, count)
        if whole or not rows or len(rows) > count:
            raise self.cut(part, count, len(rows))
        self.page = min(self.page, len(rows))
        return None

    def _predicates(self, part: Part) -> dict[NamedNode, int]:
        found = self.ask(f"SELECT ?p (COUNT(*) AS ?n) {{ {part.where} }} GROUP BY ?p", part.fixed)
        counts = {row["p"]: int(row["n"].value) for row in found if row["p"] is not None}
        return dict(sorted(counts.items(), key=lambda item: item[0].value))

    def _in_order(self, part: Part, count: int, variable: str) -> Iterator[Row]:
        """A part in pages, in the order of the terms in one place."""
        after, left = "", count
        while left:
            rows = self._page(part, variable, after)
            if not rows:
                break
            if len(rows) < min(left, self.page):
                self.page = len(rows)
            groups = [(key, [row for _, row in some]) for key, some in groupby(rows, key=lambda row: row[0])]
            keys = [after, *(key for key, _ in groups)]
            if any(key <= before for before, key in pairwise(keys)):
                raise EnvironmentFault(
                    f"{self.remote.endpoint} does not keep to an order, so that its data cannot be read in pages",
                    cure=f"Ask who runs it to allow answers of {count} rows.",
                )
            if len(rows) != left:
                groups = groups[:-1] or [(keys[1], list(self._large(part, variable, keys[1], groups[0][1])))]
            for key, some in groups:
                yield from some
                left -= len(some)
                after = key
            if left < 0:
                break
        if left:
            self.unchanged(part, count)
            raise self.cut(part, count, count - left)

    def _large(self, part: Part, variable: str, key: str, rows: list[Row]) -> Iterator[Row]:
        """All that has the same term in a place, of which at least some rows fill a page."""
        if variable == "o":
            where = f"{part.where} FILTER(MD5(STR(?o)) = ?key)"
            alike = replace(part, where=where, fixed={**part.fixed, "key": Literal(key)})
            count = self.count(alike.where, alike.fixed)
            if count != len(rows):
                rows = [row for _, row in self._rows(alike)]
            if count != len(rows):
                raise self.cut(part, count, len(rows))
            yield from rows
            return
        term = rows[0]["spo".index(variable)]
        if isinstance(term, BlankNode):
            term = NamedNode(NODE_ID + term.value)
        inner = part.fix(variable, term)
        count = self.count(inner.where, inner.fixed)
        yield from rows if count == len(rows) else self.read(inner, count)

    def _page(self, part: Part, variable: str, after: str) -> list[tuple[str, Row]]:
        key = f"MD5(STR(?{variable}))"
        while True:
            try:
                return list(
                    self._rows(
                        replace(
                            part,
                            where=f"{part.where} FILTER({key} > ?after)",
                            fixed={**part.fixed, "after": Literal(after)},
                        ),
                        f"({key} AS ?key)",
                        f"ORDER BY {key} LIMIT {self.page}",
                    )
                )
            except Overtaxed:
                if self.page <= SMALLEST:
                    raise
                self.page = max(SMALLEST, self.page // 10)

    def _rows(self, part: Part, key: str = "", tail: str = "") -> Iterator[tuple[str, Row]]:
        """The triples of one answer, each with its key."""
        open_ = [name for name in "spo" if name not in part.fixed]
        columns = " ".join(f"?{name}" for name in open_)
        seen: set[Row] = set()
        for found in self.ask(f"SELECT {columns} {key} {{ {part.where} }} {tail}", part.fixed):
            cells = [found[name] if name in open_ else part.fixed[name] for name in "spo"]
            row = self.row(cells, part)
            if row in seen and not self.virtuoso:
                raise EnvironmentFault(
                    f"{self.remote.endpoint} gives a triple of {part.name} twice: {' '.join(map(str, row))[:200]}",
                    cure="A graph holds a triple once: is this an endpoint over several stores?",
                )
            seen.add(row)
            yield found["key"].value if key else "", row

    def row(self, cells: list[object], part: Part) -> Row:
        """A triple from the cells of an answer.

        Raises:
            EnvironmentFault: it is none, or is in RDF 1.2.
        """
        s, p, o = cells
        if isinstance(o, Triple) or (isinstance(o, Literal) and o.direction is not None):
            raise EnvironmentFault(
                f"{part.name} at {self.remote.endpoint} has RDF 1.2, which Saite does not read: {str(o)[:200]}",
                cure="Write triple terms as nodes of their own (n-ary relations), and leave out base directions.",
            )
        if not (isinstance(s, NamedNode | BlankNode) and isinstance(p, NamedNode)) or o is None:
            raise EnvironmentFault(
                f"{self.remote.endpoint} gives something else than triples of {part.name}: {s} {p} {o}",
                cure="Does it speak SPARQL 1.1?",
            )
        if isinstance(s, BlankNode | NamedNode) and s.value.startswith(NODE_ID):
            s = BlankNode(s.value.removeprefix(NODE_ID))
        assert isinstance(o, NamedNode | BlankNode | Literal)  # nothing else is left
        return s, p, o

    def unchanged(self, part: Part, count: int) -> None:
        """Sees that a part still has as many triples as it had.

        Raises:
            Changed: it has not.
        """
        now = self.count(part.where, part.fixed)
        if now != count:
            raise Changed(
                f"{part.name} at {self.remote.endpoint} changed while it was read: {count} triples, then {now}",
                cure="Read it when nobody writes to it.",
            )

    def cut(self, part: Part, count: int, came: int) -> EnvironmentFault:
        """The fault of a part of which not all came."""
        message = f"{self.remote.endpoint} counts {count} triples in {part.name}, but gives {came}"
        cure = f"Ask who runs it to allow answers of {count} rows."
        if part.whole:
            message += "; they have blank nodes, which would lose their identity in pages"
            cure += " Or give these nodes IRIs."
        return EnvironmentFault(message, cure=cure)


__all__ = ["PAGE", "Changed", "Pages", "Part", "Row"]
