"""The RDF forms that pages offer: those that the settings ask for, and that can say what the resource says."""

from typing import Final, NamedTuple

from saite.artifact import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from saite.config import Config
from saite.profile import MARKS
from saite.render.profiles import FORMS as OF_PROFILES
from saite.render.xmlnames import obstacle
from saite.site.model import Resource


class Form(NamedTuple):
    """An RDF form: how the names of its files end, what it is called, and its media type."""

    ending: str
    name: str
    type: str


Forms = tuple[Form, ...]
"""What a page offers, in the order in which it does."""

_RDF_XML: Final = Form("rdf", "RDF/XML", RDF_XML)
_FORMS: Final = {
    "turtle": Form("ttl", "Turtle", TURTLE.partition(";")[0]),
    "jsonld": Form("jsonld", "JSON-LD", JSON_LD),
    "ntriples": Form("nt", "N-Triples", N_TRIPLES),
    "rdfxml": _RDF_XML,
}


CATALOGUED: Final[Forms] = (_FORMS["turtle"], _FORMS["jsonld"], _RDF_XML)
"""The forms of the catalogue, whatever those of resources are."""


def published(config: Config) -> Forms:
    """The forms that a site publishes."""
    return tuple(form for name, form in _FORMS.items() if name in config.formats)


def further(config: Config) -> Forms:
    """The forms of further profiles that a resource has; what they are called needs no translation."""
    return tuple(
        Form(f"{MARKS[name]}{ending}", called.format(_FORMS[format_].name), media_type.partition(";")[0])
        for name, called in (("labels", "{} + rdfs:label"), ("schema", "schema.org ({})"))
        for format_, (ending, media_type) in OF_PROFILES.items()
        if name in config.profiles and format_ in config.formats
    )


def offered(resource: Resource, forms: Forms) -> Forms:
    """Those of some forms that a resource has: RDF/XML cannot say everything."""
    if _RDF_XML in forms and obstacle(resource.triples):
        return tuple(form for form in forms if form != _RDF_XML)
    return forms
