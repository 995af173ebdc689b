"""Tiny graphs in TriG and the sites that they make."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat
from pyoxigraph import parse as parse_quads

from saite.config import Config
from saite.namespaces import PREFIXES
from saite.site import BuiltSite, build_site
from saite.site.model import Backlinks, FoldTable, Listing, Resource, Row, Value
from saite.store import EmbeddedStore
from saite.terms import BlankNode, Literal, NamedNode, Term, Triple

BASE = "https://example.org/"
HEADER = f"@base <{BASE}> .\n@prefix : <{BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()
)


def ex(name: str) -> NamedNode:
    """An IRI of the site."""
    return NamedNode(BASE + name)


def pre(name: str) -> NamedNode:
    """A prefixed name as an IRI."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def quads(trig: str) -> list[Quad]:
    """The quads of a TriG text, in its own order; blank nodes keep their labels."""
    return list(parse_quads(HEADER + trig, format=RdfFormat.TRIG))


def settings(**values: Any) -> Config:
    """Settings without a folder."""
    return Config(**{"root": Path("nowhere"), "base": BASE, **values})


def site_of(trig: str | list[Quad], **values: Any) -> BuiltSite:
    """The site of a TriG text."""
    return build_site(EmbeddedStore(quads(trig) if isinstance(trig, str) else trig), settings(**values))


def page(site: BuiltSite, name: str) -> Resource:
    """The resource with an IRI of the site."""
    found = site.resource(ex(name))
    assert found is not None, f"{name} has no page"
    return found


def say(term: Term) -> str:
    """A term in few letters."""
    if isinstance(term, Literal):
        return f"{term.value}@{term.language}" if term.language else term.value
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if term.value.startswith(BASE):
        return term.value.removeprefix(BASE)
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value


def tell(value: Value) -> Any:
    """A value in lists and dicts: nested properties as a dict, list members as a list, references as ``^label``."""
    if value.repeated:
        return f"^{say(value.term)}"
    if value.items is not None:
        return [tell(item) for item in value.items]
    return rows(value.rows) if value.rows else say(value.term)


def rows(of: Sequence[Row]) -> dict[str, list[Any]]:
    """Properties in their order, with their values."""
    return {say(row.property): [tell(value) for value in row.values] for row in of}


def links(of: tuple[Backlinks, ...]) -> dict[str, list[str]]:
    """Backlinks by property."""
    return {say(group.property): [say(subject) for subject in group.subjects] for group in of}


def tables(of: tuple[FoldTable, ...]) -> dict[tuple[str, str], list[Any]]:
    """Folded nodes by class and property, with the tables in them."""
    return {
        (say(table.type), say(table.via)): [
            (say(node.node), tables(node.tables)) if node.tables else say(node.node) for node in table.nodes
        ]
        for table in of
    }


def triples(resource: Resource) -> set[tuple[str, str, str]]:
    """The description in few letters."""
    return {(say(t.subject), say(t.predicate), say(t.object)) for t in resource.triples}  # type: ignore[arg-type]


def graph(trig: str) -> set[Triple]:
    """The triples of a TriG text."""
    return {quad.triple for quad in quads(trig)}


def listing(site: BuiltSite, kind: str, name: str) -> Listing:
    """The listing of a node."""
    return next(one for one in site.listings if one.kind == kind and say(one.node) == name)
