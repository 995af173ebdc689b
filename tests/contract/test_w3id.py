"""The rules for w3id.org, tried on the server that w3id.org uses."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.programs import needed

from saite.pipeline import Options, build

from .conftest import Client
from .doors import apache

SETTINGS = """
base = "https://w3id.org/example/"
url = "https://data.example.org/site/"
[hosting]
rules = ["w3id"]
"""


@pytest.mark.parametrize(
    "path",
    [
        "",
        "id/thing/one",
        "def",
        "context.jsonld",
        "catalog",
        "catalog.ttl",
        ".well-known/void",
        "frame/Thing.jsonld",
        "sparql?query=ASK%7B%7D",
        "id/v%C4%81rds/a%20b",
    ],
)
def test_every_address_below_the_base_leads_to_the_same_one_of_the_site(tmp_path: Path, path: str) -> None:
    """Things, documents, the context, frames, the catalogue, VoID, the endpoint with its query; for scripts too."""
    needed("apache2", "the package apache2 of Debian")
    source = tmp_path / "source"
    source.mkdir()
    (source / "saite.toml").write_text(SETTINGS, encoding="utf-8")
    (source / "data.ttl").write_text("<https://w3id.org/example/id/thing/one> a <https://w3id.org/example/def#Thing> .")
    rules = build(source, options=Options(check=False, durable=False)).written.out / ".saite-w3id.htaccess"
    root, home = tmp_path / "w3id", tmp_path / "home"
    (root / "example").mkdir(parents=True)
    home.mkdir()
    (root / "example" / ".htaccess").write_bytes(rules.read_bytes())
    with apache(root, home) as port:
        reply = Client("apache", port).get(f"/example/{path}", "text/turtle")
    assert reply.status == 302
    location = reply.get("Location")
    assert (location.isascii(), unquote(location)) == (True, unquote(f"https://data.example.org/site/{path}"))
    assert " " not in location
    assert reply.get("Access-Control-Allow-Origin") == "*"
