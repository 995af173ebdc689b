"""The set-wide engine: one shape, all its focus nodes, one constraint after the other."""

from collections.abc import Callable, Collection, Mapping

from saite.errors import UsageError
from saite.namespaces import RDF_TYPE
from saite.shacl.datagraph import DataGraph
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
        reason = everything or shapes.why_handed(shape)
        try:
            if reason:
                raise Handed(reason)
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

    def judge(self, shape: Shape, nodes: Collection[Term]) -> Mapping[Term, list[Result]]:
        failed: dict[Term, list[Result]] = {}
        if shape.deactivated or not nodes or not shape.constraints:
            return failed
        if shape.path is None:
            rows = [(node, (node,)) for node in nodes]
            values: Collection[Term] = nodes
        else:
            column = self.data.values(shape.path, nodes)
            rows = [(node, column.get(node, ())) for node in nodes]  # type: ignore[misc]
            values = {value for _, found in rows for value in found}
        for constraint in shape.constraints:
            for node, result in constraint.results(self, shape, rows, values):
                failed.setdefault(node, []).append(result)
        return failed
