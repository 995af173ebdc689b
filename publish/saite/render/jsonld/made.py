"""A context for sites that have none: their prefixes, and the coercions that their data keep to.

Terms are prefixed names, as in Turtle (``skos:broader``): no two vocabularies can clash, and a term goes on meaning
the same when the data grow. A property is coerced to IRIs, to language maps or to a datatype if all its values are
of that kind.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from saite.namespaces import RDF_NIL, RDF_TYPE, XSD_STRING
from saite.render.jsonld.context import KEYWORDS, Context
from saite.render.names import namespaces
from saite.terms import BlankNode, Literal, NamedNode, Quad

_MIXED: Final = "mixed"
_BLANK: Final = "blank"


def made_context(quads: Iterable[Quad], own: Mapping[str, str], known: Mapping[str, str]) -> Context:
    """Make a context from the data.

    Args:
        quads: all of them; read once, in any order.
        own: the site's own prefixes.
        known: other prefixes; those that the vocabulary in use needs are taken.
    """
    kinds, classes = _kinds(quads)
    prefix_of = {n: p for n, p in namespaces(own, known).items() if p and p != "_" and not p.startswith("@")}
    names: dict[str, tuple[str, str]] = {}
    for iri in sorted({*kinds, *classes, *(k for k in kinds.values() if ":" in k)}):
        for namespace in sorted(prefix_of, key=lambda n: (-len(n), n)):
            if iri.startswith(namespace) and iri != namespace and not iri[len(namespace) :].startswith("//"):
                names[iri] = prefix_of[namespace], f"{prefix_of[namespace]}:{iri[len(namespace) :]}"
                break
    namespace_of = {prefix: namespace for namespace, prefix in prefix_of.items()}
    wanted = {prefix for prefix, _ in names.values()} | set(own)
    raw: dict[str, Any] = {}
    for prefix, namespace in sorted((p, n) for n, p in prefix_of.items() if p in wanted):
        raw[prefix] = namespace if namespace[-1] in ":/?#[]@" else {"@id": namespace, "@prefix": True}
    for iri in sorted(kinds, key=lambda iri: (iri not in names, names.get(iri, ("", iri))[1])):
        kind = kinds[iri]
        coercion: dict[str, str] | None = None
        if kind == "@language":
            coercion = {"@container": "@language"} if iri in names else None
        elif kind not in (_MIXED, _BLANK, XSD_STRING.value):
            # where a namespace is itself a property, with a coercion, its prefix must not be defined by that term
            named = kind not in KEYWORDS and kind in names and namespace_of[names[kind][0]] not in kinds
            coercion = {"@type": names[kind][1] if named else kind}
        if coercion is not None:
            term = names.get(iri, ("", iri))[1]
            if term not in raw:
                raw[term] = {"@id": iri, **coercion}
    return Context(raw)


def _kinds(quads: Iterable[Quad]) -> tuple[dict[str, str], set[str]]:
    """What kind of values each property has, ``rdf:type`` left out; and the classes."""
    kinds: dict[NamedNode, str] = {}
    classes: set[NamedNode] = set()
    for quad in quads:
        predicate, term = quad.predicate, quad.object
        if type(term) is NamedNode:
            if predicate == RDF_TYPE:
                classes.add(term)
                continue
            kind = _BLANK if term == RDF_NIL else "@id"
        elif type(term) is BlankNode:
            kind = _BLANK
        else:
            assert type(term) is Literal
            kind = "@language" if term.language is not None else term.datatype.value
        known = kinds.setdefault(predicate, kind)
        if known != kind and known != _MIXED:
            kinds[predicate] = "@id" if {known, kind} == {"@id", _BLANK} else _MIXED
    kinds.pop(RDF_TYPE, None)
    return {predicate.value: kind for predicate, kind in kinds.items()}, {c.value for c in classes}
