"""A context for sites that have none: their prefixes, and the coercions that their data keep to.

Terms are prefixed names, as in Turtle (``skos:broader``): no two vocabularies can clash, and a term goes on meaning
the same when the data grow. A property is coerced to IRIs, to language maps or to a datatype if all its values are
of that kind.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from saite.namespaces import RDF_TYPE, XSD_STRING
from saite.render.jsonld.context import Context
from saite.render.names import namespaces
from saite.site.model import IRIS, NODES, TEXTS
from saite.terms import NamedNode


def made_context(
    kinds: Mapping[NamedNode, AbstractSet[str]],
    classes: Iterable[NamedNode],
    own: Mapping[str, str],
    known: Mapping[str, str],
) -> Context:
    """Make a context for data.

    Args:
        kinds: which values the properties have: see :class:`saite.site.model.Site`.
        classes: the classes that have instances.
        own: the site's own prefixes.
        known: other prefixes; those that the vocabulary in use needs are taken.
    """
    coercions = {node.value: _coercion(kinds[node]) for node in kinds if node != RDF_TYPE}
    datatypes = {kind for kind in coercions.values() if ":" in kind}
    prefix_of = {n: p for n, p in namespaces(own, known).items() if p and p != "_" and not p.startswith("@")}
    names: dict[str, tuple[str, str]] = {}
    for iri in sorted({*coercions, *(node.value for node in classes), *datatypes}):
        for namespace in sorted(prefix_of, key=lambda n: (-len(n), n)):
            if iri.startswith(namespace) and iri != namespace and not iri[len(namespace) :].startswith("//"):
                names[iri] = prefix_of[namespace], f"{prefix_of[namespace]}:{iri[len(namespace) :]}"
                break
    namespace_of = {prefix: namespace for namespace, prefix in prefix_of.items()}
    wanted = {prefix for prefix, _ in names.values()} | set(own)
    raw: dict[str, Any] = {}
    for prefix, namespace in sorted((p, n) for n, p in prefix_of.items() if p in wanted):
        raw[prefix] = namespace if namespace[-1] in ":/?#[]@" else {"@id": namespace, "@prefix": True}
    for iri in sorted(coercions, key=lambda iri: (iri not in names, names.get(iri, ("", iri))[1])):
        kind = coercions[iri]
        coercion: dict[str, str] | None = None
        if kind == "@language":
            coercion = {"@container": "@language"} if iri in names else None
        elif kind:
            # where a namespace is itself a property, with a coercion, its prefix must not be defined by that term
            named = kind in names and namespace_of[names[kind][0]] not in coercions
            coercion = {"@type": names[kind][1] if named else kind}
        if coercion is not None:
            term = names.get(iri, ("", iri))[1]
            if term not in raw:
                raw[term] = {"@id": iri, **coercion}
    return Context(raw)


def _coercion(kinds: AbstractSet[str]) -> str:
    """What the values of a property keep to: ``@id``, ``@language``, a datatype, or nothing ("")."""
    if IRIS in kinds and kinds <= {IRIS, NODES}:
        return "@id"
    (kind,) = kinds if len(kinds) == 1 else ("",)
    return {NODES: "", TEXTS: "@language", XSD_STRING.value: ""}.get(kind, kind)
