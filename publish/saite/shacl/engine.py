"""The set-wide engine: one shape, all its focus nodes, one constraint after the other."""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from saite.errors import UsageError
from saite.namespaces import RDF_TYPE
from saite.shacl.components import Rows
from saite.shacl.datagraph import DataGraph
from saite.shacl.paths import Path
from saite.shacl.report import Report, Result
from saite.shacl.shapes import Shape, Shapes
from saite.shacl.shapesgraph import ShapesGraph, sh
from saite.shacl.sparql import Handed
from saite.store import Store
from saite.terms import Subject, Term


def validate(
    store: Store, graph: ShapesGraph, *, engine: str = "sets", progress: Callable[[str], None] | None = None
) -> Report:
    """Judges the union of a store's graphs by a shapes graph (SHACL 3.4).

    Args:
        store: the data graph.
        graph: the shapes graph, of which :mod:`saite.check.lint` has found no faults.
        engine: ``sets`` judges set by set, and hands to pySHACL what it cannot; ``pyshacl`` hands it everything.
        progress: is told what is handed to pySHACL.

    Raises:
        DataError: a shape cannot be judged; the message names it.
        UsageError: there is no such engine.
    """
    if engine not in ENGINES:
        raise UsageError(f"there is no engine {engine!r}", cure=f"Choose one of: {', '.join(ENGINES)}.")
    if engine == "pyshacl":
        from saite.shacl.reference import validate as by_pyshacl

        return by_pyshacl(store.quads(), graph)
    run = _Run(store)
    shapes = Shapes(graph)
    results: list[Result] = []
    handed: dict[Subject, str] = {}
    everything = _why_everything(graph)
    for shape in shapes.targeted():
        if shape.deactivated:
            continue
        reason = everything or shapes.why_handed(shape)
        try:
            if reason:
                raise Handed(reason)
            with _few_collections():
                failed = run.judge(shape, shapes.focus_nodes(shape, run.data))
            results += (result for found in failed.values() for result in found)
        except Handed as why:
            handed[shape.node] = str(why)
    remarks: tuple[str, ...] = ()
    if handed:
        from saite.shacl.reference import validate as by_pyshacl

        if progress is not None:
            progress("pySHACL: " + ", ".join(graph.told(node) for node in handed))
        report = by_pyshacl(store.quads(), graph, handed)
        results += report.results
        remarks = report.remarks
    return Report(tuple(sorted(results, key=Result.order)), remarks, tuple(handed.items()))


ENGINES = ("sets", "pyshacl")
"""What :func:`validate` can judge by."""


def _why_everything(graph: ShapesGraph) -> str:
    """Why nothing can be judged set by set: rules and functions of SHACL Advanced Features change what is judged."""
    if graph.uses(sh("rule")):
        return "the shapes have rules, which add to the data"
    if any(kind == sh("SPARQLFunction") for _, kind in graph.uses(RDF_TYPE)):
        return "the shapes have functions of their own"
    return ""


class _Run:
    """One validation; a :class:`saite.shacl.components.Run`."""

    def __init__(self, store: Store) -> None:
        self.data = DataGraph(store)
        self._last: tuple[Collection[Term], Path | None, Rows] = ((), None, Rows())

    def judge(self, shape: Shape, nodes: Collection[Term]) -> Mapping[Term, list[Result]]:
        failed: dict[Term, list[Result]] = {}
        if shape.deactivated or not nodes or not shape.constraints:
            return failed
        rows = self._rows(shape.path, nodes)
        for constraint in shape.constraints:
            for node, result in constraint.results(self, shape, rows):
                failed.setdefault(node, []).append(result)
        return failed

    def _rows(self, path: Path | None, nodes: Collection[Term]) -> Rows:
        """Nodes with their values; those of the last time are kept, since shapes with one path follow each other."""
        if path is None:
            return Rows((node, (node,)) for node in nodes)
        asked, same, rows = self._last
        if asked is not nodes or same != path:
            column = self.data.values(path, nodes)
            rows = Rows([(node, column.get(node, ())) for node in nodes])
            self._last = (nodes, path, rows)
        return rows


@contextmanager
def _few_collections() -> Iterator[None]:
    """Python's search for cycles set to seldom: it would go through all columns again and again, and they have none."""
    usual = gc.get_threshold()
    gc.set_threshold(max(1_000_000, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
