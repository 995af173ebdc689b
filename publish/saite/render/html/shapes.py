"""Shapes in plain words: to what a rule applies, what must hold, how bad it is if not, and how to mend it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from saite import language as languages
from saite.finding import SEVERITIES, Severity
from saite.namespaces import CURE, RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, SH
from saite.render.html.edition import Edition
from saite.render.html.table import clean
from saite.render.html.values import Text, Values
from saite.render.html.words import Words
from saite.site.model import Resource
from saite.terms import Literal, NamedNode, Subject, Term, Triple

_SHAPE_TYPES: Final = frozenset((NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape")))
_LONGEST: Final = 300  # with more shapes than this, the page is an index, and the shapes' own pages say the rest
_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


class ShapeGraph:
    """Triples of shapes, asked by the local names of the SHACL vocabulary."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._objects: dict[tuple[Term, str], list[Term]] = {}
        for triple in triples:
            key = (triple.subject, triple.predicate.value)
            self._objects.setdefault(key, []).append(triple.object)  # type: ignore[arg-type]
            # RDF 1.2 triple terms are refused at the door (saite.sources), so subjects and objects are terms

    def objects(self, subject: Term, name: str) -> Sequence[Term]:
        """Objects of ``sh:name``, or of a property given as a whole IRI."""
        return self._objects.get((subject, name if "://" in name else SH + name), ())

    def first(self, subject: Term, name: str) -> Term | None:
        """One object, or None."""
        found = self.objects(subject, name)
        return found[0] if found else None

    def members(self, head: Term | None) -> Iterator[Term]:
        """The members of a list; a broken or circular list ends where it breaks."""
        seen: set[Term] = set()
        while head is not None and head != RDF_NIL and head not in seen:
            seen.add(head)
            first = self.first(head, RDF_FIRST.value)
            if first is not None:
                yield first
            head = self.first(head, RDF_REST.value)

    def constraints(self, subject: Term) -> Iterator[tuple[str, Sequence[Term]]]:
        """What is said of a shape in the SHACL vocabulary: local name and objects."""
        for (node, predicate), objects in self._objects.items():
            if node == subject and predicate.startswith(SH):
                yield predicate[len(SH) :], objects


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a shape, ready for a template."""

    path: Text
    page: Markup
    sentences: list[Text]
    severity: str
    level: str
    messages: list[Text]
    cures: list[Text]
    query: str


class ShapePages:
    """Makes the blocks about shapes in one language."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._shapes = frozenset(edition.site.shapes)

    def block(self, resource: Resource) -> Markup:
        """A shape's rules in plain words, for its own page; empty if the resource is no shape."""
        if _SHAPE_TYPES.isdisjoint(resource.types):
            return Markup("")
        values = Values(self._edition, resource.document)
        graph = self._graph(resource)
        markup = self._edition.part(
            "shape_block", self.targets(graph, resource.node, values), self.rules(graph, resource.node, values)
        )
        return markup

    def rules_of(self, resource: Resource, values: Values) -> list[Rule]:
        """The rules of a shape in plain words, for another page; none if the resource is no shape."""
        if _SHAPE_TYPES.isdisjoint(resource.types):
            return []
        return self.rules(self._graph(resource), resource.node, values)

    def content(self) -> Markup:
        """All shapes that apply to something by themselves, or that have rules; links to them if they are many."""
        edition = self._edition
        values = Values(edition, "shapes")
        if len(edition.site.shapes) > _LONGEST:
            names = {node: edition.site.labels.best(node, edition.language)[0] for node in edition.site.shapes}
            ordered = sorted(names, key=lambda node: (languages.sort_key(names[node], edition.language), node.value))
            return edition.render("shapes.html", shapes=[], links=[values.table.link(node) for node in ordered])
        entries = []
        for node in edition.site.shapes:
            resource = edition.site.resource(node)
            if resource is None:
                continue
            graph = self._graph(resource)
            if NamedNode(SH + "PropertyShape") in resource.types:
                continue
            anchor = values.once(resource.document.rpartition("/")[2])
            entries.append(
                (anchor, values.table.link(node), self.targets(graph, node, values), self.rules(graph, node, values))
            )
        return edition.render("shapes.html", shapes=entries, links=[])

    def targets(self, graph: ShapeGraph, node: Subject, values: Values) -> list[Text]:
        """To what a shape applies (SHACL 2.1.3)."""
        gettext = self._edition.gettext
        found: list[Text] = []
        for name in _TARGETS:
            for term in graph.objects(node, name):
                shown = values.term(term)
                if name == "targetClass":
                    found.append(_fill(gettext("every %(class)s"), {"class": shown}))
                elif name == "targetNode":
                    found.append(shown)
                elif name == "targetSubjectsOf":
                    found.append(_fill(gettext("everything that has %(property)s"), {"property": shown}))
                else:
                    found.append(_fill(gettext("every value of %(property)s"), {"property": shown}))
        classes = {NamedNode("http://www.w3.org/2000/01/rdf-schema#Class")}
        classes.add(NamedNode("http://www.w3.org/2002/07/owl#Class"))
        if not classes.isdisjoint(graph.objects(node, RDF_TYPE.value)):  # implicit class target (SHACL 2.1.3.3)
            found.append(_fill(gettext("every %(class)s"), {"class": values.term(node)}))
        if graph.objects(node, "target"):
            found.append(gettext("what a query selects"))
        return found

    def rules(self, graph: ShapeGraph, node: Subject, values: Values) -> list[Rule]:
        """The rules of a shape: its own, then those of its property shapes by sh:order and path."""
        words = Words(self._edition, values, graph)
        inherited = graph.first(node, "severity")
        rules = []
        own = self._rule(graph, node, values, words, inherited)
        if own.sentences or own.query or (graph.first(node, "path") is not None):
            rules.append(own)
        rules += [self._query(graph, node, query, values, inherited) for query in graph.objects(node, "sparql")]
        shapes = sorted(graph.objects(node, "property"), key=lambda shape: _order(graph, shape))
        for shape in shapes:
            rules.append(self._rule(graph, shape, values, words, inherited))
            rules += [self._query(graph, shape, query, values, inherited) for query in graph.objects(shape, "sparql")]
        return rules

    def _rule(self, graph: ShapeGraph, node: Term, values: Values, words: Words, inherited: Term | None) -> Rule:
        path = graph.first(node, "path")
        severity, level = self._severity(graph.first(node, "severity") or inherited)
        elsewhere = isinstance(node, NamedNode) and path is not None and not values.table.outside(node)
        return Rule(
            path=words.path(path) if path is not None else "",
            page=values.table.link(node) if elsewhere else Markup(""),
            sentences=words.sentences(node),
            severity=severity,
            level=level,
            messages=self._texts(graph.objects(node, "message"), values),
            cures=self._texts(graph.objects(node, CURE.value), values),
            query="",
        )

    def _query(self, graph: ShapeGraph, shape: Term, query: Term, values: Values, inherited: Term | None) -> Rule:
        severity, level = self._severity(graph.first(shape, "severity") or inherited)
        select = graph.first(query, "select") or graph.first(query, "ask")
        messages = graph.objects(query, "message") or graph.objects(shape, "message")
        return Rule(
            path="",
            page=Markup(""),
            sentences=[self._edition.gettext("A query looks for cases that break the rule.")],
            severity=severity,
            level=level,
            messages=self._texts(messages, values),
            cures=self._texts(graph.objects(query, CURE.value) or graph.objects(shape, CURE.value), values),
            query=clean(select.value) if isinstance(select, Literal) else "",
        )

    def _severity(self, node: Term | None) -> tuple[str, str]:
        """What a severity is called, and its level; one of the site's own (SHACL 2.1.4) has its label, and no level."""
        severity = SEVERITIES.get(node.value) if isinstance(node, NamedNode) else Severity.VIOLATION
        if severity is None:
            assert isinstance(node, NamedNode)
            return clean(self._edition.site.labels.best(node, self._edition.language)[0]), ""
        return severity_name(self._edition, severity.label), severity.label

    def _texts(self, terms: Sequence[Term], values: Values) -> list[Text]:
        literals = [term for term in terms if isinstance(term, Literal)]
        best = languages.choose(
            {one.language or "": "" for one in literals}, self._edition.language, self._edition.site.config.languages
        )
        return [values.literal(one) for one in literals if best is not None and (one.language or "") == best[1]]

    def _graph(self, resource: Resource) -> ShapeGraph:
        """The shape's triples with those of the named shapes that it uses."""
        triples = list(resource.triples)
        for triple in resource.triples:
            if triple.predicate.value == SH + "property" and isinstance(triple.object, NamedNode):
                other = self._edition.site.resource(triple.object)
                triples += other.triples if other else ()
        return ShapeGraph(dict.fromkeys(triples))


def severity_name(edition: Edition, level: str) -> str:
    """What a level is called: violation, warning or info."""
    names: Mapping[str, str] = {
        "violation": edition.gettext("Violation"),
        "warning": edition.gettext("Warning"),
        "info": edition.gettext("Information"),
    }
    return names[level]


def _order(graph: ShapeGraph, shape: Term) -> tuple[float, str]:
    order = graph.first(shape, "order")
    path = graph.first(shape, "path")
    try:
        number = float(order.value) if isinstance(order, Literal) else float("inf")
    except ValueError:
        number = float("inf")
    return number, f"{path} {shape}"


def _fill(text: str, values: Mapping[str, Text]) -> Markup:
    return escape(text) % dict(values)
