"""The embedded store: Oxigraph through pyoxigraph, in memory or on disk."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Self

import pyoxigraph
from pyoxigraph import RdfFormat

from saite.errors import EnvironmentFault, Place
from saite.store.exact import Exact, kept
from saite.store.guard import form_token
from saite.store.protocol import QueryResult
from saite.store.request import Request, request
from saite.terms import DefaultGraph, Graph, Literal, NamedNode, Quad, Subject, Term

_QUADS, _UNION, _EXACT = "quads", "union", "exact.nq"


class EmbeddedStore:
    """A dataset in this process; a :class:`saite.store.Store`.

    Oxigraph's own union graph yields a triple once for each graph that holds it, which makes counts wrong. Where a
    triple stands in several graphs, queries therefore run on a copy whose default graph is the true union; it is made
    at the first query, and only then.

    Args:
        quads: what the store holds.
    """

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self._native = pyoxigraph.Store()
        self._exact = Exact()
        self._native.bulk_extend(self._exact.watch(quads))
        self._union: pyoxigraph.Store | None = None
        self._union_known = False
        self._by_value: Mapping[NamedNode, Set[Term]] | None = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """A store on disk, read-only: one made by :meth:`create`, or any folder that Oxigraph wrote.

        Raises:
            EnvironmentFault: there is no store, or it cannot be read.
        """
        store = cls.__new__(cls)
        quads = path / _QUADS if (path / _QUADS).is_dir() else path
        try:
            if not (quads / "CURRENT").is_file():
                raise FileNotFoundError("no Oxigraph store in this folder")
            store._native = pyoxigraph.Store.read_only(str(quads))
            union = (path / _UNION).is_dir()
            store._union = pyoxigraph.Store.read_only(str(path / _UNION)) if union else None
            store._exact = Exact()
            if (path / _EXACT).is_file():
                store._exact.learn(pyoxigraph.parse(path=str(path / _EXACT), format=RdfFormat.N_QUADS))
        except OSError as error:
            raise EnvironmentFault(
                f"the store cannot be opened: {error}",
                place=Place(str(path)),
                cure="Build the site, or name another store.",
            ) from error
        store._union_known = quads != path
        store._by_value = None
        return store

    @classmethod
    def create(cls, path: Path, quads: Iterable[Quad]) -> Self:
        """Writes a store to disk and opens it; what stood at ``path`` is replaced when the new one is whole.

        Raises:
            EnvironmentFault: the folder cannot be written.
        """
        staged: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            staged = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
            exact = Exact()
            _write(staged / _QUADS, exact.watch(quads))
            native = pyoxigraph.Store.read_only(str(staged / _QUADS))
            if exact:
                pyoxigraph.serialize(exact.changed(native), str(staged / _EXACT), RdfFormat.N_QUADS)
            if _repeats(native):
                _write(staged / _UNION, _with_union(native))
            del native
            if path.exists():
                shutil.rmtree(path)
            staged.rename(path)
        except OSError as error:
            raise EnvironmentFault(
                f"the store cannot be written: {error}",
                place=Place(str(path)),
                cure="Make room or give write permission, or remove the folder.",
            ) from error
        finally:
            if staged is not None:
                shutil.rmtree(staged, ignore_errors=True)
        return cls.open(path)

    @property
    def native(self) -> pyoxigraph.Store:
        """The pyoxigraph store itself.

        Its union graph repeats triples, and it keeps numbers and times by value: ask :meth:`query` and :meth:`quads`.
        """
        return self._native

    @property
    def repeats(self) -> bool:
        """Whether it was given a quad more than once (a store in memory)."""
        return self._exact.watched != len(self)

    def dump(self, path: Path) -> None:
        """Writes all quads, with their literals as they were written, as N-Quads.

        Raises:
            OSError: the file cannot be written.
        """
        if self._exact:
            pyoxigraph.serialize(self.quads(), str(path), RdfFormat.N_QUADS)
        else:
            self._native.dump(str(path), RdfFormat.N_QUADS)

    def extend(self, quads: Iterable[Quad]) -> None:
        """Adds quads (to a store in memory)."""
        self._native.bulk_extend(self._exact.watch(list(quads), self._native))
        self._union, self._union_known, self._by_value = None, False, None

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: Graph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match, with their literals as they were written; None matches anything."""
        if not self._exact:
            return self._native.quads_for_pattern(subject, predicate, object, graph)
        stored = kept(object) if isinstance(object, Literal) else object
        return self._exact.restore(self._native.quads_for_pattern(subject, predicate, stored, graph), object)

    def query(self, text: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
        """Runs a SPARQL query over the union of all graphs, or over those that its FROM names.

        It sees numbers and times by value: ``"1"^^xsd:int`` is the ``xsd:integer`` 1 (see :mod:`saite.store.exact`).
        Never opens a connection. ``bindings`` are put in by token (:mod:`saite.store.binding`).

        Raises:
            SyntaxFault: the query does not parse; the place has line and column.
            UsageError: the query is an update, uses SERVICE, or cannot take a value.
            EnvironmentFault: the store cannot be read.
        """
        return self.answer(request(text, bindings))

    def answer(
        self,
        asked: Request,
        default_graphs: Sequence[NamedNode] = (),
        named_graphs: Sequence[NamedNode] = (),
        base: str | None = None,
    ) -> QueryResult:
        """Runs a query that was made ready.

        Args:
            asked: from :func:`saite.store.request.request`.
            default_graphs: what the default graph is merged from. If any graph is given here or next, these are the
                dataset and FROM is not heard (SPARQL 1.1 Protocol, 2.1.4); unknown graphs are empty.
            named_graphs: the named graphs.
            base: what relative IRIs of the query are resolved against.

        Raises:
            SyntaxFault: the query does not parse; the place has line and column.
            EnvironmentFault: the store cannot be read.
        """
        text = asked.bound.text
        try:
            if asked.names_graphs and not (default_graphs or named_graphs):
                default_graphs, named_graphs = self._named(asked, base)
                if len(default_graphs) < 2:
                    return self._native.query(text, base_iri=base)
            if default_graphs or named_graphs:
                store, default = self._merged(default_graphs)
                return store.query(text, base_iri=base, default_graph=default, named_graphs=list(named_graphs))
            union = self._true_union()
            if union is not None:
                return union.query(text, base_iri=base)
            return self._native.query(text, base_iri=base, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise asked.fault(str(error)) from error
        except OSError as error:
            raise EnvironmentFault(f"the store cannot be read: {error}", cure="Build the site anew.") from error

    def _named(self, asked: Request, base: str | None) -> tuple[list[NamedNode], list[NamedNode]]:
        """What FROM and FROM NAMED name, as the engine reads them after the prologue of the query."""
        tokens = asked.tokens
        head = form_token(tokens)
        default: list[str] = []
        named: list[str] = []
        for token, after, third in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
            if token.is_word("FROM"):
                if not after.is_word("NAMED"):
                    default.append(after.text)
                elif third is not None:
                    named.append(third.text)
        if head is None or len(default) < 2:  # one graph repeats nothing
            return [], []
        columns = " ".join(f"({name} AS ?g{number})" for number, name in enumerate((*default, *named)))
        try:
            found = self._native.query(f"{asked.original[: head.start]}SELECT {columns} {{}}", base_iri=base)
        except SyntaxError:  # which the query has too, and tells better
            return [], []
        names = [name for row in found for name in row if isinstance(name, NamedNode)]  # type: ignore[union-attr]
        return names[: len(default)], names[len(default) :]

    def _merged(self, graphs: Sequence[NamedNode]) -> tuple[pyoxigraph.Store, list[Graph]]:
        """A store with the merge of some graphs, and the graphs that are the merge in it: no triple stands in two."""
        if len(set(graphs)) < 2 or self._true_union() is None:
            return self._native, list(graphs)
        merged = pyoxigraph.Store()
        merged.bulk_extend(
            Quad(quad.subject, quad.predicate, quad.object)
            for graph in graphs
            for quad in self._native.quads_for_pattern(None, None, None, graph)
        )
        merged.bulk_extend(quad for quad in self._native if not isinstance(quad.graph_name, DefaultGraph))
        return merged, [DefaultGraph()]

    def by_value(self) -> Mapping[NamedNode, Set[Term]]:
        """What :meth:`query` gives otherwise than :meth:`quads` has it: predicates, with the literals that it gives."""
        if self._by_value is None:
            found: dict[NamedNode, set[Term]] = {}
            for quad in self._exact.changed(self._native) if self._exact else ():
                assert isinstance(quad.object, Literal)
                found.setdefault(quad.predicate, set()).add(kept(quad.object))
            self._by_value = found
        return self._by_value

    def graphs(self) -> list[NamedNode]:
        """The named graphs, sorted."""
        names = (g for g in self._native.named_graphs() if isinstance(g, NamedNode))
        return sorted(names, key=lambda name: name.value)

    def __len__(self) -> int:
        """How many quads there are."""
        return len(self._native) + self._exact.surplus()

    def _true_union(self) -> pyoxigraph.Store | None:
        if not self._union_known:
            if _repeats(self._native):
                self._union = pyoxigraph.Store()
                self._union.bulk_extend(_with_union(self._native))
            self._union_known = True
        return self._union


def _write(path: Path, quads: Iterable[Quad]) -> None:
    store = pyoxigraph.Store(str(path))
    store.bulk_extend(quads)
    store.flush()


def _repeats(native: pyoxigraph.Store) -> bool:
    """Whether a triple stands in more than one graph."""
    graphs = len(list(native.named_graphs()))
    outside = next(native.quads_for_pattern(None, None, None, DefaultGraph()), None) is not None
    if graphs + outside < 2:
        return False
    return any(
        bool(native.query(text))
        for text in (
            "ASK { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }",
            "ASK { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER(STR(?g) < STR(?h)) }",
        )
    )


def _with_union(native: pyoxigraph.Store) -> Iterator[Quad]:
    """Every triple in the default graph, and the named graphs as they are."""
    for quad in native:
        yield Quad(quad.subject, quad.predicate, quad.object)
        if not isinstance(quad.graph_name, DefaultGraph):
            yield quad


__all__ = ["EmbeddedStore"]
