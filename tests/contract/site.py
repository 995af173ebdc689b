"""A small site with one of everything that the contract speaks of, built with the rules for every host."""

from pathlib import Path

from saite.pipeline import Options, build

BASE = "https://example.org/data/"
OTHER = "https://elsewhere.example/thing"

LONG = "long-" * 38

SETTINGS = f"""
base = "{BASE}"
languages = ["lv", "en"]
profiles = ["labels", "schema"]
linksets = ["json", "text"]
title = {{ lv = "Paraugs", en = "Sample" }}

[[documents]]
iri = "id/"
path = ""

[[documents]]
iri = "kos/"
path = "concept/"

[[fold]]
class = "{BASE}def#Part"
into = ["{BASE}def#of"]

[hosting]
rules = ["nginx", "apache", "caddy", "netlify", "github"]
"""

DATA = f"""
@prefix : <{BASE}def#> .
@prefix id: <{BASE}id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<{BASE}set/all> a dcat:Dataset ; rdfs:label "Viss"@lv, "All"@en ;
    dct:creator <{BASE}id/thing/two> ; dct:license <http://creativecommons.org/licenses/by/4.0/> .
<{BASE}id/event/first> a <https://schema.org/Event> ; rdfs:label "Pirmais"@lv, "First"@en ;
    dct:creator <{OTHER}> .
<{BASE}id/thing/one> a :Thing ; rdfs:label "Viens"@lv, "One"@en ; rdfs:seeAlso <{OTHER}> ;
    dct:modified "2024-05-06"^^xsd:date .
<{BASE}id/thing/two> a :Thing ; rdfs:label "Divi"@lv, "Two"@en ; :next <{BASE}id/thing/one> .
<{BASE}id/part/first> a :Part ; rdfs:label "Daļa"@lv, "Part"@en ; :of <{BASE}id/thing/one> .
<{BASE}id/thing/old> a :Thing ; rdfs:label "Vecais"@lv, "Old"@en ;
    owl:deprecated true ; dct:isReplacedBy <{BASE}id/thing/one> .
<{BASE}id/thing/lost> a :Thing ; rdfs:label "Zudis"@lv, "Lost"@en ; owl:deprecated true .
<{BASE}id/thing/{LONG}> a :Thing ; rdfs:label "Gara"@lv, "Long"@en .
<{BASE}id/vārds/šķēle> a :Thing ; rdfs:label "Šķēle"@lv .
<{BASE}id/thing/a%20b> a :Thing ; rdfs:label "Atstarpe"@lv, "Space"@en .
<{BASE}kos/topic> a :Thing ; rdfs:label "Tēma"@lv, "Topic"@en .
:Thing a owl:Class ; rdfs:label "Lieta"@lv, "Thing"@en .
:Part a owl:Class ; rdfs:label "Daļas"@lv, "Parts"@en .
:next a owl:ObjectProperty ; rdfs:label "nākamais"@lv, "next"@en .
:of a owl:ObjectProperty ; rdfs:label "no"@lv, "of"@en .
<{OTHER}> rdfs:label "Cita"@lv, "Other"@en .
"""

MANY = 30_000
"""Triples beside these, so that a dump is too large to be held in memory."""


def write(folder: Path) -> None:
    """The sources of the site."""
    (folder / "data").mkdir(parents=True)
    (folder / "saite.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "data" / "all.ttl").write_text(DATA, encoding="utf-8")
    values = "".join(f'<{BASE}id/thing/two> <{BASE}def#value> "{number:06d}{"." * 20}" .\n' for number in range(MANY))
    (folder / "data" / "many.nt").write_text(values, encoding="utf-8")


def built(folder: Path) -> Path:
    """The sources, and the folder that is built from them."""
    write(folder)
    return build(folder, options=Options(check=False, durable=False, gzip=False)).written.out
