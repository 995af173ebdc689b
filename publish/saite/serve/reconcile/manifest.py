"""What a service says of itself (section 3.1 of both versions)."""

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from saite.language import Interface, choose, direction, interface, own_name
from saite.serve.reconcile.asked import DRAFT, OLD
from saite.serve.reconcile.extend import ALL, LANGUAGE, LIMIT
from saite.serve.reconcile.knowledge import Knowledge
from saite.serve.reconcile.limits import Limits
from saite.serve.reconcile.preview import HEIGHT, WIDTH
from saite.terms import NamedNode

IDENTIFIERS: Final = "http://www.ietf.org/rfc/rfc3986"
"""The space of identifiers: they are whole IRIs. OpenRefine's extension for RDF says it so, too."""

_TYPES: Final = 20


def old(knowledge: Knowledge, limits: Limits, language: str, address: str, home: str) -> dict[str, Any]:
    """The manifest of 0.2.

    Args:
        knowledge: of the site.
        limits: of the service.
        language: of the reader.
        address: of the service.
        home: address of the site's front page.
    """
    return {
        "versions": [OLD],
        "name": _name(knowledge, language),
        "identifierSpace": IDENTIFIERS,
        "schemaSpace": IDENTIFIERS,
        "documentation": home,
        "defaultTypes": _types(knowledge, language),
        "view": {"url": f"{address}/view?id={{{{id}}}}"},
        "preview": {"url": f"{address}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            kind: {
                "service_url": address,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": address,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/extend/propose"},
            "property_settings": [
                {
                    "name": setting["id"],
                    "label": setting["name"],
                    "help_text": setting["helpText"],
                    **{key: setting[key] for key in ("type", "default", "choices") if key in setting},
                }
                for setting in _settings(knowledge, interface(language))
            ],
        },
        "batchSize": limits.batch,
    }


def draft(knowledge: Knowledge, limits: Limits, language: str, address: str, home: str) -> dict[str, Any]:
    """The manifest of the draft of 1.0; see :func:`old`."""
    return {
        "versions": [DRAFT],
        "name": _name(knowledge, language),
        "lang": language,
        "dir": direction(language),
        "documentation": home,
        "defaultTypes": _types(knowledge, language),
        "view": {"url": f"{address}/view?id={{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": _settings(knowledge, interface(language))},
        "batchSize": limits.batch,
        "standardizedScore": True,
    }


def type_(knowledge: Knowledge, node: NamedNode, language: str) -> dict[str, Any]:
    """A class, with those right above it."""
    found: dict[str, Any] = {"id": node.value, "name": knowledge.name(node, language)}
    broader = knowledge.broader.get(node)
    if broader:
        found["broader"] = [{"id": one.value, "name": knowledge.name(one, language)} for one in broader]
    return found


def _name(knowledge: Knowledge, language: str) -> str:
    config = knowledge.site.config
    title = choose(config.title, language, config.languages)
    return title[0] if title is not None else knowledge.site.base or interface(language).gettext("Reconciliation")


def _types(knowledge: Knowledge, language: str) -> list[dict[str, Any]]:
    return [type_(knowledge, node, language) for node in islice(knowledge.classes, _TYPES)]


def _settings(knowledge: Knowledge, texts: Interface) -> list[Mapping[str, Any]]:
    """Settings of a property whose values are fetched."""
    config = knowledge.site.config
    tags = dict.fromkeys((*config.languages, *config.label_languages))
    return [
        {
            "id": LIMIT,
            "name": texts.gettext("How many values"),
            "type": "number",
            "default": 0,
            "helpText": texts.gettext("The most values of a cell; 0 for all"),
        },
        {
            "id": LANGUAGE,
            "name": texts.gettext("Language of texts"),
            "type": "select",
            "default": "",
            "helpText": texts.gettext("Where a text is there in several languages"),
            "choices": [
                {"value": "", "name": texts.gettext("The one that serves best")},
                *({"value": tag, "name": own_name(tag)} for tag in tags),
                {"value": ALL, "name": texts.gettext("All")},
            ],
        },
    ]
