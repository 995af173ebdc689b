"""Shapes in plain words."""

from pathlib import Path

import pyoxigraph
import pytest

from saite.render.html import renderer
from saite.render.html.queries import highlighted
from saite.site.model import Resource
from saite.terms import Triple, sorted_triples

from .checks import elements, faults, parse, text_of
from .domain import START, domain_site
from .fake import iri

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix saite: <https://w3id.org/saite/ns#> .
@prefix ex: <https://example.org/def#> .
@prefix : <https://example.org/shapes#> .
"""


def shown(turtle: str, tmp_path: Path, language: str = "en") -> str:
    """What the page of ``:s`` says of its rules."""
    node = iri("shapes#s")
    triples = [
        Triple(quad.subject, quad.predicate, quad.object)
        for quad in pyoxigraph.parse((PREFIXES + turtle).encode(), pyoxigraph.RdfFormat.TURTLE)
    ]
    site = domain_site(tmp_path)
    kind = next(t.object for t in triples if t.subject == node and t.predicate.value.endswith("#type"))
    resource = Resource(node, "shapes/s", tuple(sorted_triples(triples)), (kind,))  # type: ignore[arg-type]
    site.put(resource)
    page = next(a for a in renderer(site).resource(resource) if a.language == language)
    content = b"".join(page.chunks())
    assert faults(content) == []
    section = next(e for e in elements(parse(content), "section") if e.attrib.get("aria-labelledby") == "rules")
    return text_of(section)


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("sh:minCount 1 ; sh:maxCount 1", "exactly 1 value"),
        ("sh:minCount 2", "at least 2 values"),
        ("sh:minCount 1 ; sh:maxCount 3", "at least 1 value and at most 3 values"),
        ("sh:maxCount 0", "no value"),
        ("sh:datatype xsd:date", "datatype: date"),
        ("sh:datatype rdf:langString", "a text with its language"),
        ("sh:class ex:Project", "each value is: Project"),
        ("sh:nodeKind sh:IRI", "an IRI"),
        ("sh:nodeKind sh:BlankNodeOrLiteral", "a blank node or a literal"),
        ('sh:in ( "a" 2 )', "one of: a, 2"),
        ("sh:hasValue ex:Project", "one of the values is: Project"),
        ('sh:pattern "^[a-z]+$"', "matches the pattern ^[a-z]+$"),
        ("sh:minLength 3", "at least this many characters: 3"),
        ("sh:maxInclusive 10", "not more than: 10"),
        ("sh:lessThanOrEquals ex:partOf", "not after and not more than: part of"),
        ("sh:disjoint ex:partOf", "no value in common with: part of"),
        ('sh:languageIn ( "lv" "en" )', "in one of the languages: Latvian, English"),
        ("sh:uniqueLang true", "one value for each language"),
        ("sh:node :other", "each value meets: other"),
        ("sh:node [ sh:nodeKind sh:IRI ]", "each value meets: an IRI"),
        ("sh:or ( [ sh:datatype xsd:date ] [ sh:nodeKind sh:IRI ] )", "at least one of: datatype: date an IRI"),
        ("sh:not [ sh:class ex:Project ]", "not: each value is: Project"),
        (
            "sh:qualifiedValueShape [ sh:class ex:Project ] ; sh:qualifiedMinCount 1",
            "at least 1 value that meet: each value is: Project",
        ),
        ("sh:flavour ex:Project", "flavour: Project"),
    ],
)
def test_a_constraint_is_a_sentence(tmp_path: Path, constraint: str, words: str) -> None:
    """Each constraint component of SHACL Core is told in words; an unknown one by its name."""
    text = shown(f":s a sh:NodeShape ; sh:property [ sh:path ex:startDate ; {constraint} ] .", tmp_path)
    assert f"start date Violation {words}" in text


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("sh:targetClass ex:Project", "every Project"),
        ("sh:targetNode ex:Project", "Project"),
        ("sh:targetSubjectsOf ex:partOf", "everything that has part of"),
        ("sh:targetObjectsOf ex:partOf", "every value of part of"),
        ("a owl:Class", "every s"),
        ("sh:target [ sh:select 'x' ]", "what a query selects"),
    ],
)
def test_a_shape_says_what_it_applies_to(tmp_path: Path, target: str, words: str) -> None:
    """All ways to choose focus nodes are told (SHACL 2.1.3)."""
    assert f"Applies to {words}" in shown(f":s a sh:NodeShape ; {target} .", tmp_path)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("[ sh:inversePath ex:partOf ]", "^part of"),
        ("( ex:partOf ex:startDate )", "part of / start date"),
        ("[ sh:alternativePath ( ex:partOf ex:startDate ) ]", "part of | start date"),
        ("[ sh:zeroOrMorePath [ sh:inversePath ex:partOf ] ]", "^part of*"),
        ("[ sh:oneOrMorePath ex:partOf ]", "part of+"),
        ("[ sh:zeroOrOnePath ex:partOf ]", "part of?"),
    ],
)
def test_a_property_path_is_told_with_the_names_of_its_properties(tmp_path: Path, path: str, words: str) -> None:
    """Operators are those of SPARQL 1.1."""
    text = shown(f":s a sh:NodeShape ; sh:property [ sh:path {path} ; sh:minCount 1 ] .", tmp_path)
    assert f"{words} Violation" in text


def test_severity_message_and_cure_are_in_the_readers_language(tmp_path: Path) -> None:
    """A property shape without a severity has that of its node shape; texts fall back as labels do."""
    turtle = """:s a sh:NodeShape ; sh:severity sh:Warning ; sh:property [ sh:path ex:startDate ; sh:minCount 1 ;
        sh:message "Vajag datumu."@lv , "A date is needed."@en ; saite:cure "Pievieno."@lv , "Add it."@en ] ."""
    assert "Warning at least 1 value Message A date is needed. What to do Add it." in shown(turtle, tmp_path)
    assert "Brīdinājums vismaz 1 vērtība Ziņojums Vajag datumu. Kā rīkoties Pievieno." in shown(turtle, tmp_path, "lv")


def test_a_severity_of_the_sites_own_has_its_name(tmp_path: Path) -> None:
    """SHACL 2.1.4 allows any IRI: it is called by its label, in its own letters."""
    assert "Project" in shown(":s a sh:NodeShape ; sh:severity ex:Project ; sh:nodeKind sh:IRI .", tmp_path)


def test_a_rule_that_is_a_query_shows_its_query(tmp_path: Path) -> None:
    """SPARQL constraints have their message in words and their text for who wants it."""
    turtle = """:s a sh:NodeShape ; sh:sparql [ sh:message "Wrong."@en ; sh:select "SELECT $this WHERE {}" ] ."""
    text = shown(turtle, tmp_path)
    assert "A query looks for cases that break the rule. Message Wrong." in text
    assert "SELECT $this WHERE {}" in text


def test_shapes_that_contain_themselves_end(tmp_path: Path) -> None:
    """Circles of shapes, paths and lists are cut, not followed for ever."""
    turtle = """:s a sh:NodeShape ; sh:property _:p . _:p sh:path _:q ; sh:node _:p ; sh:in _:l .
        _:q sh:inversePath _:q . _:l rdf:first 1 ; rdf:rest _:l ."""
    assert "one of: 1" in shown(turtle, tmp_path)


def test_the_page_of_all_shapes_has_each_with_its_rules(pages: dict[str, bytes]) -> None:
    """The rule of a named property shape stands under its node shape, with a link to its own page."""
    text = text_of(next(elements(parse(pages["shapes.lv.html"]), "main")))
    assert "Projekta noteikumi" in text
    assert "sākuma datums Brīdinājums tieši 1 vērtība datu tips: date" in text
    assert "Kā rīkoties Pievienojiet sākuma datumu." in text


def test_the_report_says_what_where_how_bad_and_how_to_mend(pages: dict[str, bytes]) -> None:
    """Findings are grouped by severity and rule, and lead to the page and to the line concerned."""
    root = parse(pages["report.lv.html"])
    text = text_of(next(elements(root, "main")))
    assert "0 Pārkāpums 1 Brīdinājums 1 Informācija" in text
    assert "Kā rīkoties Salīdziniet ar avotu." in text
    row = next(e for e in elements(root, "tr") if "events.ttl" in text_of(e))
    assert text_of(row) == (
        "Baltijas un Centrālāzijas forums sākuma datums 2020. gada 14. decembris Datums ir ārpus projekta. "
        "data/events.ttl:42"
    )
    assert next(elements(row, "a")).attrib["href"] == "event/forum.lv.html"


def test_the_vocabulary_page_has_trees_meanings_uses_and_borrowed_terms(pages: dict[str, bytes]) -> None:
    """The ontology's own page is the long page: its rows, the hierarchy, and each term with its fragment."""
    root = parse(pages["def.en.html"])
    text = text_of(next(elements(root, "main")))
    assert text.startswith("Home Cooperation vocabulary")
    assert "Institution 2 Ministry 2" in text
    section = next(e for e in root.iter() if e.attrib.get("id") == "startDate")
    assert "used 12,345 times in the data · show all" in text_of(section)
    assert "https://example.org/def#startDate" in text_of(section)
    assert "page 3" in text


def test_a_query_page_has_question_text_parameters_and_answer(pages: dict[str, bytes]) -> None:
    """The answer's terms are links and dates as on any page; the query can be taken away."""
    root = parse(pages["queries/events.lv.html"])
    text = text_of(next(elements(root, "main")))
    assert "Kādi pasākumi notika projektā?" in text
    assert "2 rindas event date Baltijas un Centrālāzijas forums 2018. gada 14. decembris" in text
    assert [e.attrib["href"] for e in elements(root, "a") if e.attrib["href"].endswith(".rq")] == ["events.rq"]
    assert pages["queries/events.rq"].startswith(b"# All events")
    assert {text_of(e) for e in elements(root, "span") if e.attrib.get("class") == "q-keyword"} >= {"SELECT", "LIMIT"}


def test_highlighting_tells_the_kinds_of_tokens_apart() -> None:
    """Comments, IRIs, strings, variables, names, keywords and numbers are marked; the rest is not."""
    marked = highlighted('SELECT ?x { ?x ex:p <http://a/#b> , "s # no" . } # end')
    assert str(marked) == (
        '<span class="q-keyword">SELECT</span> <span class="q-variable">?x</span> { <span class="q-variable">?x</span> '
        '<span class="q-name">ex:p</span> <span class="q-iri">&lt;http://a/#b&gt;</span> , '
        '<span class="q-string">&#34;s # no&#34;</span> . } <span class="q-comment"># end</span>'
    )


def test_definitions_stand_beside_properties(pages: dict[str, bytes]) -> None:
    """In tables of rules too, a property leads to its page."""
    links = {e.attrib["href"] for e in elements(parse(pages["shapes.en.html"]), "a")}
    assert "def/startDate.en.html" in links
    assert START.value.endswith("startDate")
