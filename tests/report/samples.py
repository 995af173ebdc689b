"""Findings of all kinds, hostile ones too."""

from saite.errors import Place
from saite.finding import Finding, Severity
from saite.namespaces import SH
from saite.report import Names
from saite.terms import BlankNode, Literal, NamedNode, Term

HOSTILE = "<script>alert(1)</script>&\"'\x00\x07\x1b[31m\n\r\t\u202e\u2028]]>--><![CDATA[x"

A = NamedNode("http://e/id/a")
B = NamedNode("http://e/id/b")
SHAPE = NamedNode("http://e/shapes#S")

FINDINGS = [
    Finding(
        Severity.VIOLATION,
        SHAPE.value,
        (("en", "A label is missing."), ("lv", "Trūkst nosaukuma.")),
        (("en", "Add rdfs:label."), ("lv", "Pievienojiet rdfs:label.")),
        A,
        "<http://www.w3.org/2000/01/rdf-schema#label>",
        component=SH + "MinCountConstraintComponent",
        place=Place("data/ā b.ttl", 12, 3),
    ),
    Finding(
        Severity.VIOLATION,
        SHAPE.value,
        (("en", "A label is missing."), ("lv", "Trūkst nosaukuma.")),
        (("en", "Add rdfs:label."), ("lv", "Pievienojiet rdfs:label.")),
        B,
        "<http://www.w3.org/2000/01/rdf-schema#label>",
        component=SH + "MinCountConstraintComponent",
        place=Place("data/ā b.ttl", 40),
    ),
    Finding(
        Severity.WARNING,
        "http://e/rule/late",
        (("lv", "Par vēlu."),),
        (),
        A,
        "^<http://e/p>/(<http://e/q>|<http://e/r>)*",
        Literal("2020-12-03", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        place=Place("data/x.jsonld", pointer="/@graph/0"),
    ),
    Finding(
        Severity.WARNING,
        "",
        (("", HOSTILE),),
        (("", HOSTILE),),
        BlankNode("b1"),
        "",
        Literal(HOSTILE, language="en"),
        component=SH + "NodeKindConstraintComponent",
        place=Place("evil\x1b\n<file>.ttl", 1, 1),
    ),
    Finding(
        Severity.INFO, "http://e/rule/x", (("en", "Just so."),), (("en", "Leave it."),), Literal("focus"), "no path", B
    ),
    Finding(Severity.INFO, "http://e/rule/x", (("en", "Other."),), (("en", "Change it."),), A, value=A),
]

LABELS: dict[Term, dict[str, str]] = {
    A: {"lv": "Pirmais", "en": "The first"},
    B: {"en": f"Second {HOSTILE}"},
    SHAPE: {"lv": "Nosaukums", "en": "Label"},
}
NAMES = Names(LABELS, {"ex": "http://e/id/", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "s": "http://e/shapes#"})
