"""What the data say of datasets, in the words that DCAT-AP 3.0.1 takes."""

from collections.abc import Iterable, Mapping
from typing import Final

from saite.namespaces import DCT, DESCRIPTION_PROPERTIES, OWL, PREFIXES, RDF_TYPE, RDFS_LABEL, SKOS
from saite.render.catalogue import authority
from saite.render.catalogue.authority import DCATAP, RANGES
from saite.render.catalogue.statements import Statements, term
from saite.site.model import Site
from saite.terms import BlankNode, Literal, NamedNode, Subject, Term, sort_key

TITLE: Final = term("dct:title")
DESCRIPTION: Final = term("dct:description")
PUBLISHER: Final = term("dct:publisher")
SPATIAL: Final = term("dct:spatial")
TEMPORAL: Final = term("dct:temporal")
CONFORMS_TO: Final = term("dct:conformsTo")
_SOURCE: Final = term("dct:source")
_DERIVED: Final = term("prov:wasDerivedFrom")
_PREF_LABEL: Final = term("skos:prefLabel")
_IN_SCHEME: Final = term("skos:inScheme")
_DATASET: Final = term("dcat:Dataset")

OF_DATASETS: Final = tuple(
    NamedNode(iri)
    for iri in (
        *(DCT + name for name in ("title", "description", "identifier", "issued", "modified", "language", "license")),
        *(DCT + name for name in ("publisher", "creator", "spatial", "temporal", "accrualPeriodicity", "accessRights")),
        *(
            DCT + name
            for name in ("conformsTo", "provenance", "rights", "type", "relation", "isReferencedBy", "source")
        ),
        *(PREFIXES["dcat"] + name for name in ("keyword", "theme", "contactPoint", "landingPage", "version")),
        *(PREFIXES["dcat"] + name for name in ("inSeries", "hasVersion", "previousVersion", "distribution")),
        *(PREFIXES["dcat"] + name for name in ("spatialResolutionInMeters", "temporalResolution", "qualifiedRelation")),
        *(PREFIXES["adms"] + name for name in ("identifier", "versionNotes", "sample", "status")),
        *(PREFIXES["prov"] + name for name in ("wasGeneratedBy", "qualifiedAttribution", "wasDerivedFrom")),
        *(DCATAP + name for name in ("applicableLegislation", "availability", "hvdCategory")),
        PREFIXES["foaf"] + "page",
    )
)
"""Properties of datasets and of series of them."""

_OF_DISTRIBUTIONS: Final = (
    *OF_DATASETS,
    *(
        term(f"dcat:{name}")
        for name in ("accessURL", "downloadURL", "byteSize", "mediaType", "compressFormat", "packageFormat")
    ),
    term("dct:format"),
)
_OF_NODES: Final[Mapping[NamedNode, tuple[NamedNode, ...]]] = {
    authority.AGENT: tuple(map(term, ("foaf:name", "foaf:homepage", "foaf:mbox", "dct:type"))),
    authority.KIND: tuple(
        map(term, ("vcard:fn", "vcard:hasURL", "vcard:hasEmail", "vcard:hasTelephone", "vcard:organization-name"))
    ),
    authority.LOCATION: tuple(map(term, ("dcat:bbox", "dcat:centroid"))),
    authority.PERIOD: tuple(map(term, ("dcat:startDate", "dcat:endDate", "time:hasBeginning", "time:hasEnd"))),
    authority.SERIES: OF_DATASETS,
    authority.DISTRIBUTION: _OF_DISTRIBUTIONS,
    authority.LICENCE: (term("dct:type"),),
    RANGES[term("adms:identifier")]: tuple(map(term, ("skos:notation", "dct:creator", "dct:issued"))),
}
"""What is told of the values of properties, by their class."""

_NAMES: Final[Mapping[NamedNode, NamedNode]] = {
    authority.AGENT: term("foaf:name"),
    authority.KIND: term("vcard:fn"),
    authority.CONCEPT: _PREF_LABEL,
    authority.LOCATION: _PREF_LABEL,
    authority.STANDARD: TITLE,
    authority.SERIES: TITLE,
    authority.DISTRIBUTION: TITLE,
}
"""How what has a label is named, by its class; others have an ``rdfs:label``."""

_STATEMENTS: Final = frozenset(RANGES[term(name)] for name in ("dct:provenance", "dct:rights"))
"""Classes of what is a text: its description says more than its name."""

_UNNAMED: Final = frozenset((authority.PERIOD, authority.DOCUMENT, *map(RANGES.__getitem__, (term("dct:language"),))))
"""Classes of what nobody needs a name for."""

_SAME: Final = tuple(map(NamedNode, (OWL + "sameAs", SKOS + "exactMatch", PREFIXES["schema"] + "sameAs")))


class Descriptions:
    """Adds what the data say of datasets, and of what they refer to, to the statements of a catalogue.

    Args:
        site: the site.
        statements: what the catalogue says.
    """

    def __init__(self, site: Site, statements: Statements) -> None:
        self._site = site
        self._say = statements.say
        self._type = statements.type
        self._statements = statements
        self._told: set[tuple[Subject, NamedNode]] = set()

    def dataset(self, node: Subject, kind: NamedNode = _DATASET) -> None:
        """Tell of a dataset, or of a series."""
        self._type(node, kind)
        self.properties(node, OF_DATASETS)
        self.named(node, TITLE)
        if not self._statements.of(node, DESCRIPTION):
            self._say(node, DESCRIPTION, *self._described(node))

    def properties(self, node: Subject, properties: Iterable[NamedNode]) -> None:
        """Tell properties of a node, and of their values what DCAT-AP wants to know."""
        for predicate in properties:
            values = self._values(node, predicate)
            if predicate == _SOURCE:
                self._sources(node, values)
            elif predicate not in RANGES:
                self._say(node, predicate, *values)
                for value in values:
                    if isinstance(value, BlankNode):
                        self._closure(value)
            else:
                self.relate(node, predicate, *values)

    def relate(self, node: Subject, predicate: NamedNode, *values: Term) -> None:
        """Relate a node to others by a property of :data:`~saite.render.catalogue.authority.RANGES`."""
        kind = RANGES[predicate]
        for value in values:
            target = self._target(node, predicate, value, kind)
            if target is not None:
                self._say(node, predicate, target)

    def named(self, node: Subject, by: NamedNode) -> None:
        """Name a node by its labels, unless it has such a name."""
        if not self._statements.of(node, by):
            self._say(node, by, *self._names(node))

    def _target(self, node: Subject, predicate: NamedNode, value: Term, kind: NamedNode) -> Subject | None:
        """A value of a property with a class; a text that stands for something becomes the label of that."""
        if isinstance(value, Literal):
            if kind in (authority.CONCEPT, authority.DOCUMENT, authority.PERIOD, RANGES[term("dct:language")]):
                return None
            made = BlankNode(f"text{len(self._told)}")
            self._told.add((made, kind))
            self._type(made, kind)
            self._say(made, _NAMES.get(kind, RDFS_LABEL), value)
            return made
        if kind == authority.LOCATION:
            value = self._place(value)
        self.tell(value, kind)
        return value

    def tell(self, node: Subject, kind: NamedNode) -> None:
        """Tell what a node is, how it is named, and what belongs to its class."""
        if (node, kind) in self._told:
            return
        self._told.add((node, kind))
        table = authority.scheme(node) if isinstance(node, NamedNode) else None
        if table is not None:
            self._say(node, _IN_SCHEME, table)
        if kind == authority.CONCEPT and not self._names(node):
            return  # a concept needs a name (DCAT-AP 3.0.1, Concept), and nobody knows this one's
        self._type(node, kind)
        if kind == authority.KIND:
            own = (v for v in self._values(node, RDF_TYPE) if isinstance(v, NamedNode))
            self._type(node, *(v for v in own if v.value.startswith(PREFIXES["vcard"])))
        self.properties(node, _OF_NODES.get(kind, ()))
        if isinstance(node, BlankNode):
            self._closure(node)
        if kind in _STATEMENTS:
            self._say(node, RDFS_LABEL, *self._described(node))  # what harvesters show of a statement is its label
        # and they show a name in place of the member of a table that they know, if it has one
        if kind not in _UNNAMED and (table is None or kind in _NAMES):
            self.named(node, _NAMES.get(kind, RDFS_LABEL))

    def _sources(self, node: Subject, values: Iterable[Term]) -> None:
        """A dataset's ``dct:source`` is a dataset in DCAT-AP; from anything else it was derived."""
        for value in values:
            is_dataset = not isinstance(value, Literal) and _DATASET in self._values(value, RDF_TYPE)
            self._say(node, _SOURCE if is_dataset else _DERIVED, value)

    def _place(self, node: Subject) -> Subject:
        """A place as the EU or GeoNames call it, if the data say that it is the same; else as the data call it."""
        if isinstance(node, NamedNode) and authority.is_place(node.value):
            return node
        same = (value for predicate in _SAME for value in self._values(node, predicate))
        found = min(
            (v for v in same if isinstance(v, NamedNode) and authority.is_place(v.value)), key=_eu_first, default=None
        )
        if found is None:
            return node
        if not self._statements.of(found, _PREF_LABEL):
            self._say(found, _PREF_LABEL, *self._names(node))
            self._say(found, term("skos:exactMatch"), node)
        return found

    def _closure(self, node: BlankNode) -> None:
        """All that is said of a blank node, and of those below it."""
        left: list[BlankNode] = [node]
        seen = {node}
        while left:
            one = left.pop()
            for quad in self._site.quads(one):
                self._say(one, quad.predicate, quad.object)  # type: ignore[arg-type]  # no triple terms
                if isinstance(quad.object, BlankNode) and quad.object not in seen:
                    seen.add(quad.object)
                    left.append(quad.object)

    def _names(self, node: Subject) -> list[Literal]:
        """The labels of a node; where some have a language, those without one are of another kind."""
        labels = self._site.labels.all(node)
        tagged = any(labels)
        return [Literal(text, language=tag or None) for tag, text in sorted(labels.items()) if tag or not tagged]

    def _described(self, node: Subject) -> list[Term]:
        found = (self._values(node, predicate) for predicate in DESCRIPTION_PROPERTIES)
        return [value for value in next(filter(None, found), []) if isinstance(value, Literal)]

    def _values(self, node: Subject, predicate: NamedNode) -> list[Term]:
        values = {quad.object for quad in self._site.quads(node, predicate)}
        return sorted(values, key=sort_key)  # type: ignore[arg-type]  # no triple terms


def _eu_first(node: NamedNode) -> tuple[bool, str]:
    return (not node.value.startswith(authority.AUTHORITY), node.value)
