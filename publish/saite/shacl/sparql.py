"""SPARQL-based constraints (SHACL 5) and constraint components (6), each asked once for all its focus nodes.

``$this`` is pre-bound by the standard: the query means what it says with each focus node put in its place. Most
queries mean the same if ``$this`` stays a variable and the rows of other nodes are dropped; :func:`is_set_wide` tells
whether one is of that kind. The others are asked node by node, and what cannot be asked so is handed to pySHACL.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Final

from saite.errors import DataError, SyntaxFault, UsageError
from saite.namespaces import SH
from saite.shacl.components import Constraint, Rows, Run
from saite.shacl.paths import Path
from saite.shacl.report import Result
from saite.shacl.shapesgraph import CONSTRAINTS, ShapesGraph, sh
from saite.store import EmbeddedStore
from saite.store.exact import kept
from saite.store.protocol import QueryResult
from saite.store.request import request
from saite.store.tokens import Token, tokenize
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term

if TYPE_CHECKING:
    from saite.shacl.shapes import Shape

_COMPONENT: Final = SH + "SPARQLConstraintComponent"
_WHOLE: Final = frozenset(("LIMIT", "OFFSET", "MINUS", "VALUES", "SERVICE"))
"""Words that look at all rows together, or at what is not this node's."""
_GROUPED: Final = frozenset(("GROUP", "HAVING", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
"""Words that look at several rows together."""
_OF_FORM: Final = frozenset(
    """STR STRLEN SUBSTR UCASE LCASE STRSTARTS STRENDS CONTAINS STRBEFORE STRAFTER ENCODE_FOR_URI CONCAT REPLACE REGEX
    DATATYPE SAMETERM STRDT MD5 SHA1 SHA256 SHA384 SHA512""".split()  # noqa: SIM905
)
"""Functions that see how a number is written."""
SHAPES_GRAPH: Final = NamedNode("urn:x-saite:shapes-graph")
"""What ``$shapesGraph`` is bound to (SHACL 5.3.1)."""
_NODES: Final = ("var", "iri", "pname", "bnode")
_SEES_FORM: Final = "its query asks how numbers are written, of which the store keeps the values"
_FEW: Final = 4
"""So few focus nodes are asked for one by one."""


class Handed(Exception):
    """A shape is to be judged by pySHACL; the text says why."""


@dataclass(frozen=True)
class Query:
    """A query of a constraint or validator.

    Attributes:
        text: with its prefixes, and the path of the shape in the place of ``$PATH``.
        parameters: values that do not depend on the focus node, by variable.
        beside: the shapes graph, if it asks that, too.
        told: where it stands, for errors.
    """

    text: str
    parameters: Mapping[str, Term] = field(default_factory=dict)
    beside: ShapesGraph | None = None
    told: str = "a constraint"

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """Its tokens."""
        return tokenize(self.text)

    @cached_property
    def variables(self) -> frozenset[str]:
        """The names of its variables."""
        return frozenset(token.text[1:] for token in self.tokens if token.kind == "var")

    @cached_property
    def set_wide(self) -> bool:
        """Whether it means the same with ``$this`` left open."""
        return is_set_wide(self.tokens)

    def mentions(self, predicates: Collection[NamedNode], prefixes: Mapping[str, str]) -> bool:
        """Whether it looks at one of some predicates, or might."""
        names = {p.value for p in predicates}
        for i, token in enumerate(self.tokens):
            if token.kind == "iri" and token.text[1:-1] in names:
                return True
            if token.kind == "pname":
                prefix, _, local = token.text.partition(":")
                if prefixes.get(prefix, "") + local.replace("\\", "") in names:
                    return True
            if token.kind == "var" and 0 < i < len(self.tokens) - 1:
                before, after = self.tokens[i - 1], self.tokens[i + 1]
                if before.text == ";" or (before.kind in _NODES and after.kind in (*_NODES, "string", "number")):
                    return True  # a variable in the place of a predicate
        return any(token.text == "!" for token in self.tokens)

    @cached_property
    def sees_form(self) -> bool:
        """Whether it asks how a literal is written."""
        return any(token.is_word(*_OF_FORM) for token in self.tokens)

    def answer(self, run: Run, bindings: Mapping[str, Term]) -> QueryResult:
        """What the data say to it, with some variables bound.

        Raises:
            Handed: a variable would be bound to a blank node, which SPARQL has no way to say; or to a number of which
                it asks how it is written.
            DataError: the query is wrong, or gives another value to a variable that has one.
        """
        given = {k: v for k, v in {**self.parameters, **bindings}.items() if k in self.variables}
        if any(type(term) is BlankNode for term in given.values()):
            raise Handed("its query needs a blank node bound to a variable")
        if self.sees_form and any(type(term) is Literal and kept(term) != term for term in given.values()):
            raise Handed(_SEES_FORM)
        try:
            if self.beside is None:
                return run.data.store.query(self.text, given)
            store = run.data.with_graph(SHAPES_GRAPH, self.beside.triples())
            return store.answer(request(self.text, given), [run.data.name], [SHAPES_GRAPH])
        except (UsageError, SyntaxFault) as error:
            message = f"{self.told} cannot be checked: {error.message}"
            raise DataError(message, cure=error.cure, excerpt=error.excerpt) from error

    def rows(self, run: Run, bindings: Mapping[str, Term]) -> Iterator[dict[str, Term]]:
        """Its solutions with some variables bound."""
        solutions = self.answer(run, bindings)
        names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]
        for solution in solutions:  # type: ignore[union-attr]
            yield {n: t for n, t in zip(names, solution, strict=True) if t is not None}


@dataclass
class Selected(Constraint):
    """``sh:sparql`` (SHACL 5), or a component whose validator is a SELECT (SHACL 6.2.3): a result for each row.

    Attributes:
        component: IRI of the component.
        query: what is asked.
        prefixes: those that its text may use.
        constraint: the source constraint; None of a component.
    """

    component: str
    query: Query
    prefixes: Mapping[str, str]
    constraint: Subject | None = None

    def results(self, run: Run, shape: "Shape", rows: Rows) -> Iterator[tuple[Term, Result]]:
        """See :meth:`Constraint.results`."""
        nodes = dict.fromkeys(node for node, _ in rows)
        changed = self._changed(run)
        for node, row in self._rows(run, nodes):
            if changed:
                row = {name: _as_written(run, node, term) if term in changed else term for name, term in row.items()}
            focus, value, path = row.get("this", node), row.get("value"), row.get("path")
            if value is None and shape.path is None:
                value = focus
            yield (
                node,
                Result(
                    focus,
                    shape.severity,
                    self.component,
                    shape.node,
                    self.constraint,
                    path if path is not None else shape.path_node,
                    value,
                    row,
                ),
            )

    def _changed(self, run: Run) -> frozenset[Term]:
        """Literals in rows that may be written otherwise in the data: the store's queries give numbers by value.

        Raises:
            Handed: what is asked depends on how they are written.
        """
        store = run.data.store
        changed = store.by_value() if isinstance(store, EmbeddedStore) else {}
        if not changed or not self.query.mentions(changed, self.prefixes):
            return frozenset()
        if self.query.sees_form:
            raise Handed(_SEES_FORM)
        return frozenset().union(*changed.values())

    def _rows(self, run: Run, nodes: Mapping[Term, None]) -> Iterator[tuple[Term, dict[str, Term]]]:
        seen: set[tuple[Term, frozenset[tuple[str, Term]]]] = set()
        for node, row in self._asked(run, nodes):
            key = (node, frozenset(row.items()))
            if key not in seen:
                seen.add(key)
                yield node, row

    def _asked(self, run: Run, nodes: Mapping[Term, None]) -> Iterator[tuple[Term, dict[str, Term]]]:
        singly: Collection[Term] = nodes
        few = len(nodes) <= _FEW and not any(type(node) is BlankNode for node in nodes)
        if self.query.set_wide and not few:
            for row in self.query.rows(run, {}):
                if row["this"] in nodes:
                    yield row["this"], row
            # a path of length zero holds of nodes that are nowhere in the data, too
            singly = [node for node in nodes if not run.data.has(node)] if self._has_open_path() else ()
        for node in singly:
            for row in self.query.rows(run, {"this": node}):
                yield node, row

    def _has_open_path(self) -> bool:
        return any(token.text in ("*", "?") for token in self.query.tokens)


@dataclass
class Asked(Constraint):
    """A component whose validator is an ASK (SHACL 6.2.3.2): a result for each value of which it is false."""

    component: str
    query: Query

    def hits(self, run: Run, rows: Rows) -> Iterator[tuple[Term, Term | None]]:
        """See :meth:`Constraint.hits`."""
        depends = "this" in self.query.variables
        known: dict[Term, bool] = {}
        for node, found in rows:
            for value in found:
                holds = None if depends else known.get(value)
                if holds is None:
                    holds = known[value] = self._holds(run, node, value)
                if not holds:
                    yield node, value

    def _holds(self, run: Run, node: Term, value: Term) -> bool:
        return bool(self.query.answer(run, {"this": node, "value": value}))


def is_set_wide(tokens: Sequence[Token]) -> bool:
    """Whether a SELECT means the same with ``$this`` left open, its rows picked by focus node afterwards.

    It does if ``$this`` is projected and stands in a triple pattern of the outermost group, if each group within that
    names it does so in a triple pattern of its own (or is the group of an EXISTS, which sees what is outside), and if
    rows are looked at together only where they are grouped by ``$this``. What is unclear is not.
    """
    if sum(token.is_word("SELECT") for token in tokens) != 1 or any(token.is_word(*_WHOLE) for token in tokens):
        return False
    if any(token.is_word(*_GROUPED) for token in tokens) and not _is_grouped(tokens):
        return False
    begin = next((i for i, token in enumerate(tokens) if token.text == "{"), len(tokens))
    head = [token for token in tokens[:begin] if not token.is_word("WHERE")]
    if not any(_is_this(token) or token.text == "*" for token in head):
        return False
    return _group(tokens, begin)[1]


def _is_grouped(tokens: Sequence[Token]) -> bool:
    """Whether the solutions are grouped by ``$this``, among others."""
    begin = next((i for i, token in enumerate(tokens) if token.is_word("GROUP")), len(tokens))
    depth = 0
    for token in tokens[begin:]:
        if token.is_word("HAVING", "ORDER"):
            break
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and _is_this(token):
            return True
    return False


def _group(tokens: Sequence[Token], begin: int, *, outside: bool = False) -> tuple[int, bool, bool]:
    """Where a group that begins at a brace ends, whether it is in order, and whether it names ``$this``.

    Args:
        tokens: all of the query.
        begin: the place of the brace.
        outside: what is outside of the group is seen within, as EXISTS does.
    """
    named = own = False
    bound = outside
    fine = True
    depth, i, clause = 0, begin + 1, ""
    while i < len(tokens) and tokens[i].text != "}":
        token = tokens[i]
        if token.text == "{":
            before = tokens[i - 1]
            i, inner, names = _group(tokens, i, outside=before.is_word("EXISTS"))
            named = named or names
            fine = fine and inner and (bound or not names or not before.is_word("OPTIONAL"))
        else:
            depth += (token.text == "(") - (token.text == ")")
            if token.kind == "word" and depth == 0:
                clause = token.text.upper()
            if _is_this(token):
                named = True
                own = own or depth == 0
                bound = bound or depth == 0
                fine = fine and (bound or clause != "BIND")
        i += 1
    outermost = not any(token.text == "{" for token in tokens[:begin])
    return i, fine and (own if outermost else own or outside or not named), named


def _is_this(token: Token) -> bool:
    return token.kind == "var" and token.text[1:] == "this"


def _as_written(run: Run, node: Term, term: Term) -> Term:
    """A literal of a row as the focus node has it.

    Raises:
        Handed: the focus node has it in several forms, or not at all.
    """
    said = run.data.store.quads(node) if type(node) is not Literal else ()
    forms = {quad.object for quad in said if type(quad.object) is Literal and kept(quad.object) == term}
    if len(forms) != 1:
        raise Handed("how a number that its query finds is written cannot be told")
    return forms.pop()


@dataclass(frozen=True)
class Component:
    """A constraint component that the shapes graph declares (SHACL 6)."""

    node: Subject
    mandatory: Mapping[str, NamedNode]
    optional: Mapping[str, NamedNode]


def own_components(graph: ShapesGraph) -> list[Component]:
    """The constraint components that the shapes graph declares."""
    found = []
    for node in dict.fromkeys(subject for subject, _ in graph.uses(sh("parameter"))):
        if not any(graph.objects(node, validator) for validator in VALIDATORS):
            continue
        mandatory: dict[str, NamedNode] = {}
        optional: dict[str, NamedNode] = {}
        for parameter in graph.objects(node, sh("parameter")):
            assert not isinstance(parameter, Literal)
            is_optional = any(str(value).startswith('"true"') for value in graph.objects(parameter, sh("optional")))
            for path in graph.objects(parameter, sh("path")):
                if isinstance(path, NamedNode):
                    (optional if is_optional else mandatory)[re.split("[/#:]", path.value)[-1]] = path
        found.append(Component(node, mandatory, optional))
    return found


def constraints_of(
    graph: ShapesGraph, node: Subject, path: Path | None, components: Sequence[Component]
) -> Iterator[Constraint]:
    """The SPARQL-based constraints of a shape.

    Raises:
        Handed: a text says what only pySHACL can tell of.
    """
    for constraint in graph.objects(node, CONSTRAINTS):
        assert not isinstance(constraint, Literal)
        if any(isinstance(v, Literal) and v.value in ("true", "1") for v in graph.objects(constraint, _DEACTIVATED)):
            continue
        for text in graph.objects(constraint, sh("select")):
            query = _query(graph, node, path, constraint, text)
            yield Selected(_COMPONENT, query, graph.prefixes(constraint), constraint)
    for component in components:
        values = {name: graph.objects(node, iri) for name, iri in component.mandatory.items()}
        if not values or not all(values.values()):
            continue
        values |= {n: found for n, iri in component.optional.items() if (found := graph.objects(node, iri))}
        for chosen in product(*values.values()):
            yield _own(graph, node, path, component, dict(zip(values, chosen, strict=True)))


_DEACTIVATED: Final = sh("deactivated")
_FORBIDDEN: Final = ("VALUES", "MINUS", "SERVICE", "FROM")
VALIDATORS: Final = tuple(sh(name) for name in ("validator", "nodeValidator", "propertyValidator"))
"""What a constraint component has its validators from."""


def forbidden(tokens: Sequence[Token]) -> tuple[Token, str, str] | None:
    """What a constraint or validator may not contain (SHACL 5.2.1): the token, a message, a cure; None if nothing."""
    for i, token in enumerate(tokens):
        if token.is_word(*_FORBIDDEN):
            return (
                token,
                f"{token.text.upper()} is not allowed in a constraint (SHACL 5.2.1)",
                "Use FILTER NOT EXISTS for MINUS, and FILTER(?x IN (...)) for VALUES; leave FROM and SERVICE out.",
            )
        if token.is_word("SELECT") and any(before.text == "{" for before in tokens[:i]):
            end = next((k for k in range(i, len(tokens)) if tokens[k].text == "{"), len(tokens))
            if not any(_is_this(one) for one in tokens[i:end]):
                return token, "a nested SELECT has to give $this (SHACL 5.2.1)", "Write SELECT $this ... there."
        if token.is_word("AS") and i + 1 < len(tokens) and _is_this(tokens[i + 1]):
            return token, "$this cannot be given another value (SHACL 5.2.1)", "Choose another name after AS."
    return None


def _own(
    graph: ShapesGraph, shape: Subject, path: Path | None, component: Component, values: Mapping[str, Term]
) -> Constraint:
    """A component with values for its parameters; which validator counts says SHACL 6.2.3."""
    assert isinstance(component.node, NamedNode)
    special = sh("nodeValidator" if path is None else "propertyValidator")
    for holder in (special, sh("validator")):
        for validator in graph.objects(component.node, holder):
            assert not isinstance(validator, Literal)
            for text in graph.objects(validator, sh("select")):
                query = _query(graph, shape, path, validator, text, values)
                return Selected(component.node.value, query, graph.prefixes(validator))
            for text in graph.objects(validator, sh("ask")):
                return Asked(component.node.value, _query(graph, shape, path, validator, text, values))
    raise Handed("a component of its own has no SPARQL validator")


def _query(
    graph: ShapesGraph,
    shape: Subject,
    path: Path | None,
    holder: Subject,
    text: Term,
    values: Mapping[str, Term] | None = None,
) -> Query:
    """The text of a constraint or validator for a shape."""
    written = graph.sparql(holder, text)
    tokens = tokenize(written)
    wrong = forbidden(tokens)
    if wrong is not None:
        raise DataError(f"{graph.told(holder)} cannot be checked: {wrong[1]}", cure=wrong[2])
    out, done = [], 0
    for token in tokens:
        if token.kind == "var" and token.text[1:] == "PATH" and path is not None:
            out += [written[done : token.start], path.sparql()]
            done = token.end
    given = {**(values or {}), "currentShape": shape, "shapesGraph": SHAPES_GRAPH}
    asks_shapes = any(token.kind == "var" and token.text[1:] == "shapesGraph" for token in tokens)
    query = Query("".join((*out, written[done:])), given, graph if asks_shapes else None, graph.told(holder))
    if "failure" in query.variables:
        raise Handed("its query can tell of a failure")
    return query
