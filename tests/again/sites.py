"""A small site in which much hangs together, and edits of it."""

import re
from collections.abc import Callable
from pathlib import Path

from benchmarks import generate
from benchmarks.generate import BASE

SETTINGS = """\
base = "https://example.org/x/"
languages = ["lv", "en"]
label-languages = ["de"]
formats = [{formats}]
profiles = ["labels", "schema"]
linksets = ["json", "text"]
citations = "all"
featured = ["x:Project"]
hide = ["x:code"]

[title]
lv = "Izmēģinājums"

[prefixes]
x = "https://example.org/x/"

[graphs]
data = ["*.ttl"]
notes = ["*.nt"]

[hosting]
rules = ["nginx"]

[[fold]]
class = "x:Part"
into = ["x:of", "x:who"]

[[fold]]
class = "x:Note"
into = ["x:about"]

[statements]
class = "x:Note"
resource = "x:about"
property = "x:property"
value = "x:value"
source = "x:source"
quote = "x:quote"
"""
SMALL = '"html", "turtle", "jsonld"'
ALL = '"html", "turtle", "jsonld", "ntriples", "rdfxml", "dumps", "tables", "catalogue", "search"'

HEAD = """\
@prefix x: <https://example.org/x/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
VOCABULARY = """\
x:Project a owl:Class ; rdfs:label "Projekts"@lv, "Project"@en ; rdfs:comment "Kas tiek darīts."@lv .
x:Big a owl:Class ; rdfs:subClassOf x:Project ; rdfs:label "Liels"@lv .
x:Person a owl:Class ; rdfs:label "Cilvēks"@lv ; rdfs:subClassOf schema:Person .
x:Event a owl:Class ; rdfs:label "Pasākums"@lv ; rdfs:subClassOf schema:Event .
x:Place a owl:Class ; rdfs:label "Vieta"@lv ; rdfs:subClassOf schema:Place .
x:where a owl:ObjectProperty ; rdfs:label "kur"@lv ; rdfs:subPropertyOf schema:location .
x:inside a owl:ObjectProperty ; rdfs:label "iekš"@lv ; rdfs:subPropertyOf schema:containedInPlace .
<https://example.org/x/> a dcat:Dataset ; dct:title "Dati"@lv, "Data"@en ; dct:creator x:anna ;
  dct:description "Par visu."@lv ; dct:license <https://creativecommons.org/licenses/by/4.0/> .
<https://example.org/x/def#Term> rdfs:label "A term"@en ; rdfs:comment "in a document" .
<https://example.org/x/def#Other> rdfs:label "Another"@en ; rdfs:seeAlso x:p1 .
"""


def data() -> str:
    """The resources."""
    blocks = [
        f'x:p{n} a x:Project{", x:Big" if n % 7 == 0 else ""} ; rdfs:label "projekts {n} {"čzaš"[n % 4]}"@lv, '
        f'"project {n}"@en ; rdfs:comment "Par {n}." ; x:code "c{n}" ; x:topic x:t{n % 4} ; x:leads x:p{n * 3 % 16} ; '
        f'dct:created "20{n % 20:02}-01-01"^^xsd:date ; x:note [ x:says "iekšā {n}" ; x:by x:p{(n + 1) % 16} ] .'
        for n in range(16)
    ]
    blocks += [
        f'x:t{n} a skos:Concept ; skos:inScheme x:topics ; skos:prefLabel "temats {n}"@lv ; '
        + ("skos:topConceptOf x:topics ." if n < 2 else f"skos:broader x:t{n - 2} .")
        for n in range(6)
    ]
    blocks += [
        'x:topics a skos:ConceptScheme ; rdfs:label "Temati"@lv .',
        'x:anna a x:Person ; rdfs:label "Anna"@lv ; x:knows x:juris, x:p3 .',
        'x:juris a x:Person ; rdfs:label "Juris"@lv ; skos:altLabel "Jurka"@lv ; x:list ( "viens" x:anna 3 ) .',
        'x:riga a x:Place ; rdfs:label "Rīga"@lv ; x:inside x:latvija .',
        'x:latvija a x:Place ; rdfs:label "Latvija"@lv .',
        'x:e1 a x:Event ; rdfs:label "Forums"@lv ; x:where x:riga ; schema:startDate "2024-05-01"^^xsd:date .',
        'x:part1 a x:Part ; x:of x:p1 ; x:who x:anna ; x:role "vada"@lv .',
        "x:part2 a x:Part ; x:of x:p2 ; x:who x:juris ; x:role x:t1 .",
        'x:note1 a x:Note ; x:about x:p4 ; x:property x:leads ; x:value x:p12 ; x:source x:page ; x:quote "tā"@lv .',
        'x:page rdfs:label "Lapa"@lv ; dct:publisher x:anna .',
        'x:gone owl:deprecated true ; rdfs:label "bijis"@lv ; dct:isReplacedBy x:p5 .',
        '[] a x:Loose ; rdfs:label "neviena"@lv ; x:near x:p6 .',
        'x:long rdfs:label """rindas .\nx:p1 x:no "x" .\n"""@lv ; dct:modified "2024-01-02"^^xsd:date .',
    ]
    return HEAD + "\n".join(blocks) + "\n"


NOTES = """\
<https://example.org/x/p1> <https://example.org/x/remark> "piezīme" .
<https://example.org/x/p2> <https://example.org/x/remark> "otra piezīme"@lv .
<https://example.org/x/anna> <http://www.w3.org/2000/01/rdf-schema#label> "Ann"@en .
"""


def write(folder: Path, formats: str = SMALL) -> Path:
    """Write the site."""
    folder.mkdir(parents=True)
    (folder / "saite.toml").write_text(SETTINGS.format(formats=formats), encoding="utf-8")
    (folder / "vocabulary.ttl").write_text(HEAD + VOCABULARY, encoding="utf-8")
    (folder / "data.ttl").write_text(data(), encoding="utf-8")
    (folder / "notes.nt").write_text(NOTES, encoding="utf-8")
    return folder


FILES = ("data.ttl", "vocabulary.ttl", "notes.nt")
_TEXT = re.compile(r'(?<!")"([^"\n]*)"(?!")')
Edit = Callable[[Path], None]


def text(file: str, number: int, new: str) -> Edit:
    """Give one of the texts of a file another content."""

    def edit(site: Path) -> None:
        path = site / file
        content = path.read_text(encoding="utf-8")
        found = list(_TEXT.finditer(content))
        one = found[number % len(found)]
        path.write_text(content[: one.start(1)] + new + content[one.end(1) :], encoding="utf-8")

    return edit


def line(file: str, number: int, count: int) -> Edit:
    """Write a line of a file several times; not at all: take it out."""

    def edit(site: Path) -> None:
        path = site / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        place = 9 + number % (len(lines) - 9) if len(lines) > 9 else number % len(lines)
        path.write_text(
            "".join([*lines[:place], *lines[place : place + 1] * count, *lines[place + 1 :]]), encoding="utf-8"
        )

    return edit


def append(file: str, block: str) -> Edit:
    """Write something at the end of a file."""

    def edit(site: Path) -> None:
        with (site / file).open("a", encoding="utf-8") as end:
            end.write(block)

    return edit


def rename(old: str, new: str) -> Edit:
    """Give a resource another IRI wherever it stands."""

    def edit(site: Path) -> None:
        for file in FILES:
            path = site / file
            content = path.read_text(encoding="utf-8")
            content = re.sub(rf"\bx:{old}\b", f"x:{new}", content).replace(f"/x/{old}>", f"/x/{new}>")
            path.write_text(content, encoding="utf-8")

    return edit


def template(content: str) -> Edit:
    """Have a template of one's own."""

    def edit(site: Path) -> None:
        path = site / "theme" / "templates" / "trail.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    return edit


def texts(site: Path, file: str) -> int:
    """How many texts a file has."""
    return len(_TEXT.findall((site / file).read_text(encoding="utf-8")))


def rewritten(file: str, old: str, new: str) -> Edit:
    """Write something in place of what stands in a file, the first time that it does."""

    def edit(site: Path) -> None:
        path = site / file
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return edit


def emptied(file: str) -> Edit:
    """Take all out of a file."""

    def edit(site: Path) -> None:
        (site / file).write_bytes(b"")

    return edit


def generated(folder: Path, entities: int) -> Path:
    """A site of many like resources, in HTML of one language."""
    folder.mkdir(parents=True)
    settings = f'base = "{BASE}"\nlanguages = ["lv"]\nformats = ["html", "turtle"]\nlinksets = []\n'
    (folder / "saite.toml").write_text(settings, encoding="utf-8")
    generate.write(folder / "data.nt", entities)
    return folder


def relabelled(number: int, label: str) -> Edit:
    """Give an event another Latvian label."""

    def edit(site: Path) -> None:
        path = site / "data.nt"
        found = re.compile(rf'(/id/event/{number}> <[^>]*#label> ")[^"]*("@lv)')
        path.write_text(found.sub(rf"\g<1>{label}\g<2>", path.read_text(encoding="utf-8")), encoding="utf-8")

    return edit
