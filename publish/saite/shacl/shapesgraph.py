"""The shapes graph as the check reads it: shapes, their messages, cures and paths (pySHACL keeps less of them)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from saite.namespaces import CURE, OWL, PREFIXES, RDF_TYPE, RDFS, SH
from saite.shacl.paths import Path, from_shapes, members
from saite.terms import BlankNode, Literal, NamedNode, Quad, Subject, Term, Triple, sort_key

Texts = tuple[tuple[str, str], ...]
"""Texts by language tag, as :class:`saite.finding.Finding` has them."""


def sh(name: str) -> NamedNode:
    """A term of SHACL."""
    return NamedNode(SH + name)


NESTING: Final = tuple(sh(n) for n in ("property", "node", "not", "qualifiedValueShape"))
"""Parameters whose values are shapes."""
LISTS_OF_SHAPES: Final = tuple(sh(n) for n in ("and", "or", "xone"))
"""Parameters whose values are lists of shapes."""
TARGETS: Final = tuple(sh(n) for n in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf", "target"))
CONSTRAINTS: Final = sh("sparql")
PATH: Final = sh("path")
TEXTS: Final = tuple(sh(n) for n in ("select", "ask", "construct"))
"""Properties whose values are SPARQL."""
MESSAGE: Final = sh("message")
_DECLARE: Final = sh("declare")
_IMPORTS: Final = NamedNode(OWL + "imports")
_CLASS: Final = NamedNode(RDFS + "Class")
_ONTOLOGY: Final = NamedNode(OWL + "Ontology")
_SHAPE_CLASSES: Final = (sh("NodeShape"), sh("PropertyShape"))


class ShapesGraph:
    """An index of a shapes graph.

    Args:
        quads: its triples; the names of graphs do not matter.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        triples = {
            (q.subject, q.predicate, q.object)
            for q in quads
            if not isinstance(q.subject, Triple) and not isinstance(q.object, Triple)
        }
        self._objects: dict[Subject, dict[NamedNode, list[Term]]] = defaultdict(dict)
        self._subjects: dict[NamedNode, list[tuple[Subject, Term]]] = defaultdict(list)
        self._holders: dict[BlankNode, Subject] = {}
        for s, p, o in sorted(triples, key=lambda t: (sort_key(t[0]), t[1].value, sort_key(t[2]))):
            self._objects[s].setdefault(p, []).append(o)
            self._subjects[p].append((s, o))
            if isinstance(o, BlankNode):
                self._holders.setdefault(o, s)
        self._classes: frozenset[Term] | None = None
        self._parents: dict[Subject, list[Subject]] = defaultdict(list)
        for parent, child in self._references():
            self._parents[child].append(parent)

    def objects(self, subject: Subject, predicate: NamedNode) -> Sequence[Term]:
        """The objects of a subject and predicate, in a fixed order."""
        return self._objects.get(subject, {}).get(predicate, ())

    def uses(self, predicate: NamedNode) -> Sequence[tuple[Subject, Term]]:
        """Subjects and objects of a predicate, in a fixed order."""
        return self._subjects.get(predicate, ())

    def subjects(self) -> Iterable[Subject]:
        """Everything that is a subject, in a fixed order."""
        return self._objects

    def predicates(self, subject: Subject) -> Iterable[NamedNode]:
        """The predicates of a subject, in a fixed order."""
        return self._objects.get(subject, {})

    def triples(self) -> Iterator[Triple]:
        """Everything, in a fixed order."""
        for subject, said in self._objects.items():
            for predicate, values in said.items():
                for value in values:
                    yield Triple(subject, predicate, value)

    def __contains__(self, node: Subject) -> bool:
        """Whether anything is said about a node."""
        return node in self._objects

    def shapes(self) -> list[Subject]:
        """What is a shape (SHACL 2.1), in a fixed order."""
        found: dict[Subject, None] = {}
        for kind in _SHAPE_CLASSES:
            found.update(dict.fromkeys(s for s, o in self.uses(RDF_TYPE) if o == kind))
        for predicate in (*TARGETS, *NESTING, *LISTS_OF_SHAPES, CONSTRAINTS):
            found.update(dict.fromkeys(s for s, _ in self.uses(predicate)))
        found.update(dict.fromkeys(child for child in self._parents if child in self))
        return sorted(found, key=sort_key)

    def classes_of_classes(self) -> frozenset[Term]:
        """``rdfs:Class`` and what the graph says is a subclass of it: a shape of such a type aims at its instances."""
        if self._classes is None:
            below = (s for s, o in self.uses(NamedNode(RDFS + "subClassOf")) if o == _CLASS)
            self._classes = frozenset((_CLASS, *below))
        return self._classes

    def texts(self, node: Subject, predicate: NamedNode) -> Texts:
        """The literals of a property by language; several of one language are joined."""
        by_language: dict[str, list[str]] = defaultdict(list)
        for value in self.objects(node, predicate):
            if isinstance(value, Literal):
                by_language[value.language or ""].append(value.value)
        return tuple((language, " ".join(by_language[language])) for language in sorted(by_language))

    def cures(self, shape: Subject, constraint: Subject | None = None) -> Texts:
        """What the authors say to do: of the constraint, else the shape, else the nearest shape around it."""
        for node in (*((constraint,) if constraint is not None else ()), shape, *self._around(shape)):
            if found := self.texts(node, CURE):
                return found
        return ()

    def prefixes(self, node: Subject) -> dict[str, str]:
        """The prefixes that a SPARQL text may use (SHACL 5.2.1): those that its ``sh:prefixes`` declare or import.

        As pySHACL has it: where a value of ``sh:prefixes`` declares nothing, those of the ontologies in the graph;
        and always rdf, rdfs and owl.
        """
        ontologies = [s for s, o in self.uses(RDF_TYPE) if o == _ONTOLOGY]
        found = {name: PREFIXES[name] for name in ("rdf", "rdfs", "owl")}
        for value in self.objects(node, sh("prefixes")):
            waiting, seen = [value], {value}
            while waiting:
                holder = waiting.pop(0)
                if isinstance(holder, Literal):
                    continue
                more = [o for o in self.objects(holder, _IMPORTS) if o not in seen]
                if holder == value and not more and not self.objects(holder, _DECLARE):
                    more = [o for o in ontologies if o not in seen]
                seen.update(more)
                waiting += more
                for declaration in self.objects(holder, _DECLARE):
                    if not isinstance(declaration, Literal):
                        names = self.objects(declaration, sh("prefix"))
                        namespaces = self.objects(declaration, sh("namespace"))
                        if names and namespaces and isinstance(names[0], Literal):
                            namespace = namespaces[0]
                            iri = namespace.value if isinstance(namespace, Literal | NamedNode) else ""
                            found.setdefault(names[0].value, iri)
        return found

    def sparql(self, node: Subject, text: Term) -> str:
        """The text of a query at a node, with the prefixes that it may use before it."""
        lines = (f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(self.prefixes(node).items()))
        return "".join((*lines, text.value if isinstance(text, Literal) else ""))

    def named(self, shape: Subject) -> NamedNode | None:
        """The shape itself if it has an IRI, else the nearest shape around it that has one."""
        if isinstance(shape, NamedNode):
            return shape
        return next((node for node in self._around(shape) if isinstance(node, NamedNode)), None)

    def holder(self, node: Subject) -> Subject:
        """The node itself if it has an IRI, else the nearest one that leads to it and has one; else the node."""
        seen: set[Subject] = set()
        at: Subject | None = node
        while isinstance(at, BlankNode) and at not in seen:
            seen.add(at)
            at = self._holders.get(at)
        return at if isinstance(at, NamedNode) else node

    def told(self, shape: Subject) -> str:
        """A shape in an error message."""
        named = self.named(shape)
        if named is None:
            return "a shape without an IRI"
        return f"<{named.value}>" if named == shape else f"a shape without an IRI inside <{named.value}>"

    def is_referred_to(self, shape: Subject) -> bool:
        """Whether a shape refers to this one."""
        return bool(self._parents.get(shape))

    def path(self, node: Term) -> Path:
        """The path that a node stands for.

        Raises:
            ValueError: it stands for none.
        """
        return from_shapes(self.objects, node)

    def items(self, head: Term) -> list[Term]:
        """The members of a list.

        Raises:
            ValueError: it is not well-formed.
        """
        return members(self.objects, head)

    def _around(self, shape: Subject) -> Iterator[Subject]:
        """The shapes that refer to a shape, then those that refer to them ..., nearest first."""
        seen, level = {shape}, [shape]
        while level:
            above = dict.fromkeys(parent for node in level for parent in self._parents.get(node, ()))
            level = [parent for parent in above if parent not in seen]
            seen.update(level)
            yield from level

    def _references(self) -> Iterator[tuple[Subject, Subject]]:
        """Pairs of a shape and a shape (or SPARQL constraint) that it refers to."""
        for predicate in (*NESTING, CONSTRAINTS):
            for parent, child in self.uses(predicate):
                if not isinstance(child, Literal):
                    yield parent, child
        for predicate in LISTS_OF_SHAPES:
            for parent, head in self.uses(predicate):
                try:
                    children = self.items(head)
                except ValueError:
                    continue  # saite.check.lint tells of it
                for child in children:
                    if not isinstance(child, Literal):
                        yield parent, child
