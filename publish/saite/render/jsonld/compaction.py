"""Compaction from terms: a graph as JSON in the words of a context, such that it reads back as the same graph.

The rules are those of the IRI Compaction and Value Compaction algorithms (JSON-LD 1.1 API, 6.2 and 6.3), made for
triples in place of expanded JSON: a value stands under a term only if the term's coercion says exactly that value;
else under the property's compact or full IRI with its type or language beside it.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from saite.namespaces import RDF_NIL, RDF_TYPE, XSD, XSD_STRING
from saite.render.jsonld.context import Context, Definition
from saite.render.names import Kept
from saite.render.outline import Outline, is_empty_list
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term

Json: TypeAlias = Any
"""What orjson writes: dict, list, str, int, bool."""

_Name: TypeAlias = tuple[str, str | None]
"""A text, and the term of the context that it needs."""

_EXACT_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,15}")
_LARGEST_INTEGER: Final = 2**53 - 1
"""Beyond it JavaScript's numbers are not exact (RFC 8259 section 6)."""

_XSD_INTEGER: Final = NamedNode(XSD + "integer")
_XSD_BOOLEAN: Final = NamedNode(XSD + "boolean")
_BOOLEANS: Final = {"true": True, "false": False}


class ConfusedIri(Exception):
    """An IRI that a reader would take for a compact one: its scheme is a term of the context (API 6.2, step 9)."""


class _Place:
    """Where values of a kind stand: the key, and how they are written there."""

    __slots__ = ("as_list", "as_set", "by_language", "explicit", "key", "language", "need", "type")

    def __init__(self, key: str, definition: Definition | None, need: str | None = None) -> None:
        self.key = key
        self.need = need if definition is None else definition.term
        self.type = definition.type if definition else ""
        self.language = definition.language if definition else None
        container = definition.container if definition else frozenset()
        self.as_set = "@set" in container
        self.as_list = "@list" in container
        self.by_language = "@language" in container
        self.explicit = False

    def coerced(self) -> bool:
        return bool(self.type) or self.language is not None


class _Plan:
    """The places for a property's values, best first."""

    __slots__ = ("fallback", "lists", "places", "values")

    def __init__(self, places: list[_Place], fallback: _Place) -> None:
        self.values: dict[object, _Place] = {}
        self.places = [place for place in places if not place.as_list]
        self.lists = [p for p in places if p.as_list] + [p for p in self.places if not p.by_language]
        self.fallback = fallback

    def first(self, *accepted: tuple[str, str | None, bool]) -> _Place:
        """The first place with one of these (type, language, by language), tried in turn; else the fallback."""
        for wanted in accepted:
            for place in self.places:
                if (place.type, place.language, place.by_language) == wanted:
                    return place
        return self.fallback


class Compactor:
    """Writes nodes of an outline as JSON objects with one context."""

    def __init__(self, context: Context) -> None:
        """Take the context."""
        self.context = context
        self.keywords: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        for name in ("@id", "@type", "@value", "@language", "@list", "@graph", "@included"):
            text, alias = context.keyword(name)
            self.keywords[name] = text
            if alias is not None:
                self.aliases[text] = alias.term
        self._id, self._type = self.keywords["@id"], self.keywords["@type"]
        self._value, self._language = self.keywords["@value"], self.keywords["@language"]
        self._list = self.keywords["@list"]
        self._id_need = self.aliases.get(self._id)
        terms = sorted(context.definitions.values(), key=lambda d: (len(d.term), d.term))
        self._prefixes = [d for d in terms if d.prefix and d.iri]
        self._namespaces = tuple(d.iri for d in self._prefixes)
        self._by_iri: dict[str, list[Definition]] = {}
        for definition in terms:
            if definition.writable:
                self._by_iri.setdefault(definition.iri, []).append(definition)
        self._ids = Kept(self._make_id)
        self._words = Kept(self._make_word)
        self._plans = Kept(self._make_plan)

    def node(self, outline: Outline, node: Subject, used: set[str | None]) -> dict[str, Json]:
        """A node with everything that stands inside it; the terms that it needs are added to ``used``.

        Raises:
            ConfusedIri: it cannot be said with this context.
        """
        result: dict[str, Json] = {}
        if type(node) is NamedNode:
            used.add(self._id_need)
            result[self._id] = self._id_text(node, used)
        elif node in outline.labelled:
            used.add(self._id_need)
            result[self._id] = f"_:{node.value}"
        ids, plans = self._ids, self._plans
        for predicate, values in outline.statements(node):
            if predicate == RDF_TYPE:
                values = self._types(result, values, used)
            plan = plans[predicate]
            for term in values:
                if type(term) is NamedNode:
                    if term == RDF_NIL and is_empty_list(predicate, term):
                        self._put_list(outline, plan, result, [], used)
                        continue
                    place = plan.values.get(NamedNode) or self._place(plan, term)
                    if place.type == "@id":
                        value, need = ids[term]
                        used.add(need)
                    else:
                        value = self._encode(outline, place, term, used)
                elif type(term) is Literal:
                    language = term.language
                    place = plan.values.get(language or term.datatype) or self._place(plan, term)
                    if place.by_language:
                        used.add(place.need)
                        _put(result.setdefault(place.key, {}), language or "", term.value, place.as_set)
                        continue
                    value = self._literal(place, term, used)
                else:
                    assert type(term) is BlankNode
                    items = outline.lists.get(term) if term in outline.inside else None
                    if items is not None:
                        self._put_list(outline, plan, result, items, used)
                        continue
                    place = plan.values.get(BlankNode) or self._place(plan, term)
                    value = self._encode(outline, place, term, used)
                used.add(place.need)
                _put(result, place.key, value, place.as_set)
        return result

    def word(self, iri: NamedNode) -> str:
        """A class as the value of ``@type``.

        Raises:
            ConfusedIri: it cannot be said with this context.
        """
        return self._words[iri][0]

    def frame_key(self, predicate: NamedNode) -> str:
        """A name of a property beside which a frame may stand: one that takes an object for nothing else.

        Beside a term with the container ``@language`` an object is a language map, which matches nothing.

        Raises:
            ConfusedIri: it cannot be said with this context.
        """
        for definition in self._by_iri.get(predicate.value, ()):
            if definition.container <= {"@set"}:
                return definition.term
        plan = self._plans[predicate]
        if plan.fallback.explicit:
            raise ConfusedIri(predicate.value)
        return plan.fallback.key

    def _types(self, result: dict[str, Json], values: Sequence[Term], used: set[str | None]) -> list[Term]:
        """Write the classes that have an IRI; returns the values that ``@type`` cannot say."""
        names = [self._word_text(value, used) for value in values if type(value) is NamedNode]
        if names:
            many = len(names) > 1 or self.context.types_are_set
            result[self._type] = names if many else names[0]
            if self.context.types_are_set:
                used.add("@type")
            used.add(self.aliases.get(self._type))
        return [value for value in values if type(value) is not NamedNode]

    def _id_text(self, iri: NamedNode, used: set[str | None]) -> str:
        text, need = self._ids[iri]
        used.add(need)
        return text

    def _word_text(self, iri: NamedNode, used: set[str | None]) -> str:
        """An IRI where the vocabulary's terms are understood: types, datatypes, values of ``@vocab`` properties."""
        text, need = self._words[iri]
        used.add(need)
        return text

    def _make_id(self, iri: NamedNode) -> _Name:
        return self._compact(iri.value)

    def _make_word(self, iri: NamedNode) -> _Name:
        named = self._by_iri.get(iri.value)
        return (named[0].term, named[0].term) if named else self._unnamed(iri.value)

    def _unnamed(self, iri: str) -> _Name:
        """Relative to ``@vocab``, or as an identifier."""
        vocab = self.context.vocab
        if vocab and iri.startswith(vocab):
            rest = iri[len(vocab) :]
            if rest and ":" not in rest and not rest.startswith("@") and rest not in self.context.definitions:
                return rest, "@vocab"
        return self._compact(iri)

    def _compact(self, iri: str) -> _Name:
        """A compact IRI, or the IRI itself (API 6.2, steps 6 to 10)."""
        best: _Name | None = None
        definitions = self.context.definitions
        if iri.startswith(self._namespaces):
            for prefix in self._prefixes:
                if iri.startswith(prefix.iri) and len(iri) > len(prefix.iri):
                    name = f"{prefix.term}:{iri[len(prefix.iri) :]}"
                    if name in definitions or name.startswith(prefix.term + "://"):
                        continue
                    if best is None or (len(name), name) < (len(best[0]), best[0]):
                        best = name, prefix.term
        if best is not None:
            return best
        scheme, _, rest = iri.partition(":")
        if scheme in definitions and not rest.startswith("//"):
            raise ConfusedIri(iri)
        return iri, None

    def _make_plan(self, predicate: NamedNode) -> _Plan:
        iri = predicate.value
        places = [_Place(d.term, d) for d in self._by_iri.get(iri, ())]
        places.sort(key=lambda place: not place.as_set)
        name, need = self._unnamed(iri)
        fallback = _Place(name, None, need)
        taken = self.context.definitions.get(name)
        if taken is not None:  # the full IRI is itself a term
            if taken.container - {"@set"} or taken.iri != iri or not taken.writable:
                raise ConfusedIri(iri)
            fallback = _Place(name, None, name)
            fallback.as_set = "@set" in taken.container
            fallback.explicit = True
        return _Plan(places, fallback)

    def _place(self, plan: _Plan, term: Term) -> _Place:
        """Term selection (API 4.4): the place for terms of this kind, remembered in the plan."""
        bare = ("", None, False)
        if type(term) is NamedNode:
            key: object = NamedNode
            place = plan.first(("@id", None, False), ("@vocab", None, False), bare)
            vocabulary = plan.first(("@vocab", None, False))
            if vocabulary is not plan.fallback and term.value in self._by_iri:
                return vocabulary
            if vocabulary is not plan.fallback and place is not vocabulary:
                return place  # not remembered: other IRIs may have a term
        elif type(term) is BlankNode:
            key = BlankNode
            place = plan.first(("@id", None, False), bare, ("@vocab", None, False))
        else:
            assert type(term) is Literal
            if term.language is not None:
                key = term.language
                place = plan.first(("", None, True), ("", term.language, False), bare)
            elif term.datatype == XSD_STRING:
                key = term.datatype
                place = plan.first(("", "", False), bare, (XSD_STRING.value, None, False))
            else:
                key = term.datatype
                place = plan.first((term.datatype.value, None, False), bare)
        plan.values[key] = place
        return place

    def _encode(self, outline: Outline, place: _Place, term: Term, used: set[str | None]) -> Json:
        if type(term) is Literal:
            return self._literal(place, term, used)
        if type(term) is NamedNode:
            if place.type == "@id":
                return self._id_text(term, used)
            if place.type == "@vocab":
                return self._word_text(term, used)
            text = self._id_text(term, used)
        else:
            assert type(term) is BlankNode
            if term in outline.inside and outline.described(term):
                items = outline.lists.get(term)
                if items is None:
                    return self.node(outline, term, used)
                return self._list_object(outline, place, items, used)
            text = f"_:{term.value}"
            if place.type == "@id":
                return text
        used.add(self._id_need)
        return {self._id: text}

    def _literal(self, place: _Place, term: Literal, used: set[str | None]) -> Json:
        value = term.value
        language = term.language
        if language is not None:
            if place.language == language:
                return value
            if not place.coerced() and not place.explicit and language == self.context.language:
                used.add("@language")
                return value
            used.add(self.aliases.get(self._language))
            used.add(self.aliases.get(self._value))
            return {self._value: value, self._language: language}
        datatype = term.datatype
        if place.type == datatype.value or not (place.coerced() or place.explicit):
            if datatype == _XSD_INTEGER and _EXACT_INTEGER.fullmatch(value) and abs(int(value)) <= _LARGEST_INTEGER:
                return int(value)
            if datatype == _XSD_BOOLEAN and value in _BOOLEANS:
                return _BOOLEANS[value]
        if place.type == datatype.value:
            return value
        used.add(self.aliases.get(self._value))
        if datatype == XSD_STRING:
            if place.language == "" or not (place.coerced() or place.explicit or self.context.language):
                return value
            return {self._value: value}
        used.add(self.aliases.get(self._type))
        return {self._value: value, self._type: self._word_text(datatype, used)}

    def _put_list(
        self, outline: Outline, plan: _Plan, result: dict[str, Json], items: list[Term], used: set[str | None]
    ) -> None:
        """Write a list under the first place whose coercion says all its members (API 6.1, list objects)."""
        for place in plan.lists:
            if (place.as_list and place.key in result) or not all(_fits(outline, place, item) for item in items):
                continue
            break
        else:
            place = plan.fallback
        used.add(place.need)
        if place.as_list:
            result[place.key] = [self._item(outline, place, item, used) for item in items]
        else:
            _put(result, place.key, self._list_object(outline, place, items, used), place.as_set)

    def _list_object(self, outline: Outline, place: _Place, items: list[Term], used: set[str | None]) -> Json:
        used.add(self.aliases.get(self._list))
        return {self._list: [self._item(outline, place, item, used) for item in items]}

    def _item(self, outline: Outline, place: _Place, item: Term, used: set[str | None]) -> Json:
        if type(item) is NamedNode and is_empty_list(RDF_TYPE, item):
            return self._list_object(outline, place, [], used)
        return self._encode(outline, place, item, used)


def _fits(outline: Outline, place: _Place, item: Term) -> bool:
    """Whether a list's member can be said under a place's coercion."""
    if type(item) is BlankNode and item in outline.lists:
        return all(_fits(outline, place, inner) for inner in outline.lists[item])
    if not place.coerced():
        return True
    if type(item) is Literal:
        if item.language is not None:
            return place.language == item.language
        return place.type == item.datatype.value or (place.language == "" and item.datatype == XSD_STRING)
    return place.type in ("@id", "@vocab")


def _put(result: dict[str, Json], key: str, value: Json, as_set: bool) -> None:
    """Add a value: alone, or to the others in an array."""
    known = result.get(key)
    if known is None:
        result[key] = [value] if as_set else value
    elif type(known) is list:
        known.append(value)
    else:
        result[key] = [known, value]
