"""The JSON-LD of a document as programs read it that know JSON only, and as readers of JSON-LD then understand it."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from .conftest import Client, links
from .doors import opened

CONTEXT = "http://www.w3.org/ns/json-ld#context"


def triples(text: str | bytes) -> Dataset:
    """A graph whose blank nodes are called by what they say."""
    dataset = Dataset(parse(input=text, format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.parametrize("document", ["/thing/one", "/concept/topic", "/thing/one.labelled"])
def test_plain_json_is_the_graph_by_the_context_that_is_linked(site: Path, tmp_path: Path, document: str) -> None:
    """PyLD, which is told the field ``Link``, reads the triples that N-Triples has; without a context inside, too."""
    with opened("saite", site, tmp_path / "home") as port:
        client = Client("saite", port)
        address = f"http://127.0.0.1:{port}"
        if document.endswith(".labelled"):
            refused = client.get(f"{document.removesuffix('.labelled')}?_profile=labels", "application/json")
            assert refused.status == 406, "the words of other profiles are not those of the context"
            return
        reply = client.get(document, "application/json")
        (context,) = links(reply)[CONTEXT]

        def load(url: str, options: object) -> dict[str, Any]:
            path = url.removeprefix(address)
            told = context if path == document else None
            content = client.get(path, "application/json" if told else "application/ld+json").content
            return {"contentType": None, "contextUrl": told, "documentUrl": url, "document": json.loads(content)}

        expected = triples(client.get(document, "application/n-triples").content)
        options = {"format": "application/n-quads", "documentLoader": load, "base": address + document}
        assert triples(jsonld.to_rdf(address + document, options)) == expected

        bare = json.loads(reply.content)
        bare.pop("@context")

        def bare_load(url: str, options: object) -> dict[str, Any]:
            loaded = load(url, options)
            return {**loaded, "document": bare} if loaded["contextUrl"] else loaded

        assert triples(jsonld.to_rdf(address + document, {**options, "documentLoader": bare_load})) == expected


def test_the_context_can_be_read_from_everywhere_and_kept(door: Client) -> None:
    """As JSON-LD, by scripts of other sites; who has it asks whether it has changed, and is told that it has not."""
    for path in ("/context.jsonld", "/frame/Thing.jsonld"):
        reply = door.get(path, "text/html")
        assert (reply.status, reply.type) == (200, "application/ld+json")
        assert reply.get("Access-Control-Allow-Origin") == "*"
        tag = reply.get("ETag")
        assert tag.startswith('"')
        assert door.get(path, If_None_Match=tag).status == 304
    assert "@context" in json.loads(door.get("/context.jsonld").content)
