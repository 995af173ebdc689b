"""The trusted SHACL engine: pySHACL over rdflib graphs, and its results as plain values.

Nothing else in Saite knows pySHACL or, on this side of the store, rdflib. What pySHACL loses (languages of messages)
or trips over (messages filled in by regular expressions) is kept from it: it judges, :mod:`saite.check.findings`
finds the words.
"""

import logging
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from saite.errors import DataError
from saite.namespaces import CURE, RDF_TYPE, RDFS, SH
from saite.shacl.report import Report, Result
from saite.shacl.shapesgraph import TARGETS, TEXTS, ShapesGraph, sh
from saite.terms import BlankNode, Literal, NamedNode, Quad, Subject, Term, Triple

if TYPE_CHECKING:
    import rdflib


_FOR_PEOPLE: Final = frozenset(
    (
        *(SH + name for name in ("message", "name", "description", "group")),
        *(RDFS + name for name in ("label", "comment", "isDefinedBy", "seeAlso")),
        CURE.value,
    )
)
"""What judges nothing; pySHACL walks over all that is said of a shape each time it comes to it."""


def validate(data: Iterable[Quad], graph: ShapesGraph, only: Collection[Subject] | None = None) -> Report:
    """Judges a data graph by a shapes graph.

    Args:
        data: the data graph; names of graphs do not matter.
        graph: the shapes graph, of which :mod:`saite.check.lint` has found no faults.
        only: the shapes whose targets are judged; all if None.

    Raises:
        DataError: pySHACL reports a failure (SHACL 3.4.1), or cannot read a shape; the message names the shape.
    """
    import pyshacl
    from pyparsing import ParseBaseException
    from pyshacl.errors import ReportableRuntimeError

    data_graph, shapes_graph = _recording_graph(), _plain_graph()
    stumbles = (ReportableRuntimeError, ParseBaseException, NotImplementedError, re.error, RecursionError)
    with _quiet() as remarked:
        _fill(data_graph, (q.triple for q in data))
        _fill(shapes_graph, _for_engine(graph, only))
        try:
            _, report, _ = pyshacl.validate(
                data_graph,
                shacl_graph=shapes_graph,
                advanced=_is_advanced(graph),
                inference="none",
                allow_infos=False,
                allow_warnings=False,
            )
        except (*stumbles, LookupError, ValueError, TypeError, AttributeError) as error:
            raise _stumbled(error, graph) from error
    if isinstance(report, ReportableRuntimeError):
        raise _stumbled(report, graph) from report
    return Report(tuple(sorted(_results(report, data_graph), key=Result.order)), tuple(sorted(set(remarked))))


def _is_advanced(graph: ShapesGraph) -> bool:
    """Whether the shapes use SHACL Advanced Features, for which pySHACL copies the data first."""
    uses = any(graph.uses(sh(name)) for name in ("target", "rule", "expression"))
    return uses or any(o == sh("SPARQLFunction") for _, o in graph.uses(RDF_TYPE))


def _for_engine(graph: ShapesGraph, only: Collection[Subject] | None) -> Iterator[Triple]:
    """The shapes without what judges nothing, and with prefixes in their SPARQL texts (SHACL 5.2.1)."""
    for triple in graph.triples():
        if triple.predicate.value in _FOR_PEOPLE:
            continue
        if only is not None and triple.subject not in only:
            implicit = triple.predicate == RDF_TYPE and triple.object in graph.classes_of_classes()
            if triple.predicate in TARGETS or implicit:
                continue
        if triple.predicate in TEXTS and isinstance(triple.object, Literal):
            assert not isinstance(triple.subject, Triple)
            yield Triple(triple.subject, triple.predicate, Literal(graph.sparql(triple.subject, triple.object)))
        else:
            yield triple


def _results(report: "rdflib.Graph", data_graph: "rdflib.Graph") -> Iterator[Result]:
    from rdflib import URIRef

    def one(node: Any, name: str) -> Any:
        return report.value(node, URIRef(SH + name))

    rows: dict[Any, list[Mapping[str, Any]]] = data_graph.rows  # type: ignore[attr-defined]
    for top in report.subjects(URIRef(RDF_TYPE.value), URIRef(SH + "ValidationReport")):
        for node in report.objects(top, URIRef(SH + "result")):
            focus, value, path = one(node, "focusNode"), one(node, "value"), one(node, "resultPath")
            constraint = one(node, "sourceConstraint")
            bindings: Mapping[str, Any] = {}
            if constraint is not None:
                fits = (
                    row
                    for row in rows.get(focus, ())
                    if row.get("value", value) == value and row.get("path", path) == path
                )
                bindings = next(fits, {})
            shape = _term(one(node, "sourceShape"))
            assert not isinstance(shape, Literal)
            constraint_node = None if constraint is None else _term(constraint)
            assert not isinstance(constraint_node, Literal)
            yield Result(
                focus=_term(focus),
                severity=str(one(node, "resultSeverity")),
                component=str(one(node, "sourceConstraintComponent")),
                shape=shape,
                constraint=constraint_node,
                path=None if path is None else _term(path),
                value=None if value is None else _term(value),
                bindings={name: _term(bound) for name, bound in bindings.items()},
            )


def _plain_graph() -> "rdflib.Graph":
    from rdflib import Graph

    return Graph("SimpleMemory", bind_namespaces="none")


def _recording_graph() -> Any:
    """A data graph that parses each query text once, and keeps the rows that constraints found, by focus node.

    pySHACL parses the text of a SPARQL constraint anew for every focus node, which is nearly all of its time.
    """
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result as QueryResult

    class Recording(Graph):
        def __init__(self) -> None:
            super().__init__(bind_namespaces="none")
            self.prepared: dict[str, Query] = {}
            self.rows: dict[Any, list[Mapping[str, Any]]] = {}

        def query(self, query_object: Any, *args: Any, **kwargs: Any) -> QueryResult:
            if isinstance(query_object, str):
                if query_object not in self.prepared:
                    self.prepared[query_object] = prepareQuery(query_object)
                query_object = self.prepared[query_object]
            result = super().query(query_object, *args, **kwargs)
            # pySHACL passes on by position: processor, result, initNs, initBindings
            given = kwargs.get("initBindings") or (args[3] if len(args) > 3 else None) or {}
            this = given.get("this")
            if this is not None and result.type == "SELECT":
                rows = [{str(k): v for k, v in row.items()} for row in result.bindings]
                if rows:
                    self.rows.setdefault(this, []).extend(rows)
            return result

    return Recording()


def _fill(graph: "rdflib.Graph", triples: Iterable[Triple]) -> None:
    """Copies triples to rdflib, lexical forms as they are."""
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    known: dict[Term, Any] = {}

    def node(term: Term) -> Any:
        made = known.get(term)
        if made is None:
            if isinstance(term, NamedNode):
                made = URIRef(term.value)
            elif isinstance(term, BlankNode):
                made = BNode(term.value)
            elif term.language is not None:
                made = RdflibLiteral(term.value, lang=term.language)
            else:
                made = RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
            known[term] = made
        return made

    for t in triples:
        graph.add((node(t.subject), node(t.predicate), node(t.object)))  # type: ignore[arg-type]


def _term(node: Any) -> Term:
    from rdflib import BNode, URIRef

    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))


@contextmanager
def _quiet() -> Iterator[list[str]]:
    """Keeps what rdflib and pySHACL would print (ill-typed literals are findings, not noise); yields their remarks."""
    remarks: list[str] = []
    loggers = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl-validate", "pyshacl")]
    before = [logger.disabled for logger in loggers]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for logger in loggers:
            logger.disabled = True
        try:
            yield remarks
        finally:
            for logger, disabled in zip(loggers, before, strict=True):
                logger.disabled = disabled
    remarks += [str(w.message).partition("\n")[0] for w in caught if "pyshacl" in type(w.message).__module__]


def _stumbled(error: BaseException, graph: ShapesGraph) -> DataError:
    """A failure of pySHACL as a fault of the shape that it was at."""
    shape: Any = None
    trace = error.__traceback__
    while trace is not None:
        at: Any = trace.tb_frame.f_locals.get("self")
        at = getattr(at, "shape", at)
        if type(at).__module__.startswith("pyshacl"):
            shape = getattr(at, "node", shape)
        trace = trace.tb_next
    node = None if shape is None else _term(shape)
    told = "the shapes" if node is None or isinstance(node, Literal) else graph.told(node)
    reason = str(error).partition("\n")[0].strip() or type(error).__name__
    return DataError(
        f"{told} cannot be checked: {reason}",
        cure="Correct the shape (https://www.w3.org/TR/shacl/), or switch it off with sh:deactivated true.",
    )
