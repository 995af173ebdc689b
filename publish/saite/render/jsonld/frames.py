"""A frame for each class (JSON-LD 1.1 Framing): how programs get the instances of a class as trees.

A frame without rules embeds all that can be reached from a node, which is nearly everything (161 kB for one project
of our own site). So the frames of a site say of each property what stands beside it: of a thing with an IRI its types
and labels, of a blank node what it says, and nothing more. Section numbers are those of JSON-LD 1.1 Framing.
"""

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from saite.artifact import JSON_LD, Artifact
from saite.namespaces import LABEL_PROPERTIES, RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE
from saite.render.jsonld.compaction import Compactor, ConfusedIri
from saite.render.jsonld.context import Context
from saite.render.jsonld.writer import context_text
from saite.site.model import Listing, Site
from saite.site.order import SUBCLASS, Hierarchy, PropertyOrder, pairs, shape_orders
from saite.terms import BlankNode, NamedNode, Subject

FOLDER: Final = "frame/"

SAMPLE: Final = 1000
"""Instances of a class, the first by IRI, whose properties its frame lists; others are links, if they are IRIs."""

_NAMES: Final = 7  # of the properties that give labels: those after them are names of a special kind
_DEEPEST: Final = 4  # blank nodes within blank nodes
_LONGEST: Final = 100  # members of a list that are looked at

Frame = dict[str, Any]


@dataclass(slots=True)
class _Seen:
    """What the values of a property are.

    Attributes:
        links: there are IRIs.
        lists: there are lists.
        inside: the properties of blank nodes.
    """

    links: bool = False
    lists: bool = False
    inside: "dict[NamedNode, _Seen]" = field(default_factory=dict)


class Frames:
    """Writes ``frame/{class}.jsonld`` for each class that has instances of its own.

    Args:
        site: the site.
        context: its context, with which the frames are written and in whose words the trees are.
    """

    def __init__(self, site: Site, context: Context) -> None:
        self._site = site
        self._context = context
        self._compactor = Compactor(context)
        self._order = PropertyOrder(site.config.order, shape_orders(site), (), Hierarchy(pairs(site, SUBCLASS)))
        self._labels = [node for node in LABEL_PROPERTIES[:_NAMES] if node in site.kinds]

    def files(self) -> Iterator[Artifact]:
        """The frames."""
        for listing, path in self._places():
            yield Artifact(path, JSON_LD, self.content(listing.node))

    def promises(self) -> Iterator[Artifact]:
        """The same, to be made when they are asked for."""
        for listing, path in self._places():
            yield Artifact(path, JSON_LD, partial(self._later, listing.node))

    def _places(self) -> Iterator[tuple[Listing, str]]:
        for listing in self._site.listings:
            if listing.kind == "class" and listing.direct and len(listing.members):
                yield listing, f"{FOLDER}{listing.document.removeprefix('browse/class/')}.jsonld"

    def _later(self, class_: NamedNode) -> Iterable[bytes]:
        return (self.content(class_),)

    def content(self, class_: NamedNode) -> bytes:
        """The frame of a class.

        Where the context cannot say the class, it is written without a context.
        """
        try:
            return self._written(class_, self._compactor, self._context)
        except ConfusedIri:
            plain = Context({})
            return self._written(class_, Compactor(plain), plain)

    def _written(self, class_: NamedNode, compactor: Compactor, context: Context) -> bytes:
        seen: dict[NamedNode, _Seen] = {}
        for node in self._instances(class_):
            self._look(node, seen, _DEEPEST)
        frame: Frame = {compactor.keywords["@type"]: compactor.word(class_), "@embed": "@never"}
        properties = {RDF_TYPE, *self._labels}
        frame |= self._rules(compactor, seen, (class_,), properties)
        head = context_text(_words(context, compactor, {node.value for node in properties}), 2)
        body = json.dumps(frame, ensure_ascii=False, indent=2)
        return f'{{\n  "@context": {head},{body[1:]}\n'.encode()

    def _instances(self, class_: NamedNode) -> Iterable[NamedNode]:
        quads = self._site.quads(None, RDF_TYPE, class_)
        nodes = (quad.subject for quad in quads if type(quad.subject) is NamedNode)
        return dict.fromkeys(heapq.nsmallest(SAMPLE, nodes, key=lambda node: node.value))

    def _look(self, node: Subject, seen: dict[NamedNode, _Seen], depth: int) -> None:
        """Add the properties of a node to those that were seen."""
        for quad in self._site.quads(node):
            if quad.predicate == RDF_TYPE:
                continue
            found = seen.setdefault(quad.predicate, _Seen())
            value = quad.object
            if type(value) is NamedNode and value != RDF_NIL:
                found.links = True
            elif type(value) is BlankNode:
                members = list(self._members(value))
                found.lists |= bool(members)
                for one in members or [value]:
                    if type(one) is NamedNode:
                        found.links = True
                    elif type(one) is BlankNode and depth:
                        self._look(one, found.inside, depth - 1)

    def _members(self, node: Subject) -> Iterator[object]:
        """The members of a list, the first of them; none if it is no list."""
        left = _LONGEST
        while type(node) is BlankNode and left:
            left -= 1
            first = next(self._site.quads(node, RDF_FIRST), None)
            if first is None:
                return
            yield first.object
            rest = next(self._site.quads(node, RDF_REST), None)
            if rest is None or not isinstance(rest.object, NamedNode | BlankNode):
                return
            node = rest.object

    def _rules(
        self, compactor: Compactor, seen: Mapping[NamedNode, _Seen], types: tuple[NamedNode, ...], met: set[NamedNode]
    ) -> Frame:
        """What a frame says of properties, in the order in which pages show them; all properties are added to ``met``.

        A property without a value is left out, not set to null (section 2.2.5, default content).
        """
        rules: Frame = {}
        for node in self._order.sorted(seen, types):
            met.add(node)
            try:
                key = compactor.frame_key(node)
            except ConfusedIri:
                continue  # what no key can say has no rule: its values are links
            rules.setdefault(key, self._rule(compactor, seen[node], met))
        return rules

    def _rule(self, compactor: Compactor, seen: _Seen, met: set[NamedNode]) -> Frame:
        if not seen.links and not seen.inside:
            return {"@omitDefault": True}
        shown = {**dict.fromkeys(self._labels if seen.links else (), _Seen()), **seen.inside}
        # an @id that matches anything: else a node without any of the properties would be left out (section 4.2)
        rule: Frame = {"@id": {}, "@embed": "@always", "@explicit": True, "@omitDefault": True}
        rule |= self._rules(compactor, shown, (), met)
        return {"@list": rule} if seen.lists and seen.inside else rule


def _words(context: Context, compactor: Compactor, properties: set[str]) -> dict[str, Any]:
    """The part of a context that trees need: the terms of some properties, classes, prefixes and keywords."""
    terms = {"@vocab", "@language", "@type"}
    for definition in context.definitions.values():
        named = definition.iri in properties or definition.prefix or definition.iri in compactor.keywords
        if named or not (definition.type or definition.container):
            terms.add(definition.term)
    return context.subset(frozenset(terms))
