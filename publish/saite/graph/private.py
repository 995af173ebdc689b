"""The dataset without its private parts: what they are, what speaks of them, and what hangs on them.

What is hidden, from the ``[private]`` table of saite.toml:

- every quad of a private graph;
- every triple with a private property, or with one of its subproperties;
- every instance of a private class or of one of its subclasses; these classes and properties themselves;
- every node that is about something hidden: a blank node that refers to it (the n-ary relation, the restriction,
  the annotation), a Statement or other folded node that points to it, a shape that targets it, a reified triple;
- every blank node that nothing public leads to any more;
- every text that spells a hidden IRI.

A list that had a hidden member closes up. Blank nodes are named anew, so that no name is a hash of hidden content.
"""

import difflib
import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from saite.config import FILE_NAME, Config
from saite.errors import ConfigError, Place
from saite.graph.blanknodes import Namer
from saite.namespaces import OWL, RDF, RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, RDFS, SH
from saite.store import EmbeddedStore
from saite.store.protocol import Store
from saite.terms import BlankNode, Literal, NamedNode, Quad, Subject, Term

_CARRIERS: Final = frozenset(
    NamedNode(iri)
    for iri in (
        *(SH + name for name in ("path", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")),
        *(RDF + name for name in ("subject", "predicate", "object")),
        *(OWL + name for name in ("annotatedSource", "annotatedProperty", "annotatedTarget", "onProperty")),
    )
)
"""Properties by which a node is about something, so that it is hidden with it."""

_PATHS: Final = frozenset(NamedNode(SH + name) for name in ("path", "alternativePath"))
_WHOLE: Final = frozenset(NamedNode(OWL + name) for name in ("propertyChainAxiom", "intersectionOf", "hasKey"))
"""Properties of lists that would say more, or something else, if a member were taken out."""

_SUBCLASS = NamedNode(RDFS + "subClassOf")
_SUBPROPERTY = NamedNode(RDFS + "subPropertyOf")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_NAME = re.compile(r"(?<![\w:/-])([\w-]*):([\w-][\w./-]*)")
_TRAILING = ".,;:!?)]'"


def public(store: Store, config: Config) -> Store:
    """The dataset without its private parts; the same store if there are none.

    Raises:
        ConfigError: a private graph does not exist: to go on would publish what was to be hidden.
    """
    private = config.private
    if not (private.graphs or private.classes or private.properties):
        return store
    return EmbeddedStore(Namer().name(_Public(store, config).quads()))


class _Public:
    """What is hidden, found once; the quads that are left."""

    def __init__(self, store: Store, config: Config) -> None:
        self.store = store
        self.config = config
        self.graphs = _graphs(store, config)
        properties = self._below(config.private.properties, _SUBPROPERTY)
        classes = self._below(config.private.classes, _SUBCLASS)
        self.hidden: set[Term] = set()
        self._queue: deque[Term] = deque()
        self._heads: dict[Subject, Subject] = {}
        statements = config.statements
        names = (statements.resource, statements.property, statements.value, statements.accepted) if statements else ()
        self._statement_properties = {NamedNode(iri) for iri in names if iri}
        self._statement_types = {NamedNode(statements.type)} if statements else set()
        self._folds = {NamedNode(iri) for fold in config.fold for iri in fold.into}
        self._folded_types = {NamedNode(fold.type) for fold in config.fold}
        for named in (*self.graphs, *properties, *classes):
            self._hide(named)
        for type_ in classes:
            for quad in store.quads(None, RDF_TYPE, type_):
                self._hide(_subject(quad))
        for node in self._statements_of_private_graphs():
            self._hide(node)
        while self._queue:
            term = self._queue.popleft()
            for quad in store.quads(object=term):
                self._mention(quad)
        self._iris = frozenset(term.value for term in self.hidden if isinstance(term, NamedNode))

    def quads(self) -> Iterator[Quad]:
        """What is left."""
        lost = self._lost()
        for quad in self.store.quads():
            if self._dropped(quad) or quad.subject in lost:
                continue
            if isinstance(quad.subject, BlankNode) and self._is_gap(quad.subject):
                continue
            target = self._after_gap(_object(quad))
            if target != quad.object:
                yield Quad(quad.subject, quad.predicate, target, quad.graph_name)
            else:
                yield quad

    def _below(self, iris: tuple[str, ...], relation: NamedNode) -> set[NamedNode]:
        """Classes or properties with all below them."""
        found: set[NamedNode] = set()
        todo = [NamedNode(iri) for iri in iris]
        while todo:
            term = todo.pop()
            if term not in found:
                found.add(term)
                subjects = (quad.subject for quad in self.store.quads(None, relation, term))
                todo += [subject for subject in subjects if isinstance(subject, NamedNode)]
        return found

    def _hide(self, term: Term) -> None:
        if term not in self.hidden:
            self.hidden.add(term)
            self._queue.append(term)

    def _mention(self, quad: Quad) -> None:
        """A quad has something hidden for its object: its subject may be hidden by that too."""
        subject, predicate = _subject(quad), quad.predicate
        if predicate == RDF_FIRST:
            self._mention_in_list(self._head(subject))
        elif isinstance(subject, BlankNode):
            if predicate != RDF_REST:
                self._hide(subject)
        elif (
            predicate in _CARRIERS
            or (predicate in self._statement_properties and self._is_a(subject, self._statement_types))
            or (predicate in self._folds and self._is_a(subject, self._folded_types))
        ):
            self._hide(subject)

    def _mention_in_list(self, head: Subject) -> None:
        """A list has something hidden for a member: some lists say something else without it, so they go too."""
        for quad in self.store.quads(object=head):
            if quad.predicate in _PATHS:
                self._hide(_subject(quad))
            elif quad.predicate in _WHOLE:
                self._hide(head)

    def _head(self, cell: Subject) -> Subject:
        """The first cell of the list that a cell is in."""
        passed = []
        while cell not in self._heads:
            self._heads[cell] = cell  # so that a ring ends here
            passed.append(cell)
            cell = next((_subject(quad) for quad in self.store.quads(None, RDF_REST, cell)), cell)
        head = self._heads[cell]
        self._heads.update(dict.fromkeys(passed, head))
        return head

    def _is_a(self, node: Subject, types: set[NamedNode]) -> bool:
        return any(quad.object in types for quad in self.store.quads(node, RDF_TYPE))

    def _statements_of_private_graphs(self) -> Iterator[Subject]:
        """Statements about a value that stands in private graphs only."""
        names = self.config.statements
        if names is None or not self.graphs:
            return
        values = [NamedNode(iri) for iri in (names.value, names.accepted) if iri]
        for typed in self.store.quads(None, RDF_TYPE, NamedNode(names.type)):
            node = _subject(typed)
            for resource in self._objects(node, NamedNode(names.resource)):
                for property in self._objects(node, NamedNode(names.property)):
                    if not isinstance(resource, Literal) and isinstance(property, NamedNode):
                        said = [value for name in values for value in self._objects(node, name)]
                        if any(self._only_private(resource, property, value) for value in (None, *said)):
                            yield node

    def _objects(self, node: Subject, property: NamedNode) -> list[Term]:
        return [_object(quad) for quad in self.store.quads(node, property)]

    def _only_private(self, subject: Subject, predicate: NamedNode, value: Term | None) -> bool:
        graphs = [quad.graph_name for quad in self.store.quads(subject, predicate, value)]
        return bool(graphs) and all(graph in self.graphs for graph in graphs)

    def _dropped(self, quad: Quad) -> bool:
        hidden, value = self.hidden, quad.object
        if quad.graph_name in hidden or quad.predicate in hidden or quad.subject in hidden or value in hidden:
            return True
        return isinstance(value, Literal) and (value.datatype in hidden or self._spells(value.value))

    def _spells(self, text: str) -> bool:
        """Whether a text has a hidden IRI in it, whole or with a prefix."""
        if ":" not in text:
            return False
        iris = (found.group().rstrip(_TRAILING) for found in _IRI.finditer(text))
        names = (self.config.expand(found.group().rstrip(_TRAILING)) for found in _NAME.finditer(text))
        return any(iri in self._iris for iri in (*iris, *names))

    def _lost(self) -> set[BlankNode]:
        """Blank nodes to which only what is dropped leads."""
        doubtful: set[BlankNode] = set()
        todo = [q.object for q in self.store.quads() if isinstance(q.object, BlankNode) and self._dropped(q)]
        todo += [term for term in self.hidden if isinstance(term, BlankNode)]
        while todo:
            node = todo.pop()
            if node not in doubtful:
                doubtful.add(node)
                todo += [q.object for q in self.store.quads(node) if isinstance(q.object, BlankNode)]
        safe = [node for node in doubtful if self._is_led_to(node, doubtful)]
        while safe:
            node = safe.pop()
            if node in doubtful:
                doubtful.discard(node)
                safe += [
                    q.object for q in self.store.quads(node) if isinstance(q.object, BlankNode) and not self._dropped(q)
                ]
        return doubtful

    def _is_led_to(self, node: BlankNode, doubtful: set[BlankNode]) -> bool:
        return any(quad.subject not in doubtful and not self._dropped(quad) for quad in self.store.quads(object=node))

    def _is_gap(self, cell: Term) -> bool:
        """Whether a node is a cell of a list of which the member is hidden, while the list is not."""
        members = list(self.store.quads(cell, RDF_FIRST)) if isinstance(cell, BlankNode) else []
        return cell not in self.hidden and bool(members) and all(self._dropped(quad) for quad in members)

    def _after_gap(self, term: Term) -> Term:
        """What follows in a list after cells of which the members are hidden."""
        seen: set[Term] = set()
        while term not in seen and self._is_gap(term):
            assert isinstance(term, BlankNode)
            seen.add(term)
            term = next(iter(self._objects(term, RDF_REST)), RDF_NIL)
        return term


def _graphs(store: Store, config: Config) -> set[NamedNode]:
    """The private graphs.

    Raises:
        ConfigError: one of them does not exist.
    """
    known = {graph.value for graph in store.graphs()} | {config.graph_iri(key) for key in config.graphs}
    found = set()
    for key in config.private.graphs:
        if (iri := config.graph_iri(key)) not in known:
            near = difflib.get_close_matches(key, [*config.graphs, *sorted(known)], 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ConfigError(
                f"[private] graphs: there is no graph {key!r}, so it cannot be hidden",
                place=Place(FILE_NAME),
                cure=f"Name a graph of [graphs], or its full IRI.{hint}",
            )
        found.add(NamedNode(iri))
    return found


def _subject(quad: Quad) -> Subject:
    return quad.subject  # type: ignore[return-value]  # RDF 1.2 is refused at the door (saite.sources)


def _object(quad: Quad) -> Term:
    return quad.object  # type: ignore[return-value]  # RDF 1.2 is refused at the door (saite.sources)
