"""The IRIs that Saite speaks, and the prefixes that readers know."""

from typing import Final

from pyoxigraph import NamedNode

PREFIXES: Final[dict[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cc": "http://creativecommons.org/ns#",
    "cv": "http://data.europa.eu/m8g/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Well-known prefixes (as prefix.cc has them); a site's own prefixes win over these."""

SAITE: Final = "https://w3id.org/saite/ns#"
CURE: Final = NamedNode(SAITE + "cure")
"""On a shape: what a data steward should do about its findings, in one language each."""

RDF: Final = PREFIXES["rdf"]
RDFS: Final = PREFIXES["rdfs"]
OWL: Final = PREFIXES["owl"]
SKOS: Final = PREFIXES["skos"]
SH: Final = PREFIXES["sh"]
XSD: Final = PREFIXES["xsd"]
DCT: Final = PREFIXES["dct"]

RDF_TYPE: Final = NamedNode(RDF + "type")
RDF_FIRST: Final = NamedNode(RDF + "first")
RDF_REST: Final = NamedNode(RDF + "rest")
RDF_NIL: Final = NamedNode(RDF + "nil")
RDF_LIST: Final = NamedNode(RDF + "List")
RDF_LANG_STRING: Final = NamedNode(RDF + "langString")
RDFS_LABEL: Final = NamedNode(RDFS + "label")
RDFS_COMMENT: Final = NamedNode(RDFS + "comment")
XSD_STRING: Final = NamedNode(XSD + "string")

LABEL_PROPERTIES: Final[tuple[NamedNode, ...]] = tuple(
    NamedNode(iri)
    for iri in (
        SKOS + "prefLabel",
        RDFS + "label",
        DCT + "title",
        "http://purl.org/dc/elements/1.1/title",
        "http://xmlns.com/foaf/0.1/name",
        "https://schema.org/name",
        "http://schema.org/name",
        SH + "name",
        "http://www.w3.org/2008/05/skos-xl#literalForm",
        "http://www.w3.org/2006/vcard/ns#fn",
        "http://usefulinc.com/ns/doap#name",
        "http://purl.org/vocab/vann/preferredNamespacePrefix",
        "http://www.w3.org/ns/ui#label",
        "http://www.loc.gov/mads/rdf/v1#authoritativeLabel",
        "http://www.geonames.org/ontology#name",
        SKOS + "altLabel",
    )
)
"""Where a label is looked for, best first."""

DESCRIPTION_PROPERTIES: Final[tuple[NamedNode, ...]] = tuple(
    NamedNode(iri)
    for iri in (
        SKOS + "definition",
        "http://purl.obolibrary.org/obo/IAO_0000115",  # the definition of a term in the ontologies of the OBO Foundry
        "http://www.w3.org/ns/prov#definition",
        DCT + "description",
        "http://purl.org/dc/elements/1.1/description",
        RDFS + "comment",
        DCT + "abstract",
        "https://schema.org/description",
        "http://schema.org/description",
    )
)
"""Where a describing paragraph is looked for, best first."""
