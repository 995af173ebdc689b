"""Every kind of answer, and what we ask ourselves, against the JSON schemas of both versions."""

import json
from typing import Any

import pytest
from tests.serve.reconcile.conftest import ICE, Client
from tests.serve.reconcile.schemas import valid

from saite.serve.reconcile.asked import DRAFT, OLD

BOTH = pytest.mark.parametrize("version", [OLD, DRAFT])
LATVIA = f"{ICE}id/country/latvia"
CONFERENCE = f"{ICE}id/event/caep-conference-2016"
BALTIC = f"{ICE}id/region/baltic-states"
QUERIES: dict[str, Any] = {
    "q0": {"query": "Rigas tehniska koledza", "limit": 3},
    "q1": {"query": "Kirgizia", "type": f"{ICE}def#Country", "type_strict": "should"},
    "q2": {
        "query": "Latvija",
        "properties": [{"pid": f"{ICE}def#inRegion", "v": {"id": f"{ICE}id/region/baltic-states"}}],
    },
    "q3": {"query": "Ziemeļpols"},
    "q4": {"properties": [{"pid": f"{ICE}def#iso3", "v": ["LVA", 7, True]}]},
}
EXTENSION = {
    "ids": [LATVIA, CONFERENCE, "https://example.org/unknown"],
    "properties": [
        {"id": "http://www.w3.org/2000/01/rdf-schema#label", "settings": {"language": "all", "limit": 2}},
        {"id": f"{ICE}def#inRegion"},
        {"id": f"{ICE}def#participantsMoreThan"},
        {"id": "no IRI"},
    ],
}


def at(version: str) -> str:
    """The path of a version."""
    return "" if version == OLD else f"/{version}"


@BOTH
@pytest.mark.parametrize("language", ["", "/lv", "/en"])
def test_the_manifest_is_valid(service: Client, version: str, language: str) -> None:
    """The manifest is one of its version, in every language, with the title of the site as its name."""
    reply = service.get(language + at(version))
    valid(version, "manifest.json", reply.json)
    assert reply.json["versions"] == [version]
    assert reply.json["name"] == (
        "Latvia's education cooperation with Central Asia"
        if language == "/en"
        else "Latvijas izglītības sadarbība ar Centrālāziju"
    )


def test_queries_of_the_old_version_are_valid(service: Client) -> None:
    """A batch of 0.2, by GET and by POST, and its results."""
    valid(OLD, "reconciliation-query-batch.json", QUERIES)
    posted = service.form(queries=json.dumps(QUERIES))
    valid(OLD, "reconciliation-result-batch.json", posted.json)
    assert set(posted.json) == set(QUERIES)
    assert posted.json["q3"]["result"] == [] or posted.json["q3"]["result"][0]["score"] < 60
    assert [one["id"] for one in posted.json["q4"]["result"]] == [LATVIA]
    assert service.get(queries=json.dumps(QUERIES)).json == posted.json


def test_queries_of_the_draft_are_valid(service: Client) -> None:
    """A batch of the draft and its results, in the order of the queries."""
    batch = {
        "queries": [
            {"conditions": [{"matchType": "name", "propertyValue": "Ташкент"}], "type": f"{ICE}def#Place", "limit": 2},
            {"conditions": [{"matchType": "id", "propertyValue": LATVIA}], "lang": "lv"},
            {
                "conditions": [
                    {"matchType": "name", "propertyValue": ["Latvija", {"id": LATVIA, "name": "Latvia"}]},
                    {
                        "matchType": "property",
                        "propertyId": f"{ICE}def#iso3",
                        "propertyValue": "LVA",
                        "required": True,
                        "matchQuantifier": "all",
                    },
                ]
            },
        ]
    }
    valid(DRAFT, "reconciliation-query-batch.json", batch)
    reply = service.post("/1.0-draft/match", batch)
    valid(DRAFT, "reconciliation-result-batch.json", reply.json)
    first = [result["candidates"][0]["id"] for result in reply.json["results"]]
    assert first == [f"{ICE}id/place/tashkent", LATVIA, LATVIA]


@BOTH
@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("entity", "suggest-entities-response.json"),
        ("type", "suggest-types-response.json"),
        ("property", "suggest-properties-response.json"),
    ],
)
def test_suggestions_are_valid(service: Client, version: str, kind: str, schema: str) -> None:
    """Suggestions of entities, types and properties, for a prefix and for none."""
    for prefix in ("", "in", "min", "nothing begins like this"):
        reply = service.get(f"{at(version)}/suggest/{kind}", prefix=prefix)
        valid(version, schema, reply.json)
    assert reply.json == {"result": []}


@BOTH
def test_extensions_are_valid(service: Client, version: str) -> None:
    """Proposals of properties, and the values of some, with what is unknown among them."""
    proposed = service.get(f"{at(version)}/extend/propose", type=f"{ICE}def#Country", limit="5")
    valid(version, "data-extension-property-proposal.json", proposed.json)
    assert len(proposed.json["properties"]) == 5
    valid(version, "data-extension-query.json", EXTENSION)
    reply = (
        service.form(extend=json.dumps(EXTENSION)) if version == OLD else service.post(f"/{DRAFT}/extend", EXTENSION)
    )
    assert reply.status == 200
    valid(version, "data-extension-response.json", reply.json)


def test_every_entity_and_property_has_valid_values(service: Client, knowledge: Any) -> None:
    """All properties of all entities of our own graph give valid cells in both versions."""
    ids = [node.value for node in knowledge.entities]
    properties = [{"id": node.value} for node in knowledge.properties]
    for start in range(0, len(ids), 300):
        for first in range(0, len(properties), 50):
            asked = {"ids": ids[start : start + 300], "properties": properties[first : first + 50]}
            valid(OLD, "data-extension-response.json", service.post("/extend", asked).json)
            valid(DRAFT, "data-extension-response.json", service.post("/1.0-draft/extend", asked).json)
