"""Results become findings with words in every language."""

import re

import pytest

from saite.check import check
from saite.check.findings import filled, shortener
from saite.check.wording import LONGEST
from saite.config import Config
from saite.finding import Finding, Severity
from saite.namespaces import PREFIXES, SAITE, SH

from .graphs import store_of


def found(tmp_path_config: Config, data: str, shapes: str) -> list[Finding]:
    """The findings of shapes, without those of Saite's own rules."""
    return [f for f in check(store_of(data, shapes), tmp_path_config) if not f.rule.startswith(SAITE)]


@pytest.fixture
def config(tmp_path: object) -> Config:
    """A site of the test data."""
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    return Config(root=tmp_path, base="http://e/", prefixes={"ex": "http://e/"})


def test_messages_keep_their_languages(config: Config) -> None:
    """Messages and cures come from the shapes graph with their languages, also those of SPARQL constraints."""
    (finding,) = found(
        config,
        'ex:a a ex:C ; ex:p "v\\\\1" .',
        """ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:severity sh:Warning ; sh:sparql ex:Q ;
           saite:cure "Labojiet {?value}."@lv , "Mend it."@en .
        ex:Q sh:message "{?value} ir slikts ({$this}, {?path}, {?why}, {?none})."@lv , "{?value} is bad."@en ;
           sh:select \"\"\"SELECT $this ?path ?value ?why {
             $this ?path ?value FILTER(?path = <http://e/p>) BIND("jo" AS ?why) }\"\"\" .""",
    )
    assert finding.messages == (
        ("en", "v\\1 is bad."),
        ("lv", "v\\1 ir slikts (http://e/a, http://e/p, jo, {?none})."),
    )
    assert finding.cures == (("en", "Mend it."), ("lv", "Labojiet v\\1."))
    assert finding.severity is Severity.WARNING
    assert finding.rule == "http://e/S"
    assert finding.path == "<http://e/p>"


def test_a_message_that_the_query_selects_wins(config: Config) -> None:
    """?message of a SPARQL constraint is the message (SHACL 5.3.2)."""
    (finding,) = found(
        config,
        "ex:a a ex:C .",
        """ex:S sh:targetClass ex:C ; sh:sparql [ sh:message "other" ;
           sh:select "SELECT $this ?message { $this ?p ?o BIND(STRLANG('tieši tā', 'lv') AS ?message) }" ] .""",
    )
    assert finding.messages == (("lv", "tieši tā"),)


def test_cures_come_from_the_constraint_the_shape_or_the_shape_around_it(config: Config) -> None:
    """The nearest author's cure wins."""
    shapes = """ex:S a sh:NodeShape ; sh:targetClass ex:C ; saite:cure "around"@en ;
      sh:property [ sh:path ex:p ; sh:minCount 1 ] , ex:P .
    ex:P sh:path ex:q ; sh:minCount 1 ; saite:cure "own"@en ."""
    one, other = found(config, "ex:a a ex:C .", shapes)
    assert {(f.path, f.cure("en")) for f in (one, other)} == {("<http://e/p>", "around"), ("<http://e/q>", "own")}


def test_a_shape_without_an_iri_takes_that_of_the_shape_around_it(config: Config) -> None:
    """The rule of a finding is an IRI that a reader can look up; without any, it is empty."""
    named = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    assert [f.rule for f in found(config, "ex:a a ex:C .", named)] == ["http://e/S"]
    unnamed = named.replace("ex:S", "[]")
    assert [f.rule for f in found(config, "ex:a a ex:C .", unnamed)] == [""]


def test_custom_components_fill_in_their_parameters(config: Config) -> None:
    """A constraint component of the site's own has its message, with the shape's parameter in it (SHACL 6.2)."""
    (finding,) = found(
        config,
        'ex:a a ex:C ; ex:p "abc" .',
        """ex:Max a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ;
          sh:validator [ a sh:SPARQLAskValidator ; sh:message "Pārāk garš: {$value}, ne vairāk kā {$most}."@lv ;
            sh:ask "ASK { FILTER(STRLEN(STR($value)) <= $most) }" ] .
        ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; ex:most 2 ] .""",
    )
    assert finding.messages == (("lv", "Pārāk garš: abc, ne vairāk kā 2."),)
    assert finding.component == "http://e/Max"


GENERIC = [
    ("sh:minCount 2", 'ex:p "x"', "ex:p has too few values; at least “2” needed."),
    ("sh:maxCount 1", 'ex:p "x" , "y"', "ex:p has too many values; at most “1” allowed."),
    ("sh:datatype xsd:date", 'ex:p "x"', "“x” is not a valid xsd:date."),
    ("sh:class ex:D", "ex:p ex:b", "ex:b is not an instance of ex:D."),
    ("sh:nodeKind sh:IRI", 'ex:p "x"', "“x” is not of the right kind: sh:IRI."),
    ("sh:minExclusive 5", "ex:p 5", "“5” is not greater than “5”."),
    ("sh:minInclusive 5", "ex:p 4", "“4” is less than “5”."),
    ("sh:maxExclusive 5", "ex:p 5", "“5” is not less than “5”."),
    ("sh:maxInclusive 5", "ex:p 6", "“6” is greater than “5”."),
    ("sh:minLength 3", 'ex:p "ab"', "“ab” is shorter than “3” characters."),
    ("sh:maxLength 1", 'ex:p "ab"', "“ab” is longer than “1” characters."),
    ('sh:pattern "^a"', 'ex:p "b"', "“b” does not match the pattern “^a”."),
    ('sh:languageIn ( "lv" "en" )', 'ex:p "b"@de', "The language of “b” (de) is none of: “lv”, “en”."),
    ("sh:uniqueLang true", 'ex:p "b"@de , "c"@de', "ex:p has several values in one language."),
    ("sh:equals ex:q", 'ex:p "b"', "ex:p and ex:q have different values: “b”."),
    ("sh:disjoint ex:q", 'ex:p "b" ; ex:q "b"', "“b” stands both in ex:p and in ex:q."),
    ("sh:lessThan ex:q", "ex:p 2 ; ex:q 1", "“2” is not less than the value of ex:q."),
    ("sh:lessThanOrEquals ex:q", "ex:p 2 ; ex:q 1", "“2” is greater than the value of ex:q."),
    ("sh:not [ sh:nodeKind sh:Literal ]", 'ex:p "b"', "“b” meets a shape that it must not meet: sh:Literal."),
    ("sh:and ( [ sh:nodeKind sh:IRI ] )", 'ex:p "b"', "“b” does not meet all shapes of the list."),
    ("sh:or ( [ sh:nodeKind sh:IRI ] )", 'ex:p "b"', "“b” meets none of the alternatives."),
    ("sh:xone ( [ sh:nodeKind sh:IRI ] )", 'ex:p "b"', "“b” does not meet exactly one of the alternatives."),
    ("sh:node ex:N", "ex:p ex:b", "ex:b does not meet the shape ex:N."),
    (
        'sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:languageIn ( "lv" ) ]',
        'ex:p "b"',
        "Too few values of ex:p are as asked (“1”, “lv”).",
    ),
    (
        "sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape [ sh:datatype xsd:string ]",
        'ex:p "b"',
        "Too many values of ex:p are of the limited kind (“0”, xsd:string).",
    ),
    ("sh:hasValue ex:v", 'ex:p "b"', "ex:p lacks the value ex:v."),
    ("sh:in ( ex:v 1 )", 'ex:p "b"', "“b” is none of: ex:v, “1”."),
    (
        "sh:sparql [ sh:select 'SELECT $this ?value { $this $PATH ?value }' ]",
        'ex:p "b"',
        "The rule ex:S does not hold.",
    ),
]


@pytest.mark.parametrize(("constraint", "data", "message"), GENERIC)
def test_shapes_without_words_get_good_ones(config: Config, constraint: str, data: str, message: str) -> None:
    """Every constraint component of SHACL has a message and a cure in English and Latvian, with nothing left open."""
    shapes = (
        f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; {constraint} ] ."
        "ex:N a sh:NodeShape ; sh:property [ sh:path ex:z ; sh:minCount 1 ] ."
    )
    (finding,) = found(config, f"ex:a a ex:C ; {data} .", shapes)
    assert finding.message("en") == message
    assert finding.message("lv") != message
    for texts in (finding.messages, finding.cures):
        assert [language for language, _ in texts] == ["en", "lv"]
        assert not any(re.search(r"[{}]|None", text) for _, text in texts)
        assert all(text.strip() for _, text in texts)


def test_closed_shapes_and_node_shapes_have_words_too(config: Config) -> None:
    """sh:closed names the property; a constraint on the node itself speaks of the resource."""
    (closed,) = found(
        config,
        "ex:a a ex:C ; ex:p 1 .",
        "ex:S sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( rdf:type ) .",
    )
    assert closed.message("en") == "The property ex:p is not allowed here."
    (node,) = found(config, "ex:a a ex:C .", "ex:S sh:targetClass ex:C ; sh:equals ex:q ; sh:hasValue ex:b .")[:1]
    assert "the resource itself" in node.message("en") + node.cure("en")


def test_every_component_of_the_standard_has_words() -> None:
    """None of SHACL's core components falls back to the words for unknown ones."""
    from saite.check.wording import generic

    core = (
        "And Class Closed Datatype Disjoint Equals HasValue In LanguageIn LessThanOrEquals LessThan MaxCount "
        "MaxExclusive MaxInclusive MaxLength MinCount MinExclusive MinInclusive MinLength NodeKind Node Not Or Pattern "
        "QualifiedMaxCount QualifiedMinCount UniqueLang Xone"
    )
    for name in core.split():
        messages, _ = generic(f"{SH}{name}ConstraintComponent", lambda _: [], "p", None, "rule", str)
        assert "rule" not in messages[0][1], name


def test_long_values_are_cut_in_generic_messages_only(config: Config) -> None:
    """A value of a megabyte makes no message of a megabyte; the finding keeps it whole."""
    value = "x" * 1_000_000
    (finding,) = found(
        config,
        f'ex:a a ex:C ; ex:p "{value}" .',
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:maxLength 9 ] .",
    )
    assert len(finding.message("en")) < LONGEST + 60
    assert finding.value is not None
    assert len(str(finding.value)) > 1_000_000


def test_severities_of_ones_own_count_as_violations(config: Config) -> None:
    """SHACL 2.1.4 allows any severity; one that nobody knows is not taken lightly."""
    shapes = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:severity {} ] ."
    severities = {"ex:Grave": 3, "sh:Violation": 3, "sh:Warning": 2, "sh:Info": 1}
    for name, severity in severities.items():
        assert [f.severity for f in found(config, "ex:a a ex:C .", shapes.format(name))] == [severity]


def test_a_literal_can_be_a_focus_node(config: Config) -> None:
    """Shapes can target literals (SHACL 2.1.3.1)."""
    (finding,) = found(config, 'ex:a ex:p "x" .', "ex:S sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .")
    assert str(finding.focus) == '"x"'


def test_placeholders_and_prefixes() -> None:
    """Both signs are filled in, unknown names stay; names shorten only to simple ones, the longest namespace first."""
    assert filled("{?a}{$a} {?b} {a}", {"a": "{?a}"}) == "{?a}{?a} {?b} {a}"
    short = shortener({"ex": "http://e/", "sub": "http://e/sub/"} | PREFIXES)
    assert short("http://e/sub/x") == "sub:x"
    assert short("http://e/x") == "ex:x"
    assert short("http://e/x/y?z") == "<http://e/x/y?z>"
    assert short("http://e/") == "<http://e/>"
