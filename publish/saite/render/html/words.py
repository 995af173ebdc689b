"""SHACL constraints as sentences: "exactly one value", "each value is a country", "not later than: end date"."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from saite import language as languages
from saite.namespaces import RDF_LANG_STRING
from saite.render.html.edition import Edition
from saite.render.html.values import Text, Values
from saite.terms import BlankNode, Literal, NamedNode, Term

if TYPE_CHECKING:
    from saite.render.html.shapes import ShapeGraph

_DEEPEST: Final = 8  # shapes may be nested in a circle (SHACL 3.4.3 leaves recursion undefined)

_ABOUT_THE_SHAPE: Final = frozenset(
    re.findall(
        r"\w+",
        "path property severity message name description order group defaultValue deactivated target targetClass "
        "targetNode targetSubjectsOf targetObjectsOf sparql flags ignoredProperties qualifiedMinCount "
        "qualifiedMaxCount qualifiedValueShapesDisjoint maxCount declare prefixes",
    )
)


class Words:
    """Puts the constraints of shapes into sentences of one language."""

    def __init__(self, edition: Edition, values: Values, graph: "ShapeGraph") -> None:
        self._edition = edition
        self._values = values
        self._graph = graph

    def path(self, path: Term) -> Text:
        """A property path (SHACL 2.3.1) with the names of its properties; operators as in SPARQL 1.1."""
        return self._path(path, 0)

    def _path(self, path: Term, depth: int) -> Text:
        graph = self._graph
        if isinstance(path, NamedNode):
            return self._values.property(path)
        if depth > _DEEPEST or isinstance(path, Literal):
            return "…"
        for name, pattern in (
            ("inversePath", Markup("^{}")),
            ("zeroOrMorePath", Markup("{}*")),
            ("oneOrMorePath", Markup("{}+")),
            ("zeroOrOnePath", Markup("{}?")),
        ):
            inner = graph.first(path, name)
            if inner is not None:
                return pattern.format(self._path(inner, depth + 1))
        alternatives = graph.first(path, "alternativePath")
        members = list(graph.members(alternatives if alternatives is not None else path))
        between = Markup(" | ") if alternatives is not None else Markup(" / ")
        return between.join(self._path(member, depth + 1) for member in members)

    def sentences(self, shape: Term, depth: int = 0) -> list[Text]:
        """What a shape asks of the node, or of the values at the end of its path."""
        graph = self._graph
        found: list[Text] = []
        counted = self._count(graph.first(shape, "minCount"), graph.first(shape, "maxCount"))
        if counted:
            found.append(counted)
        for name, objects in graph.constraints(shape):
            if name == "minCount" or name in _ABOUT_THE_SHAPE:
                continue
            for term in objects:
                sentence = self._sentence(shape, name, term, depth)
                if sentence:
                    found.append(sentence)
        return found

    def _count(self, least: Term | None, most: Term | None) -> str:
        ngettext = self._edition.ngettext
        low, high = _integer(least), _integer(most)
        if low and low == high:
            return ngettext("exactly %(n)s value", "exactly %(n)s values", low)
        if high == 0:
            return self._edition.gettext("no value")
        parts = []
        if low:
            parts.append(ngettext("at least %(n)s value", "at least %(n)s values", low))
        if high:
            parts.append(ngettext("at most %(n)s value", "at most %(n)s values", high))
        return languages.join(parts, self._edition.interface.language)

    def _sentence(self, shape: Term, name: str, term: Term, depth: int) -> Text:
        gettext = self._edition.gettext
        graph = self._graph
        if name in ("in", "languageIn"):
            members = list(graph.members(term))
            if name == "in":
                return self._say(gettext("one of: %(values)s"), values=self._list(members))
            names = [languages.language_name(m.value, self._edition.interface.language) for m in members]
            return self._say(gettext("in one of the languages: %(values)s"), values=", ".join(names))
        if name in ("or", "and", "xone"):
            branches = [self._rule(member, depth) for member in graph.members(term)] if depth < _DEEPEST else []
            listed = Markup("").join(Markup("<li>{}</li>").format(branch) for branch in branches if branch)
            lead = {"or": gettext("at least one of:"), "and": gettext("all of:"), "xone": gettext("exactly one of:")}[
                name
            ]
            return Markup("{} <ul>{}</ul>").format(lead, listed) if listed else ""
        if name == "not":
            inner = self._rule(term, depth) if depth < _DEEPEST else ""
            return self._say(gettext("not: %(rule)s"), rule=inner) if inner else ""
        if name in ("node", "qualifiedValueShape"):
            return self._other_shape(shape, name, term, depth)
        if name in ("uniqueLang", "closed"):
            if term.value not in ("true", "1"):
                return ""
            return gettext("one value for each language") if name == "uniqueLang" else gettext("no other properties")
        if name == "nodeKind":
            return self._node_kind(term.value.rpartition("#")[2])
        if name == "datatype" and term == RDF_LANG_STRING:
            return gettext("a text with its language")
        pattern = self._patterns().get(name)
        if name == "pattern":
            return self._say(
                gettext("matches the pattern %(value)s"), value=Markup("<code>{}</code>").format(term.value)
            )
        shown = self._values.property(term) if name in _COMPARED and isinstance(term, NamedNode) else None
        if isinstance(term, BlankNode):
            return ""  # a component or rule that is not of SHACL Core: the page's table shows it whole
        if pattern:
            return self._say(pattern, value=shown if shown is not None else self._values.term(term))
        return self._say("%(name)s: %(value)s", name=name, value=self._values.term(term))

    def _patterns(self) -> dict[str, str]:
        gettext = self._edition.gettext
        return {
            "datatype": gettext("datatype: %(value)s"),
            "class": gettext("each value is: %(value)s"),
            "hasValue": gettext("one of the values is: %(value)s"),
            "minLength": gettext("at least this many characters: %(value)s"),
            "maxLength": gettext("at most this many characters: %(value)s"),
            "minInclusive": gettext("not less than: %(value)s"),
            "maxInclusive": gettext("not more than: %(value)s"),
            "minExclusive": gettext("more than: %(value)s"),
            "maxExclusive": gettext("less than: %(value)s"),
            "equals": gettext("the same values as: %(value)s"),
            "disjoint": gettext("no value in common with: %(value)s"),
            "lessThan": gettext("before or less than: %(value)s"),
            "lessThanOrEquals": gettext("not after and not more than: %(value)s"),
        }

    def _rule(self, shape: Term, depth: int) -> Text:
        """What another shape asks: a link to one with a name, the sentences of one without."""
        return self._values.term(shape) if isinstance(shape, NamedNode) else _joined(self.sentences(shape, depth + 1))

    def _other_shape(self, shape: Term, name: str, term: Term, depth: int) -> Text:
        gettext = self._edition.gettext
        what = self._rule(term, depth) if depth < _DEEPEST else "…"
        if name == "node":
            return self._say(gettext("each value meets: %(rule)s"), rule=what) if what else ""
        low = self._graph.first(shape, "qualifiedMinCount")
        high = self._graph.first(shape, "qualifiedMaxCount")
        return self._say(gettext("%(count)s that meet: %(rule)s"), count=self._count(low, high), rule=what)

    def _node_kind(self, kind: str) -> str:
        gettext = self._edition.gettext
        return {
            "IRI": gettext("an IRI"),
            "Literal": gettext("a literal"),
            "BlankNode": gettext("a blank node"),
            "IRIOrLiteral": gettext("an IRI or a literal"),
            "BlankNodeOrIRI": gettext("an IRI or a blank node"),
            "BlankNodeOrLiteral": gettext("a blank node or a literal"),
        }.get(kind, kind)

    def _list(self, terms: Sequence[Term]) -> Markup:
        return Markup(", ").join(self._values.term(term) for term in terms)

    @staticmethod
    def _say(text: str, **values: Text) -> Markup:
        return escape(text) % values


_COMPARED: Final = frozenset(("equals", "disjoint", "lessThan", "lessThanOrEquals"))


def _joined(sentences: Sequence[Text]) -> Markup:
    return Markup("; ").join(sentences)


def _integer(term: Term | None) -> int | None:
    if isinstance(term, Literal) and term.value.strip().isdecimal():
        return int(term.value)
    return None
