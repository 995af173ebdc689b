"""What VoID (W3C Interest Group Note, 2011) says of a site's dataset: numbers, parts, links, and where it is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from saite.distribution import Distribution
from saite.render.catalogue.described import DESCRIPTION, TITLE
from saite.render.catalogue.model import Catalogue
from saite.render.catalogue.statements import Statements, number, term
from saite.render.catalogue.statistics import Statistics
from saite.site.model import Site
from saite.terms import BlankNode, Literal, NamedNode, Triple

DOCUMENT: Final = ".well-known/void"
"""The document of the description (RFC 8615; VoID, 7.2)."""

_EXAMPLES: Final = 5
_LICENSE: Final = term("dct:license")
_FEATURES: Final[Mapping[str, str]] = {
    "application/ld+json": "JSON-LD",
    "application/n-quads": "N-Quads",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "text/turtle": "Turtle",
}
"""Unique URIs for file formats (W3C, https://www.w3.org/ns/formats/) by media type."""


def triples(site: Site, catalogue: Catalogue, distributions: Iterable[Distribution]) -> list[Triple]:
    """The description.

    Args:
        site: the site.
        catalogue: its catalogue, which names the dataset.
        distributions: dumps and tables; the dumps of RDF are told.
    """
    said = Statements()
    found = Statistics(site)
    document, dataset = catalogue.address(DOCUMENT), catalogue.dataset
    known = catalogue.statements(())
    said.type(document, term("void:DatasetDescription"))
    said.say(document, term("foaf:primaryTopic"), dataset)
    said.type(dataset, term("void:Dataset"))
    for predicate in (TITLE, DESCRIPTION, _LICENSE):
        said.say(dataset, predicate, *known.of(dataset, predicate))
    said.say(dataset, term("foaf:homepage"), catalogue.address(""))
    _numbers(said, dataset, site, found)
    _access(said, dataset, site, catalogue, distributions)
    _partitions(said, dataset, found)
    _links(said, dataset, found)
    return list(said.triples())


def _numbers(said: Statements, dataset: NamedNode, site: Site, found: Statistics) -> None:
    for name, value in (
        ("triples", found.triples),
        ("entities", found.entities),
        ("classes", len(+found.classes)),
        ("properties", len(+found.properties)),
        ("distinctSubjects", found.subjects),
        ("distinctObjects", found.objects),
        ("documents", site.counts.resources),
    ):
        said.say(dataset, term(f"void:{name}"), number(value))


def _access(
    said: Statements,
    dataset: NamedNode,
    site: Site,
    catalogue: Catalogue,
    distributions: Iterable[Distribution],
) -> None:
    if site.base:
        said.say(dataset, term("void:uriSpace"), Literal(site.base))
    said.say(dataset, term("void:exampleResource"), *_examples(site))
    said.say(dataset, term("void:vocabulary"), *_vocabularies(site))
    for one in sorted(distributions, key=lambda one: one.path):
        kind = one.media_type.partition(";")[0]
        if not one.of and kind in _FEATURES:
            said.say(dataset, term("void:dataDump"), catalogue.address(one.path))
            said.say(dataset, term("void:feature"), NamedNode(f"http://www.w3.org/ns/formats/{_FEATURES[kind]}"))
    if site.config.catalogue.endpoint:
        said.say(dataset, term("void:sparqlEndpoint"), NamedNode(site.config.catalogue.endpoint))


def _examples(site: Site) -> list[NamedNode]:
    """Something of each of the classes that the settings feature, else of the largest; only what lies at the base."""
    uses = {node: use for node, use in site.classes.items() if use.count}
    ranked = [NamedNode(iri) for iri in site.config.featured] or sorted(uses, key=lambda n: (-uses[n].count, n.value))
    found: dict[NamedNode, None] = {}
    for node in ranked:
        own = (one for one in (uses[node].examples if node in uses else ()) if one.value.startswith(site.base))
        found.update(dict.fromkeys([one for one in own if site.addresses.document(one) is not None][:1]))
        if len(found) == _EXAMPLES:
            break
    return list(found)


def _vocabularies(site: Site) -> Iterator[NamedNode]:
    """The namespaces of the classes and properties in use (VoID, 4.3)."""
    used = (*site.classes.items(), *site.properties.items())
    spaces = {node.value[: max(node.value.rfind("#"), node.value.rfind("/")) + 1] for node, use in used if use.count}
    return map(NamedNode, sorted(space for space in spaces if "://" in space.rstrip("/")[:-1]))


def _partitions(said: Statements, dataset: NamedNode, found: Statistics) -> None:
    for kind, counted, counts in (
        ("class", "entities", found.classes),
        ("property", "triples", found.properties),
    ):
        for place, (node, count) in enumerate(_sorted(counts)):
            part = BlankNode(f"{kind}{place}")
            said.say(dataset, term(f"void:{kind}Partition"), part)
            said.say(part, term(f"void:{kind}"), node)
            said.say(part, term(f"void:{counted}"), number(count))


def _links(said: Statements, dataset: NamedNode, found: Statistics) -> None:
    for place, (host, links) in enumerate(sorted(found.linksets.items())):
        if not links.triples:
            continue
        linkset, target = BlankNode(f"links{place}"), BlankNode(f"target{place}")
        said.say(dataset, term("void:subset"), linkset)
        said.type(linkset, term("void:Linkset"))
        said.say(linkset, term("void:subjectsTarget"), dataset)
        said.say(linkset, term("void:objectsTarget"), target)
        said.say(linkset, term("void:linkPredicate"), *(node for node, _ in _sorted(links.predicates)))
        said.say(linkset, term("void:triples"), number(links.triples))
        said.type(target, term("void:Dataset"))
        said.say(target, term("void:uriSpace"), Literal(host))


def _sorted(counts: Counter[NamedNode]) -> list[tuple[NamedNode, int]]:
    return sorted((+counts).items(), key=lambda pair: pair[0].value)
