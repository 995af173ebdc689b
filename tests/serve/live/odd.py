"""A small site that has a bit of everything that an address can lead to."""

from pathlib import Path

BASE = "https://data.example.org/"

_SETTINGS = f"""
base = "{BASE}"
languages = ["lv", "en"]
profiles = ["labels", "schema"]
linksets = ["json", "text"]
citations = "all"

[title]
lv = "Maz no visa"
en = "A bit of everything"

[prefixes]
ex = "{BASE}def#"

[graphs]
data = ["data/*.ttl"]
shapes = ["shapes.ttl"]

[check]
shapes = ["shapes"]

[[documents]]
iri = "id/"
path = ""

[[fold]]
class = "ex:Part"
into = ["ex:partOf"]
columns = ["ex:role"]
"""

_HEAD = f"""@prefix ex: <{BASE}def#> .
@prefix id: <{BASE}id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_DATA = f"""
<{BASE}> a void:Dataset ; rdfs:label "Viss"@lv, "All"@en ; dct:license <https://creativecommons.org/licenses/by/4.0/> ;
    dct:creator id:hub, "Ā {{&}}" ; dct:issued "2024-02-29"^^xsd:date .
<{BASE}def> a owl:Ontology ; rdfs:label "Words"@en .
ex:Thing a owl:Class ; rdfs:label "Lieta"@lv, "Thing"@en .
ex:Part a owl:Class ; rdfs:label "Daļa"@lv, "Part"@en .
ex:near a owl:ObjectProperty ; rdfs:label "netālu"@lv, "near"@en .
id:hub a ex:Thing ; rdfs:label "Rumba"@lv, "Hub"@en ; dct:modified "2024-02-29"^^xsd:date ;
    <{BASE}def#10> "no name in XML" .
id:old a ex:Thing ; rdfs:label "Vecs"@lv ; owl:deprecated true ; dct:isReplacedBy id:hub .
id:older a ex:Thing ; rdfs:label "Vecāks"@lv ; owl:deprecated true ; dct:isReplacedBy <https://elsewhere.example/new> .
id:oldest a ex:Thing ; rdfs:label "Vecākais"@lv ; owl:deprecated true .
id:part-1 a ex:Part ; ex:partOf id:hub ; ex:role "loma"@lv .
[] a ex:Part ; ex:partOf id:hub ; ex:role "bez vārda"@lv .
id:v1.0 a <https://schema.org/Event> ; dct:creator <https://elsewhere.example/ē> .
id:v1.0 a ex:Thing ; rdfs:label "Version" ; ex:near [ rdfs:label "blank" ; ex:near id:hub ] .
id:file.ttl a ex:Thing ; rdfs:label "Like a file" .
id:case a ex:Thing ; rdfs:label "A case" .
id:Case a ex:Thing ; rdfs:label "Another case" .
<{BASE}id/ā%7Eb?c=d&e> a ex:Thing ; rdfs:label "Odd" ; rdfs:comment "<script>" .
<{BASE}id/%C4%81> a ex:Thing ; rdfs:label "Percent" .
<{BASE}id/ā> a ex:Thing ; rdfs:label "Plain" .
<{BASE}browse> a ex:Thing ; rdfs:label "A name that the site has" .
<https://elsewhere.example/a#b> a ex:Thing ; rdfs:label "Foreign" ; ex:near id:hub .
<{BASE}scheme> a skos:ConceptScheme ; rdfs:label "Scheme" ; skos:hasTopConcept <{BASE}scheme/one> .
<{BASE}scheme/one> a skos:Concept ; skos:inScheme <{BASE}scheme> ; skos:prefLabel "viens"@lv .
"""

_SHAPES = """
ex:ThingShape a sh:NodeShape ; sh:targetClass ex:Thing ; rdfs:label "Things"@en ; sh:property ex:ThingShape-label .
ex:ThingShape-label a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 2 ; sh:severity sh:Warning ;
    sh:message "needs a second label"@en, "vajag otru nosaukumu"@lv .
"""

_QUERY = f"""#+ title.en: What is near, and what else is
#+ title.lv: Kas ir netālu
#+ param: lang lang en

PREFIX ex: <{BASE}def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?other (GROUP_CONCAT(?name; SEPARATOR="; ") AS ?near) WHERE {{
  ?thing ex:near ?other ; rdfs:label ?name FILTER(LANG(?name) = ?lang)
}}
GROUP BY ?other
ORDER BY ?other
"""
"""It leaves the order of the names to the store."""


_EACH = "#+ each: to\n#+ title.lv: Pie {to}\n#+ title.en: Near {to}\n"
_NEAR = f"?from <{BASE}def#near> ?to"
_VIEWS = {
    "network": ("", f"SELECT * {{ {_NEAR} }}"),
    "chart": (_EACH, f"SELECT ?to (?from AS ?label) (1 AS ?value) {{ {_NEAR} }}"),
    "timeline": ("", f'SELECT (?from AS ?item) ("2019" AS ?start) {{ {_NEAR} }}'),
    "map": ("", "SELECT ?place (1 AS ?lat) (2 AS ?long) { ?place a ?nothing . FILTER(false) }"),
}
"""Views without an order of their rows, one in pages, one without rows."""


def write(folder: Path, linking: int = 620) -> Path:
    """The site's folder; ``linking`` things are near its hub."""
    for name in ("data", "queries/examples", "queries/views", "pages"):
        (folder / name).mkdir(parents=True)
    (folder / "saite.toml").write_text(_SETTINGS, encoding="utf-8")
    words = "garš teksts " * 150
    near = (
        f'id:n{n} a ex:Thing ; rdfs:label "Kaimiņš {n}"@lv, "Neighbour {n}"@en ; rdfs:comment "{words}{n}"@lv ; '
        "ex:near id:hub .\n"
        for n in range(linking)
    )
    (folder / "data" / "all.ttl").write_text(_HEAD + _DATA + "".join(near), encoding="utf-8")
    (folder / "shapes.ttl").write_text(_HEAD + _SHAPES, encoding="utf-8")
    (folder / "queries" / "examples" / "near.rq").write_text(_QUERY, encoding="utf-8")
    for kind, (header, query) in _VIEWS.items():
        (folder / "queries" / "views" / f"{kind}.rq").write_text(
            f"#+ view: {kind}\n{header}{query}\n", encoding="utf-8"
        )
    (folder / "pages" / "about.lv.md").write_text("# Par\n\nTeksts.\n", encoding="utf-8")
    (folder / "pages" / "about.en.md").write_text("# About\n\nText.\n", encoding="utf-8")
    return folder
