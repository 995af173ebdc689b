"""A site whose every text, name and tag would like to be a program."""

from pathlib import Path
from typing import Final

from saite.pipeline import Options, build

RUN: Final = "window.pwned=1"
ATTACKS: Final = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</title></head><body onload={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}",
    f"<svg/onload={RUN}>",
    f"javascript:{RUN}",
    f"]]><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>-->",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"\u2028{RUN}//",
    f"{{{{7*7}}}}{{% {RUN} %}}",
    f"</textarea></option></style><script>{RUN}</script>",
    f"[x](javascript:{RUN}) ![x](x) <javascript:{RUN}> <b onclick={RUN}>",
    f"\u202e<script\x0b>{RUN}</script\t>",
)
"""Texts."""

IRIS: Final = (
    f"javascript:{RUN}",
    f"JavaScript:{RUN}",
    f"data:text/html,%3Cscript%3E{RUN}%3C/script%3E",
    f"vbscript:{RUN}",
    f"https://example.org/'onmouseover='{RUN}",
    f"https://example.org/x&quot;&gt;&lt;script&gt;{RUN}",
    f"https://example.org/%22%3E%3Cscript%3E{RUN}%3C%2Fscript%3E",
    f"https://example.org/x#javascript:{RUN}",
    f"https://example.org/javascript:{RUN}",
    "https://example.org/a/../../../etc/passwd",
    "https://example.org/..%2F..%2Fetc%2Fpasswd",
    "https://example.org//evil.example/x",
    "https://example.org/x%0D%0ASet-Cookie:%20a=b",
    "https://example.org/ā\u202ex",
    f"https://evil.example/?'{RUN}",
    "http://www.w3.org/1999/xhtmlscript",
)
"""IRIs, each with a page."""

DATATYPES: Final = (
    "http://www.w3.org/2001/XMLSchema#anyURI",
    "http://www.w3.org/2001/XMLSchema#date",
    "http://www.w3.org/2001/XMLSchema#decimal",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral",
    "http://www.opengis.net/ont/geosparql#wktLiteral",
    f"javascript:{RUN}",
    f"https://example.org/type/'onclick='{RUN}",
)
TAGS: Final = ("x-script-onload", "en-x-pwned", "ar", "lv")

SETTINGS: Final = """
base = "https://example.org/"
languages = ["en", "lv"]
title = {{ en = {0}, lv = {0} }}
footer = {{ en = {0}, lv = {0} }}

[prefixes]
onload = "https://example.org/'onload='"

[[fold]]
class = "https://example.org/Part"
into = ["https://example.org/of"]
"""

HEAD: Final = """
@prefix : <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
"""


def text(value: str) -> str:
    """A text in Turtle, TOML and SPARQL, as all of them write it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return (
        '"'
        + "".join(char if char.isprintable() else f"\\u{ord(char):04X}" for char in escaped.replace("\\t", "\\t"))
        + '"'
    )


def data() -> str:
    """The data."""
    lines = [
        HEAD,
        f":Class a owl:Class ; rdfs:label {text(ATTACKS[4])}@en ; rdfs:comment {text(ATTACKS[1])} .",
        f":scheme a skos:ConceptScheme ; skos:prefLabel {text(ATTACKS[3])}@en .",
        f":set a dcat:Dataset ; dct:title {text(ATTACKS[0])}@en ; dct:license <javascript:{RUN}> .",
        f":gone a :Class ; rdfs:label {text(ATTACKS[5])}@en ; owl:deprecated true ;",
        f"  dct:isReplacedBy <javascript:{RUN}> .",
    ]
    for number, attack in enumerate(ATTACKS):
        lines += [
            f":p{number} a owl:ObjectProperty ; rdfs:label {text(attack)}@en ; rdfs:comment {text(attack)} .",
            f":c{number} a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel {text(attack)}@lv ;",
            f"  skos:altLabel {text(attack)}@en ; skos:notation {text(attack)} .",
            f":r{number} a :Class ; rdfs:label {text(attack)}@en, {text(attack)}@lv ; :p{number} :r0, {text(attack)} ;",
            f"  dct:description {text(attack)}@en ; rdfs:comment {text(attack)}@en ;",
            "  :v "
            + ", ".join(
                [f"{text(attack)}^^<{datatype}>" for datatype in DATATYPES] + [f"{text(attack)}@{tag}" for tag in TAGS]
            )
            + " ;",
            f"  :list ( {text(attack)} :r1 ) ; :b [ rdfs:label {text(attack)} ; :p{number} {text(attack)} ] .",
            f":part{number} a :Part ; :of :r{number} ; rdfs:label {text(attack)}@en ; :p{number} {text(attack)} .",
        ]
    for number, iri in enumerate(IRIS):
        lines += [
            f":r{number % len(ATTACKS)} rdfs:seeAlso <{iri}> .",
            f"<{iri}> rdfs:label {text(ATTACKS[number % 5])}@en .",
        ]
        if number not in (12,):
            lines.append(f":r0 <{iri}> {text(ATTACKS[0])} .")
    return "\n".join(lines)


SHAPE: Final = """
:Shape a sh:NodeShape ; rdfs:label {0}@en ; sh:targetClass :Class ; sh:property :Shape-p .
:Shape-p sh:path :never ; sh:minCount 1 ; sh:name {0}@en ; sh:description {0}@en ; sh:message {0}@en .
"""


def hostile(folder: Path) -> Path:
    """The sources, and the folder that is built from them."""
    for name in ("data", "shapes", "pages", "queries/examples"):
        (folder / name).mkdir(parents=True)
    (folder / "saite.toml").write_text(SETTINGS.format(text(ATTACKS[0])), encoding="utf-8")
    (folder / "data" / f"'\"><svg onload={RUN}>.ttl").write_text(data(), encoding="utf-8")
    shapes = HEAD + SHAPE.format(text(ATTACKS[3]))
    (folder / "shapes" / "all.ttl").write_text(shapes, encoding="utf-8")
    page = "\n\n".join(
        ["# " + ATTACKS[0], *ATTACKS, *(f"[x](<{iri}>)" for iri in IRIS), "| a |\n|---|\n| " + ATTACKS[5] + " |"]
    )
    for language in ("en", "lv"):
        (folder / "pages" / f"free.{language}.md").write_text(page, encoding="utf-8")
    for number, attack in enumerate(ATTACKS):
        line = " ".join(attack.split())
        (folder / "queries" / "examples" / f"q{number}.rq").write_text(
            f"#+ title.en: {line}\n#+ title.lv: {line}\n#+ description.en: {line}\n#+ description.lv: {line}\n"
            f"SELECT ?s ?o {{ ?s ?p ?o FILTER(?o != {text(attack)}) }} LIMIT 50\n",
            encoding="utf-8",
        )
    return build(folder, options=Options(force=True, durable=False)).written.out
