"""The forms of an answer: their names, media types, and which of them a client wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from saite.artifact import HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from saite.serve.negotiate import MediaRange, media_quality, parse_accept

TABLE, BOOLEAN, GRAPH = "table", "boolean", "graph"
"""What a query answers with: SELECT rows, ASK yes or no, CONSTRUCT and DESCRIBE a graph."""

KINDS: Final = {"SELECT": TABLE, "ASK": BOOLEAN, "CONSTRUCT": GRAPH, "DESCRIBE": GRAPH}


@dataclass(frozen=True, slots=True)
class Format:
    """A form of an answer.

    Attributes:
        name: as in ``?format=``.
        media_type: as it is sent.
        kinds: of which answers.
        also: other media types that mean it when a client asks for them.
        iri: the name that W3C gave it (https://www.w3.org/ns/formats/), "" for none.
    """

    name: str
    media_type: str
    kinds: frozenset[str]
    also: tuple[str, ...] = ()
    iri: str = ""


_ROWS: Final = frozenset((TABLE,))
_ROWS_OR_BOOLEAN: Final = frozenset((TABLE, BOOLEAN))
_GRAPHS: Final = frozenset((GRAPH,))
_ALL: Final = _ROWS_OR_BOOLEAN | _GRAPHS
_W3C: Final = "http://www.w3.org/ns/formats/"

FORMATS: Final = (
    Format(
        "json",
        "application/sparql-results+json",
        _ROWS_OR_BOOLEAN,
        ("application/json",),
        _W3C + "SPARQL_Results_JSON",
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        _ROWS_OR_BOOLEAN,
        ("application/xml", "text/xml"),
        _W3C + "SPARQL_Results_XML",
    ),
    Format("csv", "text/csv; charset=utf-8", _ROWS, (), _W3C + "SPARQL_Results_CSV"),
    Format("tsv", "text/tab-separated-values; charset=utf-8", _ROWS, (), _W3C + "SPARQL_Results_TSV"),
    Format("turtle", TURTLE, _GRAPHS, ("application/x-turtle", "text/n3"), _W3C + "Turtle"),
    Format("jsonld", JSON_LD, _GRAPHS, ("application/json",), _W3C + "JSON-LD"),
    Format("ntriples", N_TRIPLES, _GRAPHS, ("text/plain",), _W3C + "N-Triples"),
    Format("rdfxml", RDF_XML, _GRAPHS, ("application/xml", "text/xml"), _W3C + "RDF_XML"),
    Format("html", HTML, _ALL),
)
"""In the order in which a server chooses where a client has no wish; the first of a kind is its usual form."""

_FULL: Final = 2  # a range more specific than text/*
_SHORT: Final = {("json", GRAPH): "jsonld", ("xml", GRAPH): "rdfxml"}


def offered(kind: str) -> list[Format]:
    """The forms of one kind of answer."""
    return [form for form in FORMATS if kind in form.kinds]


def by_name(name: str, kind: str) -> Format | None:
    """The form that ``?format=`` means for a kind of answer: a name, or a media type."""
    wanted = _SHORT.get((name, kind), name)
    for form in offered(kind):
        if wanted == form.name or wanted.partition(";")[0].strip().lower() in _types(form):
            return form
    return None


def choose(kind: str, accept: str) -> Format | None:
    """The form of a kind of answer that a client wants most, or None if it takes none of them."""
    ranges = parse_accept(accept)
    best: tuple[float, Format] | None = None
    for form in offered(kind):
        quality = _quality(form, ranges)
        if quality > 0 and (best is None or quality > best[0]):
            best = quality, form
    return best[1] if best else None


def wishes(accept: str, name: str = "") -> dict[str, str]:
    """The name of the form that a client wants for each kind of answer that it takes.

    Args:
        accept: the header field.
        name: what ``?format=`` says, which wins.
    """
    found: Mapping[str, Format | None] = {
        kind: by_name(name, kind) if name else choose(kind, accept) for kind in (TABLE, BOOLEAN, GRAPH)
    }
    return {kind: form.name for kind, form in found.items() if form is not None}


def _quality(form: Format, ranges: Sequence[MediaRange]) -> float:
    """How much a form is wanted: by its own media type, or by another one that is named in full."""
    named = [media_quality(also, ranges) for also in form.also if any(r.specificity(also) > _FULL for r in ranges)]
    return max((media_quality(form.media_type, ranges), *named))


def _types(form: Format) -> tuple[str, ...]:
    return (form.media_type.partition(";")[0], *form.also)
