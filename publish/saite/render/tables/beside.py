"""What no cell can hold as it is, in words for people."""

from typing import Final

from saite.namespaces import RDF_FIRST, RDF_NIL, RDF_REST
from saite.site.model import Site
from saite.terms import BlankNode, Literal, Term, sort_key

_DEEPEST: Final = 2  # blank nodes within blank nodes that are told of
_MEMBERS: Final = 20  # of a list


def told(site: Site, term: Term, language: str) -> str:
    """A value in words: an IRI as it is, a blank node by what it says."""
    return _told(site, term, language, 0) if type(term) is not Literal else term.value or '""'


def _told(site: Site, term: Term, language: str, depth: int) -> str:
    if type(term) is not BlankNode:
        return term.value if depth == 0 else site.labels.best(term, language)[0]
    if depth == _DEEPEST:
        return "…"
    members = _members(site, term)
    if members:
        return "; ".join(_told(site, member, language, depth + 1) for member in members)
    said = sorted(
        {(quad.predicate.value, quad.predicate, quad.object) for quad in site.quads(term)},
        key=lambda one: (one[0], sort_key(one[2])),  # type: ignore[arg-type]  # no triple terms
    )
    parts = (
        f"{site.labels.best(predicate, language)[0]}: {_told(site, value, language, depth + 1)}"  # type: ignore[arg-type]
        for _, predicate, value in said
    )
    return "; ".join(parts) or "[]"


def _members(site: Site, node: BlankNode) -> list[Term]:
    """The first members of an RDF list (RDF Schema 5.2)."""
    found: list[Term] = []
    at: Term = node
    while type(at) is BlankNode and len(found) < _MEMBERS:
        first = min((quad.object for quad in site.quads(at, RDF_FIRST)), key=sort_key, default=None)  # type: ignore[arg-type]
        if first is None:
            break
        found.append(first)  # type: ignore[arg-type]
        at = min((quad.object for quad in site.quads(at, RDF_REST)), key=sort_key, default=RDF_NIL)  # type: ignore[assignment, arg-type]
    return found
