"""What is judged: 44 property shapes and 4 SPARQL constraints, each beside the query that a person would write for it.

Both are made from one table, so that they ask the same; the queries give a row for each result.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.generate import COMMENT, ICE, LABEL

PREFIXES = {
    "ice": ICE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CLASSES = ("Institution", "Project", "Event", "Place", "PolicyPriority")


@dataclass(frozen=True)
class Rule:
    """A property shape with one constraint or two.

    Attributes:
        of: local name of the target class.
        path: the property.
        shape: the constraints in Turtle.
        queries: for each, the pattern of what breaks it, after ``?this a CLASS``; with columns if more than ``?value``.
    """

    of: str
    path: str
    shape: str
    queries: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """The whole queries."""
        for pattern in self.queries:
            columns, _, rest = pattern.rpartition(" | ")
            yield f"SELECT {columns or '?this ?value'} {{ ?this a ice:{self.of} {rest} }}"


def _values(path: str, test: str) -> str:
    return f"; {path} ?value FILTER({test})"


def rules() -> Iterator[Rule]:
    """All property shapes."""
    for of in CLASSES:
        yield Rule(of, "rdfs:label", "sh:minCount 1", ("?this | FILTER NOT EXISTS { ?this rdfs:label ?any }",))
        twice = "DISTINCT ?this (LANG(?one) AS ?tag) | ; rdfs:label ?one, ?two FILTER(?one != ?two && LANG(?one) != '' "
        yield Rule(of, "rdfs:label", "sh:uniqueLang true", (twice + "&& LANG(?one) = LANG(?two))",))
        yield Rule(
            of,
            "rdfs:label",
            "sh:nodeKind sh:Literal ; sh:minLength 3",
            (_values("rdfs:label", "!isLiteral(?value)"), _values("rdfs:label", "STRLEN(STR(?value)) < 3")),
        )
        yield Rule(of, "rdfs:label", 'sh:pattern "^[^<>]+$"', (_values("rdfs:label", "!REGEX(?value, '^[^<>]+$')"),))
        text = _values("rdfs:comment", "DATATYPE(?value) != rdf:langString")
        yield Rule(of, "rdfs:comment", "sh:datatype rdf:langString", (text,))
        tags = _values("rdfs:comment", "!(langMatches(LANG(?value), 'lv') || langMatches(LANG(?value), 'en'))")
        yield Rule(of, "rdfs:comment", 'sh:languageIn ( "lv" "en" )', (tags,))
    yield from _links("Institution", "inCountry", "Place")
    more = "DISTINCT ?this | ; ice:inCountry ?one, ?two FILTER(STR(?one) < STR(?two))"
    yield Rule("Institution", "ice:inCountry", "sh:maxCount 1", (more,))
    yield Rule("Institution", "ice:inCountry", "sh:nodeKind sh:IRI", (_values("ice:inCountry", "!isIRI(?value)"),))
    more = "DISTINCT ?this | ; ice:startDate ?one, ?two FILTER(STR(?one) < STR(?two))"
    none = "?this | FILTER NOT EXISTS { ?this ice:startDate ?any }"
    yield Rule("Project", "ice:startDate", "sh:minCount 1 ; sh:maxCount 1", (none, more))
    yield Rule("Event", "ice:heldIn", "sh:nodeKind sh:IRI", (_values("ice:heldIn", "!isIRI(?value)"),))
    for of, path in (("Project", "ice:startDate"), ("Project", "ice:endDate"), ("Event", "ice:startDate")):
        yield Rule(of, path, "sh:datatype xsd:date", (_values(path, "DATATYPE(?value) != xsd:date"),))
    late = "?this ?value ?other | ; ice:startDate ?value ; ice:endDate ?other"
    late += " BIND(COALESCE(?value < ?other, false) AS ?before) FILTER(!?before)"
    yield Rule("Project", "ice:startDate", "sh:lessThan ice:endDate", (late,))
    yield Rule("Project", "ice:topic", "sh:class ice:PolicyPriority", (_class("ice:topic", "PolicyPriority"),))
    yield Rule("Event", "ice:partOf", "sh:class ice:Project", (_class("ice:partOf", "Project"),))
    yield Rule("Event", "ice:heldIn", "sh:class ice:Place", (_class("ice:heldIn", "Place"),))
    yield Rule("Event", "ice:participant", "sh:class ice:Institution", (_class("ice:participant", "Institution"),))


def _class(path: str, of: str) -> str:
    return f"; {path} ?value FILTER NOT EXISTS {{ ?value a ice:{of} }}"


def _links(of: str, name: str, to: str) -> Iterator[Rule]:
    yield Rule(of, f"ice:{name}", "sh:minCount 1", (f"?this | FILTER NOT EXISTS {{ ?this ice:{name} ?any }}",))
    yield Rule(of, f"ice:{name}", f"sh:class ice:{to}", (_class(f"ice:{name}", to),))


SPARQL = {
    "Project": (
        "SELECT $this ?value { $this a ice:Project ; ice:startDate ?from ; ice:endDate ?value FILTER(?value < ?from) }",
        """SELECT $this ?value { $this a ice:Project ; ice:participant ?value
           FILTER NOT EXISTS { ?value rdfs:label ?any } }""",
    ),
    "Event": (
        """SELECT $this ?value { $this a ice:Event ; ice:partOf ?project ; ice:startDate ?date .
           ?value ice:partOf ?project ; ice:startDate ?date FILTER(STR(?value) > STR($this)) }""",
    ),
    "Institution": (
        """SELECT $this ?value { $this a ice:Institution ; rdfs:label ?value ; rdfs:label ?other
           FILTER(LANG(?value) = "lv" && LANG(?other) = "en" && STR(?value) = STR(?other)) }""",
    ),
}


def shapes(*, core: bool = False) -> str:
    """The shapes graph, in Turtle; ``core`` leaves the SPARQL constraints out."""
    lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
    declared = " , ".join(
        f'[ sh:prefix "{prefix}" ; sh:namespace "{iri}"^^xsd:anyURI ]' for prefix, iri in PREFIXES.items()
    )
    lines.append(f"ice:prefixes sh:declare {declared} .")
    for of in CLASSES:
        lines.append(f"ice:{of}Shape a sh:NodeShape ; sh:targetClass ice:{of} .")
        own = (rule for rule in rules() if rule.of == of)
        lines += (f"ice:{of}Shape sh:property [ sh:path {rule.path} ; {rule.shape} ] ." for rule in own)
        for text in () if core else SPARQL.get(of, ()):
            constraint = f'[ sh:prefixes ice:prefixes ; sh:select """{text}""" ]'
            lines.append(f"ice:{of}Shape sh:sparql {constraint} .")
    return "\n".join(lines) + "\n"


def queries(*, core: bool = False) -> list[str]:
    """The queries that a person would write for the same; ``core`` leaves those of SPARQL constraints out."""
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    texts = [text for rule in rules() for text in rule.texts()]
    own = [] if core else [text for of in SPARQL.values() for text in of]
    return [head + text for text in (*texts, *own)]


def spoiled(lines: Iterable[str], seed: int = 2, share: int = 500) -> Iterator[str]:
    """N-Triples of which about one in so many is wrong in some way."""
    rng = random.Random(seed)
    for line in lines:
        if rng.randrange(share):
            yield line
            continue
        subject = line.partition(" ")[0]
        kind = rng.randrange(5)
        if kind == 0:  # a value too few
            continue
        if kind == 1:  # a language twice
            yield line
            yield f'{subject} {LABEL} "twice {rng.randrange(1000)}"@lv .\n'
        elif kind == 2:  # a text without a language, in the place of one
            yield line
            yield f'{subject} {COMMENT} "none" .\n'
        elif kind == 3:  # a link to what is not there
            yield f"{subject} <{ICE}{rng.choice(('inCountry', 'topic', 'partOf', 'heldIn'))}> <{ICE}nowhere> .\n"
            yield line
        else:  # one more day, and one that is late
            yield f'{subject} <{ICE}startDate> "2031-01-01"^^<{PREFIXES["xsd"]}date> .\n'
            yield line
