"""Contexts that use what Saite writes with, over the vocabulary of :mod:`graphs`."""

from typing import Any

from saite.namespaces import RDF, XSD

from .graphs import EX

_COMMON: dict[str, Any] = {"ex": EX, "ns": EX + "ns#", "xsd": XSD, "rdf": RDF}

CONTEXTS: dict[str, dict[str, Any]] = {
    "empty": {},
    "plain terms": {**_COMMON, "p": "ex:p", "q": "ex:q", "r": "ex:r"},
    "coercions": {
        **_COMMON,
        "id": "@id",
        "type": "@type",
        "value": "@value",
        "lang": "@language",
        "list": "@list",
        "graph": "@graph",
        "included": "@included",
        "p": {"@id": "ex:p", "@type": "@id"},
        "pDate": {"@id": "ex:p", "@type": "xsd:date"},
        "pInteger": {"@id": "ex:p", "@type": "xsd:integer"},
        "pString": {"@id": "ex:p", "@type": "xsd:string"},
        "pText": {"@id": "ex:p", "@container": "@language"},
        "q": {"@id": "ex:q", "@type": "@vocab"},
        "qLatvian": {"@id": "ex:q", "@language": "lv"},
        "qPlain": {"@id": "ex:q", "@language": None},
        "r": {"@id": "ex:r", "@container": "@set"},
        "rIds": {"@id": "ex:r", "@type": "@id", "@container": "@set"},
        "rText": {"@id": "ex:r", "@container": ["@language", "@set"]},
        "Thing": "ex:",
        "Bag": "rdf:Bag",
        "y": "urn:x:y",
    },
    "lists": {
        **_COMMON,
        "p": {"@id": "ex:p", "@container": "@list"},
        "q": {"@id": "ex:q", "@type": "@id", "@container": "@list"},
        "qIntegers": {"@id": "ex:q", "@type": "xsd:integer", "@container": "@list"},
        "r": {"@id": "ex:r", "@language": "en", "@container": "@list"},
        "rIds": {"@id": "ex:r", "@type": "@id"},
        "rBooleans": {"@id": "ex:r", "@type": "xsd:boolean", "@container": "@set"},
    },
    "vocabulary and language": {
        "@version": 1.1,
        "@vocab": EX,
        "@language": "LV",
        "@base": "http://example.com/",
        "@protected": True,
        "@type": {"@container": "@set"},
        "q": {"@type": "@id"},
        "r": {"@type": "@vocab"},
        "foo_bar": None,
    },
    "prefixes that confuse": {
        "geo": "http://www.opengis.net/ont/geosparql#",
        "urn": EX,
        "tag": EX + "ns#",
        "under": {"@id": EX + "foo_", "@prefix": True},
        "noprefix": {"@id": EX + "ns#"},
        "_": EX,
        "urn:p": {"@type": "@id"},
        EX + "q": {"@type": "@id"},
        EX + "r": {"@container": "@language"},
        "p": {"@reverse": EX + "p"},
        "pJson": {"@id": EX + "p", "@type": "@json"},
        "pNone": {"@id": EX + "p", "@type": "@none"},
        "xsd": XSD,
    },
}
