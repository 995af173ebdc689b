"""What the page of a class or property says beyond its own triples: where it stands, what must hold, how it is written.

The hierarchy is a picture of links; rules come from the shapes that are about the term; the key is that of the site's
JSON-LD context.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import orjson
from markupsafe import Markup

from saite.namespaces import RDFS, SH
from saite.render.html.edition import Edition
from saite.render.html.queries import ASKING
from saite.render.html.shapes import Rule, ShapePages
from saite.render.html.table import clean
from saite.render.html.values import Text, Values
from saite.render.html.views import drawing, hierarchy
from saite.render.html.views.hierarchy import Line
from saite.render.html.views.pen import Link
from saite.render.html.views.picture import WIDTHS
from saite.render.html.vocabulary import make_use
from saite.render.jsonld import site_context
from saite.site.model import Resource, TermUse
from saite.terms import NamedNode, Term

_ABOVE: Final = (NamedNode(RDFS + "subClassOf"), NamedNode(RDFS + "subPropertyOf"))
_MOST_ABOVE: Final = 8
_MOST_BELOW: Final = 16
_MOST_SHAPES: Final = 12


class About(NamedTuple):
    """A shape that is about a term: its name, and its rules in plain words."""

    name: Text
    rules: list[Rule]


class TermBlocks:
    """Makes them in one language.

    Args:
        edition: the site in that language.
        shapes: says shapes in plain words.
    """

    def __init__(self, edition: Edition, shapes: ShapePages) -> None:
        self._edition = edition
        self._shapes = shapes

    def of(self, resource: Resource, use: TermUse) -> Markup:
        """The blocks of a class or property."""
        edition, node = self._edition, resource.node
        values = Values(edition, resource.document)
        return edition.render(
            "term.html",
            pictures=self._pictures(node, values),
            rules=[About(values.table.link(shape), rules) for shape, rules in self._rules(node, values)],
            use=make_use(edition, resource.document, node, use),
            key=self._key(node),
            asking=self._asking(node, values),
            is_class=node in edition.site.classes,
        )

    # -- where it stands --

    def _pictures(self, node: NamedNode, values: Values) -> list[Markup]:
        lines, more = self._lines(node, values)
        if len(lines) < 2:
            return []
        gettext = self._edition.gettext
        title = gettext("Where “%(name)s” stands") % {"name": clean(values.table.text(node)[0])}
        about = gettext("What is above it stands before it, what is below it further in.")
        return [
            drawing.element(hierarchy.draw(lines, room, more), f"hierarchy-{room}", title, about, style)
            for style, room in WIDTHS.items()
        ]

    def _lines(self, node: NamedNode, values: Values) -> tuple[list[Line], str]:
        """What is above, itself, what is directly below; and how many more there are below."""
        above: dict[NamedNode, tuple[NamedNode, ...]] = {}
        waiting = [node]
        while waiting and len(above) <= _MOST_ABOVE:
            one = waiting.pop(0)
            if one not in above:
                above[one] = self._parents(one)
                waiting += above[one]
        depths: dict[NamedNode, int] = {}
        for one in sorted(above, key=lambda other: other.value):
            self._depth(one, above, depths, ())
        ordered = sorted(above, key=lambda one: (one == node, depths[one], one.value))
        places = {one: number for number, one in enumerate(ordered)}
        lines = [
            Line(
                self._link(one, values),
                depths[one],
                tuple(places[up] for up in above[one] if up in places and places[up] < places[one]),
                one == node,
            )
            for one in ordered
        ]
        children = sorted(set(self._edition.site.hierarchy.get(node, ())) - set(above), key=self._edition.key)
        own = places[node]
        lines += [Line(self._link(one, values), depths[node] + 1, (own,)) for one in children[:_MOST_BELOW]]
        left = len(children) - _MOST_BELOW
        more = self._edition.ngettext("and %(n)s more", "and %(n)s more", left) if left > 0 else ""
        return lines, more

    def _parents(self, node: NamedNode) -> tuple[NamedNode, ...]:
        quads = (quad for property_ in _ABOVE for quad in self._edition.site.quads(node, property_))
        found = {quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.object != node}
        return tuple(sorted(found, key=lambda one: one.value))

    def _depth(
        self,
        node: NamedNode,
        above: Mapping[NamedNode, Sequence[NamedNode]],
        depths: dict[NamedNode, int],
        path: tuple[NamedNode, ...],
    ) -> int:
        """The longest way from the top; a circle is cut where it closes."""
        if node not in depths:
            ups = [one for one in above.get(node, ()) if one in above and one not in (*path, node)]
            depths[node] = max((self._depth(one, above, depths, (*path, node)) + 1 for one in ups), default=0)
        return depths[node]

    def _link(self, node: NamedNode, values: Values) -> Link:
        text, tag = values.table.text(node)
        own = self._edition.interface.language
        return Link(clean(text), tag if tag != own else "", values.table.address(node))

    # -- what must hold --

    @cached_property
    def _about(self) -> Mapping[Term, Sequence[NamedNode]]:
        """The shapes that apply to each class, and those that are about each property."""
        site = self._edition.site
        found: dict[Term, list[NamedNode]] = {}
        for name in ("targetClass", "path"):
            for quad in site.quads(None, NamedNode(SH + name)):
                if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
                    found.setdefault(quad.object, []).append(quad.subject)
        return {term: sorted(set(shapes), key=lambda one: one.value) for term, shapes in found.items()}

    def _rules(self, node: NamedNode, values: Values) -> Iterable[tuple[NamedNode, list[Rule]]]:
        for shape in self._about.get(node, ())[:_MOST_SHAPES]:
            resource = self._edition.site.resource(shape)
            rules = self._shapes.rules_of(resource, values) if resource is not None else []
            if rules:
                yield shape, rules

    # -- how it is written --

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        """The entries of the site's JSON-LD context, by IRI, as JSON."""
        context, _ = site_context(self._edition.site)
        found: dict[str, dict[str, Any]] = {}
        for name in sorted(context.definitions, key=lambda name: (len(name), name)):
            definition = context.definitions[name]
            if definition.writable and not definition.prefix and definition.iri:
                found.setdefault(definition.iri, {name: context.raw[name]})
        return {iri: orjson.dumps(entry, option=orjson.OPT_INDENT_2).decode() for iri, entry in found.items()}

    def _key(self, node: NamedNode) -> tuple[str, str]:
        """The key of the term in JSON-LD, and its definition there; empty if it has none."""
        entry = self._keys.get(node.value, "")
        return (next(iter(orjson.loads(entry))), entry) if entry else ("", "")

    def _asking(self, node: NamedNode, values: Values) -> str:
        """A link to the query page, with a query for everything that the term is used of; "" without that page."""
        if "dumps" not in self._edition.site.config.formats:
            return ""
        pattern = f"?thing a <{node.value}>"
        if node not in self._edition.site.classes:
            pattern = f"?thing <{node.value}> ?value"
        return f"{values.table.href(ASKING)}#query={quote(f'SELECT * WHERE {{ {pattern} }}', safe='')}"
