"""Values of the EU's authority tables, and the types that DCAT-AP wants of what a catalogue refers to.

DCAT-AP 3.0.1 names the tables in its section "Controlled vocabularies to be used", and the classes as the ranges of its
properties. The members that stand here were looked up in the tables' own files.
"""

from collections.abc import Mapping
from typing import Final

from saite.namespaces import DCT, PREFIXES, SKOS
from saite.terms import NamedNode, Term

DCATAP: Final = "http://data.europa.eu/r5r/"
"""The namespace of DCAT-AP's own properties."""

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
"""What the IRIs of the tables, and of their members, begin with."""

HVD: Final = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
"""Commission Implementing Regulation (EU) 2023/138, which lists the high-value datasets."""

SHA256: Final = NamedNode("https://spdx.org/rdf/terms#checksumAlgorithm_sha256")
"""SHA-256 as DCAT-AP's shape of controlled vocabularies wants it: SPDX's own IRI begins with ``http:``."""

SPDX_SHA256: Final = NamedNode(PREFIXES["spdx"] + "checksumAlgorithm_sha256")
"""SHA-256 as SPDX 2.2 has it."""

_IANA: Final = "https://www.iana.org/assignments/media-types/"

_LANGUAGES: Final[Mapping[str, str]] = {
    "ar": "ARA",
    "az": "AZE",
    "be": "BEL",
    "bg": "BUL",
    "bn": "BEN",
    "bs": "BOS",
    "ca": "CAT",
    "cs": "CES",
    "cy": "CYM",
    "da": "DAN",
    "de": "DEU",
    "el": "ELL",
    "en": "ENG",
    "eo": "EPO",
    "es": "SPA",
    "et": "EST",
    "eu": "EUS",
    "fa": "FAS",
    "fi": "FIN",
    "fr": "FRA",
    "ga": "GLE",
    "gd": "GLA",
    "gl": "GLG",
    "he": "HEB",
    "hi": "HIN",
    "hr": "HRV",
    "hu": "HUN",
    "hy": "HYE",
    "id": "IND",
    "is": "ISL",
    "it": "ITA",
    "ja": "JPN",
    "ka": "KAT",
    "kk": "KAZ",
    "ko": "KOR",
    "ku": "KUR",
    "ky": "KIR",
    "la": "LAT",
    "lb": "LTZ",
    "liv": "LIV",
    "lt": "LIT",
    "ltg": "LTG",
    "lv": "LAV",
    "mk": "MKD",
    "mt": "MLT",
    "nb": "NOB",
    "nl": "NLD",
    "nn": "NNO",
    "no": "NOR",
    "pl": "POL",
    "ps": "PUS",
    "pt": "POR",
    "ro": "RON",
    "ru": "RUS",
    "sk": "SLK",
    "sl": "SLV",
    "sq": "SQI",
    "sr": "SRP",
    "sv": "SWE",
    "tg": "TGK",
    "tk": "TUK",
    "tr": "TUR",
    "uk": "UKR",
    "ur": "URD",
    "uz": "UZB",
    "vi": "VIE",
    "zh": "ZHO",
}

_TAGS: Final[Mapping[str, str]] = {code: tag for tag, code in _LANGUAGES.items()}

_FORMATS: Final[Mapping[str, str]] = {
    "application/gzip": "GZIP",
    "application/json": "JSON",
    "application/ld+json": "JSON_LD",
    "application/n-quads": "RDF_N_QUADS",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "RDF_TRIG",
    "application/vnd.apache.parquet": "PARQUET",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/zip": "ZIP",
    "application/zstd": "",
    "text/csv": "CSV",
    "text/html": "HTML",
    "text/tab-separated-values": "TSV",
    "text/turtle": "RDF_TURTLE",
}
"""Media types that IANA has registered, with the file types of the EU's table; "" where that has none."""

_NAMES: Final[Mapping[str, str]] = {
    "application/json": "JSON",
    "application/ld+json": "JSON-LD",
    "application/n-quads": "N-Quads",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF/XML",
    "application/trig": "TriG",
    "application/vnd.apache.parquet": "Parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "text/turtle": "Turtle",
}


def _class(prefix: str, name: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + name)


CONCEPT: Final = NamedNode(SKOS + "Concept")
AGENT: Final = _class("foaf", "Agent")
DOCUMENT: Final = _class("foaf", "Document")
KIND: Final = _class("vcard", "Kind")
LOCATION: Final = NamedNode(DCT + "Location")
PERIOD: Final = NamedNode(DCT + "PeriodOfTime")
STANDARD: Final = NamedNode(DCT + "Standard")
LICENCE: Final = NamedNode(DCT + "LicenseDocument")
SERIES: Final = _class("dcat", "DatasetSeries")
DISTRIBUTION: Final = _class("dcat", "Distribution")
LEGAL: Final = _class("eli", "LegalResource")

RANGES: Final[Mapping[NamedNode, NamedNode]] = {
    NamedNode(DCT + "accessRights"): NamedNode(DCT + "RightsStatement"),
    NamedNode(DCT + "accrualPeriodicity"): NamedNode(DCT + "Frequency"),
    NamedNode(DCT + "conformsTo"): STANDARD,
    NamedNode(DCT + "creator"): AGENT,
    NamedNode(DCT + "format"): NamedNode(DCT + "MediaTypeOrExtent"),
    NamedNode(DCT + "language"): NamedNode(DCT + "LinguisticSystem"),
    NamedNode(DCT + "license"): LICENCE,
    NamedNode(DCT + "provenance"): NamedNode(DCT + "ProvenanceStatement"),
    NamedNode(DCT + "publisher"): AGENT,
    NamedNode(DCT + "rights"): NamedNode(DCT + "RightsStatement"),
    NamedNode(DCT + "spatial"): LOCATION,
    NamedNode(DCT + "temporal"): PERIOD,
    NamedNode(DCT + "type"): CONCEPT,
    NamedNode(DCATAP + "applicableLegislation"): LEGAL,
    NamedNode(DCATAP + "availability"): CONCEPT,
    NamedNode(DCATAP + "hvdCategory"): CONCEPT,
    _class("adms", "identifier"): _class("adms", "Identifier"),
    _class("adms", "status"): CONCEPT,
    _class("dcat", "compressFormat"): NamedNode(DCT + "MediaType"),
    _class("dcat", "contactPoint"): KIND,
    _class("dcat", "distribution"): DISTRIBUTION,
    _class("dcat", "inSeries"): SERIES,
    _class("dcat", "landingPage"): DOCUMENT,
    _class("dcat", "mediaType"): NamedNode(DCT + "MediaType"),
    _class("dcat", "packageFormat"): NamedNode(DCT + "MediaType"),
    _class("dcat", "theme"): CONCEPT,
    _class("foaf", "homepage"): DOCUMENT,
    _class("foaf", "page"): DOCUMENT,
    _class("prov", "wasGeneratedBy"): _class("prov", "Activity"),
    _class("spdx", "checksum"): _class("spdx", "Checksum"),
}
"""The classes of the values of properties (DCAT-AP 3.0.1, ranges)."""


def language(tag: str) -> NamedNode | None:
    """A language (BCP 47) in the EU's table; script and region do not count."""
    code = _LANGUAGES.get(tag.partition("-")[0].lower())
    return NamedNode(f"{AUTHORITY}language/{code}") if code else None


def language_tag(node: Term) -> str:
    """The tag (BCP 47) of a language of the EU's table; "" for anything else."""
    table, _, code = node.value.rpartition("/")
    return _TAGS.get(code, "") if table == f"{AUTHORITY}language" else ""


def media_type(name: str) -> NamedNode | None:
    """A media type as IANA registered it; None for others."""
    return NamedNode(_IANA + name) if (name := _plain(name)) in _FORMATS else None


def file_type(media_type: str) -> NamedNode | None:
    """The file type of a media type in the EU's table."""
    code = _FORMATS.get(_plain(media_type))
    return NamedNode(f"{AUTHORITY}file-type/{code}") if code else None


def format_name(media_type: str) -> str:
    """What people call a format, with its version if the media type tells it (RDF 1.2 N-Triples, section 5)."""
    plain = _plain(media_type)
    version = media_type.partition("version=")[2]
    return f"{_NAMES.get(plain, plain)} {version}".rstrip()


def availability(name: str) -> NamedNode:
    """A planned availability in the EU's table."""
    return NamedNode(f"{AUTHORITY}planned-availability/{name.upper()}")


def scheme(member: NamedNode) -> NamedNode | None:
    """The authority table that an IRI is a member of."""
    table, slash, code = member.value.removeprefix(AUTHORITY).partition("/")
    return NamedNode(AUTHORITY + table) if slash and code and member.value.startswith(AUTHORITY) else None


def is_place(iri: str) -> bool:
    """Whether an IRI is a place as DCAT-AP wants it: a country, place or continent of the EU's, or of GeoNames."""
    tables = tuple(f"{AUTHORITY}{table}/" for table in ("country", "place", "continent"))
    return iri.startswith((*tables, "https://sws.geonames.org/"))


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0].strip()
