"""All quads of an endpoint, completely and exactly, or an error.

What is there is counted by graphs before; each row that comes is counted; and all is counted again after. In between
:mod:`saite.store.paging` reads each graph. Engines differ in two things that SPARQL 1.1 leaves to them:

- The default graph may be the union of the named graphs, or a graph of its own. If every triple of the named graphs is
  in it, it is taken for the union, and only what stands in no named graph is read from it.
- The names of blank nodes mean something within one answer only. Virtuoso's can be asked for, and Oxigraph's stay; of
  any other engine all that has to do with blank nodes must come in one answer.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from pyoxigraph import QueryBoolean

from saite.errors import EnvironmentFault
from saite.store.paging import PAGE, Changed, Pages, Part, Row
from saite.store.remote import RemoteStore
from saite.store.virtuoso import VIRTRDF, is_system, mended
from saite.terms import BlankNode, DefaultGraph, Graph, Literal, NamedNode, Quad

_NAMED: Final = "GRAPH ?g { ?s ?p ?o }"
_OWN: Final = "?s ?p ?o"
_REST: Final = "?s ?p ?o FILTER NOT EXISTS { GRAPH ?elsewhere { ?s ?p ?o } }"
_BLANK: Final = "FILTER(ISBLANK(?s) || ISBLANK(?o))"
_PLAIN: Final = "FILTER(!ISBLANK(?s) && !ISBLANK(?o))"
_GRAPHS: Final = f"""
SELECT ?g ?key (COUNT(*) AS ?n) {{ {_NAMED} BIND(MD5(STR(?g)) AS ?key) FILTER(?key > ?after) }}
GROUP BY ?g ?key ORDER BY ?key
"""


class Harvest:
    """What an endpoint holds. It is counted when this is made, and read by :meth:`quads`.

    Attributes:
        counts: how many triples each graph has; the default graph as far as it is read.
        skipped: graphs that are the engine's own.

    Args:
        remote: the endpoint.
        wanted: graphs that are read even if they look like the engine's own.
        page: rows to ask for at once.

    Raises:
        EnvironmentFault: the endpoint cannot be asked; a graph has a blank node for its name.
    """

    def __init__(self, remote: RemoteStore, wanted: Collection[str] = (), page: int = PAGE) -> None:
        self.remote = remote
        self._pages = Pages(remote, page=page)
        named = self._named()
        self._pages.virtuoso = "virtuoso" in remote.server or NamedNode(VIRTRDF) in named
        self._keeps_names = self._pages.virtuoso or "oxigraph" in remote.server
        self._wanted = frozenset(wanted)
        self.skipped = tuple(graph for graph in named if self._is_system(graph))
        self._default = self._default_pattern(bool(named))
        self.counts: dict[Graph, int] = self._counted(named)

    @property
    def total(self) -> int:
        """How many quads there are."""
        return sum(self.counts.values())

    def quads(self) -> Iterator[Quad]:
        """Every quad, once; from Virtuoso also those that only Virtuoso can tell apart.

        Raises:
            Changed: the data changed meanwhile.
            EnvironmentFault: they cannot be read completely.
        """
        blanks = 0 if self._keeps_names else self._pages.count(self._everything(_BLANK))
        together = self._together(blanks) if blanks else []
        apart = Counter(quad.graph_name for quad in together)
        yield from together
        for graph, count in self.counts.items():
            part = self._part(graph)
            if blanks:
                plain = Part(part.name, f"{part.where} {_PLAIN}", part.fixed)
                yield from self._read(plain, count - apart.get(graph, 0), graph)
            elif self._keeps_names and not self._pages.virtuoso:
                yield from self._apart(part, count, graph)
            else:
                yield from self._read(part, count, graph)
        now = self._counted(self._named())
        for graph in {**self.counts, **now}:
            if self.counts.get(graph, 0) != now.get(graph, 0):
                raise Changed(
                    f"{self._part(graph).name} at {self.remote.endpoint} changed while it was read: "
                    f"{self.counts.get(graph, 0)} triples, then {now.get(graph, 0)}",
                    cure="Read it when nobody writes to it.",
                )

    def _together(self, count: int) -> list[Quad]:
        """All that has to do with blank nodes, of all graphs, as one answer."""
        part = Part("the dataset", self._everything(_BLANK), whole=True)
        found: list[Quad] = []
        for cells in self._pages.ask(f"SELECT ?g ?s ?p ?o {{ {part.where} }}"):
            graph = cells["g"]
            assert graph is None or isinstance(graph, NamedNode)  # as the list of graphs has it
            row = self._pages.row([cells[name] for name in "spo"], part)
            found.append(self._quad(row, DefaultGraph() if graph is None else graph))
        if len(set(found)) != count:
            self._pages.unchanged(part, count)
            raise self._pages.cut(part, count, len(set(found)))
        return found

    def _apart(self, part: Part, count: int, graph: Graph) -> Iterator[Quad]:
        """A graph where names of blank nodes stay: at once, else what has blank nodes by predicates."""
        rows = self._pages.at_once(part, count) if count <= self._pages.page else None
        if rows is not None:
            yield from (self._quad(row, graph) for row in rows)
            return
        blank = Part(part.name, f"{part.where} {_BLANK}", part.fixed, whole=True)
        blanks = self._pages.count(blank.where, blank.fixed)
        yield from self._read(blank, blanks, graph)
        plain = Part(part.name, f"{part.where} {_PLAIN}" if blanks else part.where, part.fixed)
        yield from self._read(plain, count - blanks, graph)

    def _read(self, part: Part, count: int, graph: Graph) -> Iterator[Quad]:
        for row in self._pages.read(part, count):
            yield self._quad(row, graph)

    def _quad(self, row: Row, graph: Graph) -> Quad:
        subject, predicate, value = row
        assert not isinstance(subject, Literal)  # seen when it came
        return Quad(subject, predicate, mended(value) if self._pages.virtuoso else value, graph)

    def _everything(self, condition: str) -> str:
        default = f" UNION {{ {self._default} }}" if self._default else ""
        return f"{{ {_NAMED} }}{default} {condition}"

    def _part(self, graph: Graph) -> Part:
        if isinstance(graph, NamedNode):
            return Part(f"the graph <{graph.value}>", _NAMED, {"g": graph})
        return Part("the default graph", self._default)

    def _is_system(self, graph: NamedNode) -> bool:
        return self._pages.virtuoso and is_system(graph) and graph.value not in self._wanted

    def _default_pattern(self, named: bool) -> str:
        """What is read from the default graph: nothing, all, or what stands in no named graph."""
        if self._pages.virtuoso or not self._pages.count(_OWN):
            return ""
        if not named:
            return _OWN
        own = self.remote.query(f"ASK {{ {_NAMED} FILTER NOT EXISTS {{ {_OWN} }} }}")
        assert isinstance(own, QueryBoolean)  # the store sees to it
        return _OWN if own else _REST

    def _counted(self, named: Mapping[NamedNode, int]) -> dict[Graph, int]:
        counts: dict[Graph, int] = {graph: n for graph, n in named.items() if not self._is_system(graph)}
        default = self._pages.count(self._default) if self._default else 0
        return {**counts, DefaultGraph(): default} if default else counts

    def _named(self) -> dict[NamedNode, int]:
        """The named graphs with the numbers of their triples: all of them, though the list may be cut."""
        total = self._pages.count(_NAMED)
        found, last = self._listed(f"SELECT ?g (COUNT(*) AS ?n) {{ {_NAMED} }} GROUP BY ?g")
        if sum(found.values()) != total:
            found = {}
            while True:
                some, last = self._listed(_GRAPHS, last if found else "")
                if not some.keys() - found.keys():
                    break
                found |= some
        if sum(found.values()) != total:
            raise EnvironmentFault(
                f"{self.remote.endpoint} counts {total} triples in named graphs, but {sum(found.values())} by graph",
                cure="If nobody writes to it now, it cuts its answers; ask who runs it to allow longer ones.",
            )
        return dict(sorted(found.items(), key=lambda item: item[0].value))

    def _listed(self, query: str, after: str = "") -> tuple[dict[NamedNode, int], str]:
        """Graphs with the numbers of their triples, and the key of the last."""
        found: dict[NamedNode, int] = {}
        key = after
        for row in self._pages.ask(query, {"after": Literal(after)} if "?after" in query else None):
            graph, count = row["g"], row["n"]
            if isinstance(graph, BlankNode):
                raise EnvironmentFault(
                    f"{self.remote.endpoint} has a graph with a blank node for its name, which cannot be asked for",
                    cure="Give the graph an IRI.",
                )
            if isinstance(graph, NamedNode) and isinstance(count, Literal):
                found[graph] = int(count.value)
            key = row["key"].value if "?after" in query else key
        return found, key
