"""What the floors above ask of a store; embedded Oxigraph and SPARQL 1.1 endpoints answer it alike."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from saite.terms import Graph, NamedNode, Quad, Subject, Term

QueryResult = QuerySolutions | QueryTriples | QueryBoolean


class Store(Protocol):
    """A dataset that can be read.

    The union of all graphs serves pages, checks and queries (decision: named graphs); a triple that stands in
    two graphs is yielded once per graph by :meth:`quads`, and readers of triples drop the repetition.
    """

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything."""
        ...

    def query(self, text: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
        """Run a SPARQL 1.1 query over the union graph; never opens a connection (SERVICE is refused).

        Args:
            text: the query.
            bindings: terms for variables, put in by token and not by string formatting.

        Raises:
            SyntaxFault: the query does not parse; place has line and column.
            UsageError: the query uses SERVICE or is an update.
        """
        ...

    def graphs(self) -> list[NamedNode]:
        """The named graphs, sorted."""
        ...

    def __len__(self) -> int:
        """How many quads there are."""
        ...
