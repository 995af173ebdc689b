"""An endpoint that is none: Oxigraph in this process, made to behave like engines that are harder to read from."""

import json
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions

from saite.store import RemoteStore
from saite.store.protocol import QueryResult
from saite.store.request import request
from saite.store.transport import Overtaxed
from saite.terms import BlankNode, NamedNode, Quad, Term


class Engine(RemoteStore):
    """An engine with its own ways.

    Args:
        quads: what it holds.
        cap: rows of an answer, at most; what is more is cut silently.
        sortable: rows that it sorts, at most; for more it fails.
        union: its default graph is the union of all graphs.
        server: the name it gives itself. As ``virtuoso`` it has blank nodes that can be asked for; as ``oxigraph`` it
            keeps their names; any other gives them other names in each answer.
        before: what happens before a query is run.
    """

    def __init__(
        self,
        quads: Iterable[Quad],
        *,
        cap: int = 1_000_000,
        sortable: int = 1_000_000,
        union: bool = False,
        server: str = "",
        before: "Callable[[Engine, str], None]" = lambda engine, text: None,
    ) -> None:
        super().__init__("http://e/sparql")
        self.native = pyoxigraph.Store()
        self.virtuoso = server == "virtuoso"
        self.native.bulk_extend(map(_skolemized, quads) if self.virtuoso else quads)
        self.cap = cap
        self.sortable = sortable
        self.union = union or self.virtuoso
        self.server = server
        self.before = before
        self.asked = 0

    def query(self, text: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
        """What that engine would answer."""
        self.asked += 1
        self.before(self, text)
        bound = request(text, bindings).bound.text
        _, _, limit = bound.partition("LIMIT ")
        if limit and int(limit) > self.sortable:
            raise Overtaxed("Sorted TOP clause specifies more rows to sort than are allowed")
        found = self.native.query(bound, use_default_graph_as_union=self.union)
        if isinstance(found, QueryBoolean):
            return found
        assert isinstance(found, QuerySolutions)
        answer = json.loads(found.serialize(format=QueryResultsFormat.JSON) or b"")
        rows = answer["results"]["bindings"][: self.cap]
        names: dict[str, str] = {}
        for row in rows:
            for cell in row.values():
                self._rename(cell, names)
        answer["results"]["bindings"] = rows
        made = pyoxigraph.parse_query_results(json.dumps(answer).encode(), QueryResultsFormat.JSON)
        assert isinstance(made, QuerySolutions)
        return made

    def _rename(self, cell: dict[str, Any], names: dict[str, str]) -> None:
        value = cell["value"]
        if cell["type"] == "uri" and value.startswith("nodeID://"):
            cell["type"], cell["value"] = "bnode", value.removeprefix("nodeID://")
        elif cell["type"] == "bnode" and self.server != "oxigraph":
            cell["value"] = names.setdefault(value, f"x{random.getrandbits(60):x}")


def _skolemized(quad: Quad) -> Quad:
    """The quad with blank nodes that can be asked for."""
    subject, value = quad.subject, quad.object
    if isinstance(subject, BlankNode):
        subject = NamedNode(f"nodeID://{subject.value}")
    if isinstance(value, BlankNode):
        value = NamedNode(f"nodeID://{value.value}")
    return Quad(subject, quad.predicate, value, quad.graph_name)
